//! The leaves, one by one: each commits to one event or one public body, and that is the one that is stored.

use std::collections::{BTreeMap, HashMap};

use samtycke_core::event::EventBody;
use samtycke_core::event::opening::{LoggedEvent, Openings, Stream, hour_of};
use samtycke_core::id::{EventId, LogId, NoticeHash, SubjectId};
use samtycke_core::keys::SubjectKey;
use samtycke_core::leaf::{Leaf, LeafKind, commit_ctx, commit_sub};
use samtycke_core::notice::PublicationKind;
use samtycke_core::public_leaf::PublicRecord;
use samtycke_core::register::Register;
use samtycke_log::fsck::{Damage, PAGE, Report, Walk};
use samtycke_store::log::PublicationRow;
use samtycke_store::scan::{RawCount, RawEvent, RawSubject};

use super::is_recorded_soundly;
use crate::store::Stored;
use crate::tenant::Tenant;

/// What keeps a stored event from being opened.
pub(super) type Unreadable = &'static str;

/// An event's openings, its meaning, and the leaf that they give.
pub(super) struct OpenedRow {
    pub(super) logged: LoggedEvent,
    pub(super) leaf: Leaf,
}

/// A subject's key, as its row has it. `None` after an erasure.
pub(super) fn key_of(tenant: &Tenant, row: &RawSubject) -> Result<Option<SubjectKey>, Unreadable> {
    let Some(key) = &row.key else {
        return Ok(None);
    };
    let subject: SubjectId = row
        .subject
        .parse()
        .map_err(|_| "its subject is no subject")?;
    tenant
        .secrets
        .unwrap(&subject, key.epoch, &key.wrapped)
        .map(Some)
        .map_err(|_| "its subject's key cannot be unwrapped with this root.key")
}

/// Opens a stored event under its subject's key.
pub(super) fn open(log: &LogId, row: &RawEvent, key: &SubjectKey) -> Result<OpenedRow, Unreadable> {
    let event_id: EventId = row.event_id.parse().map_err(|_| "its id is none")?;
    let keys = key.event(&event_id);
    let plaintext = keys
        .open_body(log, &event_id, &row.body)
        .map_err(|_| "it does not open under its subject's key")?;
    let openings = Openings::unpack(&plaintext).ok_or("its plaintext is not two openings")?;
    let logged = LoggedEvent::read(&openings).map_err(|_| "its openings cannot be read")?;
    let of_row = logged.log == *log
        && matches!(&logged.stream, Stream::Subject(subject) if subject.as_str() == row.subject)
        && logged.event.event_id == event_id
        && logged.event.seq == row.seq;
    if !of_row {
        return Err("its openings are those of another row");
    }
    let ctx = commit_ctx(keys.r_ctx.expose(), &openings.ctx);
    let sub = commit_sub(keys.r_sub.expose(), &openings.sub);
    let leaf = Leaf::hidden(LeafKind::Event, ctx, sub).expect("events are hidden");
    Ok(OpenedRow { logged, leaf })
}

/// Reads a log's leaves with what they commit to.
pub(super) struct Leaves<'a> {
    walk: &'a Walk<'a>,
    tenant: &'a Tenant,
    hour: Hour,
    /// Leaves that were there when the run began.
    size: u64,
}

/// Decisions of the hour that is being read. The log's time never goes back, so hours come in order.
#[derive(Default)]
struct Hour {
    since_epoch: Option<i64>,
    counts: BTreeMap<(String, String), i64>,
    /// Whether every event of the hour was opened.
    incomplete: bool,
}

impl<'a> Leaves<'a> {
    pub(super) fn of(walk: &'a Walk<'a>, tenant: &'a Tenant) -> Self {
        Self {
            walk,
            tenant,
            hour: Hour::default(),
            size: 0,
        }
    }

    pub(super) async fn read(mut self, report: &mut Report) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        let mut size = 0;
        let mut longest = 0;
        // The trees of closed logs are not looked at: each was closed because its tree contradicts what was signed.
        for of in self.tenant.logs() {
            size = store.head(of).await?.map_or(0, |head| head.size);
            longest = size.max(longest);
            let mut from = 0;
            while from < size {
                let to = size.min(from + PAGE);
                self.page(of, from, to, report).await?;
                self.walk.step("events", to, size).await;
                from = to;
            }
        }
        self.size = size;
        let last = std::mem::take(&mut self.hour);
        let after = last.since_epoch.map_or(i64::MIN, |hour| hour + 1);
        self.compare(last, report).await?;
        if let Some(hour) = store.counted_from(log, after).await?
            && store.head(log).await?.is_none_or(|head| head.size == size)
        {
            let empty = Hour {
                since_epoch: Some(hour),
                ..Hour::default()
            };
            self.compare(empty, report).await?;
        }
        let orphans = store.media_orphans(log, longest, 100).await?;
        for (table, row) in orphans {
            report.add(
                Damage::OrphanMedia,
                format!("{table} {row}"),
                "it points at nothing",
            );
        }
        self.documents(report).await?;
        self.pseudonyms(report).await
    }

    /// The registers and notices that were published, by the hashes in their leaves.
    async fn documents(&self, report: &mut Report) -> Stored<()> {
        let (store, tenant) = (self.walk.store, self.tenant);
        for published in &tenant.publications {
            let place = match published.kind {
                PublicationKind::Register => format!("register {}", published.version),
                PublicationKind::Notice => format!("notice {}", published.hash),
                PublicationKind::Invalidation => continue,
            };
            let sound = if published.kind == PublicationKind::Register {
                let version = u64::from(published.version);
                let row = store.register_version(&tenant.id, version).await?;
                let register = row.and_then(|row| Register::parse(&row.body).ok());
                register.is_some_and(|register| *register.hash() == published.hash)
            } else {
                let notice = tenant.notices.get(&published.hash);
                let bytes = notice.map(|notice| NoticeHash::of(notice.bytes.as_bytes()));
                bytes.as_ref() == Some(&published.hash) && self.has_texts(&published.hash).await?
            };
            if !sound {
                report.add(Damage::Document, place, "its hash is not the published one");
            }
        }
        Ok(())
    }

    /// Whether each text that a notice's manifest lists is there with its hash.
    async fn has_texts(&self, hash: &NoticeHash) -> Stored<bool> {
        let Some(notice) = self.tenant.notices.get(hash) else {
            return Ok(false);
        };
        let rows = self.walk.store.notice_texts(&self.tenant.id, hash).await?;
        let mut listed = notice
            .manifest
            .texts
            .iter()
            .flat_map(|(language, of_language)| {
                let one = move |(variant, hash)| (language, variant, hash);
                of_language.iter().map(one)
            });
        Ok(listed.all(|(language, variant, hash)| {
            rows.iter().any(|row| {
                row.language == *language
                    && row.variant == variant.as_str()
                    && NoticeHash::of(row.body.as_bytes()) == *hash
            })
        }))
    }

    async fn page(&mut self, log: &LogId, from: u64, to: u64, report: &mut Report) -> Stored<()> {
        let store = self.walk.store;
        let leaves = store.raw_leaves(log, from, to).await?;
        let events = store.raw_events(log, from, to).await?;
        let publications = store.publications(log, from, to).await?;
        let mut events: BTreeMap<u64, RawEvent> = events.into_iter().map(|e| (e.idx, e)).collect();
        let mut bodies: BTreeMap<u64, PublicationRow> =
            publications.into_iter().map(|p| (p.idx, p)).collect();
        let mut keys = HashMap::new();
        for raw in leaves {
            // A leaf of no known form was reported with the tree.
            let Ok(leaf) = Leaf::parse(&raw.leaf) else {
                events.remove(&raw.idx);
                bodies.remove(&raw.idx);
                continue;
            };
            match leaf.kind() {
                LeafKind::Event => {
                    if let Some(event) = events.remove(&raw.idx) {
                        self.event(log, &leaf, &event, &mut keys, report).await?;
                    } else {
                        self.hour.incomplete = true;
                        let place = self.place("event", log, raw.idx);
                        report.add(Damage::EventMissing, place, "no row");
                    }
                }
                LeafKind::Publication | LeafKind::KeyChange | LeafKind::Succession => {
                    let place = self.place("publication", log, raw.idx);
                    public(&leaf, place, bodies.remove(&raw.idx), report);
                }
                // What an erasure names is not stored.
                LeafKind::Erasure => {
                    events.remove(&raw.idx);
                }
            }
        }
        for idx in events.keys() {
            report.add(
                Damage::EventExtra,
                self.place("event", log, *idx),
                "its leaf is of another kind, or is gone",
            );
        }
        for idx in bodies.keys() {
            let place = self.place("publication", log, *idx);
            report.add(
                Damage::PublicationExtra,
                place,
                "its leaf is of another kind, or is gone",
            );
        }
        Ok(())
    }

    /// A row's name in the report: of another log than the tenant's own, with that log.
    fn place(&self, what: &str, log: &LogId, idx: u64) -> String {
        if *log == self.tenant.log {
            format!("{what} {idx}")
        } else {
            format!("{what} {idx} of the closed log {log}")
        }
    }

    async fn event(
        &mut self,
        of: &LogId,
        leaf: &Leaf,
        row: &RawEvent,
        keys: &mut HashMap<String, Result<Option<SubjectKey>, Unreadable>>,
        report: &mut Report,
    ) -> Stored<()> {
        if !keys.contains_key(&row.subject) {
            let (store, log) = (self.walk.store, self.walk.log);
            let key = if let Some(subject) = store.raw_subject(log, &row.subject).await? {
                key_of(self.tenant, &subject)
            } else {
                let place = format!("subject {}", row.subject);
                let found = format!("event {} is its", row.idx);
                report.add(Damage::SubjectMissing, place, found);
                Ok(None)
            };
            keys.insert(row.subject.clone(), key);
        }
        let key = match &keys[&row.subject] {
            Ok(Some(key)) if !row.body.is_empty() => Ok(key),
            // Erased: what is left is the leaf.
            Ok(_) => {
                self.hour.incomplete = true;
                return Ok(());
            }
            Err(why) => Err(*why),
        };
        let opened = key.and_then(|key| open(of, row, key));
        let place = self.place("event", of, row.idx);
        match opened {
            Err(why) => {
                self.hour.incomplete = true;
                report.add(Damage::EventUnreadable, place, why);
            }
            Ok(opened) => {
                if opened.leaf != *leaf {
                    report.add(
                        Damage::EventCommitment,
                        place,
                        "its commitments are not those of its leaf",
                    );
                }
                report.events += 1;
                self.count(&opened.logged, report).await?;
            }
        }
        Ok(())
    }

    async fn count(&mut self, logged: &LoggedEvent, report: &mut Report) -> Stored<()> {
        let hour = hour_of(logged.event.received_at);
        if self.hour.since_epoch != Some(hour) {
            let last = std::mem::take(&mut self.hour);
            self.compare(last, report).await?;
            self.hour.since_epoch = Some(hour);
        }
        if let EventBody::Decisions(decisions) = &logged.event.body {
            for decision in &decisions.0 {
                let of = (
                    decision.purpose.to_string(),
                    decision.decision.as_str().to_owned(),
                );
                *self.hour.counts.entry(of).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Compares an hour's decisions with its counts.
    async fn compare(&self, of: Hour, report: &mut Report) -> Stored<()> {
        let (store, log) = (self.walk.store, self.walk.log);
        let Some(hour) = of.since_epoch.filter(|_| !of.incomplete) else {
            return Ok(());
        };
        let count = |((purpose, decision), count)| RawCount {
            purpose,
            decision,
            count,
        };
        let expected: Vec<RawCount> = of.counts.into_iter().map(count).collect();
        let before = store.head(log).await?;
        if store.raw_counts(log, hour).await? == expected {
            return Ok(());
        }
        // The newest hour grows while it is read.
        let newest = before.as_ref().map(|head| hour_of(head.last_received_at));
        if newest == Some(hour) && before.map(|head| head.size) != Some(self.size) {
            return Ok(());
        }
        let place = format!("hour {hour}");
        report.add(
            Damage::Counts,
            &place,
            format!("its events have {} counts", expected.len()),
        );
        if !self.walk.repair || !is_recorded_soundly(report) {
            return Ok(());
        }
        let mut tx = store.begin().await?;
        let head = tx.lock_head(log).await?;
        let grown = head
            .is_none_or(|head| hour_of(head.last_received_at) == hour && head.size != self.size);
        if grown {
            return tx.rollback().await;
        }
        tx.put_counts(log, hour, &expected).await?;
        tx.commit().await?;
        report.repaired(Damage::Counts, &place);
        Ok(())
    }

    /// Pseudonyms of erased subjects: an identifier that leads to one would revive it.
    async fn pseudonyms(&self, report: &mut Report) -> Stored<()> {
        const PSEUDONYMS: u32 = 1_000;
        let (store, log) = (self.walk.store, self.walk.log);
        let mut after = Vec::new();
        loop {
            let page = store.pseudonyms_after(log, &after, PSEUDONYMS).await?;
            let Some((last, _)) = page.last() else {
                return Ok(());
            };
            after.clone_from(last);
            for (_, subject) in &page {
                let erased = match subject.parse() {
                    Ok(subject) => {
                        let mark = self.tenant.secrets.erased_mark(&subject);
                        store.erased(log, &mark).await?.is_some()
                    }
                    Err(_) => true,
                };
                if erased {
                    let place = format!("pseudonym of {subject}");
                    report.add(
                        Damage::OrphanPseudonym,
                        place,
                        "the subject was erased, or is none",
                    );
                }
            }
        }
    }
}

fn public(leaf: &Leaf, place: String, row: Option<PublicationRow>, report: &mut Report) {
    let Some(row) = row else {
        report.add(Damage::PublicationMissing, place, "no row");
        return;
    };
    if !leaf.opens_public(row.body.as_bytes()) {
        report.add(
            Damage::PublicationCommitment,
            place,
            "its hash is not that of its leaf",
        );
        return;
    }
    let fits = PublicRecord::read(row.body.as_bytes()).is_ok_and(|record| {
        record.body.type_name() == row.kind && record.body.leaf_kind() == leaf.kind()
    });
    if !fits {
        report.add(
            Damage::PublicationCommitment,
            place,
            "its kind is not that of its body",
        );
    }
}
