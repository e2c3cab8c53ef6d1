//! The server's side: takes commands from the control socket, one after the other.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::message::{Reply, Request, VERSION, receive, send};
use super::socket::{Folder, NAME, uid_of};
use crate::Failure;
use crate::console::{Console, Progress, Said};
use crate::work::Work;
use samtycke_server::app::App;
use samtycke_server::config::Database;
use samtycke_server::folder::own_uid;

/// Longest request; bytes. A register has at most 1 MiB, and JSON can write a byte as six.
const REQUEST_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Time limit for a request, from the connection's start.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a command hears how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// Pause after a connection could not be accepted, such as without a free file descriptor.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A server's open control socket.
pub(crate) struct Control {
    folder: Folder,
    /// Dropped to stop.
    stop: watch::Sender<()>,
    serving: JoinHandle<()>,
    drain: Duration,
}

impl Control {
    /// Opens the control socket. `None` on PostgreSQL, whose commands use the database, and if the socket cannot be
    /// opened: a server that answers checks and takes no commands is better than none.
    pub(crate) fn open(app: &Arc<App>) -> Option<Self> {
        if matches!(app.config.database, Database::Postgres(_)) {
            return None;
        }
        Self::on(app, &app.config.data_dir)
            .inspect_err(|error| {
                let socket = app.config.data_dir.join(NAME);
                tracing::warn!(socket = %socket.display(), %error, "the command line cannot reach this server");
            })
            .ok()
    }

    fn on(app: &Arc<App>, data_dir: &Path) -> io::Result<Self> {
        let folder = Folder::of(data_dir)?;
        let server = Arc::new(Server {
            app: app.clone(),
            own_uid: own_uid()?,
            turn: Mutex::new(()),
        });
        let listener = folder.listen()?;
        let (stop, stopping) = watch::channel(());
        Ok(Self {
            folder,
            stop,
            serving: tokio::spawn(serve(listener, server, stopping)),
            drain: app.config.limits.shutdown_drain,
        })
    }

    /// Takes no more commands, and waits for those that have begun.
    pub(crate) async fn close(mut self) {
        self.folder.remove();
        drop(self.stop);
        if timeout(self.drain, &mut self.serving).await.is_err() {
            tracing::warn!("a command did not end in time; its user is told so");
            self.serving.abort();
            // An aborted task returns an error, which is expected here.
            let _ = self.serving.await;
        }
    }
}

struct Server {
    app: Arc<App>,
    own_uid: u32,
    /// One command at a time, as without a server: a command reads what it changes.
    turn: Mutex<()>,
}

async fn serve(listener: UnixListener, server: Arc<Server>, mut stopping: watch::Receiver<()>) {
    let mut commands = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopping.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    commands.spawn(connection(stream, server.clone(), stopping.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a command could not be accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_) = commands.join_next() => {}
        }
    }
    // Commands that still wait to be accepted see at once that nothing was done.
    drop(listener);
    while commands.join_next().await.is_some() {}
}

async fn connection(stream: UnixStream, server: Arc<Server>, stopping: watch::Receiver<()>) {
    // The command sees a connection that broke. The server only notes it.
    if let Err(error) = answer(stream, &server, stopping).await {
        tracing::debug!(%error, "a command went away");
    }
}

async fn answer(
    mut stream: UnixStream,
    server: &Server,
    mut stopping: watch::Receiver<()>,
) -> io::Result<()> {
    let uid = uid_of(&stream)?;
    if !may_command(uid, server.own_uid) {
        tracing::warn!(uid, "refused a command of another user");
        let reason = format!(
            "it takes commands of its own user only, uid {}",
            server.own_uid
        );
        return send(&mut stream, &Reply::Refused(reason)).await;
    }
    let (from, mut to) = stream.split();
    let mut from = BufReader::new(from);
    let request = tokio::select! {
        request = timeout(REQUEST_TIMEOUT, receive(&mut from, REQUEST_BYTES_MAX)) => request,
        _ = stopping.changed() => return Ok(()),
    };
    let Some(request) = request.map_err(|_| io::ErrorKind::TimedOut)?? else {
        return Ok(());
    };
    let (work, console) = match understand(request) {
        Ok(understood) => understood,
        Err(reason) => return send(&mut to, &Reply::Refused(reason)).await,
    };
    let turn = tokio::select! {
        turn = server.turn.lock() => turn,
        _ = stopping.changed() => return Ok(()),
    };
    send(&mut to, &Reply::Taken).await?;
    tracing::info!(
        command = work.name(),
        uid,
        "a command of the control socket"
    );
    let (heard, mut progress) = watch::channel(String::new());
    let show: Progress = Arc::new(move |line| {
        heard.send_replace(line.to_owned());
    });
    let console = Console::with_progress(console.view, Some(show));
    let mut running = std::pin::pin!(run(work, console, server.app.clone()));
    let mut next = tokio::time::interval(PROGRESS_EVERY);
    next.tick().await;
    let done = loop {
        tokio::select! {
            done = &mut running => break done,
            _ = next.tick() => {
                if progress.has_changed().unwrap_or(false) {
                    let line = progress.borrow_and_update().clone();
                    // A command that went away is still run to its end.
                    let _ = send(&mut to, &Reply::Progress(line)).await;
                }
            }
        }
    };
    drop(turn);
    send(&mut to, &done).await
}

/// Whether a process of this user may send commands: one of the server's own user. The socket's mode keeps others out
/// too, but not root, and not what was connected before the mode was set.
fn may_command(peer: u32, own: u32) -> bool {
    peer == own
}

/// The request's command. Error: why it cannot be run.
fn understand(request: Request) -> Result<(Work, Console), String> {
    if request.version != VERSION {
        return Err(format!(
            "the server is samtycke {VERSION}, and this command is samtycke {}; use the same version",
            request.version
        ));
    }
    let work = serde_json::from_value(request.work);
    let work = work.map_err(|error| {
        format!("the server is another build of samtycke {VERSION} and does not know this command: {error}")
    })?;
    Ok((work, Console::new(request.view)))
}

/// Runs the command in a task of its own: a defect in it ends neither the server nor the answer.
async fn run(work: Work, mut console: Console, app: Arc<App>) -> Reply {
    let running = tokio::spawn(async move {
        let failure = work.run(&app, &mut console).await.err();
        (console.said(), failure)
    });
    let (said, failure) = running.await.unwrap_or_else(|_| {
        let defect =
            Failure::new("the command failed because of a defect; the server's log says where");
        (Said::default(), Some(defect))
    });
    Reply::Done {
        said,
        failure: failure.map(|failure| failure.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;
    use crate::console::View;

    fn request(version: &str, work: serde_json::Value) -> Request {
        Request {
            version: version.into(),
            view: View {
                data_dir: PathBuf::from("data"),
                colours: false,
            },
            work,
        }
    }

    /// Protects the keys that a command prints: a process that may send commands may make keys.
    #[test]
    fn only_the_servers_own_user_may_send_commands() {
        assert!(may_command(1000, 1000));
        assert!(!may_command(1001, 1000));
        assert!(!may_command(0, 1000), "root acts as the server's user");
        assert!(!may_command(1000, 0));
    }

    #[test]
    fn a_command_of_another_version_is_refused() {
        let list = json!({"tenant": "list"});
        let refused = understand(request("0.0.9", list)).unwrap_err();
        assert!(refused.contains("samtycke 0.0.9"), "{refused}");
        let refused = understand(request(VERSION, json!({"dance": {}}))).unwrap_err();
        assert!(refused.contains("does not know"), "{refused}");
    }

    #[test]
    fn a_command_that_is_understood_keeps_its_view() {
        let key = json!({"key": {"list": {"tenant": "loomer"}}});
        let (work, console) = understand(request(VERSION, key)).unwrap();
        assert_eq!(work.name(), "key");
        assert_eq!(console.view.data_dir, PathBuf::from("data"));
    }
}
