use sqlx::Executor as _;

use crate::{Store, StoreError, Tx};

async fn store(folder: &std::path::Path) -> Store {
    let store = Store::sqlite(&folder.join("samtycke.db")).await;
    let store = store.expect("a database");
    store.migrate().await.expect("migrated");
    store
}

/// Lets the writer's next pages find no room, as on a full disk.
async fn fill(tx: &mut Tx) {
    let Tx::Sqlite(lease) = tx else {
        panic!("SQLite")
    };
    lease
        .execute("pragma max_page_count = 1")
        .await
        .expect("set to the present size");
}

async fn write(tx: &mut Tx, name: &str, bytes: usize) -> Result<(), StoreError> {
    tx.init_meta(name, &"x".repeat(bytes)).await
}

/// Protects every later write: after SQLite has ended a transaction by itself, the next one begins and commits.
#[tokio::test]
async fn a_full_disk_does_not_outlast_its_cause() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path()).await;
    for round in 0..3 {
        let mut tx = store.begin().await.expect("begun");
        fill(&mut tx).await;
        let full = write(&mut tx, &format!("large-{round}"), 100_000).await;
        assert!(matches!(full, Err(StoreError::CannotWrite(_))), "{full:?}");
        drop(tx);
        let mut tx = store.begin().await.expect("begun again");
        write(&mut tx, &format!("small-{round}"), 10)
            .await
            .expect("written");
        tx.commit().await.expect("committed");
    }
    assert_eq!(store.meta("large-0").await.expect("read"), None);
    assert!(store.meta("small-2").await.expect("read").is_some());
}

/// Protects atomicity: what a caller writes after SQLite ended the transaction is not committed alone.
#[tokio::test]
async fn nothing_is_written_after_a_transaction_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path()).await;
    let mut tx = store.begin().await.expect("begun");
    write(&mut tx, "first", 10).await.expect("written");
    fill(&mut tx).await;
    assert!(write(&mut tx, "large", 100_000).await.is_err());
    let committed = tx.commit().await;
    assert!(
        matches!(committed, Err(StoreError::RolledBack)),
        "{committed:?}"
    );
    assert_eq!(store.meta("first").await.expect("read"), None);
}

/// Protects a batch that is retried in halves: a refused row does not end the transaction of the others.
#[tokio::test]
async fn a_refused_row_leaves_the_transaction() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path()).await;
    let mut tx = store.begin().await.expect("begun");
    write(&mut tx, "first", 10).await.expect("written");
    let Tx::Sqlite(lease) = &mut tx else {
        panic!("SQLite")
    };
    let twice = lease
        .execute("insert into meta values ('first', 'again')")
        .await;
    let refused = lease.failed(twice.expect_err("a duplicate"));
    assert!(matches!(refused, StoreError::Duplicate), "{refused}");
    tx.commit().await.expect("committed");
    assert!(store.meta("first").await.expect("read").is_some());
}

/// Protects the next writer: a transaction that was dropped in the middle is undone, and the connection serves on.
#[tokio::test]
async fn a_dropped_transaction_is_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(folder.path()).await;
    let mut tx = store.begin().await.expect("begun");
    write(&mut tx, "dropped", 10).await.expect("written");
    drop(tx);
    let tx = store.begin().await.expect("begun again");
    tx.rollback().await.expect("undone");
    assert_eq!(store.meta("dropped").await.expect("read"), None);
}
