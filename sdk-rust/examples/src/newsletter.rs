//! A job that writes to many people, and skips those who did not consent or who withdraw while it runs.

use samtycke::id::{SiteId, SubjectId};
use samtycke::op::Process;
use samtycke::pseudonym::Domain;
use samtycke::purpose::Unscoped;
use samtycke::reason::Reason;
use samtycke::{Client, Denied, Error};

use crate::omilon::UndersokningarPanelerNyhetsbrevNyhetsbrev as Newsletter;

/// A reader on the list.
pub struct Reader {
    /// The address, which stays in this process.
    pub address: String,
    subject: SubjectId,
}

/// The readers of these addresses, each pseudonymised in this process.
///
/// # Errors
/// An address is not valid, or samtycke cannot be reached.
pub async fn readers(samtycke: &Client, addresses: &[&str]) -> Result<Vec<Reader>, Error> {
    let mut readers = Vec::with_capacity(addresses.len());
    for address in addresses {
        let subject = samtycke.subject(Domain::Email, address).await?.subject;
        readers.push(Reader {
            address: (*address).to_owned(),
            subject,
        });
    }
    Ok(readers)
}

/// Writes to the readers who consented, and returns who was skipped and why. It checks each reader shortly before their
/// turn, a hundred a request, and again if the job took longer than a permission lives.
pub async fn send(
    samtycke: &Client,
    readers: Vec<Reader>,
    write: impl Fn(&str),
) -> Vec<(String, Reason)> {
    let left_out: Vec<(Reader, Denied)> = samtycke
        .for_each_consented::<Newsletter, Process, _>(
            readers,
            Unscoped,
            |reader| &reader.subject,
            async |reader, consented| {
                // Checks again where the verdict may not be relied on; last before the letter is sent.
                consented.ensure_fresh().await?;
                write(&reader.address);
                Ok(())
            },
        )
        .await;
    let why = |(reader, denied): (Reader, Denied)| (reader.address, denied.reason());
    left_out.into_iter().map(why).collect()
}

/// Records a consent, as the sign-up form does.
///
/// # Errors
/// As [`Client::given`].
pub async fn subscribe(samtycke: &Client, site: &SiteId, reader: &Reader) -> Result<(), Error> {
    samtycke.given::<Newsletter>(&reader.subject, site).await?;
    Ok(())
}

/// Records a withdrawal, as the link in every letter does.
///
/// # Errors
/// As [`Client::withdrawn`].
pub async fn unsubscribe(samtycke: &Client, reader: &Reader) -> Result<(), Error> {
    samtycke.withdrawn::<Newsletter>(&reader.subject).await?;
    Ok(())
}
