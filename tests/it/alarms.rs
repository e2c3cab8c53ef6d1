//! What an operator loads: Prometheus' rules, Grafana's dashboard and the page of the alarms, held against a running server.

use std::collections::BTreeSet;

use samtycke_tests::both;
use samtycke_tests::witness::{Witness, policy};
use serde_json::Value;

const RULES: &str = include_str!("../../deploy/prometheus/samtycke.yml");
const DASHBOARD: &str = include_str!("../../deploy/grafana/samtycke.json");
const PAGE: &str = include_str!("../../docs/operations/alarms.md");

/// The metrics that a text names, without the ends of a histogram's series.
fn named(text: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
    let words = text.split(|c: char| !is_word(c));
    let metrics = words.filter(|word| word.starts_with("samtycke_"));
    metrics
        .map(|word| word.strip_suffix("_bucket").unwrap_or(word).to_owned())
        .collect()
}

/// The metrics that a server shows, by their `# TYPE` lines.
fn shown(metrics: &str) -> BTreeSet<String> {
    let lines = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "));
    lines
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

/// Values of one key in the rules, in their order.
fn values<'a>(key: &str) -> Vec<&'a str> {
    let key = format!("{key}: ");
    let lines = RULES
        .lines()
        .map(|line| line.trim_start().trim_start_matches("- "));
    lines.filter_map(|line| line.strip_prefix(&key)).collect()
}

both! {
    /// Protects alarms from silence: every metric that the rules and the dashboard name is one that a server shows from its
    /// start on, also before anything has happened.
    async fn rules_and_dashboard_name_metrics_that_exist(world: World) {
        let mut world = world;
        // With Redis and a witness, whose metrics a server without them does not have.
        let witness = Witness::start(1).await;
        let file = policy(&world.data_dir(), &[&witness], 1);
        world.restart_with(|config| {
            config.redis_url = Some(samtycke_tests::world::redis_url());
            config.witness_policy = Some(file);
        }).await;
        world.get("/healthz", "").await.expect(200);
        let metrics = world.get("/metrics", "").await.expect(200).text;
        let shown = shown(&metrics);
        for (what, text) in [("rules", RULES), ("dashboard", DASHBOARD), ("page", PAGE)] {
            let named = named(text);
            let unknown: Vec<_> = named.difference(&shown).collect();
            assert!(unknown.is_empty(), "the {what} name {unknown:?}, which no server shows");
        }
        let silent: Vec<_> = shown.difference(&named(&format!("{RULES}{DASHBOARD}{PAGE}"))).cloned().collect();
        println!("shown, in no rule and no panel: {silent:?}");
    }
}

/// Protects the rules' form where no promtool is: every rule has the same keys in the same order, and nothing else.
#[test]
fn rules_have_the_form_that_prometheus_reads() {
    let mut lines = RULES.lines().filter(|line| !line.starts_with('#'));
    for head in ["groups:", "  - name: samtycke", "    rules:"] {
        assert_eq!(lines.next(), Some(head));
    }
    let keys = [
        "      - alert: ",
        "        expr: ",
        "        for: ",
        "        labels:",
        "          severity: ",
        "        annotations:",
        "          summary: ",
        "          runbook_url: ",
    ];
    for (n, line) in lines.enumerate() {
        let key = keys[n % keys.len()];
        let value = line
            .strip_prefix(key)
            .unwrap_or_else(|| panic!("{line:?} does not begin with {key:?}"));
        assert_eq!(
            value.is_empty(),
            key.ends_with("labels:") || key.ends_with("annotations:"),
            "{line:?}"
        );
        let is_quoted = value.starts_with('\'') && value.ends_with('\'') && value.len() > 1;
        let inside = value.trim_matches('\'');
        assert!(!inside.contains('\''), "{line:?}");
        assert!(
            is_quoted
                || !(value.contains(": ")
                    || value.contains(" #")
                    || value.starts_with(['"', '{', '[', '*', '&'])),
            "{line:?}"
        );
        let balance = |open, close| inside.matches(open).count() == inside.matches(close).count();
        assert!(
            balance('(', ')') && balance('[', ']') && balance('{', '}'),
            "{line:?}"
        );
    }
    assert!(
        values("severity")
            .iter()
            .all(|severity| ["page", "ticket"].contains(severity))
    );
}

/// Protects whoever is woken: each alarm's runbook is a heading of the page, with what it means, what is in danger and what
/// to do; and the page has no other.
#[test]
fn every_alarm_has_its_runbook() {
    let alerts = values("alert");
    let headings: Vec<_> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert_eq!(alerts, headings);
    for (alert, url) in alerts.iter().zip(values("runbook_url")) {
        let anchor = format!("docs/operations/alarms.md#{}", alert.to_lowercase());
        assert!(url.ends_with(&anchor), "{url}");
    }
    for part in [
        "**What it means.** ",
        "**What is in danger.** ",
        "**What to do.** ",
    ] {
        assert_eq!(PAGE.matches(part).count(), alerts.len(), "{part}");
    }
}

/// Protects the dashboard: it is JSON with a query in every panel, for a data source that is chosen when it is opened.
#[test]
fn the_dashboard_has_a_query_in_every_panel() {
    let dashboard: Value = serde_json::from_str(DASHBOARD).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let ids: BTreeSet<_> = panels
        .iter()
        .map(|panel| panel["id"].as_u64().expect("an id"))
        .collect();
    assert_eq!(ids.len(), panels.len());
    for panel in panels {
        let query = panel["targets"][0]["expr"].as_str().expect("a query");
        assert_eq!(named(query).len(), 1, "{query}");
        assert_eq!(panel["datasource"]["uid"], "${source}");
    }
}
