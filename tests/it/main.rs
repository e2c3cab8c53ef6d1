//! One test binary: samtycke as its users meet it.

mod cli;
mod first;
mod record;
mod support;
