//! One test binary: samtycke as its users meet it.

mod first;
mod record;
mod support;
