//! The event as the fold sees it: one submission, one leaf, one `seq`.
//!
//! The same JSON is stored encrypted in the log and read back to recompute a state, so every field is typed and an
//! unknown field is an error: a name or a telephone number has nowhere to go.

use serde::{Deserialize, Serialize};

use crate::{
    age::{AgeBand, Country},
    decision::{Decision, Method, Signals},
    id::{EventId, Language, NoticeHash, PurposeId, ScopeValue, SubjectId},
    purpose::Assurance,
    scope::Scope,
    state::SubjectState,
};

/// How many events of its own offline queue a permissive decision may name in `after`.
pub const AFTER_EVENTS_MAX: usize = 16;

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person the data are about.
    Subject,
    /// A holder of parental responsibility.
    Guardian,
    /// Staff of the tenant, for example with a paper consent in hand.
    Staff,
    /// The tenant itself.
    Controller,
    /// A supervisory authority or a court.
    Authority,
    /// The service.
    System,
}

/// How the actor's identity, or a guardian's standing, was verified (GDPR Art. 8(2)). Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Their own word.
    SelfDeclared,
    /// A message to a known address was answered.
    EmailConfirmed,
    /// An eID.
    Eid,
}

/// Who acted, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// In which role.
    pub role: Role,
    /// A pseudonym: the guardian's subject id, or the id of the key that staff used. Never a name.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// How the identity was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

impl Actor {
    /// The person themself.
    pub const SUBJECT: Self = Self {
        role: Role::Subject,
        reference: None,
        verification: None,
    };

    /// The guardian who acted, where a guardian did.
    pub fn guardian(&self) -> Option<SubjectId> {
        match (self.role, &self.reference) {
            (Role::Guardian, Some(reference)) => SubjectId::parse(reference).ok(),
            _ => None,
        }
    }
}

/// One submission, in the order that the server gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Order within the subject's stream, from 1. This alone is order.
    pub seq: u64,
    /// When the server received it; Unix milliseconds. Never decreases within a log.
    pub received_at: i64,
    /// When the client says it happened; Unix milliseconds. Evidence, never order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<i64>,
    /// The client's id of the submission.
    pub event_id: EventId,
    /// Who acted.
    pub actor: Actor,
    /// How strongly it is bound to the person.
    #[serde(default)]
    pub assurance: Assurance,
    /// The notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How the person expressed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The seq that the client had seen; 0: nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub based_on: u64,
    /// The seqs of the events that the client named in `after`: its own offline queue, at most [`AFTER_EVENTS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_seqs: Vec<u64>,
    /// The browser's signals; `None` where the sender is not a browser or did not say, which changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// What happened.
    pub act: Act,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// One cell of one subject, as an act names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRef {
    /// The purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
}

/// What a correction says was wrong with an earlier event. The earlier event itself is never edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It was recorded for somebody else: its grants never held.
    WrongSubject,
    /// It was recorded for another purpose or scope: its grants never held.
    WrongPurpose,
    /// A detail of the evidence was wrong; what was decided stands.
    Evidence,
}

/// What happened. Guardian's acts stand in the child's own stream, so that a check never reads a second subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Act {
    /// Decisions, each about a cell of its own.
    #[serde(rename = "decisions")]
    Decisions(Vec<Decision>),
    /// Somebody was found to hold parental responsibility.
    #[serde(rename = "guardian.linked")]
    GuardianLinked {
        /// Who.
        guardian: SubjectId,
        /// How that was verified.
        verification: Verification,
    },
    /// Custody ended, or the link was wrong.
    #[serde(rename = "guardian.unlinked")]
    GuardianUnlinked {
        /// Who.
        guardian: SubjectId,
    },
    /// A guardian said yes. Permissive.
    #[serde(rename = "guardian.authorised")]
    GuardianAuthorised {
        /// Who.
        guardian: SubjectId,
        /// About what.
        cell: CellRef,
        /// A statement of its own (GDPR Art. 9(2)(a)).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        explicit: bool,
    },
    /// A guardian said no. Restrictive.
    #[serde(rename = "guardian.declined")]
    GuardianDeclined {
        /// Who.
        guardian: SubjectId,
        /// About what.
        cell: CellRef,
    },
    /// A guardian took a yes back; one of them is enough. Restrictive.
    #[serde(rename = "guardian.withdrawn")]
    GuardianWithdrawn {
        /// Who.
        guardian: SubjectId,
        /// About what.
        cell: CellRef,
    },
    /// The controller accepted an objection.
    #[serde(rename = "objection.upheld")]
    ObjectionUpheld {
        /// About what.
        cell: CellRef,
    },
    /// The controller has compelling grounds (GDPR Art. 21(1)). Permissive.
    #[serde(rename = "objection.rejected")]
    ObjectionRejected {
        /// About what.
        cell: CellRef,
        /// A code of the grounds in the tenant's own list; no free text.
        grounds: ScopeValue,
    },
    /// The consent was never valid. Restrictive.
    #[serde(rename = "consent.invalidated")]
    ConsentInvalidated {
        /// About what.
        cell: CellRef,
        /// Since when; Unix milliseconds. Absent: since it was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_from: Option<i64>,
    },
    /// The controller takes the consent out of use; the past stays lawful. Restrictive.
    #[serde(rename = "consent.revoked")]
    ConsentRevoked {
        /// About what.
        cell: CellRef,
    },
    /// A single-use consent was spent; compare-and-set on the grant that it names.
    #[serde(rename = "consent.used")]
    ConsentUsed {
        /// About what.
        cell: CellRef,
        /// The event that gave the consent.
        consent: EventId,
    },
    /// Terms were accepted. Not a consent (GDPR Art. 7(2)), so it changes no cell.
    #[serde(rename = "terms.accepted")]
    TermsAccepted {
        /// The terms' content address.
        terms: NoticeHash,
    },
    /// The age band became known, rose, or was corrected.
    #[serde(rename = "age.band_set")]
    AgeBandSet {
        /// The band now.
        band: AgeBand,
        /// Where the person lives, for [`Country::digital_consent_age`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
    },
    /// The person was told.
    #[serde(rename = "notice.delivered")]
    NoticeDelivered {
        /// What they were shown or sent.
        notice: NoticeHash,
        /// The purposes that it spoke of.
        purposes: Vec<PurposeId>,
    },
    /// A contract began.
    #[serde(rename = "contract.started")]
    ContractStarted {
        /// The tenant's opaque id of the contract.
        contract: ScopeValue,
        /// The purposes that it carries; empty: every purpose that rests on contract.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        purposes: Vec<PurposeId>,
        /// Since when; Unix milliseconds. Absent: since it was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_from: Option<i64>,
    },
    /// A contract ended, or will.
    #[serde(rename = "contract.ended")]
    ContractEnded {
        /// Which one.
        contract: ScopeValue,
        /// When; Unix milliseconds. Absent: when it was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_from: Option<i64>,
    },
    /// A campaign ended, or will.
    #[serde(rename = "campaign.ended")]
    CampaignEnded {
        /// Which one.
        campaign: ScopeValue,
        /// When; Unix milliseconds. Absent: when it was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_from: Option<i64>,
    },
    /// In the survivor's stream: another subject turned out to be the same person. The event carries that subject's
    /// state, so that the stream folds without reading another; its seq is [`crate::state::joint_seq`].
    #[serde(rename = "subject.linked")]
    SubjectLinked {
        /// Who was taken in.
        from: SubjectId,
        /// Their state at that moment.
        state: Box<SubjectState>,
    },
    /// In the other's stream: from now on the survivor answers.
    #[serde(rename = "subject.merged")]
    SubjectMerged {
        /// The survivor.
        into: SubjectId,
    },
    /// The two were not the same person after all. In the stream of the one who was taken in it carries the survivor's
    /// state, since a no said meanwhile may have been theirs; in the survivor's it carries none.
    #[serde(rename = "subject.unmerged")]
    SubjectUnmerged {
        /// The other one.
        from: SubjectId,
        /// The survivor's state at that moment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<Box<SubjectState>>,
    },
    /// Processing is restricted (GDPR Art. 18). Restrictive, for every cell.
    #[serde(rename = "subject.restricted")]
    SubjectRestricted {},
    /// The restriction is lifted. Permissive.
    #[serde(rename = "subject.unrestricted")]
    SubjectUnrestricted {},
    /// The subject was erased (GDPR Art. 17). Restrictive, for every cell, for ever.
    #[serde(rename = "subject.erased")]
    SubjectErased {},
    /// An earlier event was recorded wrongly (GDPR Art. 16). It can take grants back and never makes one.
    #[serde(rename = "correction")]
    Correction {
        /// Which one.
        corrects: EventId,
        /// What was wrong.
        fault: Fault,
        /// Since when; Unix milliseconds. Absent: since it was received.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_from: Option<i64>,
    },
}

impl Act {
    /// Whether it narrows, in any part, what may be done. Such an act is accepted unconditionally.
    pub fn is_restrictive(&self) -> bool {
        match self {
            Self::Decisions(decisions) => decisions.iter().any(|d| d.decision.is_restrictive()),
            Self::GuardianDeclined { .. }
            | Self::GuardianWithdrawn { .. }
            | Self::ObjectionUpheld { .. }
            | Self::ConsentInvalidated { .. }
            | Self::ConsentRevoked { .. }
            | Self::SubjectRestricted {}
            | Self::SubjectErased {} => true,
            Self::Correction { fault, .. } => *fault != Fault::Evidence,
            _ => false,
        }
    }

    /// Whether it widens, in any part, what may be done. Such a part is compare-and-set.
    pub fn is_permissive(&self) -> bool {
        match self {
            Self::Decisions(decisions) => decisions.iter().any(|d| d.decision.is_permissive()),
            Self::GuardianAuthorised { .. }
            | Self::ObjectionRejected { .. }
            | Self::SubjectUnrestricted {} => true,
            _ => false,
        }
    }

    fn effective_from(&self) -> Option<i64> {
        match self {
            Self::ConsentInvalidated { effective_from, .. }
            | Self::ContractStarted { effective_from, .. }
            | Self::ContractEnded { effective_from, .. }
            | Self::CampaignEnded { effective_from, .. }
            | Self::Correction { effective_from, .. } => *effective_from,
            _ => None,
        }
    }
}

impl Event {
    /// When it took effect in the world; Unix milliseconds: `effective_from` where the act has one, else receipt.
    pub fn effective_at(&self) -> i64 {
        self.act.effective_from().unwrap_or(self.received_at)
    }

    /// Whether a question about `as_of`, asked with what was known at `known_at` (both Unix milliseconds), sees it.
    pub fn is_seen(&self, known_at: i64, as_of: i64) -> bool {
        self.received_at <= known_at && self.effective_at() <= as_of
    }
}

/// The order in which one batch is applied: whatever narrows first, else as received (section 2, rule 5). Returns
/// indexes into `acts`.
pub fn batch_order(acts: &[&Act]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..acts.len()).collect();
    order.sort_by_key(|&i| !acts[i].is_restrictive());
    order
}
