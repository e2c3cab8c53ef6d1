//! HTTP without routes: middleware, extractors, problems, limits, and the declaration of routes. Each capability has
//! its routes in its own folder; `app/router.rs` combines them.

pub mod access;
pub mod answer;
pub mod arrival;
pub mod body;
pub mod common;
pub mod cors;
pub mod endpoint;
pub mod extract;
pub mod held;
pub mod in_flight;
pub mod limit;
pub mod middleware;
pub mod openapi;
pub mod problem_page;
pub mod serve;
pub mod strict;
