//! One test binary: samtycke as its users meet it.

mod first;
mod openapi;
mod record;
mod sdk;
mod support;
