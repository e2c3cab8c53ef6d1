//! Three commands that work as they stand against a server that has just been set up.

use super::call::{shell, shell_path};
use super::set_up::RoleKeys;
use samtycke_server::home::Commands;

/// Whom and what the commands are about.
pub(super) struct Trial<'a> {
    /// The server's address.
    pub(super) base_url: &'a str,
    /// The tenant's keys.
    pub(super) keys: &'a RoleKeys,
    /// The verifier key of its log.
    pub(super) vkey: &'a str,
    /// The notice that is shown.
    pub(super) notice: &'a str,
    /// Who says yes.
    pub(super) subject: &'a str,
    /// To what.
    pub(super) purpose: &'a str,
    /// The event that is proved.
    pub(super) event: &'a str,
    /// Whether recording makes that event; else it makes a new one each time.
    pub(super) records_it: bool,
}

impl Trial<'_> {
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

    /// The body of a yes. A new event id is the one part that the shell fills in: it stands between two halves.
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

/// In quotes even where the shell needs none: a reader need not wonder what '+' does.
fn shell_quoted(text: &str) -> String {
    let word = shell(text);
    if word == text {
        format!("'{text}'")
    } else {
        word
    }
}
