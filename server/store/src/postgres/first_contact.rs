//! The first connections to PostgreSQL, before the pool: why it cannot be used, in words that say what to do, and whether
//! something between hands our sessions to others.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _};

use super::{StoreError, Stored};

/// Time limit for a connection at start: three lost packets, each sent again after a second, two and four.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Checks that PostgreSQL takes connections and that a connection stays with its session.
///
/// # Errors
/// [`StoreError::Unsafe`] with a sentence that says what to do. It never holds the password.
pub(super) async fn check(options: &PgConnectOptions) -> Stored<()> {
    let mut one = connect(options).await?;
    let mut two = connect(options).await?;
    let kept = match keeps_its_session(&mut one, &mut two).await {
        // A pool that gives away single statements refuses transactions.
        Err(sqlx::Error::Database(_)) => Ok(false),
        kept => kept,
    };
    let _ = one.close().await;
    let _ = two.close().await;
    if kept.map_err(StoreError::of)? {
        return Ok(());
    }
    Err(StoreError::Unsafe(format!(
        "{} is a pool that gives each transaction another session (PgBouncer with pool_mode = transaction or statement): \
         prepared statements and session settings would reach other clients; set pool_mode = session for this database, \
         or name PostgreSQL itself in database_url",
        place(options)
    )))
}

async fn connect(options: &PgConnectOptions) -> Stored<PgConnection> {
    let connected = tokio::time::timeout(CONNECT_TIMEOUT, options.connect()).await;
    let place = place(options);
    let error = match connected {
        Ok(Ok(connection)) => return Ok(connection),
        Ok(Err(error)) => error,
        Err(_) => {
            return Err(StoreError::Unsafe(format!(
                "PostgreSQL at {place} did not answer in {} s; check the host and the port in database_url, and the \
                 firewall between",
                CONNECT_TIMEOUT.as_secs()
            )));
        }
    };
    Err(StoreError::Unsafe(format!(
        "PostgreSQL at {place} {}",
        why(options, &error)
    )))
}

/// What is wrong and what to do. The driver's own errors name no password.
fn why(options: &PgConnectOptions, error: &sqlx::Error) -> String {
    let user = options.get_username();
    let database = options.get_database().unwrap_or(user);
    if let sqlx::Error::Database(db) = error {
        return match db.code().as_deref() {
            Some("28P01") => {
                format!("refused the password of {user:?}; correct it in database_url")
            }
            Some("28000") => format!(
                "does not let {user:?} in ({}); allow it in pg_hba.conf, or correct database_url",
                db.message()
            ),
            Some("3D000") => format!(
                "has no database {database:?}; create it (createdb {database}), or correct database_url"
            ),
            Some("53300") => "has no connection left; raise its max_connections, or lower \
                 database_connections_max"
                .to_owned(),
            _ if db.message().contains("startup parameter") => format!(
                "is a pool that refuses a setting of the driver ({}); add its name to ignore_startup_parameters of PgBouncer",
                db.message()
            ),
            Some("57P03") => "is starting or stopping; start samtycke when it is ready".to_owned(),
            _ => format!(
                "refused the connection ({}); see its log, and correct database_url",
                db.message()
            ),
        };
    }
    match error {
        sqlx::Error::Tls(error) => format!(
            "cannot be reached over TLS ({error}); give it a certificate that this machine trusts, or set sslmode and \
             sslrootcert in database_url"
        ),
        sqlx::Error::Io(error) => format!(
            "cannot be reached ({error}); start it, or correct the host and the port in database_url"
        ),
        error => format!("cannot be used ({error}); correct database_url"),
    }
}

fn place(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}

/// Whether a connection gets the same session in each transaction. A pool that gives sessions away per transaction takes
/// the one that was returned last, or first; so both orders are tried.
async fn keeps_its_session(
    one: &mut PgConnection,
    two: &mut PgConnection,
) -> Result<bool, sqlx::Error> {
    let own = begin(one).await?;
    let other = begin(two).await?;
    one.execute("commit").await?;
    two.execute("commit").await?;
    let mut kept = begin(one).await? == own;
    kept &= begin(two).await? == other;
    two.execute("commit").await?;
    one.execute("commit").await?;
    kept &= begin(two).await? == other;
    kept &= begin(one).await? == own;
    one.execute("commit").await?;
    two.execute("commit").await?;
    Ok(kept)
}

/// Begins a transaction and returns the number of its session's process. Both are simple queries, which leave nothing
/// behind in a session of somebody else.
async fn begin(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    connection.execute("begin").await?;
    let row = connection.fetch_one("select pg_backend_pid()").await?;
    row.try_get_unchecked(0)
}
