//! Tests the generated Rust source of a register. `samtycke-tests` compiles all five, with clippy's `pedantic` denied.

use std::path::PathBuf;

use super::*;
use crate::register::rust::{NameError, Names, Untyped, source};

const NONE: Names = Names::new();

fn names(list: &[(&str, &str)]) -> Names {
    let list = list.iter();
    list.map(|(id, name)| ((*id).to_owned(), (*name).to_owned()))
        .collect()
}

/// A register of purposes that rest on consent, each with a few extra lines.
fn register(purposes: &[(&str, &str)]) -> Register {
    let mut text = "format = \"samtycke.register/1\"\n[register]\nid = \"example\"\ncontroller = \"Example AB\"\n\
        source_kind = \"art30_table\"\nlanguage = \"sv\"\n"
        .to_owned();
    for (id, lines) in purposes {
        let (own, analysis) = lines.split_once('|').unwrap_or(("", lines));
        let purpose = format!(
            "[[purpose]]\nid = \"{id}\"\n{own}\n[purpose.source]\ntitle_sv = \"En sak\"\n[purpose.analysis]\n\
             title_en = \"A thing\"\n{analysis}\n"
        );
        text += &purpose;
        if !analysis.contains("check_mode") {
            text += "check_mode = \"consent\"\n";
        }
        if !analysis.contains("special_category") {
            text += "special_category = \"no\"\n";
        }
    }
    parse(&text)
}

fn errors(register: &Register, names: &Names) -> Vec<NameError> {
    source(register, names).expect_err("names that cannot be").0
}

/// The exact source of one register. `SAMTYCKE_BLESS=1` rewrites it. Review the difference.
#[test]
fn the_source_of_a_register() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/purposes-ommej.rs");
    let made = source(&parse(OMMEJ), &NONE).unwrap();
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert_eq!(made, golden, "{}", path.display());
}

/// Each purpose that can ever be allowed has a type with the facts that a check uses. The others have none.
#[test]
fn every_register_purpose_has_a_type_or_a_reason_for_none() {
    for (name, text) in ALL {
        let register = parse(text);
        let made = source(&register, &NONE).unwrap();
        assert_eq!(made, source(&register, &NONE).unwrap(), "{name}");
        for purpose in &register.purposes {
            let id = format!("const ID: &'static str = \"{}\";", purpose.id);
            let typed = made.contains(&id) || made.contains(&id.replace(" = ", " =\n        "));
            let listed = made.contains(&format!("//   {}: ", purpose.id));
            let untyped = purpose.check_mode == CheckMode::Processor || !purpose.parts.is_empty();
            assert_eq!((typed, listed), (!untyped, untyped), "{}", purpose.id);
        }
        let count = |what: &str| made.matches(what).count();
        assert_eq!(count("pub enum "), count("register::Fact::of::<"), "{name}");
        assert!(made.contains(&format!("hash: \"{}\"", register.hash())));
        assert!(made.lines().all(|line| line.trim_end() == line), "{name}");
    }
}

#[test]
fn explicit_scope_and_single_use_follow_the_register() {
    let made = source(
        &register(&[
            ("example.plain", ""),
            ("example.health", "special_category = \"possible\""),
            (
                "example.both",
                "special_category = \"yes\"\nart9_ground = \"9(2)(h)\"",
            ),
            (
                "example.terminal",
                "special_category = \"yes\"\ncheck_mode = \"terminal_consent+objection\"",
            ),
            (
                "example.forward",
                "consent_kind = \"forward_contact_details\"",
            ),
            ("example.site", "scope_type = \"site\""),
        ]),
        &NONE,
    )
    .unwrap();
    let of = |name: &str| {
        let from = made.find(&format!("for {name} {{")).expect("its type");
        let rest = &made[from..];
        rest[..rest.find("\n}").expect("an end")].to_owned()
    };
    for (name, explicit, scope, uses) in [
        ("Plain", false, "Unscoped", "Many"),
        ("Health", true, "Unscoped", "Many"),
        ("Both", true, "Unscoped", "Many"),
        ("Terminal", false, "Unscoped", "Many"),
        ("Forward", false, "Recipient", "Once"),
        ("Site", false, "Site", "Many"),
    ] {
        let item = of(name);
        for part in [
            format!("EXPLICIT_CONSENT: bool = {explicit};"),
            format!("type Scope = purpose::{scope};"),
            format!("type Uses = purpose::{uses};"),
        ] {
            assert!(item.contains(&part), "{part} in {item}");
        }
    }
}

#[test]
fn a_purpose_that_is_never_permitted_has_no_type() {
    let register = register(&[
        ("example.old", "retired = true"),
        ("example.row", "parts = [\"a\"]|"),
        ("example.row.a", ""),
        ("example.theirs", "check_mode = \"processor\""),
        ("example.later", "check_mode = \"not_stated\""),
    ]);
    let made = source(&register, &NONE).unwrap();
    let head = "// The purposes of Example AB, from its register `example`. Made by samtycke: change the register, not this.\n\
        //\n// Every check of these denies, so they have no type:\n\
        //   example.old: retired\n\
        //   example.row: split into example.row.a\n\
        //   example.theirs: another controller's register answers\n\n";
    assert!(made.starts_with(head), "{made}");
    let types: Vec<&str> = made
        .lines()
        .filter_map(|line| line.strip_prefix("pub enum "))
        .collect();
    assert_eq!(types, ["RowA {}", "Later {}"]);
    assert!(made.contains("Every check denies until the register is complete"));
    let named = [
        ("example.old", "Old"),
        ("example.row", "Row"),
        ("example.theirs", "Theirs"),
    ];
    let why: Vec<Untyped> = errors(&register, &names(&named))
        .into_iter()
        .map(|error| match error {
            NameError::Untyped { why, .. } => why,
            other => panic!("{other}"),
        })
        .collect();
    let split = Untyped::Split(vec![id("example.row.a")]);
    assert_eq!(why, [Untyped::Retired, split, Untyped::Processor]);
}

/// No purpose gets the type of another purpose.
#[test]
fn names_that_cannot_be_are_said_together_and_can_be_changed() {
    let register = register(&[
        ("example.a-b", ""),
        ("example.a.b", ""),
        ("example.2fa", ""),
        ("example.self", ""),
        ("example.-", ""),
        ("alone", ""),
    ]);
    let all = source(&register, &names(&[("example.slef", "Me")])).unwrap_err();
    let said = all.to_string();
    for line in [
        "`example.slef` cannot be the type `Me`: it is no purpose of this register (did you mean `example.self`?)",
        "`example.a-b` and `example.a.b` would both be the type `AB`: give one of them another name",
        "`example.2fa` would be the type `2fa`, which is no name of one (a capital letter, then letters and digits): give it another name",
        "`example.self` would be the type `Self`, which is no name",
        "`example.-` would be the type ``, which is no name",
    ] {
        assert!(said.contains(line), "{line}\nin\n{said}");
    }
    assert_eq!(said.lines().count(), 5, "{said}");

    let better = [
        ("example.a.b", "Ab"),
        ("example.2fa", "SecondFactor"),
        ("example.self", "Oneself"),
        ("example.-", "Dash"),
    ];
    let made = source(&register, &names(&better)).unwrap();
    for name in ["AB", "Ab", "SecondFactor", "Oneself", "Dash", "Alone"] {
        assert!(made.contains(&format!("pub enum {name} {{}}")), "{name}");
    }
    for bad in [
        "lower",
        "With_Line",
        "With-Dash",
        "Å",
        "",
        "Self",
        "A b",
        "A{}",
    ] {
        let mut chosen = names(&better);
        chosen.insert("alone".to_owned(), bad.to_owned());
        let found = errors(&register, &chosen);
        assert!(
            matches!(&found[..], [NameError::Shape { name, .. }] if name == bad),
            "{bad}"
        );
    }
    let mut same = names(&better);
    same.insert("alone".to_owned(), "Dash".to_owned());
    assert!(matches!(
        &errors(&register, &same)[..],
        [NameError::Taken { .. }]
    ));
}

/// No text of a register can end its comment, so a register cannot inject code.
#[test]
fn a_text_stays_in_its_comment() {
    let mut register = register(&[("example.a", "")]);
    register.controller = "A\n}\u{202e} fn b() {}".to_owned();
    register.purposes[0].title_sv =
        "En\nrad, kund_id [x] <b> KundID https://example.com `c` *d* 1. e - f # g".to_owned();
    let made = source(&register, &NONE).unwrap();
    let code = |line: &&str| !line.starts_with("//");
    let before = source(&super::rust::register(&[("example.a", "")]), &NONE).unwrap();
    let all = |text: &str| {
        text.lines()
            .filter(code)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&made), all(&before));
    assert!(!made.contains('\u{202e}'));
    let words = made.replace("\n/// ", " ");
    let title = "\"En rad, `kund_id` `[x]` `<b>` `KundID` `https://example.com` `'c'` `*d*` 1. e - f `#` g\" (A thing).";
    assert!(words.contains(title), "{made}");
    assert!(
        made.lines().skip(1).all(|line| line.chars().count() <= 100),
        "{made}"
    );
}
