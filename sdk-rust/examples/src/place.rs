//! Where a server is, and with which keys to speak to it: `demo.json`, as `make demo` writes it. A program of your own takes
//! these from wherever it keeps its secrets.

use std::path::Path;

use samtycke::Client;
use samtycke::id::SiteId;
use samtycke::keys::Secret;
use serde::Deserialize;

/// What can keep an example from running.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A server with one tenant's keys.
#[derive(Clone)]
pub struct Place {
    /// Where the server is.
    pub base_url: String,
    /// The tenant's site, or app, whose notice is shown.
    pub site: SiteId,
    /// Records and checks.
    pub service_key: String,
    /// Fetches proofs.
    pub auditor_key: String,
    /// Pseudonymises.
    pub lookup_key: Secret,
    /// The key that the tenant's log signs with, in the form of a C2SP signed note's verifier key.
    pub vkey: String,
}

impl Place {
    /// One tenant of the demo that wrote this file.
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

    /// A client that records, checks and pseudonymises.
    ///
    /// # Errors
    /// The address or the key is none.
    pub fn client(&self) -> Result<Client, Failure> {
        let builder = Client::builder(&self.base_url, &self.service_key);
        Ok(builder.lookup_key(self.lookup_key.clone()).build()?)
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
