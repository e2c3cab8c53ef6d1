//! Tests the adapters through their public API, with an upstream server whose responses the test sets.

mod axum;
mod blocking;
mod observe;
mod tower;
mod upstream;
mod verdicts;

use samtycke::Client;
use samtycke::id::SubjectId;
use samtycke::purpose::{Many, Once, Purpose, Recipient, Unscoped};

use self::upstream::Upstream;

/// A purpose whose consent covers any number of uses.
enum News {}

impl Purpose for News {
    const ID: &'static str = "example.news";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Unscoped;
    type Uses = Many;
}

/// A purpose that needs explicit consent.
enum Answers {}

impl Purpose for Answers {
    const ID: &'static str = "example.answers";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = Unscoped;
    type Uses = Many;
}

/// A purpose with single-use consent for one recipient.
enum Forward {}

impl Purpose for Forward {
    const ID: &'static str = "example.forward-contact";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Recipient;
    type Uses = Once;
}

fn subject(number: u8) -> SubjectId {
    SubjectId::from_bytes([number; 16])
}

fn client(upstream: &Upstream) -> Client {
    Client::builder(&upstream.url, "sam_service_canarykey")
        .build()
        .expect("a client")
}
