//! Marks within one batch, where no client can arrange what comes before.

use std::sync::Arc;

use samtycke_core::decision::{Decision, DecisionKind, Outcome};
use samtycke_core::event::{Actor, EventBody};
use samtycke_core::id::{EventId, LogId, NoticeHash, PromptId, PurposeId};
use samtycke_core::notice::NoticeStanding;
use samtycke_core::problem::ProblemKind;
use samtycke_core::purpose::{Assurance, Purpose};
use samtycke_core::register::Register;
use samtycke_core::scope::Scope;
use samtycke_tlog::merkle::Frontier;

use super::super::{BatchContext, Plan};
use super::*;
use crate::clock::SystemRng;
use crate::keyring::{Keyring, Missing};
use crate::log::{Job, PageFacts, PromptUsedRow};
use crate::store::log::HeadRow;
use crate::tenant::Secrets;

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

fn says(id: u8, decision: DecisionKind, after: &[u8], page: PageFacts) -> Job {
    let purpose = "example.forwarding".parse().unwrap();
    let decision = Decision {
        scope: Scope::Recipient("plumber-7".parse().unwrap()),
        ..Decision::about(purpose, decision)
    };
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
            actor: Actor::SUBJECT,
            assurance: Assurance::Browser,
            notice: Some(NoticeHash::of(b"a notice")),
            language: None,
            method: None,
            based_on: 0,
            after_seqs: Vec::new(),
            signals: None,
            body: EventBody::from(Decisions(vec![decision])),
        },
        after: after.iter().map(|n| event_id(*n)).collect(),
        at_least: None,
        shown: DisplayContext::default(),
        page,
    }))
}

fn from_page() -> PageFacts {
    PageFacts {
        is_anonymous: true,
        prompt: None,
    }
}

fn answers(prompt: u8) -> PageFacts {
    PageFacts {
        is_anonymous: true,
        prompt: Some(PromptUsedRow {
            prompt: PromptId::from_bytes([prompt; 16]),
            expires_at: NOW + 1,
        }),
    }
}

fn plan(jobs: &[Job]) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::open(folder.path(), None, Missing::MakeAll, &SystemRng).unwrap();
    let log = LogId::from_bytes([1; 16]);
    let secrets = Secrets::derive(Arc::new(keyring), log.clone());
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
    let live = TenantView(Register::parse(samtycke_core::register::EXAMPLE).unwrap());
    let known = BatchContext::default();
    let planner = Planner::new(head, known, &secrets, &live, NOW, &SystemRng).unwrap();
    planner.plan(jobs.iter()).unwrap()
}

fn words(plan: &Plan) -> Vec<&'static str> {
    let word = |answer: &EntryResult| match answer {
        Ok(AppendOutcome::Marked(marked)) if marked.replayed => "marked before",
        Ok(AppendOutcome::Marked(_)) => "marked",
        Ok(AppendOutcome::Recorded(event)) if event.replayed => "recorded before",
        Ok(AppendOutcome::Recorded(event)) => match event.results[0].outcome {
            Outcome::Effective => "effective",
            _ => "superseded",
        },
        Err(problem) if problem.kind == ProblemKind::PromptInvalid => "prompt used",
        other => panic!("{other:?}"),
    };
    plan.answers.iter().map(word).collect()
}

/// Protects a refusal and an older grant that meet in one batch.
#[test]
fn a_mark_counts_for_the_rest_of_its_batch() {
    use DecisionKind::{Given, Refused};
    let jobs = [
        says(1, Refused, &[], from_page()),
        says(1, Refused, &[], from_page()),
        says(2, Given, &[], from_page()),
        says(1, Refused, &[], from_page()),
        says(3, Given, &[1], from_page()),
    ];
    let plan = plan(&jobs);
    let wanted = [
        "marked",
        "marked before",
        "superseded",
        "recorded before",
        "effective",
    ];
    assert_eq!(words(&plan), wanted);
    assert_eq!(plan.rows.events.len(), 3);
    assert_eq!(
        plan.marks,
        MarkChanges::default(),
        "added and entered in one batch"
    );
}

/// Protects a batch without a leaf: the mark is all that it writes.
#[test]
fn a_batch_of_refusals_has_no_leaf() {
    let plan = plan(&[says(1, DecisionKind::Refused, &[], from_page())]);
    assert!(plan.rows.leaves.is_empty() && plan.states.is_empty());
    assert_eq!(plan.marks.added.len(), 1);
}

/// Protects single use within one batch, where the database could not tell the two apart.
#[test]
fn one_prompt_is_used_once_in_a_batch() {
    let given = |id, prompt| says(id, DecisionKind::Given, &[], answers(prompt));
    let plan = plan(&[given(1, 1), given(2, 1), given(3, 2), given(1, 1)]);
    let wanted = ["effective", "prompt used", "effective", "recorded before"];
    assert_eq!(words(&plan), wanted);
    assert_eq!(plan.marks.prompts.len(), 2);
}
