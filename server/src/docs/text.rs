//! The subset of Markdown in descriptions: paragraphs, lists, `code` and **bold**.

use maud::{Markup, html};

/// Renders paragraphs and lists.
pub(super) fn prose(text: &str) -> Markup {
    html! {
        @for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
            @if block.starts_with("- ") {
                ul { @for item in block.split("\n- ") { li { (inline(item.trim_start_matches("- "))) } } }
            } @else {
                p { (inline(block)) }
            }
        }
    }
}

/// Renders `code` and **bold** within a line. A link to Rust documentation keeps only its text.
pub(super) fn inline(text: &str) -> Markup {
    let text = text.replace("[`", "`").replace("`]", "`");
    html! {
        @for (i, part) in text.split('`').enumerate() {
            @if i % 2 == 1 {
                code { (without_paths(part)) }
            } @else {
                @for (j, part) in part.split("**").enumerate() {
                    @if j % 2 == 1 { b { (part) } } @else { (part) }
                }
            }
        }
    }
}

/// Removes Rust paths: only readers of the source understand `Self::ConsentRefused` and `crate::decide`.
fn without_paths(code: &str) -> &str {
    code.strip_prefix("Self::")
        .or_else(|| code.strip_prefix("crate::"))
        .unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_escaped_and_marked_up() {
        let text = "One `a<b>` and **two**.\n\n- first\n- second, of [`Self::Other`]";
        assert_eq!(
            prose(text).into_string(),
            "<p>One <code>a&lt;b&gt;</code> and <b>two</b>.</p>\
             <ul><li>first</li><li>second, of <code>Other</code></li></ul>"
        );
    }
}
