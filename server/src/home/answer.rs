//! The verdict that a check gives about a purpose for a subject without any events.
//!
//! These verdicts explain a register quickly to a new reader. The rows are those of the decision table
//! (docs/decisions.md); a test of the server may compare [`first_answer`] with the result of `decide` for an empty
//! state.

use samtycke_core::register::LintCode;

use crate::home::words::Words;
use crate::home::{Purpose, State};

/// The first verdict about an unknown subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed without a question.
    Yes,
    /// Denied, but the person may be asked.
    Ask,
    /// Denied.
    No,
}

/// A verdict and its stable reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// Reason code of the check.
    pub reason: &'static str,
}

const fn no(reason: &'static str) -> Answer {
    Answer {
        verdict: Verdict::No,
        reason,
    }
}

const fn ask(reason: &'static str) -> Answer {
    Answer {
        verdict: Verdict::Ask,
        reason,
    }
}

/// The verdict for a subject without contract, notice, decision or age band; rows 2-25 of the decision table, in order.
/// An unknown check mode denies.
pub fn first_answer(purpose: &Purpose) -> Answer {
    match purpose.state {
        State::Processor { .. } => return no("NOT_CONTROLLER"),
        State::Incomplete { .. } => return no("REGISTER_INCOMPLETE"),
        State::Retired => return no("PURPOSE_RETIRED"),
        State::TenantView => {}
    }
    if !purpose.depends_on.is_empty() {
        return no("DEPENDENCY_DENIED");
    }
    if purpose.check_mode != "consent" && purpose.lacks_art9_ground {
        return no("ART9_GROUND_MISSING");
    }
    match purpose.check_mode.as_str() {
        "consent" if purpose.asks_age => ask("AGE_UNKNOWN"),
        "consent" => ask("CONSENT_MISSING"),
        "terminal_consent+objection" => ask("TERMINAL_CONSENT_MISSING"),
        "objection" | "contract_or_objection" => no("NOT_INFORMED"),
        "contract" => no("CONTRACT_MISSING"),
        "legal_obligation" | "contract+legal_obligation" => Answer {
            verdict: Verdict::Yes,
            reason: "LEGAL_OBLIGATION",
        },
        "processor" => no("NOT_CONTROLLER"),
        _ => no("REGISTER_INCOMPLETE"),
    }
}

/// One sentence: what makes the check allow the purpose, or keeps it allowed.
pub(super) fn sentence(purpose: &Purpose, w: &'static Words) -> &'static str {
    match first_answer(purpose).reason {
        "NOT_CONTROLLER" => w.then_processor,
        "REGISTER_INCOMPLETE" => w.then_incomplete,
        "PURPOSE_RETIRED" => w.then_retired,
        "DEPENDENCY_DENIED" => w.then_dependency,
        "ART9_GROUND_MISSING" => w.then_art9,
        "AGE_UNKNOWN" => w.then_age,
        "CONSENT_MISSING" if purpose.special.sensitive() => w.then_explicit,
        "CONSENT_MISSING" => w.then_consent,
        "TERMINAL_CONSENT_MISSING" => w.then_terminal,
        "LEGAL_OBLIGATION" if purpose.check_mode == "contract+legal_obligation" => {
            w.then_contract_and_obligation
        }
        "LEGAL_OBLIGATION" => w.then_obligation,
        "NOT_INFORMED" if purpose.check_mode == "contract_or_objection" => {
            w.then_contract_or_objection
        }
        "NOT_INFORMED" => w.then_objection,
        _ => w.then_contract,
    }
}

/// An additional code beside the lint's: why a split row denies.
pub(crate) const PARTS: &str = "parts";

/// The text of a lint code, and its detail if it has one. An unknown code is shown unchanged.
pub(super) fn why<'a>(code: &'a str, w: &'static Words) -> (&'a str, Option<&'a str>) {
    let (code, detail) = match code.split_once(':') {
        Some((code, detail)) => (code.trim(), Some(detail.trim())),
        None => (code.trim(), None),
    };
    let text = match code {
        c if c == LintCode::CheckModeNotStated.as_str() => w.why_not_stated,
        c if c == LintCode::ParameterUnset.as_str() => w.why_parameter,
        c if c == LintCode::RecipientUnknown.as_str() => w.why_recipient,
        c if c == LintCode::CookieLifetime.as_str() => w.why_cookie,
        c if c == LintCode::DependsOnCycle.as_str() => w.why_cycle,
        PARTS => w.why_parts,
        c => c,
    };
    (text, detail)
}
