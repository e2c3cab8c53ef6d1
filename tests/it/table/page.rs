//! docs/decisions.md against the tests: every row of its table has a test with its name, which expects each reason that
//! the row names, and every numbered rule is cited by a test.

use std::path::Path;

const PAGE: &str = include_str!("../../../docs/decisions.md");
const TESTS: [&str; 8] = [
    include_str!("consent.rs"),
    include_str!("contract.rs"),
    include_str!("gates.rs"),
    include_str!("grant.rs"),
    include_str!("guardian.rs"),
    include_str!("interest.rs"),
    include_str!("register.rs"),
    include_str!("subject.rs"),
];
/// Rows of which no event that a route records is the cause. The cases of `samtycke-core` test them:
/// `sdk-rust/core/src/decide/tests/cases`.
const WITHOUT_A_ROUTE: [&str; 1] = ["6"];

/// The rows of the table with what they answer: `21-23` is three.
fn rows() -> Vec<(Vec<String>, &'static str)> {
    let table = PAGE
        .split("| # | condition | verdict |")
        .nth(1)
        .expect("the table");
    let lines = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    lines
        .map(|line| {
            let mut cells = line.split('|').skip(1).map(str::trim);
            let number = cells.next().expect("a number");
            (numbers(number), cells.nth(1).expect("a verdict"))
        })
        .collect()
}

fn numbers(cell: &str) -> Vec<String> {
    match cell.split_once('-') {
        None => vec![cell.to_owned()],
        Some((from, to)) => {
            let bound = |text: &str| text.parse::<u8>().expect("a number");
            (bound(from)..=bound(to)).map(|n| n.to_string()).collect()
        }
    }
}

/// The reasons in a row's verdict; a prefix or another table's name is none.
fn reasons(verdict: &str) -> Vec<&str> {
    let words = verdict.split('`').skip(1).step_by(2);
    words
        .filter(|word| {
            !word.ends_with('_')
                && word
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || "_9".contains(c))
        })
        .collect()
}

/// The text of the tests that are named after a row.
fn tests_of(row: &str) -> String {
    let named = format!("row_{row}_");
    let tests = TESTS
        .iter()
        .flat_map(|text| text.split("    async fn ").skip(1));
    let of_row = |test: &&str| {
        let name = test.split('(').next().unwrap_or_default();
        name.starts_with(&named) || name.contains(&format!("_{named}"))
    };
    tests.filter(of_row).collect()
}

#[test]
fn every_row_is_tested() {
    let table = rows();
    assert_eq!(table.iter().flat_map(|(numbers, _)| numbers).count(), 34);
    let mut missing = Vec::new();
    for (numbers, verdict) in &table {
        let tested: Vec<String> = numbers.iter().map(|row| tests_of(row)).collect();
        for (row, text) in numbers.iter().zip(&tested) {
            if text.is_empty() != WITHOUT_A_ROUTE.contains(&row.as_str()) {
                missing.push(format!("row {row}"));
            }
        }
        let expected = |reason: &str| {
            let ends = format!(" {reason}\"");
            tested.iter().any(|text| text.contains(&ends))
        };
        let without = WITHOUT_A_ROUTE.contains(&numbers[0].as_str());
        let lacks = reasons(verdict)
            .into_iter()
            .filter(|reason| !without && !expected(reason));
        missing.extend(lacks.map(|reason| format!("{reason} of row {}", numbers.join("-"))));
    }
    assert!(
        missing.is_empty(),
        "docs/decisions.md 4 has no test of: {missing:?}"
    );
}

/// The text of every test of the decisions: the files here, and those of `samtycke-core` below a `tests`.
fn all_tests(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all_tests(&path, into);
            continue;
        }
        let name = path.to_string_lossy().replace('\\', "/");
        let of_core = name.contains("/core/src/");
        let tests = !of_core || name.contains("/tests/") || name.ends_with("/tests.rs");
        if tests && path.extension().is_some_and(|end| end == "rs") {
            into.push_str(&std::fs::read_to_string(&path).expect("a text"));
        }
    }
}

/// Whether a text names a rule, and not one whose name only begins alike.
fn cites(text: &str, rule: &str) -> bool {
    let mut after = text
        .match_indices(rule)
        .map(|(at, _)| &text[at + rule.len()..]);
    after.any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

#[test]
fn every_rule_is_cited_by_a_test() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    for folder in ["it", "src", "../sdk-rust/core/src"] {
        all_tests(&here.join(folder), &mut tests);
    }
    let rules = (0..=24).map(|n| format!("E{n}"));
    let parts = ('a'..='f').map(|part| format!("E8{part}"));
    for rule in rules.clone() {
        assert!(
            PAGE.contains(&format!("\n{rule}. ")),
            "docs/decisions.md has no rule {rule}"
        );
    }
    for part in parts.clone() {
        assert!(
            PAGE.contains(&format!("\n- **{part}** ")),
            "docs/decisions.md has no part {part}"
        );
    }
    let untested: Vec<String> = rules
        .chain(parts)
        .filter(|rule| !cites(&tests, rule))
        .collect();
    assert!(untested.is_empty(), "no test cites {untested:?}");
}
