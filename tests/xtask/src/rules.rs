//! The rules of `tests/invariants.sh` that need more than a grep. Each prints a line for each finding.

mod circles;
mod examples;
mod names;
mod references;
mod sleeps;
mod wildcards;

use std::fmt::Write as _;
use std::path::Path;

type Rule = fn(&Path) -> Vec<String>;

const RULES: [(&str, Rule); 7] = [
    ("wildcard-over-kinds", wildcards::findings),
    ("without-example", examples::findings),
    ("long-sleeps", sleeps::findings),
    ("dead-references", references::findings),
    ("module-circles", circles::findings),
    ("long-test-names-rust", names::findings_rust),
    ("long-test-names-typescript", names::findings_typescript),
];

/// The names of the rules, for the usage line.
pub(crate) fn names() -> String {
    RULES.map(|(name, _)| name).join(", ")
}

/// The findings of every rule below its name.
pub(crate) fn all(root: &Path) -> String {
    let mut text = String::new();
    for (name, rule) in RULES {
        let findings = rule(root);
        writeln!(text, "{name}: {}", findings.len()).expect("a string takes what is written");
        for finding in findings {
            writeln!(text, "  {finding}").expect("a string takes what is written");
        }
    }
    text
}

/// The findings of one rule, a line each. An unknown name is an error.
pub(crate) fn one(root: &Path, wanted: &str) -> Result<String, String> {
    let (_, rule) = RULES
        .iter()
        .find(|(name, _)| *name == wanted)
        .ok_or_else(|| format!("unknown rule {wanted}; rules: {}", names()))?;
    Ok(rule(root)
        .into_iter()
        .map(|finding| finding + "\n")
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_rule_is_an_error() {
        assert!(one(Path::new("."), "no-such-rule").is_err());
    }
}
