//! The simulated day: its clock, its traffic by hour, and a seeded generator that makes each day the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use samtycke_server::clock::{Clock, Environment, Rng, SystemClock, SystemRng, UnixMs};

pub(super) const SECOND_MS: i64 = 1_000;
pub(super) const MINUTE_MS: i64 = 60 * SECOND_MS;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Hours to simulate, including the current one: those that the page shows.
const HOURS: i64 = 24;

/// A clock that shows the time it was set to.
#[derive(Debug)]
pub(super) struct WalkedClock(AtomicI64);

impl WalkedClock {
    pub(super) fn at(now: UnixMs) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now)))
    }

    pub(super) fn walk_to(&self, now: UnixMs) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for WalkedClock {
    fn now(&self) -> UnixMs {
        self.0.load(Ordering::SeqCst)
    }

    fn monotonic(&self) -> Instant {
        SystemClock.monotonic()
    }
}

/// The simulation's environment: simulated time, and real randomness, because the keys are real.
pub(super) fn environment(clock: &Arc<WalkedClock>) -> Environment {
    Environment {
        clock: clock.clone(),
        rng: Arc::new(SystemRng),
    }
}

/// A deterministic generator (SplitMix64; Steele, Lea and Flood, 2014). For invented people, never for a secret.
#[derive(Debug)]
pub(super) struct Dice(AtomicU64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self
            .0
            .fetch_add(GAMMA, Ordering::Relaxed)
            .wrapping_add(GAMMA);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; `n` is small, so its bias is below 2^-50.
    pub(super) fn below(&self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    pub(super) fn between(&self, least: i64, end: i64) -> i64 {
        let width = u64::try_from(end - least).unwrap_or(0);
        least + i64::try_from(self.below(width)).unwrap_or(0)
    }

    pub(super) fn in_hundred(&self, chances: u64) -> bool {
        self.below(100) < chances
    }

    /// An index, with the probability that its weight gives.
    pub(super) fn weighted(&self, weights: &[u64]) -> usize {
        let mut rest = self.below(weights.iter().sum());
        for (i, weight) in weights.iter().enumerate() {
            if rest < *weight {
                return i;
            }
            rest -= weight;
        }
        0
    }

    pub(super) fn one_of<'a, T>(&self, all: &'a [T]) -> &'a T {
        let i = self.below(u64::try_from(all.len()).unwrap_or(1));
        &all[usize::try_from(i).unwrap_or(0)]
    }
}

impl Rng for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes()[..chunk.len()]);
        }
    }
}

/// Traffic at each hour of the clock in Stockholm, from midnight.
pub(super) type Rhythm = [u64; 24];

/// Adults, at work and at home.
pub(super) const OFFICE: Rhythm = [
    2, 1, 1, 1, 1, 2, 6, 14, 22, 26, 24, 20, 15, 22, 24, 21, 17, 13, 10, 11, 12, 10, 6, 3,
];
/// Young people: after school and in the evening.
pub(super) const EVENING: Rhythm = [
    4, 2, 1, 1, 1, 1, 4, 8, 8, 7, 8, 10, 11, 9, 10, 15, 20, 22, 21, 24, 26, 24, 16, 9,
];

/// The day that ends now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// Start of its first hour.
    pub(super) start: UnixMs,
    /// Its end: the present.
    pub(super) end: UnixMs,
}

impl Day {
    pub(super) fn until(now: UnixMs) -> Self {
        Self {
            start: (now.div_euclid(HOUR_MS) - HOURS + 1) * HOUR_MS,
            end: now,
        }
    }

    /// A moment of the day. The current hour has traffic only for the part that has passed.
    pub(super) fn moment(self, rhythm: &Rhythm, dice: &Dice) -> UnixMs {
        let hours: Vec<UnixMs> = (0..HOURS).map(|hour| self.start + hour * HOUR_MS).collect();
        let weights: Vec<u64> = hours
            .iter()
            .map(|start| {
                let lasted = (self.end - start).clamp(0, HOUR_MS) / MINUTE_MS;
                rhythm[hour_in_stockholm(*start)] * u64::try_from(lasted).unwrap_or(0)
            })
            .collect();
        let start = hours[dice.weighted(&weights)];
        dice.between(start, (start + HOUR_MS).min(self.end))
    }
}

fn hour_in_stockholm(at: UnixMs) -> usize {
    let Ok(instant) = Timestamp::from_millisecond(at) else {
        return 0;
    };
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    usize::try_from(instant.to_zoned(zone).hour()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtycke_server::clock::random;

    /// The published first outputs of SplitMix64 for the seed 1234567.
    #[test]
    fn the_dice_are_splitmix64() {
        let dice = Dice::new(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
        let (one, other) = (Dice::new(5), Dice::new(5));
        assert_eq!(random::<16>(&one), random::<16>(&other));
    }

    #[test]
    fn the_day_ends_now_and_begins_where_the_page_does() {
        let now = 1_795_312_800_000 + 20 * MINUTE_MS;
        let day = Day::until(now);
        let dice = Dice::new(1);
        for _ in 0..2_000 {
            let at = day.moment(&OFFICE, &dice);
            assert!(day.start <= at && at < now, "{at}");
        }
        assert_eq!(now - day.start, 23 * HOUR_MS + 20 * MINUTE_MS);
        let at_the_hour = Day::until(1_795_312_800_000);
        assert!(at_the_hour.moment(&EVENING, &dice) < 1_795_312_800_000);
    }
}
