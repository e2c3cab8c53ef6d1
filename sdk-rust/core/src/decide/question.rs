//! The input of a check.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::Campaign,
    decision::Signals,
    id::{NoticeHash, PurposeId, ScopeValue},
    notice_standing::NoticeStanding,
    purpose::{Purpose, ScopeType},
    retention::{Anchors, Params, Term},
    scope::Scope,
    state::SubjectState,
};

/// The operation on the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Store.
    Store,
    /// Read what is stored.
    Read,
    /// Any other processing; the default.
    #[default]
    Process,
    /// Forward to a recipient.
    Forward,
    /// Publish.
    Publish,
    /// Show to staff.
    View,
}

/// A check of one purpose. Its subject is the one whose state [`decide`](super::decide) gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope, matched exactly.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The operation.
    #[serde(default)]
    pub op: Op,
    /// The browser's signals now, if it asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// For a processor: the customer for whom the data are processed, by its id among the register's recipients.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<ScopeValue>,
    /// Whether `now` is a chosen moment of the past. The state is then the fold of the events for which
    /// [`Event::is_seen`](crate::event::Event::is_seen), and the guard against clocks that step back is off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub historic: bool,
    /// Whether the verdict explains itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explain: bool,
}

impl Question {
    /// A check of a purpose without scope, with the default operation.
    pub fn about(purpose: PurposeId) -> Self {
        Self {
            purpose,
            scope: Scope::None,
            op: Op::default(),
            signals: None,
            on_behalf_of: None,
            historic: false,
            explain: false,
        }
    }
}

/// The live register, as a check and a fold read it.
pub trait PurposeLookup {
    /// The purpose, if the register has it.
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose>;

    /// The standing of a notice for a purpose.
    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        known_at: i64,
    ) -> NoticeStanding;

    /// A campaign of the tenant.
    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        let _ = id;
        None
    }

    /// The earliest end of a campaign that was published at `since` or later, or is in force; Unix milliseconds.
    fn campaign_end_since(&self, id: &ScopeValue, since: i64) -> Option<i64> {
        let _ = since;
        self.campaign(id).map(|campaign| campaign.ends_at)
    }

    /// How long data for a purpose may be kept, with the lengths that the controller has set. `None`: the register says
    /// nothing about it, so no date is known.
    fn retention(&self, id: &PurposeId) -> Option<(&[Term], &Params)> {
        let _ = id;
        None
    }

    /// Whether a published notice asked about the purpose under this type of scope, or told of it, which names no type.
    fn had_scope_type(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        let _ = (purpose, scope);
        false
    }

    /// A customer on whose behalf the tenant processes: a recipient of the register with this id.
    fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        let _ = id;
        None
    }
}

/// A customer of a processor, who is the controller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer<'a> {
    /// Its name.
    pub name: &'a str,
    /// How it is reached, if the register says so.
    pub contact: Option<&'a str>,
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

/// The input of a check besides the subject's state.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The live register.
    pub register: &'a dyn PurposeLookup,
    /// The state of the subject that this one was merged into, at the end of all merges. Without it a merged subject's
    /// checks fail closed.
    pub survivor: Option<&'a SubjectState>,
    /// The anchors of the item that the check is about.
    pub item: Option<&'a Anchors>,
    /// Whether the tenant treats DNT like GPC (row 12).
    pub dnt_counts: bool,
}

impl<'a> Context<'a> {
    /// A context with the register alone.
    pub fn new(register: &'a dyn PurposeLookup) -> Self {
        Self {
            register,
            survivor: None,
            item: None,
            dnt_counts: false,
        }
    }
}
