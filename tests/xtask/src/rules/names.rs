//! No test has a name of 60 characters or more: situation, action, result, in the field's words.

use crate::source::{code_of, enclosed, identifier, line_of, words_at};
use crate::tree::{File, files};
use std::path::Path;

const NAME_CHARS_MAX: usize = 59;

pub(super) fn findings_rust(root: &Path) -> Vec<String> {
    files(root, "rs", &["server", "sdk-rust", "tests"])
        .iter()
        .flat_map(in_rust)
        .collect()
}

pub(super) fn findings_typescript(root: &Path) -> Vec<String> {
    files(root, "ts", &["sdk-js/src", "sdk-js/test"])
        .iter()
        .flat_map(in_typescript)
        .collect()
}

fn in_rust(file: &File) -> Vec<String> {
    let code = code_of(&file.text);
    words_at(&code, "fn")
        .filter_map(|at| Some((at, identifier(&code[at + 2..])?)))
        .filter(|(_, name)| name.chars().count() > NAME_CHARS_MAX)
        .filter(|(at, _)| is_test(&code, *at))
        .map(|(at, name)| finding(file, line_of(&code, at), name))
        .collect()
}

/// Whether the function is under an attribute `test`, or in a macro that makes tests of functions, such as `both!`.
fn is_test(code: &str, at: usize) -> bool {
    let before = &code[..at];
    let item = before.rfind(['}', ';', '{']).map_or(0, |end| end + 1);
    let attributes = &before[item..];
    attributes.contains("test]")
        || attributes.contains("test(")
        || ["both!", "proptest!"].iter().any(|name| {
            code.match_indices(name).any(|(start, _)| {
                code[start..]
                    .find(['{', '('])
                    .and_then(|open| enclosed(code, start + open))
                    .is_some_and(|(_, end)| start < at && at < end)
            })
        })
}

fn in_typescript(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    for call in ["test", "it"] {
        for at in words_at(&file.text, call) {
            let Some(name) = first_string(&file.text[at + call.len()..]) else {
                continue;
            };
            if name.chars().count() > NAME_CHARS_MAX {
                found.push(finding(file, line_of(&file.text, at), name));
            }
        }
    }
    found
}

/// The first argument of a call that begins here, `.each(..)` and the like skipped, where it is a string.
fn first_string(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        if let Some(method) = rest.strip_prefix('.') {
            rest = &method[identifier(method)?.len()..];
        } else if rest.starts_with('(') {
            let argument = rest[1..].trim_start();
            let quote = argument.chars().next()?;
            if matches!(quote, '\'' | '"' | '`') {
                let name = &argument[1..];
                return Some(&name[..name.find(quote)?]);
            }
            let (_, end) = enclosed(rest, 0)?;
            rest = &rest[end + 1..];
        } else {
            return None;
        }
    }
}

fn finding(file: &File, line: usize, name: &str) -> String {
    format!(
        "{}:{line}: {} characters: {name}",
        file.path,
        name.chars().count()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> Vec<String> {
        in_rust(&File::new("a.rs", text))
    }

    fn typescript(text: &str) -> Vec<String> {
        in_typescript(&File::new("a.ts", text))
    }

    #[test]
    fn a_long_name_below_an_attribute_is_found() {
        let name = "a".repeat(60);
        for attribute in [
            "#[test]",
            "#[tokio::test]",
            "#[tokio::test(start_paused = true)]",
        ] {
            let text = format!("fn b() {{}}\n\n{attribute}\nasync fn {name}() {{}}\n");
            assert_eq!(rust(&text), [format!("a.rs:4: 60 characters: {name}")]);
        }
    }

    #[test]
    fn a_long_name_in_a_macro_is_found() {
        let name = "a".repeat(60);
        assert_eq!(
            rust(&format!(
                "both! {{\n    async fn {name}(world: World) {{}}\n}}"
            ))
            .len(),
            1
        );
    }

    #[test]
    fn short_names_and_other_functions_are_not() {
        let long = "a".repeat(60);
        assert!(
            rust(&format!(
                "#[test]\nfn {}() {{}}\nfn {long}() {{}}",
                &long[1..]
            ))
            .is_empty()
        );
    }

    #[test]
    fn a_long_name_in_typescript_is_found() {
        let name = "å".repeat(60);
        for call in [
            format!("test('{name}', () => {{}})"),
            format!("it(\n  \"{name}\",\n  done)"),
            format!("test.each([['x', 1]])('{name}', () => {{}})"),
        ] {
            assert_eq!(typescript(&call).len(), 1, "{call}");
        }
    }

    #[test]
    fn short_names_in_typescript_are_not() {
        assert!(typescript("test('short', () => {})\nsubmit('x')\nconst it = 1").is_empty());
    }
}
