//! Tests the parser: the five registers, the defaults, the errors and the content hash.

mod category;
mod diff;
mod format;
mod lint;
mod rust;

use std::collections::BTreeMap;

use super::*;
use crate::{
    actor::Verification,
    purpose::{AgeRule, Assurance, CheckMode, ConsentKind, Quorum, ScopeType, SpecialCategory},
    retention::{CalendarDuration, Rule},
};

pub(crate) const OMMEJ: &str = include_str!("../../../../registers/ommej.toml");
pub(crate) const BJORN_LUNDEN: &str = include_str!("../../../../registers/bjorn-lunden.toml");
const OMILON: &str = include_str!("../../../../registers/omilon.toml");
const SUPPLIER: &str = include_str!("../../../../registers/supplier.toml");
pub(crate) const LOOMER: &str = include_str!("../../../../registers/loomer.toml");
pub(crate) const ALL: [(&str, &str); 5] = [
    ("ommej", OMMEJ),
    ("bjorn-lunden", BJORN_LUNDEN),
    ("omilon", OMILON),
    ("supplier", SUPPLIER),
    ("loomer", LOOMER),
];

pub(crate) fn id(text: &str) -> PurposeId {
    PurposeId::parse(text).unwrap()
}

fn parse(text: &str) -> Register {
    Register::parse(text).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A register with one purpose and no findings; each test changes one thing.
const CLEAN: &str = r#"format = "samtycke.register/1"
[register]
id = "example"
controller = "Example AB"
source_kind = "art30_table"
language = "sv"
contact = "Example AB, Box 1, 111 11 Stockholm"
dpo_contact = "dpo@example.com"
policy_url = "https://example.com/privacy"

[[recipient]]
id = "mailer"
name = "Example Mailer"
role = "processor"
country = "SE"
agreement = "DPA 1"

[[cookie]]
name = "stats"
purpose = "example.stats"
lifetime = "P30D"
first_or_third_party = "first"

[[purpose]]
id = "example.stats"
[purpose.source]
title_sv = "Besök på hemsidan"
purpose_sv = "Analys"
data_categories_sv = "Cookie"
data_subjects_sv = "Besökare"
legal_basis_sv = "Samtycke"
retention_sv = "En tid"
recipients_sv = []
[purpose.analysis]
title_en = "Website visits"
legal_basis = ["consent"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"
recipients = ["mailer"]
[[purpose.analysis.retention]]
rule = "range(cookie.set, P1D, P365D)"

[[purpose]]
id = "example.sale"
[purpose.source]
title_sv = "Köp"
purpose_sv = "Leverera"
data_categories_sv = "Kontaktuppgifter"
data_subjects_sv = "Kunder"
legal_basis_sv = "Avtal"
retention_sv = "Avtalstiden och en tid därefter"
[purpose.analysis]
title_en = "Purchase"
legal_basis = ["contract"]
check_mode = "contract"
special_category = "no"
[[purpose.analysis.retention]]
rule = "after(contract.ended, P1Y)"
"#;

fn with(from: &str, to: &str) -> String {
    assert!(CLEAN.contains(from), "the sample has no {from:?}");
    CLEAN.replacen(from, to, 1)
}

fn codes(text: &str) -> Vec<&'static str> {
    parse(text)
        .lints
        .iter()
        .map(|lint| lint.code.as_str())
        .collect()
}

#[test]
fn all_purposes_of_the_five_registers_are_read() {
    let mut modes: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut total, mut split) = (0, 0);
    for (name, text) in ALL {
        let register = parse(text);
        assert_eq!(register.tenant.as_str(), name);
        for purpose in &register.purposes {
            *modes.entry(purpose.check_mode.as_str()).or_default() += 1;
            split += usize::from(!purpose.parts.is_empty());
            assert!(!purpose.title_sv.is_empty() && !purpose.title_en.is_empty());
            assert!(register.text(&purpose.id).is_some_and(|t| t.line > 1));
            for rule in &purpose.retention {
                assert!(Rule::parse(&rule.rule).is_ok());
            }
        }
        total += register.purposes.len();
    }
    // 74 that the sources state; the parts of four, and three more that two of them held.
    assert_eq!((total, split), (87, 4));
    let expected = BTreeMap::from([
        ("contract", 17),
        ("objection", 14),
        ("terminal_consent+objection", 2),
        ("contract+legal_obligation", 1),
        ("contract_or_objection", 5),
        ("processor", 3),
        ("legal_obligation", 5),
        ("consent", 23),
        ("not_stated", 17),
    ]);
    assert_eq!(modes, expected);
}

/// Compares the registers with each row of the retention table of docs/registers.md.
#[test]
fn the_retention_table_stands_in_the_registers() {
    let registers: BTreeMap<&str, Register> = ALL.map(|(name, text)| (name, parse(text))).into();
    for (purpose, rule) in [
        ("ommej.kop", "while(purpose.active)"),
        ("bjorn-lunden.kundreskontra", "after(contract.ended, P1Y)"),
        ("bjorn-lunden.support", "after(contract.ended, P3Y)"),
        ("bjorn-lunden.nyhetsbrev", "after(contract.ended, P30D)"),
        ("bjorn-lunden.backup", "after(contract.ended, P13M)"),
        ("bjorn-lunden.demo", "after(item.collected, P60D)"),
        (
            "bjorn-lunden.rattighetsregister",
            "after(request.closed, P10Y)",
        ),
        ("bjorn-lunden.incidenter", "after(incident.closed, P10Y)"),
        (
            "bjorn-lunden.leverantorsreskontra",
            "after(fiscal_year.calendar_year_end, P7Y)",
        ),
        (
            "bjorn-lunden.webbplatsbesok",
            "range(cookie.set, P1D, P365D)",
        ),
        (
            "bjorn-lunden.arbetssokande",
            "after(recruitment.closed, P2Y)",
        ),
        (
            "bjorn-lunden.kundfiler",
            "earliest(after(case.closed, P7D), after(file.received, P12M))",
        ),
        ("bjorn-lunden.fjarrstyrning", "none"),
        (
            "bjorn-lunden.foto-film-ljud",
            "earliest(after(campaign.ended, P0D), after(consent.withdrawn, P0D))",
        ),
        (
            "bjorn-lunden.nedladdningslogg",
            "after(file.downloaded, P6M)",
        ),
        (
            "omilon.fakturainformation",
            "min(fiscal_year.calendar_year_end, P7Y)",
        ),
        (
            "omilon.kommunikation",
            "after(item.collected, PARAM:support_mail_period)",
        ),
        (
            "supplier.loggning-monitorering-backup",
            "range(item.created, P7D, P12M)",
        ),
        (
            "loomer.vidareformedling-kontaktuppgifter",
            "max(account.deregistered, P1Y)",
        ),
    ] {
        let tenant = purpose.split('.').next().unwrap();
        let rules = &registers[tenant].purpose(&id(purpose)).unwrap().retention;
        assert!(rules.iter().any(|r| r.rule == rule), "{purpose}: {rule}");
    }
    let held = registers["bjorn-lunden"]
        .purpose(&id("bjorn-lunden.leverantorsreskontra"))
        .unwrap();
    assert!(held.retention[0].hold);
}

#[test]
fn the_kind_of_consent_chooses_the_defaults() {
    let (ommej, lunden, loomer) = (parse(OMMEJ), parse(BJORN_LUNDEN), parse(LOOMER));
    let photo = lunden.purpose(&id("bjorn-lunden.foto-film-ljud")).unwrap();
    assert_eq!(photo.scope_type, ScopeType::Campaign);
    assert_eq!(photo.guardian_quorum, Quorum::All);
    assert_eq!(photo.validity, None);
    assert_eq!(photo.guardian_verification_min, Verification::Eid);

    let answers = ommej.purpose(&id("ommej.appsvar")).unwrap();
    assert_eq!(answers.validity, Some(CalendarDuration::of_months(12)));
    assert_eq!(answers.special_category, SpecialCategory::Possible);
    assert_eq!(
        (answers.age_rule, answers.guardian_below),
        (AgeRule::IssPreventive, 0)
    );

    let forward = loomer
        .purpose(&id("loomer.vidareformedling-kontaktuppgifter"))
        .unwrap();
    assert_eq!(forward.consent_kind, ConsentKind::ForwardContactDetails);
    assert!(forward.single_use && forward.scope_type == ScopeType::Recipient);
    assert_eq!(forward.validity, Some(CalendarDuration::of_days(30)));
    assert_eq!(
        forward.guardian_verification_min,
        Verification::EmailConfirmed
    );

    let tester = ommej.purpose(&id("ommej.apptestare")).unwrap();
    assert_eq!(tester.guardian_quorum, Quorum::All);
    assert_eq!(tester.guardian_verification_min, Verification::Eid);

    let visits = ommej.purpose(&id("ommej.webbplatsbesok")).unwrap();
    assert!(visits.terminal_access && !visits.strictly_necessary);
    assert_eq!(visits.check_mode, CheckMode::TerminalConsentAndObjection);
    assert_eq!(visits.validity, Some(CalendarDuration::of_months(12)));
    assert_eq!(visits.reask_after, CalendarDuration::of_months(6));
    assert_eq!(visits.assurance_min, Assurance::Browser);
    let horizon = ommej.purpose(&id("ommej.horizon-admin")).unwrap();
    assert_eq!(
        horizon.depends_on,
        [id("ommej.appsvar"), id("ommej.svar-till-verksamhet")]
    );
    assert!(horizon.contract_asserted && !horizon.lacks_art9_ground());
    assert_eq!(horizon.scope_type, ScopeType::Recipient);
}

#[test]
fn every_error_names_its_line() {
    let errors = |text: &str| Register::parse(text).unwrap_err().to_string();
    for (from, to, expected) in [
        (
            "check_mode = \"contract\"",
            "chekc_mode = \"contract\"",
            "line 56: unknown key `chekc_mode` (did you mean `check_mode`?)",
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contrat\"",
            "line 56: `check_mode` = \"contrat\": is not one of consent",
        ),
        (
            "after(contract.ended, P1Y)",
            "after(contract.ended P1Y)",
            "line 59: `rule` = \"after(contract.ended P1Y)\": column 22: expected `,`",
        ),
        (
            "id = \"example.sale\"",
            "id = \"example.stats\"",
            "line 44: purpose `example.stats` stands twice, first on line 24",
        ),
        (
            "purpose = \"example.stats\"",
            "purpose = \"example.stast\"",
            "line 18: cookie: purpose `example.stast` is not a purpose of this file (did you mean `example.stats`?)",
        ),
        (
            "lifetime = \"P30D\"",
            "lifetime = \"30 dagar\"",
            "line 21: `lifetime` = \"30 dagar\": is not a calendar duration",
        ),
        (
            "country = \"SE\"",
            "country = \"Sverige\"",
            "line 15: `country`",
        ),
        (
            "samtycke.register/1",
            "samtycke.register/2",
            "line 1: format is \"samtycke.register/2\"",
        ),
        (
            "language = \"sv\"",
            "language = \"sv\"\npurposes = 3",
            "line 7: says 3 purposes, but the file has 2",
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = true\nrecipients",
            "line 39: `special_category` must be a text",
        ),
        (
            "special_category = \"no\"\nrecipients",
            "validity = \"P14M\"\nrecipients",
            "line 39: a cookie consent may live at most P13M",
        ),
        (
            "rule = \"range(cookie.set, P1D, P365D)\"",
            "rule = \"range(cookie.set, P1D, P365D)\"\nmax = \"P12M\"",
            "line 43: `max` is P12M, which the rule",
        ),
        ("title_sv = \"Köp\"\n", "", "line 46: `title_sv` is missing"),
        ("id = \"example\"", "id = \"Example AB\"", "line 3: `id`"),
        ("[[purpose]]", "[[purpose", "line 24: not TOML"),
    ] {
        let found = errors(&with(from, to));
        assert!(
            found.contains(expected),
            "{to}\n  expected {expected}\n  found    {found}"
        );
    }
    assert!(errors("").contains("line 1: `format` is missing"));
}

#[test]
fn the_hash_is_of_the_content() {
    let plain = parse(CLEAN);
    let commented = with("[register]", "# a comment\n\n[register]   # another")
        .replace("language = \"sv\"", "language   =   'sv'");
    assert_eq!(parse(&commented).hash(), plain.hash());
    let reordered = CLEAN.replace(
        "country = \"SE\"\nagreement = \"DPA 1\"",
        "agreement = \"DPA 1\"\ncountry = \"SE\"",
    );
    assert_eq!(parse(&reordered).hash(), plain.hash());
    let changed = with("P365D", "P364D");
    assert_ne!(parse(&changed).hash(), plain.hash());
    assert_eq!(NoticeHash::of(&plain.canonical_bytes()), *plain.hash());
}

#[test]
fn dnt_counts_where_the_register_says_so() {
    let on = with("[[recipient]]", "[tenant]\ndnt = true\n\n[[recipient]]");
    assert!(!parse(CLEAN).dnt && parse(&on).dnt);
}

/// E12: a person who is sent on to another controller is told how to reach it.
#[test]
fn a_recipient_has_a_name_and_a_contact() {
    let mailer = crate::id::ScopeValue::parse("mailer").unwrap();
    let told = with(
        "role = \"processor\"",
        "contact = \"dpo@mailer.example\"\nrole = \"processor\"",
    );
    let contact = |text: &str| {
        let register = parse(text);
        let found = register.recipient_contact(&mailer).expect("declared");
        (found.0.to_owned(), found.1.map(str::to_owned))
    };
    let name = "Example Mailer".to_owned();
    assert_eq!(contact(CLEAN), (name.clone(), None));
    assert_eq!(contact(&told), (name, Some("dpo@mailer.example".into())));
    let unknown = crate::id::ScopeValue::parse("other").unwrap();
    assert_eq!(parse(CLEAN).recipient_contact(&unknown), None);
}

#[test]
fn a_row_with_two_purposes_is_split() {
    let text = with(
        "purpose_sv = \"Analys\"",
        "purpose_sv = \"Analys, marknadsföring\"",
    )
    .replacen(
        "id = \"example.stats\"\n[",
        "id = \"example.stats\"\nparts = [\"analysis\"]\n[",
        1,
    )
    .replace("id = \"example.sale\"", "id = \"example.stats.analysis\"");
    let register = parse(&text);
    assert_eq!(
        register.purpose(&id("example.stats")).unwrap().parts,
        [id("example.stats.analysis")]
    );
    assert_eq!(register.lints, []);
    let missing = text.replace("parts = [\"analysis\"]", "parts = [\"marketing\"]");
    let errors = Register::parse(&missing).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("line 26: parts: `example.stats.marketing`"),
        "{errors}"
    );
}

proptest::proptest! {
    /// The parser reads or rejects a truncated or damaged file and names lines. It never panics.
    #[test]
    fn damage_is_survived(cut in 0usize..1300, from in 0usize..60, lost in 0usize..12) {
        let cut = (cut..=CLEAN.len()).find(|at| CLEAN.is_char_boundary(*at)).unwrap_or(CLEAN.len());
        let _ = Register::parse(&CLEAN[..cut]);
        let lines: Vec<&str> = CLEAN.lines().collect();
        let from = from.min(lines.len());
        let to = (from + lost).min(lines.len());
        let kept = [&lines[..from], &lines[to..]].concat().join("\n");
        match Register::parse(&kept) {
            Ok(register) => proptest::prop_assert!(!register.purposes.is_empty()),
            Err(errors) => proptest::prop_assert!(errors.0.iter().all(|error| error.line >= 1)),
        }
    }
}
