//! Notices over HTTP. What makes them valid, and their publication, stands with the registers.

pub mod routes;
