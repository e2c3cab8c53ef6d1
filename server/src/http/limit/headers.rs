//! Rate limit headers (draft-ietf-httpapi-ratelimit-headers-10).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::config::Rate;

const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// The rest of an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Requests that may still come at once.
    pub(super) remaining: u32,
    /// Time until the allowance is full again.
    pub(super) full_in: Duration,
}

/// `"check";q=600;w=60`: the policy, as every response contains it.
pub(super) fn policy(name: &str, rate: Rate) -> HeaderValue {
    let text = format!("\"{name}\";q={};w={}", rate.quota, rate.window_s);
    HeaderValue::from_str(&text).expect("a policy's name is a word of ours, the rest are digits")
}

/// Adds the policy and the rest of the allowance: `"check";r=599;t=30`.
pub(super) fn tell(headers: &mut HeaderMap, policy: &HeaderValue, name: &str, left: Allowance) {
    let text = format!(
        "\"{name}\";r={};t={}",
        left.remaining,
        seconds_up(left.full_in)
    );
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.insert(RATELIMIT, value);
    }
    headers.insert(RATELIMIT_POLICY, policy.clone());
}

/// Whole seconds, rounded up, so that a client that waits that long has waited long enough.
pub(super) fn seconds_up(duration: Duration) -> u32 {
    let up = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    u32::try_from(up).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_written_as_the_draft_says() {
        let rate = Rate {
            quota: 600,
            window_s: 60,
            burst: 100,
        };
        let mut headers = HeaderMap::new();
        let left = Allowance {
            remaining: 599,
            full_in: Duration::from_millis(29_001),
        };
        tell(&mut headers, &policy("check", rate), "check", left);
        assert_eq!(headers["ratelimit-policy"], "\"check\";q=600;w=60");
        assert_eq!(headers["ratelimit"], "\"check\";r=599;t=30");
    }

    #[test]
    fn seconds_go_upwards() {
        assert_eq!(seconds_up(Duration::ZERO), 0);
        assert_eq!(seconds_up(Duration::from_nanos(1)), 1);
        assert_eq!(seconds_up(Duration::from_secs(2)), 2);
    }
}
