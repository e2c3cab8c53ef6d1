//! The subjects, one by one: the numbers and links of their streams, and what their events add up to.

use std::sync::Arc;

use samtycke_core::event::opening::LoggedEvent;
use samtycke_core::event::{EventBody, RegisterHistory as _};
use samtycke_core::id::{LogId, SubjectId};
use samtycke_core::keys::SubjectKey;
use samtycke_core::state::SubjectState;
use samtycke_log::fsck::{Damage, Report, Walk};
use samtycke_store::scan::{RawEvent, RawSubject};

use super::events::{key_of, open};
use super::is_recorded_soundly;
use crate::register::History;
use crate::store::{StoreError, Stored, Tx};
use crate::tenant::{Tenant, Tenants};

/// Subjects read at a time.
const SUBJECTS: u32 = 200;
/// Events of one subject read at a time.
const EVENTS: u32 = 200;

/// Reads a log's subjects with their events.
pub(super) struct Streams<'a> {
    walk: &'a Walk<'a>,
    tenants: &'a Tenants,
    tenant: Arc<Tenant>,
    registers: History,
    /// Leaves that were there when the run began: their events must be in the states that are read now.
    size: u64,
}

/// What a subject's events add up to.
struct Folded {
    state: SubjectState,
    last_leaf: [u8; 32],
    /// Why its events cannot be trusted: what kind of damage, and where.
    damage: Option<(Damage, String, &'static str)>,
}

/// How far a stream was followed: the number that comes next, and the leaf before it.
struct Reached {
    next: u64,
    previous: Option<[u8; 32]>,
}

impl<'a> Streams<'a> {
    pub(super) fn of(walk: &'a Walk<'a>, tenants: &'a Tenants, tenant: &Arc<Tenant>) -> Self {
        Self {
            walk,
            tenants,
            tenant: tenant.clone(),
            registers: History::of(tenant.clone()),
            size: 0,
        }
    }

    pub(super) async fn read(mut self, report: &mut Report) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        self.size = store.head(log).await?.map_or(0, |head| head.size);
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let page = store.raw_subjects(log, &after, SUBJECTS).await?;
            let Some(last) = page.last() else {
                return self.guardians(report).await;
            };
            last.subject.clone_into(&mut after);
            // A log with many publications has as many registers: they are let go with each page.
            self.renew().await?;
            for row in page {
                self.subject(row, report).await?;
                report.subjects += 1;
            }
            done += u64::from(SUBJECTS);
            self.walk
                .step("subjects", done.min(report.subjects), report.subjects)
                .await;
        }
    }

    /// The newest snapshot: an event may have been received under a register that was published meanwhile.
    async fn renew(&mut self) -> Stored<()> {
        let newest = self.tenants.newest_config_version(&self.tenant).await?;
        self.tenant = self.tenants.at_least(&self.tenant, newest).await?;
        if let Some(current) = self
            .tenants
            .all()
            .into_iter()
            .find(|t| t.log == self.tenant.log)
        {
            self.tenant = current;
        }
        self.registers = History::of(self.tenant.clone());
        Ok(())
    }

    async fn subject(&mut self, row: RawSubject, report: &mut Report) -> Stored<()> {
        if row.key.is_none() {
            return Ok(());
        }
        let Some(folded) = self.fold(&row).await? else {
            return Ok(());
        };
        let place = format!("subject {}", row.subject);
        if let Some((damage, place, found)) = folded.damage {
            report.add(damage, place, found);
            return Ok(());
        }
        if !fits(&row, &folded) {
            // A publication or an event between the reads looks the same as damage: once more, with all that is newest.
            self.renew().await?;
            let again = self
                .walk
                .store
                .raw_subject(self.walk.log, &row.subject)
                .await?;
            let Some(row) = again else {
                return Ok(());
            };
            let Some(folded) = self.fold(&row).await? else {
                return Ok(());
            };
            if !fits(&row, &folded) {
                let found = format!(
                    "its row is at event {}, its events at {}",
                    row.seq, folded.state.seq
                );
                report.add(Damage::State, &place, found);
                if self.walk.repair && is_recorded_soundly(report) {
                    self.repair(&row.subject, report).await?;
                }
            }
            return Ok(());
        }
        self.kept(&row, &folded.state, report).await
    }

    /// Folds a subject's events up to its row, and those that were in the log when the run began. `None`: the key cannot be
    /// unwrapped, which was said about its events.
    async fn fold(&mut self, row: &RawSubject) -> Stored<Option<Folded>> {
        let Ok(Some(key)) = key_of(&self.tenant, row) else {
            return Ok(None);
        };
        let mut folded = Folded {
            state: SubjectState::default(),
            last_leaf: [0; 32],
            damage: None,
        };
        let mut reached = Reached {
            next: 1,
            previous: None,
        };
        let tenant = self.tenant.clone();
        for log in tenant.logs() {
            let mut after = 0;
            loop {
                let store = self.walk.store;
                let page = store.raw_stream(log, &row.subject, after, EVENTS).await?;
                let is_last = page.len() < EVENTS as usize;
                let is_known =
                    |e: &RawEvent| *log != tenant.log || e.seq <= row.seq || e.idx < self.size;
                let known: Vec<RawEvent> = page.into_iter().filter(is_known).collect();
                let Some(last) = known.last() else { break };
                after = last.seq;
                if !self
                    .add(log, known, &key, &mut reached, &mut folded)
                    .await?
                {
                    return Ok(None);
                }
                if folded.damage.is_some() {
                    return Ok(Some(folded));
                }
                if is_last {
                    break;
                }
            }
        }
        Ok(Some(folded))
    }

    /// Adds some of a subject's events, in order. `false`: one cannot be opened, which was said about the event itself.
    async fn add(
        &mut self,
        log: &LogId,
        rows: Vec<RawEvent>,
        key: &SubjectKey,
        reached: &mut Reached,
        folded: &mut Folded,
    ) -> Stored<bool> {
        let mut events = Vec::with_capacity(rows.len());
        for event in rows {
            let Ok(opened) = open(log, &event, key) else {
                return Ok(false);
            };
            let leaf = opened.leaf.hash();
            folded.damage = follows(&opened.logged, &event, reached.next, reached.previous);
            if folded.damage.is_some() {
                return Ok(true);
            }
            reached.next = event.seq + 1;
            reached.previous = Some(leaf);
            folded.last_leaf = leaf;
            events.push(opened.logged.event);
        }
        let read = self.registers.read_for(self.walk.store, &events).await;
        read.map_err(|_| StoreError::Contradiction("a register that was live is gone".into()))?;
        for event in &events {
            let register = self.registers.at(event.received_at);
            folded.state.apply(event, register);
        }
        Ok(true)
    }

    /// What stands beside a state so that it is found without reading it.
    async fn kept(
        &self,
        row: &RawSubject,
        state: &SubjectState,
        report: &mut Report,
    ) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        let expected = beside(state);
        if store.kept_about(log, &row.subject, &expected.0).await? == expected {
            return Ok(());
        }
        self.kept_differs(row, expected, report).await
    }

    /// The other way round: each guardian of the list is one that the subject's state names.
    async fn guardians(&self, report: &mut Report) -> Stored<()> {
        const PAIRS: u32 = 1_000;
        let (store, log) = (self.walk.store, self.walk.log);
        let mut after = (String::new(), String::new());
        loop {
            let page = store
                .guardians_after(log, (&after.0, &after.1), PAIRS)
                .await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after.clone_from(last);
            for (guardian, subject) in page {
                let Some(row) = store.raw_subject(log, &subject).await? else {
                    report.add(
                        Damage::Kept,
                        format!("subject {subject}"),
                        "no row of its own",
                    );
                    continue;
                };
                // A state that cannot be read was named before.
                let Ok(state) = serde_json::from_str::<SubjectState>(&row.state) else {
                    continue;
                };
                let expected = beside(&state);
                if !expected.0.contains(&guardian) && store.guards(log, &guardian, &subject).await?
                {
                    self.kept_differs(&row, expected, report).await?;
                }
            }
        }
    }

    async fn kept_differs(
        &self,
        row: &RawSubject,
        expected: (Vec<String>, Vec<String>),
        report: &mut Report,
    ) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        // An event between the reads may have changed both.
        let again = store.raw_subject(log, &row.subject).await?;
        if again.as_ref().is_none_or(|again| again.seq != row.seq) {
            return Ok(());
        }
        let place = format!("subject {}", row.subject);
        report.add(Damage::Kept, &place, "its guardians or its survivor");
        if self.walk.repair && is_recorded_soundly(report) {
            let mut tx = store.begin().await?;
            tx.lock_head(log).await?;
            let now = store_row(&mut tx, self, &row.subject).await?;
            if now.is_some_and(|now| now.seq == row.seq) {
                let (guardians, survivors) = expected;
                let survivor = survivors.first().map(String::as_str);
                tx.put_kept_about(log, &row.subject, &guardians, survivor)
                    .await?;
                tx.commit().await?;
                report.repaired(Damage::Kept, &place);
            } else {
                tx.rollback().await?;
            }
        }
        Ok(())
    }

    /// Writes a state anew under the head's lock, so that no event comes between what is read and what is written.
    async fn repair(&mut self, subject: &str, report: &mut Report) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        let mut tx = store.begin().await?;
        let head = tx.lock_head(log).await?;
        let size = std::mem::replace(&mut self.size, head.map_or(0, |head| head.size));
        let row = store_row(&mut tx, self, subject).await?;
        let folded = match &row {
            Some(row) => self.fold(row).await?,
            None => None,
        };
        self.size = size;
        let Some(folded) = folded.filter(|folded| folded.damage.is_none()) else {
            return tx.rollback().await;
        };
        let text = serde_json::to_string(&folded.state).expect("a state is always JSON");
        let seq = folded.state.seq;
        tx.put_state(log, subject, seq, &folded.last_leaf, &text)
            .await?;
        let (guardians, survivors) = beside(&folded.state);
        let survivor = survivors.first().map(String::as_str);
        tx.put_kept_about(log, subject, &guardians, survivor)
            .await?;
        // Memory before the commit: the state is that of the events, whether the commit is heard of or not, and a later
        // event is settled only after its own commit, which waits for this one.
        if let (Some(hot), Ok(id)) = (&self.tenant.runtime.hot, subject.parse::<SubjectId>()) {
            hot.replace(&id, Arc::new(folded.state));
        }
        tx.commit().await?;
        report.repaired(Damage::State, &format!("subject {subject}"));
        Ok(())
    }
}

/// A subject's row while the head is locked: nobody else changes it.
async fn store_row(
    _locked: &mut Tx,
    of: &Streams<'_>,
    subject: &str,
) -> Stored<Option<RawSubject>> {
    of.walk.store.raw_subject(of.walk.log, subject).await
}

/// Whether a row says what its events add up to.
fn fits(row: &RawSubject, folded: &Folded) -> bool {
    let state: Option<SubjectState> = serde_json::from_str(&row.state).ok();
    row.seq == folded.state.seq
        && row.last_leaf == folded.last_leaf
        && state.as_ref() == Some(&folded.state)
}

/// The guardians and the survivor that a state names, as the lists have them: a merged subject has only its survivor.
fn beside(state: &SubjectState) -> (Vec<String>, Vec<String>) {
    if let Some(survivor) = &state.merged_into {
        return (Vec::new(), vec![survivor.to_string()]);
    }
    let mut guardians: Vec<String> = state.guardians.iter().map(|g| g.id.to_string()).collect();
    guardians.sort();
    (guardians, Vec::new())
}

/// Whether an event follows on the one before it. Only the two events of a link or an unmerge have one number in both
/// streams, above every number of either (E22).
fn follows(
    logged: &LoggedEvent,
    row: &RawEvent,
    next: u64,
    previous: Option<[u8; 32]>,
) -> Option<(Damage, String, &'static str)> {
    let place = || format!("event {}", row.idx);
    let joint = matches!(
        logged.event.body,
        EventBody::SubjectLinked(_) | EventBody::SubjectMerged(_) | EventBody::SubjectUnmerged(_)
    );
    if row.seq != next && !(joint && row.seq > next) {
        return Some((
            Damage::StreamNumber,
            place(),
            "a number is missing before it",
        ));
    }
    if logged.prev != previous {
        return Some((
            Damage::StreamLink,
            place(),
            "it names another leaf than the one before it",
        ));
    }
    None
}
