//! The samtycke server: records consent, answers checks, proves both. See ARCHITECTURE.md for the walk-through.

pub mod admin;
pub mod agent;
pub mod app;
pub mod caller;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod consent;
pub mod declaration;
pub mod docs;
pub mod home;
pub mod hot;
pub mod http;
pub mod keyring;
pub mod limit;
pub mod log;
pub mod metrics;
pub mod overview;
pub mod position;
pub mod register;
pub mod sdk;
pub mod store;
pub mod subject;
pub mod tenant;
pub mod times;
