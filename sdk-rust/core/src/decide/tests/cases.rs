//! The cases of the decision table. Each name begins with its row. The golden vectors for other languages are written
//! from this list.

mod basis;
mod consent;
mod guardian;
mod subject;

use super::*;
use crate::{
    age::AgeBand,
    decision::{Decision, DecisionKind, Signals},
    event::{Event, EventBody, kinds::*},
    notice_standing::NoticeStanding,
    purpose::{AgeRule, Assurance, CheckMode, Purpose, Quorum, ScopeType, SpecialCategory},
    scope::Scope,
    state::SubjectState,
    testing::*,
};
use DecisionKind::{Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn};

#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) row: u8,
    pub(super) reason: Reason,
    pub(super) may_ask: bool,
    pub(super) obligations: Vec<Obligation>,
    pub(super) world: World,
    pub(super) stream: Stream,
    /// The stream of the subject into which this one was merged.
    pub(super) survivor: Option<Stream>,
    pub(super) retention: RetentionStanding,
    pub(super) dnt_counts: bool,
    pub(super) question: Question,
    pub(super) now: i64,
}

impl Case {
    pub(super) fn state(&self) -> SubjectState {
        self.stream.state(&self.world)
    }

    pub(super) fn survivor_state(&self) -> Option<SubjectState> {
        self.survivor.as_ref().map(|s| s.state(&self.world))
    }

    pub(super) fn verdict(&self) -> Verdict {
        self.ask(&self.question)
    }

    pub(super) fn explained(&self) -> Verdict {
        let question = Question {
            explain: true,
            ..self.question.clone()
        };
        self.ask(&question)
    }

    fn ask(&self, question: &Question) -> Verdict {
        let survivor = self.survivor_state();
        let ctx = Context {
            register: &self.world,
            survivor: survivor.as_ref(),
            retention: self.retention,
            dnt_counts: self.dnt_counts,
        };
        let state = self.state();
        decide(&ctx, (state.seq > 0).then_some(&state), question, self.now)
    }

    fn may_ask(mut self) -> Self {
        self.may_ask = true;
        self
    }

    fn register(mut self, change: impl FnOnce(&mut Purpose)) -> Self {
        change(self.world.main());
        self
    }

    fn and_purpose(mut self, purpose: Purpose) -> Self {
        self.world.purposes.insert(purpose.id.clone(), purpose);
        self
    }

    fn notice(mut self, standing: NoticeStanding) -> Self {
        self.world.notices.insert(v(1), standing);
        self
    }

    fn says(self, kind: DecisionKind) -> Self {
        self.happens(says(kind))
    }

    fn decides(self, change: impl FnOnce(&mut Decision)) -> Self {
        let mut said = decision(P, Given);
        change(&mut said);
        let signals = said.gpc_acknowledged.then_some(Signals {
            gpc: true,
            ..Signals::default()
        });
        self.event(EventBody::from(Decisions(vec![said])), |event| {
            event.signals = signals;
        })
    }

    fn happens(self, act: impl Into<Occurrence>) -> Self {
        self.event(act, |_| {})
    }

    fn event(mut self, act: impl Into<Occurrence>, change: impl FnOnce(&mut Event)) -> Self {
        self.stream = self.stream.add(act, change);
        self
    }

    fn told(self) -> Self {
        self.happens(delivered(1))
    }

    fn op(mut self, op: Op) -> Self {
        self.question.op = op;
        self
    }

    fn scope(mut self, scope: Scope) -> Self {
        self.question.scope = scope;
        self
    }

    fn retention(mut self, standing: RetentionStanding) -> Self {
        self.retention = standing;
        self
    }

    fn after(mut self, ms: i64) -> Self {
        self.now = LATER + ms;
        self
    }

    fn gpc(mut self) -> Self {
        self.question.signals = Some(Signals {
            gpc: true,
            dnt: false,
            source: None,
        });
        self
    }

    fn owing(mut self, obligations: &[Obligation]) -> Self {
        self.obligations = obligations.to_vec();
        self
    }

    /// A child in this age band with two guardians, 11 and 12.
    fn child(self, rule: AgeRule, band: AgeBand) -> Self {
        self.register(|p| {
            p.age_rule = rule;
            p.guardian_below = if rule == AgeRule::Maturity { 15 } else { 13 };
        })
        .happens(aged(band))
        .happens(linked(11))
        .happens(linked(12))
    }
}

fn case(name: &'static str, mode: CheckMode, reason: Reason) -> Case {
    let (row, _) = name.split_once(' ').unwrap();
    Case {
        name,
        row: row.parse().unwrap(),
        reason,
        may_ask: false,
        obligations: Vec::new(),
        world: World::of([purpose(P, mode)]),
        stream: Stream::default(),
        survivor: None,
        retention: RetentionStanding::Open,
        dnt_counts: false,
        question: Question::about(pid(P)),
        now: LATER,
    }
}

fn consent(name: &'static str, reason: Reason) -> Case {
    case(name, CheckMode::Consent, reason)
}

fn objection(name: &'static str, reason: Reason) -> Case {
    case(name, CheckMode::Objection, reason)
}

/// A case with cookies: consent for the terminal, then an objection.
fn cookie(name: &'static str, reason: Reason) -> Case {
    case(name, CheckMode::TerminalConsentAndObjection, reason)
}

fn contract(id: &str) -> EventBody {
    contract_started(id)
}

fn ended(id: &str) -> EventBody {
    contract_ended(id, "2026-01-14")
}

fn campaign(name: &str) -> Scope {
    Scope::Campaign {
        campaign: value(name),
        medium: value("photo"),
        surface: value("web"),
    }
}

fn erased() -> EventBody {
    EventBody::from(SubjectErased {})
}

fn merged() -> EventBody {
    EventBody::from(SubjectMerged { into: subject(9) })
}

pub(super) fn all() -> Vec<Case> {
    [
        subject::register_rows(),
        subject::subject_rows(),
        subject::dependency_rows(),
        basis::signal_rows(),
        basis::contract_rows(),
        basis::objection_rows(),
        consent::refusal_rows(),
        consent::prompt_rows(),
        guardian::guardian_rows(),
        consent::grant_rows(),
        consent::terminal_rows(),
    ]
    .concat()
}
