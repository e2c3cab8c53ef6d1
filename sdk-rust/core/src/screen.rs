//! Text of unknown origin on somebody's terminal.
//!
//! A bundle, a web page or another server can put a line feed, an escape sequence or a bidirectional control into a
//! string, and so write a line of its own ("VALID: proof level 2"), move the cursor, or show text in another order than
//! it has (Unicode Technical Report 36). Such characters are shown as JSON writes them, `\n` and `\u202e`: a person
//! sees that they are there, and a JSON document in which they are replaced within its strings means the same.

use std::{borrow::Cow, fmt::Write as _};

/// A string from outside, for use within one line: no character of it ends the line, moves the cursor or changes the
/// order of the text.
pub fn escaped(text: &str) -> Cow<'_, str> {
    replaced(text, is_active)
}

/// A whole output of several lines, as a last net: line feeds and tabs stay, and so do colours (see [`COLOURS`]).
pub fn quiet(text: &str) -> Cow<'_, str> {
    let is_refused = |c| is_active(c) && !matches!(c, '\n' | '\t');
    if !text.contains(is_refused) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, after) = rest.split_at(at);
        out.push_str(&replaced(before, is_refused));
        let colour = COLOURS.iter().find(|colour| after.starts_with(**colour));
        let shown = colour.map_or(1, |colour| colour.len());
        match colour {
            Some(colour) => out.push_str(colour),
            None => out.push_str("\\u001b"),
        }
        rest = &after[shown..];
    }
    out.push_str(&replaced(rest, is_refused));
    Cow::Owned(out)
}

/// What the command line itself writes to colour a verdict on a terminal: bold green, bold red, and back. A string from
/// outside that has one of them where it is not [`escaped`] can colour text, and no more.
pub const COLOURS: [&str; 3] = ["\u{1b}[1;32m", "\u{1b}[1;31m", "\u{1b}[0m"];

fn replaced(text: &str, is_refused: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_refused) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_refused(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    Cow::Owned(out)
}

/// Whether a character does something to the text around it: controls, the line and paragraph separators,
/// the bidirectional controls (UAX 9), and characters without any shape in which a name can differ unseen.
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the auditor's screen: a string stays within its line and shows what is in it.
    #[test]
    fn a_string_keeps_to_its_line() {
        assert_eq!(
            escaped("adult\nVALID\r\u{1b}[2J\u{9b}1m\u{202e}b\u{2028}\u{7f}\u{e0041}å \u{200d}"),
            "adult\\nVALID\\r\\u001b[2J\\u009b1m\\u202eb\\u2028\\u007f\\udb40\\udc41å \u{200d}"
        );
        assert!(matches!(escaped("Blåbär AB, 100 %"), Cow::Borrowed(_)));
    }

    /// Protects commands that colour a word, and their lines and tables.
    #[test]
    fn an_output_keeps_its_lines_and_colours() {
        let own = "\u{1b}[1;32mALLOW\u{1b}[0m\n\ta\n";
        assert_eq!(quiet(own), own);
        assert_eq!(
            quiet("a\u{1b}[8mb\u{1b}]0;x\u{7}\r\n\u{1b}"),
            "a\\u001b[8mb\\u001b]0;x\\u0007\\r\n\\u001b"
        );
    }

    /// Protects `--json`: the same document, without active characters.
    #[test]
    fn json_means_the_same_afterwards() {
        let value = serde_json::json!({"a": "\u{202e}\u{9b}\u{e0041}\u{1b}\n"});
        let text = serde_json::to_string_pretty(&value).unwrap();
        let quieted = quiet(&text);
        assert_ne!(quieted, text);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&quieted).unwrap(),
            value
        );
    }
}
