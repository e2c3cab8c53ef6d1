//! Replays batches of the log anchor into a database that is older than they are: the same leaves, the same root, the same
//! states.
//!
//! A transaction replays leaves up to the next public one, so that what is interrupted goes on where it ended. Every leaf
//! is recomputed from its opened event, and a batch is replayed only if its leaves give the root that was staged.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::decision::DecisionKind;
use samtycke_core::event::opening::{LoggedEvent, Openings, hour_of};
use samtycke_core::event::{EventBody, RegisterHistory as _};
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::keys::SubjectKey;
use samtycke_core::leaf::{Leaf, LeafKind, commit_ctx, commit_sub};
use samtycke_core::public_leaf::{PublicBody, PublicRecord};
use samtycke_core::state::SubjectState;
use samtycke_log::anchor::{StagedBatch, StagedEvent};
use samtycke_log::tiles;
use samtycke_tlog::merkle::Frontier;

use crate::clock::UnixMs;
use crate::log::attachment::Attachment;
use crate::log::plan::kept::{self, Before};
use crate::log::{read_people, takedown};
use crate::prompt::PROMPT_MS;
use crate::register::History;
use crate::store::batch::{BatchRows, DecisionCountRow};
use crate::store::control::SiteRow;
use crate::store::log::{EventRow, HeadRow, LeafRow, PublicationRow};
use crate::store::mark::{MarkChanges, PromptUsedRow};
use crate::store::objection::Kept;
use crate::store::subject::{SubjectRow, WrappedKey};
use crate::store::{Store, StoreError, Stored, Tx};
use crate::tenant::{Tenant, Tenants};

/// Replays what the database lacks of a batch, and returns the log's new size.
pub(super) async fn replay(
    store: &Store,
    tenants: &Tenants,
    tenant: &Arc<Tenant>,
    batch: &StagedBatch,
    now: UnixMs,
) -> Stored<u64> {
    let head = store.head(&tenant.log).await?;
    let mut size = head
        .ok_or_else(|| contradiction("a tenant has no log"))?
        .size;
    let decoded = Decoded::of(batch)?;
    while size < batch.to {
        let tenant = tenants.reload(tenant).await?;
        size = if let Some(publication) = decoded.publications.get(&size) {
            replay_publication(store, &tenant, &decoded, publication, now).await?
        } else {
            let until = decoded.publications.range(size..).next();
            let until = until.map_or(batch.to, |(idx, _)| *idx);
            replay_events(store, &tenant, &decoded, size, until).await?
        };
    }
    Ok(size)
}

/// The work after the last batch: pictures that people in replayed events no longer permit.
pub(super) async fn finish(
    store: &Store,
    tenants: &Tenants,
    tenant: &Arc<Tenant>,
    now: UnixMs,
) -> Stored<()> {
    let tenant = tenants.reload(tenant).await?;
    let mut tx = store.begin().await?;
    let head = locked(&mut tx, &tenant).await?;
    let mut outbox = vec![kept::recount(head.size, now)];
    if !tenant.campaigns.is_empty() {
        outbox.push(takedown::judgement_after_replay(head.size, now));
    }
    let rows = BatchRows {
        outbox,
        ..BatchRows::default()
    };
    tx.append(&head, &head, &rows).await?;
    tx.commit().await
}

fn contradiction(what: &str) -> StoreError {
    StoreError::Contradiction(what.to_owned())
}

/// A batch with its bytes decoded.
struct Decoded<'b> {
    batch: &'b StagedBatch,
    leaves: Vec<Leaf>,
    events: HashMap<u64, &'b StagedEvent>,
    keys: HashMap<&'b SubjectId, WrappedKey>,
    publications: BTreeMap<u64, PublicationRow>,
    attached: Vec<Attachment>,
}

impl<'b> Decoded<'b> {
    fn of(batch: &'b StagedBatch) -> Stored<Self> {
        let bytes = |text: &str| {
            STANDARD
                .decode(text)
                .map_err(|_| contradiction("a staged batch cannot be read"))
        };
        let leaf = |text: &String| {
            Leaf::parse(&bytes(text)?).map_err(|_| contradiction("a staged leaf cannot be read"))
        };
        let leaves: Stored<Vec<Leaf>> = batch.leaves.iter().map(leaf).collect();
        let key = |(subject, epoch, wrapped): &'b (SubjectId, u64, String)| {
            let wrapped = bytes(wrapped)?;
            let epoch = *epoch;
            Ok((subject, WrappedKey { epoch, wrapped }))
        };
        let keys: Stored<HashMap<_, _>> = batch.keys.iter().map(key).collect();
        let publication = |(idx, kind, body): &(u64, String, String)| {
            let (idx, kind, body) = (*idx, kind.clone(), body.clone());
            (idx, PublicationRow { idx, kind, body })
        };
        Ok(Self {
            batch,
            leaves: leaves?,
            events: batch
                .events
                .iter()
                .map(|event| (event.idx, event))
                .collect(),
            keys: keys?,
            publications: batch.publications.iter().map(publication).collect(),
            attached: Attachment::read(&batch.attached)?,
        })
    }

    fn leaf(&self, idx: u64) -> Stored<&Leaf> {
        let place = idx
            .checked_sub(self.batch.from)
            .and_then(|at| usize::try_from(at).ok());
        let leaf = place.and_then(|at| self.leaves.get(at));
        leaf.ok_or_else(|| contradiction("a staged batch lacks a leaf"))
    }

    fn event(&self, idx: u64) -> Stored<EventRow> {
        let event = self.events.get(&idx);
        let event = event.ok_or_else(|| contradiction("a staged batch lacks an event"))?;
        let bytes = |text: &str| STANDARD.decode(text).ok();
        let (mac, body) = (bytes(&event.mac), bytes(&event.body));
        let bad = || contradiction("a staged event cannot be read");
        Ok(EventRow {
            idx,
            event_id: event.id.clone(),
            subject: event.subject.clone(),
            seq: event.seq,
            body_mac: mac.and_then(|mac| mac.try_into().ok()).ok_or_else(bad)?,
            body: body.ok_or_else(bad)?,
        })
    }
}

async fn locked(tx: &mut Tx, tenant: &Tenant) -> Stored<HeadRow> {
    let head = tx.lock_head(&tenant.log).await?;
    head.ok_or_else(|| contradiction("a tenant has no log"))
}

/// The head after these leaves.
fn grown(head: &HeadRow, leaves: &[LeafRow], last_received_at: UnixMs) -> Stored<HeadRow> {
    let mut frontier = Frontier::from_bytes(&head.frontier)
        .map_err(|_| contradiction("a log's frontier cannot be read"))?;
    for leaf in leaves {
        frontier.append(leaf.leaf_hash);
    }
    Ok(HeadRow {
        size: frontier.size(),
        root: frontier.root(),
        frontier: frontier.to_bytes(),
        last_leaf: leaves.last().map_or(head.last_leaf, |leaf| leaf.leaf_hash),
        last_received_at: head.last_received_at.max(last_received_at),
        ..head.clone()
    })
}

fn leaf_row(idx: u64, leaf: &Leaf) -> LeafRow {
    LeafRow {
        idx,
        leaf_hash: leaf.hash(),
        leaf: leaf.to_bytes().to_vec(),
    }
}

async fn replay_publication(
    store: &Store,
    tenant: &Tenant,
    decoded: &Decoded<'_>,
    publication: &PublicationRow,
    now: UnixMs,
) -> Stored<u64> {
    let record = PublicRecord::read(publication.body.as_bytes())
        .map_err(|error| StoreError::Contradiction(format!("a staged public leaf: {error}")))?;
    let leaf = Leaf::public(record.body.leaf_kind(), publication.body.as_bytes());
    if leaf.as_ref() != Some(decoded.leaf(publication.idx)?) {
        return Err(contradiction(
            "a staged public leaf is not the one in its tree",
        ));
    }
    let leaf = leaf_row(publication.idx, decoded.leaf(publication.idx)?);
    let mut tx = store.begin().await?;
    let head = locked(&mut tx, tenant).await?;
    if head.size != publication.idx {
        return Err(StoreError::Conflict);
    }
    change(&mut tx, tenant, decoded, &record).await?;
    let mut outbox = Vec::new();
    match &record.body {
        PublicBody::RegisterPublished(_) => outbox.push(kept::recount(publication.idx, now)),
        PublicBody::CampaignPublished(published) => {
            outbox.extend(takedown::due_sweeps(published, publication.idx, now));
        }
        _ => {}
    }
    let has_pictures = !tenant.campaigns.is_empty();
    outbox.extend(takedown::due_judgement(
        &record,
        publication.idx,
        now,
        has_pictures,
    ));
    let leaves = vec![leaf];
    let mut new = grown(&head, &leaves, record.at)?;
    new.config_version += 1;
    let rows = BatchRows {
        leaves,
        publications: vec![publication.clone()],
        outbox,
        ..BatchRows::default()
    };
    tiles::append(&mut tx, &head, &new, &rows).await?;
    tx.commit().await?;
    Ok(new.size)
}

/// What a public leaf changed outside the log.
async fn change(
    tx: &mut Tx,
    tenant: &Tenant,
    decoded: &Decoded<'_>,
    record: &PublicRecord,
) -> Stored<()> {
    let missing =
        |what: &str| contradiction(&format!("the anchor lacks a {what} that was published"));
    let attached = |is_it: &dyn Fn(&Attachment) -> bool| decoded.attached.iter().find(|a| is_it(a));
    match &record.body {
        PublicBody::RegisterPublished(published) => {
            let number = u64::from(published.version);
            let found = attached(
                &|a| matches!(a, Attachment::Register { version, .. } if *version == number),
            );
            found
                .ok_or_else(|| missing("register"))?
                .restore(tx, tenant)
                .await?;
            tx.publish_register(&tenant.id, number).await
        }
        PublicBody::NoticePublished(published) => {
            let found = attached(
                &|a| matches!(a, Attachment::Notice { hash, .. } if *hash == published.hash),
            );
            found
                .ok_or_else(|| missing("notice"))?
                .restore(tx, tenant)
                .await
        }
        PublicBody::KeyAdded(added) => {
            let found = attached(
                &|a| matches!(a, Attachment::Key { key_id, .. } if *key_id == added.key_id),
            );
            found
                .ok_or_else(|| missing("key"))?
                .restore(tx, tenant)
                .await
        }
        PublicBody::KeyRevoked(revoked) => tx
            .revoke_key(&tenant.id, &revoked.key_id, record.at)
            .await
            .map(drop),
        PublicBody::SiteAdded(added) => {
            let row = SiteRow {
                site: added.site.clone(),
                origins: added.origins.join(" "),
                created_at: record.at,
                revoked_at: None,
            };
            tx.insert_site(&tenant.id, &row).await
        }
        PublicBody::SiteChanged(changed) => {
            let origins = changed.origins.join(" ");
            tx.set_origins(&tenant.id, &changed.site, &origins)
                .await
                .map(drop)
        }
        PublicBody::SiteRevoked(revoked) => tx
            .revoke_site(&tenant.id, &revoked.site, record.at)
            .await
            .map(drop),
        PublicBody::LogOpened(_)
        | PublicBody::LogSucceeded(_)
        | PublicBody::LossAccepted(_)
        | PublicBody::SignerAdded(_)
        | PublicBody::SignerRetired(_)
        | PublicBody::CampaignPublished(_)
        | PublicBody::NoticeInvalidated(_) => Ok(()),
    }
}

/// A person within the events that are replayed together.
struct Member {
    state: SubjectState,
    last_leaf: Option<[u8; 32]>,
    before: Before,
    key: SubjectKey,
    wrapped: WrappedKey,
}

/// The events of one transaction, and what they lead to.
struct Events<'t> {
    tenant: &'t Tenant,
    members: HashMap<SubjectId, Member>,
    rows: BatchRows,
    counts: BTreeMap<(i64, PurposeId, DecisionKind), i64>,
    marks: MarkChanges,
    last_received_at: UnixMs,
}

async fn replay_events(
    store: &Store,
    tenant: &Arc<Tenant>,
    decoded: &Decoded<'_>,
    from: u64,
    to: u64,
) -> Stored<u64> {
    let mut opened = Vec::new();
    let mut history = History::of(tenant.clone());
    for idx in from..to {
        let row = decoded.event(idx)?;
        let key = decoded.keys.get(&row.subject);
        let wrapped = key.ok_or_else(|| contradiction("a staged batch lacks a subject's key"))?;
        let key = tenant
            .secrets
            .unwrap(&row.subject, wrapped.epoch, &wrapped.wrapped)?;
        let logged = open(tenant, &key, &row, decoded.leaf(idx)?)?;
        let read = history.read(store, logged.event.received_at).await;
        read.map_err(|_| contradiction("the register of a replayed event cannot be read"))?;
        opened.push((row, logged, key, wrapped.clone()));
    }
    let mut tx = store.begin().await?;
    let head = locked(&mut tx, tenant).await?;
    if head.size != from {
        return Err(StoreError::Conflict);
    }
    let people: Vec<SubjectId> = opened.iter().map(|(row, ..)| row.subject.clone()).collect();
    let mut known = read_people(&mut tx, tenant, &people).await?;
    let mut events = Events {
        tenant,
        members: HashMap::new(),
        rows: BatchRows::default(),
        counts: BTreeMap::new(),
        marks: MarkChanges::default(),
        last_received_at: head.last_received_at,
    };
    // A mark is a leaf by now, or was never one of a subject that has a stream.
    let removed = known.marks.iter().map(|mark| mark.event_id.clone());
    events.marks.removed = removed.collect::<Vec<EventId>>();
    for (row, logged, key, wrapped) in opened {
        let stored = known.subjects.remove(&row.subject);
        events.meet(&row.subject, stored, key, wrapped)?;
        let leaf = leaf_row(row.idx, decoded.leaf(row.idx)?);
        events.apply(row, leaf, logged, &history);
    }
    let attached = decoded.attached.iter();
    for pseudonym in attached.filter(|a| matches!(a, Attachment::Pseudonym { .. })) {
        pseudonym.restore(&mut tx, tenant).await?;
    }
    let size = events.write(&mut tx, &head).await?;
    tx.commit().await?;
    Ok(size)
}

/// Opens a staged event, and holds it against its leaf.
fn open(tenant: &Tenant, key: &SubjectKey, row: &EventRow, leaf: &Leaf) -> Stored<LoggedEvent> {
    let keys = key.event(&row.event_id);
    let plaintext = keys.open_body(&tenant.log, &row.event_id, &row.body);
    let plaintext = plaintext.map_err(|_| contradiction("a staged event does not open"))?;
    let openings = Openings::unpack(&plaintext);
    let openings = openings.ok_or_else(|| contradiction("a staged event is not two openings"))?;
    let own = Leaf::hidden(
        LeafKind::Event,
        commit_ctx(keys.r_ctx.expose(), &openings.ctx),
        commit_sub(keys.r_sub.expose(), &openings.sub),
    );
    if own.as_ref() != Some(leaf) {
        return Err(contradiction("a staged event is not the one in its tree"));
    }
    LoggedEvent::read(&openings).map_err(|error| StoreError::Contradiction(error.to_string()))
}

impl Events<'_> {
    /// The wrapping of a subject's key that stays: of what the database holds and what the anchor does, the one of the later epoch.
    /// Error: they are two keys, or an erasure has destroyed the database's.
    fn newest_of(
        &self,
        stored: Option<&SubjectRow>,
        key: &SubjectKey,
        anchored: WrappedKey,
    ) -> Stored<WrappedKey> {
        let other = || contradiction("a subject has another key than the anchor holds");
        let Some(row) = stored else {
            return Ok(anchored);
        };
        let held = row.key.as_ref().ok_or_else(other)?;
        if *held == anchored {
            return Ok(anchored);
        }
        // Wrapped anew between the two. The anchor's has opened the subject's events already.
        let secrets = &self.tenant.secrets;
        match secrets.unwrap(&row.subject, held.epoch, &held.wrapped) {
            Ok(known) if !known.is_same_as(key) || held.epoch == anchored.epoch => Err(other()),
            Ok(_) if held.epoch > anchored.epoch => Ok(held.clone()),
            Ok(_) => Ok(anchored),
            // Its epoch was destroyed, and the anchor's is a later one.
            Err(_) if held.epoch < anchored.epoch => Ok(anchored),
            Err(error) => Err(error),
        }
    }

    fn meet(
        &mut self,
        subject: &SubjectId,
        stored: Option<SubjectRow>,
        key: SubjectKey,
        wrapped: WrappedKey,
    ) -> Stored<()> {
        if self.members.contains_key(subject) {
            return Ok(());
        }
        let wrapped = self.newest_of(stored.as_ref(), &key, wrapped)?;
        let (state, last_leaf) = stored.map_or((SubjectState::default(), None), |row| {
            (Arc::unwrap_or_clone(row.state), Some(row.last_leaf))
        });
        let member = Member {
            before: last_leaf.map_or_else(Before::default, |_| Before::of(&state, self.tenant)),
            state,
            last_leaf,
            key,
            wrapped,
        };
        self.members.insert(subject.clone(), member);
        Ok(())
    }

    fn apply(&mut self, row: EventRow, leaf: LeafRow, logged: LoggedEvent, history: &History) {
        let received_at = logged.event.received_at;
        if let Some(member) = self.members.get_mut(&row.subject) {
            member.state.apply(&logged.event, history.at(received_at));
            member.last_leaf = Some(leaf.leaf_hash);
        }
        if let EventBody::Decisions(decisions) = &logged.event.body {
            for decision in &decisions.0 {
                let cell = (
                    hour_of(received_at),
                    decision.purpose.clone(),
                    decision.decision,
                );
                *self.counts.entry(cell).or_default() += 1;
            }
        }
        self.marks
            .prompts
            .extend(logged.display.prompt.map(|prompt| PromptUsedRow {
                prompt,
                // When it was issued is not in the log; it is never used again while it could be.
                expires_at: received_at + PROMPT_MS,
            }));
        self.last_received_at = self.last_received_at.max(received_at);
        self.rows.events.push(row);
        self.rows.leaves.push(leaf);
    }

    async fn write(mut self, tx: &mut Tx, head: &HeadRow) -> Stored<u64> {
        let mut kept = Kept::default();
        for (subject, member) in self.members {
            // The key was only needed to open the events.
            drop(member.key);
            let Some(last_leaf) = member.last_leaf else {
                continue;
            };
            let after = Before::of(&member.state, self.tenant);
            member.before.until(after, &subject, &mut kept);
            self.rows.subjects.push(SubjectRow {
                subject,
                seq: member.state.seq,
                last_leaf,
                state: Arc::new(member.state),
                key: Some(member.wrapped),
            });
        }
        let count = |((hour, purpose, decision), count): ((i64, PurposeId, DecisionKind), i64)| {
            DecisionCountRow {
                hour,
                purpose,
                decision,
                count,
            }
        };
        self.rows.counts = self.counts.into_iter().map(count).collect();
        let new = grown(head, &self.rows.leaves, self.last_received_at)?;
        tiles::append(tx, head, &new, &self.rows).await?;
        tx.write_marks(&self.tenant.log, &self.marks).await?;
        tx.write_kept(&self.tenant.log, &kept).await?;
        Ok(new.size)
    }
}
