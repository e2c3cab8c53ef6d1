//! Places that many share. Whoever holds many leaves some free for the others, however many want more.
//!
//! An owner may take another place only while it holds fewer than a part of the places that are still free. So one owner
//! that never gives back stops at a part of all places, the next one at the same part of the rest, and so on: it takes
//! many such owners until somebody who holds none finds no place. A fixed number for each owner would waste places while
//! one is alone, and would give all away to a few. (Choudhury and Hahne, "Dynamic queue length thresholds", 1998.)

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::metrics::Gauge;

/// How many places one owner may hold: fewer than the free ones divided by `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    per: usize,
}

impl Share {
    /// Half of all places for one owner, and half of the rest for each next one: of 1 024, eight leave 4.
    pub const LARGE: Self = Self { per: 1 };
    /// A fifth of all places for one owner, and a fifth of the rest for each next one: of 1 024, twenty leave 11.
    pub const SMALL: Self = Self { per: 4 };
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// All places are taken.
    All,
    /// This owner holds its share.
    Share,
}

/// The places. Clones share them.
#[derive(Debug)]
pub struct Shares<K: Copy + Eq + Hash>(Arc<Inner<K>>);

#[derive(Debug)]
struct Inner<K> {
    max: usize,
    held: Mutex<Held<K>>,
    gauge: Gauge,
}

#[derive(Debug)]
struct Held<K> {
    all: usize,
    /// Only owners that hold a place, so it is never larger than the number of places times the owners of each.
    by_owner: HashMap<K, usize>,
}

/// One taken place, until it is dropped.
#[derive(Debug)]
pub struct Seat<K: Copy + Eq + Hash> {
    shares: Arc<Inner<K>>,
    owners: [Option<K>; 2],
}

impl<K: Copy + Eq + Hash> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Copy + Eq + Hash> Shares<K> {
    /// `max` places. The gauge shows how many are taken.
    pub fn new(max: usize, gauge: Gauge) -> Self {
        Self(Arc::new(Inner {
            max,
            held: Mutex::new(Held {
                all: 0,
                by_owner: HashMap::new(),
            }),
            gauge,
        }))
    }

    /// Takes a place for up to two owners, each within its share. It never waits.
    ///
    /// # Errors
    /// There is none for these owners.
    pub fn take(&self, owners: [Option<(K, Share)>; 2]) -> Result<Seat<K>, Full> {
        let mut held = self.0.lock();
        let free = self.0.max.saturating_sub(held.all);
        if free == 0 {
            return Err(Full::All);
        }
        for (owner, share) in owners.iter().flatten() {
            let own = held.by_owner.get(owner).copied().unwrap_or(0);
            if own.saturating_mul(share.per) >= free {
                return Err(Full::Share);
            }
        }
        let owners = owners.map(|owner| owner.map(|(owner, _)| owner));
        for owner in owners.iter().flatten() {
            *held.by_owner.entry(*owner).or_default() += 1;
        }
        held.all += 1;
        self.0.note(&held);
        Ok(Seat {
            shares: self.0.clone(),
            owners,
        })
    }
}

impl<K> Inner<K> {
    fn lock(&self) -> MutexGuard<'_, Held<K>> {
        // Nothing panics while the counts are changed.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, held: &Held<K>) {
        self.gauge.set(i64::try_from(held.all).unwrap_or(i64::MAX));
    }
}

impl<K: Copy + Eq + Hash> Drop for Seat<K> {
    fn drop(&mut self) {
        let mut held = self.shares.lock();
        held.all = held.all.saturating_sub(1);
        for owner in self.owners.iter().flatten() {
            if let Some(own) = held.by_owner.get_mut(owner) {
                *own -= 1;
                if *own == 0 {
                    held.by_owner.remove(owner);
                }
            }
        }
        self.shares.note(&held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(shares: &Shares<u8>, owner: u8, share: Share) -> Vec<Seat<u8>> {
        std::iter::from_fn(|| shares.take([Some((owner, share)), None]).ok()).collect()
    }

    /// Protects everybody from owners that never give back: whatever their number, the next one finds a place.
    #[test]
    fn however_many_hold_their_share_one_more_finds_a_place() {
        for (share, owners) in [(Share::LARGE, 9), (Share::SMALL, 21)] {
            let shares = Shares::new(1_024, Gauge::default());
            let mut seats = Vec::new();
            for owner in 0..owners {
                let own = fill(&shares, owner, share);
                assert!(!own.is_empty(), "owner {owner} of {share:?}");
                seats.extend(own);
            }
        }
    }

    #[test]
    fn one_owner_alone_gets_its_part_and_gives_it_back() {
        for (share, most) in [(Share::LARGE, 512), (Share::SMALL, 205)] {
            let gauge = Gauge::default();
            let shares = Shares::new(1_024, gauge.clone());
            let seats = fill(&shares, 1, share);
            assert_eq!(seats.len(), most);
            assert_eq!(usize::try_from(gauge.get()), Ok(most));
            assert_eq!(
                shares.take([Some((1, share)), None]).err(),
                Some(Full::Share)
            );
            drop(seats);
            assert_eq!(gauge.get(), 0);
            assert_eq!(fill(&shares, 1, share).len(), most);
            assert!(shares.0.lock().by_owner.is_empty());
        }
    }

    /// Both owners of a place count: a key cannot take what its tenant may not.
    #[test]
    fn a_place_counts_for_each_of_its_owners() {
        let shares = Shares::new(8, Gauge::default());
        let take = |key| shares.take([Some((0, Share::LARGE)), Some((key, Share::LARGE))]);
        let seats: Vec<_> = (1..).map_while(|key| take(key).ok()).collect();
        assert_eq!(seats.len(), 4);
        assert_eq!(take(100).err(), Some(Full::Share));
        assert!(shares.take([Some((50, Share::LARGE)), None]).is_ok());
    }

    #[test]
    fn without_owners_every_place_can_be_taken() {
        let shares = Shares::<u8>::new(3, Gauge::default());
        let seats: Vec<_> = std::iter::from_fn(|| shares.take([None, None]).ok()).collect();
        assert_eq!(seats.len(), 3);
        assert_eq!(shares.take([None, None]).err(), Some(Full::All));
    }
}
