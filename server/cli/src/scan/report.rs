//! The report of a scan, as text and as JSON.

use std::fmt;

use samtycke_core::screen::escaped;
use serde::Serialize;

use super::declared::Declared;
use super::judge::{Fault, Finding, For, Judge, Moment, Stage, Store};
use crate::data::columns;

/// A visit and its findings.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    url: String,
    clean: bool,
    pub(super) findings: Vec<Finding>,
    stages: Vec<Stage>,
    /// The declared purpose of each stored item, in the order of the stages.
    #[serde(skip)]
    purposes: Vec<Vec<String>>,
    /// The hosts that the page called, in the order of the stages.
    others: Vec<Vec<String>>,
}

impl Report {
    /// Judges every stage.
    pub(super) fn new(
        url: &str,
        host: &str,
        declared: &Declared,
        necessary: &[String],
        stages: Vec<Stage>,
    ) -> Self {
        let judge = Judge {
            host,
            declared,
            necessary,
        };
        let findings: Vec<Finding> = stages.iter().flat_map(|s| judge.findings(s)).collect();
        let purposes = stages.iter().map(|stage| {
            let of = |name: &str| match judge.declared_for(name) {
                None => "-".to_owned(),
                Some(For::Asked(purpose)) => purpose.to_owned(),
                Some(For::Necessary(purpose)) => format!("{purpose} (necessary)"),
            };
            stage.kept.iter().map(|kept| of(&kept.name)).collect()
        });
        let others = stages.iter().map(|stage| {
            let mut hosts: Vec<String> = stage.requested.iter().map(|r| r.host.clone()).collect();
            hosts.dedup();
            hosts.retain(|host| judge.is_other(host));
            hosts
        });
        Self {
            url: url.to_owned(),
            clean: findings.is_empty(),
            purposes: purposes.collect(),
            others: others.collect(),
            findings,
            stages,
        }
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report is plain JSON")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", escaped(&self.url))?;
        for (i, stage) in self.stages.iter().enumerate() {
            writeln!(f, "\n{}", moment(stage.moment))?;
            let mut rows = vec![
                ["  STORED", "NAME", "HOST", "DECLARED FOR"]
                    .map(str::to_owned)
                    .to_vec(),
            ];
            for (kept, purpose) in stage.kept.iter().zip(&self.purposes[i]) {
                let store = format!("  {}", store(kept.store));
                rows.push(vec![
                    store,
                    kept.name.clone(),
                    kept.host.clone(),
                    purpose.clone(),
                ]);
            }
            if rows.len() == 1 {
                writeln!(f, "  stores nothing")?;
            } else {
                f.write_str(&columns(&rows))?;
            }
            match self.others[i].as_slice() {
                [] => writeln!(f, "  calls no third party")?,
                hosts => writeln!(f, "  called: {}", escaped(&hosts.join(", ")))?,
            }
        }
        writeln!(f)?;
        if self.clean {
            return writeln!(f, "Nothing found.");
        }
        for finding in &self.findings {
            let (what, host) = (escaped(&finding.what), escaped(&finding.host));
            let purpose = escaped(finding.purpose.as_deref().unwrap_or_default());
            let when = moment(finding.moment).to_lowercase();
            match finding.fault {
                Fault::Undeclared => {
                    writeln!(f, "FOUND  {what} of {host} is not declared ({when})")?;
                }
                Fault::WithoutConsent => {
                    writeln!(
                        f,
                        "FOUND  {what} of {host} needs consent to {purpose} ({when})"
                    )?;
                }
                Fault::CalledWithoutConsent => {
                    writeln!(
                        f,
                        "FOUND  {host} was called without consent: {what} ({when})"
                    )?;
                }
                Fault::CalledUndeclared => {
                    writeln!(
                        f,
                        "FOUND  {host} was called, and no recipient of that name is declared: {what} ({when})"
                    )?;
                }
                Fault::GoogleBeforeDefault => {
                    writeln!(
                        f,
                        "FOUND  a Google tag ran before a default of Consent Mode: put the lines of `samtycke site embed \
                         --google` before it ({when})"
                    )?;
                }
            }
        }
        Ok(())
    }
}

fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::BeforeAnyChoice => "Before any choice",
        Moment::AfterYes => "After accepting everything",
        Moment::AfterNo => "After refusing everything",
    }
}

fn store(store: Store) -> &'static str {
    match store {
        Store::Cookie => "cookie",
        Store::RefusedCookie => "cookie (refused)",
        Store::Local => "localStorage",
        Store::Session => "sessionStorage",
        Store::Database => "IndexedDB",
        Store::Cache => "cache",
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::{Kept, Requested};
    use super::*;

    /// Protects whoever scans a hostile page: what it calls its cookies cannot write "Nothing found.".
    #[test]
    fn no_name_of_a_page_writes_a_line_of_the_report() {
        let hostile = "a\nNothing found.\r\u{1b}[2J\u{9b}\u{202e}".to_owned();
        let stage = Stage {
            moment: Moment::BeforeAnyChoice,
            kept: vec![Kept {
                store: Store::Local,
                name: hostile.clone(),
                host: hostile.clone(),
            }],
            requested: vec![Requested {
                host: hostile.clone(),
                kind: hostile.clone(),
            }],
            google_before_default: false,
        };
        let declared = Declared::default();
        let report = Report::new(&hostile, "www.example.com", &declared, &[], vec![stage]);
        let said = report.to_string();
        assert!(said.contains("FOUND  "), "{said}");
        assert!(
            !said.lines().any(|line| line.starts_with("Nothing")),
            "{said}"
        );
        assert!(
            !said.contains(['\r', '\u{1b}', '\u{9b}', '\u{202e}']),
            "{said:?}"
        );
    }
}
