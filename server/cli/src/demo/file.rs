//! `demo.json`: what a demo consists of, for people, tests and programs that try it.

use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::cannot;
use crate::Failure;
use crate::set_up::{LogOf, RoleKeys};

/// The file's name, in the data folder.
const FILE: &str = "demo.json";

/// A demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Demo {
    /// Where it is served.
    pub(super) base_url: String,
    /// The tenant whose example the printed commands use.
    pub(super) example: String,
    /// Its tenants.
    pub(super) tenants: Vec<DemoTenant>,
}

/// One tenant of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DemoTenant {
    /// Short name.
    pub(super) id: String,
    /// Its site.
    pub(super) site: String,
    /// Hash of the notice in force on it.
    pub(super) notice: String,
    /// A key of each role.
    pub(super) keys: RoleKeys,
    /// The key that its programs pseudonymise e-mail addresses and telephone numbers with; hex.
    #[serde(default)]
    pub(super) lookup_key: String,
    /// Its log.
    pub(super) log: LogOf,
    /// Somebody with a live consent; on a tenant that asks for none, somebody with an event.
    pub(super) subject: Option<String>,
    /// The purpose of that consent, and nothing on a tenant that asks for none.
    pub(super) purpose: Option<String>,
    /// Its event.
    pub(super) event_id: Option<String>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) web: Option<DemoSite>,
}

/// A website of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DemoSite {
    /// Its name, which is its host.
    pub(super) site: String,
    /// Hash of the notice in force on it.
    pub(super) notice: String,
    /// Its publishable key.
    pub(super) key: String,
}

/// The demo in a data folder, if there is one.
pub(super) fn read_demo(data: &Path) -> Result<Option<Demo>, Failure> {
    let path = data.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(&path, &error)),
    };
    let demo = serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!(
            "{}: {error}\nDelete {} to start afresh.",
            path.display(),
            data.display()
        ))
    })?;
    if data.join("db/samtycke.db").exists() {
        Ok(Some(demo))
    } else {
        // The file without its data says nothing that is still true.
        Ok(None)
    }
}

/// Writes the file whole or not at all; only its owner may read it, because it holds keys.
pub(super) fn write_demo(data: &Path, demo: &Demo) -> Result<(), Failure> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let (path, new) = (data.join(FILE), data.join("demo.json.new"));
    let mut text = serde_json::to_string_pretty(demo).expect("a demo is JSON");
    text.push('\n');
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    };
    write().map_err(|error| cannot(&path, &error))
}
