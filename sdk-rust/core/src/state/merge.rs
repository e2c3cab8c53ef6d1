//! Merges two states of one person (decisions.md 2.6 and rule E22). Where both have spoken about a cell the more
//! restrictive survives. Where one is silent it changes nothing for the other, and nothing is granted from the merged
//! subject: neither consents nor contracts nor deliveries.

use super::{
    Cell, CellState, GuardianLink, Objection, ObjectionState, RestrictiveSeqs, SourceSignals,
    SubjectState, VoiceRefusal,
};
use crate::age::{AgeBand, Country};

/// The seq of the merging event: after both streams, so a grant in flight that was based on either stream cannot pass a
/// refusal that survived.
pub fn joint_seq(a: &SubjectState, b: &SubjectState) -> u64 {
    a.seq.max(b.seq).saturating_add(1)
}

/// The state of `a` after `b` was merged into it, at [`joint_seq`]. A grant survives if `a` has it and `b` did not
/// refuse, a refusal if either has one, and every surviving refusal is as new as the merge.
pub fn merge(a: &SubjectState, b: &SubjectState) -> SubjectState {
    merge_at(a, b, joint_seq(a, b))
}

/// As [`merge`], at the seq of the event; never below [`joint_seq`].
pub(super) fn merge_at(a: &SubjectState, b: &SubjectState, seq: u64) -> SubjectState {
    let seq = seq.max(b.seq.saturating_add(1));
    let at = a.at.max(b.at);
    if a.erased || b.erased {
        return SubjectState {
            seq,
            at,
            erased: true,
            restrictive: RestrictiveSeqs::only(seq),
            ..SubjectState::default()
        };
    }
    let mut joined = SubjectState {
        seq,
        at,
        cells: cells(a, b, seq),
        restricted: (a.restricted.is_some() || b.restricted.is_some()).then_some(seq),
        restrictive: renewed(!a.restrictive.is_empty() || !b.restrictive.is_empty(), seq),
        holders: a.holders.max(b.holders),
        guardians: guardians(a, b),
        ..a.clone()
    };
    join_age(&mut joined, b, seq);
    joined.set_signals(signals(a, b, seq));
    if joined.guardians.len() > a.guardians.len() || joined.holders > a.holders {
        let complete: Vec<bool> = joined
            .cells
            .iter()
            .map(|cell| {
                joined.all_guardians_granted(cell, crate::actor::Verification::SelfDeclared)
            })
            .collect();
        for (cell, complete) in joined.cells.iter_mut().zip(complete) {
            cell.by_all_guardians &= complete;
        }
    }
    joined
}

/// The younger of two bands. One that only `b` knows counts if it is a child's: it restricts.
fn join_age(joined: &mut SubjectState, b: &SubjectState, seq: u64) {
    let Some(other) = b.age_band else {
        return;
    };
    let younger = match joined.age_band {
        Some(known) => other < known,
        None => other < AgeBand::Adult,
    };
    if joined.age_band == Some(other) {
        joined.age_until = match (joined.age_until, b.age_until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (known, other) => known.or(other),
        };
    } else if younger {
        joined.age_band = Some(other);
        joined.age_until = b.age_until;
        joined.age_since = Some(joined.at);
        joined.age_seq = seq;
        for cell in joined.cells.iter_mut().filter(|c| c.state.is_granted()) {
            cell.band_believed = cell.band_believed.or(Some(other));
            cell.band_true = Some(cell.band_true.map_or(other, |known| known.min(other)));
        }
    }
    if younger || joined.country.is_some() {
        joined.country = country(joined.country, b.country);
    }
}

/// The signals of both; those of `b` begin with the merge.
fn signals(a: &SubjectState, b: &SubjectState, seq: u64) -> Vec<SourceSignals> {
    let mut all = a.signals_by_source();
    for other in b.signals_by_source() {
        let (gpc, dnt) = (other.gpc.map(|_| seq), other.dnt.map(|_| seq));
        match all.iter_mut().find(|known| known.source == other.source) {
            Some(known) => {
                known.gpc = gpc.or(known.gpc);
                known.dnt = dnt.or(known.dnt);
            }
            None => all.push(SourceSignals {
                source: other.source,
                gpc,
                dnt,
            }),
        }
    }
    all
}

fn cells(a: &SubjectState, b: &SubjectState, seq: u64) -> Vec<Cell> {
    let of_a = a.cells.iter().map(|x| match b.cell(&x.purpose, &x.scope) {
        Some(y) => join(&as_it_counts(a, x), &as_it_counts(b, y), seq),
        None => unchanged(x, seq),
    });
    let only_b = b
        .cells
        .iter()
        .filter(|y| a.cell(&y.purpose, &y.scope).is_none());
    let of_b = only_b.map(|y| join(&Cell::new(y.purpose.clone(), y.scope.clone()), y, seq));
    let mut all: Vec<Cell> = of_a.chain(of_b).collect();
    all.retain(|cell| *cell != Cell::new(cell.purpose.clone(), cell.scope.clone()));
    all.sort_by(|x, y| (&x.purpose, &x.scope).cmp(&(&y.purpose, &y.scope)));
    all
}

/// A cell about which the other subject is silent. Its refusals are as new as the merge, because the other stream's
/// numbers now count as having seen them.
fn unchanged(x: &Cell, seq: u64) -> Cell {
    Cell {
        restrictive: renewed(!x.restrictive.is_empty(), seq),
        ..x.clone()
    }
}

/// The cell without what no longer counts in its own stream: once both streams share one seq, an acknowledgement from
/// before a signal looks like one from after it.
fn as_it_counts(state: &SubjectState, cell: &Cell) -> Cell {
    let since = state.gpc_since.max(state.dnt_since);
    Cell {
        gpc_acknowledged: cell.gpc_acknowledged.filter(|ack| Some(*ack) >= since),
        ..cell.clone()
    }
}

fn join(x: &Cell, y: &Cell, seq: u64) -> Cell {
    let mut cell = match (x.state.is_granted(), y.state.is_granted()) {
        (true, true) => Cell {
            seq,
            ..both_granted(x, y, seq)
        },
        _ if y.state.is_refused() && strength(y.state) > strength(x.state) => {
            let mut refused = y.clone();
            refused.clear_grant();
            Cell { seq, ..refused }
        }
        (false, false) if x.state == CellState::Unknown && y.state == CellState::Deferred => {
            let mut deferred = y.clone();
            deferred.clear_grant();
            Cell { seq, ..deferred }
        }
        (false, false) if x.state.is_refused() && y.state.is_refused() => Cell { seq, ..x.clone() },
        // A deferral, or no answer, does not weigh against a grant. The other's grant is not taken.
        _ => x.clone(),
    };
    cell.refusals = refusals(x, y, seq);
    cell.objection = objection(x.objection, y.objection, seq);
    let had_no = !x.restrictive.is_empty() || !y.restrictive.is_empty();
    cell.restrictive = renewed(cell.state.is_refused() || had_no, seq);
    cell
}

/// The refusals of both, one for each voice.
fn refusals(x: &Cell, y: &Cell, seq: u64) -> Vec<VoiceRefusal> {
    let mut all = x.refusals.clone();
    for other in &y.refusals {
        match all
            .iter_mut()
            .find(|known| known.guardian == other.guardian)
        {
            Some(known) => {
                known.seq = seq;
                known.withdrew |= other.withdrew;
                known.at = known.at.max(other.at);
            }
            None => all.push(VoiceRefusal {
                seq,
                ..other.clone()
            }),
        }
    }
    all.sort_by(|a, b| a.guardian.cmp(&b.guardian));
    all
}

/// The older of two grants, without anything that only one of them has.
fn both_granted(x: &Cell, y: &Cell, seq: u64) -> Cell {
    let (older, newer) = if x.at <= y.at { (x, y) } else { (y, x) };
    let mut cell = older.clone();
    let in_newer = |id| newer.authorised.iter().find(|a| a.guardian == id);
    cell.authorised
        .retain_mut(|a| match in_newer(a.guardian.clone()) {
            Some(other) => {
                a.at = a.at.min(other.at);
                a.explicit &= other.explicit;
                a.assurance = a.assurance.min(other.assurance);
                true
            }
            None => false,
        });
    if newer.state == CellState::Given {
        cell.state = CellState::Given;
    }
    cell.explicit &= newer.explicit;
    cell.assurance = cell.assurance.min(newer.assurance);
    cell.gpc_acknowledged = cell
        .gpc_acknowledged
        .and(newer.gpc_acknowledged)
        .map(|_| seq);
    cell.used |= newer.used;
    // The grant that ends first is the more restrictive one.
    cell.campaign_end = match (cell.campaign_end, newer.campaign_end) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (known, other) => known.or(other),
    };
    cell.own &= newer.own;
    cell.by_all_guardians &= newer.by_all_guardians;
    cell.band_true = match (cell.band_true, newer.band_true) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (known, other) => known.or(other),
    };
    cell
}

/// How firmly a state prevents another prompt.
fn strength(state: CellState) -> u8 {
    match state {
        CellState::Given | CellState::Renewed => 0,
        CellState::Unknown
        | CellState::Requested
        | CellState::PendingGuardian
        | CellState::Expired
        | CellState::Stale => 1,
        CellState::Deferred => 2,
        CellState::Refused => 3,
        CellState::Revoked => 4,
        CellState::Withdrawn => 5,
        CellState::Invalidated => 6,
    }
}

/// The stronger objection. What the merged subject's controller or person answered to one is not taken.
fn objection(x: Option<Objection>, y: Option<Objection>, seq: u64) -> Option<Objection> {
    let strength = |o: &Objection| match o.state {
        ObjectionState::Retracted => 0,
        ObjectionState::Rejected => 1,
        ObjectionState::Objected => 2,
        ObjectionState::Upheld => 3,
    };
    let stands =
        |o: &Objection| matches!(o.state, ObjectionState::Objected | ObjectionState::Upheld);
    match y.filter(stands) {
        Some(y) if x.is_none_or(|x| strength(&x) < strength(&y)) => Some(Objection { seq, ..y }),
        _ => x,
    }
}

fn renewed(any: bool, seq: u64) -> RestrictiveSeqs {
    if any {
        RestrictiveSeqs::only(seq)
    } else {
        RestrictiveSeqs::default()
    }
}

fn guardians(a: &SubjectState, b: &SubjectState) -> Vec<GuardianLink> {
    let mut all = a.guardians.clone();
    for link in &b.guardians {
        match all.iter_mut().find(|known| known.id == link.id) {
            Some(known) => known.verification = known.verification.min(link.verification),
            None => all.push(link.clone()),
        }
    }
    all.sort_by(|x, y| x.id.cmp(&y.id));
    all
}

fn country(a: Option<Country>, b: Option<Country>) -> Option<Country> {
    match (a, b) {
        (Some(a), Some(b)) => Some(std::cmp::max_by_key(a, b, |c| c.digital_consent_age())),
        (known, other) => known.or(other),
    }
}
