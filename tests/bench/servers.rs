//! The benchmark's side of a server: starts it, reads its resource use, ends it.

use std::ffi::OsStr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, ChildStdin, Command};

use super::Fallible;
use super::serve::Hello;

/// How long a server may take to stop before it is killed.
const END_WAIT_MAX: Duration = Duration::from_secs(20);

/// A server in a process of its own.
pub(crate) struct Process {
    /// Its address, and the data for requests.
    pub(crate) hello: Hello,
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Process {
    /// Starts `bench serve ARGS` and waits until it listens.
    pub(crate) async fn start(args: impl IntoIterator<Item: AsRef<OsStr>>) -> Fallible<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("a server without output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).await?;
        let hello =
            serde_json::from_str(&line).map_err(|_| "a server did not start; it said why above")?;
        Ok(Self {
            hello,
            child,
            stdin,
        })
    }

    /// CPU time of the process, in user space and kernel. Its resolution is a tick of 10 ms, so only sums over whole
    /// rounds are meaningful.
    pub(crate) fn cpu(&self) -> Fallible<Duration> {
        let pid = self.child.id().ok_or("a server ended by itself")?;
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name, in parentheses, may contain spaces; utime and stime are the 12th and 13th fields after it.
        let (_, fields) = stat
            .rsplit_once(')')
            .ok_or("/proc/<pid>/stat cannot be read")?;
        let ticks: u64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|f| f.parse::<u64>().ok())
            .sum();
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Stops the server and waits for it.
    pub(crate) async fn end(mut self) -> Fallible<()> {
        drop(self.stdin.take());
        if let Ok(status) = tokio::time::timeout(END_WAIT_MAX, self.child.wait()).await {
            match status? {
                status if status.success() => Ok(()),
                status => Err(format!("a server ended with {status}; it said why above").into()),
            }
        } else {
            self.child.kill().await?;
            Err("a server did not end in time".into())
        }
    }
}
