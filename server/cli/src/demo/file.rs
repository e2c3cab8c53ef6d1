//! `demo.json`: the contents of a demo, for people, tests and programs that use it.

use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::cannot;
use super::lives::Person;
use crate::Failure;
use crate::provision::{LogOf, RoleKeys};

/// The file's name, in the data folder.
const FILE: &str = "demo.json";

/// A demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Demo {
    /// Its address.
    pub(super) base_url: String,
    /// The tenant of the printed example.
    pub(super) example: String,
    /// Its tenants.
    pub(super) tenants: Vec<DemoTenant>,
    /// The people whose day can be followed.
    #[serde(default)]
    pub(super) people: Vec<Person>,
    /// Path of a link that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) link: Option<String>,
}

/// One tenant of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DemoTenant {
    /// Short name.
    pub(super) id: String,
    /// The site.
    pub(super) site: String,
    /// Hash of the notice in force on the site.
    pub(super) notice: String,
    /// A key for each role.
    pub(super) keys: RoleKeys,
    /// The key with which the tenant's programs pseudonymise e-mail addresses and telephone numbers; hex.
    #[serde(default)]
    pub(super) lookup_key: String,
    /// The log.
    pub(super) log: LogOf,
    /// A subject with a live consent; on a tenant without consents, a subject with an event.
    pub(super) subject: Option<String>,
    /// The purpose of that consent; absent on a tenant without consents.
    pub(super) purpose: Option<String>,
    /// That subject's event.
    pub(super) event_id: Option<String>,
    /// The tenant's website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) web: Option<DemoSite>,
}

/// A website of the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DemoSite {
    /// Its name, which is also its host.
    pub(super) site: String,
    /// Hash of the notice in force on it.
    pub(super) notice: String,
    /// Its publishable key.
    pub(super) key: String,
}

/// Reads the demo in a data folder, if there is one.
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
        // Without its data the file is out of date.
        Ok(None)
    }
}

/// Writes the file atomically. Only its owner may read it, because it holds keys.
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
