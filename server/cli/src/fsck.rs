//! `samtycke fsck`: looks for damage, says what each finding means and what to type.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::console::Console;
use super::data::{Alone, ensure_present};
use super::{Failure, root_key};
use samtycke_server::app::{App, StartError, open_store};
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_server::fsck::{Damage, Inspection, Report, UnknownLog, unknown_logs};
use samtycke_server::keyring::{Keyring, Missing};
use samtycke_server::store::Store;
use samtycke_server::tenant::{Tenant, Tenants};

/// Exit code where damage was found that stands.
const DAMAGED: u8 = 3;
/// Rows named for one kind of damage, for people; `--json` has more.
const ROWS_SHOWN: usize = 5;

/// Arguments of `samtycke fsck`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
pub(super) struct Args {
    /// A log's id, or its tenant's short name; default: every log.
    log: Option<String>,
    /// Look through every log.
    #[arg(long, conflicts_with = "log")]
    all: bool,
    /// Write states, tiles, counts and the published pointer anew where they are wrong.
    #[arg(long)]
    repair: bool,
    /// Print the reports as JSON, for programs.
    #[arg(long)]
    json: bool,
}

/// The data that are looked at.
struct Data<'a> {
    store: &'a Store,
    tenants: &'a Tenants,
    anchor_dir: &'a Path,
}

/// Runs the command in a server.
pub(super) async fn run(args: Args, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    let data = Data {
        store: &app.store,
        tenants: &app.tenants,
        anchor_dir: &app.config.anchor_dir,
    };
    let tenants = app.tenants.all();
    look(&data, &tenants, &args, console).await
}

/// Runs the command on the data of a stopped server, where a state that cannot be read would keep a server from starting.
pub(super) async fn alone(
    config: &Config,
    args: &Args,
    console: &mut Console,
) -> Result<(), Alone> {
    ensure_present(config).await?;
    let (store, _lock) = match open_store(config).await {
        Err(StartError::InUse(_)) => return Err(Alone::InUse),
        opened => opened?,
    };
    store.migrate().await?;
    let environment = Environment::system();
    let keys = config.data_dir.join("keys");
    let keyring = Keyring::open(
        &keys,
        root_key().as_deref(),
        Missing::Refuse,
        &*environment.rng,
    );
    let keyring = keyring.map_err(|error| Failure::new(error.to_string()))?;
    let tenants = Tenants::without_states(store.clone(), Arc::new(keyring), environment.clock);
    tenants.load_all().await?;
    let data = Data {
        store: &store,
        tenants: &tenants,
        anchor_dir: &config.anchor_dir,
    };
    let looked = look(&data, &tenants.all(), args, console).await;
    store.close().await;
    Ok(looked?)
}

async fn look(
    data: &Data<'_>,
    tenants: &[Arc<Tenant>],
    args: &Args,
    console: &mut Console,
) -> Result<(), Failure> {
    let tenants = named(tenants, args.log.as_deref())?;
    let (mut standing, mut reports) = (0, Vec::new());
    for tenant in &tenants {
        let show = console.progress();
        let id = tenant.id.clone();
        let inspection = Inspection {
            store: data.store,
            tenants: data.tenants,
            anchor_dir: Some(data.anchor_dir),
            repair: args.repair,
            pause: None,
            progress: &move |what, done, of| show(&format!("{id}: {what} {done} of {of}")),
        };
        let report = inspection.of(tenant).await?;
        // A server that runs must not go on signing over it.
        if report.contradicts_a_root() {
            tenant.runtime.freeze();
        }
        standing += report.standing();
        if !args.json {
            say(tenant, &report, console);
        }
        reports.push(report);
    }
    let unknown_logs = match args.log {
        None => unknown_logs(data.store, data.anchor_dir)
            .await
            .map_err(|error| Failure::new(error.to_string()))?,
        Some(_) => Vec::new(),
    };
    standing += unknown_logs.len() as u64;
    if args.json {
        let output = Output {
            reports,
            unknown_logs,
            standing,
        };
        let json = serde_json::to_string_pretty(&output);
        console.line(json.map_err(|error| Failure::new(error.to_string()))?);
    } else {
        for UnknownLog { log, leaves } in &unknown_logs {
            console.line(format_args!(
                "{log}: DAMAGED: the log anchor holds this log with {leaves} leaves, and the database does not know it\n    \
                 What to do: restore a newer backup: the database is a copy from before the log was opened"
            ));
        }
    }
    if standing > 0 {
        console.exit(DAMAGED);
    }
    Ok(())
}

/// The tenants to look at: the one with this name or log, or every one.
fn named(tenants: &[Arc<Tenant>], named: Option<&str>) -> Result<Vec<Arc<Tenant>>, Failure> {
    let Some(named) = named else {
        return Ok(tenants.to_vec());
    };
    let mut all = tenants.iter();
    let found = all.find(|tenant| tenant.id.as_str() == named || tenant.log.as_str() == named);
    found.map(|tenant| vec![tenant.clone()]).ok_or_else(|| {
        Failure::new(format!(
            "there is no tenant or log {named}; samtycke tenant list shows all tenants"
        ))
    })
}

/// The output for programs.
#[derive(Serialize)]
struct Output {
    reports: Vec<Report>,
    /// Logs that the log anchor holds and the database does not know.
    unknown_logs: Vec<UnknownLog>,
    /// Findings that were not repaired.
    standing: u64,
}

fn say(tenant: &Tenant, report: &Report, console: &mut Console) {
    let log = &report.log;
    let verdict = match (report.findings.len(), report.standing()) {
        (0, _) => "sound".to_owned(),
        (found, 0) => format!("{found} damaged rows, all written anew"),
        (_, standing) => format!("DAMAGED: {standing} rows"),
    };
    console.line(format_args!(
        "{} ({log}): {verdict}. Read {} leaves, {} events, {} subjects.",
        tenant.id, report.leaves, report.events, report.subjects
    ));
    let kinds: BTreeSet<Damage> = report.findings.iter().map(|f| f.damage).collect();
    for damage in kinds {
        let of_kind = report.findings.iter().filter(|f| f.damage == damage);
        let of_kind: Vec<_> = of_kind.collect();
        console.line(format_args!("  {}: {}", damage.as_str(), damage.meaning()));
        for finding in of_kind.iter().take(ROWS_SHOWN) {
            let repaired = if finding.repaired {
                " (written anew)"
            } else {
                ""
            };
            console.line(format_args!(
                "    {}: {}{repaired}",
                finding.place, finding.found
            ));
        }
        if of_kind.len() > ROWS_SHOWN {
            console.line(format_args!(
                "    and {} more; --json names them",
                of_kind.len() - ROWS_SHOWN
            ));
        }
        if of_kind.iter().any(|finding| !finding.repaired) {
            console.line(format_args!(
                "    What to do: {}",
                damage.what_to_do(tenant.id.as_str())
            ));
        }
    }
    if report.more_findings > 0 {
        console.line(format_args!(
            "  and {} more findings that are not listed",
            report.more_findings
        ));
    }
}
