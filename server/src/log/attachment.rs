//! What the log anchor keeps beside leaves, so that a replay restores what they mean: registers, notices and keys that went
//! live, and the pseudonyms of the people in it.

use std::collections::BTreeSet;

use samtycke_core::id::{NoticeHash, SiteId, SubjectId, TenantId};
use samtycke_core::public_leaf::{PublicBody, PublicRecord};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::UnixMs;
use crate::store::control::{KeyRow, NoticeRow, NoticeTextRow, RegisterRow, TenantRow};
use crate::store::log::{EventRow, PublicationRow};
use crate::store::{Store, StoreError, Stored, Tx};
use crate::tenant::Tenant;

/// One attachment. Its form may change with every release, as the anchor's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Attachment {
    /// The log's tenant.
    Tenant {
        /// Short name.
        tenant: TenantId,
        /// Name of the controller.
        controller: String,
        /// Time of creation.
        created_at: UnixMs,
    },
    /// A register that went live.
    Register {
        /// Number within the tenant.
        version: u64,
        /// Content hash.
        hash: String,
        /// The text.
        body: String,
        /// Time of import.
        created_at: UnixMs,
    },
    /// A notice that went live.
    Notice {
        /// Content address.
        hash: NoticeHash,
        /// The site.
        site: SiteId,
        /// Number within the site.
        version: u64,
        /// The manifest's exact bytes.
        manifest: String,
        /// Version of its register.
        register: u64,
        /// Language, variant and exact bytes of each text.
        texts: Vec<(String, String, String)>,
    },
    /// A key that was added. The key itself is nowhere.
    Key {
        /// SHA-256 of the key, hex.
        hash: String,
        /// Public name.
        key_id: String,
        /// Role.
        role: String,
        /// The site of a publishable key.
        site: Option<SiteId>,
        /// Label for people.
        label: String,
        /// Time of creation.
        created_at: UnixMs,
        /// From when it opens nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<UnixMs>,
    },
    /// Whose events these are.
    Pseudonym {
        /// The reference, hex.
        reference: String,
        /// The subject.
        subject: SubjectId,
    },
}

/// The attachments of these leaves.
pub async fn attachments(
    store: &Store,
    tenant: &Tenant,
    events: &[EventRow],
    publications: &[PublicationRow],
) -> Stored<Vec<Value>> {
    let mut attached = Vec::new();
    for row in publications {
        let record = PublicRecord::read(row.body.as_bytes())
            .map_err(|error| StoreError::Contradiction(format!("a public leaf: {error}")))?;
        attached.extend(of_publication(store, tenant, &record.body).await?);
    }
    let subjects: BTreeSet<&SubjectId> = events.iter().map(|event| &event.subject).collect();
    let subjects: Vec<SubjectId> = subjects.into_iter().cloned().collect();
    for (reference, subject) in store.pseudonyms_of(&tenant.log, &subjects).await? {
        attached.push(Attachment::Pseudonym {
            reference: hex::encode(reference),
            subject,
        });
    }
    let json = |a: &Attachment| serde_json::to_value(a).expect("an attachment is always JSON");
    Ok(attached.iter().map(json).collect())
}

async fn of_publication(
    store: &Store,
    tenant: &Tenant,
    body: &PublicBody,
) -> Stored<Option<Attachment>> {
    let missing = |what: &str| StoreError::Contradiction(format!("a published {what} is missing"));
    Ok(Some(match body {
        PublicBody::LogOpened(_) => {
            let row = store.tenant(tenant.id.as_str()).await?;
            let row = row.ok_or_else(|| missing("tenant"))?;
            Attachment::Tenant {
                tenant: row.tenant,
                controller: row.controller,
                created_at: row.created_at,
            }
        }
        PublicBody::RegisterPublished(published) => {
            let version = u64::from(published.version);
            let row = store.register_version(&tenant.id, version).await?;
            let row = row.ok_or_else(|| missing("register"))?;
            Attachment::Register {
                version,
                hash: row.hash,
                body: row.body,
                created_at: row.created_at,
            }
        }
        PublicBody::NoticePublished(published) => {
            let rows = store.notices(&tenant.id).await?;
            let row = rows.into_iter().find(|row| row.hash == published.hash);
            let row = row.ok_or_else(|| missing("notice"))?;
            let texts = store.notice_texts(&tenant.id, &row.hash).await?;
            Attachment::Notice {
                hash: row.hash,
                site: row.site,
                version: row.version,
                manifest: row.manifest,
                register: row.register,
                texts: texts
                    .into_iter()
                    .map(|text| (text.language, text.variant, text.body))
                    .collect(),
            }
        }
        PublicBody::KeyAdded(added) => {
            let rows = store.keys(&tenant.id).await?;
            let row = rows.into_iter().find(|row| row.key_id == added.key_id);
            let row = row.ok_or_else(|| missing("key"))?;
            Attachment::Key {
                hash: hex::encode(row.key_hash),
                key_id: row.key_id,
                role: row.role,
                site: row.site,
                label: row.label,
                created_at: row.created_at,
                expires_at: row.expires_at,
            }
        }
        // These leaves say all.
        PublicBody::LogSucceeded(_)
        | PublicBody::LossAccepted(_)
        | PublicBody::SignerAdded(_)
        | PublicBody::SignerRetired(_)
        | PublicBody::CampaignPublished(_)
        | PublicBody::NoticeInvalidated(_)
        | PublicBody::KeyRevoked(_)
        | PublicBody::SiteAdded(_)
        | PublicBody::SiteChanged(_)
        | PublicBody::SiteRevoked(_) => return Ok(None),
    }))
}

impl Attachment {
    /// Reads a batch's attachments. Error: one cannot be read.
    pub fn read(attached: &[Value]) -> Stored<Vec<Self>> {
        let one = |value: &Value| {
            Self::deserialize(value)
                .map_err(|_| StoreError::Contradiction("an attachment cannot be read".into()))
        };
        attached.iter().map(one).collect()
    }

    /// The tenant, where this is it.
    pub fn tenant(&self, log: &samtycke_core::id::LogId) -> Option<TenantRow> {
        let Self::Tenant {
            tenant,
            controller,
            created_at,
        } = self
        else {
            return None;
        };
        Some(TenantRow {
            tenant: tenant.clone(),
            log: log.clone(),
            controller: controller.clone(),
            created_at: *created_at,
        })
    }

    /// Restores what it holds. A tenant is restored with its log.
    pub async fn restore(&self, tx: &mut Tx, tenant: &Tenant) -> Stored<()> {
        let hash = |text: &str| -> Stored<[u8; 32]> {
            let bytes = hex::decode(text)
                .ok()
                .and_then(|bytes| bytes.try_into().ok());
            bytes.ok_or_else(|| StoreError::Contradiction("an attached hash cannot be read".into()))
        };
        match self {
            Self::Tenant { .. } => Ok(()),
            Self::Register {
                version,
                hash,
                body,
                created_at,
            } => {
                let row = RegisterRow {
                    version: *version,
                    hash: hash.clone(),
                    body: body.clone(),
                    created_at: *created_at,
                };
                tx.restore_register(&tenant.id, &row).await
            }
            Self::Notice {
                hash,
                site,
                version,
                manifest,
                register,
                texts,
            } => {
                let row = NoticeRow {
                    hash: hash.clone(),
                    site: site.clone(),
                    version: *version,
                    manifest: manifest.clone(),
                    register: *register,
                };
                let text = |(language, variant, body): &(String, String, String)| NoticeTextRow {
                    language: language.clone(),
                    variant: variant.clone(),
                    body: body.clone(),
                };
                let texts: Vec<_> = texts.iter().map(text).collect();
                tx.restore_notice(&tenant.id, &row, &texts, 0).await
            }
            Self::Key {
                hash: key_hash,
                key_id,
                role,
                site,
                label,
                created_at,
                expires_at,
            } => {
                let row = KeyRow {
                    key_hash: hash(key_hash)?,
                    key_id: key_id.clone(),
                    role: role.clone(),
                    site: site.clone(),
                    label: label.clone(),
                    created_at: *created_at,
                    revoked_at: None,
                    expires_at: *expires_at,
                    last_used_day: None,
                };
                tx.restore_key(&tenant.id, &row).await
            }
            Self::Pseudonym { reference, subject } => {
                tx.restore_pseudonym(&tenant.log, &hash(reference)?, subject)
                    .await
            }
        }
    }
}
