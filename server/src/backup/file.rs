//! A backup in one file, and its restore.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::{
    CopyError, MOVED, Manifest, Progress, common_tables, compare, copied, ensure_empty, logs_of,
};
use crate::clock::UnixMs;
use crate::store::Store;

/// Writes a backup of a database, which may be in use, and verifies it. The file gets its name when it is whole and on the
/// disk, so that a file with the name is a whole backup. Only its owner can read it.
///
/// # Errors
/// A file with that name exists, or the copy is not the original.
pub async fn backup(
    store: &Store,
    file: &Path,
    now: UnixMs,
    progress: Progress<'_>,
) -> Result<Manifest, CopyError> {
    if file.exists() {
        return Err(CopyError::Refused(format!(
            "{} exists, and a backup never overwrites a file; name another one",
            file.display()
        )));
    }
    let part = part_of(file);
    // Left by a backup that was killed.
    remove(&part).map_err(failed(&part))?;
    create_private(&part).map_err(failed(&part))?;
    let made = write(store, &part, now, progress).await;
    let made = match made {
        Ok(manifest) => finish(&part, file).map(|()| manifest).map_err(failed(file)),
        Err(error) => Err(error),
    };
    if made.is_err() {
        // The first error counts; a part that stays is overwritten by the next backup.
        let _ = remove(&part);
    }
    made
}

fn failed(path: &Path) -> impl Fn(io::Error) -> CopyError + use<> {
    let path = path.to_owned();
    move |source| CopyError::File {
        path: path.clone(),
        source,
    }
}

async fn write(
    store: &Store,
    part: &Path,
    now: UnixMs,
    progress: Progress<'_>,
) -> Result<Manifest, CopyError> {
    if let Some(to) = store.meta(MOVED).await? {
        return Err(CopyError::Refused(format!(
            "the data of this database were moved to {to}; back that one up"
        )));
    }
    let copy = Store::single_file(part, false).await?;
    let tables = common_tables(store, &copy).await?;
    let mut from = store.snapshot().await?;
    let mut into = copy.begin().await?;
    let read = from.copy_into(&mut into, &tables, progress).await?;
    from.rollback().await?;
    into.commit().await?;
    progress("verification");
    let mut written = copy.snapshot().await?;
    let found = written.tallies(&tables).await?;
    written.rollback().await?;
    compare(&read, &found)?;
    let manifest = Manifest {
        v: 1,
        samtycke: env!("CARGO_PKG_VERSION").into(),
        engine: store.engine().into(),
        identity: copy.meta("identity").await?.unwrap_or_default(),
        at: now,
        logs: logs_of(&copy).await?,
        tables: copied(&read),
    };
    let text = serde_json::to_string(&manifest).expect("a manifest is always JSON");
    let mut tx = copy.begin().await?;
    tx.write_manifest(&text).await?;
    tx.commit().await?;
    copy.close().await;
    Ok(manifest)
}

/// Brings a backup into an empty database, and verifies both. A restore that is killed leaves the database empty.
///
/// # Errors
/// The file is no whole backup or is damaged, or the database is not empty.
pub async fn restore(
    file: &Path,
    into: &Store,
    scratch: &Path,
    progress: Progress<'_>,
) -> Result<Manifest, CopyError> {
    progress("verification of the file");
    let (whole, manifest) = open_backup(file).await?;
    let same_version = into.catalog().await? == whole.catalog().await?;
    whole.close().await;
    // A backup of an earlier version is brought up to date in a copy of its own.
    let newer = scratch.join("restore.part");
    let from = if same_version {
        Store::single_file(file, true).await?
    } else {
        remove(&newer).map_err(failed(&newer))?;
        create_private(&newer).map_err(failed(&newer))?;
        fs::copy(file, &newer).map_err(failed(&newer))?;
        Store::single_file(&newer, false).await?
    };
    let restored = fill(&from, into, progress).await;
    from.close().await;
    remove(&newer).map_err(failed(&newer))?;
    restored?;
    Ok(manifest)
}

/// Name of the fact that a database was restored, and has not been compared with its log anchor since: it may lack withdrawals.
pub const RESTORED: &str = "restored";

/// Copies everything, and compares before the commit.
async fn fill(from: &Store, into: &Store, progress: Progress<'_>) -> Result<(), CopyError> {
    let tables = common_tables(from, into).await?;
    let mut read = from.snapshot().await?;
    let mut write = into.begin().await?;
    ensure_empty(&mut write, &tables, "the database").await?;
    let was = read.copy_into(&mut write, &tables, progress).await?;
    read.rollback().await?;
    progress("verification");
    let is = write.tallies(&tables).await?;
    if let Err(error) = compare(&was, &is) {
        write.rollback().await?;
        return Err(error);
    }
    write.set_meta(RESTORED, "1").await?;
    write.commit().await?;
    Ok(())
}

/// Opens a whole backup for reading, and compares it with what it says about itself.
///
/// # Errors
/// The file is no whole backup, or is damaged.
pub async fn open_backup(file: &Path) -> Result<(Store, Manifest), CopyError> {
    if !file.is_file() {
        return Err(none(file, "there is no such file"));
    }
    let copy = Store::single_file(file, true).await?;
    let mut tx = copy.snapshot().await?;
    let text = tx
        .manifest()
        .await
        .map_err(|_| none(file, "it is no database"))?;
    tx.rollback().await?;
    let text = text.ok_or_else(|| none(file, "it has no manifest"))?;
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|_| none(file, "its manifest is of another version"))?;
    let tables = copy.catalog().await?;
    let mut tx = copy.snapshot().await?;
    let found = tx.tallies(&tables).await?;
    tx.rollback().await?;
    if copied(&found) != manifest.tables {
        return Err(CopyError::Refused(format!(
            "{} is damaged: its rows are not those that it was written with. Take an older backup",
            file.display()
        )));
    }
    if logs_of(&copy).await? != manifest.logs {
        return Err(none(
            file,
            "its logs are not those that it was written with",
        ));
    }
    Ok((copy, manifest))
}

fn none(file: &Path, why: &str) -> CopyError {
    CopyError::Refused(format!(
        "{} is no whole backup of samtycke: {why}",
        file.display()
    ))
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(path).map(drop)
}

/// Removes a file and what SQLite has left beside it.
fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["-journal", ""] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Makes a whole file durable, and only then gives it its name, which no other file may have got meanwhile.
fn finish(part: &Path, file: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::hard_link(part, file).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        // For file systems without hard links.
        _ => fs::rename(part, file),
    })?;
    remove(part)?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
