use serde::{Deserialize, Serialize};

use super::one_to_64;
use crate::{
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    id::{Language, NoticeHash, PurposeId},
    notice::Variant,
    scope::Scope,
    state::{Applied, ApplyContext, SubjectState},
};

/// The controller delivered a notice to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeDelivered {
    /// The notice that was shown or sent.
    pub notice: NoticeHash,
    /// The purposes that the notice tells or asks about and that were delivered; 1 to 64.
    #[serde(deserialize_with = "one_to_64")]
    pub purposes: Vec<PurposeId>,
    /// The language of the text.
    pub language: Language,
    /// The variant of the text.
    pub variant: Variant,
}

impl EventKind for NoticeDelivered {
    const TYPE: &'static str = "notice.delivered";
    const VERSION: u8 = 1;
    type Public = Self;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Permissive
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

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.deliver(cx, &self.notice, &self.purposes, self.variant))
    }

    fn summary(public: &Self::Public) -> Summary {
        let told = public.purposes.iter().map(|purpose| {
            Fact::about("notice_delivered", purpose, &Scope::None)
                .with("notice", public.notice.as_str())
                .with("language", public.language.as_str())
                .with("variant", public.variant.as_str())
        });
        Summary(told.collect())
    }
}
