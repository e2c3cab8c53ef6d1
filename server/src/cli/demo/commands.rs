//! Three commands that work as they stand, and what the demo prints.

use std::collections::BTreeMap;

use super::file::Demo;
use crate::app::App;
use crate::cli::Failure;
use crate::cli::call::{shell, shell_path};
use crate::home::Commands;

/// The commands of the demo's example. `record` makes a new event id each time, so that it can be repeated.
pub(super) fn of(demo: &Demo) -> Result<Commands, Failure> {
    let missing = || Failure::new("demo.json names no example; delete the folder to start afresh");
    let tenant = demo
        .tenants
        .iter()
        .find(|tenant| tenant.id == demo.example)
        .ok_or_else(missing)?;
    let subject = tenant.subject.as_deref().ok_or_else(missing)?;
    let purpose = tenant.purpose.as_deref().ok_or_else(missing)?;
    let event = tenant.event_id.as_deref().ok_or_else(missing)?;
    let program = std::env::current_exe().unwrap_or_else(|_| "samtycke".into());
    let program = shell_path(&program);
    let url = &demo.base_url;

    // The one part that the shell fills in stands between the two halves of the body.
    let body = format!(
        concat!(
            r#"'{{"event_id":"'$({} event-id)'","subject":"{}","notice":"{}","language":"sv","method":"button","#,
            r#""based_on":0,"decisions":[{{"purpose":"{}","decision":"given"}}]}}'"#
        ),
        program, subject, tenant.notice, purpose
    );
    let question = format!(r#"{{"subject":"{subject}","purpose":"{purpose}"}}"#);
    Ok(Commands {
        record: format!(
            "curl -sS {url}/v1/consents \\\n  -H 'Authorization: Bearer {}' \\\n  --json {body}",
            tenant.keys.service
        ),
        check: format!(
            "curl -sS {url}/v1/check \\\n  -H 'Authorization: Bearer {}' \\\n  --json {}",
            tenant.keys.service,
            shell(&question)
        ),
        prove: format!(
            "curl -fsS {url}/v1/events/{event}/proof \\\n  -H 'Authorization: Bearer {}' \\\n  -o proof.json &&\n{program} verify proof.json --vkey {}",
            tenant.keys.auditor,
            shell_quoted(&tenant.log.vkey)
        ),
    })
}

/// In quotes even where the shell needs none: a reader need not wonder what '+' does.
fn shell_quoted(text: &str) -> String {
    let word = shell(text);
    if word == text {
        format!("'{text}'")
    } else {
        word
    }
}

/// Says what to open and what to try.
pub(super) fn print(app: &App, demo: &Demo, commands: &Commands, sites: &BTreeMap<String, String>) {
    let tenants = app.tenants.all();
    let purposes: usize = tenants
        .iter()
        .filter_map(|t| t.register.as_ref())
        .map(|r| r.register.purposes.len())
        .sum();
    println!("\nOpen  {}/", demo.base_url);
    println!(
        "      {} controllers, {purposes} purposes; every key is in {}",
        tenants.len(),
        app.config.data_dir.join("demo.json").display()
    );
    println!("\nVisit a site that asks, and see what loads before and after your answer:\n");
    for address in sites.values() {
        println!("      {address}");
    }
    println!(
        "\nLook at the banner in every state, language and theme:\n\n      {}/preview",
        demo.base_url
    );
    println!("\nRecord a yes:\n\n{}", commands.record);
    println!("\nAsk before processing:\n\n{}", commands.check);
    println!(
        "\nProve it, without trusting the server:\n\n{}",
        commands.prove
    );
    println!("\nCtrl-C ends the demo; what it holds stays.");
}
