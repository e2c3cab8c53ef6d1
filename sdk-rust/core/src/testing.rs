//! What the tests of the fold and of the decision table share: a small register, and events that write themselves.

use std::collections::BTreeMap;

use crate::{
    age::AgeBand,
    campaign::Campaign,
    civil_day::CivilDay,
    decide::{Context, Customer, PurposeLookup, Question, Verdict, decide},
    decision::{Decision, DecisionKind, Method},
    event::{Actor, CellRef, Event, EventBody, Role, Verification, fold, kinds::*},
    id::{EventId, Language, NoticeHash, PurposeId, ScopeValue, SubjectId},
    notice::Variant,
    notice_standing::NoticeStanding,
    purpose::{
        AgeRule, Assurance, CheckMode, ConsentKind, Purpose, Quorum, ScopeType, SpecialCategory,
    },
    retention::{Anchors, Params, Rule, Term},
    scope::Scope,
    state::SubjectState,
};

/// 2026-01-15T12:00:00Z; Unix milliseconds.
pub(crate) const T0: i64 = 1_768_478_400_000;
pub(crate) const DAY: i64 = 86_400_000;
/// The purpose that most tests ask about.
pub(crate) const P: &str = "t.main";

pub(crate) fn pid(text: &str) -> PurposeId {
    PurposeId::parse(text).unwrap()
}

pub(crate) fn value(text: &str) -> ScopeValue {
    ScopeValue::parse(text).unwrap()
}

pub(crate) fn subject(n: u8) -> SubjectId {
    SubjectId::from_bytes([n; 16])
}

/// Notice versions: `v(1)` is live unless a test says otherwise.
pub(crate) fn v(n: u8) -> NoticeHash {
    NoticeHash::of(&[n])
}

pub(crate) fn event_id(n: u64) -> EventId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    EventId::from_parts(T0, random)
}

pub(crate) fn recipient(text: &str) -> Scope {
    Scope::Recipient(value(text))
}

pub(crate) fn purpose(id: &str, check_mode: CheckMode) -> Purpose {
    Purpose {
        id: pid(id),
        title_sv: String::new(),
        title_en: String::new(),
        legal_basis: Vec::new(),
        check_mode,
        consent_kind: ConsentKind::None,
        special_category: SpecialCategory::No,
        art9_ground: None,
        age_rule: AgeRule::None,
        guardian_below: 13,
        guardian_quorum: Quorum::All,
        guardian_verification_min: Verification::SelfDeclared,
        age_default: None,
        depends_on: Vec::new(),
        direct_marketing: false,
        third_party_sharing: false,
        targeted_advertising: false,
        terminal_access: false,
        strictly_necessary: false,
        contract_asserted: false,
        scope_type: ScopeType::None,
        vendors: Vec::new(),
        single_use: false,
        validity: None,
        reask_after: lasting("P6M"),
        assurance_min: Assurance::Browser,
        retired: false,
        parts: Vec::new(),
        controller_pointer: None,
        dpia: None,
        assumption: None,
        imbalance: false,
        incomplete: Vec::new(),
        retention: Vec::new(),
    }
}

/// A duration as registers write it.
pub(crate) fn lasting(text: &str) -> crate::retention::CalendarDuration {
    crate::retention::CalendarDuration::parse(text).expect("an ISO 8601 calendar duration")
}

/// A campaign that ends at `ends_at`; Unix milliseconds.
pub(crate) fn campaign_until(ends_at: i64) -> Campaign {
    Campaign {
        ends_at,
        media: vec![value("photo"), value("film"), value("sound")],
        surfaces: vec![value("web"), value("print")],
        advertising: false,
    }
}

/// A register of a few purposes.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(crate) purposes: BTreeMap<PurposeId, Purpose>,
    /// Notices that are not [`NoticeStanding::Current`], for every purpose.
    pub(crate) notices: BTreeMap<NoticeHash, NoticeStanding>,
    pub(crate) campaigns: BTreeMap<ScopeValue, Campaign>,
    /// The retention rules of every purpose.
    pub(crate) terms: Vec<Term>,
    pub(crate) params: Params,
    /// The names and contacts of customers.
    pub(crate) customers: BTreeMap<ScopeValue, (&'static str, Option<&'static str>)>,
}

impl World {
    pub(crate) fn of(purposes: impl IntoIterator<Item = Purpose>) -> Self {
        let purposes = purposes.into_iter().map(|p| (p.id.clone(), p)).collect();
        Self {
            purposes,
            ..Self::default()
        }
    }

    /// The same register with this retention rule for every purpose.
    pub(crate) fn keeping(mut self, rule: &str) -> Self {
        self.terms = vec![term(rule)];
        self
    }

    pub(crate) fn main(&mut self) -> &mut Purpose {
        self.purposes.get_mut(&pid(P)).unwrap()
    }
}

impl PurposeLookup for World {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.get(id)
    }

    fn notice_standing(&self, _: &PurposeId, notice: &NoticeHash, _: i64) -> NoticeStanding {
        let known = self.notices.get(notice).copied();
        known.unwrap_or(NoticeStanding::Current)
    }

    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.campaigns.get(id)
    }

    fn retention(&self, _: &PurposeId) -> Option<(&[Term], &Params)> {
        Some((&self.terms, &self.params))
    }

    fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        let (name, contact) = *self.customers.get(id)?;
        Some(Customer { name, contact })
    }
}

/// A term of a retention rule as registers write it.
pub(crate) fn term(rule: &str) -> Term {
    Rule::parse(rule).expect("a rule of the grammar").into()
}

/// An item's anchors, as a check gives them.
pub(crate) fn anchors(pairs: &[(&str, &str)]) -> Anchors {
    let mut anchors = Anchors::default();
    for (name, text) in pairs {
        anchors.read(name, text).expect("a day or an instant");
    }
    anchors
}

/// The event with this seq, received that many seconds after [`T0`], by the person, who had seen everything before.
pub(crate) fn event(seq: u64, body: EventBody) -> Event {
    Event {
        seq,
        received_at: T0 + i64::try_from(seq).unwrap() * 1_000,
        occurred_at: None,
        event_id: event_id(seq),
        actor: Actor::SUBJECT,
        assurance: Assurance::Browser,
        notice: Some(v(1)),
        language: None,
        method: Some(Method::Button),
        based_on: seq.saturating_sub(1),
        after_seqs: Vec::new(),
        signals: None,
        body,
    }
}

pub(crate) fn decision(id: &str, decision: DecisionKind) -> Decision {
    Decision {
        purpose: pid(id),
        decision,
        scope: Scope::None,
        all_scopes: false,
        explicit: false,
        gpc_acknowledged: false,
    }
}

/// A decision about [`P`].
pub(crate) fn says(kind: DecisionKind) -> EventBody {
    EventBody::from(Decisions(vec![decision(P, kind)]))
}

pub(crate) fn says_of(kind: DecisionKind, scope: Scope) -> EventBody {
    EventBody::from(Decisions(vec![Decision {
        scope,
        ..decision(P, kind)
    }]))
}

pub(crate) fn main_cell() -> CellRef {
    CellRef {
        purpose: pid(P),
        scope: Scope::None,
    }
}

pub(crate) fn linked(n: u8) -> EventBody {
    EventBody::from(GuardianLinked {
        guardian: subject(n),
        verification: Verification::Eid,
        holders: 1,
    })
}

pub(crate) fn unlinked(n: u8) -> EventBody {
    unlinked_because(n, UnlinkCause::CustodyEnded)
}

pub(crate) fn unlinked_because(n: u8, cause: UnlinkCause) -> EventBody {
    EventBody::from(GuardianUnlinked {
        guardian: subject(n),
        cause,
        holders: 1,
    })
}

pub(crate) fn day(text: &str) -> CivilDay {
    CivilDay::parse(text).unwrap()
}

pub(crate) fn contract_started(id: &str) -> EventBody {
    EventBody::from(ContractStarted {
        contract: value(id),
        purposes: vec![pid(P)],
        effective_from: None,
    })
}

pub(crate) fn contract_ended(id: &str, last_day: &str) -> EventBody {
    EventBody::from(ContractEnded {
        contract: value(id),
        last_day: day(last_day),
    })
}

pub(crate) fn restricted() -> EventBody {
    EventBody::from(SubjectRestricted {
        cause: value("request"),
    })
}

pub(crate) fn unrestricted() -> EventBody {
    EventBody::from(SubjectUnrestricted {
        cause: value("settled"),
    })
}

pub(crate) fn invalidated(effective_from: Option<i64>) -> EventBody {
    EventBody::from(ConsentInvalidated {
        cell: main_cell(),
        all_scopes: false,
        cause: value("form"),
        effective_from,
    })
}

pub(crate) fn revoked() -> EventBody {
    EventBody::from(ConsentRevoked {
        cell: main_cell(),
        all_scopes: false,
        cause: value("project"),
    })
}

pub(crate) fn rejected() -> EventBody {
    EventBody::from(ObjectionRejected {
        cell: main_cell(),
        grounds: value("fraud"),
        balancing_test: v(8),
    })
}

pub(crate) fn delivered(n: u8) -> EventBody {
    EventBody::from(NoticeDelivered {
        notice: v(n),
        purposes: vec![pid(P)],
        language: Language::parse("sv").unwrap(),
        variant: Variant::Adult,
    })
}

pub(crate) fn terms(n: u8) -> EventBody {
    EventBody::from(TermsAccepted {
        terms: v(n),
        version: value("1"),
    })
}

/// What happened, and who did it.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    pub(crate) body: EventBody,
    pub(crate) actor: Actor,
}

impl From<EventBody> for Occurrence {
    fn from(body: EventBody) -> Self {
        Self {
            body,
            actor: Actor::SUBJECT,
        }
    }
}

/// A guardian's decision about [`P`].
pub(crate) fn guardian_says(n: u8, kind: DecisionKind) -> Occurrence {
    Occurrence {
        body: says(kind),
        actor: by_guardian(n),
    }
}

pub(crate) fn authorised(n: u8) -> Occurrence {
    guardian_says(n, DecisionKind::Given)
}

pub(crate) fn aged(band: AgeBand) -> EventBody {
    EventBody::from(AgeBandSet {
        band,
        until: None,
        country: None,
        verification: Verification::Eid,
    })
}

pub(crate) fn by_guardian(n: u8) -> Actor {
    Actor {
        role: Role::Guardian,
        reference: Some(subject(n).to_string()),
        verification: None,
    }
}

/// A stream in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stream(pub(crate) Vec<Event>);

impl Stream {
    /// Adds the next event, and lets the test change it.
    pub(crate) fn add(
        mut self,
        act: impl Into<Occurrence>,
        change: impl FnOnce(&mut Event),
    ) -> Self {
        let seq = u64::try_from(self.0.len()).unwrap() + 1;
        let Occurrence { body, actor } = act.into();
        let mut next = event(seq, body);
        next.actor = actor;
        change(&mut next);
        self.0.push(next);
        self
    }

    pub(crate) fn then(self, act: impl Into<Occurrence>) -> Self {
        self.add(act, |_| {})
    }

    pub(crate) fn of(acts: impl IntoIterator<Item: Into<Occurrence>>) -> Self {
        acts.into_iter().fold(Self::default(), Self::then)
    }

    /// The state after the stream, whose notices were all current when it was received.
    pub(crate) fn state(&self, world: &World) -> SubjectState {
        let then = World {
            notices: BTreeMap::new(),
            ..world.clone()
        };
        fold(&self.0, &then)
    }
}

/// A moment after every event of a short test.
pub(crate) const LATER: i64 = T0 + 60_000;

/// The check of [`P`] without scope, at [`LATER`].
pub(crate) fn check(world: &World, state: &SubjectState) -> Verdict {
    check_at(world, state, LATER)
}

pub(crate) fn check_at(world: &World, state: &SubjectState, now: i64) -> Verdict {
    decide(
        &Context::new(world),
        Some(state),
        &Question::about(pid(P)),
        now,
    )
}
