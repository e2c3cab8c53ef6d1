//! A real server for tests: every test gets its own database, data folder and port.
//!
//! `both! { async fn name(world: World) { .. } }` makes two tests of one body, on SQLite and on PostgreSQL.
//! `tests/services.sh` starts PostgreSQL and Redis; without them the tests fail and never skip.

pub mod answer;
pub mod audit;
pub mod cluster;
pub mod conformance;
pub mod history;
pub mod logged;
pub mod proxy;
pub mod purposes;
pub mod schema;
pub mod services;
pub mod witness;
pub mod world;

/// The seed of a test's random choices: its own number, and another row of numbers with each `SAMTYCKE_TEST_SEED`.
pub fn seed(own: u64) -> u64 {
    let row = std::env::var("SAMTYCKE_TEST_SEED");
    let row = row.ok().and_then(|row| row.parse::<u64>().ok());
    row.unwrap_or(0) * 1_000 + own
}

pub use world::{Engine, Keys, Tenancy, World};

/// Makes two tests of one body, `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                #[expect(unused_imports, reason = "not every body uses everything of its module")]
                use super::*;

                async fn body($world: $crate::World) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    body($crate::World::start($crate::Engine::Sqlite).await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    body($crate::World::start($crate::Engine::Postgres).await).await;
                }
            }
        )*
    };
}
