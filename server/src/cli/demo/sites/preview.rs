//! `/preview`: every state of the banner in every language and theme, each in a frame of its own that measures itself.

use maud::{DOCTYPE, html};
use samtycke_core::words;

const STATES: [(&str, &str); 4] = [
    ("prompt", "First layer"),
    ("settings", "Second layer"),
    ("placeholder", "In place of an embed"),
    ("control", "The control that stays"),
];
const THEMES: [&str; 2] = ["light", "dark"];

/// The page. `language` is a tag, or `all`.
pub(super) fn page(language: &str, nonce: &str) -> String {
    let shown: Vec<&str> = words::tags()
        .filter(|tag| language == "all" || *tag == language)
        .collect();
    html! {
        (DOCTYPE)
        html lang="en" data-site="supplier" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "samtycke – preview" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/demo/site.css";
                script type="module" src="/demo/preview.js" nonce=(nonce) {}
            }
            body.preview {
                header { div {
                    a.brand href="/" { "samtycke" }
                    nav aria-label="Languages" {
                        @for tag in words::tags() {
                            a href={ "/preview?language=" (tag) } hreflang=(tag) aria-current=[(tag == language).then_some("page")] { (tag) }
                        }
                        a href="/preview?language=all" aria-current=[(language == "all").then_some("page")] { "all" }
                    }
                } }
                main id="main" {
                    section {
                        h1 { "Preview" }
                        p { "The banner of the demo's Loomer, drawn by its own code. Each frame measures itself; press what you like, it is recorded nowhere." }
                        p id="sum" role="status" { "Measuring ..." }
                    }
                    @for tag in shown {
                        section aria-labelledby={ "l-" (tag) } {
                            h2 id={ "l-" (tag) } { (words::language(tag).map_or(tag, |words| words.name.as_str())) }
                            div.frames {
                                @for (state, title) in STATES { @for theme in THEMES {
                                    @let query = format!("?state={state}&language={tag}&theme={theme}");
                                    figure data-query=(query) {
                                        iframe src={ "/preview/frame" (query) } loading="lazy" title={ (title) ", " (tag) ", " (theme) }
                                            width="400" height="520" {}
                                        figcaption { (title) ", " (theme) }
                                        details { summary { "..." } ul {} }
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

/// One frame of it.
pub(super) fn frame(key: &str, query: &[(String, String)], nonce: &str) -> String {
    let value = |name: &str, fallback: &'static str| {
        let found = query.iter().find(|(given, _)| given == name);
        found.map_or(fallback, |(_, value)| value.as_str())
    };
    let theme = value("theme", "light");
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(theme) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "preview" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/demo/frame.css";
                script type="module" src="/sdk/preview.js" nonce=(nonce) data-key=(key) data-state=(value("state", "prompt"))
                    data-language=(value("language", "sv")) data-theme=(theme) {}
            }
            body { main {
                p { "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore." }
            } }
        }
    }
    .into_string()
}

/// What both may do. The page holds frames of its own origin; a frame may be held by it.
pub(super) fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src data:; connect-src 'self'; \
         frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
