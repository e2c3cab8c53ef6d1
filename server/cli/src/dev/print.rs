//! What `samtycke dev` prints once it is ready, as text or as JSON.

use std::path::PathBuf;

use samtycke_core::id::NoticeHash;
use samtycke_core::register::{Register, Severity};
use serde::Serialize;

use crate::Failure;
use crate::provision::RoleKeys;
use crate::shell::shell_path;
use samtycke_server::home::Commands;

/// The line of JSON. Fields are added, never renamed.
#[derive(Debug, Serialize)]
pub(super) struct Running {
    /// The server's address.
    pub(super) base_url: String,
    /// Its data folder, for commands: `SAMTYCKE_DATA_DIR`.
    pub(super) data_dir: PathBuf,
    /// In the order of the registers.
    pub(super) tenants: Vec<DevTenant>,
}

/// One tenant of the server.
#[derive(Debug, Serialize)]
pub(super) struct DevTenant {
    /// Short name: the register's id.
    pub(super) tenant: String,
    /// The log's id.
    pub(super) log: String,
    /// The log's origin.
    pub(super) origin: String,
    /// The log's verifier key.
    pub(super) vkey: String,
    /// The site.
    pub(super) site: String,
    /// Hash of the notice in force.
    pub(super) notice: NoticeHash,
    /// The key with which a client pseudonymises identifiers; hex.
    pub(super) lookup_key: String,
    /// A key for each role.
    pub(super) keys: RoleKeys,
    /// Counts from the register and its lint.
    pub(super) register: RegisterSummary,
}

/// Counts from a register and its lint.
#[derive(Debug, Serialize)]
pub(super) struct RegisterSummary {
    hash: String,
    purposes: usize,
    /// Lint errors.
    errors: usize,
    /// Lint warnings.
    warnings: usize,
    /// Purposes whose checks deny until the register is complete.
    incomplete: Vec<String>,
}

impl RegisterSummary {
    pub(super) fn of(register: &Register) -> Self {
        let found = |severity| {
            let of = register.lints.iter();
            of.filter(|lint| lint.code.severity() == severity).count()
        };
        Self {
            hash: register.hash().to_string(),
            purposes: register.purposes.len(),
            errors: found(Severity::Error),
            warnings: found(Severity::Warning),
            incomplete: register
                .incomplete()
                .map(|(id, _)| id.to_string())
                .collect(),
        }
    }
}

impl Running {
    /// Prints it on standard output.
    pub(super) fn print(&self, json: bool, commands: Option<&Commands>) -> Result<(), Failure> {
        if !json {
            self.tell(commands);
            return Ok(());
        }
        let line = serde_json::to_string(self).map_err(|error| Failure::new(error.to_string()))?;
        outln!("{line}");
        Ok(())
    }

    fn tell(&self, commands: Option<&Commands>) {
        outln!("samtycke dev listens on {}", self.base_url);
        outln!("Nothing is kept: everything recorded here is deleted when the server ends.");
        outln!(
            "Commands work on it with SAMTYCKE_DATA_DIR={}",
            shell_path(&self.data_dir)
        );
        for tenant in &self.tenants {
            tenant.tell();
        }
        if let Some(commands) = commands {
            outln!("\nRecord a consent:\n\n{}", commands.record);
            outln!("\nAsk before processing:\n\n{}", commands.check);
            outln!(
                "\nProve it without trusting the server:\n\n{}",
                commands.prove
            );
        }
        outln!("\nCtrl-C stops the server.");
    }
}

impl DevTenant {
    fn tell(&self) {
        let counted = &self.register;
        outln!(
            "\n{}: {} purposes; the lint finds {} errors and {} warnings",
            self.tenant,
            counted.purposes,
            counted.errors,
            counted.warnings
        );
        for purpose in &counted.incomplete {
            outln!("  incomplete   {purpose}: every check denies until the register is complete");
        }
        let keys = &self.keys;
        for (name, value) in [
            ("site", self.site.as_str()),
            ("notice", self.notice.as_str()),
            ("log", &self.vkey),
            ("lookup key", &self.lookup_key),
            ("publishable", &keys.publishable),
            ("service", &keys.service),
            ("editor", &keys.editor),
            ("publisher", &keys.publisher),
            ("dpo", &keys.dpo),
            ("auditor", &keys.auditor),
            ("operator", &keys.operator),
        ] {
            outln!("  {name:11}  {value}");
        }
    }
}
