//! Tests the class and the text of each change.

use super::*;
use crate::notice::ChangeClass;

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
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\ncontract_asserted = true",
            "analysis.contract_asserted",
            MaterialConsent,
            Widens,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\nguardian_below = 13",
            "analysis.guardian_below",
            MaterialNotice,
            Narrows,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\nguardian_verification_min = \"self_declared\"",
            "analysis.guardian_verification_min",
            MaterialConsent,
            Widens,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\nguardian_verification_min = \"eid\"",
            "analysis.guardian_verification_min",
            MaterialNotice,
            Narrows,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\nage_default = \"adult\"",
            "analysis.age_default",
            MaterialConsent,
            Widens,
        ),
        (
            "check_mode = \"contract\"",
            "check_mode = \"contract\"\nimbalance = true",
            "analysis.imbalance",
            MaterialNotice,
            Neutral,
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

/// A new service with its cookies adds a question. The answers about the others remain.
#[test]
fn a_new_service_asks_nothing_again() {
    let one = with(
        "recipients = [\"mailer\"]",
        "scope_type = \"vendor\"\nrecipients = [\"mailer\"]",
    );
    let row = "[[recipient]]\nid = \"rullen\"\nname = \"Rullen\"\nrole = \"processor\"\n\n";
    let cookie = "[[cookie]]\nname = \"r\"\npurpose = \"example.stats\"\nlifetime = \"P60D\"\nrecipient = \"rullen\"\n\n";
    let two = one.replace(
        "recipients = [\"mailer\"]",
        "recipients = [\"mailer\", \"rullen\"]",
    );
    let two = two.replacen("[[cookie]]", &format!("{row}{cookie}[[cookie]]"), 1);
    let class = |old: &str, new: &str| {
        let found = diff(&parse(old), &parse(new));
        (found.changed[0].class(), found.changed[0].narrows())
    };
    assert_eq!(class(&one, &two), (ChangeClass::MaterialNotice, false));
    assert_eq!(class(&two, &one), (ChangeClass::MaterialNotice, true));
    let abroad = two.replacen("country = \"SE\"", "country = \"US\"", 1);
    assert_eq!(
        class(&two, &abroad).0,
        ChangeClass::MaterialConsent,
        "the same service, on other terms"
    );
    let longer = two.replacen("P60D", "P90D", 1);
    assert_eq!(class(&two, &longer).0, ChangeClass::MaterialConsent);
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

    // A different controller needs consent again for every purpose.
    let sold = diff_of(&with(
        "controller = \"Example AB\"",
        "controller = \"Other AB\"",
    ));
    assert_eq!(sold.must_ask_again().len(), 2);
}

/// A changed parameter appears as a longer or shorter period of the purposes that use it.
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

/// E15: fewer guardians, or a lower age, permit what the answers did not cover.
#[test]
fn fewer_guardians_ask_again() {
    let keys = |below: u8, quorum: &str| {
        let keys = format!("guardian_below = {below}\nguardian_quorum = \"{quorum}\"\n");
        parse(&with(
            "check_mode = \"contract\"",
            &(keys + "check_mode = \"contract\""),
        ))
    };
    let class = |old: &Register, new: &Register| diff(old, new).changed[0].class();
    let strict = keys(15, "all");
    for looser in [keys(13, "all"), keys(15, "any")] {
        assert_eq!(class(&strict, &looser), ChangeClass::MaterialConsent);
        assert_eq!(class(&looser, &strict), ChangeClass::MaterialNotice);
    }
}

/// E16: the id of a purpose that was dropped cannot come back with another meaning.
#[test]
fn a_purpose_that_returns_is_held_against_the_last_that_had_it() {
    use ChangeClass::{MaterialConsent, MaterialNotice};
    let stats = id("example.stats");
    let first = parse(CLEAN);
    let at = CLEAN.find("[[cookie]]").unwrap();
    let sale = CLEAN.rfind("[[purpose]]").unwrap();
    let dropped = parse(&format!("{}{}", &CLEAN[..at], &CLEAN[sale..]));
    let wider = parse(&with(
        "data_categories_sv = \"Cookie\"",
        "data_categories_sv = \"Hälsa\"",
    ));
    let retired = parse(&with("consent_kind", "retired = true\nconsent_kind"));
    let class = |live: &Register, new: &Register, last: Option<&Register>| {
        diff(live, new).classes_with_returned(new, |_| last)[&stats]
    };
    assert_eq!(class(&dropped, &wider, Some(&first)), MaterialConsent);
    assert_eq!(class(&dropped, &first, Some(&first)), MaterialNotice);
    assert_eq!(class(&dropped, &first, None), MaterialNotice);
    assert_eq!(class(&dropped, &first, Some(&retired)), MaterialConsent);
    assert_eq!(class(&retired, &wider, None), MaterialConsent);
}

/// E19: what only narrows is covered by what was answered.
#[test]
fn narrowing_outgrows_no_question() {
    let outgrown = |from: &str, to: &str| diff_of(&with(from, to)).outgrown().count();
    assert_eq!(
        outgrown(
            "data_categories_sv = \"Cookie\"",
            "data_categories_sv = \"Hälsa\""
        ),
        1
    );
    let special = "special_category = \"no\"\nrecipients";
    assert_eq!(
        outgrown(special, "special_category = \"yes\"\nrecipients"),
        0
    );
    assert_eq!(
        outgrown("check_mode = \"contract\"", "check_mode = \"not_stated\""),
        0
    );
}
