//! What a check is asked, and what it may look at.

use serde::{Deserialize, Serialize};

use crate::{
    decision::Signals,
    id::{NoticeHash, PurposeId, ScopeValue},
    notice_standing::NoticeStanding,
    purpose::Purpose,
    scope::Scope,
    state::SubjectState,
};

/// What is to be done with the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Store them.
    Store,
    /// Read what is stored.
    Read,
    /// Anything else; what is meant where nothing is said.
    #[default]
    Process,
    /// Hand them to somebody.
    Forward,
    /// Make them public.
    Publish,
    /// Show them to staff.
    View,
}

/// A check's question about one purpose. The subject is the one whose state is handed to [`decide`](super::decide).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// For which purpose.
    pub purpose: PurposeId,
    /// Limited to what; matched exactly.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// What is to be done.
    #[serde(default)]
    pub op: Op,
    /// What the browser signals right now, where it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// Whether `now` is a chosen moment of the past. The state is then the fold of the events for which
    /// [`Event::is_seen`](crate::event::Event::is_seen), and the guard against clocks that step back is off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub historic: bool,
    /// Whether the answer is to say how it came about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explain: bool,
}

impl Question {
    /// A question about a purpose without scope, `op` unsaid.
    pub fn about(purpose: PurposeId) -> Self {
        Self {
            purpose,
            scope: Scope::None,
            op: Op::default(),
            signals: None,
            historic: false,
            explain: false,
        }
    }
}

/// What the retention rules say of the item in question; the caller works it out (row 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RetentionStanding {
    /// It may be kept, or no item is in question.
    #[default]
    Open,
    /// Nothing may be stored for the purpose: the rule is `none`.
    NonePermitted,
    /// The item should have been erased by now.
    Passed,
}

/// The live register, as a check and a fold read it.
pub trait PurposeLookup {
    /// The purpose, where the register has it.
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose>;

    /// Where a notice stands for a purpose.
    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        known_at: i64,
    ) -> NoticeStanding;

    /// When a campaign is planned to end, where the register says; Unix milliseconds.
    fn campaign_end(&self, campaign: &ScopeValue) -> Option<i64> {
        let _ = campaign;
        None
    }
}

/// No live register: every purpose is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRegister;

impl PurposeLookup for NoRegister {
    fn purpose(&self, _: &PurposeId) -> Option<&Purpose> {
        None
    }

    fn notice_standing(&self, _: &PurposeId, _: &NoticeHash, _: i64) -> NoticeStanding {
        NoticeStanding::Unknown
    }
}

/// What a check is answered from, besides the subject's state.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The register that is live.
    pub register: &'a dyn PurposeLookup,
    /// The state of the subject that the asked one was merged into: the last one, where that was merged in turn.
    /// Without it, a merged subject's checks fail closed.
    pub survivor: Option<&'a SubjectState>,
    /// What the retention rules say of the item.
    pub retention: RetentionStanding,
    /// Whether the tenant treats DNT like GPC (row 12).
    pub dnt_counts: bool,
}

impl<'a> Context<'a> {
    /// A context with nothing but the register.
    pub fn new(register: &'a dyn PurposeLookup) -> Self {
        Self {
            register,
            survivor: None,
            retention: RetentionStanding::Open,
            dnt_counts: false,
        }
    }
}
