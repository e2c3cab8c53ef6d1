//! `auditor demo.json`: see `samtycke_examples::audit`. Ends with the verifier's exit code.

use std::path::PathBuf;
use std::process::ExitCode;

use samtycke::pseudonym::Domain;
use samtycke_examples::audit::{check, fetch, something_to_prove};
use samtycke_examples::place::{Failure, Place};

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let demo = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "data/demo.json".into());
    let place = Place::of_demo(&PathBuf::from(demo), "ommej")?;
    let person = place
        .client()?
        .subject(Domain::Email, "kim@example.com")
        .await?;
    let event = something_to_prove(&place, &person.subject).await?;
    let file = fetch(&place, &event).await?;
    println!(
        "A proof of {} bytes. From here on nothing is asked of the server.\n",
        file.len()
    );
    let (report, code) = check(&file, &place.vkey)?;
    println!("{report}");
    Ok(ExitCode::from(code))
}
