//! How much may be asked at once, and how new the state must be that answers.

use crate::{
    keys::Secret,
    position::Position,
    problem::{Problem, ProblemKind},
};

/// Refuses a list that is empty or longer than `max`. `field` is its JSON pointer, `what` are its members.
///
/// # Errors
/// [`ProblemKind::FieldInvalid`] at `field`.
pub fn check_count(
    field: &'static str,
    what: &str,
    count: usize,
    max: usize,
) -> Result<(), Problem> {
    if (1..=max).contains(&count) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid)
        .field(field, format!("must hold 1 to {max} {what}")))
}

/// Says of a problem that it is about one question of a batch, counted from 0.
pub fn within_batch(i: usize) -> impl FnOnce(Problem) -> Problem {
    move |problem| problem.within(&format!("/checks/{i}"))
}

/// The position behind `at_least`, if the request has one. `key` makes the log's position tokens.
///
/// # Errors
/// [`ProblemKind::PositionInvalid`] where the token is not one of this log.
pub fn parse_min_position(
    at_least: Option<&str>,
    key: &Secret,
) -> Result<Option<Position>, Problem> {
    let Some(token) = at_least else {
        return Ok(None);
    };
    Position::parse(token, key).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::PositionInvalid).field(
            "/at_least",
            "must be a position that this tenant's log has answered",
        )
    })
}

/// Whether the log has lost the required position, as far as its head shows: it answered that position once, and its head is
/// before it, of a later epoch, or another leaf at the same index. Such a check is denied as `FAILCLOSED_TOKEN_LOST`
/// (consistency.md C3).
pub fn is_lost(min_position: Option<Position>, head: Position) -> bool {
    min_position.is_some_and(|min| {
        min.epoch != head.epoch
            || min.index > head.index
            || (min.index == head.index && min.leaf != head.leaf)
    })
}
