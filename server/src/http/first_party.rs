//! The consent cookie, set by the server where samtycke is reached through the site's own origin: browsers that keep
//! what a script sets for seven days only keep this for as long as it says.

use axum::http::{HeaderMap, HeaderValue, header};
use samtycke_core::cookie::{COUNTER_MAX, LIFETIME_S_MAX, NAME, Refusal};

use crate::app::App;
use crate::caller::Caller;
use crate::tenant::Role;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What a browser's choices amount to now.
pub(super) enum Said<'a> {
    /// Something is given: `<payload>.<sig>`.
    Given(&'a str),
    /// Nothing is, and nobody is to be asked: the notice's first eight hex digits.
    Refused(&'a str),
    /// Nothing is, and that is no choice.
    Nothing,
}

/// Sets the cookie on an answer to a page of the same origin that says which of its choices it is; else nothing.
pub(super) fn set(
    app: &App,
    caller: &Caller,
    request: &HeaderMap,
    said: &Said<'_>,
    answer: &mut HeaderMap,
) {
    // A browser writes this header itself; no page of another origin can.
    let same_origin = request
        .get("sec-fetch-site")
        .is_some_and(|site| site == "same-origin");
    if !same_origin || caller.key.role != Role::Publishable {
        return;
    }
    let Some(n) = counter(request) else {
        return;
    };
    let Some(value) = value(caller, said, n, app.nature.clock.now()) else {
        return;
    };
    let secure = if app.config.is_https() {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!("{NAME}={value}; Path=/; SameSite=Lax; Max-Age={LIFETIME_S_MAX}{secure}");
    if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
        cookie.set_sensitive(true);
        answer.append(header::SET_COOKIE, cookie);
    }
}

fn value(caller: &Caller, said: &Said<'_>, n: u64, now: i64) -> Option<String> {
    match said {
        Said::Nothing => None,
        Said::Refused(notice8) => {
            let refusal = Refusal {
                n,
                day: u64::try_from(now.div_euclid(DAY_MS)).ok()?,
                notice8: (*notice8).to_owned(),
            };
            (!notice8.is_empty()).then(|| refusal.to_string())
        }
        Said::Given(token) => {
            // One that the server made ends within the hour, and is nothing to keep.
            let own = caller.capability.as_deref()?;
            (!own.starts_with("c_")).then(|| format!("g.{n}.{token}.{own}"))
        }
    }
}

/// Whatever is no counter is left aside: nothing may stand in the way of a no.
fn counter(request: &HeaderMap) -> Option<u64> {
    let text = request.get("samtycke-choice")?.to_str().ok()?;
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let n = digits.then(|| text.parse().ok())??;
    (1..=COUNTER_MAX).contains(&n).then_some(n)
}
