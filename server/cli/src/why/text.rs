//! The text of an answer.

use std::fmt::Write as _;

use samtycke_core::decide::{Basis, Explain, Obligation, Verdict, in_words};
use samtycke_core::id::{EventId, NoticeHash, PurposeId};
use samtycke_core::screen::escaped;
use samtycke_core::wire::{CheckResponse, format_rfc3339};

use super::{Args, Since};
use samtycke_server::tenant::Tenant;

/// The answer, with what its text needs.
pub(super) struct Answer<'a> {
    pub(super) args: &'a Args,
    pub(super) tenant: &'a Tenant,
    pub(super) response: &'a CheckResponse,
    pub(super) since: Option<Since>,
    pub(super) colours: bool,
}

/// Width of the words; characters.
const WIDTH: usize = 88;

impl Answer<'_> {
    /// The verdict, what it means, and then what it rests on.
    pub(super) fn text(&self) -> String {
        let verdict = &self.response.verdict;
        let mut text = format!("{}  {}\n\n", self.coloured(verdict), verdict.reason);
        let words = in_words(verdict, &escaped(self.title()), &self.args.language);
        text.push_str(&wrapped(&words));
        text.push('\n');
        for (name, value) in self.facts() {
            let _ = writeln!(text, "  {name:10}  {}", escaped(&value));
        }
        text
    }

    fn coloured(&self, verdict: &Verdict) -> String {
        let (word, colour) = if verdict.allow {
            ("ALLOW", 32)
        } else {
            ("DENY", 31)
        };
        if self.colours {
            format!("\x1b[1;{colour}m{word}\x1b[0m")
        } else {
            word.to_owned()
        }
    }

    /// The purpose in the controller's words.
    fn title(&self) -> &str {
        let live = self.tenant.register.as_ref();
        let purpose = live.and_then(|live| live.register.purpose(&self.args.purpose));
        let is_swedish = self.args.language.as_str().split('-').next() == Some("sv");
        let title = purpose.map(|purpose| {
            if is_swedish {
                purpose.title_sv.as_str()
            } else {
                purpose.title_en.as_str()
            }
        });
        let title = title.filter(|title| !title.is_empty());
        title.unwrap_or(self.args.purpose.as_str())
    }

    /// The question, the grounds of its answer, and what follows from it.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = self.question();
        facts.extend(self.grounds());
        facts.extend(self.consequences());
        facts
    }

    fn question(&self) -> Vec<(&'static str, String)> {
        let Tenant { id, controller, .. } = self.tenant;
        let mut facts = vec![
            ("tenant", format!("{id}, {controller}")),
            ("subject", self.subject()),
            ("purpose", self.purpose()),
        ];
        facts.extend(self.args.as_of.clone().map(|time| ("as of", time)));
        facts
    }

    fn grounds(&self) -> Vec<(&'static str, String)> {
        let verdict = &self.response.verdict;
        let explain = verdict.explain.as_deref();
        let event = explain.and_then(|explain| explain.event_id.as_ref());
        let notice = explain.and_then(|explain| explain.notice.as_ref());
        let facts = [
            ("row", explain.map(row)),
            (
                "basis",
                verdict.basis.map(|basis| article(basis).to_owned()),
            ),
            ("state", Some(verdict.state.as_str().to_owned())),
            ("since", event.map(|id| self.event(id))),
            ("notice", notice.map(|hash| self.notice(hash))),
        ];
        known(facts)
    }

    fn consequences(&self) -> Vec<(&'static str, String)> {
        let CheckResponse { verdict, position } = self.response;
        let subject = &self.args.subject;
        let denied = verdict.dependency.as_ref();
        let parts: Vec<&str> = verdict.parts.iter().map(PurposeId::as_str).collect();
        let prompt = verdict
            .may_ask
            .then(|| "the person may be asked now".to_owned());
        let mut facts = known([
            ("until", verdict.valid_until.map(format_rfc3339)),
            (
                "depends on",
                denied.map(|id| format!("{id}, which is denied: samtycke why {subject} {id}")),
            ),
            ("controller", verdict.controller.clone()),
            ("parts", (!parts.is_empty()).then(|| parts.join(", "))),
            ("prompt", prompt),
        ]);
        facts.extend(
            verdict
                .obligations
                .iter()
                .map(|owed| ("duty", duty(*owed).to_owned())),
        );
        facts.extend(
            position
                .iter()
                .map(|position| ("position", position.to_string())),
        );
        facts
    }

    fn subject(&self) -> String {
        let subject = &self.args.subject;
        let verdict = &self.response.verdict;
        match verdict.seq {
            _ if verdict.reason.is_fail_closed() => subject.to_string(),
            0 => format!("{subject}, of whom nothing is recorded"),
            1 => format!("{subject}, with 1 event"),
            seq => format!("{subject}, with {seq} events"),
        }
    }

    fn purpose(&self) -> String {
        let Args {
            purpose, op, scope, ..
        } = self.args;
        let op = serde_json::to_value(op).unwrap_or_default();
        let mut text = format!("{purpose}, operation {}", op.as_str().unwrap_or("process"));
        if let Some(scope) = scope.as_ref().filter(|scope| !scope.is_none()) {
            text = format!("{text}, for {scope}");
        }
        text
    }

    fn event(&self, id: &EventId) -> String {
        match &self.since {
            Some(since) => format!(
                "{}, event {id}: number {} of the subject, leaf {} of the log",
                format_rfc3339(since.received_at),
                since.seq,
                since.index
            ),
            None => format!("event {id}"),
        }
    }

    fn notice(&self, hash: &NoticeHash) -> String {
        match self.tenant.notices.get(hash) {
            Some(notice) => format!("version {} of {}, {hash}", notice.version, notice.site),
            None => hash.to_string(),
        }
    }
}

/// The facts that have a value.
fn known<const N: usize>(
    facts: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, String)> {
    let facts = facts.into_iter();
    facts
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

fn row(explain: &Explain) -> String {
    let via: Vec<String> = explain.via.iter().map(ToString::to_string).collect();
    match via.as_slice() {
        [] => format!("{} of the decision table", explain.row),
        [one] => format!("{} of the decision table, by way of row {one}", explain.row),
        all => format!(
            "{} of the decision table, by way of rows {}",
            explain.row,
            all.join(" and ")
        ),
    }
}

fn article(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "consent, GDPR Art. 6(1)(a)",
        Basis::Contract => "contract, GDPR Art. 6(1)(b)",
        Basis::LegalObligation => "legal obligation, GDPR Art. 6(1)(c)",
        Basis::LegitimateInterest => "legitimate interest, GDPR Art. 6(1)(f)",
    }
}

fn duty(owed: Obligation) -> &'static str {
    match owed {
        Obligation::DeliverNotice => "tell the person about the changed notice",
        Obligation::ClassifyData => {
            "state in the register whether the data are of a special category"
        }
        Obligation::TellYoungPerson => {
            "tell the young person that a guardian's consent carries over and can be withdrawn"
        }
        Obligation::UseOnce => "spend the consent before the data are used",
    }
}

/// The paragraph in lines of at most [`WIDTH`] characters.
fn wrapped(paragraph: &str) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
    text
}
