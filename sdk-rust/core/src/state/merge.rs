//! Merges two states of one person (decisions.md 2.6). The most restrictive state of each cell survives, so a merge
//! cannot create a permission that either state lacked.

use super::{
    Cell, CellState, Contract, GuardianLink, Objection, ObjectionState, RestrictiveSeqs,
    SubjectState,
};
use crate::age::Country;

/// The seq of the merging event: after both streams, so a grant in flight that was based on either stream cannot pass a
/// refusal that survived.
pub fn joint_seq(a: &SubjectState, b: &SubjectState) -> u64 {
    a.seq.max(b.seq).saturating_add(1)
}

/// The state of `a` after `b` was merged into it, at [`joint_seq`]. A grant survives only if both have one, a refusal
/// if either has one, and every surviving refusal is as new as the merge.
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
        holders: a.holders.max(b.holders),
        age_until: a.age_until.or(b.age_until),
        erased: false,
        restrictive: renewed(!a.restrictive.is_empty() || !b.restrictive.is_empty(), seq),
        merged_into: a.merged_into.clone(),
        guardians: guardians(a, b),
        age_band: match (a.age_band, b.age_band) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (known, other) => known.or(other),
        },
        country: country(a.country, b.country),
        deliveries: a.deliveries.clone(),
        contracts: contracts(a, b),
        gpc_since: a.gpc_since.or(b.gpc_since).map(|_| seq),
        dnt_since: a.dnt_since.or(b.dnt_since).map(|_| seq),
    };
    for delivery in &b.deliveries {
        let untold = |p: &&_| a.delivered(p).is_none();
        let purposes: Vec<_> = delivery.purposes.iter().filter(untold).cloned().collect();
        joined.deliver(&delivery.notice, &purposes);
    }
    let complete: Vec<bool> = joined
        .cells
        .iter()
        .map(|cell| joined.all_guardians_granted(cell))
        .collect();
    for (cell, complete) in joined.cells.iter_mut().zip(complete) {
        cell.by_all_guardians &= complete || joined.guardians.is_empty();
    }
    joined
}

fn cells(a: &SubjectState, b: &SubjectState, seq: u64) -> Vec<Cell> {
    let of_a = a.cells.iter().map(|x| match b.cell(&x.purpose, &x.scope) {
        Some(y) => join(&as_it_counts(a, x), &as_it_counts(b, y), seq),
        None => join(x, &Cell::new(x.purpose.clone(), x.scope.clone()), seq),
    });
    let only_b = b
        .cells
        .iter()
        .filter(|y| a.cell(&y.purpose, &y.scope).is_none());
    let of_b = only_b.map(|y| join(&Cell::new(y.purpose.clone(), y.scope.clone()), y, seq));
    let mut all: Vec<Cell> = of_a.chain(of_b).collect();
    all.sort_by(|x, y| (&x.purpose, &x.scope).cmp(&(&y.purpose, &y.scope)));
    all
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
    let mut cell = if x.state.is_granted() && y.state.is_granted() {
        both_granted(x, y, seq)
    } else {
        let mut narrower = if strength(x.state) >= strength(y.state) {
            x
        } else {
            y
        }
        .clone();
        narrower.clear_grant();
        narrower
    };
    if cell.state != CellState::Unknown {
        cell.seq = seq;
    }
    cell.objection = objection(x.objection, y.objection, seq);
    let had_no = !x.restrictive.is_empty() || !y.restrictive.is_empty();
    cell.restrictive = renewed(cell.state.is_refused() || had_no, seq);
    cell
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

fn objection(x: Option<Objection>, y: Option<Objection>, seq: u64) -> Option<Objection> {
    let strength = |o: &Objection| match o.state {
        ObjectionState::Retracted => 0,
        ObjectionState::Rejected => 1,
        ObjectionState::Objected => 2,
        ObjectionState::Upheld => 3,
    };
    let strongest = x.into_iter().chain(y).max_by_key(strength)?;
    Some(Objection { seq, ..strongest })
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

fn contracts(a: &SubjectState, b: &SubjectState) -> Vec<Contract> {
    let mut all = a.contracts.clone();
    for contract in &b.contracts {
        match all.iter_mut().find(|known| known.id == contract.id) {
            Some(known) => {
                known.started_at = known.started_at.max(contract.started_at);
                known.started_seq = known.started_seq.max(contract.started_seq);
                known.ended_at = earliest(known.ended_at, contract.ended_at);
            }
            None => all.push(contract.clone()),
        }
    }
    all.sort_by(|x, y| x.id.cmp(&y.id));
    all
}

fn earliest(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (known, other) => known.or(other),
    }
}
