//! `samtycke dev`: a server for client developers and their test suites. It runs the same server as `samtycke serve`,
//! on a temporary folder.

mod print;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args as ClapArgs;
use samtycke_core::id::{EventId, Language, SiteId, SubjectId};
use samtycke_core::notice::Variant;
use samtycke_core::purpose::{CheckMode, Purpose, ScopeType, SpecialCategory};
use samtycke_core::register::{EXAMPLE, Register};
use tokio::sync::oneshot;

use self::print::{DevTenant, Running};
use super::control::Control;
use super::provision::{Ready, Wanted, provision};
use super::sample_commands::SampleCommands;
use super::scratch::{self, Scratch};
use super::{CommandResult, Failure, register, serve};
use samtycke_server::app::App;
use samtycke_server::clock::{Environment, random};
use samtycke_server::config::Config;
use samtycke_server::home::Commands;
use samtycke_server::http::common::log_panics_by_place;
use samtycke_server::register::NoticeRequest;

/// The site of every tenant.
const SITE: &str = "localhost";
/// Interval between checkpoints, so that tests get a proof soon; milliseconds.
const PUBLISH_INTERVAL_MS_MAX: u64 = 50;

/// Arguments of `samtycke dev`.
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A register to serve. Repeat it for each tenant. Default: a small example of an invented company.
    #[arg(long = "register", value_name = "FILE")]
    registers: Vec<PathBuf>,
    /// Address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Languages of the notice.
    #[arg(
        long,
        value_name = "LANGUAGES",
        value_delimiter = ',',
        default_value = "sv,en"
    )]
    notice_languages: Vec<Language>,
    /// A further web origin that may use the publishable keys, such as http://localhost:5173. Repeat it for each. The
    /// server's own origin is always allowed.
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<String>,
    /// Print address, keys and notices as one line of JSON once the server is ready.
    #[arg(long)]
    json: bool,
    /// Stop when standard input closes, so that the server ends with the process that started it.
    #[arg(long)]
    exit_with_parent: bool,
}

/// Creates the tenants, prints what there is, and serves until a signal.
pub(super) async fn dev(args: Args, mut config: Config) -> CommandResult {
    serve::log(&config, Some("warn"));
    log_panics_by_place();
    // Handle signals from here on, so that the folder is always removed.
    let signals = serve::Signals::new()?;
    let end = end(args.exit_with_parent);
    let registers = read(&args.registers)?;
    let scratch = Scratch::new("samtycke-dev")?;
    place(&mut config, &args, &scratch);
    let listener = serve::listen(&mut config)?;
    // Without the environment's root secrets: what is made here must open nothing elsewhere.
    let app = App::start(config, Environment::system(), None).await?;
    let tenants = match tenants(&app, &args, &registers).await {
        Ok(tenants) => tenants,
        Err(failure) => {
            // Stop the writers before the folder is removed.
            app.stop().await;
            return Err(failure);
        }
    };
    let commands = tries(&app, &tenants, &registers);
    let control = Control::open(&app);
    let running = Running {
        base_url: app.config.public_url.clone(),
        data_dir: app.config.data_dir.clone(),
        tenants,
    };
    running.print(args.json, commands.as_ref())?;
    let router = samtycke_server::app::router(&app);
    let folder = scratch.path().to_owned();
    let stop = serve::Stop {
        signals,
        end: Box::pin(end),
        at_once: Box::new(move || scratch::remove(&folder)),
    };
    serve::run(&app, router, listener, control, stop).await
}

fn read(files: &[PathBuf]) -> Result<Vec<(String, Register)>, Failure> {
    if files.is_empty() {
        let example = Register::parse(EXAMPLE).expect("a test reads the example");
        return Ok(vec![(EXAMPLE.to_owned(), example)]);
    }
    let mut registers: Vec<(String, Register)> = Vec::new();
    for file in files {
        let (toml, register) = register::read(file)?;
        let id = &register.tenant;
        if registers.iter().any(|(_, other)| other.tenant == *id) {
            let file = file.display();
            return Err(Failure::new(format!(
                "{file}: another register has the id {id}"
            )));
        }
        registers.push((toml, register));
    }
    Ok(registers)
}

async fn tenants(
    app: &Arc<App>,
    args: &Args,
    registers: &[(String, Register)],
) -> Result<Vec<DevTenant>, Failure> {
    let mut tenants = Vec::new();
    for (toml, register) in registers {
        let ready = provision(app, wanted(app, args, toml, register)?).await?;
        tenants.push(DevTenant::of(ready, register));
    }
    Ok(tenants)
}

/// Keeps everything in one folder and uses nothing that the settings name elsewhere.
fn place(config: &mut Config, args: &Args, scratch: &Scratch) {
    serve::all_in(config, scratch.path());
    config.is_throwaway = true;
    config.public_overview = true;
    config.redis_url = None;
    config.listen = args.listen;
    config.public_url = format!("http://{}", args.listen);
    let soon = Duration::from_millis(PUBLISH_INTERVAL_MS_MAX);
    config.publish_interval = config.publish_interval.min(soon);
}

fn wanted<'a>(
    app: &App,
    args: &Args,
    toml: &'a str,
    register: &'a Register,
) -> Result<Wanted<'a>, Failure> {
    let site: SiteId = SITE
        .parse()
        .map_err(|_| Failure::new(format!("{SITE} is not a valid site name")))?;
    let own = app.config.public_url.clone();
    let local = format!("http://{SITE}:{}", app.config.listen.port());
    let mut origins = vec![own];
    for origin in std::iter::once(&local).chain(&args.origins) {
        if !origins.contains(origin) {
            origins.push(origin.clone());
        }
    }
    Ok(Wanted {
        register,
        toml,
        origins,
        notice: NoticeRequest {
            languages: Some(args.notice_languages.clone()),
            variants: Some(vec![Variant::Adult]),
            ..NoticeRequest::draft(site)
        },
        label: "dev",
    })
}

/// Commands about the first purpose for which a plain consent is enough.
fn tries(
    app: &Arc<App>,
    tenants: &[DevTenant],
    registers: &[(String, Register)],
) -> Option<Commands> {
    let mut all = tenants.iter().zip(registers);
    let (tenant, purpose) = all.find_map(|(tenant, (_, register))| {
        let mut purposes = register.purposes.iter();
        Some((tenant, purposes.find(|p| takes_a_plain_yes(p))?))
    })?;
    let rng = &*app.environment.rng;
    let subject = SubjectId::from_bytes(random(rng));
    let event = EventId::from_parts(app.environment.clock.now(), random(rng));
    let trial = SampleCommands {
        base_url: &app.config.public_url,
        keys: &tenant.keys,
        vkey: &tenant.vkey,
        notice: tenant.notice.as_str(),
        subject: subject.as_str(),
        purpose: purpose.id.as_str(),
        event: event.as_str(),
        records_it: true,
    };
    Some(trial.commands())
}

fn takes_a_plain_yes(purpose: &Purpose) -> bool {
    purpose.check_mode == CheckMode::Consent
        && purpose.scope_type == ScopeType::None
        && matches!(
            purpose.special_category,
            SpecialCategory::No | SpecialCategory::Unknown
        )
        && !purpose.retired
        && purpose.incomplete.is_empty()
}

/// Completes when standard input closes, if that ends the server; otherwise never.
async fn input_closed(told: Option<oneshot::Receiver<()>>) {
    match told {
        Some(told) => drop(told.await),
        None => std::future::pending().await,
    }
}

fn end(with_parent: bool) -> impl Future<Output = ()> + Send + 'static {
    let told = with_parent.then(|| {
        let (closed, told) = oneshot::channel();
        // A thread of its own: the runtime would wait for a read that cannot be cancelled.
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            let _ = closed.send(());
        });
        told
    });
    input_closed(told)
}

impl DevTenant {
    fn of(ready: Ready, register: &Register) -> Self {
        Self {
            tenant: ready.tenant.id.to_string(),
            log: ready.log.id,
            origin: ready.log.origin,
            vkey: ready.log.vkey,
            site: ready.site.to_string(),
            notice: ready.notice,
            lookup_key: hex::encode(ready.tenant.secrets.lookup.expose()),
            keys: ready.keys,
            register: print::RegisterSummary::of(register),
        }
    }
}

#[cfg(test)]
mod tests {
    use samtycke_core::register::Severity;

    use super::*;

    /// Protects developers who try samtycke without a register: the example parses, is complete, and has a purpose for
    /// the printed commands.
    #[test]
    fn the_example_is_a_register_without_fault() {
        let register = Register::parse(EXAMPLE).unwrap();
        let of = |severity| {
            register
                .lints
                .iter()
                .filter(|lint| lint.code.severity() == severity)
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Severity::Error), Vec::<String>::new());
        assert_eq!(of(Severity::Warning), Vec::<String>::new());
        assert_eq!(register.incomplete().count(), 0);
        assert!(register.purposes.iter().any(takes_a_plain_yes));
        assert!(register.purposes.iter().any(|purpose| purpose.single_use));
    }
}
