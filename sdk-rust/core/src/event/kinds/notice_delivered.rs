use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::{NoticeHash, PurposeId},
    scope::Scope,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller delivered a notice to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDelivered {
    /// The notice that was shown or sent.
    pub notice: NoticeHash,
    /// The purposes that the notice names.
    pub purposes: Vec<PurposeId>,
}

impl EventKind for NoticeDelivered {
    const TYPE: &'static str = "notice.delivered";
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

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.deliver(&self.notice, &self.purposes);
        Applied::whole(Ok(()))
    }

    fn summary(public: &Self::Public) -> Summary {
        if public.purposes.is_empty() {
            return Fact::plain("notice_delivered")
                .with("notice", public.notice.as_str())
                .into();
        }
        let told = public.purposes.iter().map(|purpose| {
            Fact::about("notice_delivered", purpose, &Scope::None)
                .with("notice", public.notice.as_str())
        });
        Summary(told.collect())
    }
}
