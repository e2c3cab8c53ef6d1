//! An auditor: fetches the proof of an event, and verifies it offline and without trust in the server.

use samtycke::Client;
use samtycke::bundle::{policy::Policy, verify::verify};
use samtycke::id::{EventId, SubjectId};

use crate::ommej::Appkonto;
use crate::place::{Failure, Place};

/// Records an event to prove, as an app would.
///
/// # Errors
/// The event could not be recorded.
pub async fn something_to_prove(place: &Place, person: &SubjectId) -> Result<EventId, Failure> {
    let said = place.client()?.given::<Appkonto>(person, &place.site);
    Ok(said.await?.event_id().clone())
}

/// Fetches the proof: one file, for the auditor's own archive.
///
/// # Errors
/// There is no such event, or it was not covered by a checkpoint in time.
pub async fn fetch(place: &Place, event: &EventId) -> Result<Vec<u8>, Failure> {
    let auditor = Client::builder(&place.base_url, &place.auditor_key).build()?;
    Ok(auditor.proof(event).await?.to_bytes())
}

/// Verifies the file with the log's key alone. Returns a readable report, and the exit code of `samtycke verify`: 0 is
/// valid.
///
/// # Errors
/// The key is not valid.
pub fn check(file: &[u8], vkey: &str) -> Result<(String, u8), Failure> {
    let policy = Policy::parse(&format!("log {vkey}\nquorum none\n")).map_err(|e| e.to_string())?;
    let report = verify(file, &policy, None);
    Ok((report.to_string(), report.outcome.exit_code()))
}
