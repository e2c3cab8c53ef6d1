//! What a leaf commits to: the two openings of an event, and how they are kept.
//!
//! `ctx` holds nothing of a person, `sub` what singles somebody out (design: ARCHITECTURE.md, "Leaf"). Both are
//! canonical JSON (RFC 8785), committed to byte by byte and stored encrypted under the subject's key.

use samtycke_core::decide::Obligation;
use samtycke_core::decision::{Decision, DecisionKind, Method, Outcome, Signals, SupersededReason};
use samtycke_core::event::kinds::{ConsentUsed, Decisions};
use samtycke_core::event::{Actor, CellRef, Event, EventBody};
use samtycke_core::id::{
    EventId, Language, LogId, NoticeHash, PurposeId, ScopeValue, SiteId, SubjectId,
};
use samtycke_core::json::canonical;
use samtycke_core::purpose::Assurance;
use samtycke_core::reason::Reason;
use samtycke_core::scope::Scope;
use samtycke_core::state::StateWord;
use serde::{Deserialize, Serialize};

use crate::agent::Device;
use crate::clock::UnixMs;
use crate::store::{StoreError, Stored};

/// One hour in milliseconds: the precision of time in `ctx`.
const HOUR_MS: i64 = 3_600_000;

/// What sort of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventType {
    /// Decisions through `POST /v1/consents`.
    Consent,
    /// Decisions through `POST /v1/withdrawals`.
    Withdrawal,
    /// A single-use consent was spent through `POST /v1/consents/{event}/use`.
    Use,
}

/// One decision and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// About which purpose.
    pub purpose: PurposeId,
    /// What was said.
    pub decision: DecisionKind,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// A statement of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// Said yes although the browser signals an objection.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gpc_acknowledged: bool,
    /// Whether it acts.
    pub outcome: Outcome,
    /// Why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
    /// Where the cell, or its objection, stands after it.
    pub state: StateWord,
}

/// What a use spent, and what the check that let it pass answered. Which consent it was stands in [`Sub`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseRecord {
    /// Of a consent to which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Why it was allowed.
    pub reason: Reason,
    /// Where the cell stands.
    pub state: StateWord,
    /// What was owed besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
}

/// The opening without a person in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ctx {
    /// Schema version.
    pub v: u8,
    /// The log, so that a leaf cannot be moved to another.
    pub log: LogId,
    /// What sort.
    #[serde(rename = "type")]
    pub type_: EventType,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// What was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// In which variant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// How it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// On which surface: `web`, `app`, `paper`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<ScopeValue>,
    /// SHA-256 of what was really drawn, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui_hash: Option<String>,
    /// How strongly it is bound to the person.
    pub assurance: Assurance,
    /// When it was received, in hours since 1970.
    pub hour: i64,
    /// What was said.
    pub decisions: Vec<DecisionRecord>,
    /// What was spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<UseRecord>,
}

/// The opening that singles somebody out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sub {
    /// Schema version.
    pub v: u8,
    /// Whose.
    pub subject: SubjectId,
    /// Its id.
    pub event_id: EventId,
    /// Number within the subject's stream.
    pub seq: u64,
    /// Hash of the subject's leaf before it, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// When it was received.
    pub received_at: UnixMs,
    /// When it was said, by the client's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<UnixMs>,
    /// The last event of the subject that the client had seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Events of the same offline queue, by their number in the subject's stream.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_seqs: Vec<u64>,
    /// On a use: the event that gave the consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<EventId>,
    /// On a use: when the consent would have run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<UnixMs>,
    /// Who acted, where it was not the subject itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Browser signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// The device, as coarse as it is useful.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// SHA-256 of evidence that the tenant keeps (a signed paper, a recording), hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

impl Ctx {
    /// The hour of a time.
    pub fn hour_of(at: UnixMs) -> i64 {
        at.div_euclid(HOUR_MS)
    }
}

/// Both openings' exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openings {
    /// Canonical JSON of [`Ctx`].
    pub ctx: Vec<u8>,
    /// Canonical JSON of [`Sub`].
    pub sub: Vec<u8>,
}

impl Openings {
    /// The canonical bytes of both.
    pub fn of(ctx: &Ctx, sub: &Sub) -> Self {
        Self {
            ctx: canonical_of(ctx),
            sub: canonical_of(sub),
        }
    }

    /// As one plaintext: length of `ctx` (u32, big endian) | ctx | sub.
    pub fn pack(&self) -> Vec<u8> {
        let length = u32::try_from(self.ctx.len()).expect("a body is at most 64 KiB");
        let mut bytes = Vec::with_capacity(4 + self.ctx.len() + self.sub.len());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.ctx);
        bytes.extend_from_slice(&self.sub);
        bytes
    }

    /// The openings of a plaintext.
    pub fn unpack(bytes: &[u8]) -> Stored<Self> {
        let bad = || StoreError::Contradiction("an event's plaintext is not two openings".into());
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(bad)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| bad())?;
        let (ctx, sub) = rest.split_at_checked(length).ok_or_else(bad)?;
        Ok(Self {
            ctx: ctx.to_vec(),
            sub: sub.to_vec(),
        })
    }

    /// Both, read.
    pub fn read(&self) -> Stored<(Ctx, Sub)> {
        let bad = |_| StoreError::Contradiction("an event's openings cannot be read".into());
        Ok((
            serde_json::from_slice(&self.ctx).map_err(bad)?,
            serde_json::from_slice(&self.sub).map_err(bad)?,
        ))
    }
}

/// Canonical bytes of something that serialises to JSON.
pub fn canonical_of(value: &impl Serialize) -> Vec<u8> {
    canonical(&serde_json::to_value(value).expect("our own types always serialise"))
}

/// The event as the fold sees it, from its openings: what `samtycke fsck`, history and as-of checks replay.
pub fn event_of(ctx: &Ctx, sub: &Sub) -> Stored<Event> {
    Ok(Event {
        seq: sub.seq,
        received_at: sub.received_at,
        occurred_at: sub.occurred_at,
        event_id: sub.event_id.clone(),
        assurance: ctx.assurance,
        notice: ctx.notice.clone(),
        language: ctx.language.clone(),
        method: ctx.method,
        based_on: sub.based_on.unwrap_or(0),
        after_seqs: sub.after_seqs.clone(),
        actor: sub.actor.clone().unwrap_or(Actor::SUBJECT),
        signals: sub.signals,
        body: body_of(ctx, sub)?,
    })
}

/// What happened. An event without what its type needs is a contradiction, and never an event that changes nothing.
fn body_of(ctx: &Ctx, sub: &Sub) -> Stored<EventBody> {
    let bad = || StoreError::Contradiction("an event's openings do not fit its type".into());
    match ctx.type_ {
        EventType::Consent | EventType::Withdrawal => {
            if ctx.decisions.is_empty() || ctx.used.is_some() || sub.consent.is_some() {
                return Err(bad());
            }
            let said = ctx.decisions.iter().map(|d| Decision {
                purpose: d.purpose.clone(),
                decision: d.decision,
                scope: d.scope.clone(),
                explicit: d.explicit,
                gpc_acknowledged: d.gpc_acknowledged,
            });
            Ok(Decisions(said.collect()).into())
        }
        EventType::Use => {
            let (Some(used), Some(consent), true) =
                (&ctx.used, &sub.consent, ctx.decisions.is_empty())
            else {
                return Err(bad());
            };
            let cell = CellRef {
                purpose: used.purpose.clone(),
                scope: used.scope.clone(),
            };
            let consent = consent.clone();
            Ok(ConsentUsed { cell, consent }.into())
        }
    }
}

#[cfg(test)]
mod tests;
