//! Proofs and histories: what the log holds about one event or one subject, opened with the subject's key.

use samtycke_core::bundle::{Bundle, Notice, NoticeText, Parts};
use samtycke_core::event::Event;
use samtycke_core::event::opening::{LoggedEvent, Openings, Stream};
use samtycke_core::id::{EventId, LogId, SubjectId};
use samtycke_core::keys::SubjectKey;
use samtycke_core::leaf::{Leaf, LeafKind};
use samtycke_log::tree;
use samtycke_tlog::note::Note;
use samtycke_tlog::proof::TlogProof;

use super::AppendedEvent;
use crate::position::Position;
use crate::store::log::{EventRow, LeafPlace, LeafRow};
use crate::store::{Store, StoreError, Stored};
use crate::tenant::Tenant;

/// Events of one subject read at a time.
const HISTORY_PAGE: u32 = 1_000;

/// An event, opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The log that its leaf stands in.
    pub log: LogId,
    /// The row.
    pub row: EventRow,
    /// What is recorded.
    pub logged: LoggedEvent,
    openings: Openings,
    key: SubjectKey,
}

/// Where an event of the tenant stands, with the MAC of its submitted body. It is looked for in the tenant's log, and in
/// those that it succeeded.
pub async fn find(
    store: &Store,
    tenant: &Tenant,
    event_id: &EventId,
) -> Stored<Option<(LeafPlace, [u8; 32])>> {
    for log in tenant.logs().rev() {
        if let Some((index, mac)) = store.event_identity(log, event_id).await? {
            let log = log.clone();
            return Ok(Some((LeafPlace { log, index }, mac)));
        }
    }
    Ok(None)
}

/// Opens the event at a place; `None` where there is none (a public leaf, or an erased event).
pub async fn open(store: &Store, tenant: &Tenant, place: &LeafPlace) -> Stored<Option<Opened>> {
    let (log, index) = (&place.log, place.index);
    let Some(row) = store.events(log, index, index + 1).await?.pop() else {
        return Ok(None);
    };
    let Some(key) = subject_key(store, tenant, &row.subject).await? else {
        return Ok(None);
    };
    opened(log, row, key).map(Some)
}

/// Every event of a subject, oldest first, opened.
pub async fn history(store: &Store, tenant: &Tenant, subject: &SubjectId) -> Stored<Vec<Opened>> {
    let Some(key) = subject_key(store, tenant, subject).await? else {
        return Ok(Vec::new());
    };
    let mut history = Vec::new();
    for log in tenant.logs() {
        let mut from = 1;
        loop {
            let rows = store
                .subject_events(log, subject, from, HISTORY_PAGE)
                .await?;
            let Some(last) = rows.last() else { break };
            from = last.seq + 1;
            for row in rows {
                history.push(opened(log, row, key.clone())?);
            }
        }
    }
    Ok(history)
}

/// Every event of a subject as the fold takes it.
pub async fn events(store: &Store, tenant: &Tenant, subject: &SubjectId) -> Stored<Vec<Event>> {
    let history = history(store, tenant, subject).await?;
    let events = history.into_iter().map(|opened| opened.logged.event);
    Ok(events.collect())
}

/// The answer that the event at a place got when it was recorded.
pub async fn receipt(store: &Store, tenant: &Tenant, place: &LeafPlace) -> Stored<AppendedEvent> {
    let missing = || StoreError::Contradiction("an event that was recorded is gone".into());
    let opened = open(store, tenant, place).await?.ok_or_else(missing)?;
    let head = store.head(&place.log).await?.ok_or_else(missing)?;
    let leaf = leaf(store, place).await?.ok_or_else(missing)?;
    let LoggedEvent { event, results, .. } = opened.logged;
    Ok(AppendedEvent {
        event_id: event.event_id,
        position: Position::of(head.epoch, place.index, &leaf.leaf_hash),
        seq: event.seq,
        leaf_hash: Some(leaf.leaf_hash),
        received_at: event.received_at,
        body: event.body,
        results,
        replayed: false,
    })
}

/// The proof bundle of the leaf at a place, under this signed checkpoint of its log. `None` where there is no such leaf, or its
/// openings were destroyed.
pub async fn bundle(
    store: &Store,
    tenant: &Tenant,
    place: &LeafPlace,
    (size, note): (u64, &str),
) -> Stored<Option<Bundle>> {
    let index = place.index;
    let bad = |what: &str| StoreError::Contradiction(format!("{what} cannot be read"));
    let Some(row) = leaf(store, place).await? else {
        return Ok(None);
    };
    let leaf = Leaf::parse(&row.leaf).map_err(|_| bad("a leaf"))?;
    let proof = TlogProof {
        extra: None,
        index,
        hashes: tree::inclusion(store, &place.log, index, size).await?,
        checkpoint: Note::parse(note).map_err(|_| bad("a checkpoint"))?,
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| bad("an opening"));
    let (ctx, sub, notice) = if leaf.kind() == LeafKind::Event {
        let Some(opened) = open(store, tenant, place).await? else {
            return Ok(None);
        };
        let keys = opened.key.event(&opened.logged.event.event_id);
        let ctx = (Some(*keys.r_ctx.expose()), text(&opened.openings.ctx)?);
        let sub = (*keys.r_sub.expose(), text(&opened.openings.sub)?);
        (ctx, Some(sub), notice(store, tenant, &opened.logged).await?)
    } else {
        let Some(public) = store
            .publications(&place.log, index, index + 1)
            .await?
            .pop()
        else {
            return Ok(None);
        };
        ((None, public.body), None, None)
    };
    Bundle::build(Parts {
        leaf,
        ctx: Some(ctx),
        sub,
        proofs: vec![proof],
        notice,
        salt: None,
        erasure: None,
    })
    .map(Some)
    .map_err(|_| bad("an opening"))
}

/// The notice that an event cites, with the one text that was shown.
async fn notice(store: &Store, tenant: &Tenant, logged: &LoggedEvent) -> Stored<Option<Notice>> {
    let event = &logged.event;
    let (Some(hash), Some(language), Some(variant)) =
        (&event.notice, &event.language, &logged.display.variant)
    else {
        return Ok(None);
    };
    let Some(notice) = tenant.notices.get(hash) else {
        return Ok(None);
    };
    let texts = store.notice_texts(&tenant.id, hash).await?;
    let shown = texts
        .into_iter()
        .find(|t| t.language == language.as_str() && t.variant == *variant);
    Ok(shown.map(|text| Notice {
        manifest: notice.bytes.clone(),
        text: NoticeText {
            language: text.language,
            variant: text.variant,
            bytes: text.body,
        },
    }))
}

async fn leaf(store: &Store, place: &LeafPlace) -> Stored<Option<LeafRow>> {
    let leaves = store.leaves(&place.log, place.index, place.index + 1).await;
    Ok(leaves?.pop())
}

async fn subject_key(
    store: &Store,
    tenant: &Tenant,
    subject: &SubjectId,
) -> Stored<Option<SubjectKey>> {
    match store.subject_key(&tenant.log, subject).await? {
        Some(row) => tenant
            .secrets
            .unwrap(subject, row.epoch, &row.wrapped)
            .map(Some),
        None => Ok(None),
    }
}

fn opened(log: &LogId, row: EventRow, key: SubjectKey) -> Stored<Opened> {
    let plaintext = key
        .event(&row.event_id)
        .open_body(log, &row.event_id, &row.body)
        .map_err(|_| {
            StoreError::Contradiction("an event does not open under its subject's key".into())
        })?;
    let (openings, logged) = read(log, &row, &plaintext)?;
    Ok(Opened {
        log: log.clone(),
        row,
        logged,
        openings,
        key,
    })
}

/// The event in a row's plaintext. What this program does not know, and what is not of this row, is a contradiction.
fn read(log: &LogId, row: &EventRow, plaintext: &[u8]) -> Stored<(Openings, LoggedEvent)> {
    let openings = Openings::unpack(plaintext).ok_or_else(|| {
        StoreError::Contradiction("an event's plaintext is not two openings".into())
    })?;
    let logged = LoggedEvent::read(&openings)
        .map_err(|error| StoreError::Contradiction(error.to_string()))?;
    let of_row = logged.log == *log
        && logged.stream == Stream::Subject(row.subject.clone())
        && logged.event.event_id == row.event_id
        && logged.event.seq == row.seq;
    if of_row {
        return Ok((openings, logged));
    }
    Err(StoreError::Contradiction(
        "an event's openings are not those of its row".into(),
    ))
}

#[cfg(test)]
mod tests;
