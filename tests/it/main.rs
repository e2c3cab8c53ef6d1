//! One test binary: samtycke as its users meet it.

mod banner;
mod browser;
mod check;
mod cli;
mod crash;
mod first;
mod history;
mod immutable;
mod live_register;
mod log_http;
mod manners;
mod openapi;
mod partition;
mod peers;
mod privacy;
mod proof;
mod random;
mod record;
mod refuse;
mod rollback;
mod scan;
mod sdk;
mod sdk_files;
mod spend;
mod support;
mod tenancy;
