//! The five registers, and a minimal sample for each finding.

use std::{collections::BTreeMap, path::PathBuf};

use super::*;
use crate::{
    notice::ChangeClass,
    purpose::{AgeRule, Assurance, CheckMode, ConsentKind, Quorum, ScopeType, SpecialCategory},
    retention::Rule,
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

/// A register of one clean purpose; the sample changes one thing.
const CLEAN: &str = r#"format = "samtycke.register/1"
[register]
id = "example"
controller = "Example AB"
source_kind = "art30_table"
language = "sv"

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
retention_sv = "1-365 dagar"
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
retention_sv = "Avtalstiden + 1 år"
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
    let mut total = 0;
    for (name, text) in ALL {
        let register = parse(text);
        assert_eq!(register.tenant.as_str(), name);
        for purpose in &register.purposes {
            *modes.entry(purpose.check_mode.as_str()).or_default() += 1;
            assert!(!purpose.title_sv.is_empty() && !purpose.title_en.is_empty());
            assert!(register.text(&purpose.id).is_some_and(|t| t.line > 1));
            for rule in &purpose.retention {
                assert!(Rule::parse(&rule.rule).is_ok());
            }
        }
        total += register.purposes.len();
    }
    assert_eq!(total, 74);
    let expected = BTreeMap::from([
        ("contract", 16),
        ("objection", 14),
        ("terminal_consent+objection", 2),
        ("contract+legal_obligation", 1),
        ("contract_or_objection", 5),
        ("processor", 3),
        ("legal_obligation", 5),
        ("consent", 12),
        ("not_stated", 16),
    ]);
    assert_eq!(modes, expected);
}

/// Each row of the retention table of docs/registers.md, as the registers have it.
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
            "supplier.bitradesbehandling",
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
    assert_eq!((photo.guardian_below, &photo.validity), (15, &None));

    let answers = ommej.purpose(&id("ommej.appsvar")).unwrap();
    assert_eq!(answers.validity.as_deref(), Some("P12M"));
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

    let visits = ommej.purpose(&id("ommej.webbplatsbesok")).unwrap();
    assert!(visits.terminal_access && !visits.strictly_necessary);
    assert_eq!(visits.check_mode, CheckMode::TerminalConsentAndObjection);
    assert_eq!(visits.validity.as_deref(), Some("P12M"));
    assert_eq!(visits.reask_after, "P6M");
    assert_eq!(visits.assurance_min, Assurance::Browser);
    let horizon = ommej.purpose(&id("ommej.horizon-admin")).unwrap();
    assert_eq!(horizon.depends_on, [id("ommej.appsvar")]);
}

#[test]
fn a_clean_register_has_no_findings() {
    let register = parse(CLEAN);
    assert_eq!(register.lints, []);
    assert_eq!(register.incomplete().count(), 0);
    assert_eq!(
        register.recipient("mailer").unwrap().country.as_deref(),
        Some("SE")
    );
    assert_eq!(register.cookies_of(&id("example.stats")).count(), 1);
}

#[test]
fn each_error_makes_the_purpose_incomplete() {
    for (text, purpose, code) in [
        (
            with("check_mode = \"contract\"", "check_mode = \"not_stated\""),
            "example.sale",
            "check_mode_not_stated",
        ),
        (
            with(
                "after(contract.ended, P1Y)",
                "after(contract.ended, PARAM:x)",
            ),
            "example.sale",
            "parameter_unset",
        ),
        (
            with("recipients = [\"mailer\"]", "recipients = [\"nobody\"]"),
            "example.stats",
            "recipient_unknown",
        ),
        (
            with("first_or_third_party = \"first\"", "recipient = \"nobody\""),
            "example.stats",
            "recipient_unknown",
        ),
        (
            with("lifetime = \"P30D\"", "lifetime = \"P12M\""),
            "example.stats",
            "cookie_lifetime",
        ),
        (
            with("lifetime = \"P30D\"", "lifetime = \"P0D\""),
            "example.stats",
            "cookie_lifetime",
        ),
        (
            with(
                "recipients = [\"mailer\"]",
                "depends_on = [\"example.stats\"]",
            ),
            "example.stats",
            "depends_on_cycle",
        ),
    ] {
        let register = parse(&text);
        let incomplete: Vec<_> = register.incomplete().collect();
        assert_eq!(
            incomplete,
            [(&id(purpose), [code.to_owned()].as_slice())],
            "{code}"
        );
        assert!(register.lints.iter().all(|lint| lint.line > 1));
    }
    let set = with("[[recipient]]", "[params]\nx = \"P90D\"\n[[recipient]]").replace(
        "after(contract.ended, P1Y)",
        "after(contract.ended, PARAM:x)",
    );
    assert_eq!(codes(&set), [""; 0]);
    let session = with("lifetime = \"P30D\"", "lifetime = \"session\"");
    assert_eq!(codes(&session), [""; 0]);
    let longer = with("lifetime = \"P30D\"", "lifetime = \"P365D\"");
    assert_eq!(codes(&longer), [""; 0]);
}

#[test]
fn a_cycle_is_found_over_several_purposes() {
    let text = with(
        "recipients = [\"mailer\"]",
        "depends_on = [\"example.sale\"]",
    )
    .replace(
        "check_mode = \"contract\"",
        "check_mode = \"contract\"\ndepends_on = [\"example.stats\"]",
    );
    assert_eq!(codes(&text), ["depends_on_cycle", "depends_on_cycle"]);
    assert_eq!(parse(&text).incomplete().count(), 2);
}

#[test]
fn each_warning_has_a_sample() {
    let sale = "rule = \"after(contract.ended, P1Y)\"";
    for (text, code) in [
        (
            with(sale, "rule = \"while(purpose.active)\""),
            "while_unbound",
        ),
        (
            with(
                "check_mode = \"contract\"\nspecial_category = \"no\"",
                "check_mode = \"contract\"\nspecial_category = \"possible\"",
            ),
            "art9_ground_missing",
        ),
        (
            with(
                "check_mode = \"contract\"\nspecial_category = \"no\"",
                "check_mode = \"contract\"",
            ),
            "special_category_unknown",
        ),
        (
            with(
                "legal_basis = [\"consent\"]",
                "legal_basis = [\"legitimate_interest\"]",
            ),
            "cookie_legitimate_interest",
        ),
        (
            with(
                "data_categories_sv = \"Kontaktuppgifter\"",
                "data_categories_sv = \"Barnets svar\"",
            ),
            "contract_third_party",
        ),
        (
            with(
                "check_mode = \"contract\"",
                "check_mode = \"objection\"\ndirect_marketing = true",
            ),
            "marketing_without_consent",
        ),
        (
            with(
                sale,
                &format!("{sale}\nassumption = \"no anchor in the source\""),
            ),
            "anchor_assumed",
        ),
        (
            with(sale, &format!("{sale}\nhold = true")),
            "hold_without_law",
        ),
        (
            with(sale, "rule = \"hold(legal_requirement)\""),
            "hold_without_law",
        ),
        (
            with(
                "data_categories_sv = \"Kontaktuppgifter\"",
                "data_categories_sv = \"Fakturor\"",
            ),
            "invoices_too_short",
        ),
        (
            with(
                "purpose_sv = \"Analys\"",
                "purpose_sv = \"Analys, marknadsföring\"",
            ),
            "two_purposes",
        ),
        (
            with(
                "country = \"SE\"",
                "country = \"US\"\ntransfer = \"privacy_shield\"",
            ),
            "privacy_shield",
        ),
        (
            with(
                "title_sv = \"Köp\"",
                "title_sv = \"Köp enligt Privacy Shield\"",
            ),
            "privacy_shield",
        ),
        (
            with(
                "title_sv = \"Köp\"",
                "title_sv = \"Anmälan till Datainspektionen\"",
            ),
            "outdated_name",
        ),
        (
            with(
                "legal_basis_sv = \"Avtal\"",
                "legal_basis_sv = \"Personuppgiftslagen\"",
            ),
            "outdated_name",
        ),
    ] {
        let register = parse(&text);
        assert_eq!(codes(&text), [code], "{code}");
        assert_eq!(register.incomplete().count(), 0, "{code} is a warning");
    }
    for quiet in [
        with(
            sale,
            "rule = \"while(purpose.active)\"\nend_events = [\"contract.ended\"]",
        ),
        with(
            "special_category = \"no\"\nrecipients",
            "special_category = \"yes\"\nrecipients",
        ),
        with(
            "check_mode = \"contract\"\nspecial_category = \"no\"",
            "check_mode = \"contract\"\nspecial_category = \"yes\"\nart9_ground = \"9(2)(h)\"",
        ),
        with(
            sale,
            &format!("{sale}\nhold = true\nlaw = \"bokföringslagen (1999:1078) 7 kap. 2 §\""),
        ),
        with(
            "data_categories_sv = \"Kontaktuppgifter\"",
            "data_categories_sv = \"Fakturor\"",
        )
        .replace(
            "after(contract.ended, P1Y)",
            "min(fiscal_year.calendar_year_end, P7Y)",
        ),
    ] {
        assert_eq!(codes(&quiet), [""; 0]);
    }
}

/// The findings of the five registers, word for word. `SAMTYCKE_BLESS=1` writes them anew; read the difference.
#[test]
fn the_findings_of_the_five_registers() {
    for (name, text) in ALL {
        let report = parse(text).lint_report(&format!("registers/{name}.toml"));
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/vectors")
            .join(format!("lint-{name}.txt"));
        if std::env::var_os("SAMTYCKE_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &report).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap();
        assert_eq!(report, golden, "{}", path.display());
    }
}

#[test]
fn every_error_names_its_line() {
    let errors = |text: &str| Register::parse(text).unwrap_err().to_string();
    for (from, to, expected) in [
        (
            "check_mode = \"contract\"",
            "chekc_mode = \"contract\"",
            "line 53: unknown key `chekc_mode` (did you mean `check_mode`?)",
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contrat\"",
            "line 53: `check_mode` = \"contrat\": is not one of consent",
        ),
        (
            "after(contract.ended, P1Y)",
            "after(contract.ended P1Y)",
            "line 56: `rule` = \"after(contract.ended P1Y)\": column 22: expected `,`",
        ),
        (
            "id = \"example.sale\"",
            "id = \"example.stats\"",
            "line 41: purpose `example.stats` stands twice, first on line 21",
        ),
        (
            "purpose = \"example.stats\"",
            "purpose = \"example.stast\"",
            "line 15: cookie: purpose `example.stast` is not a purpose of this file (did you mean `example.stats`?)",
        ),
        (
            "lifetime = \"P30D\"",
            "lifetime = \"30 dagar\"",
            "line 18: `lifetime` = \"30 dagar\": is not a calendar duration",
        ),
        (
            "country = \"SE\"",
            "country = \"Sverige\"",
            "line 12: `country`",
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
            "line 36: `special_category` must be a text",
        ),
        (
            "special_category = \"no\"\nrecipients",
            "validity = \"P14M\"\nrecipients",
            "line 36: a cookie consent may live at most P13M",
        ),
        (
            "rule = \"range(cookie.set, P1D, P365D)\"",
            "rule = \"range(cookie.set, P1D, P365D)\"\nmax = \"P12M\"",
            "line 40: `max` is P12M, which the rule",
        ),
        ("title_sv = \"Köp\"\n", "", "line 43: `title_sv` is missing"),
        ("id = \"example\"", "id = \"Example AB\"", "line 3: `id`"),
        ("[[purpose]]", "[[purpose", "line 21: not TOML"),
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
            .contains("line 23: parts: `example.stats.marketing`"),
        "{errors}"
    );
}

fn diff_of(text: &str) -> Diff {
    diff(&parse(CLEAN), &parse(text))
}

#[test]
fn changes_are_classed_by_what_was_consented_to() {
    use ChangeClass::{Editorial, MaterialConsent, MaterialNotice};
    use Effect::{Narrows, Neutral, Widens};
    for (from, to, path, class, effect) in [
        (
            "title_sv = \"Köp\"",
            "title_sv = \"Inköp\"",
            "source.title_sv",
            Editorial,
            Neutral,
        ),
        (
            "purpose_sv = \"Leverera\"",
            "purpose_sv = \"Sälja\"",
            "source.purpose_sv",
            MaterialNotice,
            Neutral,
        ),
        (
            "data_categories_sv = \"Cookie\"",
            "data_categories_sv = [\"cookie\", \"IP-adress\"]",
            "source.data_categories_sv",
            MaterialConsent,
            Widens,
        ),
        (
            "recipients = [\"mailer\"]",
            "recipients = []",
            "recipients",
            MaterialNotice,
            Narrows,
        ),
        (
            "country = \"SE\"",
            "country = \"US\"",
            "recipients",
            MaterialConsent,
            Widens,
        ),
        (
            "recipients_sv = []",
            "recipients_sv = [\"annonsnätverk\"]",
            "recipients",
            MaterialConsent,
            Widens,
        ),
        (
            "after(contract.ended, P1Y)",
            "after(contract.ended, P2Y)",
            "analysis.retention",
            MaterialConsent,
            Widens,
        ),
        (
            "after(contract.ended, P1Y)",
            "after(contract.ended, P6M)",
            "analysis.retention",
            MaterialNotice,
            Narrows,
        ),
        (
            "after(contract.ended, P1Y)",
            "while(purpose.active)",
            "analysis.retention",
            MaterialConsent,
            Widens,
        ),
        (
            "legal_basis = [\"contract\"]",
            "legal_basis = [\"legal_obligation\"]",
            "analysis.legal_basis",
            MaterialConsent,
            Neutral,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"consent\"",
            "analysis.check_mode",
            MaterialConsent,
            Narrows,
        ),
        (
            "check_mode = \"consent\"",
            "check_mode = \"objection\"",
            "analysis.check_mode",
            MaterialConsent,
            Widens,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"yes\"\nrecipients",
            "analysis.special_category",
            MaterialConsent,
            Narrows,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nretired = true\nrecipients",
            "analysis.retired",
            MaterialNotice,
            Narrows,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nscope_type = \"vendor\"\nrecipients",
            "analysis.scope_type",
            MaterialConsent,
            Narrows,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nvalidity = \"P13M\"\nrecipients",
            "analysis.validity",
            MaterialConsent,
            Widens,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nvalidity = \"P6M\"\nrecipients",
            "analysis.validity",
            MaterialNotice,
            Narrows,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\ntargeted_advertising = true\nrecipients",
            "analysis.targeted_advertising",
            MaterialConsent,
            Neutral,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nassurance_min = \"server\"\nrecipients",
            "analysis.assurance_min",
            Editorial,
            Narrows,
        ),
        (
            "lifetime = \"P30D\"",
            "lifetime = \"P60D\"",
            "cookies",
            MaterialConsent,
            Widens,
        ),
        (
            "lifetime = \"P30D\"",
            "lifetime = \"P10D\"",
            "cookies",
            MaterialNotice,
            Narrows,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nvalidity = \"P12M\"\nrecipients",
            "other",
            Editorial,
            Neutral,
        ),
        (
            "special_category = \"no\"\nrecipients",
            "special_category = \"no\"\nnote = \"n\"\nrecipients",
            "other",
            Editorial,
            Neutral,
        ),
    ] {
        let found = diff_of(&with(from, to));
        assert_eq!(found.changed.len(), 1, "{to}");
        let change = &found.changed[0].changes[0];
        assert_eq!(
            (change.path, change.class, change.effect),
            (path, class, effect),
            "{to}"
        );
    }
}

#[test]
fn a_diff_names_what_came_and_went() {
    assert!(diff_of(CLEAN).is_empty());
    assert_eq!(diff_of(CLEAN).to_string(), "no difference\n");
    let renamed = diff_of(&with("id = \"example.sale\"", "id = \"example.order\""));
    assert_eq!(
        (renamed.added.as_slice(), renamed.removed.as_slice()),
        (
            [id("example.order")].as_slice(),
            [id("example.sale")].as_slice()
        )
    );
    assert_eq!(renamed.narrowed().len(), 1);
    assert_eq!(
        renamed.classes()[&id("example.order")],
        ChangeClass::MaterialNotice
    );

    // Another controller is another person to have said yes to, for every purpose.
    let sold = diff_of(&with(
        "controller = \"Example AB\"",
        "controller = \"Other AB\"",
    ));
    assert_eq!(sold.must_ask_again().len(), 2);
}

/// A parameter that is set shows as a longer or shorter period of the purposes that need it.
#[test]
fn a_parameter_is_part_of_the_rule() {
    let at = |value: &str| {
        let text = with(
            "[[recipient]]",
            &format!("[params]\nx = \"{value}\"\n[[recipient]]"),
        );
        parse(&text.replace(
            "after(contract.ended, P1Y)",
            "after(contract.ended, PARAM:x)",
        ))
    };
    let change = |old: &str, new: &str| {
        let found = diff(&at(old), &at(new));
        (found.changed[0].id.to_string(), found.changed[0].class())
    };
    assert_eq!(
        change("P90D", "P60D"),
        ("example.sale".to_owned(), ChangeClass::MaterialNotice)
    );
    assert_eq!(
        change("P60D", "P90D"),
        ("example.sale".to_owned(), ChangeClass::MaterialConsent)
    );
}

#[test]
fn a_diff_reads_as_text() {
    let text = with("after(contract.ended, P1Y)", "after(contract.ended, P2Y)")
        .replace("title_sv = \"Köp\"", "title_sv = \"Inköp\"");
    let expected = "\
~ example.sale  material_consent
    source.title_sv  editorial
      was  Köp
      now  Inköp
    analysis.retention  material_consent, widens
      was  after(contract.ended, P1Y)
      now  after(contract.ended, P2Y)
consents to be asked for again: 1 purpose
  example.sale
";
    assert_eq!(diff_of(&text).to_string(), expected);
}
