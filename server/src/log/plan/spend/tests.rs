//! Uses within one batch, where no client can arrange what comes before them.

use std::sync::Arc;

use samtycke_core::decide::PurposeLookup;
use samtycke_core::event::kinds::{ConsentRevoked, ConsentUsed, SubjectUnrestricted};
use samtycke_core::event::{Actor, CellRef, Event, EventBody, Role};
use samtycke_core::id::{EventId, LogId, NoticeHash, PurposeId, ScopeValue, SubjectId};
use samtycke_core::keys::SubjectKey;
use samtycke_core::notice::NoticeStanding;
use samtycke_core::public_leaf::{KeyRevoked, PublicBody};
use samtycke_core::purpose::{Assurance, Purpose};
use samtycke_core::register::Register;
use samtycke_core::scope::Scope;
use samtycke_core::state::{Cell, CellState, SubjectState};
use samtycke_tlog::merkle::Frontier;

use super::super::{BatchContext, Plan};
use super::*;
use crate::clock::SystemRng;
use crate::keyring::{Keyring, Missing};
use crate::log::{Change, DisplayContext, Job, PageFacts, PublicLeaf};
use crate::store::log::HeadRow;
use crate::store::subject::{SubjectRow, WrappedKey};
use crate::tenant::Secrets;

const REGISTER: &str = samtycke_core::register::EXAMPLE;
const NOW: i64 = 1_768_478_400_000;

struct TenantView(Register);

impl PurposeLookup for TenantView {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.0.purpose(id)
    }

    fn notice_standing(&self, _: &PurposeId, _: &NoticeHash, _: i64) -> NoticeStanding {
        NoticeStanding::Current
    }
}

fn subject() -> SubjectId {
    SubjectId::from_bytes([7; 16])
}

fn event_id(n: u8) -> EventId {
    EventId::from_parts(NOW, [n; 10])
}

fn cell() -> CellRef {
    CellRef {
        purpose: "example.forwarding".parse().unwrap(),
        scope: Scope::Recipient("plumber-7".parse().unwrap()),
    }
}

/// Somebody who has said yes once, by event 1.
fn yes() -> SubjectState {
    let CellRef { purpose, scope } = cell();
    let given = Cell {
        state: CellState::Given,
        seq: 1,
        at: NOW,
        event_id: Some(event_id(1)),
        notice: Some(NoticeHash::of(b"a notice")),
        assurance: Assurance::Server,
        own: true,
        ..Cell::new(purpose, scope)
    };
    SubjectState {
        seq: 1,
        at: NOW,
        cells: vec![given],
        ..SubjectState::default()
    }
}

fn job(id: u8, body: EventBody) -> Job {
    Job::Event(Box::new(Submission {
        log: LogId::from_bytes([1; 16]),
        event_id: event_id(id),
        subject: subject(),
        body_mac: [id; 32],
        event: Event {
            seq: 0,
            received_at: 0,
            occurred_at: None,
            event_id: event_id(id),
            actor: Actor {
                role: Role::Controller,
                reference: None,
                verification: None,
            },
            assurance: Assurance::Server,
            notice: None,
            language: None,
            method: None,
            based_on: 0,
            after_seqs: Vec::new(),
            signals: None,
            body,
        },
        after: Vec::new(),
        at_least: None,
        shown: DisplayContext::default(),
        page: PageFacts::default(),
    }))
}

fn spends(id: u8, consent: u8) -> Job {
    let consent = event_id(consent);
    job(id, EventBody::from(ConsentUsed::of(cell(), consent)))
}

fn plan(jobs: &[Job], mut known: BatchContext) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::open(folder.path(), None, Missing::MakeAll, &SystemRng).unwrap();
    let log = LogId::from_bytes([1; 16]);
    let secrets = Secrets::derive(Arc::new(keyring), log.clone());
    for (subject, row) in &mut known.subjects {
        let (epoch, wrapped) = secrets.wrap(subject, &SubjectKey::from_bytes([5; 32]), &[6; 24]);
        row.key = Some(WrappedKey { epoch, wrapped });
    }
    let empty = Frontier::new();
    let head = HeadRow {
        log,
        origin: "localhost/logs/x".into(),
        size: 0,
        root: empty.root(),
        frontier: empty.to_bytes(),
        epoch: 1,
        last_leaf: [0; 32],
        last_received_at: NOW,
        config_version: 3,
    };
    let live = TenantView(Register::parse(REGISTER).unwrap());
    let planner = Planner::new(head, known, &secrets, &live, NOW + 1, &SystemRng).unwrap();
    planner.plan(jobs.iter()).unwrap()
}

fn known() -> BatchContext {
    let row = SubjectRow {
        subject: subject(),
        seq: 1,
        last_leaf: [9; 32],
        state: Arc::new(yes()),
        key: None,
    };
    BatchContext {
        subjects: [(subject(), row)].into(),
        ..BatchContext::default()
    }
}

/// What became of each job, in a word.
fn words(plan: &Plan) -> Vec<&'static str> {
    let word = |answer: &Result<AppendOutcome, _>| match answer {
        Ok(AppendOutcome::Recorded(_)) => "recorded",
        Ok(AppendOutcome::UseRejected(denied)) => denied.verdict.reason.as_str(),
        Ok(AppendOutcome::Stale { config_version: 4 }) => "outdated by 4",
        Ok(AppendOutcome::Published { .. }) => "published",
        _ => "another",
    };
    plan.answers.iter().map(word).collect()
}

/// Protects "of two parallel uses one passes" where both are in one transaction; and only what passes is written.
#[test]
fn of_two_uses_in_a_batch_the_first_passes() {
    let both = plan(&[spends(2, 1), spends(3, 1)], known());
    assert_eq!(words(&both), ["recorded", "CONSENT_USED"]);
    assert_eq!((both.rows.leaves.len(), both.rows.subjects.len()), (1, 1));
    let other = plan(&[spends(2, 8), spends(3, 1)], known());
    assert_eq!(words(&other), ["CONSENT_USED", "recorded"]);
    let neither = plan(&[spends(2, 8)], known());
    assert_eq!(
        (neither.rows.leaves.len(), neither.rows.subjects.len()),
        (0, 0)
    );
    let stranger = plan(&[spends(2, 1)], BatchContext::default());
    assert_eq!(words(&stranger), ["CONSENT_MISSING"]);
    assert!(stranger.rows.subjects.is_empty());
}

/// Protects the order of the log: a register or notice that is published in the same transaction stands before the use,
/// so the use is judged anew, by it.
#[test]
fn a_publication_before_a_use_is_applied_first() {
    let publication = Job::Public(Box::new(PublicLeaf {
        body: PublicBody::from(KeyRevoked {
            key_id: "k_0a".into(),
        }),
        by: None,
        change: Change::PublishNotice,
    }));
    let planned = plan(&[publication, spends(2, 1)], known());
    assert_eq!(words(&planned), ["published", "outdated by 4"]);
    assert_eq!(planned.rows.leaves.len(), 1);
}

/// Protects erasure: whatever a state says, nothing of somebody who was erased is spent.
#[test]
fn nothing_of_an_erased_subject_is_spent() {
    let erased = BatchContext {
        erased: [(subject(), 1)].into(),
        ..known()
    };
    let planned = plan(&[spends(2, 1)], erased);
    assert_eq!(words(&planned), ["SUBJECT_ERASED"]);
    assert!(planned.rows.leaves.is_empty());
}

/// Protects the lane of withdrawals and erasure: both go by what an event does, not by whether it has decisions.
#[test]
fn an_event_without_decisions_goes_by_its_direction() {
    let revoked = job(
        2,
        EventBody::from(ConsentRevoked {
            cell: cell(),
            all_scopes: false,
            cause: ScopeValue::parse("project").unwrap(),
        }),
    );
    let lifted = job(
        3,
        EventBody::from(SubjectUnrestricted {
            cause: ScopeValue::parse("settled").unwrap(),
        }),
    );
    assert!(revoked.is_restrictive() && !lifted.is_restrictive());
    let erased = BatchContext {
        erased: [(subject(), 1)].into(),
        ..known()
    };
    let planned = plan(&[revoked, lifted], erased);
    assert!(matches!(
        planned.answers[0],
        Ok(AppendOutcome::AlreadyErased)
    ));
    assert!(planned.answers[1].is_err());
    assert!(planned.rows.leaves.is_empty());
}
