//! A minimal sample for each finding, and the findings of the five registers.

use std::path::PathBuf;

use super::*;

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

/// The sample with `count` services in its first purpose.
fn with_services(count: usize) -> String {
    let ids: Vec<String> = (0..count).map(|n| format!("service-{n}")).collect();
    let rows = ids.iter().map(|id| {
        format!("[[recipient]]\nid = \"{id}\"\nname = \"{id}\"\nrole = \"processor\"\n\n")
    });
    let list = format!("scope_type = \"vendor\"\nrecipients = {ids:?}");
    with("recipients = [\"mailer\"]", &list).replacen(
        "[[cookie]]",
        &(rows.collect::<String>() + "[[cookie]]"),
        1,
    )
}

#[test]
fn services_are_recipients_of_a_purpose_asked_per_recipient() {
    let register = parse(&with_services(30));
    let purpose = register.purpose(&id("example.stats")).unwrap();
    assert_eq!((purpose.vendors.len(), purpose.incomplete.len()), (30, 0));
    assert_eq!(purpose.vendors[1].as_str(), "service-1");
    assert_eq!(
        parse(CLEAN).purpose(&id("example.stats")).unwrap().vendors,
        []
    );
}

#[test]
fn each_error_makes_the_purpose_incomplete() {
    for (text, purpose, code) in [
        (
            with(
                "consent_kind = \"cookie\"",
                "consent_kind = \"cookie\"\nstrictly_necessary = true",
            ),
            "example.stats",
            "necessary_consent",
        ),
        (
            with(
                "check_mode = \"contract\"",
                "check_mode = \"processor\"\ncontroller_pointer = \"the customer\"\nterminal_access = true",
            ),
            "example.sale",
            "terminal_unanswerable",
        ),
        (
            with(
                "check_mode = \"contract\"\nspecial_category = \"no\"",
                "check_mode = \"contract\"\nspecial_category = \"yes\"\nart9_ground = \"depends_on\"\ndepends_on = [\"example.stats\"]",
            ),
            "example.sale",
            "art9_ground_depends_on",
        ),
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
            with("recipients = [\"mailer\"]", "scope_type = \"vendor\""),
            "example.stats",
            "vendor_missing",
        ),
        (
            with(
                "recipients = [\"mailer\"]",
                "scope_type = \"vendor\"\nrecipients = [\"Mailer!\"]",
            )
            .replacen("id = \"mailer\"", "id = \"Mailer!\"", 1),
            "example.stats",
            "vendor_missing",
        ),
        (with_services(60), "example.stats", "vendors_too_many"),
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

/// A register without a policy, a contact or a data protection officer's contact gets a finding for each, also if the
/// value is blank (GDPR Art. 13). A register that asks for nothing gets none.
#[test]
fn a_register_that_asks_needs_its_contacts() {
    let lines = [
        (
            "contact = \"Example AB, Box 1, 111 11 Stockholm\"\n",
            "contact_missing",
        ),
        ("dpo_contact = \"dpo@example.com\"\n", "dpo_contact_missing"),
        (
            "policy_url = \"https://example.com/privacy\"\n",
            "policy_url_missing",
        ),
    ];
    for (line, code) in lines {
        assert_eq!(codes(&with(line, "")), [code]);
    }
    let none = lines.iter().fold(CLEAN.to_owned(), |text, (line, _)| {
        text.replacen(line, "", 1)
    });
    assert_eq!(
        codes(&none),
        [
            "policy_url_missing",
            "contact_missing",
            "dpo_contact_missing"
        ]
    );
    let quiet = none
        .replace("check_mode = \"consent\"", "check_mode = \"contract\"")
        .replace("consent_kind = \"cookie\"\n", "");
    let found = codes(&quiet);
    assert!(
        !found.iter().any(|code| code.ends_with("_missing")),
        "{found:?}"
    );
}

#[test]
fn each_warning_has_a_sample() {
    let sale = "rule = \"after(contract.ended, P1Y)\"";
    for (text, code) in [
        (
            with(
                "retention_sv = \"Avtalstiden och en tid därefter\"",
                "retention_sv = \"Högst två (2) år\"",
            ),
            "length_missing",
        ),
        (
            with(
                "consent_kind = \"cookie\"",
                "consent_kind = \"forward_contact_details\"\nscope_type = \"none\"",
            ),
            "scope_missing",
        ),
        (
            with("check_mode = \"contract\"", "check_mode = \"processor\""),
            "controller_unnamed",
        ),
        (
            with(
                "special_category = \"no\"\nrecipients",
                "special_category = \"yes\"\nage_rule = \"iss\"\nrecipients",
            ),
            "dpia_missing",
        ),
        (
            with(
                "check_mode = \"contract\"",
                "check_mode = \"contract\"\nassumption = \"the buyer is the person\"",
            ),
            "assumption",
        ),
        (
            with(
                "check_mode = \"contract\"",
                "check_mode = \"contract\"\nage_default = \"adult\"",
            ),
            "age_default_assumed",
        ),
        (
            with(
                "check_mode = \"contract\"",
                "check_mode = \"contract\"\nimbalance = true",
            ),
            "imbalance",
        ),
        (
            with(
                "consent_kind = \"cookie\"",
                "consent_kind = \"photo_film_audio\"",
            )
            .replacen(
                "data_subjects_sv = \"Besökare\"",
                "data_subjects_sv = \"Anställda\"",
                1,
            ),
            "imbalance",
        ),
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
            "special_category = \"no\"\nrecipients",
            "special_category = \"yes\"\nage_rule = \"iss\"\ndpia = \"DPIA 1\"\nrecipients",
        ),
        with("retention_sv = \"Avtalstiden och en tid därefter\"", "retention_sv = \"Avtalstiden + ett (1) år\""),
        with(
            "check_mode = \"contract\"",
            "check_mode = \"processor\"\ncontroller_pointer = \"the customer\"",
        ),
        with(
            "special_category = \"no\"\nrecipients",
            "special_category = \"yes\"\nrecipients",
        )
        .replace(
            "check_mode = \"contract\"\nspecial_category = \"no\"",
            "check_mode = \"contract\"\nspecial_category = \"yes\"\nart9_ground = \"depends_on\"\ndepends_on = [\"example.stats\"]",
        ),
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

/// The exact findings of the five registers. `SAMTYCKE_BLESS=1` rewrites them. Review the difference.
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

/// A policy's promises are quoted, so that an old name in them is found.
#[test]
fn old_names_are_found_in_quoted_promises() {
    let promise = "[[behaviour]]\nid = \"complaint\"\nmeans_en = \"complaints\"\nwords_sv = [\"Datainspektionen\", \"personuppgiftslagen\"]\n";
    let found = codes(&format!("{CLEAN}\n{promise}"));
    assert_eq!(found, ["outdated_name", "outdated_name"]);
}
