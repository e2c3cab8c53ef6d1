//! The HTTP routes for notices. The register module validates and publishes them.

pub mod routes;
