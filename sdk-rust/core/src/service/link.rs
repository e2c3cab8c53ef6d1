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
