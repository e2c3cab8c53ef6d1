//! Time and chance: the one place of the client that asks the system for either.

use std::time::{SystemTime, UNIX_EPOCH};

use samtycke_core::id::EventId;

/// A new event's id from the system's time and chance.
///
/// Make it once per submission and keep it until the submission was answered: it is what makes a second try the same
/// event. Where time and chance are to be chosen, as in a test, use [`EventId::from_parts`].
///
/// # Panics
/// The operating system has no source of randomness. Without one, two events could get one id.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for chance"
)]
pub fn event_id() -> EventId {
    let mut random = [0; 10];
    getrandom::fill(&mut random).expect("the operating system has a source of randomness");
    EventId::from_parts(unix_ms(), random)
}

/// The system's time: milliseconds since 1970, UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the system for the time"
)]
pub fn unix_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_gets_an_id_of_its_own() {
        let ids: std::collections::HashSet<_> = (0..1_000).map(|_| event_id()).collect();
        assert_eq!(ids.len(), 1_000);
        for id in ids {
            assert_eq!(EventId::parse(id.as_str()), Ok(id));
        }
    }
}
