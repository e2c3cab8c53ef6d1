//! Chromium as a child process, controlled through two pipes (Chrome DevTools Protocol). No port is opened, so other
//! users of the machine cannot control it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::frames::{Frames, frame};
use super::program;
use crate::Failure;
use samtycke_server::clock::{SystemRng, random};

/// Timeout of one call; a page that blocks for longer cannot be scanned.
const ANSWER_TIME: Duration = Duration::from_secs(20);

/// The shell passes its descriptors 0 and 1 to the browser as 3 and 4, where Chromium expects its pipe. A program
/// without unsafe code cannot do that itself.
const LEND_PIPES: &str = r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#;

/// A tab, or a frame in a process of its own.
pub(super) type Session = String;

/// A running browser.
pub(super) struct Chromium {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
    frames: Frames,
    next_id: u64,
    events: VecDeque<Value>,
    profile: PathBuf,
}

impl Chromium {
    /// Starts the browser with a new profile.
    pub(super) async fn start() -> Result<Self, Failure> {
        let program = program();
        if !is_there(&program) {
            return Err(Failure::new(format!(
                "{} was not found. Install it (Debian: apt-get install chromium), or set the path of Chromium or Chrome:\n  \
                 SAMTYCKE_CHROMIUM=/path/to/chromium samtycke scan ...",
                program.display()
            )));
        }
        let name = format!("samtycke-scan-{}", hex::encode(random::<8>(&SystemRng)));
        let profile = std::env::temp_dir().join(name);
        let mut command = Command::new("sh");
        command.arg("-c").arg(LEND_PIPES).arg(&program);
        command.args(FLAGS);
        if is_root() {
            // Chromium's own sandbox does not start for root.
            command.arg("--no-sandbox");
        }
        command.arg(format!("--user-data-dir={}", profile.display()));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let cannot = |error: &dyn std::fmt::Display| {
            Failure::new(format!("Chromium does not start: {error}"))
        };
        let mut child = command.spawn().map_err(|e| cannot(&e))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (to, from) = pipes.ok_or_else(|| cannot(&"it has no pipes"))?;
        let mut chromium = Self {
            child,
            to,
            from,
            frames: Frames::default(),
            next_id: 0,
            events: VecDeque::new(),
            profile,
        };
        chromium
            .call(None, "Browser.getVersion", &json!({}))
            .await
            .map_err(|failure| cannot(&failure))?;
        Ok(chromium)
    }

    /// Sends a command and waits for its result; events that arrive meanwhile are kept for [`Chromium::event`].
    pub(super) async fn call(
        &mut self,
        session: Option<&Session>,
        method: &str,
        params: &Value,
    ) -> Result<Value, Failure> {
        let id = self.send(session, method, params).await?;
        let answer = timeout(ANSWER_TIME, async {
            loop {
                let message = self.message().await?;
                if message["id"] == id {
                    return Ok::<Value, Failure>(message);
                }
                self.events.push_back(message);
            }
        });
        let message = answer
            .await
            .map_err(|_| Failure::new(format!("Chromium did not answer {method} in time")))??;
        match message["error"]["message"].as_str() {
            Some(error) => Err(Failure::new(format!("{method}: {error}"))),
            None => Ok(message["result"].clone()),
        }
    }

    /// Sends a command without waiting.
    pub(super) async fn send(
        &mut self,
        session: Option<&Session>,
        method: &str,
        params: &Value,
    ) -> Result<u64, Failure> {
        self.next_id += 1;
        let mut message = json!({"id": self.next_id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        self.to
            .write_all(&frame(&message))
            .await
            .map_err(|_| Failure::new("Chromium has ended"))?;
        Ok(self.next_id)
    }

    /// An event that arrived during a call.
    pub(super) fn kept(&mut self) -> Option<Value> {
        self.events.pop_front()
    }

    /// The next event within this time, if any.
    pub(super) async fn event(&mut self, within: Duration) -> Result<Option<Value>, Failure> {
        if let Some(kept) = self.kept() {
            return Ok(Some(kept));
        }
        match timeout(within, self.message()).await {
            Ok(message) => message.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Cancel-safe: received bytes are kept.
    async fn message(&mut self) -> Result<Value, Failure> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            if let Some(message) = self.frames.next() {
                return Ok(message);
            }
            let read = self.from.read(&mut buffer).await;
            match read {
                Ok(count) if count > 0 && self.frames.push(&buffer[..count]) => {}
                _ => return Err(Failure::new("Chromium has ended")),
            }
        }
    }

    /// Ends the browser and removes its profile.
    pub(super) async fn end(mut self) {
        // It may have ended already.
        let _ = self.send(None, "Browser.close", &json!({})).await;
        if timeout(Duration::from_secs(5), self.child.wait())
            .await
            .is_err()
        {
            let _ = self.child.kill().await;
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.start_kill();
        // If it remains, it holds only the data of an anonymous visit.
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Flags that stop the browser's own traffic, so that everything seen is the page's.
const FLAGS: [&str; 14] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--window-size=1280,900",
];

fn is_there(program: &std::path::Path) -> bool {
    if program.components().count() > 1 {
        return program.is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // The owner of what is this process's own.
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
