//! `samtycke objections`: the objections that wait for the controller's decision (GDPR Art. 12(3), 21(1)).

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use samtycke_core::id::TenantId;
use samtycke_core::wire::{ObjectionResponse, ObjectionsResponse};
use serde::{Deserialize, Serialize};

use super::Failure;
use super::console::Console;
use super::data::{columns, tenant_of};
use samtycke_server::app::App;
use samtycke_server::objection;

/// Objections that are read at a time.
const PAGE: u32 = 1_000;

/// Arguments of `samtycke objections`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
pub(super) struct Args {
    /// The tenant's short name; default: the only tenant.
    #[arg(long)]
    tenant: Option<TenantId>,
    /// Print the answer of the API, all pages in one, for programs.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: Args, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    let tenant = tenant_of(app, args.tenant.as_ref(), None)?;
    let (mut waiting, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = objection::page(&app.objections, &tenant, after.as_deref(), Some(PAGE)).await?;
        waiting.extend(page.objections);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if args.json {
        let all = ObjectionsResponse {
            objections: waiting,
            next: None,
        };
        let json = serde_json::to_string_pretty(&all);
        console.line(json.map_err(|error| Failure::new(error.to_string()))?);
        return Ok(());
    }
    let overdue = waiting.iter().filter(|one| one.overdue).count();
    console.line(match waiting.len() {
        0 => format!("No objection waits for a decision of {}.", tenant.id),
        count => format!("{}: {count} waiting, {overdue} overdue", tenant.id),
    });
    let today = today(app);
    let rows: Vec<_> = waiting.iter().map(|one| row(one, today)).collect();
    console.text(columns(&rows));
    if !waiting.is_empty() {
        console.line("Decide each with: samtycke event objection.upheld, or objection.rejected");
    }
    Ok(())
}

/// Today in Stockholm, as the deadlines are.
fn today(app: &App) -> Date {
    let now = jiff::Timestamp::from_millisecond(app.environment.clock.now()).unwrap_or_default();
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).date()
}

fn row(one: &ObjectionResponse, today: Date) -> Vec<String> {
    let scope = if one.scope.is_none() {
        String::new()
    } else {
        format!("for {}", one.scope)
    };
    vec![
        one.due_on.clone(),
        left(&one.due_on, today),
        one.subject.to_string(),
        one.purpose.to_string(),
        scope,
    ]
}

/// How long until the last day, or since.
fn left(due_on: &str, today: Date) -> String {
    let days = due_on
        .parse::<Date>()
        .ok()
        .and_then(|due| today.until(due).ok())
        .map(|span| span.get_days());
    match days {
        None => String::new(),
        Some(0) => "today".to_owned(),
        Some(1) => "1 day left".to_owned(),
        Some(days @ 2..) => format!("{days} days left"),
        Some(-1) => "OVERDUE by 1 day".to_owned(),
        Some(days) => format!("OVERDUE by {} days", days.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months() {
        let today = |text: &str| text.parse::<Date>().unwrap();
        for (now, words) in [
            ("2027-01-29", "31 days left"),
            ("2027-02-28", "1 day left"),
            ("2027-03-01", "today"),
            ("2027-03-02", "OVERDUE by 1 day"),
            ("2027-05-01", "OVERDUE by 61 days"),
        ] {
            assert_eq!(left("2027-03-01", today(now)), words, "{now}");
        }
    }
}
