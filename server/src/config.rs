//! Settings: compiled defaults, overridden by a file, overridden by the environment.
//!
//! `config/defaults.toml` lists all settings with type, default and reason. Unknown keys are errors, so a misspelt
//! limit stops the server at start instead of being ignored.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use samtycke_core::retention::CalendarDuration;

mod layers;
mod networks;
mod print;

pub use layers::{ConfigError, ConfigErrors, Source};
pub use networks::Networks;

use layers::Layers;

/// The settings and their reasons, as shipped.
pub const DEFAULTS: &str = include_str!("config/defaults.toml");

/// All settings. `config/defaults.toml` explains each field.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
#[derive(Clone)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder for data on this machine.
    pub data_dir: PathBuf,
    /// Database of the events.
    pub database: Database,
    /// Most connections to PostgreSQL.
    pub database_connections_max: u32,
    /// Address of Redis or Valkey for shared limits.
    pub redis_url: Option<String>,
    /// Folder of the log anchor.
    pub anchor_dir: PathBuf,
    /// File that names the witnesses and their quorum (C2SP tlog-policy).
    pub witness_policy: Option<PathBuf>,
    /// Address by which clients reach this server: scheme and authority, no slash at the end. With `listen` on port 0
    /// and no `public_url` it names port 0; the caller that binds the port should replace it.
    pub public_url: String,
    /// Host part of the origins of new logs.
    pub log_host: String,
    /// Number of trusted proxy entries in `X-Forwarded-For`.
    pub trusted_proxy_hops: usize,
    /// Networks of trusted proxies; if it is not empty, hops are not counted.
    pub trusted_proxies: Networks,
    /// Interval between checkpoints while events arrive.
    pub publish_interval: Duration,
    /// Interval between checkpoints while none arrive.
    pub publish_idle_interval: Duration,
    /// Interval between publications for a preventive service.
    pub publish_preventive_interval: Duration,
    /// Days for which anchored batches are kept in full.
    pub anchor_keep_days: u32,
    /// Time to clear a place where a picture is used that a person no longer permits.
    pub takedown_due: CalendarDuration,
    /// Whether to start although PostgreSQL may lose acknowledged writes.
    pub allow_unsafe_postgres: bool,
    /// Whether PostgreSQL's commits must wait for a standby.
    pub require_synchronous_standby: bool,
    /// Whether the page at `/` shows every tenant's register and counts to the public.
    pub public_overview: bool,
    /// Limits.
    pub limits: Limits,
    /// Log output.
    pub log: LogSettings,
    /// Whether all data may be lost: commits of the embedded database then do not wait for the disk. It is no setting;
    /// only `samtycke dev` sets it.
    pub is_throwaway: bool,
    settings: Vec<layers::Setting>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.print())
    }
}

/// The database of the events.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded database in this folder.
    Sqlite(PathBuf),
    /// PostgreSQL, or a compatible server, at this address. The address may contain a password.
    Postgres(String),
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(folder) => f.debug_tuple("Sqlite").field(folder).finish(),
            Self::Postgres(_) => f.write_str("Postgres(<redacted>)"),
        }
    }
}

/// Limits of the server's resources.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest request body; bytes.
    pub body_bytes_max: usize,
    /// Deepest nesting of a body's JSON.
    pub json_depth_max: usize,
    /// Time limit for the head of a request.
    pub header_read_timeout: Duration,
    /// Time limit for the body of a request.
    pub body_timeout: Duration,
    /// Time limit for the whole response.
    pub request_timeout: Duration,
    /// Most open connections.
    pub connections_max: usize,
    /// Time after which a connection without a request is closed.
    pub idle_timeout: Duration,
    /// Most subjects of one tenant whose states are kept in memory (SQLite).
    pub hot_subjects_max: usize,
    /// Most arriving bodies of tenants' servers, and as many of others; separately for withdrawals and for the rest.
    pub bodies_coming_max: usize,
    /// Most arriving bodies of one caller.
    pub bodies_coming_per_caller_max: usize,
    /// Most requests in flight of tenants' servers, and as many of others; without withdrawals.
    pub in_flight_max: usize,
    /// Most withdrawals in flight, counted in the same way.
    pub withdrawals_in_flight_max: usize,
    /// Most requests in flight that read a subject's whole history; separately for servers and browsers.
    pub history_in_flight_max: usize,
    /// Most records that wait for a commit.
    pub record_queue_max: usize,
    /// Most withdrawals that wait for a commit.
    pub withdrawal_queue_max: usize,
    /// Most events in one commit.
    pub batch_events_max: usize,
    /// Most questions in one batch check.
    pub check_batch_max: usize,
    /// Time limit for requests in flight when the server stops.
    pub shutdown_drain: Duration,
    /// Rate limits per caller.
    pub rate: Rates,
}

/// Rate limits per caller, by kind of request.
#[derive(Debug, Clone)]
pub struct Rates {
    /// Checks, by key.
    pub check: Rate,
    /// Records, by key.
    pub record: Rate,
    /// Withdrawals of tenants' servers and staff, by key.
    pub withdraw_per_key: Rate,
    /// Withdrawals of browsers, by key and address.
    pub withdraw_per_address: Rate,
    /// Withdrawals of browsers, by subject.
    pub withdraw_per_subject: Rate,
    /// Public resources, by address.
    pub public: Rate,
    /// Administration by staff, by key.
    pub admin: Rate,
    /// Requests without a valid key, by address.
    pub unauthenticated: Rate,
    /// Leaves that pages write about subjects that browsers have made themselves, by site.
    pub anonymous_leaf: Rate,
}

/// A generic cell rate: `quota` requests are regained evenly in each window; `burst` may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests in a window; at least 1.
    pub quota: u32,
    /// The window; seconds, at least 1.
    pub window_s: u32,
    /// Requests that may come at once; at least 1.
    pub burst: u32,
}

/// Log output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// Format of a line.
    pub format: LogFormat,
    /// A `tracing_subscriber` filter.
    pub level: String,
    /// Which requests get a line.
    pub access: AccessLog,
}

/// Which requests get a log line. Changes by staff always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessLog {
    /// No others.
    None,
    /// Those that are answered 500 or 503.
    Failures,
    /// All.
    All,
}

/// Format of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line.
    Json,
    /// Text for people.
    Text,
}

impl Config {
    /// Reads the settings: the defaults, overridden by `file`, overridden by `env`. `env` may be the whole environment;
    /// only `SAMTYCKE_*` is read.
    ///
    /// # Errors All faults at once: an unreadable file, unknown keys (with the nearest known one), and values of the
    ///   wrong type or out of range, each with its source and the valid form.
    pub fn load(
        file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigErrors> {
        let mut layers = Layers::defaults();
        if let Some(path) = file {
            layers.file(path);
        }
        layers.env(env);
        let config = Self::take(&mut layers);
        let (settings, errors) = layers.finish();
        match config {
            Some(config) if errors.is_empty() => Ok(Self { settings, ..config }),
            _ => Err(ConfigErrors(errors)),
        }
    }

    /// The defaults without a file or environment.
    ///
    /// # Panics
    /// Never: a unit test parses the compiled defaults.
    pub fn defaults() -> Self {
        Self::load(None, std::iter::empty())
            .expect("the compiled defaults are valid: a unit test reads them")
    }

    /// Whether browsers reach this server over HTTPS only.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The settings in force as TOML, each with its source; passwords and keys are replaced by `***`.
    pub fn print(&self) -> String {
        print::render(&self.settings)
    }

    /// Reads every setting even after an error, so that all errors are found; `None` if there is one.
    fn take(l: &mut Layers) -> Option<Self> {
        let listen: Option<SocketAddr> =
            l.parsed("listen", "an address and a port, such as 127.0.0.1:8080");
        let data_dir = l.path("data_dir", "the path of a folder");
        let database_url = l.url("database_url", &["postgres", "postgresql"]);
        let database_connections_max = l.number("database_connections_max", 1..=10_000);
        let redis_url = l.url("redis_url", &["redis", "rediss"]);
        let anchor_dir = l
            .text("anchor_dir")
            .map(|s| (!s.is_empty()).then(|| PathBuf::from(s)));
        let witness_policy = l.text("witness_policy");
        let public_url = l.origin("public_url");
        let log_host = l.host("log_host");
        let trusted_proxy_hops = l.number("trusted_proxy_hops", 0..=16);
        let trusted_proxies = l.parsed(
            "trusted_proxies",
            "addresses or networks separated by commas, such as 192.0.2.7, 10.0.0.0/8",
        );
        let publish_interval = l.millis("publish_interval_ms", 10..=3_600_000);
        let publish_idle_interval = l.millis("publish_idle_interval_ms", 10..=86_400_000);
        let publish_preventive_interval =
            l.millis("publish_preventive_interval_ms", 10..=86_400_000);
        let anchor_keep_days = l.number("anchor_keep_days", 1..=36_500);
        let takedown_due = l.parsed("takedown_due", "a calendar duration such as P7D");
        let allow_unsafe_postgres = l.boolean("allow_unsafe_postgres");
        let require_synchronous_standby = l.boolean("require_synchronous_standby");
        let public_overview = l.boolean("public_overview");
        let limits = Limits::take(l);
        let format = l.one_of(
            "log.format",
            &[("json", LogFormat::Json), ("text", LogFormat::Text)],
        );
        let level = l.parsed::<tracing_subscriber::EnvFilter>(
            "log.level",
            "a level such as info, or a filter such as \"info,samtycke_server=debug\"",
        );
        let level = level.and(l.text("log.level"));
        let access = l.one_of(
            "log.access",
            &[
                ("none", AccessLog::None),
                ("failures", AccessLog::Failures),
                ("all", AccessLog::All),
            ],
        );
        let (listen, data_dir) = (listen?, data_dir?);
        Some(Self {
            listen,
            database: match database_url? {
                url if url.is_empty() => Database::Sqlite(data_dir.join("db")),
                url => Database::Postgres(url),
            },
            database_connections_max: database_connections_max?,
            redis_url: Some(redis_url?).filter(|url| !url.is_empty()),
            anchor_dir: anchor_dir?.unwrap_or_else(|| data_dir.join("anchor")),
            data_dir,
            witness_policy: Some(witness_policy?)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            public_url: match public_url? {
                url if url.is_empty() => format!("http://{listen}"),
                url => url,
            },
            log_host: log_host?,
            trusted_proxy_hops: trusted_proxy_hops?,
            trusted_proxies: trusted_proxies?,
            publish_interval: publish_interval?,
            publish_idle_interval: publish_idle_interval?,
            publish_preventive_interval: publish_preventive_interval?,
            anchor_keep_days: anchor_keep_days?,
            takedown_due: takedown_due?,
            allow_unsafe_postgres: allow_unsafe_postgres?,
            require_synchronous_standby: require_synchronous_standby?,
            public_overview: public_overview?,
            limits: limits?,
            log: LogSettings {
                format: format?,
                level: level?,
                access: access?,
            },
            is_throwaway: false,
            settings: Vec::new(),
        })
    }
}

impl Limits {
    fn take(l: &mut Layers) -> Option<Self> {
        let body_bytes_max = l.number("limits.body_bytes_max", 1024..=16_777_216);
        let json_depth_max = l.number("limits.json_depth_max", 8..=64);
        let header_read_timeout = l.millis("limits.header_read_timeout_ms", 100..=60_000);
        let body_timeout = l.millis("limits.body_timeout_ms", 100..=300_000);
        let request_timeout = l.millis("limits.request_timeout_ms", 100..=600_000);
        let connections_max = l.number("limits.connections_max", 1..=1_000_000);
        let idle_timeout = l.millis("limits.idle_timeout_ms", 1_000..=86_400_000);
        let hot_subjects_max = l.number("limits.hot_subjects_max", 1..=1_000_000_000);
        let bodies_coming_max = l.number("limits.bodies_coming_max", 1..=1_000_000);
        let bodies_coming_per_caller_max =
            l.number("limits.bodies_coming_per_caller_max", 1..=1_000_000);
        let in_flight_max = l.number("limits.in_flight_max", 1..=1_000_000);
        let withdrawals_in_flight_max = l.number("limits.withdrawals_in_flight_max", 1..=1_000_000);
        let history_in_flight_max = l.number("limits.history_in_flight_max", 1..=1_000_000);
        let record_queue_max = l.number("limits.record_queue_max", 1..=1_000_000);
        let withdrawal_queue_max = l.number("limits.withdrawal_queue_max", 1..=1_000_000);
        // One transaction holds at most 1 000 rows (docs/dependencies.md, "Engines beyond one machine").
        let batch_events_max = l.number("limits.batch_events_max", 1..=1000);
        let check_batch_max = l.number("limits.check_batch_max", 1..=1000);
        let shutdown_drain = l.millis("limits.shutdown_drain_ms", 0..=600_000);
        let rate = Rates::take(l);
        Some(Self {
            body_bytes_max: body_bytes_max?,
            json_depth_max: json_depth_max?,
            header_read_timeout: header_read_timeout?,
            body_timeout: body_timeout?,
            request_timeout: request_timeout?,
            connections_max: connections_max?,
            idle_timeout: idle_timeout?,
            hot_subjects_max: hot_subjects_max?,
            bodies_coming_max: bodies_coming_max?,
            bodies_coming_per_caller_max: bodies_coming_per_caller_max?,
            in_flight_max: in_flight_max?,
            withdrawals_in_flight_max: withdrawals_in_flight_max?,
            history_in_flight_max: history_in_flight_max?,
            record_queue_max: record_queue_max?,
            withdrawal_queue_max: withdrawal_queue_max?,
            batch_events_max: batch_events_max?,
            check_batch_max: check_batch_max?,
            shutdown_drain: shutdown_drain?,
            rate: rate?,
        })
    }
}

impl Rates {
    fn take(l: &mut Layers) -> Option<Self> {
        let mut rate = |name: &str| {
            // A million a second exceeds what one server can answer, so this value disables a limit.
            let quota = l.number(&format!("limits.rate.{name}.quota"), 1..=60_000_000);
            let window_s = l.number(&format!("limits.rate.{name}.window_s"), 1..=86_400);
            let burst = l.number(&format!("limits.rate.{name}.burst"), 1..=60_000_000);
            Some(Rate {
                quota: quota?,
                window_s: window_s?,
                burst: burst?,
            })
        };
        let check = rate("check");
        let record = rate("record");
        let withdraw_per_key = rate("withdraw_per_key");
        let withdraw_per_address = rate("withdraw_per_address");
        let withdraw_per_subject = rate("withdraw_per_subject");
        let public = rate("public");
        let admin = rate("admin");
        let unauthenticated = rate("unauthenticated");
        let anonymous_leaf = rate("anonymous_leaf");
        Some(Self {
            check: check?,
            record: record?,
            withdraw_per_key: withdraw_per_key?,
            withdraw_per_address: withdraw_per_address?,
            withdraw_per_subject: withdraw_per_subject?,
            public: public?,
            admin: admin?,
            unauthenticated: unauthenticated?,
            anonymous_leaf: anonymous_leaf?,
        })
    }
}

#[cfg(test)]
mod tests;
