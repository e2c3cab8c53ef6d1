//! Quotes texts for commands that a reader copies into a shell.

use std::path::Path;

/// Quotes a text as one shell word: unquoted if it has no special characters, otherwise in single quotes.
pub(super) fn shell(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

pub(super) fn shell_path(path: &Path) -> String {
    shell(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_quote_stays_one_word() {
        assert_eq!(shell("/usr/bin/samtycke"), "/usr/bin/samtycke");
        assert_eq!(shell("a b"), "'a b'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
