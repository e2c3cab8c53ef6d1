//! The services that tests run on: a PostgreSQL and a Redis, which `tests/services.sh` starts.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{Connection as _, Executor as _};

static DATABASES: AtomicU64 = AtomicU64::new(0);

/// URL of the PostgreSQL that the tests run on.
pub fn postgres_url() -> String {
    std::env::var("SAMTYCKE_TEST_POSTGRES_URL")
        .expect("SAMTYCKE_TEST_POSTGRES_URL is not set: run the tests through `make test`, or tests/services.sh run CMD")
}

/// URL of the Redis that the tests run on.
pub fn redis_url() -> String {
    std::env::var("SAMTYCKE_TEST_REDIS_URL")
        .expect("SAMTYCKE_TEST_REDIS_URL is not set: run the tests through `make test`, or tests/services.sh run CMD")
}

/// Creates an empty database on it.
pub async fn new_database() -> String {
    let server = postgres_url();
    let name = format!(
        "t{}_{}",
        std::process::id(),
        DATABASES.fetch_add(1, Ordering::SeqCst)
    );
    let mut admin = sqlx::PgConnection::connect(&server)
        .await
        .expect("PostgreSQL answers");
    let statement = sqlx::AssertSqlSafe(format!("create database {name}"));
    admin.execute(statement).await.expect("a database");
    let (base, _) = server
        .rsplit_once('/')
        .expect("an address ends with a database");
    format!("{base}/{name}")
}
