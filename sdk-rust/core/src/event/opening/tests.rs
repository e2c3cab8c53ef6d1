//! Tests the bytes of every kind: golden files, rejected openings, and properties of all events.

mod golden;
mod properties;
mod refused;

use super::*;
use crate::{
    decision::SignalSource,
    device::{Browser, FormFactor, Os},
    event::{EventBody, Role, tests::examples},
    purpose::CheckMode,
    state::SubjectState,
    testing::{DAY, T0, World, event, purpose, subject, v},
};

/// An event with this body and every other field set.
fn logged(body: EventBody) -> LoggedEvent {
    let mut full = event(2, body);
    full.occurred_at = Some(T0 - DAY);
    full.notice = Some(v(1));
    full.language = Some(Language::parse("sv").unwrap());
    full.after_seqs = vec![1];
    full.actor = Actor {
        role: Role::Staff,
        reference: Some("key-1".into()),
        verification: None,
    };
    full.signals = Some(crate::decision::Signals {
        gpc: true,
        dnt: false,
        source: Some(SignalSource::from_bytes([3; 16])),
    });
    let world =
        World::of(["t.main", "t.other", "t.third"].map(|id| purpose(id, CheckMode::Consent)));
    let results = SubjectState::default().apply(&full, &world).results();
    LoggedEvent {
        log: LogId::from_bytes([1; 16]),
        stream: Stream::Subject(subject(2)),
        prev: Some([4; 32]),
        event: full,
        display: DisplayContext {
            site: Some(SiteId::parse("example.se").unwrap()),
            variant: Some("adult".into()),
            surface: Some(ScopeValue::parse("paper").unwrap()),
            ui_hash: Some("ab".repeat(32)),
            evidence: Some("cd".repeat(32)),
            prompt: Some(PromptId::parse("p_AAAAAAAAAAAAAAAAAAAAAA").unwrap()),
            device: Some(Device {
                browser: Browser::Firefox,
                browser_major: Some(140),
                os: Os::Linux,
                form: FormFactor::Desktop,
            }),
        },
        expires: Some(T0 + DAY),
        results,
    }
}
