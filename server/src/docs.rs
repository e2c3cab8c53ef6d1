//! The page at `/docs`: the API description (`/openapi.json`) for people.
//!
//! The page uses only that document, so that it matches the code. It has no script, no inline style and no external
//! resource; its policy is the common one ([`crate::page::CSP`]).

pub mod routes;
mod schema;
mod text;

use maud::{DOCTYPE, Markup, html};
use serde_json::{Map, Value};

use self::text::{inline, prose};
use crate::page::StyleSheet;

/// The page's style sheet.
pub static STYLE: StyleSheet = StyleSheet::new("docs", include_str!("docs/style.css"));

/// The page for an API description.
pub fn page(document: &str) -> String {
    let document = serde_json::from_str(document).expect("the description is JSON");
    render(&document)
}

/// One method of one path.
struct Route<'d> {
    path: &'d str,
    method: &'d str,
    operation: &'d Value,
}

impl<'d> Route<'d> {
    fn id(&self) -> &'d str {
        word(&self.operation["operationId"])
    }

    fn all(document: &'d Value) -> Vec<Self> {
        let mut routes = Vec::new();
        for (path, item) in entries(&document["paths"]) {
            for (method, operation) in entries(item) {
                routes.push(Self {
                    path,
                    method,
                    operation,
                });
            }
        }
        routes
    }
}

/// The whole page.
pub fn render(document: &Value) -> String {
    let routes = Route::all(document);
    let tags = list(&document["tags"]);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (word(&document["info"]["title"])) " – API" }
                link rel="stylesheet" href=(STYLE.path());
            }
            body {
                a.skip href="#main" { "Skip to the routes" }
                header {
                    p { a href="/" { (word(&document["info"]["title"])) } " " (word(&document["info"]["version"])) }
                    h1 { "API" }
                    (prose(word(&document["info"]["description"])))
                    p { "For programs: " a href="/openapi.json" { "openapi.json" } ", OpenAPI " (word(&document["openapi"])) "." }
                    (contents(tags, &routes))
                }
                main id="main" tabindex="-1" {
                    @for tag in tags {
                        section {
                            h2 { (word(&tag["name"])) }
                            (prose(word(&tag["description"])))
                            @for route in routes.iter().filter(|route| has_tag(route, tag)) { (section(route)) }
                        }
                    }
                    (keys(&document["components"]["securitySchemes"]))
                    (problems(&document["components"]["responses"]))
                    (headers(&document["components"]["headers"]))
                    section {
                        h2 { "Types" }
                        @for (name, schema) in entries(&document["components"]["schemas"]) {
                            (schema::section(name, schema))
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

fn contents(tags: &[Value], routes: &[Route<'_>]) -> Markup {
    html! {
        nav aria-label="Routes" {
            @for tag in tags {
                h2 { (word(&tag["name"])) }
                ul {
                    @for route in routes.iter().filter(|route| has_tag(route, tag)) {
                        li { a href={ "#" (route.id()) } { (title(route)) } " " (summary(route)) }
                    }
                }
            }
            h2 { "Also" }
            ul {
                li { a href="#keys" { "Who asks" } }
                li { a href="#problems" { "Problems" } }
                li { a href="#headers" { "Headers" } }
            }
        }
    }
}

fn has_tag(route: &Route<'_>, tag: &Value) -> bool {
    list(&route.operation["tags"]).contains(&tag["name"])
}

fn title(route: &Route<'_>) -> Markup {
    html! { code { b { (route.method.to_ascii_uppercase()) } " " (route.path) } }
}

fn summary(route: &Route<'_>) -> Markup {
    inline(word(&route.operation["summary"]))
}

fn section(route: &Route<'_>) -> Markup {
    let operation = route.operation;
    html! {
        article id=(route.id()) {
            h3 { (title(route)) }
            p.summary { (summary(route)) }
            (prose(word(&operation["description"])))
            p { b { "Who: " } (callers(&operation["security"])) }
            @if !list(&operation["parameters"]).is_empty() {
                table {
                    caption { "Parameters" }
                    tbody {
                        @for parameter in list(&operation["parameters"]) {
                            tr {
                                th scope="row" { code { (word(&parameter["name"])) } }
                                td { (word(&parameter["in"])) ", " (schema::kind(&parameter["schema"])) }
                                td { (inline(word(&parameter["description"]))) }
                            }
                        }
                    }
                }
            }
            @if operation["requestBody"].is_object() {
                h4 { "Body" }
                (prose(word(&operation["requestBody"]["description"])))
                (content(&operation["requestBody"]["content"]))
            }
            h4 { "Answers" }
            dl {
                @for (status, response) in entries(&operation["responses"]) {
                    dt { code { (status) } }
                    dd { (answer(status, response)) }
                }
            }
        }
    }
}

/// The permitted callers: each requirement is an alternative.
fn callers(security: &Value) -> Markup {
    let ways = list(security);
    html! {
        @if ways.is_empty() { "anybody" }
        @for (i, way) in ways.iter().enumerate() {
            @if i > 0 { ", " }
            @for (j, (scheme, roles)) in entries(way).enumerate() {
                @if j > 0 { " with " }
                @match (scheme, list(roles)) {
                    ("key", []) => { "any " a href="#keys" { "key" } }
                    ("key", roles) => { @for role in roles { a href="#keys" { code { (word(role)) } } } }
                    (scheme, _) => { a href="#keys" { code { (scheme) } } }
                }
            }
        }
    }
}

fn content(content: &Value) -> Markup {
    html! {
        @for (media, body) in entries(content) {
            p { code { (media) } " " (schema::kind(&body["schema"])) }
            @if !body["example"].is_null() { (example(&body["example"])) }
        }
    }
}

fn example(value: &Value) -> Markup {
    html! { pre translate="no" { code { (format!("{value:#}")) } } }
}

fn answer(status: &str, response: &Value) -> Markup {
    let described = word(&response["description"]);
    if response["$ref"].is_string() {
        return html! {
            @if !described.is_empty() { (inline(described)) " " }
            a href={ "#problem-" (status) } { "A problem." }
        };
    }
    let own = entries(&response["headers"]).map(|(name, _)| name);
    let own: Vec<&str> = own
        .filter(|name| matches!(*name, "ETag" | "Idempotent-Replayed"))
        .collect();
    html! {
        p {
            (inline(described))
            @for name in own { " Header " a href="#headers" { code { (name) } } "." }
        }
        (content(&response["content"]))
    }
}

fn keys(schemes: &Value) -> Markup {
    html! {
        section id="keys" {
            h2 { "Who asks" }
            dl {
                @for (name, scheme) in entries(schemes) {
                    dt { code { (name) } }
                    dd {
                        p {
                            @match word(&scheme["name"]) {
                                "" => { code { "Authorization: Bearer …" } }
                                header => { code { (header) ": …" } }
                            }
                        }
                        (prose(word(&scheme["description"])))
                    }
                }
            }
        }
    }
}

fn problems(responses: &Value) -> Markup {
    html! {
        section id="problems" {
            h2 { "Problems" }
            p { "Every one denies: " code { "allow" } " is " code { "false" } ". Switch on " code { "reason" } "." }
            @for (name, response) in entries(responses) {
                @let status = name.trim_start_matches("Problem");
                h3 id={ "problem-" (status) } { (status) }
                (prose(word(&response["description"])))
            }
        }
    }
}

fn headers(headers: &Value) -> Markup {
    html! {
        section id="headers" {
            h2 { "Headers of answers" }
            dl {
                @for (name, header) in entries(headers) {
                    dt { code { (name) } }
                    dd {
                        (prose(word(&header["description"])))
                        @if let Some(example) = list(&header["schema"]["examples"]).first() { p { code { (word(example)) } } }
                    }
                }
            }
        }
    }
}

/// The entries of an object, in order; empty for other values.
fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(key, value)| (key.as_str(), value))
}

/// The items of an array; empty for other values.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A string; empty for other values.
fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_route_and_loads_nothing_from_elsewhere() {
        let json = crate::app::api_document();
        let page = page(&json);
        let document: Value = serde_json::from_str(&json).unwrap();
        let routes = Route::all(&document);
        assert!(routes.len() > 30);
        for route in routes {
            assert!(
                page.contains(&format!("<article id=\"{}\">", route.id())),
                "{}",
                route.id()
            );
        }
        for forbidden in ["<script", "style=\"", "src=", "href=\"http", "onclick"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }

    /// Every internal link of the page has a target.
    #[test]
    fn links_within_the_page_have_targets() {
        let page = page(&crate::app::api_document());
        for target in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
    }
}
