//! `samtycke serve`: settings, listener, requests, and orderly shutdown.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::control::Control;
use super::{CommandResult, Failure, root_key};
use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database, LogFormat};
use samtycke_server::http::common::log_panics_by_place;
use samtycke_server::http::serve::{ServeLimits, serve as serve_http};

/// Exit code after a second signal interrupts the shutdown: 128 + SIGINT, as shells count.
const INTERRUPTED: i32 = 130;

/// Runs the server until a signal stops it.
pub(super) async fn serve(mut config: Config) -> CommandResult {
    log(&config, None);
    log_panics_by_place();
    let listener = listen(&mut config)?;
    // Before the server reports that it is ready: a supervisor may stop it at once.
    let stop = Stop::on_signal()?;
    let app = App::start(config, Environment::system(), root_key()).await?;
    let control = Control::open(&app);
    let database = match &app.config.database {
        Database::Sqlite(folder) => format!("SQLite in {}", folder.display()),
        Database::Postgres(_) => "PostgreSQL".to_owned(),
    };
    tracing::info!(
        database,
        public_url = app.config.public_url,
        "listens on http://{}",
        app.config.listen
    );
    warn_of_single_copies(&app).await;
    let router = samtycke_server::app::router(&app);
    run(&app, router, listener, control, stop).await
}

/// Says what this installation cannot survive or notice, once at start.
async fn warn_of_single_copies(app: &App) {
    if app.home.anchor_same_device() {
        tracing::warn!(
            anchor_dir = %app.config.anchor_dir.display(),
            "the log anchor lies on the database's disk: if both are restored together, nothing notices that withdrawals are \
             missing; set anchor_dir to a folder on another disk"
        );
    }
    if let Ok(Some(false)) = app.store.waits_for_standby().await {
        tracing::warn!(
            "PostgreSQL's commits wait for no standby: a failover can lose the last acknowledged withdrawals; set \
             synchronous_standby_names"
        );
    }
}

/// Binds the port first, so that a port in use costs nothing. Derives the public address from it unless the settings
/// have one.
pub(super) fn listen(config: &mut Config) -> Result<TcpListener, Failure> {
    let wanted = config.listen;
    let cannot = |error| {
        Failure::new(format!(
            "cannot listen on {wanted}: {error}\n\
             Stop the program that uses the port, or choose another port: SAMTYCKE_LISTEN=127.0.0.1:8081"
        ))
    };
    let listener = TcpListener::bind(wanted).map_err(cannot)?;
    let bound = listener.local_addr().map_err(cannot)?;
    if config.public_url == format!("http://{wanted}") {
        config.public_url = format!("http://{}", reachable(bound));
    }
    config.listen = bound;
    Ok(listener)
}

/// An address that clients can reach; 0.0.0.0 is not one.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// What ends a server.
pub(super) struct Stop {
    /// A signal handler installed before the server was ready.
    pub(super) signals: Signals,
    /// An event other than a signal.
    pub(super) end: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Called when a second signal interrupts the shutdown.
    pub(super) at_once: Box<dyn FnOnce() + Send>,
}

impl Stop {
    /// Only a signal ends the server; installs the handler now.
    pub(super) fn on_signal() -> Result<Self, Failure> {
        Ok(Self {
            signals: Signals::new()?,
            end: Box::pin(std::future::pending()),
            at_once: Box::new(|| {}),
        })
    }
}

/// Serves until a signal or the other event. Then finishes open requests and commands, publishes what was committed, and closes the
/// database.
pub(super) async fn run(
    app: &Arc<App>,
    router: Router,
    listener: TcpListener,
    control: Option<Control>,
    stop: Stop,
) -> CommandResult {
    let limits = ServeLimits::of(&app.config);
    let Stop {
        mut signals,
        end,
        at_once,
    } = stop;
    let shutdown = async move {
        let first = tokio::select! {
            signal = signals.next() => signal,
            () = end => "none",
        };
        tracing::info!(
            signal = first,
            "stopping: open requests may finish; a second signal stops at once"
        );
        tokio::spawn(async move {
            signals.next().await;
            at_once();
            std::process::exit(INTERRUPTED);
        });
    };
    let served = serve_http(listener, router, limits, &app.metrics, shutdown).await;
    if let Some(control) = control {
        control.close().await;
    }
    app.stop().await;
    tracing::info!("stopped");
    served
        .map(|()| ExitCode::SUCCESS)
        .map_err(|error| Failure::new(format!("the listener failed: {error}")))
}

/// The signals that ask a process to stop.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Installs the handlers; a signal that arrives before the first wait is kept.
    pub(super) fn new() -> Result<Self, Failure> {
        let take = |kind| {
            signal(kind)
                .map_err(|error| Failure::new(format!("cannot install signal handlers: {error}")))
        };
        Ok(Self {
            interrupt: take(SignalKind::interrupt())?,
            terminate: take(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }
}

/// Keeps database, log anchor and keys in one folder.
pub(super) fn all_in(config: &mut Config, folder: &Path) {
    folder.clone_into(&mut config.data_dir);
    config.database = Database::Sqlite(folder.join("db"));
    config.anchor_dir = folder.join("anchor");
}

/// Writes log lines to standard error in the configured form. `level` replaces the configured level, for commands that
/// print their own messages.
pub(super) fn log(config: &Config, level: Option<&str>) {
    let filter = EnvFilter::new(level.unwrap_or(&config.log.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // Colours need a feature that is not built in; enabling them logs a warning.
        .with_ansi(false)
        // If standard error is closed, logging that error there would panic.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    // A second call finds the first subscriber and changes nothing.
    let _ = match config.log.format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Text => lines.try_init(),
    };
}
