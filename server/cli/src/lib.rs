//! The command line: commands, arguments and exit codes.
//!
//! Commands that need the data run in the server that has them open, if there is one, and otherwise open the data folder
//! themselves.

// These macros panic when a pipe's reader has closed it; use the macros of `output.rs`.
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
mod output;

mod anchor;
mod arguments;
mod audit;
mod backup;
mod beside;
mod carried;
mod console;
mod control;
mod data;
mod demo;
mod dev;
mod difference;
mod embed;
mod epochs;
mod event;
mod failure;
mod fsck;
mod invalidate;
mod keys;
mod loss;
mod notice;
mod objections;
mod offline;
mod provision;
mod recover;
mod register;
mod sample_commands;
mod scan;
mod scratch;
mod serve;
mod shell;
mod signer;
mod tenant;
mod verify;
mod why;
mod work;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use samtycke_core::id::{EventId, Language, SiteId, TenantId};
use samtycke_core::notice::{About, Variant};
use serde::{Deserialize, Serialize};

use self::failure::Failure;
use self::work::Work;
use samtycke_server::clock::{Environment, random};
use samtycke_server::config::Config;
use samtycke_server::tenant::Role;
use samtycke_server::witness::WitnessPolicy;

/// Exit code of a failed command.
const FAILED: u8 = 1;
/// Exit code for invalid arguments, for every other command.
const USAGE: u8 = 2;
/// Exit code for invalid arguments to `verify`, `audit` and `log`, whose 2 means undecidable or unread.
const VERIFY_USAGE: u8 = 4;

/// Text at the end of `--help`.
const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 invalid arguments, 74 cannot write to standard output, 141 broken pipe.\n\
`verify`, `audit`, `log`, `scan`, `fsck`, `recover` and `site embed --check` have more: see their help.";

/// Records consents and refusals, answers "may I?" before data are processed, and proves both.
#[derive(Debug, Parser)]
#[command(
    name = "samtycke",
    version,
    max_term_width = 100,
    after_help = EXIT_CODES
)]
struct Cli {
    /// Settings file; SAMTYCKE_* variables override it. `samtycke config print` lists every setting.
    #[arg(long, global = true, env = "SAMTYCKE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server until it receives a signal to stop.
    Serve,
    /// Run a demo server on SQLite, with five controllers and one day of invented people.
    ///
    /// SAMTYCKE_LISTEN sets its address, SAMTYCKE_DATA_DIR its folder, which also holds the log anchor. A second run
    /// serves the data of the first.
    Demo,
    /// Run a server for development and tests. It is ready at once and keeps nothing.
    ///
    /// It accepts and grants exactly what `serve` does. Its data lie in a temporary folder that is deleted when it
    /// ends. It neither reads nor changes what the settings name as data_dir, anchor_dir, database_url, redis_url and
    /// root key. Only kill -9 leaves the folder behind; its name is samtycke-dev-*.
    Dev(dev::Args),
    /// Check or print the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Lint, compare, import and publish registers: a controller's purposes and their legal bases.
    #[command(subcommand)]
    Register(register::Command),
    /// Draft, publish and invalidate notices: the texts that people are shown.
    #[command(subcommand)]
    Notice(NoticeCommand),
    /// Add, list and revoke tenants. A tenant is one data controller.
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Add, change, list and revoke sites, where a tenant's notice is shown.
    #[command(subcommand)]
    Site(SiteCommand),
    /// Add, list and revoke API keys.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Ask whether data of a subject may be processed for a purpose, and explain the answer in words.
    ///
    /// The command asks the check that `POST /v1/check` answers, and exits with 0 whatever the answer is.
    Why(why::Args),
    /// Record what is no person's own decision: a delivered notice, a contract, an age, a guardian, an objection's outcome.
    ///
    /// The command records what `POST /v1/events` records, and prints the outcome for each purpose. It exits with 0 where
    /// the event is on record, also where it has no effect. A person's own decisions come from notices, links and
    /// `POST /v1/withdrawals`.
    #[command(subcommand)]
    Event(event::Kind),
    /// List the objections that wait for your decision, the one that is due first first.
    ///
    /// The person must be told within one month (GDPR Art. 12(3)). `samtycke event objection.upheld` and
    /// `objection.rejected` record the decision.
    Objections(objections::Args),
    /// Say which folder is the log anchor: the journal beside the database that makes a rollback visible.
    #[command(subcommand)]
    Anchor(anchor::Command),
    /// Bring back a log whose database is older than its log anchor, while no server runs.
    ///
    /// Without --replay or --succeed it says of each log what is to be done, and changes nothing. Exits with 0 sound, 3 a
    /// replay brings it back, 4 no replay can, 1 failed.
    Recover(recover::Args),
    /// Look for damage in the logs, and repair what is computed from them.
    ///
    /// Every leaf, tile, root, signed head, event, state and count is recomputed and compared, and the log anchor with them.
    /// It works beside a running server, in pages that block no writer, and on the data of a stopped one. --repair writes
    /// states, tiles, counts and the published pointer anew; it never touches a leaf, an event or a signed head. Exits with
    /// 0 sound, 1 could not look, 3 damaged.
    Fsck(fsck::Args),
    /// Write a verified backup of all data into one file, beside a running server or alone.
    ///
    /// Everything in it is of one moment, on SQLite and PostgreSQL alike. It is verified before it gets its name, and only
    /// its owner can read it. The keys are not in it: keep keys/root.key in another place.
    Backup(backup::Args),
    /// Bring a backup into an empty data folder or an empty PostgreSQL, and verify it.
    Restore(backup::RestoreArgs),
    /// Move all data between SQLite and PostgreSQL, with every server stopped.
    ///
    /// The copy is verified row by row; identity, keys and logs stay the same. The old database is marked, so that no server
    /// can use it by mistake.
    Move(backup::MoveArgs),
    /// Carry the root secrets to another place, bring them back, and check that a copy still signs its logs.
    #[command(subcommand)]
    Keys(carried::Command),
    /// Add, list and retire the keys that sign a tenant's log.
    #[command(subcommand)]
    Signer(signer::Command),
    /// Print the policy of a tenant's log, for `verify --policy`.
    Policy {
        /// The tenant's short name.
        tenant: TenantId,
    },
    /// Verify a proof bundle offline. Exits with 0 valid, 1 INVALID, 2 undecidable, 3 valid and erased, 4 usage.
    Verify(verify::Args),
    /// Copy a log, verify all of it, and work on the copy offline: consistency, and samples.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Write a log as files, for a plain web server or an object store.
    #[command(subcommand)]
    Log(audit::LogCommand),
    /// Visit a page with a fresh browser and report what it stores and which hosts it calls before any choice. Exits
    /// with 0 nothing found, 1 found, 2 could not visit. Needs Chromium: SAMTYCKE_CHROMIUM, or `chromium` on the path.
    Scan(scan::Args),
    /// Print a new event id (a UUID of version 7). Every submission needs one.
    EventId,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum ConfigCommand {
    /// Check whether the settings are valid.
    Check,
    /// Print the settings in force and the source of each, without secrets.
    Print,
}

#[derive(Debug, Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NoticeCommand {
    /// Draft a notice from the live register. It is not shown to anyone until it is published.
    Draft {
        #[command(flatten)]
        of: SiteOf,
        /// Scope of the notice: `everything`, or `terminal` for what a website's banner asks (cookies and similar).
        #[arg(long, value_parser = notice::about, default_value = "everything")]
        about: About,
        /// Languages, such as `sv,en,fi`; default sv,en. Languages other than these two need `--about terminal`.
        #[arg(long, value_delimiter = ',')]
        languages: Option<Vec<Language>>,
        /// Readers: `adult`, `teen`, `child`; default adult. Only Swedish has texts for teens and children.
        #[arg(long, value_delimiter = ',', value_parser = notice::variant)]
        variants: Option<Vec<Variant>>,
    },
    /// Publish the newest draft. People see it from now on.
    Publish(SiteOf),
    /// Declare every consent on a wrong notice invalid: the data protection officer proposes, a publisher confirms.
    ///
    /// The proposal says how many consents it would end, and changes nothing. It can be confirmed for seven days, with the
    /// same arguments.
    Invalidate(invalidate::Invalidate),
}

#[derive(Debug, Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TenantCommand {
    /// Add a tenant, open its log, and print its first key.
    Add {
        /// The tenant's short name: a-z, 0-9 and '-'. Its register must have the same `id`.
        ///
        /// A name that ends in -test makes a permanent test tenant: its log's name says so, its publishable keys begin
        /// with pk_test_, its banners accept clicks from programs, and its sites may have origin patterns, for preview
        /// deployments.
        tenant: TenantId,
        /// The controller's name, as people know it.
        #[arg(value_parser = tenant::controller)]
        controller: String,
    },
    /// List tenants.
    List,
    /// Revoke every key and site of a tenant.
    ///
    /// The tenant, its log and its proofs stay, so logged events can still be proved.
    Revoke {
        /// The tenant's short name.
        tenant: TenantId,
    },
    /// Print the key with which the SDK pseudonymises identifiers. It is a secret: its holder can test guessed
    /// identifiers.
    LookupKey {
        /// The tenant's short name.
        tenant: TenantId,
    },
}

#[derive(Debug, Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SiteCommand {
    /// Add a site.
    Add {
        #[command(flatten)]
        site: SiteOf,
        /// An origin that may use the site's publishable keys, such as https://www.example.com, or
        /// capacitor://localhost for an app's shell. Repeat it for each origin; leave it out for an app that sends
        /// none. A site of a test tenant may have patterns, such as 'https://*--shop.netlify.app'.
        #[arg(long = "origin", value_name = "ORIGIN")]
        origins: Vec<String>,
    },
    /// Change a site's origins on every server at once. Its keys and notices stay the same.
    ///
    /// Use either --origin for the whole new list, or --add-origin and --remove-origin.
    Set {
        #[command(flatten)]
        site: SiteOf,
        /// An origin of the new list; origins left out are removed. Repeat it for each.
        #[arg(long = "origin", value_name = "ORIGIN", conflicts_with_all = ["add", "remove"])]
        origins: Vec<String>,
        /// An origin to add. Repeat it for each.
        #[arg(long = "add-origin", value_name = "ORIGIN", required_unless_present_any = ["origins", "remove"])]
        add: Vec<String>,
        /// An origin to remove. Repeat it for each.
        #[arg(long = "remove-origin", value_name = "ORIGIN")]
        remove: Vec<String>,
    },
    /// List a tenant's sites.
    List {
        /// The tenant's short name.
        tenant: TenantId,
    },
    /// Print what to add to a website: the banner's tag, the content security policy and a path under the site's own
    /// name.
    #[serde(skip)]
    Embed(embed::Args),
    /// Revoke a site: the server stops serving its notice.
    Revoke(SiteOf),
}

#[derive(Debug, Clone, Args, Serialize, Deserialize)]
struct SiteOf {
    /// The tenant's short name.
    tenant: TenantId,
    /// The site's name, such as www.example.com.
    site: SiteId,
}

#[derive(Debug, Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeyCommand {
    /// Create a key and print it once.
    Add {
        /// The tenant's short name.
        tenant: TenantId,
        /// The key's role: publishable, service, editor, publisher, dpo, auditor or operator.
        ///
        /// A publishable key stands in the pages of one site: pk_SITE-ID_..., or pk_test_SITE-ID_... for a test tenant.
        #[arg(value_parser = role)]
        role: Role,
        /// The site of a publishable key.
        #[arg(long, required_if_eq("role", "publishable"))]
        site: Option<SiteId>,
        /// What the key is for; do not give a person's name.
        #[arg(long, default_value = "")]
        label: String,
        /// When it ends by itself: a period (P90D), a last day (2027-03-31) or a time (RFC 3339).
        #[arg(long)]
        expires: Option<String>,
    },
    /// List a tenant's keys by their public names. The secret parts are not stored.
    List {
        /// The tenant's short name.
        tenant: TenantId,
    },
    /// Revoke a key.
    Revoke {
        /// The tenant's short name.
        tenant: TenantId,
        /// The key's public name, such as k_0123456789ab.
        key_id: String,
    },
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("must be one of {}", all.join(", "))
    })
}

type CommandResult = Result<ExitCode, Failure>;

/// Runs the command in these arguments. The first argument is the program's name.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    let code = match Cli::try_parse_from(&arguments) {
        Ok(cli) => run(cli).unwrap_or_else(|failure| {
            errln!("samtycke: {failure}");
            ExitCode::from(FAILED)
        }),
        Err(error) => not_run(&error, &arguments),
    };
    output::finish(code)
}

/// Prints help or version, or why the arguments are invalid.
fn not_run(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let printed = error.print();
    if error.use_stderr() {
        return ExitCode::from(if is_verify(arguments) {
            VERIFY_USAGE
        } else {
            USAGE
        });
    }
    if let Err(error) = printed {
        output::failed(error);
    }
    ExitCode::SUCCESS
}

/// Whether the command is one whose 2 says something else, as `verify`: the first argument that is neither an option nor the value of `--config`.
fn is_verify(arguments: &[OsString]) -> bool {
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        if argument == "--config" {
            rest.next();
        } else if !argument.as_encoded_bytes().starts_with(b"-") {
            return ["verify", "audit", "log"]
                .iter()
                .any(|name| argument == name);
        }
    }
    false
}

fn run(cli: Cli) -> CommandResult {
    let file = cli.config;
    let config = || load(file.as_deref());
    let work = |work| {
        let config = config()?;
        serve::log(&config, Some("warn"));
        wait(control::run(config, work))
    };
    match cli.command {
        Command::Serve => wait(serve::serve(config()?)),
        Command::Demo => wait(demo::demo(config()?)),
        Command::Dev(args) => wait(dev::dev(args, config()?)),
        Command::Config(ConfigCommand::Check) => {
            if let Some(path) = config()?.witness_policy {
                let witnesses = WitnessPolicy::read(&path);
                witnesses.map_err(|error| Failure::new(error.to_string()))?;
            }
            outln!("The settings are valid.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Config(ConfigCommand::Print) => {
            out!("{}", config()?.print());
            Ok(ExitCode::SUCCESS)
        }
        Command::Register(register::Command::Files(command)) => register::run(command),
        Command::Register(register::Command::Import { file, tenant }) => {
            work(Work::Import(register::Import::of(&file, tenant)?))
        }
        Command::Register(register::Command::Publish(publish)) => work(Work::Publish(publish)),
        Command::Notice(command) => work(Work::Notice(command)),
        Command::Tenant(TenantCommand::LookupKey { tenant }) => {
            wait(offline::lookup_key(config()?, tenant))
        }
        Command::Tenant(command) => work(Work::Tenant(command)),
        Command::Site(SiteCommand::Embed(args)) => embed::run(&args, &config()?),
        Command::Site(command) => work(Work::Site(command)),
        Command::Key(command) => work(Work::Key(command)),
        Command::Signer(command) => work(Work::Signer(command)),
        Command::Why(args) => work(Work::Why(args)),
        Command::Event(kind) => work(Work::Event(Box::new(kind.record()))),
        Command::Objections(args) => work(Work::Objections(args)),
        Command::Anchor(command) => {
            let config = config()?;
            serve::log(&config, Some("warn"));
            wait(anchor::run(command, config))
        }
        Command::Recover(args) if args.accepts_loss() => work(Work::AcceptLoss(args.acceptance()?)),
        Command::Recover(args) => {
            let config = config()?;
            serve::log(&config, Some("warn"));
            wait(recover::run(args, config))
        }
        Command::Fsck(args) => {
            let config = config()?;
            serve::log(&config, Some("warn"));
            wait(beside::look(config, args))
        }
        Command::Backup(args) => {
            let config = config()?;
            serve::log(&config, Some("warn"));
            wait(beside::back_up(config, args))
        }
        Command::Restore(args) => wait(backup::restore(config()?, args)),
        Command::Move(args) => wait(backup::shift(config()?, args)),
        Command::Keys(carried::Command::Rewrap { tenant }) => {
            work(Work::Rewrap(epochs::Rewrap { tenant }))
        }
        Command::Keys(command) => wait(carried::run(command, config()?)),
        Command::Policy { tenant } => wait(offline::policy(config()?, tenant)),
        Command::Scan(args) => {
            let config = config()?;
            wait(async move { scan::scan(args, &config).await })
        }
        Command::Verify(args) => Ok(verify::run(&args)),
        Command::Audit(command) => wait(async { Ok(audit::run(command).await) }),
        Command::Log(command) => wait(async { Ok(audit::export(command).await) }),
        Command::EventId => {
            let environment = Environment::system();
            let id = EventId::from_parts(environment.clock.now(), random(&*environment.rng));
            outln!("{id}");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn load(file: Option<&Path>) -> Result<Config, Failure> {
    // Samtycke's variables are UTF-8, so this one is not ours.
    let env = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Ok(Config::load(file, env)?)
}

/// The root secrets, if the environment has them.
fn root_key() -> Option<String> {
    std::env::var("SAMTYCKE_ROOT_KEY").ok()
}

fn wait(work: impl Future<Output = CommandResult>) -> CommandResult {
    // PostgreSQL and Redis may use TLS; a second call finds the first provider installed and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}")))?;
    runtime.block_on(work)
}

#[cfg(test)]
mod documented;
