//! What waits, what is sent next, and what an answer changes. No lock, no file, no clock: time comes in.
//!
//! A no goes first and waits for nothing. What says yes, be it to something else in the same submission, waits until
//! every no of its subject has been answered, and for its elders: so no yes ever leaves while a no that it would
//! overtake, or that would overtake it, is still here. What holds both goes before what only says yes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use samtycke_core::event::AFTER_EVENTS_MAX;
use samtycke_core::id::{EventId, SubjectId};

use super::entry::{Body, Entry, Rank, Refusal};
use crate::clock::Moment;

/// The reason of an entry that a later no took back, where the server would not have that no: sent now, it would act.
pub(crate) const TAKEN_BACK: &str = "QUEUE_TAKEN_BACK";
/// The reason of an entry with a yes that stood before lines that cannot be read: one of them may have taken it back.
pub(crate) const UNREADABLE: &str = "QUEUE_UNREADABLE";

/// Where an entry stands: what goes first, then what was said first.
pub(crate) type Place = (Rank, u64);

/// What has been tried in one flush.
pub(crate) type Tried = HashSet<Place>;

/// All that is in the queue.
#[derive(Default)]
pub(crate) struct Order {
    waiting: BTreeMap<Place, Entry>,
    subjects: HashMap<SubjectId, BTreeSet<Place>>,
    /// By when each was said.
    refused: BTreeMap<u64, (Entry, Refusal)>,
    places: HashMap<EventId, Place>,
    count: u64,
    bytes: usize,
    grants: usize,
}

impl Order {
    /// The submission as it will be sent: when it was said, and the earlier noes of this queue that it comes after.
    ///
    /// At most 16 can be named. Where there are more, the newest are; the server then meets one that is not named, stores
    /// the yes without letting it act, and the person is asked again.
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

    /// The entry of this id, waiting or refused.
    pub(crate) fn get(&self, id: &EventId) -> Option<&Entry> {
        let place = self.places.get(id)?;
        let refused = || self.refused.get(&place.1).map(|(entry, _)| entry);
        self.waiting.get(place).or_else(refused)
    }

    /// Whether the id is among those that were refused.
    pub(crate) fn is_refused(&self, id: &EventId) -> bool {
        let place = self.places.get(id);
        place.is_some_and(|place| self.refused.contains_key(&place.1))
    }

    /// Takes one in. It takes back what earlier ones said yes to.
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
        self.grants = self.grants.saturating_add(usize::from(entry.body.is_yes()));
        let subject = entry.body.subject().clone();
        self.places.insert(entry.body.event_id().clone(), place);
        self.subjects.entry(subject).or_default().insert(place);
        self.waiting.insert(place, entry);
    }

    /// What to send now, if it has not been tried yet. A no that failed holds up no other no; whatever says yes is held up
    /// by everything before it.
    pub(crate) fn next(&self, tried: &Tried) -> Option<(Place, &Entry)> {
        let mut untried = self.waiting.iter().filter(|(at, _)| !tried.contains(*at));
        let (place, entry) = untried.find(|((rank, said), entry)| {
            *rank == Rank::No
                || self.places_of(entry.body.subject()).next() == Some(&(*rank, *said))
        })?;
        Some((*place, entry))
    }

    /// It was answered, or given up: it leaves. `None` where it had left already.
    pub(crate) fn remove(&mut self, id: &EventId) -> Option<Entry> {
        let place = *self.places.get(id)?;
        let entry = match self.waiting.remove(&place) {
            Some(entry) => entry,
            None => self.refused.remove(&place.1)?.0,
        };
        self.places.remove(id);
        self.forget_place(entry.body.subject(), place);
        self.bytes = self.bytes.saturating_sub(entry.bytes);
        self.grants = self.grants.saturating_sub(usize::from(entry.body.is_yes()));
        Some(entry)
    }

    /// It was turned down for good: it is kept aside until somebody has taken notice. So is every earlier yes that it took
    /// back, for without this no it would act. Returns the ids of all of them.
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

    /// Lines were lost here: whatever says yes up to now is not sent, for one of them may have taken it back.
    pub(crate) fn doubt(&mut self) {
        let doubtful = self.waiting.values().filter(|entry| entry.body.is_yes());
        let doubtful: Vec<EventId> = doubtful.map(|e| e.body.event_id().clone()).collect();
        for id in doubtful {
            let reason = UNREADABLE.to_owned();
            self.refuse(&id, Refusal { status: 0, reason });
        }
    }

    /// What is in the journal's new file is durable.
    pub(crate) fn all_durable(&mut self) {
        let refused = self.refused.values_mut().map(|(entry, _)| entry);
        for entry in self.waiting.values_mut().chain(refused) {
            entry.durable = true;
        }
    }

    /// Everything, in the order in which it was said.
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

    /// What was refused, oldest first.
    pub(crate) fn refused(&self) -> impl Iterator<Item = &(Entry, Refusal)> {
        self.refused.values()
    }

    /// How many wait: those that say a no, and the others.
    pub(crate) fn waiting(&self) -> (usize, usize) {
        let noes = self.waiting.range(..(Rank::Yes, 0)).count();
        (noes, self.waiting.len().saturating_sub(noes))
    }

    /// Entries that hold a yes, waiting or refused.
    pub(crate) fn grants(&self) -> usize {
        self.grants
    }

    /// What everything takes in the journal.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether something is only in memory.
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
