//! The consent cookie, set by the server if samtycke is reached through the site's own origin. Browsers that limit
//! cookies set by scripts to seven days keep this one for its full lifetime.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use samtycke_core::cookie::{self, COUNTER_MAX, LIFETIME_S_MAX, Refusal};

use super::Banners;
use crate::auth::Caller;
use crate::origin;
use crate::tenant::Role;

/// The text about the header `Samtycke-Choice` in the API description.
pub(crate) const CHOICE: &str = "The browser's choice counter, 1 to 2^31. A page of the same origin that sends it also gets \
    `Set-Cookie`. `path` is the cookie's path, else `/`; `domain` is one of the site's `cookie_domains`, else only the \
    page's own host gets the cookie back.";

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Longest path of a cookie; bytes. The path of a real page is seldom a tenth of it.
const PATH_BYTES_MAX: usize = 1_024;

/// The current result of a browser's decisions.
pub(crate) enum CookieUpdate<'a> {
    /// A consent is in force: `<payload>.<sig>`.
    Given(&'a str),
    /// No consent is in force and the banner must not ask: the notice's first eight hex digits.
    Refused(&'a str),
    /// No consent is in force, and no decision was made.
    Nothing,
}

/// The browser's choice counter and the attributes of its cookie: `<n>[; path=/a/][; domain=example.com]`.
#[derive(Debug, PartialEq, Eq)]
struct Choice<'a> {
    n: u64,
    path: Option<&'a str>,
    domain: Option<&'a str>,
}

/// Sets the cookie on a response to a page of the same origin that sends its choice counter; otherwise does nothing.
pub(crate) fn set(
    banners: &Banners,
    caller: &Caller,
    request: &HeaderMap,
    said: &CookieUpdate<'_>,
    answer: &mut HeaderMap,
) {
    // Only the browser writes this header; a page on another origin cannot forge it.
    let same_origin = request
        .get("sec-fetch-site")
        .is_some_and(|site| site == "same-origin");
    if !same_origin || caller.key.role != Role::Publishable {
        return;
    }
    let Some(choice) = request
        .get("samtycke-choice")
        .and_then(|value| Choice::read(value.to_str().ok()?))
    else {
        return;
    };
    let Some(cookie) = cookie(banners, caller, said, &choice) else {
        return;
    };
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        answer.append(header::SET_COOKIE, cookie);
    }
}

fn cookie(
    banners: &Banners,
    caller: &Caller,
    said: &CookieUpdate<'_>,
    choice: &Choice<'_>,
) -> Option<String> {
    let site = caller.tenant.sites.get(caller.key.site.as_ref()?)?;
    let name = cookie::name(&caller.tenant.public_id(&site.site));
    let value = value(caller, said, choice.n, banners.environment.clock.now())?;
    let path = choice.path.unwrap_or("/");
    let mut cookie = format!("{name}={value}; Path={path}; SameSite=Lax; Max-Age={LIFETIME_S_MAX}");
    let domains = origin::cookie_domains(&site.origins);
    if let Some(domain) = domains.iter().find(|domain| choice.domain == Some(domain)) {
        // Writing to a string cannot fail.
        let _ = write!(cookie, "; Domain={domain}");
    }
    if banners.is_https {
        cookie.push_str("; Secure");
    }
    Some(cookie)
}

fn value(caller: &Caller, said: &CookieUpdate<'_>, n: u64, now: i64) -> Option<String> {
    match said {
        CookieUpdate::Nothing => None,
        CookieUpdate::Refused(notice8) => {
            let refusal = Refusal {
                n,
                day: u64::try_from(now.div_euclid(DAY_MS)).ok()?,
                notice8: (*notice8).to_owned(),
            };
            (!notice8.is_empty()).then(|| refusal.to_string())
        }
        CookieUpdate::Given(token) => {
            // A capability that the server made expires within the hour, so the cookie does not store it.
            caller.own_subject()?;
            let own = caller.capability.as_deref()?;
            Some(format!("g.{n}.{token}.{own}"))
        }
    }
}

impl<'a> Choice<'a> {
    /// Parses the header and ignores invalid parts, so that they never block a refusal.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let mut choice = Self {
            n: parts.next().and_then(counter)?,
            path: None,
            domain: None,
        };
        for part in parts {
            match part.split_once('=') {
                Some(("path", path)) if is_path(path) => choice.path = Some(path),
                Some(("domain", domain)) => choice.domain = Some(domain),
                _ => {}
            }
        }
        Some(choice)
    }
}

fn counter(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let n = digits.then(|| text.parse().ok())??;
    (1..=COUNTER_MAX).contains(&n).then_some(n)
}

/// Slashes and unreserved characters (RFC 3986, 2.3), so that the path cannot end the attribute.
fn is_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~".contains(&b);
    path.starts_with('/') && path.len() <= PATH_BYTES_MAX && path.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_says_where_its_cookie_lies() {
        let choice = |n, path, domain| Some(Choice { n, path, domain });
        for (text, read) in [
            ("7", choice(7, None, None)),
            ("2147483648", choice(COUNTER_MAX, None, None)),
            ("7; path=/a/", choice(7, Some("/a/"), None)),
            (
                "7;path=/~a/b.c_d-e;domain=example.com",
                choice(7, Some("/~a/b.c_d-e"), Some("example.com")),
            ),
            (
                "7; domain=example.com; path=/",
                choice(7, Some("/"), Some("example.com")),
            ),
            // Invalid parts are ignored one by one.
            ("7; path=a", choice(7, None, None)),
            ("7; path=/a b", choice(7, None, None)),
            ("7; path=/a%3B", choice(7, None, None)),
            ("7; path=/a,b", choice(7, None, None)),
            ("7; path", choice(7, None, None)),
            ("7; secure; httponly=1", choice(7, None, None)),
            ("", None),
            ("0", None),
            ("07", None),
            ("2147483649", None),
            ("x; path=/", None),
            ("path=/; 7", None),
        ] {
            assert_eq!(Choice::read(text), read, "{text}");
        }
        assert_eq!(
            Choice::read(&format!("7; path=/{}", "a".repeat(PATH_BYTES_MAX))),
            choice(7, None, None)
        );
    }
}
