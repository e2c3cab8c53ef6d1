//! The journal: what a power failure, damage and a wrong program leave of it.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;

use samtycke_core::scope::Scope;

use super::world::{A, B, Server, TestClock, event, folder, grant, open, pid, subject, withdrawal};
use crate::queue::{Queue, QueueError};

/// Protects the durable part from a power failure: of an unfinished last line nothing is left, and of the lines before it
/// everything is, wherever it was torn.
#[test]
fn a_torn_last_line_is_dropped_and_nothing_else() {
    let folder = folder();
    let clock = TestClock::new();
    let journal = folder.path().join("journal");
    let queue = open(folder.path(), &clock);
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    let before = fs::read(&journal).unwrap();
    queue.consent(grant(2, 1, &[A])).unwrap();
    let after = fs::read(&journal).unwrap();
    assert!(after.starts_with(&before));
    drop(queue);
    for length in before.len()..=after.len() {
        fs::write(&journal, &after[..length]).unwrap();
        let queue = open(folder.path(), &clock);
        let opened = queue.opened();
        // The line's end alone may be missing.
        let whole = length >= after.len() - 1;
        assert_eq!(opened.waiting, if whole { 2 } else { 1 }, "{length}");
        assert_eq!(opened.torn, !whole && length > before.len(), "{length}");
        assert_eq!(opened.unreadable, 0);
        assert!(queue.refuses(&subject(1), &pid(A), &Scope::None));
        queue.withdraw(withdrawal(3, 1, &[B])).unwrap();
        drop(queue);
        let queue = open(folder.path(), &clock);
        assert_eq!(
            queue.opened().waiting,
            opened.waiting + 1,
            "what comes after is whole"
        );
        assert!(!queue.opened().torn);
    }
}

/// Protects against damage: an unreadable line is counted and kept. It may have been a withdrawal, so no grant before
/// it is sent; what comes after it is untouched.
#[tokio::test]
async fn damage_is_counted_kept_and_never_sent_past() {
    let clock = TestClock::new();
    for damage in [1_usize, 20, 60] {
        let folder = folder();
        let journal = folder.path().join("journal");
        let queue = open(folder.path(), &clock);
        queue.consent(grant(1, 1, &[A])).unwrap();
        queue.withdraw(withdrawal(2, 2, &[A])).unwrap();
        let at = fs::read(&journal).unwrap().len();
        queue.withdraw(withdrawal(3, 1, &[A])).unwrap();
        queue.consent(grant(4, 2, &[A])).unwrap();
        drop(queue);
        let mut bytes = fs::read(&journal).unwrap();
        bytes[at + damage] ^= 1;
        fs::write(&journal, &bytes).unwrap();

        let queue = open(folder.path(), &clock);
        assert_eq!((queue.opened().unreadable, queue.opened().torn), (1, false));
        assert_eq!((queue.opened().waiting, queue.opened().refused), (2, 1));
        assert_eq!(queue.refused()[0].reason, "QUEUE_UNREADABLE");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap())
            .collect();
        names.retain(|e| {
            e.file_name()
                .to_string_lossy()
                .starts_with("journal.unreadable-")
        });
        assert_eq!(names.len(), 1);
        assert_eq!(fs::read(names[0].path()).unwrap(), bytes);
        let server = Server::default();
        let _flushed = queue.flush_by(&server).await;
        assert_eq!(server.recorded(), [event(2), event(4)]);
        drop(queue);
        assert_eq!(
            open(folder.path(), &clock).opened().unreadable,
            0,
            "put right"
        );
    }
}

/// Protects the only copy: a format of another version is neither read nor overwritten.
#[test]
fn another_format_is_left_alone() {
    let folder = folder();
    let journal = folder.path().join("journal");
    drop(open(folder.path(), &TestClock::new()));
    let line = super::super::journal::line_of_format("samtycke.queue/2");
    fs::write(&journal, &line).unwrap();
    let opened = Queue::open(folder.path());
    assert_eq!(
        opened.err(),
        Some(QueueError::Folder(std::io::ErrorKind::Unsupported))
    );
    assert_eq!(fs::read(&journal).unwrap(), line);
}

/// Protects against two processes that would overwrite each other.
#[test]
fn one_at_a_time() {
    let folder = folder();
    let queue = Queue::open(folder.path()).unwrap();
    assert_eq!(Queue::open(folder.path()).err(), Some(QueueError::InUse));
    drop(queue);
    Queue::open(folder.path()).unwrap();
}

/// Protects what people decided from the machine's other users.
#[cfg(unix)]
#[test]
fn the_folder_and_its_files_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let above = folder();
    let folder = above.path().join("a/consent");
    let queue = Queue::open(&folder).unwrap();
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

/// Protects the disk: what was delivered is thrown away, and nothing else.
#[tokio::test]
async fn the_file_is_written_anew_when_most_of_it_is_over() {
    let folder = folder();
    let clock = TestClock::new();
    let server = Server::default();
    let queue = open(folder.path(), &clock);
    queue.consent(grant(1, 9, &[A])).unwrap();
    queue.withdraw(withdrawal(2, 9, &[A])).unwrap();
    server.fault_of(1, super::world::Fault::Lost);
    server.fault_of(2, super::world::Fault::Lost);
    let mut longest = 0;
    for n in 10..1_200 {
        queue.withdraw(withdrawal(n, 1, &[A, B])).unwrap();
        let _flushed = queue.flush_by(&server).await;
        longest = longest.max(fs::metadata(folder.path().join("journal")).unwrap().len());
    }
    assert!((200_000..300_000).contains(&longest), "{longest}");
    assert!(fs::metadata(folder.path().join("journal")).unwrap().len() < 290_000);
    drop(queue);
    let queue = open(folder.path(), &clock);
    assert_eq!(
        (queue.waiting().withdrawals, queue.waiting().others),
        (1, 1)
    );
    server.fault_of(1, super::world::Fault::Nothing);
    server.fault_of(2, super::world::Fault::Nothing);
    let flushed = queue.flush_by(&server).await;
    assert!(flushed.superseded[0].taken_back, "also that is remembered");
}

/// Protects C2 against a crash while the file is written anew: an unfinished new one is no journal.
#[test]
fn an_unfinished_new_file_is_not_read() {
    let folder = folder();
    let clock = TestClock::new();
    let queue = open(folder.path(), &clock);
    queue.withdraw(withdrawal(1, 1, &[A])).unwrap();
    drop(queue);
    let bytes = fs::read(folder.path().join("journal")).unwrap();
    fs::write(folder.path().join("journal.new"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(open(folder.path(), &clock).opened().waiting, 1);
}

/// Protects a withdrawal from a disk that fails once: it denies, the next change writes it, and a grant is rejected.
#[tokio::test]
async fn a_failing_disk_keeps_withdrawals_and_refuses_grants() {
    let folder = folder();
    let clock = TestClock::new();
    let queue = open(folder.path(), &clock);
    queue.consent(grant(1, 1, &[A])).unwrap();
    let journal = folder.path().join("journal");
    let read_only = File::open(&journal).unwrap();
    queue.shared.inside(|_, file| file.break_by(read_only));
    let refused = queue.consent(grant(2, 1, &[B]));
    assert!(
        matches!(refused, Err(QueueError::NotQueued(_))),
        "{refused:?}"
    );
    // The next change makes a new file; so that this fails too, a folder stands where it would be.
    fs::create_dir(folder.path().join("journal.new")).unwrap();
    let said = queue.withdraw(withdrawal(3, 1, &[A]));
    assert!(matches!(said, Err(QueueError::NotDurable(_))), "{said:?}");
    assert!(queue.refuses(&subject(1), &pid(A), &Scope::None));
    assert!(matches!(
        queue.withdraw(withdrawal(3, 1, &[A])),
        Err(QueueError::NotDurable(_))
    ));
    fs::remove_dir(folder.path().join("journal.new")).unwrap();
    assert_eq!(
        queue.withdraw(withdrawal(3, 1, &[A])),
        Ok(()),
        "the same withdrawal, and now it is on disk"
    );
    drop(queue);
    let queue = open(folder.path(), &clock);
    assert_eq!(
        (queue.waiting().withdrawals, queue.waiting().others),
        (1, 1)
    );
    let server = Server::default();
    let _flushed = queue.flush_by(&server).await;
    assert!(
        !queue.refuses(&subject(1), &pid(A), &Scope::None),
        "said twice, counted once"
    );
    assert_eq!(server.recorded(), [event(3), event(1)]);
}

/// Protects the file from what other programs write into it.
#[test]
fn an_unreadable_line_is_damage() {
    let folder = folder();
    let clock = TestClock::new();
    drop(open(folder.path(), &clock));
    let journal = folder.path().join("journal");
    let mut file = OpenOptions::new().append(true).open(&journal).unwrap();
    file.write_all(b"hello\n\n\xff\xfe\n{}\n").unwrap();
    assert_eq!(open(folder.path(), &clock).opened().unreadable, 4);
}
