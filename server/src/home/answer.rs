//! What a check answers about a purpose when it is asked about somebody who has said nothing yet.
//!
//! A stranger understands a register fastest by its answers. The rows are those of the decision table (docs/decisions.md);
//! a test of the server may compare [`first_answer`] with what `decide` gives for an empty state.

use samtycke_core::register::LintCode;

use crate::home::words::Words;
use crate::home::{Purpose, State};

/// The first answer about somebody unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed at once.
    Yes,
    /// Denied, and the person may be asked.
    Ask,
    /// Denied.
    No,
}

/// A verdict and its stable reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether something may be done.
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

/// The answer for a subject without contract, notice, decision or age band; rows 2-25 of the decision table, in order.
/// An unknown check mode denies, as everywhere.
pub fn first_answer(purpose: &Purpose) -> Answer {
    match purpose.state {
        State::Processor { .. } => return no("NOT_CONTROLLER"),
        State::Incomplete { .. } => return no("REGISTER_INCOMPLETE"),
        State::Retired => return no("PURPOSE_RETIRED"),
        State::Live => {}
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
        "contract" | "contract+legal_obligation" => no("CONTRACT_MISSING"),
        "legal_obligation" => Answer {
            verdict: Verdict::Yes,
            reason: "LEGAL_OBLIGATION",
        },
        "processor" => no("NOT_CONTROLLER"),
        _ => no("REGISTER_INCOMPLETE"),
    }
}

/// One sentence: what has to happen for the answer to become, or stay, a yes.
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
        "LEGAL_OBLIGATION" => w.then_obligation,
        "NOT_INFORMED" if purpose.check_mode == "contract_or_objection" => {
            w.then_contract_or_objection
        }
        "NOT_INFORMED" => w.then_objection,
        _ if purpose.check_mode == "contract+legal_obligation" => w.then_contract_and_obligation,
        _ => w.then_contract,
    }
}

/// Beside the lint's codes: why a row that was split denies.
pub(crate) const PARTS: &str = "parts";

/// A lint code in words, and its detail where it has one. A code that the page does not know stands as it is.
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
