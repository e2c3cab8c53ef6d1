//! The server's side: this binary as `bench serve ..`, a process for each server.
//!
//! It prints its address in one line of JSON, and ends when its standard input closes, which happens however the
//! benchmark ends.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_server::http::serve::{ServeLimits, serve as serve_http};
use samtycke_server::metrics::Metrics;
use samtycke_tests::world::{Server, tenancy};
use serde::{Deserialize, Serialize};

use super::Fallible;

/// A server's description of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Hello {
    /// Address and port.
    pub(crate) address: std::net::SocketAddr,
    /// A service key; empty for the bare server.
    pub(crate) key: String,
    /// The published notice.
    pub(crate) notice: String,
    /// The log.
    pub(crate) log: String,
}

/// Serves until standard input closes: `samtycke DATA_DIR [POSTGRES_URL]` or `bare BODY`.
pub(crate) async fn serve(args: &[String]) -> Fallible<()> {
    match args {
        [kind, data_dir, postgres_url @ ..] if kind == "samtycke" => {
            samtycke(data_dir.into(), postgres_url.first().map(String::as_str)).await
        }
        [kind, body] if kind == "bare" => bare(body.clone()).await,
        _ => Err("serve samtycke DATA_DIR [POSTGRES_URL] | serve bare BODY".into()),
    }
}

/// Production settings. Only the rate limits are raised, as an operator would raise them; their layer stays.
fn config(data_dir: &std::path::Path, postgres_url: Option<&str>) -> Fallible<Config> {
    let mut env = vec![(
        "SAMTYCKE_DATA_DIR".to_owned(),
        data_dir.display().to_string(),
    )];
    for class in ["CHECK", "RECORD", "PUBLIC", "UNAUTHENTICATED"] {
        for (of, value) in [
            ("QUOTA", "60000000"),
            ("WINDOW_S", "1"),
            ("BURST", "60000000"),
        ] {
            env.push((
                format!("SAMTYCKE_LIMITS__RATE__{class}__{of}"),
                value.to_owned(),
            ));
        }
    }
    // Ommej is a preventive service, whose public log lags; the benchmark reads the tree's size from the public view.
    env.push((
        "SAMTYCKE_PUBLISH_PREVENTIVE_INTERVAL_MS".to_owned(),
        "10".to_owned(),
    ));
    if let Some(url) = postgres_url {
        env.push(("SAMTYCKE_DATABASE_URL".to_owned(), url.to_owned()));
    }
    Config::load(None, env.into_iter()).map_err(|errors| format!("{errors:?}").into())
}

async fn samtycke(data_dir: PathBuf, postgres_url: Option<&str>) -> Fallible<()> {
    let config = config(&data_dir, postgres_url)?;
    // As in the shipped program: the figures include the cost of logging at its usual level.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_new(&config.log.level)?)
        .with_writer(std::io::stderr)
        .init();
    let mut server = Server::start(config, Environment::system()).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../registers/ommej.toml");
    let t = tenancy(&server.app, "ommej", &std::fs::read_to_string(path)?).await;
    let address = server.base_url.trim_start_matches("http://").parse()?;
    say(&Hello {
        address,
        key: t.keys.service,
        notice: t.notice,
        log: t.log,
    })?;
    stdin_end().await;
    server.stop().await;
    Ok(())
}

/// One route that reads the body and returns the same bytes every time, with the same listener, limits and hyper.
async fn bare(body: String) -> Fallible<()> {
    let body = Bytes::from(body);
    let answer = move |asked: Bytes| {
        let body = body.clone();
        async move {
            drop(asked);
            ([(header::CONTENT_TYPE, "application/json")], body)
        }
    };
    let router = Router::new().route("/v1/check", post(answer));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let hello = Hello {
        address: listener.local_addr()?,
        key: String::new(),
        notice: String::new(),
        log: String::new(),
    };
    say(&hello)?;
    let limits = ServeLimits {
        shutdown_drain: Duration::from_secs(1),
        ..ServeLimits::of(&Config::defaults())
    };
    serve_http(listener, router, limits, &Metrics::default(), stdin_end()).await?;
    Ok(())
}

fn say(hello: &Hello) -> Fallible<()> {
    println!("{}", serde_json::to_string(hello)?);
    Ok(())
}

/// The parent never writes, so any end of the read means that the parent has ended.
async fn stdin_end() {
    let read = || std::io::stdin().read(&mut [0; 64]).map(drop);
    let _ = tokio::task::spawn_blocking(read).await;
}
