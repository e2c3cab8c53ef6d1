//! What each cell must be, written from docs/decisions.md and from nothing of the product's own deciding.

use samtycke_core::id::PurposeId;
use samtycke_core::purpose::{AgeRule, CheckMode, Purpose, SpecialCategory};
use samtycke_core::register::Register;

use super::lives::Standing;

/// The cell of a table.
pub(super) fn cell(register: &Register, id: &str, standing: Standing) -> String {
    let purpose = purpose(register, id);
    match refused(purpose, standing) {
        Some(reason) => format!("n/a {reason}"),
        None => verdict(register, purpose, standing),
    }
}

fn purpose<'a>(register: &'a Register, id: &str) -> &'a Purpose {
    register
        .purposes
        .iter()
        .find(|p| p.id.as_str() == id)
        .expect("a purpose of the register")
}

/// Row 3: the register leaves open on what the purpose rests, or a parameter, or holds several purposes in one row.
fn incomplete(p: &Purpose) -> bool {
    p.check_mode == CheckMode::NotStated || !p.incomplete.is_empty() || !p.parts.is_empty()
}

/// The terminal's consent stands before the purpose's own basis (E13).
fn asks_the_terminal(p: &Purpose) -> bool {
    use CheckMode::{Consent, NotStated, Processor, TerminalConsentAndObjection as Terminal};
    let uses = p.terminal_access || p.check_mode == Terminal;
    uses && !p.strictly_necessary && !matches!(p.check_mode, Consent | Processor | NotStated)
}

/// A grant can be given: the notice asks only then.
fn asked(p: &Purpose) -> bool {
    !incomplete(p) && (p.check_mode == CheckMode::Consent || asks_the_terminal(p))
}

/// Why the event that makes the standing is refused (E1, E2): a notice tells and asks only what is complete, a grant is
/// taken only for what is asked and from those who may give it, and a contract carries only what rests on one.
fn refused(p: &Purpose, standing: Standing) -> Option<&'static str> {
    const UNSPOKEN: Option<&str> = Some("PURPOSE_NOT_IN_NOTICE");
    match standing {
        Standing::Told => UNSPOKEN.filter(|_| incomplete(p)),
        Standing::Consenting | Standing::Guardian if !asked(p) => UNSPOKEN,
        // Where no age matters, and about a preventive service, a guardian is not entitled (E2, E8).
        Standing::Guardian => (!age_matters(p)).then_some("ACTOR_CANNOT_WIDEN"),
        Standing::Contract | Standing::Former | Standing::FormerReads => {
            (!rests_on_contract(p)).then_some("PURPOSE_NOT_ASKED")
        }
        Standing::Stranger
        | Standing::Consenting
        | Standing::Objecting
        | Standing::Withdrawn
        | Standing::Child => None,
    }
}

fn age_matters(p: &Purpose) -> bool {
    matches!(p.age_rule, AgeRule::Iss | AgeRule::Maturity)
}

fn rests_on_contract(p: &Purpose) -> bool {
    use CheckMode::{Contract, ContractAndLegalObligation, ContractOrObjection};
    matches!(
        p.check_mode,
        Contract | ContractAndLegalObligation | ContractOrObjection
    )
}

/// Rows 2 to 32 for what a standing contains. The register has no retired purpose, and no person is erased or restricted.
fn verdict(register: &Register, p: &Purpose, standing: Standing) -> String {
    if p.check_mode == CheckMode::Processor {
        return deny("NOT_CONTROLLER");
    }
    if incomplete(p) {
        return deny("REGISTER_INCOMPLETE");
    }
    let denied = |id: &PurposeId| {
        let below = purpose(register, id.as_str());
        verdict(register, below, standing).starts_with("deny")
    };
    if p.depends_on.iter().any(denied) {
        return deny("DEPENDENCY_DENIED");
    }
    let special = matches!(
        p.special_category,
        SpecialCategory::Yes | SpecialCategory::Possible
    );
    if special && p.art9_ground.is_none() && p.check_mode != CheckMode::Consent {
        return deny("ART9_GROUND_MISSING");
    }
    if asks_the_terminal(p) {
        let gate = consent(p, standing);
        if let Some(reason) = gate.strip_prefix("deny ") {
            return format!("deny TERMINAL_{reason}");
        }
    }
    if p.direct_marketing && objects(p, standing) {
        return deny("OBJECTED_MARKETING");
    }
    match p.check_mode {
        CheckMode::Consent => consent(p, standing),
        CheckMode::LegalObligation => allow("LEGAL_OBLIGATION"),
        CheckMode::Contract => contract(p, standing).unwrap_or_else(|| deny("CONTRACT_MISSING")),
        CheckMode::ContractAndLegalObligation => match standing {
            Standing::Contract => allow("CONTRACT"),
            _ => allow("LEGAL_OBLIGATION"),
        },
        CheckMode::ContractOrObjection => {
            let by_contract = contract(p, standing).filter(|found| found.starts_with("allow"));
            by_contract.unwrap_or_else(|| interest(p, standing))
        }
        CheckMode::Objection | CheckMode::TerminalConsentAndObjection => interest(p, standing),
        CheckMode::Processor | CheckMode::NotStated => unreachable!("decided above"),
    }
}

fn deny(reason: &str) -> String {
    format!("deny {reason}")
}

fn allow(reason: &str) -> String {
    format!("allow {reason}")
}

/// What the person said against the processing. Where nothing is asked, a withdrawal is an objection (E3).
fn objects(p: &Purpose, standing: Standing) -> bool {
    let asks = p.check_mode == CheckMode::Consent || asks_the_terminal(p);
    standing == Standing::Objecting || standing == Standing::Withdrawn && !asks
}

/// Rows 14 and 15; `None` without a contract.
fn contract(p: &Purpose, standing: Standing) -> Option<String> {
    match standing {
        Standing::Contract => Some(allow("CONTRACT")),
        Standing::Former => Some(deny("CONTRACT_ENDED")),
        Standing::FormerReads => Some(read_after(p)),
        _ if p.contract_asserted => Some(allow("CONTRACT_ASSERTED")),
        _ => None,
    }
}

/// Reading after a contract that ended two days ago: its retention is shown where it counts from that end; where the
/// end ends it, or nothing may be stored, nothing is left; where it counts from a date that only an item has, it is unknown.
fn read_after(p: &Purpose) -> String {
    let rules: Vec<&str> = p.retention.iter().map(|rule| rule.rule.as_str()).collect();
    if rules
        .iter()
        .any(|rule| rule.contains("after(contract.ended"))
    {
        return allow("CONTRACT_RETENTION");
    }
    if rules
        .iter()
        .any(|rule| *rule == "none" || rule.contains("while(purpose.active)"))
    {
        return deny("CONTRACT_ENDED");
    }
    deny("RETENTION_UNKNOWN")
}

/// Rows 18 to 20. Who consented was shown the notice.
fn interest(p: &Purpose, standing: Standing) -> String {
    use Standing::{Child, Consenting, Guardian, Objecting, Told, Withdrawn};
    let told = matches!(
        standing,
        Told | Consenting | Objecting | Withdrawn | Child | Guardian
    );
    match (told, objects(p, standing)) {
        (false, _) => deny("NOT_INFORMED"),
        (true, true) => deny("OBJECTION_PENDING"),
        (true, false) => allow("LEGITIMATE_INTEREST"),
    }
}

/// Rows 21 to 32.
fn consent(p: &Purpose, standing: Standing) -> String {
    match standing {
        // Nothing was given, so an objection to what only consent permits is a refusal (E20).
        Standing::Objecting if p.check_mode == CheckMode::Consent => deny("CONSENT_REFUSED"),
        Standing::Withdrawn => deny("CONSENT_WITHDRAWN"),
        Standing::Child if age_matters(p) => deny("GUARDIAN_PENDING"),
        Standing::Guardian if age_matters(p) => allow("GUARDIAN_CONSENT"),
        Standing::Consenting | Standing::Child | Standing::Guardian => allow("CONSENT_VALID"),
        _ if age_matters(p) && p.age_default.is_none() => deny("AGE_UNKNOWN"),
        _ => deny("CONSENT_MISSING"),
    }
}
