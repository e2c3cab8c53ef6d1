//! The demo's third parties: invented and local, with the behaviour of real ones. Consent releases them.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// A third party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stub {
    /// Counts visits.
    Stats,
    /// Shows advertisements.
    Ads,
    /// Shows films.
    Video,
}

impl Stub {
    /// The third party with this first part of a host.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "stats" => Some(Self::Stats),
            "ads" => Some(Self::Ads),
            "video" | "maps" => Some(Self::Video),
            _ => None,
        }
    }

    /// Its response.
    pub(super) fn answer(self, path: &str) -> Response {
        match (self, path) {
            (Self::Stats, "/analytics.js") => file("text/javascript; charset=utf-8", ANALYTICS),
            (Self::Stats, "/beacon") => StatusCode::NO_CONTENT.into_response(),
            (Self::Ads, "/pixel.gif") => {
                with_id(file("image/gif", PIXEL), "_demo_ads", "; Max-Age=7776000")
            }
            (Self::Ads, "/picture.svg") => with_id(
                file("image/svg+xml", PICTURE),
                "_demo_ads",
                "; Max-Age=7776000",
            ),
            (Self::Video, "/embed") => with_id(film(), "_demo_video", ""),
            (Self::Video, "/embed.css") => file("text/css; charset=utf-8", FILM_STYLE),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }
}

const ANALYTICS: &[u8] = include_bytes!("analytics.js");
const PICTURE: &[u8] = include_bytes!("picture.svg");
const FILM: &[u8] = include_bytes!("film.html");
const FILM_STYLE: &[u8] = include_bytes!("film.css");
/// One transparent pixel (GIF89a).
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn file(media: &'static str, body: &'static [u8]) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    response
}

fn film() -> Response {
    let mut response = file("text/html; charset=utf-8", FILM);
    let policy = "default-src 'none'; style-src 'self'; frame-ancestors http://*.localhost:*";
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

/// A third-party cookie as such parties set it, valid on every site. Every visitor gets the same value, because the
/// demo tracks no one.
fn with_id(mut response: Response, name: &str, lifetime: &str) -> Response {
    let cookie = format!("{name}=demo; Path=/; SameSite=None; Secure{lifetime}");
    if let Ok(value) = cookie.parse() {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}
