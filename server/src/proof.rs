//! Proofs: the bundle of one event, and the log as anybody may read it.

pub mod log_routes;
pub mod routes;

use std::sync::Arc;

use samtycke_log::publish::Publisher;

use crate::clock::Environment;
use crate::store::Store;
use crate::tenant::Tenants;

/// What proving needs.
#[derive(Debug)]
pub struct Proofs {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Makes a checkpoint that covers an event.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Clock and random numbers.
    pub environment: Environment,
}
