//! SQL on a world's database, without the server.

use samtycke_tests::{Engine, World};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

/// A separate connection, without the server's settings.
pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    pub(crate) async fn open(world: &World) -> Self {
        if world.engine == Engine::Sqlite {
            let file = format!(
                "sqlite://{}",
                world.data_dir().join("db/samtycke.db").display()
            );
            let mut raw = SqliteConnection::connect(&file)
                .await
                .expect("a connection");
            raw.execute("pragma recursive_triggers = off")
                .await
                .expect("off");
            raw.execute("pragma busy_timeout = 5000")
                .await
                .expect("set");
            Self::Sqlite(raw)
        } else {
            Self::Postgres(
                PgConnection::connect(world.postgres_url.as_ref().expect("PostgreSQL"))
                    .await
                    .expect("a connection"),
            )
        }
    }

    pub(crate) async fn execute(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(raw) => raw.execute(sql).await.map(drop),
            Self::Postgres(raw) => raw.execute(sql).await.map(drop),
        }
    }

    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let rows: Vec<(String,)> = match self {
            Self::Sqlite(raw) => sqlx::query_as(sql).fetch_all(raw).await.expect("rows"),
            Self::Postgres(raw) => sqlx::query_as(sql).fetch_all(raw).await.expect("rows"),
        };
        rows.into_iter().map(|(text,)| text).collect()
    }

    /// The statement fails because of a guard, not because of a mistake in it.
    pub(crate) async fn refuses(&mut self, sql: &str) {
        let error = self.execute(sql).await.expect_err(sql).to_string();
        assert!(
            error.contains("append-only") || error.contains("never"),
            "{sql}: {error}"
        );
    }

    pub(crate) async fn count(&mut self, table: &str) -> String {
        self.texts(&format!("select cast(count(*) as text) from {table}"))
            .await
            .remove(0)
    }
}
