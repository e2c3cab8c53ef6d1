//! Succession: a log that cannot go on is closed at its last signed head, and a new one goes on with the same people. What
//! was signed stays what it is, and is served as before; nobody is told that nothing was lost.

use samtycke_core::id::LogId;
use samtycke_core::leaf::Leaf;
use samtycke_core::public_leaf::{LogSucceeded, Predecessor, PublicRecord, SuccessionCause};
use samtycke_log::anchor::Anchor;
use samtycke_log::tree;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Frontier;
use samtycke_tlog::note::Note;

use super::{Diagnosis, Recovery};
use crate::app::StartError;
use crate::clock::random;
use crate::keyring::Keyring;
use crate::store::batch::BatchRows;
use crate::store::log::{HeadRow, LeafRow, PublicationRow};
use crate::store::succession::SuccessionRow;
use crate::store::{StoreError, Stored};
use crate::tenant::{Secrets, Tenant};

/// Longest reason of a succession; characters. Everybody can read it in the log.
pub const REASON_CHARS_MAX: usize = 200;

/// A log that was closed, and its successor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The successor's id.
    pub log: LogId,
    /// What its first leaf states.
    pub stated: LogSucceeded,
    /// Rows about people that moved to it.
    pub moved: u64,
}

impl Recovery {
    /// Closes a log that no replay brings back, and opens its successor. `reason` is public. `signed`: a checkpoint with the
    /// log's own signature that somebody else holds, such as a witness, where database and anchor are older and agree.
    /// `progress` is told how many rows have moved. Error: the log can go on, or another server uses the database.
    pub async fn succeed(
        &self,
        log: &LogId,
        reason: &str,
        signed: Option<&str>,
        mut progress: impl FnMut(u64),
    ) -> Result<Succession, StartError> {
        let tenant = self.tenant(log)?;
        let shown = match signed {
            Some(note) => Some(self.contradicting(&tenant, note).await?),
            None => None,
        };
        let cause = match self.diagnose_log(&tenant).await?.diagnosis {
            Diagnosis::Sound if shown.is_some() => SuccessionCause::EntriesLost,
            Diagnosis::Gap { .. } | Diagnosis::Closed { .. } => SuccessionCause::EntriesLost,
            Diagnosis::Forked { .. } => SuccessionCause::OtherHistory,
            Diagnosis::Unanchored => SuccessionCause::AnchorLost,
            Diagnosis::Sound => {
                return Err(refused("the log is sound and goes on as it is"));
            }
            Diagnosis::Replayable { .. } => {
                return Err(refused(
                    "the log anchor holds all that is missing: use --replay",
                ));
            }
        };
        if reason.trim().is_empty() || reason.chars().count() > REASON_CHARS_MAX {
            let why = format!("the reason must have 1 to {REASON_CHARS_MAX} characters");
            return Err(StartError::Other(why));
        }
        let others = self.store.other_sessions().await?;
        if others > 0 {
            let why = format!(
                "{others} connections of other servers use this database; stop every server, and run this again"
            );
            return Err(StartError::Other(why));
        }
        let known = self.last_signed(&tenant).await?;
        let shown = shown.filter(|shown| shown.size >= known.size);
        let predecessor = shown.unwrap_or(known);
        let written =
            self.open_successor(&tenant, predecessor, cause, reason.trim(), &mut progress);
        Ok(written.await?)
    }

    /// A head that the log has signed and the database contradicts. Error: it is not signed by the log, or is no
    /// contradiction.
    async fn contradicting(&self, tenant: &Tenant, note: &str) -> Result<Predecessor, StartError> {
        let bad =
            |why: &str| StartError::Other(format!("nothing was changed: the checkpoint {why}"));
        let note = Note::parse(note).map_err(|_| bad("is no signed note"))?;
        // The database may be older than the leaf that adds the key which has signed it.
        note.verify(&tenant.secrets.own_keys(&tenant.origin))
            .map_err(|_| bad("has no signature of this log"))?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(|_| bad("cannot be read"))?;
        if checkpoint.origin() != tenant.origin {
            return Err(bad("is of another log"));
        }
        let head = self.store.head(&tenant.log).await?;
        let head = head.ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))?;
        let size = checkpoint.size();
        if size <= head.size
            && tree::root_at(&self.store, &tenant.log, size).await? == *checkpoint.root()
        {
            return Err(bad("agrees with the database"));
        }
        Ok(Predecessor {
            log: tenant.log.clone(),
            origin: tenant.origin.clone(),
            size,
            root: hex::encode(checkpoint.root()),
        })
    }

    /// The last signed head that is known: the anchor's, otherwise the database's newest checkpoint.
    async fn last_signed(&self, tenant: &Tenant) -> Result<Predecessor, StartError> {
        let anchored = self.on_anchor(&tenant.log, Anchor::head).await?;
        let newest = self.store.checkpoint_at_most(&tenant.log, i64::MAX as u64);
        let signed = newest.await?.and_then(|(_, note)| {
            let note = Note::parse(&note).ok()?;
            let checkpoint = Checkpoint::parse(note.text()).ok()?;
            Some((checkpoint.size(), hex::encode(checkpoint.root())))
        });
        let anchored = anchored.flatten().map(|head| (head.size, head.root));
        let last = anchored
            .into_iter()
            .chain(signed)
            .max_by_key(|(size, _)| *size);
        let (size, root) = last.ok_or_else(|| {
            StoreError::Contradiction("the log was never signed, so that nothing closes it".into())
        })?;
        Ok(Predecessor {
            log: tenant.log.clone(),
            origin: tenant.origin.clone(),
            size,
            root,
        })
    }

    async fn open_successor(
        &self,
        tenant: &Tenant,
        predecessor: Predecessor,
        cause: SuccessionCause,
        reason: &str,
        progress: &mut impl FnMut(u64),
    ) -> Stored<Succession> {
        let now = self.environment.clock.now();
        let log = LogId::from_bytes(random(&*self.environment.rng));
        let folder = tenant.origin.strip_suffix(tenant.log.as_str());
        let folder = folder.ok_or_else(|| {
            StoreError::Contradiction("an origin does not end with its log".into())
        })?;
        let origin = format!("{folder}{log}");
        let mut tx = self.store.begin().await?;
        let old = tx.lock_head(&tenant.log).await?;
        let old = old.ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))?;
        let stated = LogSucceeded {
            vkey: self.verifier_of(tenant, &log, &origin),
            origin,
            predecessor,
            kept: old.size,
            cause,
            reason: reason.to_owned(),
        };
        // Publications and events of all logs of a tenant are in one order of time.
        let at = now.max(old.last_received_at.saturating_add(1));
        let (head, rows) = first_leaf(&log, &stated, &old, at);
        tx.insert_head(&head).await?;
        tx.append(&head, &head, &rows).await?;
        tx.succeed(&SuccessionRow {
            log: tenant.log.clone(),
            tenant: tenant.id.clone(),
            successor: log.clone(),
            kept: old.size,
            at,
        })
        .await?;
        let mut moved = 0;
        loop {
            match tx.move_people(&tenant.log, &log).await? {
                0 => break,
                rows => moved += rows,
            }
            progress(moved);
        }
        tx.commit().await?;
        self.close_anchor(&tenant.log, &log).await?;
        Ok(Succession { log, stated, moved })
    }

    /// Notes beside the closed log's head which log goes on. A server does so too at its start, if this is interrupted.
    async fn close_anchor(&self, closed: &LogId, successor: &LogId) -> Stored<()> {
        let (place, closed, successor) = (self.place.clone(), closed.clone(), successor.clone());
        let noted = move || place.log(&closed)?.close(&successor);
        let noted = tokio::task::spawn_blocking(noted).await;
        let noted = noted.map_err(std::io::Error::other).and_then(|noted| noted);
        noted.map_err(|error| {
            StoreError::Contradiction(format!(
                "the log was succeeded, and the log anchor could not be told: {error}; start the server, which does it"
            ))
        })
    }

    fn verifier_of(&self, tenant: &Tenant, log: &LogId, origin: &str) -> String {
        let keyring: std::sync::Arc<Keyring> = self.keyring.clone();
        let first = tenant.logs().next().unwrap_or(&tenant.log).clone();
        let secrets = Secrets::of_successor(keyring, first, log.clone());
        secrets.newest_signer(origin).verifier().to_string()
    }
}

fn refused(why: &str) -> StartError {
    StartError::Other(format!("nothing was changed: {why}"))
}

/// The successor's head and first leaf. Its epoch is a new one, so that a position of the closed log is none of it.
fn first_leaf(log: &LogId, stated: &LogSucceeded, old: &HeadRow, at: i64) -> (HeadRow, BatchRows) {
    let record = PublicRecord {
        log: log.clone(),
        at,
        by: None,
        body: stated.clone().into(),
    };
    let body = record.write();
    let leaf =
        Leaf::public(record.body.leaf_kind(), body.as_bytes()).expect("a succession is public");
    let mut frontier = Frontier::new();
    frontier.append(leaf.hash());
    let head = HeadRow {
        log: log.clone(),
        origin: stated.origin.clone(),
        size: 1,
        root: frontier.root(),
        frontier: frontier.to_bytes(),
        epoch: old.epoch + 1,
        last_leaf: leaf.hash(),
        last_received_at: at,
        config_version: old.config_version + 1,
    };
    let rows = BatchRows {
        leaves: vec![LeafRow {
            idx: 0,
            leaf_hash: leaf.hash(),
            leaf: leaf.to_bytes().to_vec(),
        }],
        publications: vec![PublicationRow {
            idx: 0,
            kind: record.body.type_name().into(),
            body,
        }],
        ..BatchRows::default()
    };
    (head, rows)
}
