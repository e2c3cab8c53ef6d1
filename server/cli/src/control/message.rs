//! What goes over the control socket: one line of JSON from the command, two from the server.
//!
//! The server starts the work after the command has the line `taken`. A command that got no such line knows that nothing
//! was done.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _,
};

use crate::console::{Said, View};

/// The version of this program. Commands and arguments are this version's own, so both sides must have the same.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// From a command.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) version: String,
    pub(super) view: View,
    /// A [`Work`](crate::work::Work). It is parsed after the version has been compared.
    pub(super) work: Value,
}

/// From the server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// The work begins.
    Taken,
    /// Nothing was done, for this reason.
    Refused(String),
    /// How far a long command is.
    Progress(String),
    /// The work has ended.
    Done {
        said: Said,
        /// Why it failed, if it did.
        failure: Option<String>,
    },
}

/// Writes a message as one line.
pub(super) async fn send(
    to: &mut (impl AsyncWrite + Unpin),
    message: &impl Serialize,
) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    to.write_all(&line).await?;
    to.flush().await
}

/// Reads a message of at most so many bytes; `None` if the other side ended before the end of the line.
pub(super) async fn receive<T: DeserializeOwned>(
    from: &mut (impl AsyncBufRead + Unpin),
    bytes_max: u64,
) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    from.take(bytes_max).read_until(b'\n', &mut line).await?;
    if line.pop() == Some(b'\n') {
        return Ok(Some(serde_json::from_slice(&line)?));
    }
    if u64::try_from(line.len()).is_ok_and(|bytes| bytes + 1 >= bytes_max) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a message has more than {bytes_max} bytes"),
        ));
    }
    Ok(None)
}
