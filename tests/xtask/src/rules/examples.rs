//! Every public item of the Rust client has an example, or says where one is.
//!
//! A doc comment holds an example where there is a code block in it, or the word "example:". Fields and variants are
//! shown by the example of what they belong to.

use crate::tree::{File, files};
use std::path::Path;

const ITEMS: [&str; 8] = [
    "fn ", "struct ", "enum ", "trait ", "type ", "const ", "static ", "union ",
];

pub(super) fn findings(root: &Path) -> Vec<String> {
    files(root, "rs", &["sdk-rust/src"])
        .iter()
        .filter(|file| !file.path.ends_with("tests.rs") && !file.path.ends_with("test.rs"))
        .flat_map(in_file)
        .collect()
}

fn in_file(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let mut shown = false;
    let mut sealed = false;
    for (number, line) in file.lines() {
        let trimmed = line.trim_start_matches(' ');
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        sealed = (sealed || line.starts_with("mod sealed")) && !line.starts_with('}');
        if sealed {
            continue;
        }
        if let Some(comment) = trimmed.strip_prefix("///") {
            shown |= ["```", "xample:"].iter().any(|word| comment.contains(word));
            continue;
        }
        if trimmed.starts_with("#[") || trimmed.starts_with(")]") {
            continue;
        }
        if is_public_item(trimmed) && !line.contains("$name") && !shown {
            found.push(format!("{}:{number}: {line}", file.path));
        }
        // Attributes and comments stand between a doc comment and its item.
        let between = ["reason =", "clippy::", "//"];
        if !between.iter().any(|start| trimmed.starts_with(start)) {
            shown = false;
        }
    }
    found
}

fn is_public_item(line: &str) -> bool {
    let Some(mut rest) = line.strip_prefix("pub ") else {
        return false;
    };
    loop {
        if ITEMS.iter().any(|item| rest.starts_with(item)) {
            return true;
        }
        let Some(after) = ["async ", "const ", "unsafe "]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
        else {
            return false;
        };
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        in_file(&File::new("a.rs", text))
    }

    #[test]
    fn a_public_item_without_an_example_is_found() {
        assert_eq!(
            lines("/// Adds.\n#[must_use]\npub async fn add() {}\n"),
            ["a.rs:3: pub async fn add() {}"]
        );
        assert_eq!(lines("    pub struct A;").len(), 1);
    }

    #[test]
    fn an_example_or_the_place_of_one_is_enough() {
        assert!(lines("/// ```\n/// add();\n/// ```\n#[must_use]\npub fn add() {}\n").is_empty());
        assert!(lines("/// Example: [`Client`].\npub struct A;\n").is_empty());
    }

    #[test]
    fn an_example_counts_for_one_item() {
        let text = "/// Example: [`Client`].\npub struct A;\npub struct B;\n";
        assert_eq!(lines(text), ["a.rs:3: pub struct B;"]);
    }

    #[test]
    fn private_sealed_and_test_items_need_none() {
        let text = "pub(crate) fn a() {}\nmod sealed {\n    pub trait B {}\n}\n#[cfg(test)]\npub fn c() {}\n";
        assert!(lines(text).is_empty());
    }
}
