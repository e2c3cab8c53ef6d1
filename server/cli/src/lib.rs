//! The command line: what can be asked of the binary, and what its exit codes mean.
//!
//! Commands that change a tenant open the data folder themselves. Where a server has it open, they change nothing and
//! print the HTTP call that does the same.

// They panic when the reader of a pipe has gone: `output.rs` prints.
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
mod output;

mod call;
mod control;
mod demo;
mod dev;
mod difference;
mod embed;
mod keys;
mod notice;
mod offline;
mod register;
mod scan;
mod scratch;
mod serve;
mod set_up;
mod tenant;
mod tries;
mod verify;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use samtycke_core::id::{EventId, Language, SiteId, TenantId};
use samtycke_core::notice::{About, Variant};
use samtycke_core::problem::Problem;

use samtycke_server::app::StartError;
use samtycke_server::clock::{Environment, random};
use samtycke_server::config::{Config, ConfigErrors};
use samtycke_server::store::StoreError;
use samtycke_server::tenant::Role;

/// Exit code where the command failed.
const FAILED: u8 = 1;
/// Exit code where the command was not understood, of every command but `verify`.
const USAGE: u8 = 2;
/// The same of `verify`, whose 2 means undecidable.
const VERIFY_USAGE: u8 = 4;

/// What `--help` ends with.
const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 not understood, 74 standard output could not be written to, 141 its reader has gone.\n\
`verify`, `scan` and `site embed --check` have more: see their help.";

/// Records what people said yes and no to, answers "may I?", and proves both.
#[derive(Debug, Parser)]
#[command(
    name = "samtycke",
    version,
    max_term_width = 100,
    after_help = EXIT_CODES
)]
struct Cli {
    /// File with settings; SAMTYCKE_* variables win over it. `samtycke config print` shows them all.
    #[arg(long, global = true, env = "SAMTYCKE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server until it is told to stop.
    Serve,
    /// Run a server with five controllers and a day of invented people in it, on SQLite.
    ///
    /// SAMTYCKE_LISTEN and SAMTYCKE_DATA_DIR say where; the log anchor lies in the same folder. A second run serves what
    /// the first one made.
    Demo,
    /// Run a server for development and tests, that is ready at once and keeps nothing.
    ///
    /// It is the same server: it takes what `serve` takes, and grants what `serve` grants. Its data lie in a folder that is
    /// deleted when it ends; whatever the settings say of data_dir, anchor_dir, database_url, redis_url and the root key,
    /// nothing of theirs is touched. Only a kill -9 leaves the folder behind, named samtycke-dev-*.
    Dev(dev::Args),
    /// Settings: are they right, and what are they?
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Registers: what a controller does with personal data, and on what ground.
    #[command(subcommand)]
    Register(register::Command),
    /// Notices: what people are shown.
    #[command(subcommand)]
    Notice(NoticeCommand),
    /// Tenants: one data controller each.
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Sites: where a tenant's notice is shown.
    #[command(subcommand)]
    Site(SiteCommand),
    /// Keys: who may do what.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Print the policy of a tenant's log, which `verify --policy` reads.
    Policy {
        /// Its short name.
        tenant: TenantId,
    },
    /// Verify a proof bundle, offline. Exits with 0 valid, 1 INVALID, 2 undecidable, 3 valid and erased, 4 usage.
    Verify(verify::Args),
    /// Visit a page with a fresh browser and say what it stores and whom it calls before anybody chose. Exits with 0 nothing
    /// found, 1 found, 2 could not visit. Needs Chromium: SAMTYCKE_CHROMIUM, or `chromium` on the path.
    Scan(scan::Args),
    /// Print a new event id (a UUID of version 7), as every submission needs one.
    EventId,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum ConfigCommand {
    /// Say whether the settings can be used.
    Check,
    /// Print the settings in force and where each came from, without secrets.
    Print,
}

#[derive(Debug, Subcommand)]
enum NoticeCommand {
    /// Draft a notice from the live register; nobody is shown it yet.
    Draft {
        #[command(flatten)]
        of: SiteOf,
        /// What it is about: `everything`, or `terminal` for what a website's banner asks (cookies and the like).
        #[arg(long, value_parser = notice::about, default_value = "everything")]
        about: About,
        /// The languages, such as `sv,en,fi`; by default sv,en. Only a draft about the terminal speaks others.
        #[arg(long, value_delimiter = ',')]
        languages: Option<Vec<Language>>,
        /// For whom: `adult`, `teen`, `child`; by default adult. Swedish alone speaks to the young.
        #[arg(long, value_delimiter = ',', value_parser = notice::variant)]
        variants: Option<Vec<Variant>>,
    },
    /// Show people the newest draft from now on.
    Publish(SiteOf),
}

#[derive(Debug, Subcommand)]
enum TenantCommand {
    /// Add a tenant, open its log, and print its first key.
    Add {
        /// Its short name: a-z, 0-9 and '-'. Its register's `id` must be the same. One that ends in -test makes a test
        /// tenant for ever: its log's name says so, its publishable keys begin with pk_test_, banners with them take a
        /// program's clicks, and its sites may have patterns as origins, for preview deployments.
        tenant: TenantId,
        /// The controller's name, as people know it.
        controller: String,
    },
    /// List tenants.
    List,
    /// Revoke every key and site of a tenant. The tenant itself, its log and its proofs stay: what was logged can
    /// still be proved.
    Revoke {
        /// Its short name.
        tenant: TenantId,
    },
    /// Print the key with which the SDK pseudonymises identifiers. Whoever has it can test guesses.
    LookupKey {
        /// Its short name.
        tenant: TenantId,
    },
}

#[derive(Debug, Subcommand)]
enum SiteCommand {
    /// Add a site.
    Add {
        #[command(flatten)]
        site: SiteOf,
        /// An origin where its publishable keys may be used, such as https://www.example.com or, of an app's shell,
        /// capacitor://localhost. Give it once for each; an app that sends none has none. A site of a test tenant may
        /// have patterns, such as 'https://*--shop.netlify.app'.
        #[arg(long = "origin", value_name = "ORIGIN")]
        origins: Vec<String>,
    },
    /// Change the origins of a site, at once and everywhere. Its keys and notices stay as they are.
    ///
    /// Either --origin once for each that it is to have, or --add-origin and --remove-origin.
    Set {
        #[command(flatten)]
        site: SiteOf,
        /// An origin that it is to have; all others are no longer good. Give it once for each.
        #[arg(long = "origin", value_name = "ORIGIN", conflicts_with_all = ["add", "remove"])]
        origins: Vec<String>,
        /// An origin to add to those that it has. Give it once for each.
        #[arg(long = "add-origin", value_name = "ORIGIN", required_unless_present_any = ["origins", "remove"])]
        add: Vec<String>,
        /// An origin to take from those that it has. Give it once for each.
        #[arg(long = "remove-origin", value_name = "ORIGIN")]
        remove: Vec<String>,
    },
    /// List sites.
    List {
        /// The tenant's short name.
        tenant: TenantId,
    },
    /// Print what to put into the site so that it asks: tag, policy, and a path under its own name.
    Embed(embed::Args),
    /// Revoke a site: its notice is served no longer.
    Revoke(SiteOf),
}

#[derive(Debug, Clone, Args)]
struct SiteOf {
    /// The tenant's short name.
    tenant: TenantId,
    /// The site's name, such as www.example.com.
    site: SiteId,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key and print it, once.
    Add {
        /// The tenant's short name.
        tenant: TenantId,
        /// What it may do: publishable, service, editor, publisher, dpo, auditor or operator. A publishable key stands in
        /// the pages of one site: pk_SITE-ID_..., and pk_test_SITE-ID_... of a test tenant.
        #[arg(value_parser = role)]
        role: Role,
        /// The site that a publishable key belongs to.
        #[arg(long, required_if_eq("role", "publishable"))]
        site: Option<SiteId>,
        /// What it is for; nobody's name.
        #[arg(long, default_value = "")]
        label: String,
    },
    /// List keys. Only their public names are known.
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

/// Why a command did not do what it was asked, in words for whoever asked.
#[derive(Debug)]
struct Failure(String);

impl Failure {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ConfigErrors> for Failure {
    fn from(errors: ConfigErrors) -> Self {
        Self(format!(
            "{errors}\n`samtycke config print` shows every setting there is."
        ))
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let mut text = problem.kind.title().to_owned();
        if let Some(detail) = &problem.detail {
            text = format!("{text}: {detail}");
        }
        for violation in &problem.violations {
            text = format!("{text}\n  {} {}", violation.field, violation.message);
        }
        Self(text)
    }
}

type CommandResult = Result<ExitCode, Failure>;

/// Runs the command that these arguments ask for. The first is the program's name.
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

/// Prints what was asked for instead of a command, such as help, or why the arguments were not understood.
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

/// Whether the command is `verify`: the first argument that is no option, nor the file of `--config`.
fn is_verify(arguments: &[OsString]) -> bool {
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        if argument == "--config" {
            rest.next();
        } else if !argument.as_encoded_bytes().starts_with(b"-") {
            return argument == "verify";
        }
    }
    false
}

fn run(cli: Cli) -> CommandResult {
    let file = cli.config;
    let config = || load(file.as_deref());
    match cli.command {
        Command::Serve => wait(serve::serve(config()?)),
        Command::Demo => wait(demo::demo(config()?)),
        Command::Dev(args) => wait(dev::dev(args, config()?)),
        Command::Config(ConfigCommand::Check) => {
            config()?;
            outln!("The settings can be used.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Config(ConfigCommand::Print) => {
            out!("{}", config()?.print());
            Ok(ExitCode::SUCCESS)
        }
        Command::Register(command) => register::run(command, &config),
        Command::Notice(command) => wait(notice::run(command, config()?)),
        Command::Tenant(TenantCommand::LookupKey { tenant }) => {
            wait(offline::lookup_key(config()?, tenant))
        }
        Command::Tenant(command) => wait(tenant::run(command, config()?)),
        Command::Site(SiteCommand::Embed(args)) => embed::run(&args, &config()?),
        Command::Site(command) => wait(keys::sites(command, config()?)),
        Command::Key(command) => wait(keys::keys(command, config()?)),
        Command::Policy { tenant } => wait(offline::policy(config()?, tenant)),
        Command::Scan(args) => {
            let config = config()?;
            wait(async move { scan::scan(args, &config).await })
        }
        Command::Verify(args) => Ok(verify::run(&args)),
        Command::EventId => {
            let environment = Environment::system();
            let id = EventId::from_parts(environment.clock.now(), random(&*environment.rng));
            outln!("{id}");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn load(file: Option<&Path>) -> Result<Config, Failure> {
    // A variable that is not UTF-8 is none of ours.
    let env = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Ok(Config::load(file, env)?)
}

/// The root secrets, where they come from the environment.
fn root_key() -> Option<String> {
    std::env::var("SAMTYCKE_ROOT_KEY").ok()
}

fn wait(work: impl Future<Output = CommandResult>) -> CommandResult {
    // PostgreSQL and Redis may be reached through TLS; a second call finds the first one's and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("threads cannot be made: {error}")))?;
    runtime.block_on(work)
}

#[cfg(test)]
mod documented;
