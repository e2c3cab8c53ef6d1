//! The control socket: a Unix domain socket in the data folder, for the server's own user only.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

/// Its name in the data folder.
pub(super) const NAME: &str = "control.sock";
/// Its name until its mode is set.
const NEW_NAME: &str = "control.sock.new";
/// Longest path of a socket: `sun_path` of Linux without its final zero; bytes. The BSDs have 103.
const PATH_BYTES_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// Where Linux shows a process its open files.
const OPEN_FILES: &str = "/proc/self/fd";

/// The data folder by a name that is short enough for a socket's path.
#[derive(Debug)]
pub(super) struct Folder {
    name: PathBuf,
    /// Held, because the short name is this file's.
    _open: Option<File>,
}

impl Folder {
    /// A folder whose name is too long is opened, and named by its number among the process's open files.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        if bytes(&folder.join(NEW_NAME)) <= PATH_BYTES_MAX {
            return Ok(Self {
                name: folder.to_owned(),
                _open: None,
            });
        }
        let open = File::open(folder)?;
        let name = Path::new(OPEN_FILES).join(open.as_raw_fd().to_string());
        if !name.exists() {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                format!(
                    "the path of a socket may have {PATH_BYTES_MAX} bytes, and this one has {}; choose a shorter data_dir",
                    bytes(&folder.join(NEW_NAME))
                ),
            ));
        }
        Ok(Self {
            name,
            _open: Some(open),
        })
    }

    /// Listens. The caller holds the lock of the folder's database, so a socket that is there belongs to a server that
    /// has ended; it is replaced. Anything else of that name stays.
    pub(super) fn listen(&self) -> io::Result<UnixListener> {
        let (new, path) = (self.name.join(NEW_NAME), self.name.join(NAME));
        ensure_replaceable(&path)?;
        if ensure_replaceable(&new)? {
            fs::remove_file(&new)?;
        }
        let listener = UnixListener::bind(&new)?;
        // The name under which commands look for it comes last: it never has another mode.
        fs::set_permissions(&new, Permissions::from_mode(0o600))?;
        fs::rename(&new, &path)?;
        Ok(listener)
    }

    /// Removes the socket.
    pub(super) fn remove(&self) {
        // What stays is replaced by the next server.
        let _ = fs::remove_file(self.name.join(NAME));
    }
}

/// Connects to the folder's server; `None` if it has none, or none that listens.
pub(super) async fn connect(folder: &Path) -> io::Result<Option<UnixStream>> {
    let connected = async {
        let folder = Folder::of(folder)?;
        UnixStream::connect(folder.name.join(NAME)).await
    };
    match connected.await {
        Ok(stream) => Ok(Some(stream)),
        Err(error) => match error.kind() {
            // A server whose queue is full would block; it has room in a moment.
            ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::WouldBlock => Ok(None),
            _ => Err(error),
        },
    }
}

/// Whether there is a socket of this name. Error: there is something else.
fn ensure_replaceable(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.file_type().is_socket() => Ok(true),
        Ok(_) => Err(io::Error::new(
            ErrorKind::AlreadyExists,
            "it exists and is not a socket",
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn bytes(path: &Path) -> usize {
    AsRef::<OsStr>::as_ref(path).len()
}

/// The user at the other end, as the kernel recorded it when the connection was made.
pub(super) fn uid_of(stream: &UnixStream) -> io::Result<u32> {
    Ok(stream.peer_cred()?.uid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;
    use samtycke_server::folder::own_uid;

    fn data() -> Scratch {
        Scratch::new("samtycke-socket").unwrap()
    }

    fn mode(folder: &Path) -> u32 {
        let socket = fs::metadata(folder.join(NAME)).unwrap();
        socket.permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn the_socket_is_for_its_owner_only() {
        let data = data();
        let listener = Folder::of(data.path()).unwrap().listen().unwrap();
        assert_eq!(mode(data.path()), 0o600);
        let command = connect(data.path()).await.unwrap().expect("a server");
        let (served, _) = listener.accept().await.unwrap();
        assert_eq!(uid_of(&served).unwrap(), own_uid().unwrap());
        assert_eq!(uid_of(&command).unwrap(), own_uid().unwrap());
    }

    #[tokio::test]
    async fn a_socket_that_was_left_behind_is_replaced() {
        let data = data();
        let folder = Folder::of(data.path()).unwrap();
        drop(folder.listen().unwrap());
        assert!(data.path().join(NAME).exists());
        assert!(connect(data.path()).await.unwrap().is_none(), "it is dead");
        let _listener = folder.listen().unwrap();
        assert!(connect(data.path()).await.unwrap().is_some());
        folder.remove();
        assert!(connect(data.path()).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_file_with_the_name_of_the_socket_is_kept() {
        let data = data();
        fs::write(data.path().join(NAME), "mine").unwrap();
        let error = Folder::of(data.path()).unwrap().listen().unwrap_err();
        assert_eq!(error.to_string(), "it exists and is not a socket");
        assert_eq!(fs::read(data.path().join(NAME)).unwrap(), b"mine");
    }

    #[tokio::test]
    async fn a_folder_with_a_long_name_has_a_socket_too() {
        let data = data();
        let long = data.path().join("d".repeat(200));
        assert!(connect(&long).await.unwrap().is_none(), "no folder yet");
        fs::create_dir(&long).unwrap();
        let _listener = Folder::of(&long).unwrap().listen().unwrap();
        assert_eq!(mode(&long), 0o600);
        assert!(connect(&long).await.unwrap().is_some());
    }
}
