// Compiles: what the others do wrongly, done rightly.

use samtycke::purpose::{Many, Once, Purpose, Recipient, Unscoped};
use samtycke::{Client, Consented, Denied, id::SubjectId};

pub enum Answers {}

impl Purpose for Answers {
    const ID: &'static str = "example.answers";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = Unscoped;
    type Uses = Many;
}

pub enum News {}

impl Purpose for News {
    const ID: &'static str = "example.news";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Unscoped;
    type Uses = Many;
}

pub enum Forward {}

impl Purpose for Forward {
    const ID: &'static str = "example.forward";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Recipient;
    type Uses = Once;
}

pub fn store(consented: Consented<Answers>, _answer: &str) -> Result<(), Denied> {
    let _ = consented.subject()?;
    Ok(())
}

pub async fn asks(samtycke: Client, child: SubjectId, company: Recipient) -> Result<(), Denied> {
    let consented = samtycke.require::<Answers>(&child).await?;
    let _ = consented.evidence().to_column();
    store(consented, "So so")?;
    let mut once = samtycke.require_in::<Forward>(&child, company).await?;
    let spent = once.spend().await?;
    let _ = spent.subject();
    samtycke
        .require::<News>(&child)
        .scoped(async |mut held| {
            held.ensure_fresh().await?;
            Ok(held.subject()?.clone())
        })
        .await?;
    Ok(())
}

fn main() {}
