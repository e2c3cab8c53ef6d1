//! What `samtycke dev` says once it is ready: to a person, or to a program.

use samtycke_core::id::NoticeHash;
use samtycke_core::register::{Register, Severity};
use serde::Serialize;

use crate::Failure;
use crate::set_up::RoleKeys;
use samtycke_server::home::Commands;

/// The line of JSON. Fields are added, never renamed.
#[derive(Debug, Serialize)]
pub(super) struct Running {
    /// Where it listens.
    pub(super) base_url: String,
    /// In the order of the registers.
    pub(super) tenants: Vec<DevTenant>,
}

/// One tenant of it.
#[derive(Debug, Serialize)]
pub(super) struct DevTenant {
    /// Its short name: the register's.
    pub(super) tenant: String,
    /// Its log's id.
    pub(super) log: String,
    /// Its log's origin.
    pub(super) origin: String,
    /// Its log's verifier key.
    pub(super) vkey: String,
    /// Its site.
    pub(super) site: String,
    /// Hash of the notice in force.
    pub(super) notice: NoticeHash,
    /// The key by which a client pseudonymises identifiers; hex.
    pub(super) lookup_key: String,
    /// A key of each role.
    pub(super) keys: RoleKeys,
    /// What its register says, and leaves unsaid.
    pub(super) register: RegisterSummary,
}

/// What a register says, counted.
#[derive(Debug, Serialize)]
pub(super) struct RegisterSummary {
    hash: String,
    purposes: usize,
    /// Lint errors.
    errors: usize,
    /// Lint warnings.
    warnings: usize,
    /// Purposes whose checks deny until the register says more.
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
    /// Says it on standard output.
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
        outln!("Nothing is kept: when it ends, everything that was recorded here is gone.");
        for tenant in &self.tenants {
            tenant.tell();
        }
        if let Some(commands) = commands {
            outln!("\nRecord a yes:\n\n{}", commands.record);
            outln!("\nAsk before processing:\n\n{}", commands.check);
            outln!(
                "\nProve it, without trusting the server:\n\n{}",
                commands.prove
            );
        }
        outln!("\nCtrl-C ends it.");
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
            outln!("  incomplete   {purpose}: every check denies until the register says more");
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
