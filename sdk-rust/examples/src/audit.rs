//! An auditor: takes the proof of an event away, and checks it with no network and no trust in the server.

use samtycke::Client;
use samtycke::bundle::{policy::Policy, verify::verify};
use samtycke::id::{EventId, SubjectId};

use crate::ommej::Appkonto;
use crate::place::{Failure, Place};

/// Records an event, as an app would, so that there is one to prove.
///
/// # Errors
/// It could not be recorded.
pub async fn something_to_prove(place: &Place, person: &SubjectId) -> Result<EventId, Failure> {
    let said = crate::says::yes::<Appkonto>(&place.client()?, &place.site, person).await?;
    Ok(said.event_id)
}

/// Fetches the proof: one file, for the auditor's own archive.
///
/// # Errors
/// There is no such event, or it was not sealed in time.
pub async fn fetch(place: &Place, event: &EventId) -> Result<Vec<u8>, Failure> {
    let auditor = Client::builder(&place.base_url, &place.auditor_key).build()?;
    Ok(auditor.proof(event).await?.to_bytes())
}

/// Checks the file, with nothing but the key that the log is known by. Returns what a person reads, and the exit code that
/// `samtycke verify` would end with: 0 is valid.
///
/// # Errors
/// The key is none.
pub fn check(file: &[u8], vkey: &str) -> Result<(String, u8), Failure> {
    let policy = Policy::parse(&format!("log {vkey}\nquorum none\n")).map_err(|e| e.to_string())?;
    let report = verify(file, &policy, None);
    Ok((report.to_string(), report.outcome.exit_code()))
}
