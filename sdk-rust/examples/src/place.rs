//! A server's address and keys, read from `demo.json`, which `make demo` writes. A real program keeps these with its
//! secrets.

use std::path::Path;

use samtycke::Client;
use samtycke::id::SiteId;
use samtycke::keys::Secret;
use serde::Deserialize;

/// Why an example cannot run.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A server with one tenant's keys.
#[derive(Clone)]
pub struct Place {
    /// The server's address.
    pub base_url: String,
    /// The tenant's site or app, whose notice is shown.
    pub site: SiteId,
    /// The service key, which records and checks.
    pub service_key: String,
    /// The auditor's key, which fetches proofs.
    pub auditor_key: String,
    /// The lookup key, which pseudonymises.
    pub lookup_key: Secret,
    /// The log's key, as the verifier key of a C2SP signed note.
    pub vkey: String,
}

impl Place {
    /// Reads one tenant of the demo that wrote this file.
    ///
    /// # Errors
    /// The file cannot be read, or has no such tenant.
    pub fn of_demo(file: &Path, tenant: &str) -> Result<Self, Failure> {
        let demo: Demo = serde_json::from_slice(&std::fs::read(file)?)?;
        let found = demo.tenants.into_iter().find(|found| found.id == tenant);
        let found = found.ok_or_else(|| format!("the demo has no tenant {tenant}"))?;
        let mut key = [0; 32];
        hex::decode_to_slice(&found.lookup_key, &mut key)?;
        Ok(Self {
            base_url: demo.base_url,
            site: found.site.parse()?,
            service_key: found.keys.service,
            auditor_key: found.keys.auditor,
            lookup_key: Secret::from_bytes(key),
            vkey: found.log.vkey,
        })
    }

    /// A client that records, checks and pseudonymises, for programs that show notices in Swedish.
    ///
    /// # Errors
    /// The address or the key is not valid.
    pub fn client(&self) -> Result<Client, Failure> {
        let builder = Client::builder(&self.base_url, &self.service_key);
        let builder = builder.lookup_key(self.lookup_key.clone());
        Ok(builder.language("sv").build()?)
    }
}

#[derive(Deserialize)]
struct Demo {
    base_url: String,
    tenants: Vec<DemoTenant>,
}

#[derive(Deserialize)]
struct DemoTenant {
    id: String,
    site: String,
    lookup_key: String,
    keys: DemoKeys,
    log: DemoLog,
}

#[derive(Deserialize)]
struct DemoKeys {
    service: String,
    auditor: String,
}

#[derive(Deserialize)]
struct DemoLog {
    vkey: String,
}
