//! The samtycke server: records consent, answers checks, and proves both. See ARCHITECTURE.md for an overview.

// A server logs; only the command line prints.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod admin;
pub mod agent;
pub mod app;
pub mod auth;
pub mod backup;
pub mod banner;
pub mod check;
pub use samtycke_store::clock;
pub mod config;
pub mod consent;
pub mod declaration;
pub mod docs;
pub mod epochs;
pub mod event;
pub mod folder;
pub mod fsck;
pub mod guardian;
pub mod home;
pub mod hot;
pub mod http;
pub mod keyring;
pub mod link;
pub mod log;
pub mod media;
pub mod metrics;
pub mod notice;
pub mod objection;
pub mod origin;
pub mod page;
pub mod prompt;
pub mod proof;
pub use samtycke_core::position;
pub mod recovery;
pub mod register;
pub mod sdk;
pub mod share;
pub use samtycke_store as store;
pub mod subject;
pub mod tally;
pub mod tenant;
pub mod witness;
pub mod workers;
