//! A job that writes to many people, and leaves out whoever has not said yes, or has said no while it ran.

use samtycke::decide::Op;
use samtycke::id::SubjectId;
use samtycke::pseudonym::Domain;
use samtycke::purpose::Unscoped;
use samtycke::reason::Reason;
use samtycke::{Client, Denied, Error};

use crate::omilon::UndersokningarPanelerNyhetsbrev as Newsletter;

/// Somebody on the list.
pub struct Reader {
    /// Where to write to. It stays in this process.
    pub address: String,
    subject: SubjectId,
}

/// The readers behind these addresses, each pseudonymised here.
///
/// # Errors
/// An address is none, or samtycke cannot be asked.
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

/// Writes to whoever wants it, and says who was left out and why. Each is asked about shortly before their turn, a hundred
/// in one request, and again where the job took longer than a permission lives.
pub async fn send(
    samtycke: &Client,
    readers: Vec<Reader>,
    write: impl Fn(&str),
) -> Vec<(String, Reason)> {
    let left_out: Vec<(Reader, Denied)> = samtycke
        .for_each_consented::<Newsletter, _>(
            readers,
            Op::Process,
            Unscoped,
            |reader| &reader.subject,
            async |reader, consented| {
                // Asks once more where the answer may not be relied on; the last thing before the letter is gone.
                consented.ensure_fresh().await?;
                write(&reader.address);
                Ok(())
            },
        )
        .await;
    let why = |(reader, denied): (Reader, Denied)| (reader.address, denied.reason());
    left_out.into_iter().map(why).collect()
}

/// Lets somebody say yes, as the sign-up form would.
///
/// # Errors
/// As [`Client::record`].
pub async fn subscribe(
    samtycke: &Client,
    site: &samtycke::id::SiteId,
    reader: &Reader,
) -> Result<(), Error> {
    crate::says::yes::<Newsletter>(samtycke, site, &reader.subject).await?;
    Ok(())
}

/// Lets somebody say no, as the link in every letter would.
///
/// # Errors
/// As [`Client::withdraw`].
pub async fn unsubscribe(samtycke: &Client, reader: &Reader) -> Result<(), Error> {
    crate::says::no::<Newsletter>(samtycke, &reader.subject).await?;
    Ok(())
}
