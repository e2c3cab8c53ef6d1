//! No match over the kinds of event has an arm for the rest: a kind that is added must be decided on in each of them.

use crate::source::{code_of, enclosed, line_of, words_at};
use crate::tree::{File, files};
use std::path::Path;

const KINDS: &str = "EventBody::";

pub(super) fn findings(root: &Path) -> Vec<String> {
    files(root, "rs", &["server", "sdk-rust/src", "sdk-rust/core/src"])
        .iter()
        .filter(|file| !file.is_test())
        .flat_map(in_file)
        .collect()
}

fn in_file(file: &File) -> Vec<String> {
    let code = code_of(&file.text);
    let mut found = Vec::new();
    for at in words_at(&code, "match") {
        let Some(open) = code[at..].find(['{', ';']).map(|offset| at + offset) else {
            continue;
        };
        let Some((body, _)) = enclosed(&code, open) else {
            continue;
        };
        let arms = arms(body);
        if !arms.iter().any(|(_, pattern)| pattern.contains(KINDS)) {
            continue;
        }
        for (offset, pattern) in arms {
            if pattern == "_" || pattern.starts_with("_ if ") {
                let line = line_of(&code, open + 1 + offset);
                let text = file.text.lines().nth(line - 1).unwrap_or("").trim();
                found.push(format!("{}:{line}: {text}", file.path));
            }
        }
    }
    found
}

/// The patterns of a match, each with its place in the body.
fn arms(body: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    let mut in_pattern = true;
    for (at, c) in body.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                // The block of an arm ends it, with or without a comma.
                if c == '}' && depth == 0 && !in_pattern {
                    in_pattern = true;
                    start = at + 1;
                }
            }
            '=' if depth == 0 && in_pattern && body[at..].starts_with("=>") => {
                let pattern = &body[start..at];
                let trimmed = pattern.trim_start_matches([',', ' ', '\n', '\t']);
                let place = start + pattern.len() - trimmed.len();
                found.push((place, trimmed.trim_end()));
                in_pattern = false;
            }
            ',' if depth == 0 && !in_pattern => {
                in_pattern = true;
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        in_file(&File::new("a.rs", text))
    }

    #[test]
    fn an_arm_for_the_rest_of_the_kinds_is_found() {
        let text = "fn f(body: &EventBody) -> u8 {\n    match body {\n        EventBody::Erased(_) => 1,\n        _ => 2,\n    }\n}\n";
        assert_eq!(lines(text), ["a.rs:4: _ => 2,"]);
        let guarded = text.replace("_ => 2", "_ if true => 2");
        assert_eq!(lines(&guarded), ["a.rs:4: _ if true => 2,"]);
    }

    #[test]
    fn an_arm_on_the_line_of_another_is_found() {
        let text = "fn f() { match b { EventBody::A => { 1 } _ => 2 } }";
        assert_eq!(lines(text).len(), 1);
    }

    #[test]
    fn an_inner_match_over_something_else_is_left_alone() {
        let text = "match body {\n EventBody::A(x) => match x {\n  1 => 2,\n  _ => 3,\n },\n EventBody::B => 1,\n}";
        assert_eq!(lines(text), Vec::<String>::new());
    }

    #[test]
    fn an_outer_match_over_something_else_is_left_alone() {
        let text =
            "match x {\n 1 => match body { EventBody::A => 1, EventBody::B => 2 },\n _ => 3,\n}";
        assert_eq!(lines(text), Vec::<String>::new());
    }

    #[test]
    fn comments_are_no_arms() {
        let text = "match body {\n EventBody::A => 1,\n // _ => 2,\n}";
        assert_eq!(lines(text), Vec::<String>::new());
    }
}
