//! Adds a tenant: its row, and its log with leaf 0.

use std::sync::Arc;

use samtycke_core::id::{LogId, TenantId};
use samtycke_core::leaf::Leaf;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{LogOpened, PublicBody, PublicRecord};
use samtycke_store::StoreError;
use samtycke_store::batch::BatchRows;
use samtycke_store::clock::random;
use samtycke_store::control::TenantRow;
use samtycke_store::log::{HeadRow, LeafRow, PublicationRow};
use samtycke_tlog::merkle::Frontier;

use super::Admin;
use crate::tenant::{Secrets, Tenant, log_origin};

/// Adds a tenant and opens its log. Leaf 0 contains the log's origin and key.
pub async fn add_tenant(
    state: &Admin,
    tenant: TenantId,
    controller: &str,
) -> Result<Arc<Tenant>, Problem> {
    let now = state.environment.clock.now();
    let log = LogId::from_bytes(random(&*state.environment.rng));
    let origin = log_origin(&state.log_host, &tenant, &log);
    let row = TenantRow {
        tenant,
        log: log.clone(),
        controller: controller.into(),
        created_at: now,
    };
    let verifier = Secrets::derive(state.keyring.clone(), log.clone())
        .newest_signer(&origin)
        .verifier()
        .to_string();
    let record = PublicRecord {
        log: log.clone(),
        at: now,
        by: None,
        body: PublicBody::from(LogOpened {
            origin: origin.clone(),
            vkey: verifier,
        }),
    };
    let body = record.write();
    let leaf =
        Leaf::public(record.body.leaf_kind(), body.as_bytes()).expect("a change of keys is public");
    let mut frontier = Frontier::new();
    frontier.append(leaf.hash());
    let head = HeadRow {
        log,
        origin,
        size: 1,
        root: frontier.root(),
        frontier: frontier.to_bytes(),
        epoch: 1,
        last_leaf: leaf.hash(),
        last_received_at: now,
        config_version: 1,
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
    let open = async {
        let mut tx = state.store.begin().await?;
        tx.insert_tenant(&row).await?;
        tx.insert_head(&head).await?;
        tx.append(&head, &head, &rows).await?;
        tx.commit().await?;
        state.tenants.load(&row).await
    };
    open.await.map_err(|error| match error {
        StoreError::Duplicate => Problem::new(ProblemKind::Conflict).field("/tenant", "is taken"),
        error => error.into(),
    })
}
