//! The standing of a cell under the present register: the age rule and the guardians.

use super::{Authorisation, Cell, CellState, SubjectState};
use crate::{
    age::{ASSENT_FROM_YEARS, AgeBand},
    purpose::{AgeRule, Assurance, Purpose, Quorum},
};

/// The standing of a cell for a purpose, before time and notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: CellState,
    /// The start of the validity; Unix milliseconds.
    pub from: i64,
    /// Whether the grant is explicit, in a statement of its own.
    pub explicit: bool,
    /// The assurance of the grant.
    pub assurance: Assurance,
    /// Whether guardians gave the grant.
    pub by_guardian: bool,
}

impl SubjectState {
    /// Whether a guardian must authorise the subject's decision about a purpose today; `None` if the age is not known.
    pub fn needs_guardian(&self, purpose: &Purpose) -> Option<bool> {
        match self.guardian_below(purpose) {
            None => Some(false),
            Some(age) => Some(self.age_band?.may_be_below(age)),
        }
    }

    /// The standing of a cell of this subject for its purpose.
    pub fn standing(&self, cell: &Cell, purpose: &Purpose) -> Standing {
        let own = Standing {
            state: cell.state,
            from: cell.at,
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
        let (Some(age), Some(today)) = (self.guardian_below(purpose), self.age_band) else {
            return as_own;
        };
        let then = cell.band_true.unwrap_or(today);
        if !then.may_be_below(age) {
            return as_own;
        }
        let needed_today = today.may_be_below(age);
        let Some(yes) = self.guardians_grant(cell, purpose.guardian_quorum, needed_today) else {
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
            explicit: yes.explicit,
            assurance: yes.assurance,
            by_guardian: true,
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
    /// the young person can decide alone, the grant carries over if there were enough when it was needed.
    fn guardians_grant(&self, cell: &Cell, quorum: Quorum, needed_today: bool) -> Option<Together> {
        let linked = |a: &&Authorisation| self.guardians.iter().any(|g| g.id == a.guardian);
        let counted = || {
            cell.authorised
                .iter()
                .filter(move |a| !needed_today || linked(a))
        };
        match quorum {
            Quorum::Any => Together::newest(counted()),
            Quorum::All => {
                let enough = if needed_today {
                    self.all_guardians_granted(cell)
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

    /// Whether there are guardians, and all have granted.
    pub(super) fn all_guardians_granted(&self, cell: &Cell) -> bool {
        !self.guardians.is_empty()
            && self
                .guardians
                .iter()
                .all(|g| cell.authorised.iter().any(|a| a.guardian == g.id))
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
