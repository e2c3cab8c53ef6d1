//! `/preview`: every state of the banner in every language, theme and width, with the measurements of its checks. The
//! page's own code draws it. The page is an empty frame; `/sdk/preview.js` fills it.

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, html};

/// The demo's controllers with published notices: tenant, name, and the site's key.
pub(super) type Shown = Vec<(String, &'static str, String)>;

const STYLE: &str = include_str!("preview.css");
const STAGE_STYLE: &str = include_str!("stage.css");
/// The stage's policy: the strictest in which the banner must work, plus one style sheet for the scenery.
const STAGE_POLICY: &str = "default-src 'none'; script-src 'nonce-NONCE'; style-src 'self'; connect-src 'self'; \
                            base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
                            require-trusted-types-for 'script'; trusted-types 'none'";
const PAGE_POLICY: &str = "default-src 'none'; script-src 'nonce-NONCE'; style-src 'self'; connect-src 'self'; \
                           frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                           require-trusted-types-for 'script'; trusted-types 'none'";

/// The response to this address, if it is one of the preview's.
pub(super) fn answer(uri: &Uri, shown: &Shown, nonce: &str) -> Option<Response> {
    let is_english = uri
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair == "lang=en"));
    match uri.path() {
        "/preview" => Some(document(
            PAGE_POLICY,
            nonce,
            &page(shown, is_english, nonce),
        )),
        "/preview/stage" => Some(document(STAGE_POLICY, nonce, &stage(nonce))),
        "/demo/preview.css" => Some(([STYLE_TYPE], STYLE).into_response()),
        "/demo/stage.css" => Some(([STYLE_TYPE], STAGE_STYLE).into_response()),
        _ => None,
    }
}

const STYLE_TYPE: (header::HeaderName, HeaderValue) = (
    header::CONTENT_TYPE,
    HeaderValue::from_static("text/css; charset=utf-8"),
);

fn document(policy: &str, nonce: &str, markup: &Markup) -> Response {
    let mut response = axum::response::Html(markup.clone().into_string()).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = policy.replace("NONCE", nonce).parse() {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let policy = HeaderValue::from_static("no-referrer");
    headers.insert(header::REFERRER_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn head(title: &str, style: &str, is_page: bool, nonce: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            // A frame has no icon, and its policy would block one.
            @if is_page { link rel="icon" href="data:,"; }
            link rel="stylesheet" href=(style);
            script type="module" src="/sdk/preview.js" nonce=(nonce) {}
        }
    }
}

fn page(shown: &Shown, is_english: bool, nonce: &str) -> Markup {
    let (lang, title, noscript) = if is_english {
        (
            "en",
            "Every state of the banner",
            "The preview shows the banner with the same code as on a real website. That takes JavaScript.",
        )
    } else {
        (
            "sv",
            "Samtyckesfrågan i alla lägen",
            "Förhandsvisningen visar frågan med samma kod som på en riktig webbplats. Det kräver JavaScript.",
        )
    };
    html! {
        (DOCTYPE)
        html lang=(lang) data-preview="page" {
            (head(title, "/demo/preview.css", true, nonce))
            body {
                main id="main" {
                    h1 { (title) }
                    noscript { p { (noscript) } }
                    select id="sites" hidden {
                        @for (tenant, name, key) in shown { option value=(key) data-tenant=(tenant) { (name) } }
                    }
                }
            }
        }
    }
}

/// The page behind the banner.
fn stage(nonce: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang="sv" data-preview="stage" {
            (head("samtycke", "/demo/stage.css", false, nonce))
            body {}
        }
    }
}
