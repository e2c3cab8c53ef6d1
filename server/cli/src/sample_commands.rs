//! Three commands to copy and run against a server that has just been set up.

use super::provision::RoleKeys;
use super::shell::{shell, shell_path};
use samtycke_server::home::Commands;

/// The server, tenant, subject and purpose of the commands.
pub(super) struct SampleCommands<'a> {
    /// The server's address.
    pub(super) base_url: &'a str,
    /// The tenant's keys.
    pub(super) keys: &'a RoleKeys,
    /// The verifier key of the tenant's log.
    pub(super) vkey: &'a str,
    /// The notice shown.
    pub(super) notice: &'a str,
    /// The subject who consents.
    pub(super) subject: &'a str,
    /// The purpose of the consent.
    pub(super) purpose: &'a str,
    /// The event to prove.
    pub(super) event: &'a str,
    /// Whether recording creates that event; otherwise it creates a new one each time.
    pub(super) records_it: bool,
}

impl SampleCommands<'_> {
    /// The commands.
    pub(super) fn commands(&self) -> Commands {
        let program = std::env::current_exe().unwrap_or_else(|_| "samtycke".into());
        let program = shell_path(&program);
        let Self { base_url, keys, .. } = self;
        let question = format!(
            r#"{{"subject":"{}","purpose":"{}"}}"#,
            self.subject, self.purpose
        );
        Commands {
            record: format!(
                "curl -sS {base_url}/v1/consents \\\n  -H 'Authorization: Bearer {}' \\\n  --json {}",
                keys.service,
                self.consent(&program)
            ),
            check: format!(
                "curl -sS {base_url}/v1/check \\\n  -H 'Authorization: Bearer {}' \\\n  --json {}",
                keys.service,
                shell(&question)
            ),
            prove: format!(
                "curl -fsS {base_url}/v1/events/{}/proof \\\n  -H 'Authorization: Bearer {}' \\\n  -o proof.json &&\n{program} verify proof.json --vkey {}",
                self.event,
                keys.auditor,
                shell_quoted(self.vkey)
            ),
        }
    }

    /// The body of a consent in two halves. The shell inserts a new event id between them.
    fn consent(&self, program: &str) -> String {
        let event = if self.records_it {
            self.event.to_owned()
        } else {
            format!("'$({program} event-id)'")
        };
        format!(
            concat!(
                r#"'{{"event_id":"{}","subject":"{}","notice":"{}","language":"sv","method":"button","#,
                r#""based_on":0,"decisions":[{{"purpose":"{}","decision":"given"}}]}}'"#
            ),
            event, self.subject, self.notice, self.purpose
        )
    }
}

/// Always quoted, even where the shell does not need it: the reader need not wonder about a '+'.
fn shell_quoted(text: &str) -> String {
    let word = shell(text);
    if word == text {
        format!("'{text}'")
    } else {
        word
    }
}
