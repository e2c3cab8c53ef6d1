//! `samtycke scan URL`: a real browser visits a page for the first time. The report lists what the page stored and
//! called before any choice, and compares it with the site's declaration.

mod chromium;
mod declared;
mod frames;
mod judge;
mod report;
mod tags;
mod visit;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args as Arguments;

pub(super) use self::tags::{Tag, TagVisit};

use self::chromium::Chromium;
use self::declared::{Declared, Source};
use self::visit::{Press, Tab};
use super::{CommandResult, Failure};
use samtycke_server::config::Config;

/// Exit code when the page stores or calls something that it should not.
const FOUND: u8 = 1;
/// Exit code when the page could not be visited.
const NOT_VISITED: u8 = 2;

/// Arguments of `samtycke scan`.
#[derive(Debug, Clone, Arguments)]
pub(super) struct Args {
    /// The page, such as https://www.example.com/.
    url: String,
    /// The site's declaration: its publishable key, or a file with the response of GET /v1/banner/{key}. Without it
    /// nothing counts as declared.
    #[arg(long, visible_alias = "key", value_name = "KEY|FILE")]
    declaration: Option<String>,
    /// Origin of the server that has the declaration; default: the configured one.
    #[arg(long, value_name = "ORIGIN")]
    server: Option<String>,
    /// A cookie, stored name or host that the page needs to work, in addition to those declared as necessary. Also a
    /// recipient's host that does not contain the recipient's name and is called after consent. May end in *. Repeat it
    /// for each.
    #[arg(long, value_name = "NAME")]
    necessary: Vec<String>,
    /// Then accept everything and scan again.
    #[arg(long, conflicts_with = "refuse")]
    accept: bool,
    /// Then refuse everything and scan again.
    #[arg(long)]
    refuse: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Visits and reports. Exit codes: 0 nothing found, 1 found, 2 the page could not be visited.
pub(super) async fn scan(args: Args, config: &Config) -> CommandResult {
    let visited = visit(&args, config).await;
    let report = match visited {
        Ok(report) => report,
        Err(failure) => {
            errln!("samtycke: {failure}");
            return Ok(ExitCode::from(NOT_VISITED));
        }
    };
    if args.json {
        outln!("{}", report.json());
    } else {
        out!("{report}");
    }
    Ok(if report.findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FOUND)
    })
}

async fn visit(args: &Args, config: &Config) -> Result<report::Report, Failure> {
    let is_page = args.url.starts_with("https://") || args.url.starts_with("http://");
    let host = judge::host(&args.url).filter(|_| is_page).ok_or_else(|| {
        Failure::new(format!(
            "{} is not a page: give its full address, such as https://www.example.com/",
            args.url
        ))
    })?;
    let progress = |text: &str| {
        // Not on standard output, which --json uses.
        errln!("{text}");
    };
    progress("Starting Chromium with a fresh profile ...");
    let mut chromium = Chromium::start().await?;
    let mut necessary = args.necessary.clone();
    let declared = match &args.declaration {
        None => Declared::default(),
        Some(given) => {
            let server = args.server.as_deref().unwrap_or(&config.public_url);
            // The page must call the consent server before the visitor can choose.
            necessary.extend(judge::host(server));
            declared::read(&mut chromium, Source::of(given, server)).await?
        }
    };
    progress(&format!("Visiting {} ...", args.url));
    let mut tab = Tab::open(&mut chromium).await?;
    tab.visit(&args.url).await?;
    let mut stages = vec![tab.look(judge::Moment::BeforeAnyChoice).await?];
    let press = match (args.accept, args.refuse) {
        (true, _) => Some((Press::Accept, judge::Moment::AfterYes)),
        (_, true) => Some((Press::Refuse, judge::Moment::AfterNo)),
        _ => None,
    };
    if let Some((press, moment)) = press {
        progress(&format!("Pressing {} ...", press.name()));
        tab.press(press).await?;
        stages.push(tab.look(moment).await?);
    }
    chromium.end().await;
    Ok(report::Report::new(
        &args.url, &host, &declared, &necessary, stages,
    ))
}

/// The browser's program.
fn program() -> PathBuf {
    std::env::var_os("SAMTYCKE_CHROMIUM").map_or_else(|| "chromium".into(), PathBuf::from)
}
