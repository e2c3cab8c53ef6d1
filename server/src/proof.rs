//! Proofs: the proof bundle of one event, and the public read access to the log.

pub mod log_routes;
pub mod routes;

use std::sync::Arc;

use samtycke_log::publish::Publisher;

use crate::clock::Environment;
use crate::store::Store;
use crate::tenant::Tenants;

/// Dependencies of the proof routes.
#[derive(Debug)]
pub struct Proofs {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Makes checkpoints that cover an event.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Clock and random source.
    pub environment: Environment,
}
