//! The event kinds. A new kind is a file in this folder and a line in the list at the end of this file.

mod age_band_set;
mod consent_invalidated;
mod consent_revoked;
mod consent_used;
mod contract_ended;
mod contract_started;
mod correction;
mod decisions;
mod ended_consent;
mod guardian_linked;
mod guardian_unlinked;
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

use std::{collections::HashSet, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::Value;

pub use self::{
    age_band_set::AgeBandSet,
    consent_invalidated::ConsentInvalidated,
    consent_revoked::ConsentRevoked,
    consent_used::ConsentUsed,
    contract_ended::ContractEnded,
    contract_started::ContractStarted,
    correction::{Correction, Fault},
    decisions::Decisions,
    guardian_linked::GuardianLinked,
    guardian_unlinked::{GuardianUnlinked, UnlinkCause},
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
use super::{
    Cells, Direction, EventKind, Summary,
    opening::{OpeningError, Part, data_of, from_data},
};
use crate::{
    id::PurposeId,
    state::{Applied, ApplyContext, SubjectState},
    wire::DECISIONS_MAX,
};

/// Reads 1 to 64 purposes, each once.
fn one_to_64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PurposeId>, D::Error> {
    let purposes = Vec::<PurposeId>::deserialize(deserializer)?;
    let each: HashSet<_> = purposes.iter().collect();
    if purposes.is_empty() || purposes.len() > DECISIONS_MAX || each.len() < purposes.len() {
        return Err(D::Error::custom("must be 1 to 64 purposes, each once"));
    }
    Ok(purposes)
}

/// Reads how many persons hold custody.
fn one_or_two<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        holders @ 1..=2 => Ok(holders),
        _ => Err(D::Error::custom("must be 1 or 2")),
    }
}

macro_rules! event_kinds {
    ($( $kind:ident, )+) => {
        /// What happened. In JSON it is an object with one member, named by the kind: `{"guardian.linked": {..}}`. A
        /// guardian's events stand in the child's own stream, so that a check never reads a second subject.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum EventBody {
            $( #[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind), )+
        }

        $( impl From<$kind> for EventBody {
            fn from(kind: $kind) -> Self {
                Self::$kind(kind)
            }
        } )+

        /// The public data of an event, which do not identify a person.
        #[derive(Debug)]
        pub(super) enum PublicData {
            $( $kind(<$kind as EventKind>::Public), )+
        }

        impl PublicData {
            /// Reads the data of the kind with this name and version. No other function maps a name to a kind. A name
            /// or version outside the list is an error, never an event without effect.
            pub(super) fn read(name: &str, version: u64, data: Option<Value>) -> Result<Self, OpeningError> {
                $( if name == <$kind as EventKind>::TYPE && version == u64::from(<$kind as EventKind>::VERSION) {
                    return from_data(Part::Ctx, data).map(Self::$kind);
                } )+
                Err(if EventBody::TYPES.contains(&name) {
                    OpeningError::UnknownVersion { name: name.to_owned(), version }
                } else {
                    OpeningError::UnknownType { name: name.to_owned() }
                })
            }

            /// The data as `ctx` holds them; `None` if the kind has none.
            pub(super) fn to_data(&self) -> Option<Value> {
                match self { $( Self::$kind(public) => data_of(public), )+ }
            }

            pub(super) fn summary(&self) -> Summary {
                match self { $( Self::$kind(public) => <$kind as EventKind>::summary(public), )+ }
            }

            /// The number of results that `ctx` has, as [`Cells::result_count`]: one for each decision of a list, and
            /// one for every other kind, which is about one cell or the subject as a whole.
            pub(super) fn result_count(&self) -> usize {
                let data = self.to_data();
                let decisions = data.as_ref().and_then(|data| data["decisions"].as_array());
                decisions.map_or(1, Vec::len)
            }

            /// Joins the public data with the private data of `sub`. Returns the event and the private data as this
            /// program would write them.
            pub(super) fn join(self, private: Option<Value>) -> Result<(EventBody, Option<Value>), OpeningError> {
                match self { $( Self::$kind(public) => {
                    let private: <$kind as EventKind>::Private = from_data(Part::Sub, private)?;
                    let written = data_of(&private);
                    Ok((<$kind as EventKind>::join(public, private).into(), written))
                } )+ }
            }
        }

        impl EventBody {
            /// Splits the event into the public data for `ctx` and the data for `sub`.
            pub(super) fn split(self) -> (PublicData, Option<Value>) {
                match self { $( Self::$kind(kind) => {
                    let (public, private) = kind.split();
                    (PublicData::$kind(public), data_of(&private))
                } )+ }
            }

            /// The version in which this program writes the kind.
            pub fn version(&self) -> u8 {
                match self { $( Self::$kind(_) => <$kind as EventKind>::VERSION, )+ }
            }

            /// The cells that the event concerns.
            pub fn cells(&self) -> Cells<'_> {
                match self { $( Self::$kind(kind) => kind.cells(), )+ }
            }

            /// The summary for histories, `samtycke verify` and receipts.
            pub fn summary(&self) -> Summary {
                self.clone().split().0.summary()
            }

            /// The names of all kinds, in the order of the list.
            pub const TYPES: &'static [&'static str] = &[$( <$kind as EventKind>::TYPE, )+];

            /// The kind's name.
            pub fn type_name(&self) -> &'static str {
                match self { $( Self::$kind(_) => <$kind as EventKind>::TYPE, )+ }
            }

            /// Whether the event restricts or permits processing.
            pub fn direction(&self) -> Direction {
                match self { $( Self::$kind(kind) => kind.direction(), )+ }
            }

            /// When the event takes effect, if it says so; Unix milliseconds.
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
    SubjectLinked,
    SubjectMerged,
    SubjectUnmerged,
    SubjectRestricted,
    SubjectUnrestricted,
    SubjectErased,
    Correction,
}
