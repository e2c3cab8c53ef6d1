//! Two subjects that are one person: the pair of events that links them, and the pair that parts them again (rule E22).

use super::record::Accepted;
use crate::{
    decide::PurposeLookup,
    event::{
        Event, EventBody, Joined,
        kinds::{SubjectLinked, SubjectMerged, SubjectUnmerged},
    },
    id::{EventId, SubjectId},
    problem::{Problem, ProblemKind},
    state::{SubjectState, joint_seq},
};

/// How many merges a check follows from a subject to the one whose stream decides. Real accounts have a few devices,
/// each merged once.
pub const MERGES_MAX: usize = 16;

/// The two events of a link or of an unmerge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The event in the stream of the subject that the request names.
    pub survivor: Accepted,
    /// The event in the stream of the other subject.
    pub other: Accepted,
}

/// The other subject that an event links or parts; its stream gets an event too.
pub fn other_subject(body: &EventBody) -> Option<&SubjectId> {
    if let EventBody::SubjectLinked(linked) = body {
        return Some(&linked.from);
    }
    if let EventBody::SubjectUnmerged(unmerged) = body {
        return Some(&unmerged.from);
    }
    None
}

/// Records a `subject.linked` or `subject.unmerged`: both states become those after it. `subject` is the survivor,
/// `received_at` the log's time in Unix milliseconds.
///
/// # Errors
/// [`ProblemKind::FieldInvalid`] at `/data/from` if the two are one subject, or were not merged;
/// [`ProblemKind::Conflict`] if the other is merged already. Then neither state has changed.
pub fn pair(
    purposes: &dyn PurposeLookup,
    subject: &SubjectId,
    survivor: &mut SubjectState,
    other: &mut SubjectState,
    event: &Event,
    received_at: i64,
) -> Result<Pair, Problem> {
    let seq = joint_seq(survivor, other);
    let numbered = |event_id: EventId, body: EventBody| Event {
        seq,
        received_at,
        event_id,
        body,
        ..event.clone()
    };
    let (of_survivor, of_other) = if let EventBody::SubjectLinked(linked) = &event.body {
        check_link(subject, &linked.from, other)?;
        let joined = Box::new(Joined::from(&*other));
        let from = linked.from.clone();
        let into = subject.clone();
        (
            EventBody::from(SubjectLinked { from, joined }),
            EventBody::from(SubjectMerged { into }),
        )
    } else if let EventBody::SubjectUnmerged(unmerged) = &event.body {
        if other.merged_into.as_ref() != Some(subject) {
            return Err(from_problem(
                "must be a subject that was linked to this one",
            ));
        }
        let joined = Box::new(Joined::from(&*survivor));
        let mine = SubjectUnmerged {
            joined: None,
            ..unmerged.clone()
        };
        let theirs = SubjectUnmerged {
            from: subject.clone(),
            joined: Some(joined),
            ..unmerged.clone()
        };
        (EventBody::from(mine), EventBody::from(theirs))
    } else {
        return Err(ProblemKind::Internal.into());
    };
    let of_survivor = numbered(event.event_id.clone(), of_survivor);
    let of_other = numbered(event.event_id.of_other_stream(), of_other);
    let results = survivor.apply(&of_survivor, purposes).results();
    let results_of_other = other.apply(&of_other, purposes).results();
    Ok(Pair {
        survivor: Accepted {
            event: of_survivor,
            results,
        },
        other: Accepted {
            event: of_other,
            results: results_of_other,
        },
    })
}

fn check_link(subject: &SubjectId, from: &SubjectId, other: &SubjectState) -> Result<(), Problem> {
    if subject == from {
        return Err(from_problem("must be another subject"));
    }
    if other.erased {
        return Err(from_problem("must be a subject that was not erased"));
    }
    if other.merged_into.is_some() {
        return Err(Problem::new(ProblemKind::Conflict)
            .field("/data/from", "is linked to a subject already"));
    }
    Ok(())
}

fn from_problem(message: &'static str) -> Problem {
    Problem::new(ProblemKind::FieldInvalid).field("/data/from", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        decision::{DecisionKind, Outcome},
        purpose::CheckMode,
        reason::Reason,
        testing::{P, Stream, World, check, event, purpose, says, subject, value},
    };

    fn world() -> World {
        World::of([purpose(P, CheckMode::Consent)])
    }

    fn said(kinds: &[DecisionKind]) -> SubjectState {
        Stream::of(kinds.iter().map(|kind| says(*kind))).state(&world())
    }

    fn link(from: &SubjectId) -> Event {
        let joined = Box::new(Joined::default());
        let from = from.clone();
        event(0, EventBody::from(SubjectLinked { from, joined }))
    }

    fn unmerge(from: &SubjectId) -> Event {
        let (from, joined, cause) = (from.clone(), None, value("mistake"));
        event(
            0,
            EventBody::from(SubjectUnmerged {
                from,
                joined,
                cause,
            }),
        )
    }

    fn joined(
        account: &mut SubjectState,
        device: &mut SubjectState,
        event: &Event,
    ) -> Result<Pair, Problem> {
        pair(
            &world(),
            &subject(1),
            account,
            device,
            event,
            event.received_at,
        )
    }

    #[test]
    fn both_streams_get_an_event_with_one_number() {
        let (mut account, mut device) =
            (said(&[DecisionKind::Given]), said(&[DecisionKind::Refused]));
        let pair = joined(&mut account, &mut device, &link(&subject(2))).expect("a link");
        assert_eq!(pair.survivor.event.seq, pair.other.event.seq);
        assert_ne!(pair.survivor.event.event_id, pair.other.event.event_id);
        assert_eq!(pair.survivor.results[0].outcome, Outcome::Effective);
        assert_eq!(device.merged_into, Some(subject(1)));
        assert_eq!(check(&world(), &account).reason, Reason::ConsentRefused);
    }

    #[test]
    fn a_second_link_of_a_device_conflicts_and_changes_nothing() {
        let (mut account, mut device) = (said(&[]), said(&[DecisionKind::Given]));
        joined(&mut account, &mut device, &link(&subject(2))).expect("a link");
        let before = (account.clone(), device.clone());
        let again = joined(&mut account, &mut device, &link(&subject(2))).unwrap_err();
        assert_eq!(again.kind, ProblemKind::Conflict);
        assert_eq!(again.violations[0].field, "/data/from");
        assert_eq!((account, device), before);
    }

    #[test]
    fn neither_the_subject_itself_nor_an_erased_one_is_linked() {
        let (mut account, mut device) = (said(&[]), said(&[]));
        let itself = joined(&mut account, &mut device, &link(&subject(1))).unwrap_err();
        assert_eq!(itself.kind, ProblemKind::FieldInvalid);
        device.erased = true;
        let erased = joined(&mut account, &mut device, &link(&subject(2))).unwrap_err();
        assert_eq!(erased.kind, ProblemKind::FieldInvalid);
    }

    #[test]
    fn only_what_was_linked_is_parted_and_refusals_stay_on_both() {
        let (mut account, mut device) =
            (said(&[DecisionKind::Given]), said(&[DecisionKind::Refused]));
        let early = joined(&mut account, &mut device, &unmerge(&subject(2))).unwrap_err();
        assert_eq!(early.violations[0].field, "/data/from");
        joined(&mut account, &mut device, &link(&subject(2))).expect("a link");
        joined(&mut account, &mut device, &unmerge(&subject(2))).expect("parted");
        assert_eq!(device.merged_into, None);
        for state in [&account, &device] {
            assert_eq!(check(&world(), state).reason, Reason::ConsentRefused);
        }
    }
}
