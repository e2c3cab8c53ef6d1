//! Reads one purpose: the controller's statements and their interpretation.

use super::{
    PurposeText,
    doc::{Complaints, Section, word},
    keys,
};
use crate::{
    actor::Verification,
    id::{PurposeId, ScopeValue},
    purpose::{
        AgeRule, CheckMode, ConsentKind, Purpose, Quorum, RetentionRule, ScopeType, SpecialCategory,
    },
    retention::{CalendarDuration, Rule},
};

/// The default time after a refusal before the question may be asked again (law.md L25, L27).
const REASK_AFTER: CalendarDuration = CalendarDuration::of_months(6);
/// The default validity of consents that are renewed (decisions.md 3).
const VALIDITY: CalendarDuration = CalendarDuration::of_months(12);
/// The default validity of a single-use consent to forward contact details: unspent, it does not live for ever.
const FORWARD_VALIDITY: CalendarDuration = CalendarDuration::of_days(30);
/// The longest validity of a cookie consent (law.md L25-L26).
const COOKIE_VALIDITY_MAX: CalendarDuration = CalendarDuration::of_months(13);

/// One parsed purpose, with the data that only the lint needs.
pub(super) struct Item {
    pub(super) purpose: Purpose,
    pub(super) text: PurposeText,
    pub(super) source: Source,
}

/// Lines and words that the parsed purpose does not keep.
#[derive(Default)]
pub(super) struct Source {
    pub(super) depends_on_line: u32,
    pub(super) parts_line: u32,
    pub(super) recipients_line: u32,
    pub(super) check_mode_line: u32,
    pub(super) legal_basis_line: u32,
    pub(super) special_category_line: u32,
    pub(super) art9_ground_line: u32,
    pub(super) scope_type_line: u32,
    pub(super) age_default_line: u32,
    pub(super) assumption_line: u32,
    pub(super) imbalance_line: u32,
    pub(super) strictly_necessary_line: u32,
    pub(super) terminal_access_line: u32,
    pub(super) purpose_line: u32,
    pub(super) categories_line: u32,
    pub(super) retention_line: u32,
    pub(super) rules: Vec<RuleSource>,
}

/// One retention rule, parsed.
pub(super) struct RuleSource {
    pub(super) line: u32,
    pub(super) rule: Rule,
    pub(super) law: Option<String>,
}

pub(super) fn purpose(section: &Section<'_>, c: &mut Complaints) -> Option<Item> {
    section.only(&keys::PURPOSE, c);
    let Some(id) = section.parsed("id", c, PurposeId::parse) else {
        section.required("id", c);
        return None;
    };
    let line = section.line_of("id", c).min(section.line);
    let Some(analysis) = section.table("analysis", c) else {
        c.add(line, format!("purpose `{id}` has no [purpose.analysis]"));
        return None;
    };
    analysis.only(&keys::ANALYSIS, c);
    let stated = section.table("source", c);
    if stated.is_none() {
        c.add(line, format!("purpose `{id}` has no [purpose.source]"));
    }
    let mut text = PurposeText {
        line,
        row: section.number("row", c),
        derived: section.flag("derived", c).unwrap_or(false),
        ..PurposeText::default()
    };
    let mut source = Source {
        depends_on_line: analysis.line_of("depends_on", c),
        parts_line: section.line_of("parts", c),
        recipients_line: analysis.line_of("recipients", c),
        check_mode_line: analysis.line_of("check_mode", c),
        legal_basis_line: analysis.line_of("legal_basis", c),
        special_category_line: analysis.line_of("special_category", c),
        art9_ground_line: analysis.line_of("art9_ground", c),
        scope_type_line: analysis.line_of("scope_type", c),
        age_default_line: analysis.line_of("age_default", c),
        assumption_line: analysis.line_of("assumption", c),
        imbalance_line: analysis.line_of("imbalance", c),
        strictly_necessary_line: analysis.line_of("strictly_necessary", c),
        terminal_access_line: analysis.line_of("terminal_access", c),
        purpose_line: line,
        categories_line: line,
        retention_line: line,
        rules: Vec::new(),
    };
    if let Some(stated) = stated {
        read_stated(&stated, &mut text, &mut source, c);
    }
    read_translation(&analysis, &mut text, c);
    let retention = read_retention(&analysis, &mut source, c);
    let parts = read_parts(section, &id, c);
    let purpose = read_analysis(&analysis, id, &text, retention, parts, c)?;
    Some(Item {
        purpose,
        text,
        source,
    })
}

fn read_stated(
    stated: &Section<'_>,
    text: &mut PurposeText,
    source: &mut Source,
    c: &mut Complaints,
) {
    stated.only(&keys::SOURCE, c);
    source.purpose_line = stated.line_of("purpose_sv", c);
    source.categories_line = stated.line_of("data_categories_sv", c);
    source.retention_line = stated.line_of("retention_sv", c);
    text.title_sv = stated.required("title_sv", c);
    let mut list = |key| stated.texts(key, c).unwrap_or_default();
    text.purpose_sv = list("purpose_sv");
    text.data_categories_sv = list("data_categories_sv");
    text.data_subjects_sv = list("data_subjects_sv");
    text.legal_basis_sv = list("legal_basis_sv");
    text.retention_sv = list("retention_sv");
    text.recipients_sv = list("recipients_sv");
}

fn read_translation(analysis: &Section<'_>, text: &mut PurposeText, c: &mut Complaints) {
    text.title_en = analysis.required("title_en", c);
    text.purpose_en = analysis.text("purpose_en", c);
    text.data_categories_en = analysis.texts("data_categories_en", c).unwrap_or_default();
    text.data_subjects_en = analysis.texts("data_subjects_en", c).unwrap_or_default();
    text.recipients = analysis.texts("recipients", c).unwrap_or_default();
    text.consent_mode =
        analysis.parsed_list("consent_mode", c, |text| word(text, keys::CONSENT_MODES));
    text.note = analysis.text("note", c);
}

/// Expands short part names: `parts = ["newsletter"]` means `<purpose>.<part>`.
fn read_parts(section: &Section<'_>, id: &PurposeId, c: &mut Complaints) -> Vec<PurposeId> {
    section.parsed_list("parts", c, |part| {
        let short = part.strip_prefix(&format!("{id}.")).unwrap_or(part);
        PurposeId::parse(&format!("{id}.{short}"))
    })
}

fn read_analysis(
    analysis: &Section<'_>,
    id: PurposeId,
    text: &PurposeText,
    retention: Vec<RetentionRule>,
    parts: Vec<PurposeId>,
    c: &mut Complaints,
) -> Option<Purpose> {
    let check_mode: Option<CheckMode> = analysis.word("check_mode", keys::MODES, c);
    if check_mode.is_none() {
        analysis.required("check_mode", c);
    }
    let check_mode = check_mode?;
    let consent_kind: ConsentKind = analysis
        .word("consent_kind", keys::KINDS, c)
        .unwrap_or_default();
    let age_rule: AgeRule = analysis
        .word("age_rule", keys::AGE_RULES, c)
        .unwrap_or_default();
    let special_category: SpecialCategory = analysis
        .word("special_category", keys::SPECIAL_CATEGORIES, c)
        .unwrap_or_default();
    let defaults = Defaults::of(check_mode, consent_kind, age_rule, special_category);
    let flag = |key: &str, c: &mut Complaints| analysis.flag(key, c);
    let validity = analysis.parsed("validity", c, CalendarDuration::parse);
    check_validity(analysis, consent_kind, validity, c);
    let reask_after = analysis.parsed("reask_after", c, CalendarDuration::parse);
    let scope_type = analysis
        .word("scope_type", keys::SCOPES, c)
        .unwrap_or(defaults.scope_type);
    Some(Purpose {
        id,
        title_sv: text.title_sv.clone(),
        title_en: text.title_en.clone(),
        legal_basis: analysis.parsed_list("legal_basis", c, |text| word(text, keys::BASES)),
        check_mode,
        consent_kind,
        special_category,
        art9_ground: analysis.text("art9_ground", c),
        age_rule,
        guardian_below: analysis
            .number("guardian_below", c)
            .map_or(defaults.guardian_below, |age| {
                u8::try_from(age).unwrap_or(u8::MAX).min(18)
            }),
        guardian_verification_min: analysis
            .word("guardian_verification_min", keys::VERIFICATIONS, c)
            .unwrap_or(defaults.guardian_verification_min),
        age_default: analysis.word("age_default", keys::AGE_DEFAULTS, c),
        dpia: analysis.text("dpia", c),
        assumption: analysis.text("assumption", c),
        imbalance: flag("imbalance", c).unwrap_or(false),
        guardian_quorum: analysis
            .word("guardian_quorum", keys::QUORUMS, c)
            .unwrap_or(defaults.guardian_quorum),
        depends_on: analysis.parsed_list("depends_on", c, PurposeId::parse),
        direct_marketing: flag("direct_marketing", c).unwrap_or(false),
        third_party_sharing: flag("third_party_sharing", c).unwrap_or(false),
        targeted_advertising: flag("targeted_advertising", c).unwrap_or(false),
        terminal_access: flag("terminal_access", c).unwrap_or(defaults.terminal_access),
        strictly_necessary: flag("strictly_necessary", c).unwrap_or(false),
        contract_asserted: flag("contract_asserted", c).unwrap_or(false),
        scope_type,
        vendors: vendors(scope_type, text),
        single_use: flag("single_use", c).unwrap_or(defaults.single_use),
        validity: validity.or(defaults.validity),
        reask_after: reask_after.unwrap_or(REASK_AFTER),
        assurance_min: analysis
            .word("assurance_min", keys::ASSURANCES, c)
            .unwrap_or_default(),
        retired: flag("retired", c).unwrap_or(false),
        parts,
        controller_pointer: analysis.text("controller_pointer", c),
        incomplete: Vec::new(),
        retention,
    })
}

/// The services of a purpose. The lint reports values that cannot be scope ids.
fn vendors(scope_type: ScopeType, text: &PurposeText) -> Vec<ScopeValue> {
    if scope_type != ScopeType::Vendor {
        return Vec::new();
    }
    let mut vendors: Vec<ScopeValue> = Vec::new();
    for id in &text.recipients {
        if let Ok(id) = ScopeValue::parse(id)
            && !vendors.contains(&id)
        {
            vendors.push(id);
        }
    }
    vendors
}

/// The limit is an error and not a lint finding, because a longer consent would be recorded with an unlawful expiry.
fn check_validity(
    analysis: &Section<'_>,
    kind: ConsentKind,
    validity: Option<CalendarDuration>,
    c: &mut Complaints,
) {
    if let Some(validity) = validity
        && kind == ConsentKind::Cookie
        && !validity.never_longer_than(&COOKIE_VALIDITY_MAX)
    {
        let line = analysis.line_of("validity", c);
        c.add(
            line,
            format!("a cookie consent may live at most P13M, not {validity}"),
        );
    }
}

/// Defaults that the type of consent implies.
struct Defaults {
    terminal_access: bool,
    scope_type: ScopeType,
    single_use: bool,
    validity: Option<CalendarDuration>,
    guardian_quorum: Quorum,
    guardian_verification_min: Verification,
    guardian_below: u8,
}

impl Defaults {
    /// A guardian's grant about a special category, or about pictures that are published, takes all guardians and an
    /// eID: what it permits cannot be taken back afterwards.
    fn of(mode: CheckMode, kind: ConsentKind, age_rule: AgeRule, data: SpecialCategory) -> Self {
        let grave = kind == ConsentKind::PhotoFilmAudio || data.needs_ground();
        Self {
            terminal_access: kind == ConsentKind::Cookie
                || mode == CheckMode::TerminalConsentAndObjection,
            scope_type: match kind {
                ConsentKind::ForwardContactDetails => ScopeType::Recipient,
                ConsentKind::PhotoFilmAudio => ScopeType::Campaign,
                _ => ScopeType::None,
            },
            single_use: kind == ConsentKind::ForwardContactDetails,
            validity: match kind {
                ConsentKind::Cookie | ConsentKind::SpecialCategoryAnswers => Some(VALIDITY),
                ConsentKind::ForwardContactDetails => Some(FORWARD_VALIDITY),
                _ if mode == CheckMode::TerminalConsentAndObjection => Some(VALIDITY),
                _ => None,
            },
            guardian_quorum: if grave { Quorum::All } else { Quorum::Any },
            guardian_verification_min: if grave {
                Verification::Eid
            } else {
                Verification::EmailConfirmed
            },
            guardian_below: match age_rule {
                AgeRule::Iss => 13,
                AgeRule::Maturity => 15,
                AgeRule::None | AgeRule::IssPreventive => 0,
            },
        }
    }
}

fn read_retention(
    analysis: &Section<'_>,
    source: &mut Source,
    c: &mut Complaints,
) -> Vec<RetentionRule> {
    let mut rules = Vec::new();
    for section in analysis.tables("retention", c) {
        section.only(&keys::RULE, c);
        let line = section.line_of("rule", c);
        let Some(rule) = section.parsed("rule", c, Rule::parse) else {
            section.required("rule", c);
            continue;
        };
        check_durations(&section, &rule, c);
        for key in ["anchor", "max_anchor", "action"] {
            // Read only to check the type: the rule itself states the same in full.
            let _ = section.text(key, c);
        }
        rules.push(RetentionRule {
            rule: rule.to_string(),
            text_sv: section.text("text_sv", c),
            applies_to: section.text("applies_to", c),
            param: section.text("param", c),
            assumption: section.text("assumption", c),
            review_every: section
                .parsed("review_every", c, CalendarDuration::parse)
                .map(|d| d.to_string()),
            hold: section.flag("hold", c).unwrap_or(false),
            end_events: section.texts("end_events", c).unwrap_or_default(),
        });
        source.rules.push(RuleSource {
            line,
            rule,
            law: section.text("law", c),
        });
    }
    rules
}

/// A duration beside the rule repeats one inside it; the parser rejects a contradiction.
fn check_durations(section: &Section<'_>, rule: &Rule, c: &mut Complaints) {
    for key in ["duration", "min", "max"] {
        let stated = section.parsed(key, c, |text| match text {
            "PARAM" => Ok(None),
            _ => CalendarDuration::parse(text).map(Some),
        });
        let free = matches!(rule, Rule::While(_) | Rule::None | Rule::Hold(_));
        if let Some(Some(stated)) = stated
            && !free
            && !rule.durations().contains(&stated)
        {
            let line = section.line_of(key, c);
            c.add(
                line,
                format!("`{key}` is {stated}, which the rule `{rule}` does not say"),
            );
        }
    }
}
