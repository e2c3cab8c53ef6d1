//! One test binary: samtycke as its users meet it.

mod crash;
mod first;
mod history;
mod immutable;
mod log_http;
mod partition;
mod proof;
mod random;
mod rollback;
