//! One test binary: samtycke as its users meet it.

mod browser;
mod check;
mod cli;
mod first;
mod manners;
mod openapi;
mod peers;
mod privacy;
mod record;
mod refuse;
mod sdk;
mod support;
mod tenancy;
