//! A problem as a page, for a person whose browser shows the response. Programs get RFC 9457 at every address.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use samtycke_core::problem::Problem;

/// Makes the page of a problem.
pub type ProblemPage = fn(&Problem, &Browser) -> Response;

/// A browser that asked for a page.
#[derive(Debug)]
pub struct Browser {
    /// The path of its request.
    pub path: String,
    /// The language of `?lang=`, then those of `Accept-Language`.
    pub languages: String,
    render: ProblemPage,
}

impl Browser {
    /// The browser behind a request; `None` for a program, which asks for JSON.
    pub fn of(request: &Request, render: ProblemPage) -> Option<Self> {
        if wants_json(request.headers()) {
            return None;
        }
        let query = request.uri().query().unwrap_or_default();
        let mut parameters = query.split('&');
        let wished = parameters.find_map(|parameter| parameter.strip_prefix("lang="));
        Some(Self {
            path: request.uri().path().to_owned(),
            languages: languages(wished, request.headers()),
            render,
        })
    }

    /// Replaces the body of a problem's response with its page. The status and what says when to retry stay.
    pub fn show(&self, problem: &Problem, response: &mut Response) {
        let (parts, body) = (self.render)(problem, self).into_parts();
        response.headers_mut().extend(parts.headers);
        *response.body_mut() = body;
    }
}

/// The language that was asked for, then those that the browser prefers.
pub fn languages(wished: Option<&str>, headers: &HeaderMap) -> String {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    format!(
        "{},{}",
        wished.unwrap_or_default(),
        accepted.unwrap_or_default()
    )
}

/// Whether JSON is accepted and a page is not. A browser always names `text/html` (RFC 9110 12.5.1).
fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter();
    let accepted: Vec<&str> = accepted.filter_map(|value| value.to_str().ok()).collect();
    let names = |media: &str| accepted.iter().any(|value| value.contains(media));
    names("json") && !names("text/html")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_a_program_that_names_json_gets_json() {
        let of = |accept: &'static str| {
            wants_json(&HeaderMap::from_iter([(
                header::ACCEPT,
                HeaderValue::from_static(accept),
            )]))
        };
        assert!(of("application/json"));
        assert!(of("application/problem+json, */*;q=0.1"));
        assert!(!of(
            "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8"
        ));
        assert!(!of("*/*"));
        assert!(!wants_json(&HeaderMap::new()));
    }
}
