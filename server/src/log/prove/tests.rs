use samtycke_core::decision::{Decision, DecisionKind, Outcome};
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::opening::{DisplayContext, EventResult};
use samtycke_core::event::{Actor, EventBody};
use samtycke_core::id::{EventId, PurposeId};
use samtycke_core::purpose::Assurance;
use samtycke_core::state::StateWord;

use super::*;

fn log() -> LogId {
    LogId::from_bytes([1; 16])
}

fn row() -> EventRow {
    EventRow {
        idx: 4,
        event_id: EventId::from_parts(1_768_478_400_000, [1; 10]),
        subject: SubjectId::from_bytes([2; 16]),
        seq: 1,
        body_mac: [0; 32],
        body: Vec::new(),
    }
}

fn withdrawal() -> LoggedEvent {
    let purpose = PurposeId::parse("a.b").unwrap();
    let said = Decision::about(purpose, DecisionKind::Withdrawn);
    LoggedEvent {
        log: log(),
        stream: Stream::Subject(row().subject),
        prev: None,
        event: Event {
            seq: 1,
            received_at: 1_768_478_400_000,
            occurred_at: None,
            event_id: row().event_id,
            actor: Actor::SUBJECT,
            assurance: Assurance::Server,
            notice: None,
            language: None,
            method: None,
            based_on: 0,
            after_seqs: Vec::new(),
            signals: None,
            body: EventBody::from(Decisions(vec![said])),
        },
        display: DisplayContext::default(),
        expires: None,
        results: vec![EventResult {
            outcome: Outcome::Effective,
            reason: None,
            state: Some(StateWord::Withdrawn),
        }],
    }
}

fn contradicts(log: &LogId, row: &EventRow, openings: &Openings) -> String {
    match read(log, row, &openings.pack()) {
        Err(StoreError::Contradiction(why)) => why,
        other => panic!("no contradiction: {other:?}"),
    }
}

#[test]
fn an_event_is_read_from_its_own_row() {
    let openings = withdrawal().write();
    let (read_openings, logged) = read(&log(), &row(), &openings.pack()).unwrap();
    assert_eq!((read_openings, logged), (openings, withdrawal()));
}

/// Protects checks about the past: an event that this program cannot read is never one that changes nothing.
#[test]
fn an_event_of_an_unknown_kind_is_a_contradiction() {
    let written = withdrawal().write();
    let lifted = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace(r#""type":"decisions""#, r#""type":"decisions.lifted""#)
            .into_bytes()
    };
    let unknown = Openings {
        ctx: lifted(written.ctx),
        sub: lifted(written.sub),
    };
    let why = contradicts(&log(), &row(), &unknown);
    assert!(why.contains("'decisions.lifted' is unknown"), "{why}");
}

#[test]
fn an_event_of_another_row_or_log_is_a_contradiction() {
    let openings = withdrawal().write();
    let other = LogId::from_bytes([9; 16]);
    let another = EventRow { seq: 2, ..row() };
    let somebody = EventRow {
        subject: SubjectId::from_bytes([9; 16]),
        ..row()
    };
    contradicts(&other, &row(), &openings);
    contradicts(&log(), &another, &openings);
    contradicts(&log(), &somebody, &openings);
}
