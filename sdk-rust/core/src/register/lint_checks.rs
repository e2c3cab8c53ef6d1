//! Produces the findings; [`super::lint`] describes each.

use std::collections::BTreeSet;

use super::{
    Lifetime, Lint, LintCode, PurposeText, Register, Severity, Transfer,
    lint_persons::{classified, persons, terminal},
    lint_words::{
        activities, can_be_mailed, has_invoices, is_newsletter, lengths_in, names_a_law, outdated,
        privacy_shield, somebody_else,
    },
    read_purpose::{RuleSource, Source},
};
use crate::{
    id::{PurposeId, ScopeValue},
    purpose::{Category, CheckMode, LegalBasis, Purpose, ScopeType, SpecialCategory},
    retention::{CalendarDuration, Length, Rule, default_end_events},
};

/// The bytes of a cookie that all services of a register may use, so that a browser stores it: about forty services.
const SERVICES_BYTES_MAX: usize = 2_000;
/// The bytes of an entry besides the two ids: `["/","m",15],`.
const ENTRY_BYTES: usize = 13;
/// The minimum bytes to count per service, however short its ids are: one submission holds 64 decisions.
const SERVICE_BYTES_MIN: usize = 40;

/// All findings, in the order of the file.
pub(super) fn lints(register: &Register, sources: &[Source]) -> Vec<Lint> {
    let mut found = Findings(Vec::new());
    let mut services = 0;
    for ((purpose, text), source) in register.entries().zip(sources) {
        let mut at = |line, code, message| found.add(line, Some(&purpose.id), code, message);
        if purpose.check_mode == CheckMode::NotStated {
            let basis = text.legal_basis_sv.join(", ");
            let message = match basis.as_str() {
                "" => "no legal basis is stated".to_owned(),
                basis => format!("the stated basis \"{basis}\" does not say how to check"),
            };
            at(
                source.check_mode_line,
                LintCode::CheckModeNotStated,
                message,
            );
        }
        for id in &text.recipients {
            if register.recipient(id).is_none() {
                let message = format!("recipient `{id}` is not declared");
                at(source.recipients_line, LintCode::RecipientUnknown, message);
            }
        }
        services += vendors(purpose, text, source, services, &mut at);
        special_category(purpose, source, &mut at);
        terminal(purpose, source, &mut at);
        classified(register, purpose, source, &mut at);
        persons(purpose, text, source, &mut at);
        bases(register, purpose, source, &mut at);
        rules(register, purpose, source, &mut at);
        words(register, purpose, source, &mut at);
    }
    cookies(register, &mut found);
    cycles(register, sources, &mut found);
    whole(register, &mut found);
    reachable(register, &mut found);
    found.0.sort_by_key(|lint| (lint.line, lint.code));
    found.0
}

/// Checks how much of a cookie the services that are asked for use.
fn vendors(
    purpose: &Purpose,
    text: &PurposeText,
    source: &Source,
    before: usize,
    at: &mut impl FnMut(u32, LintCode, String),
) -> usize {
    if purpose.scope_type != ScopeType::Vendor || purpose.retired {
        return 0;
    }
    let line = source.recipients_line;
    if text.recipients.is_empty() {
        let message = "it is asked service by service, and names no service".to_owned();
        at(line, LintCode::VendorMissing, message);
    }
    for id in &text.recipients {
        if ScopeValue::parse(id).is_err() {
            let message = format!("recipient `{id}` has an id that no decision can name");
            at(line, LintCode::VendorMissing, message);
        }
    }
    let id = purpose.id.as_str().len() + ENTRY_BYTES;
    let bytes = |v: &ScopeValue| (id + v.as_str().len()).max(SERVICE_BYTES_MIN);
    let room = purpose.vendors.iter().map(bytes).sum();
    if before + room > SERVICES_BYTES_MAX {
        let message = format!("its {} services fit into no cookie", purpose.vendors.len());
        at(line, LintCode::VendorsTooMany, message);
    }
    room
}

/// Adds the codes of the errors to the purposes that they concern.
pub(super) fn mark_incomplete(register: &mut Register) {
    for lint in &register.lints {
        let Some(at) = lint.purpose.as_ref().and_then(|id| register.index.get(id)) else {
            continue;
        };
        let codes = &mut register.purposes[*at].incomplete;
        let code = lint.code.as_str();
        if lint.code.severity() == Severity::Error && !codes.iter().any(|other| other == code) {
            codes.push(code.to_owned());
        }
    }
}

struct Findings(Vec<Lint>);

impl Findings {
    fn add(&mut self, line: u32, purpose: Option<&PurposeId>, code: LintCode, message: String) {
        self.0.push(Lint {
            line,
            purpose: purpose.cloned(),
            code,
            message,
        });
    }
}

fn special_category(
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let line = source.special_category_line;
    // A purpose that asks for consent can rest on explicit consent. Row 10 denies the others.
    if purpose.lacks_art9_ground() && purpose.check_mode != CheckMode::Consent {
        let message =
            "the data can be of a special category, and no ground of GDPR Art. 9(2) is stated";
        at(line, LintCode::Art9GroundMissing, message.to_owned());
    }
    // The controller classifies a processor's data.
    if purpose.special_category == SpecialCategory::Unknown
        && purpose.check_mode != CheckMode::Processor
    {
        let message = "the controller has not said whether the data are of a special category";
        at(line, LintCode::SpecialCategoryUnknown, message.to_owned());
    }
}

fn bases(
    register: &Register,
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let text = register
        .text(&purpose.id)
        .expect("every purpose has its text");
    let line = source.legal_basis_line;
    let states = |basis| purpose.legal_basis.contains(&basis);
    if purpose.terminal_access && states(LegalBasis::LegitimateInterest) {
        let words = text.legal_basis_sv.join(", ");
        let message = format!("cookies, or other use of the terminal, rest on \"{words}\"");
        at(line, LintCode::CookieLegitimateInterest, message);
    }
    let on_contract = matches!(
        purpose.check_mode,
        CheckMode::Contract
            | CheckMode::ContractOrObjection
            | CheckMode::ContractAndLegalObligation
    );
    if on_contract
        && let Some(who) = somebody_else(&text.data_categories_sv, &text.data_subjects_sv)
    {
        let whom = text.data_subjects_sv.join(", ");
        let message = format!(
            "the contract is with \"{whom}\", but data are about somebody else (\"{who}..\")"
        );
        at(line, LintCode::ContractThirdParty, message);
    }
    let newsletter = is_newsletter(&text.title_sv) || is_newsletter(&text.purpose_sv.join(" "));
    let marketing = purpose.direct_marketing || newsletter;
    let asks = matches!(
        purpose.check_mode,
        CheckMode::Consent | CheckMode::NotStated | CheckMode::Processor
    );
    if marketing && !asks && (newsletter || can_be_mailed(&text.data_categories_sv)) {
        let message = format!(
            "marketing is checked by {}, and \"{}\" can be used for e-mail or text messages",
            purpose.check_mode.as_str(),
            text.data_categories_sv.join(", ")
        );
        at(line, LintCode::MarketingWithoutConsent, message);
    }
}

fn rules(
    register: &Register,
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let mut asked = BTreeSet::new();
    for (rule, parsed) in purpose.retention.iter().zip(&source.rules) {
        for name in unset(register, rule.param.as_deref(), parsed) {
            if asked.insert(name.clone()) {
                let message = unset_message(&name, rule.text_sv.as_deref());
                at(parsed.line, LintCode::ParameterUnset, message);
            }
        }
        if matches!(parsed.rule, Rule::While(_)) && rule.end_events.is_empty() {
            let defaults = either(&default_end_events(purpose));
            let message = format!("ends by default with {defaults}, whichever comes first");
            at(parsed.line, LintCode::WhileUnbound, message);
        }
        let assumption = rule.assumption.as_deref().unwrap_or_default();
        let anchors = parsed.rule.anchors().join(", ");
        if assumption.to_lowercase().contains("anchor") && !anchors.is_empty() {
            let message = format!("the period is assumed to run from {anchors}");
            at(parsed.line, LintCode::AnchorAssumed, message);
        }
        let holds = rule.hold || matches!(parsed.rule, Rule::Hold(_));
        let named = parsed.law.is_some()
            || names_a_law(assumption)
            || rule.text_sv.as_deref().is_some_and(names_a_law);
        if holds && !named {
            let message = format!("`{}` holds data without a named law", rule.rule);
            at(parsed.line, LintCode::HoldWithoutLaw, message);
        }
    }
    let text = register
        .text(&purpose.id)
        .expect("every purpose has its text");
    let short = !source
        .rules
        .iter()
        .any(|rule| keeps_seven_years(&rule.rule));
    if short && !source.rules.is_empty() && has_invoices(&text.data_categories_sv, &text.purpose_sv)
    {
        let stated = text.retention_sv.join("; ");
        let message = format!(
            "invoices are among the data, but \"{stated}\" can be shorter than seven years"
        );
        at(source.rules[0].line, LintCode::InvoicesTooShort, message);
    }
}

fn unset_message(name: &str, words: Option<&str>) -> String {
    let words = words.map_or_else(String::new, |words| format!(" (\"{words}\")"));
    format!("parameter `{name}` is not set{words}")
}

/// "a, b or c".
fn either(list: &[&str]) -> String {
    match list {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Parameters that a rule needs and the register does not set. A range needs one only if it names it. Otherwise each
/// cookie or service declares its own value.
fn unset(register: &Register, param: Option<&str>, rule: &RuleSource) -> Vec<String> {
    let ranged = matches!(rule.rule, Rule::Range(..))
        .then_some(param)
        .flatten();
    rule.rule
        .params()
        .into_iter()
        .chain(ranged)
        .filter(|name| !register.params.contains_key(*name))
        .map(str::to_owned)
        .collect()
}

fn keeps_seven_years(rule: &Rule) -> bool {
    let seven = CalendarDuration::of_years(7);
    match rule {
        Rule::After(anchor, Length::Fixed(length)) | Rule::Min(anchor, Length::Fixed(length)) => {
            anchor.to_string().contains("fiscal_year") && seven.never_longer_than(length)
        }
        Rule::Earliest(rules) => rules.iter().all(keeps_seven_years),
        Rule::Latest(rules) => rules.iter().any(keeps_seven_years),
        _ => false,
    }
}

fn words(
    register: &Register,
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let text = register
        .text(&purpose.id)
        .expect("every purpose has its text");
    if purpose.asks_consent() && purpose.parts.is_empty() {
        let found = activities(&text.purpose_sv);
        if found.len() > 1 {
            let message = format!(
                "one question would cover {} purposes ({}): \"{}\"",
                found.len(),
                found.join(", "),
                text.purpose_sv.join("; ")
            );
            at(source.purpose_line, LintCode::TwoPurposes, message);
        }
    }
    lengths(register, text, source, at);
    let stated = [
        std::slice::from_ref(&text.title_sv),
        &text.purpose_sv,
        &text.data_categories_sv,
        &text.legal_basis_sv,
        &text.retention_sv,
        &text.recipients_sv,
    ]
    .concat()
    .join(" ");
    old_names(&stated, text.line, at);
}

/// A length that the words state and no rule has: a bound that would be forgotten.
fn lengths(
    register: &Register,
    text: &PurposeText,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let rules = source.rules.iter().map(|source| &source.rule);
    let params = rules.clone().flat_map(Rule::params);
    let set = params.filter_map(|name| register.params.get(name).copied());
    let ruled: Vec<CalendarDuration> = rules.flat_map(Rule::durations).chain(set).collect();
    for words in &text.retention_sv {
        for stated in lengths_in(words) {
            let has = |ruled: &CalendarDuration| {
                ruled.never_longer_than(&stated) && stated.never_longer_than(ruled)
            };
            if !ruled.iter().any(has) {
                let message = format!("\"{words}\" states {stated}, which no rule says");
                at(source.retention_line, LintCode::LengthMissing, message);
            }
        }
    }
}

fn old_names(text: &str, line: u32, at: &mut impl FnMut(u32, LintCode, String)) {
    if privacy_shield(text) {
        at(
            line,
            LintCode::PrivacyShield,
            "a text rests on the privacy shield".to_owned(),
        );
    }
    for (old, new) in outdated(text) {
        at(
            line,
            LintCode::OutdatedName,
            format!("\"{old}\" is now {new}"),
        );
    }
}

fn whole(register: &Register, found: &mut Findings) {
    for recipient in &register.recipients {
        if recipient.transfer == Transfer::PrivacyShield {
            let message = format!("transfer to `{}` rests on the privacy shield", recipient.id);
            found.add(recipient.line, None, LintCode::PrivacyShield, message);
        }
    }
    for behaviour in &register.behaviours {
        let words = format!("{} {}", behaviour.means_en, behaviour.words_sv.join(" "));
        old_names(&words, behaviour.line, &mut |line, code, message| {
            found.add(
                line,
                None,
                code,
                format!("behaviour `{}`: {message}", behaviour.id),
            );
        });
    }
    let head = [
        register.source_title.clone().unwrap_or_default(),
        register.recipients_sv.join(" "),
    ];
    old_names(&head.join(" "), 1, &mut |line, code, message| {
        found.add(line, None, code, message);
    });
}

/// A site that asks for consent must name its policy and its contacts (GDPR Art. 13).
fn reachable(register: &Register, found: &mut Findings) {
    let asks = |purpose: &&Purpose| purpose.asks_consent() && !purpose.retired;
    let Some(first) = register.purposes.iter().find(asks) else {
        return;
    };
    let head = [
        (
            &register.policy_url,
            LintCode::PolicyUrlMissing,
            "policy_url",
        ),
        (&register.contact, LintCode::ContactMissing, "contact"),
        (
            &register.dpo_contact,
            LintCode::DpoContactMissing,
            "dpo_contact",
        ),
    ];
    for (value, code, key) in head {
        if value.as_deref().is_none_or(|text| text.trim().is_empty()) {
            let message = format!(
                "`{}` asks for consent, and the register has no {key}",
                first.id
            );
            found.add(1, None, code, message);
        }
    }
}

fn cookies(register: &Register, found: &mut Findings) {
    for cookie in &register.cookies {
        let id = Some(&cookie.purpose);
        if let Some(recipient) = &cookie.recipient
            && register.recipient(recipient).is_none()
        {
            let message = format!(
                "cookie `{}`: recipient `{recipient}` is not declared",
                cookie.name
            );
            found.add(cookie.line, id, LintCode::RecipientUnknown, message);
        }
        let category = register.category(&cookie.purpose);
        if cookie.strictly_necessary && category != Category::Necessary {
            let message = format!(
                "cookie `{}` is called strictly necessary, but its purpose is {}",
                cookie.name,
                category.as_str()
            );
            found.add(cookie.line, id, LintCode::NecessaryCookieMisplaced, message);
        }
        let (Lifetime::For(lifetime), Some(purpose)) =
            (cookie.lifetime, register.purpose(&cookie.purpose))
        else {
            continue;
        };
        for rule in &purpose.retention {
            if let Ok(Rule::Range(_, min, max)) = Rule::parse(&rule.rule)
                && !(min.never_longer_than(&lifetime) && lifetime.never_longer_than(&max))
            {
                let message = format!(
                    "cookie `{}` lives {lifetime}, outside {min} to {max}",
                    cookie.name
                );
                found.add(cookie.line, id, LintCode::CookieLifetime, message);
            }
        }
    }
}

/// Every purpose that depends on itself.
fn cycles(register: &Register, sources: &[Source], found: &mut Findings) {
    for (purpose, source) in register.purposes.iter().zip(sources) {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&PurposeId> = purpose.depends_on.iter().collect();
        while let Some(id) = next.pop() {
            if seen.insert(id)
                && let Some(other) = register.purpose(id)
            {
                next.extend(&other.depends_on);
            }
        }
        if seen.contains(&purpose.id) {
            let message = "depends, over others, on itself".to_owned();
            found.add(
                source.depends_on_line,
                Some(&purpose.id),
                LintCode::DependsOnCycle,
                message,
            );
        }
    }
}
