//! The page of a problem at a link's address. It names no service and no person, and does not say why a link is not valid.

use axum::response::Response;
use maud::html;
use samtycke_core::problem::{Problem, ProblemKind};

use super::page::{Title, document};
use super::words::{Problems, Trouble};
use crate::http::problem_page::Browser;
use crate::page::response_with_form;

/// The page of a problem, in Swedish or English.
pub fn render(problem: &Problem, browser: &Browser) -> Response {
    let language = samtycke_core::words::best(&browser.languages, &["sv", "en"]).unwrap_or("en");
    let words = Problems::of(language);
    let trouble = trouble(problem.kind, words);
    // `/l/{secret}`, or `/l/{secret}/withdrawal`.
    let segments = browser.path.split('/').skip(1);
    let (root, page) = match segments.collect::<Vec<_>>()[..] {
        [_, secret, _] => ("../..", format!("../{secret}")),
        _ => ("..", String::new()),
    };
    let again = format!("{page}?lang={language}");
    let body = html! {
        header { div {
            h1 { (trouble.title) }
            p.lead { (trouble.help) }
            @if trouble.may_try_again { p { a href=(again) { (words.again) } } }
        } }
    };
    let title = Title {
        text: words.window,
        language: None,
    };
    response_with_form(document(language, &title, root, &body))
}

fn trouble(kind: ProblemKind, words: &'static Problems) -> &'static Trouble {
    match (kind, kind.status()) {
        (ProblemKind::FieldInvalid, _) => &words.form,
        (_, 404) => &words.gone,
        (_, 429) => &words.too_many,
        (_, 408 | 503) => &words.busy,
        (_, 409 | 410 | 422) => &words.changed,
        (_, 500..) => &words.failed,
        _ => &words.form,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use http_body_util::BodyExt as _;

    use super::*;

    async fn page(path: &str, kind: ProblemKind) -> String {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let browser = Browser::of(&request, render).expect("a browser");
        let body = render(&Problem::new(kind), &browser).into_body();
        let bytes = body.collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// Protects a person who meets a problem: each has words of its own in both languages, and no code of the API.
    #[tokio::test]
    async fn every_problem_has_a_page_in_words() {
        for kind in ProblemKind::ALL {
            for language in ["sv", "en"] {
                let shown = page(&format!("/l/x?lang={language}"), *kind).await;
                assert!(
                    shown.contains(&format!("<html lang=\"{language}\"")),
                    "{shown}"
                );
                assert!(!shown.contains(kind.reason()), "{shown}");
            }
        }
    }

    /// Protects a withdrawal that was turned away: the page leads back to the link, below any path.
    #[tokio::test]
    async fn the_way_back_is_relative_to_the_address() {
        let shown = page("/l/x/withdrawal?lang=sv", ProblemKind::Overloaded).await;
        assert!(shown.contains("href=\"../x?lang=sv\""), "{shown}");
        assert!(shown.contains("href=\"../../assets/link."), "{shown}");
        let shown = page("/l/x?lang=sv", ProblemKind::Overloaded).await;
        assert!(shown.contains("href=\"?lang=sv\""), "{shown}");
        assert!(shown.contains("href=\"../assets/link."), "{shown}");
    }

    #[tokio::test]
    async fn a_link_that_is_not_valid_is_not_tried_again() {
        let shown = page("/l/x?lang=en", ProblemKind::LinkInvalid).await;
        assert!(!shown.contains("<a "), "{shown}");
    }
}
