//! What waits, what is sent next, and what a response changes. It has no lock, no file and no clock: the caller passes
//! the time in.
//!
//! A withdrawal goes first and waits for nothing. An entry with a grant waits for every withdrawal of its subject and
//! for older entries. So no grant leaves while a withdrawal that it would overtake, or that would overtake it, is still
//! here. An entry with both goes before one with grants only.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use samtycke_core::event::AFTER_EVENTS_MAX;
use samtycke_core::id::{EventId, SubjectId};

use super::entry::{Body, Entry, Rank, Refusal};
use crate::clock::Moment;

/// The reason of an entry that a later withdrawal took back, after the server rejected that withdrawal: sent now, it
/// would take effect.
pub(crate) const TAKEN_BACK: &str = "QUEUE_TAKEN_BACK";
/// The reason of an entry with a grant before unreadable lines: one of them may have withdrawn it.
pub(crate) const UNREADABLE: &str = "QUEUE_UNREADABLE";

/// The place of an entry: its order of sending, then its age.
pub(crate) type Place = (Rank, u64);

/// The entries that a flush has tried.
pub(crate) type Tried = HashSet<Place>;

/// The whole content of the queue.
#[derive(Default)]
pub(crate) struct Order {
    waiting: BTreeMap<Place, Entry>,
    subjects: HashMap<SubjectId, BTreeSet<Place>>,
    /// The times of the decisions.
    refused: BTreeMap<u64, (Entry, Refusal)>,
    places: HashMap<EventId, Place>,
    count: u64,
    bytes: usize,
    grants: usize,
}

impl Order {
    /// The submission as it will be sent, with its time and the earlier withdrawals of this queue that it follows.
    ///
    /// At most 16 can be named. Of more the newest are; the server then finds one that is not named, stores the grant
    /// without effect, and the person is asked again.
    pub(crate) fn complete(&self, mut body: Body, now: Moment) -> Body {
        let mut before = Vec::new();
        for place in self.places_of(body.subject()).rev() {
            let Some(earlier) = self.waiting.get(place) else {
                continue;
            };
            if body.widened().any(|(_, cell)| earlier.body.narrows(cell)) {
                before.push((place.1, earlier.body.event_id().clone()));
            }
        }
        before.sort_by_key(|(said, _)| std::cmp::Reverse(*said));
        before.truncate(AFTER_EVENTS_MAX);
        body.complete(now, before.into_iter().map(|(_, id)| id).collect());
        body
    }

    /// The entry with this id, waiting or rejected.
    pub(crate) fn get(&self, id: &EventId) -> Option<&Entry> {
        let place = self.places.get(id)?;
        let refused = || self.refused.get(&place.1).map(|(entry, _)| entry);
        self.waiting.get(place).or_else(refused)
    }

    /// Whether the entry with this id was rejected.
    pub(crate) fn is_restrictive(&self, id: &EventId) -> bool {
        let place = self.places.get(id);
        place.is_some_and(|place| self.refused.contains_key(&place.1))
    }

    /// Adds an entry, which takes back earlier grants.
    pub(crate) fn insert(&mut self, entry: Entry) {
        self.count = self.count.saturating_add(1);
        let place = (entry.body.rank(), self.count);
        let elders: Vec<Place> = self.places_of(entry.body.subject()).copied().collect();
        for elder in elders {
            if let Some(elder) = self.waiting.get_mut(&elder) {
                elder.takes_back(&entry.body);
            }
        }
        self.bytes = self.bytes.saturating_add(entry.bytes);
        self.grants = self
            .grants
            .saturating_add(usize::from(entry.body.is_grant()));
        let subject = entry.body.subject().clone();
        self.places.insert(entry.body.event_id().clone(), place);
        self.subjects.entry(subject).or_default().insert(place);
        self.waiting.insert(place, entry);
    }

    /// The next entry that has not been tried. A failed withdrawal delays no other withdrawal; a grant is delayed by
    /// everything before it.
    pub(crate) fn next(&self, tried: &Tried) -> Option<(Place, &Entry)> {
        let mut untried = self.waiting.iter().filter(|(at, _)| !tried.contains(*at));
        let (place, entry) = untried.find(|((rank, said), entry)| {
            *rank == Rank::No
                || self.places_of(entry.body.subject()).next() == Some(&(*rank, *said))
        })?;
        Some((*place, entry))
    }

    /// Removes an entry that was answered or given up. `None` if it was removed before.
    pub(crate) fn remove(&mut self, id: &EventId) -> Option<Entry> {
        let place = *self.places.get(id)?;
        let entry = match self.waiting.remove(&place) {
            Some(entry) => entry,
            None => self.refused.remove(&place.1)?.0,
        };
        self.places.remove(id);
        self.forget_place(entry.body.subject(), place);
        self.bytes = self.bytes.saturating_sub(entry.bytes);
        self.grants = self
            .grants
            .saturating_sub(usize::from(entry.body.is_grant()));
        Some(entry)
    }

    /// Keeps an entry that was rejected for good, until it is acknowledged. Keeps every earlier grant that it took back
    /// as well, because without this withdrawal the grant would take effect. Returns the ids of all of them.
    pub(crate) fn refuse(&mut self, id: &EventId, refusal: Refusal) -> Vec<EventId> {
        let mut gone = Vec::new();
        let mut open = vec![(id.clone(), refusal)];
        while let Some((id, refusal)) = open.pop() {
            let Some(place) = self.places.get(&id).copied() else {
                continue;
            };
            let Some(entry) = self.waiting.remove(&place) else {
                continue;
            };
            self.forget_place(entry.body.subject(), place);
            for elder in self.places_of(entry.body.subject()) {
                let taken = self.waiting.get(elder).filter(|elder_entry| {
                    let mut cells = elder_entry.body.widened();
                    elder.1 < place.1 && cells.any(|(_, cell)| entry.body.narrows(cell))
                });
                if let Some(taken) = taken {
                    let reason = TAKEN_BACK.to_owned();
                    let refusal = Refusal { status: 0, reason };
                    open.push((taken.body.event_id().clone(), refusal));
                }
            }
            self.refused.insert(place.1, (entry, refusal));
            gone.push(id);
        }
        gone
    }

    /// Lines were lost here: no earlier grant is sent, because a lost line may have withdrawn it.
    pub(crate) fn doubt(&mut self) {
        let doubtful = self.waiting.values().filter(|entry| entry.body.is_grant());
        let doubtful: Vec<EventId> = doubtful.map(|e| e.body.event_id().clone()).collect();
        for id in doubtful {
            let reason = UNREADABLE.to_owned();
            self.refuse(&id, Refusal { status: 0, reason });
        }
    }

    /// The content of the journal's new file is durable.
    pub(crate) fn all_durable(&mut self) {
        let refused = self.refused.values_mut().map(|(entry, _)| entry);
        for entry in self.waiting.values_mut().chain(refused) {
            entry.durable = true;
        }
    }

    /// All entries, oldest first.
    pub(crate) fn all(&self) -> Vec<(&Entry, Option<&Refusal>)> {
        let waiting = self.waiting.iter().map(|((_, said), e)| (*said, e, None));
        let refused = self.refused.iter();
        let refused = refused.map(|(said, (entry, refusal))| (*said, entry, Some(refusal)));
        let mut all: Vec<_> = waiting.chain(refused).collect();
        all.sort_by_key(|(said, ..)| *said);
        all.into_iter()
            .map(|(_, entry, why)| (entry, why))
            .collect()
    }

    /// The rejected entries, oldest first.
    pub(crate) fn refused(&self) -> impl Iterator<Item = &(Entry, Refusal)> {
        self.refused.values()
    }

    /// The number of waiting entries: restrictive ones, and others.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        let withdrawals = self.waiting.range(..(Rank::Yes, 0)).count();
        (withdrawals, self.waiting.len().saturating_sub(withdrawals))
    }

    /// The number of entries with a grant, waiting or rejected.
    pub(crate) fn grants(&self) -> usize {
        self.grants
    }

    /// The size of all entries in the journal.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether an entry is only in memory.
    pub(crate) fn is_volatile(&self) -> bool {
        let refused = self.refused.values().map(|(entry, _)| entry);
        self.waiting.values().chain(refused).any(|e| !e.durable)
    }

    fn places_of(&self, subject: &SubjectId) -> impl DoubleEndedIterator<Item = &Place> {
        self.subjects.get(subject).into_iter().flatten()
    }

    fn forget_place(&mut self, subject: &SubjectId, place: Place) {
        if let Some(places) = self.subjects.get_mut(subject) {
            places.remove(&place);
            if places.is_empty() {
                self.subjects.remove(subject);
            }
        }
    }
}

impl Entry {
    fn takes_back(&mut self, later: &Body) {
        let cells = self.body.widened();
        let taken = cells.filter(|(_, cell)| later.narrows(cell));
        let taken: Vec<usize> = taken.map(|(at, _)| at).collect();
        self.taken_back.extend(taken);
        self.taken_back.sort_unstable();
        self.taken_back.dedup();
    }
}
