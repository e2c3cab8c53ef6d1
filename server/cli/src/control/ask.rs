//! The command's side: sends the work to the server that has the data folder open.

use std::io;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tokio::io::BufReader;
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::message::{Reply, Request, VERSION, receive, send};
use super::socket::{NAME, connect, uid_of};
use crate::Failure;
use crate::console::{Said, View, clear_progress, on_terminal};
use crate::work::Work;
use samtycke_server::folder::own_uid;

/// Time limit until the server takes the command; it runs one after the other.
const TAKEN_TIMEOUT: Duration = Duration::from_secs(30);
/// Time limit for the work.
const WORK_TIMEOUT: Duration = Duration::from_mins(10);

/// How it went.
pub(super) enum Asked {
    /// The server has run the command: what it said, and why it failed, if it did.
    Done(Said, Option<Failure>),
    /// No server took the command, so nothing was done.
    NotTaken,
}

/// Asks the server of this data folder to do the work.
pub(super) async fn ask(data_dir: &Path, view: &View, work: &Work) -> Result<Asked, Failure> {
    let socket = data_dir.join(NAME);
    let cannot = |error: io::Error| Failure::new(format!("{}: {error}", socket.display()));
    let stream = match connect(data_dir).await {
        Ok(Some(stream)) => stream,
        Ok(None) => return Ok(Asked::NotTaken),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            return Err(Failure::new(format!(
                "{}: {error}; run the command as the server's user",
                socket.display()
            )));
        }
        Err(error) => return Err(cannot(error)),
    };
    let (server, own) = (uid_of(&stream).map_err(cannot)?, own_uid().map_err(cannot)?);
    if server != own {
        return Err(Failure::new(format!(
            "the server of {} runs as the user with uid {server} and takes commands of that user only: sudo -u '#{server}' samtycke ...",
            data_dir.display()
        )));
    }
    let work = serde_json::to_value(work)
        .map_err(|error| Failure::new(format!("the command cannot be sent: {error}")))?;
    exchange(stream, data_dir, view, work).await
}

async fn exchange(
    mut stream: UnixStream,
    data_dir: &Path,
    view: &View,
    work: Value,
) -> Result<Asked, Failure> {
    let place = data_dir.display();
    let request = Request {
        version: VERSION.into(),
        view: view.clone(),
        work,
    };
    let (from, mut to) = stream.split();
    let mut from = BufReader::new(from);
    // A server that refuses may do so before it has read everything.
    let sent = send(&mut to, &request).await;
    let taken = timeout(TAKEN_TIMEOUT, receive(&mut from, u64::MAX)).await;
    match taken {
        Err(_) => {
            return Err(Failure::new(format!(
                "the server of {place} did not take the command within {} seconds, so nothing was done",
                TAKEN_TIMEOUT.as_secs()
            )));
        }
        Ok(Ok(Some(Reply::Taken))) if sent.is_ok() => {}
        Ok(Ok(Some(Reply::Refused(reason)))) => {
            return Err(Failure::new(format!(
                "the server of {place} refused the command: {reason}"
            )));
        }
        // It is stopping, or has just ended.
        Ok(_) => return Ok(Asked::NotTaken),
    }
    // Each line about progress gives the work its time again: a long command is not a stuck one.
    let mut answer = timeout(WORK_TIMEOUT, receive(&mut from, u64::MAX)).await;
    let show = on_terminal();
    while let Ok(Ok(Some(Reply::Progress(line)))) = &answer {
        if let Some(show) = &show {
            show(line);
        }
        answer = timeout(WORK_TIMEOUT, receive(&mut from, u64::MAX)).await;
    }
    clear_progress();
    match answer {
        Ok(Ok(Some(Reply::Done { said, failure }))) => {
            Ok(Asked::Done(said, failure.map(Failure::new)))
        }
        Ok(_) => Err(Failure::new(format!(
            "the server of {place} stopped before it answered. The command may have been done in whole or in part: \
             look before you repeat it, with samtycke tenant list, site list or key list"
        ))),
        Err(_) => Err(Failure::new(format!(
            "the server of {place} has not finished the command within {} minutes. It goes on with it: \
             look before you repeat it, with samtycke tenant list, site list or key list",
            WORK_TIMEOUT.as_secs() / 60
        ))),
    }
}
