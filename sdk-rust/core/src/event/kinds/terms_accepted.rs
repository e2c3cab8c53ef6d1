use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::{NoticeHash, ScopeValue},
    state::{Applied, ApplyContext, SubjectState},
};

/// The person accepted terms. Acceptance is not consent (GDPR Art. 7(2)), so it changes no cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsAccepted {
    /// The content address of the terms.
    pub terms: NoticeHash,
    /// The version of the terms, as the tenant numbers them.
    pub version: ScopeValue,
}

impl EventKind for TermsAccepted {
    const TYPE: &'static str = "terms.accepted";
    const VERSION: u8 = 1;
    type Public = Self;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::None
    }

    fn split(self) -> (Self::Public, Self::Private) {
        (self, NoData {})
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        public
    }

    fn apply(&self, _: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        Applied::whole(Ok(()))
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::plain("terms_accepted")
            .with("terms", public.terms.as_str())
            .with("version", public.version.as_str())
            .into()
    }
}
