//! The kinds of event. A new kind is a file in this folder and a line in the list at the end of this one.

mod age_band_set;
mod campaign_ended;
mod consent_invalidated;
mod consent_revoked;
mod consent_used;
mod contract_ended;
mod contract_started;
mod correction;
mod decisions;
mod guardian_authorised;
mod guardian_declined;
mod guardian_linked;
mod guardian_unlinked;
mod guardian_withdrawn;
mod notice_delivered;
mod objection_rejected;
mod objection_upheld;
mod subject_erased;
mod subject_linked;
mod subject_merged;
mod subject_restricted;
mod subject_unmerged;
mod subject_unrestricted;
mod terms_accepted;

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};

pub use self::{
    age_band_set::AgeBandSet,
    campaign_ended::CampaignEnded,
    consent_invalidated::ConsentInvalidated,
    consent_revoked::ConsentRevoked,
    consent_used::ConsentUsed,
    contract_ended::ContractEnded,
    contract_started::ContractStarted,
    correction::{Correction, Fault},
    decisions::Decisions,
    guardian_authorised::GuardianAuthorised,
    guardian_declined::GuardianDeclined,
    guardian_linked::GuardianLinked,
    guardian_unlinked::GuardianUnlinked,
    guardian_withdrawn::GuardianWithdrawn,
    notice_delivered::NoticeDelivered,
    objection_rejected::ObjectionRejected,
    objection_upheld::ObjectionUpheld,
    subject_erased::SubjectErased,
    subject_linked::SubjectLinked,
    subject_merged::SubjectMerged,
    subject_restricted::SubjectRestricted,
    subject_unmerged::SubjectUnmerged,
    subject_unrestricted::SubjectUnrestricted,
    terms_accepted::TermsAccepted,
};
use super::{Direction, EventKind};
use crate::state::{Applied, ApplyContext, SubjectState};

macro_rules! event_kinds {
    ($( $kind:ident, )+) => {
        /// What happened. As JSON an object with one member, named by the kind: `{"guardian.linked": {..}}`. A guardian's
        /// events stand in the child's own stream, so that a check never reads a second subject.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum EventBody {
            $( #[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind), )+
        }

        $( impl From<$kind> for EventBody {
            fn from(kind: $kind) -> Self {
                Self::$kind(kind)
            }
        } )+

        impl EventBody {
            /// Every name of a kind, in the order of the list.
            pub const TYPES: &'static [&'static str] = &[$( <$kind as EventKind>::TYPE, )+];

            /// The kind's name.
            pub fn type_name(&self) -> &'static str {
                match self { $( Self::$kind(_) => <$kind as EventKind>::TYPE, )+ }
            }

            /// Whether it narrows or widens what may be done.
            pub fn direction(&self) -> Direction {
                match self { $( Self::$kind(kind) => kind.direction(), )+ }
            }

            /// Since when it holds, where it says so; Unix milliseconds.
            pub fn effective_from(&self) -> Option<i64> {
                match self { $( Self::$kind(kind) => kind.effective_from(), )+ }
            }

            pub(super) fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
                match self { $( Self::$kind(kind) => kind.apply(state, cx), )+ }
            }

            pub(super) fn apply_to_erased(&self) -> Applied {
                match self { $( Self::$kind(kind) => kind.apply_to_erased(), )+ }
            }
        }

        impl Serialize for EventBody {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $( Self::$kind(kind) => {
                    serializer.collect_map([(<$kind as EventKind>::TYPE, kind)])
                } )+ }
            }
        }

        impl<'de> Visitor<'de> for BodyVisitor {
            type Value = EventBody;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with one member, named by a kind of event")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EventBody, A::Error> {
                let Some(name) = map.next_key::<String>()? else {
                    return Err(A::Error::custom("a kind of event is missing"));
                };
                let body = match name.as_str() {
                    $( <$kind as EventKind>::TYPE => map.next_value::<$kind>()?.into(), )+
                    unknown => return Err(A::Error::unknown_variant(unknown, EventBody::TYPES)),
                };
                match map.next_key::<String>()? {
                    None => Ok(body),
                    Some(_) => Err(A::Error::custom("an event is of one kind")),
                }
            }
        }
    };
}

struct BodyVisitor;

impl<'de> Deserialize<'de> for EventBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(BodyVisitor)
    }
}

event_kinds! {
    Decisions,
    GuardianLinked,
    GuardianUnlinked,
    GuardianAuthorised,
    GuardianDeclined,
    GuardianWithdrawn,
    ObjectionUpheld,
    ObjectionRejected,
    ConsentInvalidated,
    ConsentRevoked,
    ConsentUsed,
    TermsAccepted,
    AgeBandSet,
    NoticeDelivered,
    ContractStarted,
    ContractEnded,
    CampaignEnded,
    SubjectLinked,
    SubjectMerged,
    SubjectUnmerged,
    SubjectRestricted,
    SubjectUnrestricted,
    SubjectErased,
    Correction,
}
