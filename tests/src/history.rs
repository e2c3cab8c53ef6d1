//! The history checker: whether a concurrent history of writes and checks could come from one register per subject that
//! every server reads and writes (docs/consistency.md).
//!
//! Every response carries the subject's seq, so the checker needs no search. A check names the prefix of the subject's
//! events behind it; that prefix must have been possible, and must give that verdict.

use std::collections::BTreeMap;
use std::time::Instant;

/// An operation of a client, timed by the test's one monotonic clock.
#[derive(Debug, Clone)]
pub struct Op {
    /// The client.
    pub client: usize,
    /// The subject.
    pub subject: String,
    /// Before the request was sent.
    pub began: Instant,
    /// After the response was read.
    pub ended: Instant,
    /// The operation.
    pub what: What,
}

/// The operations of a client.
#[derive(Debug, Clone)]
pub enum What {
    /// A write. `seq` comes from its response, or from the log if the response was lost; `None` means that it was not
    /// recorded.
    Write {
        /// Its number within the subject's stream.
        seq: Option<u64>,
        /// Whether its response was read: only then does it bind later checks.
        acknowledged: bool,
        /// The purposes that it restricts.
        no_to: Vec<String>,
        /// The purposes that it grants.
        yes_to: Vec<String>,
    },
    /// A check of one purpose.
    Check {
        /// The purpose.
        purpose: String,
        /// The verdict.
        allow: bool,
        /// The seq behind the verdict; `None` for a check that failed closed, which is allowed at any time.
        seq: Option<u64>,
    },
}

/// The log after the end: for each subject and purpose, whether a check after the first n events allows; n = 0 first.
pub type Verdicts = BTreeMap<(String, String), Vec<bool>>;

/// The first contradiction, in words.
pub type Contradiction = String;

/// Checks a history against the log.
pub fn check(ops: &[Op], verdicts: &Verdicts) -> Result<(), Contradiction> {
    let mut by_subject: BTreeMap<&str, Vec<&Op>> = BTreeMap::new();
    for op in ops {
        by_subject.entry(&op.subject).or_default().push(op);
    }
    for (subject, ops) in by_subject {
        acknowledged_in_real_time(&ops)?;
        for op in &ops {
            let What::Check {
                purpose,
                allow,
                seq,
            } = &op.what
            else {
                continue;
            };
            let Some(seq) = *seq else {
                if *allow {
                    return Err(format!("a check that failed closed allowed: {op:?}"));
                }
                continue;
            };
            within_bounds(op, seq, &ops)?;
            let expected = verdicts
                .get(&(subject.to_owned(), purpose.clone()))
                .and_then(|by_seq| by_seq.get(usize::try_from(seq).ok()?));
            if expected != Some(allow) {
                return Err(format!("the log gives {expected:?} at seq {seq}: {op:?}"));
            }
            if *allow {
                no_stale_allow(op, purpose, seq, &ops)?;
            }
        }
        monotone_for_each_client(&ops)?;
    }
    Ok(())
}

/// A write that was acknowledged before another began has the smaller seq, and no two writes have the same.
fn acknowledged_in_real_time(ops: &[&Op]) -> Result<(), Contradiction> {
    let writes: Vec<(&Op, u64, bool)> = ops
        .iter()
        .filter_map(|op| match op.what {
            What::Write {
                seq: Some(seq),
                acknowledged,
                ..
            } => Some((*op, seq, acknowledged)),
            _ => None,
        })
        .collect();
    for (a, a_seq, acknowledged) in &writes {
        for (b, b_seq, _) in &writes {
            if std::ptr::eq(*a, *b) {
                continue;
            }
            if a_seq == b_seq {
                return Err(format!("two writes have seq {a_seq}: {a:?} and {b:?}"));
            }
            if *acknowledged && a.ended < b.began && a_seq > b_seq {
                return Err(format!(
                    "{a:?} ended before {b:?} began, and has the larger seq"
                ));
            }
        }
    }
    Ok(())
}

/// A check sees at least what was acknowledged before it began, and nothing that was sent after it ended.
fn within_bounds(check: &Op, seq: u64, ops: &[&Op]) -> Result<(), Contradiction> {
    let (mut least, mut most) = (0, 0);
    for op in ops {
        let What::Write {
            seq: Some(written),
            acknowledged,
            ..
        } = op.what
        else {
            continue;
        };
        if acknowledged && op.ended < check.began {
            least = least.max(written);
        }
        if op.began < check.ended {
            most = most.max(written);
        }
    }
    if (least..=most).contains(&seq) {
        Ok(())
    } else {
        Err(format!("the seq must lie in {least}..={most}: {check:?}"))
    }
}

/// C1, without the log: an allow needs a grant that is newer than every restrictive event acknowledged before the
/// check.
fn no_stale_allow(check: &Op, purpose: &str, seq: u64, ops: &[&Op]) -> Result<(), Contradiction> {
    let says = |list: &[String]| list.iter().any(|p| p == purpose);
    let newest_no = ops.iter().filter_map(|op| match &op.what {
        What::Write {
            seq: Some(no),
            acknowledged: true,
            no_to,
            ..
        } if op.ended < check.began && says(no_to) => Some(*no),
        _ => None,
    });
    let Some(no) = newest_no.max() else {
        return Ok(());
    };
    let newer_yes = ops.iter().any(|op| match &op.what {
        What::Write {
            seq: Some(yes),
            yes_to,
            ..
        } => op.began < check.ended && *yes > no && *yes <= seq && says(yes_to),
        _ => false,
    });
    if newer_yes {
        Ok(())
    } else {
        Err(format!(
            "allowed after the no of seq {no} was acknowledged: {check:?}"
        ))
    }
}

/// A client that checks one after the other never sees an older state.
fn monotone_for_each_client(ops: &[&Op]) -> Result<(), Contradiction> {
    let mut ordered: Vec<&&Op> = ops.iter().collect();
    ordered.sort_by_key(|op| op.began);
    let mut seen: BTreeMap<usize, (Instant, u64)> = BTreeMap::new();
    for op in ordered {
        let (What::Check { seq: Some(seq), .. }
        | What::Write {
            seq: Some(seq),
            acknowledged: true,
            ..
        }) = op.what
        else {
            continue;
        };
        if let Some((ended, newest)) = seen.get(&op.client)
            && *ended <= op.began
            && seq < *newest
        {
            return Err(format!(
                "client {} had seen seq {newest} before: {op:?}",
                op.client
            ));
        }
        let newest = seen
            .get(&op.client)
            .map_or(seq, |(_, newest)| seq.max(*newest));
        seen.insert(op.client, (op.ended, newest));
    }
    Ok(())
}
