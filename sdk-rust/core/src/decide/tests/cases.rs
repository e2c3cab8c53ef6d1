//! The cases of the decision table. Each name begins with its row. The golden vectors for other languages are written
//! from this list.

mod basis;
mod campaign;
mod changed;
mod consent;
mod dependency;
mod guardian;
mod subject;

use super::row::Row;
use super::*;
use crate::{
    age::AgeBand,
    decision::{Decision, DecisionKind, Signals},
    event::{Event, EventBody, kinds::*},
    notice::Variant,
    notice_standing::NoticeStanding,
    purpose::{AgeRule, Assurance, CheckMode, Purpose, Quorum, ScopeType, SpecialCategory},
    retention::{Anchors, Term},
    scope::Scope,
    state::{Cell, CellState, Contract, Delivery, ObjectionState, SubjectState, VoiceRefusal},
    testing::*,
};
use DecisionKind::{Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn};

/// What the retention rules lead to for the item of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetentionStanding {
    /// It may be kept.
    Open,
    /// Nothing may be stored for the purpose.
    NonePermitted,
    /// It should have been erased.
    Passed,
    /// The check has no item, and the rule needs one.
    Unknown,
}

const COLLECTED: &str = "item.collected";

/// The rules of a register under which an item stands like this.
pub(super) fn rules(standing: RetentionStanding) -> Vec<Term> {
    let rule = match standing {
        RetentionStanding::NonePermitted => "none",
        RetentionStanding::Passed => "after(item.collected, P1D)",
        RetentionStanding::Open | RetentionStanding::Unknown => "after(item.collected, P100Y)",
    };
    vec![term(rule)]
}

/// An item that stands like this under [`rules`].
pub(super) fn an_item(standing: RetentionStanding) -> Anchors {
    let passed = standing == RetentionStanding::Passed;
    let day = if passed { "2000-01-01" } else { "2026-01-15" };
    anchors(&[(COLLECTED, day)])
}

#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) row: Row,
    pub(super) reason: Reason,
    pub(super) may_ask: bool,
    pub(super) obligations: Vec<Obligation>,
    pub(super) world: World,
    pub(super) stream: Stream,
    /// The state, where it was built by hand instead of by events.
    pub(super) built: Option<SubjectState>,
    /// The stream of the subject into which this one was merged.
    pub(super) survivor: Option<Stream>,
    pub(super) retention: RetentionStanding,
    pub(super) dnt_counts: bool,
    pub(super) question: Question,
    pub(super) now: i64,
}

impl Case {
    pub(super) fn state(&self) -> SubjectState {
        let folded = || self.stream.state(&self.world);
        self.built.clone().unwrap_or_else(folded)
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

    /// The register with the retention rules of the case.
    pub(super) fn world(&self) -> World {
        World {
            terms: rules(self.retention),
            ..self.world.clone()
        }
    }

    /// The item's anchors as a check gives them.
    pub(super) fn item_days(&self) -> Option<std::collections::BTreeMap<&'static str, String>> {
        let item = self.item()?;
        let day = |name| Some((name, item.get(name)?.to_string()));
        Some(day(COLLECTED).into_iter().collect())
    }

    fn item(&self) -> Option<Anchors> {
        (self.retention != RetentionStanding::Unknown).then(|| an_item(self.retention))
    }

    fn ask(&self, question: &Question) -> Verdict {
        let survivor = self.survivor_state();
        let world = self.world();
        let item = self.item();
        let ctx = Context {
            register: &world,
            survivor: survivor.as_ref(),
            item: item.as_ref(),
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

    /// Goes on from the state of the events so far, changed by hand.
    fn build(mut self, change: impl FnOnce(&mut SubjectState)) -> Self {
        let mut state = self.state();
        state.seq = state.seq.max(20);
        change(&mut state);
        self.built = Some(state);
        self
    }

    /// Builds the purpose's cell by hand: this state, at seq 5.
    fn cell(self, said: CellState, change: impl FnOnce(&mut Cell)) -> Self {
        self.build(|state| {
            let scope = Scope::None;
            let at = state.cells.iter().position(|c| c.scope == scope);
            let at = at.unwrap_or_else(|| {
                state.cells.insert(0, Cell::new(pid(P), scope));
                0
            });
            let cell = &mut state.cells[at];
            (cell.state, cell.seq, cell.at) = (said, 5, T0);
            cell.notice = Some(v(1));
            cell.own = cell.state.is_granted();
            change(cell);
        })
    }

    /// Builds a delivery of the notice, this long after [`T0`]; ms.
    fn delivered(self, n: u8, after: i64, variant: Variant) -> Self {
        self.build(|state| {
            state.deliveries.push(Delivery {
                notice: v(n),
                purposes: vec![pid(P)],
                at: T0 + after,
                variant,
            });
        })
    }

    /// Builds a contract that this event started.
    fn contract_from(self, seq: u64, purposes: &[&str]) -> Self {
        self.build(|state| {
            state.contracts.push(Contract {
                id: value("c9"),
                purposes: purposes.iter().map(|id| pid(id)).collect(),
                started_at: Some(T0),
                started_seq: seq,
                ended_at: None,
            });
        })
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
        row: row_of(row),
        reason,
        may_ask: false,
        obligations: Vec::new(),
        world: World::of([purpose(P, mode)]),
        stream: Stream::default(),
        built: None,
        survivor: None,
        retention: RetentionStanding::Open,
        dnt_counts: false,
        question: Question::about(pid(P)),
        now: LATER,
    }
}

fn row_of(text: &str) -> Row {
    match text {
        "12b" => Row::MARKETING,
        "12c" => Row::BASIS_CHANGED,
        number => number.parse::<u8>().unwrap().into(),
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
        dependency::dependency_rows(),
        dependency::staff_view_rows(),
        dependency::scope_rows(),
        basis::signal_rows(),
        changed::marketing_rows(),
        changed::basis_changed_rows(),
        basis::contract_rows(),
        basis::objection_rows(),
        consent::refusal_rows(),
        consent::voice_rows(),
        consent::prompt_rows(),
        campaign::end_rows(),
        guardian::guardian_rows(),
        guardian::carried_rows(),
        consent::grant_rows(),
        campaign::advertising_rows(),
        consent::terminal_rows(),
    ]
    .concat()
}
