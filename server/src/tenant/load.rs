//! Loads a tenant's snapshot from the store.

use std::collections::HashMap;
use std::sync::Arc;

use samtycke_core::id::{LogId, NoticeHash, SiteId, TenantId};
use samtycke_core::leaf::Leaf;
use samtycke_core::notice::Publication;
use samtycke_core::public_leaf::{PublicBody, PublicRecord};
use samtycke_tlog::note::NoteSigner;

use super::{ApiKey, CampaignVersion, LiveNotice, LiveRegister, Site};
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

/// Refuses a root key that the log was not opened with: old consents would be allowed, their withdrawals refused, and the
/// same origin signed with another key. Leaf 0 names the right one.
pub(super) async fn ensure_own_key(store: &Store, log: &LogId, signer: &NoteSigner) -> Stored<()> {
    let bad = |what: &str| StoreError::Contradiction(format!("leaf 0 of log {log} {what}"));
    let row = store.publications(log, 0, 1).await?.pop();
    let row = row.ok_or_else(|| bad("is missing"))?;
    let record = PublicRecord::read(row.body.as_bytes());
    let record = record.map_err(|_| bad("cannot be read"))?;
    let leaf = Leaf::public(record.body.leaf_kind(), row.body.as_bytes());
    if leaf.map(|leaf| leaf.hash()) != store.leaf_hash(log, 0).await? {
        return Err(bad("is not the one in its tree"));
    }
    let Some(vkey) = record.body.log_key() else {
        return Err(bad("does not open a log"));
    };
    let own = signer.verifier().to_string();
    if vkey == own {
        return Ok(());
    }
    Err(StoreError::OtherKey(format!(
        "the root key (keys/root.key or SAMTYCKE_ROOT_KEY) is not the one of this database: its log was opened with the \
         verifier key {vkey}, and this root key gives {own}. Restore the root key that belongs to this database; nothing was \
         changed"
    )))
}

/// What a tenant's logs have published, each list oldest first.
#[derive(Default)]
pub(super) struct Published {
    /// Registers and notices.
    pub(super) publications: Vec<Publication>,
    /// Campaigns.
    pub(super) campaigns: Vec<CampaignVersion>,
    /// How many entries were lost before the log began, where nobody has accepted that.
    pub(super) unaccepted_loss: Option<u64>,
}

impl Published {
    /// Adds the first `size` leaves of the tenant's next log.
    pub(super) async fn add(&mut self, store: &Store, log: &LogId, size: u64) -> Stored<()> {
        for row in store.publications(log, 0, size).await? {
            let record = PublicRecord::read(row.body.as_bytes())
                .map_err(|error| StoreError::Contradiction(format!("a public leaf: {error}")))?;
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
