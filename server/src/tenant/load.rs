//! Loads a tenant's snapshot from the store.

use std::collections::HashMap;
use std::sync::Arc;

use samtycke_core::id::{LogId, NoticeHash, SiteId, TenantId};
use samtycke_core::log_keys::LogKeys;
use samtycke_core::notice::Publication;
use samtycke_core::public_leaf::{PublicBody, PublicRecord};
use samtycke_log::note_key;
use samtycke_tlog::note::NoteSigner;

use super::{ApiKey, CampaignVersion, LiveNotice, LiveRegister, Secrets, Site};
use crate::hot::HotStates;
use crate::store::{Store, StoreError, Stored};

/// States read at a time: 1 000 rows of some 300 bytes.
const FILL_PAGE: u32 = 1_000;

pub(super) async fn fill(store: &Store, log: &LogId, hot: &HotStates) -> Stored<()> {
    let mut after = String::new();
    loop {
        let rows = store.subjects_after(log, &after, FILL_PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        last.subject.as_str().clone_into(&mut after);
        for row in rows {
            hot.put(&row.subject, row.state);
        }
    }
}

pub(super) type Keys = HashMap<[u8; 32], ApiKey>;

pub(super) async fn live_keys(store: &Store, tenant: &TenantId) -> Stored<(Keys, Vec<[u8; 32]>)> {
    let rows = store.keys(tenant).await?;
    let all = rows.iter().map(|row| row.key_hash).collect();
    let live =
        rows.into_iter()
            .filter(|row| row.revoked_at.is_none())
            .map(|row| {
                let role = row.role.parse().map_err(|()| {
                    StoreError::Contradiction("a key has a role that is none".into())
                })?;
                Ok((
                    row.key_hash,
                    ApiKey {
                        key_id: row.key_id,
                        role,
                        site: row.site,
                        expires_at: row.expires_at,
                    },
                ))
            })
            .collect::<Stored<_>>()?;
    Ok((live, all))
}

pub(super) async fn live_sites(store: &Store, tenant: &TenantId) -> Stored<HashMap<SiteId, Site>> {
    let rows = store.sites(tenant).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.revoked_at.is_none())
        .map(|row| {
            let origins = row
                .origins
                .split_ascii_whitespace()
                .map(str::to_owned)
                .collect();
            (
                row.site.clone(),
                Site {
                    site: row.site,
                    origins,
                },
            )
        })
        .collect())
}

/// `known`: the register of the snapshot before. A version never changes, so it is not read again.
pub(super) async fn live_register(
    store: &Store,
    tenant: &TenantId,
    known: Option<&Arc<LiveRegister>>,
) -> Stored<Option<Arc<LiveRegister>>> {
    let (_, Some(version)) = store.register_head(tenant).await? else {
        return Ok(None);
    };
    if let Some(known) = known.filter(|known| known.version == version) {
        return Ok(Some(known.clone()));
    }
    let row = store
        .register_version(tenant, version)
        .await?
        .ok_or_else(|| StoreError::Contradiction("the live register is missing".into()))?;
    LiveRegister::read(version, &row.body).map(|read| Some(Arc::new(read)))
}

pub(super) async fn notices(
    store: &Store,
    tenant: &TenantId,
) -> Stored<HashMap<NoticeHash, LiveNotice>> {
    let rows = store.notices(tenant).await?;
    rows.into_iter()
        .map(|row| {
            let manifest = serde_json::from_str(&row.manifest).map_err(|_| {
                StoreError::Contradiction("a notice's manifest cannot be read".into())
            })?;
            Ok((
                row.hash,
                LiveNotice {
                    site: row.site,
                    version: row.version,
                    manifest,
                    bytes: row.manifest,
                    register: row.register,
                },
            ))
        })
        .collect()
}

/// Refuses a root key that does not give the keys which sign the log: old consents would be allowed, their withdrawals
/// refused, and the same origin signed with another key. The log's leaves name the right ones.
pub(super) fn ensure_own_key(log: &LogId, keys: &LogKeys, secrets: &Secrets) -> Stored<()> {
    let live: Vec<&str> = keys.live().map(|key| key.vkey.as_str()).collect();
    let Some(newest) = live.last() else {
        let what = format!("leaf 0 of log {log} does not open a log");
        return Err(StoreError::Contradiction(what));
    };
    let is_strange = |vkey: &&&str| secrets.signer_of(vkey).is_none();
    let Some(strange) = live.iter().find(is_strange) else {
        return Ok(());
    };
    let origin = newest.split('+').next().unwrap_or_default();
    let own: Vec<String> = secrets
        .own_keys(origin)
        .iter()
        .map(ToString::to_string)
        .collect();
    let own = own.join(", ");
    // Where it gives one of the keys, it is the right file, from before another key was added.
    let cause = if live.iter().any(|vkey| secrets.signer_of(vkey).is_some()) {
        format!(
            "the root key (keys/root.key or SAMTYCKE_ROOT_KEY) is an old copy: this log is also signed with the verifier key \
             {strange}, which needs an epoch that it lacks"
        )
    } else {
        format!(
            "the root key (keys/root.key or SAMTYCKE_ROOT_KEY) is not the one of this database: its log is signed with the \
             verifier key {strange}, and this root key gives {own}"
        )
    };
    Err(StoreError::OtherKey(format!(
        "{cause}. Restore the root key that belongs to this database; nothing was changed"
    )))
}

/// What signs consent cookies: the oldest key that signs the log, which every policy in use knows. `None` if this server
/// lacks it.
pub(super) fn cookie_signer(keys: &LogKeys, secrets: &Secrets) -> Option<NoteSigner> {
    let oldest = keys.live().next()?;
    secrets.signer_of(&oldest.vkey).map(|(_, signer)| signer)
}

/// What a tenant's logs have published, each list oldest first.
#[derive(Default)]
pub(super) struct Published {
    /// Registers and notices.
    pub(super) publications: Vec<Publication>,
    /// Campaigns.
    pub(super) campaigns: Vec<CampaignVersion>,
    /// The keys of the newest of the logs.
    pub(super) log_keys: LogKeys,
    /// How many entries were lost before the log began, where nobody has accepted that.
    pub(super) unaccepted_loss: Option<u64>,
}

impl Published {
    /// Adds the first `size` leaves of the tenant's next log.
    pub(super) async fn add(&mut self, store: &Store, log: &LogId, size: u64) -> Stored<()> {
        self.log_keys = LogKeys::default();
        for row in store.publications(log, 0, size).await? {
            let record = PublicRecord::read(row.body.as_bytes())
                .map_err(|error| StoreError::Contradiction(format!("a public leaf: {error}")))?;
            note_key(store, log, &row, &record, &mut self.log_keys).await?;
            match &record.body {
                PublicBody::CampaignPublished(published) => self.campaigns.push(CampaignVersion {
                    index: row.idx,
                    at: record.at,
                    published: published.clone(),
                }),
                PublicBody::LogSucceeded(succeeded) => {
                    self.unaccepted_loss = Some(succeeded.lost());
                }
                PublicBody::LossAccepted(_) => self.unaccepted_loss = None,
                _ => {}
            }
            self.publications.extend(record.publication());
        }
        Ok(())
    }
}
