//! The samtycke server: records consent, answers checks, proves both. See ARCHITECTURE.md for the walk-through.

pub mod agent;
pub mod clock;
pub mod config;
pub mod http;
pub mod limit;
pub mod metrics;
