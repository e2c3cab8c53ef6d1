//! Content negotiation: the encodings that a client accepts, and the version that it has cached.

use axum::http::{HeaderMap, header};

/// Whether the client has this entity tag cached (RFC 9110, 13.1.2: the comparison is the weak one).
pub(crate) fn holds(request: &HeaderMap, etag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag || tag == "*")
}

/// Whether the client accepts brotli (RFC 9110, 12.5.3): `br`, or else `*`, has a weight above zero.
pub(crate) fn accepts_brotli(request: &HeaderMap) -> bool {
    let (mut named, mut any) = (None, None);
    for item in request
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
    {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
            .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
        if coding.eq_ignore_ascii_case("br") {
            named = Some(weight > 0.0);
        } else if coding == "*" {
            any = Some(weight > 0.0);
        }
    }
    named.or(any).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let accepts = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            accepts_brotli(&headers)
        };
        for yes in [
            "br",
            "gzip, deflate, br, zstd",
            "gzip;q=1.0, BR;q=0.1",
            "*",
            "*;q=0.5",
        ] {
            assert!(accepts(yes), "{yes}");
        }
        for no in [
            "",
            "gzip",
            "br;q=0",
            "*, br;q=0.0",
            "gzip, br; q=0",
            "*;q=0",
            "br;q=much",
        ] {
            assert!(!accepts(no), "{no}");
        }
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[test]
    fn a_held_version_is_known_again() {
        let held = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(text));
            holds(&headers, "\"a-br\"")
        };
        assert!(held("\"a-br\"") && held("W/\"a-br\"") && held("\"b\", \"a-br\"") && held("*"));
        assert!(!held("\"a\"") && !held("a-br") && !held(""));
    }
}
