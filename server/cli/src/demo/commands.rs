//! Three commands to copy and run, and the demo's output.

use std::collections::BTreeMap;

use super::diary;
use super::file::Demo;
use crate::Failure;
use crate::sample_commands::SampleCommands;
use samtycke_server::app::App;
use samtycke_server::home::Commands;

/// The commands of the demo's example. `record` creates a new event id each time, so it can be repeated.
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
    let trial = SampleCommands {
        base_url: &demo.base_url,
        keys: &tenant.keys,
        vkey: &tenant.log.vkey,
        notice: &tenant.notice,
        subject,
        purpose,
        event,
        records_it: false,
    };
    Ok(trial.commands())
}

/// The people of the script whose days are printed; the page at `/` links to all.
const SHOWN: [&str; 3] = ["customer", "picture", "child"];

/// Prints what to open and what to try.
pub(super) fn print(app: &App, demo: &Demo, commands: &Commands, sites: &BTreeMap<String, String>) {
    let tenants = app.tenants.all();
    let purposes: usize = tenants
        .iter()
        .filter_map(|t| t.register.as_ref())
        .map(|r| r.register.purposes.len())
        .sum();
    outln!("\nOpen  {}/", demo.base_url);
    outln!(
        "      {} controllers, {purposes} purposes; every key is in {}",
        tenants.len(),
        app.config.data_dir.join("demo.json").display()
    );
    outln!("\nVisit a site that asks, and see what loads before and after your answer:\n");
    for address in sites.values() {
        outln!("      {address}");
    }
    outln!(
        "\nLook at the banner in every state, language and theme:\n\n      {}/preview",
        demo.base_url
    );
    print_people(demo);
    outln!("\nRecord a consent:\n\n{}", commands.record);
    outln!("\nAsk before processing:\n\n{}", commands.check);
    outln!(
        "\nProve it without trusting the server:\n\n{}",
        commands.prove
    );
    outln!("\nCtrl-C stops the demo and keeps its data.");
}

/// Prints whose day can be followed, and a question to answer. A demo of an older version has neither.
fn print_people(demo: &Demo) {
    let people = demo.people.iter();
    let mut shown = people
        .filter(|person| SHOWN.contains(&person.code.as_str()))
        .peekable();
    if shown.peek().is_some() {
        outln!("\nFollow one person's day, with the verdicts before and after each event:\n");
    }
    for person in shown {
        let path = diary::PATH;
        outln!(
            "      {}{path}{}  {}",
            demo.base_url,
            person.subject,
            person.en
        );
    }
    if let Some(path) = &demo.link {
        outln!(
            "\nAnswer a question on a phone, as by QR code:\n\n      {}{path}",
            demo.base_url
        );
    }
}
