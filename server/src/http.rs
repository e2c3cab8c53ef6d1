//! HTTP without routes: middleware, extractors, problems, limits, and how a route is declared. Each capability has its own
//! routes in its folder; `app/router.rs` puts them together.

pub mod access;
pub mod answer;
pub mod arrival;
pub mod body;
pub mod common;
pub mod cors;
pub mod endpoint;
pub mod extract;
pub mod held;
pub mod limit;
pub mod middleware;
pub mod openapi;
pub mod serve;
pub mod strict;
