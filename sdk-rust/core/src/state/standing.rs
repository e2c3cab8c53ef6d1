//! The standing of a cell under the present register: the age rule, the guardians and the end of the consent.

use super::{
    ApplyContext, Authorisation, Cell, CellState, ObjectionState, StateWord, SubjectState,
};
use crate::{
    actor::Verification,
    age::{ASSENT_FROM_YEARS, AgeBand},
    decide::PurposeLookup,
    event::CellRef,
    id::SubjectId,
    notice_standing::NoticeStanding,
    purpose::{AgeRule, Assurance, CheckMode, Purpose, Quorum},
    retention::add_calendar,
    scope::Scope,
};

/// The standing of a cell for a purpose, before time and notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: CellState,
    /// The start of the validity: when it was said, at the latest when it was received; Unix milliseconds.
    pub from: i64,
    /// When it was received; Unix milliseconds. What was published by then is what the person had seen.
    pub known_at: i64,
    /// Whether the grant is explicit, in a statement of its own.
    pub explicit: bool,
    /// The assurance of the grant.
    pub assurance: Assurance,
    /// Whether guardians gave the grant.
    pub by_guardian: bool,
}

impl SubjectState {
    /// The age band, if it is known and cannot be outgrown at `now` (Unix milliseconds).
    pub fn age_at(&self, now: i64) -> Option<AgeBand> {
        self.age_band
            .filter(|_| self.age_until.is_none_or(|until| now < until))
    }

    /// The age band for a purpose at `now` (Unix milliseconds): the register's assumption where none was ever set.
    pub fn age_for(&self, purpose: &Purpose, now: i64) -> Option<AgeBand> {
        if self.age_band.is_none() {
            purpose.age_default
        } else {
            self.age_at(now)
        }
    }

    /// Whether a guardian must authorise the subject's decision about a purpose at `now` (Unix milliseconds); `None` if
    /// the age is not known.
    pub fn needs_guardian(&self, purpose: &Purpose, now: i64) -> Option<bool> {
        match self.guardian_below(purpose) {
            None => Some(false),
            Some(age) => Some(self.age_for(purpose, now)?.may_be_below(age)),
        }
    }

    /// The standing of a cell of this subject for its purpose at `now` (Unix milliseconds).
    pub fn standing(&self, cell: &Cell, purpose: &Purpose, now: i64) -> Standing {
        let own = Standing {
            state: cell.state,
            from: cell.from(),
            known_at: cell.at,
            explicit: cell.explicit,
            assurance: cell.assurance,
            by_guardian: false,
        };
        if !cell.state.is_granted() {
            return own;
        }
        let as_own = if cell.own {
            own
        } else {
            with(own, CellState::Requested)
        };
        let today = self.age_for(purpose, now);
        let (Some(age), Some(today)) = (self.guardian_below(purpose), today) else {
            return as_own;
        };
        let then = cell.band_true.unwrap_or(today);
        if !then.may_be_below(age) {
            return as_own;
        }
        let needed_today = today.may_be_below(age);
        let Some(yes) = self.guardians_grant(cell, purpose, needed_today) else {
            let thought_old_enough = cell
                .band_believed
                .is_some_and(|band| !band.may_be_below(age));
            return with(own, without_guardians(thought_old_enough, needed_today));
        };
        let state = if assent_missing(cell, purpose, then) {
            CellState::Requested
        } else {
            cell.state
        };
        Standing {
            state,
            from: yes.at,
            known_at: cell.at,
            explicit: yes.explicit,
            assurance: yes.assurance,
            by_guardian: true,
        }
    }

    /// When a consent ends: by its validity or with its campaign, whichever is first; Unix milliseconds.
    pub fn ends_at(
        &self,
        cell: &Cell,
        purpose: &Purpose,
        from: i64,
        purposes: &dyn PurposeLookup,
    ) -> Option<i64> {
        let validity = purpose.validity.as_ref();
        let own = validity.map(|duration| add_calendar(from, duration));
        let campaign = match &cell.scope {
            Scope::Campaign { campaign, .. } => purposes.campaign_end_since(campaign, cell.at),
            _ => None,
        };
        [own, cell.campaign_end, campaign]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether a grant has expired, or its notice no longer describes the processing, when an event is received.
    pub(super) fn has_lapsed(&self, at: &CellRef, cx: &ApplyContext<'_>) -> bool {
        self.standing_at(at, cx)
            .is_some_and(|(cell, purpose, standing)| {
                let word = self.granted_word(cell, purpose, standing, cx.purposes, cx.received_at);
                standing.state.is_granted() && !word.is_granted()
            })
    }

    /// Whether the time of a grant is over when an event is received, also of one that waits for others.
    pub(super) fn is_over(&self, at: &CellRef, cx: &ApplyContext<'_>) -> bool {
        self.standing_at(at, cx)
            .is_some_and(|(cell, purpose, standing)| {
                let end = self.ends_at(cell, purpose, standing.from, cx.purposes);
                end.is_some_and(|end| cx.received_at >= end)
            })
    }

    fn standing_at<'a>(
        &'a self,
        at: &CellRef,
        cx: &ApplyContext<'a>,
    ) -> Option<(&'a Cell, &'a Purpose, Standing)> {
        let purpose = cx.purposes.purpose(&at.purpose)?;
        let cell = self.cell(&at.purpose, &at.scope)?;
        Some((cell, purpose, self.standing(cell, purpose, cx.received_at)))
    }

    /// The state of a grant at `now`: expired and stale too.
    fn granted_word(
        &self,
        cell: &Cell,
        purpose: &Purpose,
        standing: Standing,
        purposes: &dyn PurposeLookup,
        now: i64,
    ) -> CellState {
        if !standing.state.is_granted() {
            return standing.state;
        }
        let end = self.ends_at(cell, purpose, standing.from, purposes);
        if end.is_some_and(|end| now >= end) {
            return CellState::Expired;
        }
        let notice = cell
            .notice
            .as_ref()
            .map(|notice| purposes.notice_standing(&purpose.id, notice, standing.known_at));
        match notice.unwrap_or(NoticeStanding::Unknown) {
            NoticeStanding::Invalidated => CellState::Invalidated,
            NoticeStanding::StaleConsent | NoticeStanding::Unknown => CellState::Stale,
            NoticeStanding::Current | NoticeStanding::Equivalent | NoticeStanding::StaleNotice => {
                standing.state
            }
        }
    }

    /// The state of a cell in the words of a check at `now` (Unix milliseconds). A standing objection comes first; where
    /// consent is asked, what was decided about it comes before an objection that was taken back.
    pub fn word(&self, cell: &Cell, purposes: &dyn PurposeLookup, now: i64) -> StateWord {
        let purpose = purposes.purpose(&cell.purpose);
        let consent = match purpose {
            Some(purpose) => {
                let standing = self.standing(cell, purpose, now);
                let granted = self.granted_word(cell, purpose, standing, purposes, now);
                cell.with_refusals(granted, purpose)
            }
            None => cell.state,
        };
        let only_consent = purpose.is_some_and(|p| p.check_mode == CheckMode::Consent);
        let marketing = purpose.is_some_and(|p| p.direct_marketing);
        let asked = purpose.is_none_or(Purpose::asks_consent) && consent != CellState::Unknown;
        let lifted = |seq| only_consent && cell.state.is_granted() && cell.own && cell.seq > seq;
        let objection = cell.objection.filter(|objection| !lifted(objection.seq));
        match objection.map(|o| o.state) {
            Some(ObjectionState::Objected) if marketing => StateWord::Upheld,
            Some(_) if only_consent => consent.into(),
            Some(state @ (ObjectionState::Objected | ObjectionState::Upheld)) => state.into(),
            Some(_) if asked => consent.into(),
            Some(state) => state.into(),
            None => consent.into(),
        }
    }

    fn guardian_below(&self, purpose: &Purpose) -> Option<u8> {
        match purpose.age_rule {
            AgeRule::None | AgeRule::IssPreventive => None,
            AgeRule::Maturity => Some(purpose.guardian_below),
            AgeRule::Iss => Some(match self.country {
                Some(country) => country.digital_consent_age(),
                None => purpose.guardian_below,
            }),
        }
    }

    /// The guardians' grants as one, if there are enough. While a guardian is needed, those linked today count. Once
    /// the young person can decide alone, the grant carries over if there were enough when it was needed. A guardian
    /// whose link is weaker than the purpose requires does not count.
    fn guardians_grant(
        &self,
        cell: &Cell,
        purpose: &Purpose,
        needed_today: bool,
    ) -> Option<Together> {
        let least = purpose.guardian_verification_min;
        let linked = |a: &Authorisation| self.guardians.iter().any(|g| g.id == a.guardian);
        let counted = || {
            cell.authorised
                .iter()
                .filter(move |a| !needed_today || linked(a))
                .filter(move |a| self.verified(a) >= least)
        };
        match purpose.guardian_quorum {
            Quorum::Any => Together::newest(counted()),
            Quorum::All => {
                let enough = if needed_today {
                    self.all_guardians_granted(cell, least)
                } else {
                    cell.by_all_guardians
                };
                if enough {
                    Together::all(counted())
                } else {
                    None
                }
            }
        }
    }

    /// How a guardian who granted is verified: as in the link, or as at the grant if there is none any more.
    fn verified(&self, grant: &Authorisation) -> Verification {
        let link = self.guardians.iter().find(|g| g.id == grant.guardian);
        link.map_or(grant.verification, |link| link.verification)
    }

    /// Whether as many guardians are linked as hold custody, and each of them has granted with a link of at least this
    /// verification.
    pub(super) fn all_guardians_granted(&self, cell: &Cell, least: Verification) -> bool {
        let linked = self.guardians.len();
        let has_granted = |id: &SubjectId| cell.authorised.iter().any(|a| a.guardian == *id);
        linked >= usize::from(self.holders).max(1)
            && self
                .guardians
                .iter()
                .all(|g| g.verification >= least && has_granted(&g.id))
    }
}

/// Several guardians' grants as one.
struct Together {
    at: i64,
    explicit: bool,
    assurance: Assurance,
}

impl Together {
    /// One guardian is enough, so the last decision counts.
    fn newest<'a>(all: impl Iterator<Item = &'a Authorisation>) -> Option<Self> {
        all.max_by_key(|a| a.at).map(|a| Self {
            at: a.at,
            explicit: a.explicit,
            assurance: a.assurance,
        })
    }

    /// All are needed, so the grant is as old and as weak as the oldest and the weakest.
    fn all<'a>(all: impl Iterator<Item = &'a Authorisation>) -> Option<Self> {
        all.fold(None, |sum: Option<Self>, a| {
            Some(Self {
                at: sum.as_ref().map_or(a.at, |s| s.at.min(a.at)),
                explicit: a.explicit && sum.as_ref().is_none_or(|s| s.explicit),
                assurance: sum
                    .as_ref()
                    .map_or(a.assurance, |s| s.assurance.min(a.assurance)),
            })
        })
    }
}

fn with(standing: Standing, state: CellState) -> Standing {
    Standing { state, ..standing }
}

/// A child's grant that lacked its guardians. If the child was believed to be old enough, it was acted upon and was
/// never valid. If not, nothing rested on it: it waits, and the child is asked once it can decide alone.
fn without_guardians(thought_old_enough: bool, needed_today: bool) -> CellState {
    match (thought_old_enough, needed_today) {
        (true, _) => CellState::Invalidated,
        (false, true) => CellState::PendingGuardian,
        (false, false) => CellState::Requested,
    }
}

fn assent_missing(cell: &Cell, purpose: &Purpose, then: AgeBand) -> bool {
    purpose.age_rule == AgeRule::Maturity && !cell.own && !then.may_be_below(ASSENT_FROM_YEARS)
}
