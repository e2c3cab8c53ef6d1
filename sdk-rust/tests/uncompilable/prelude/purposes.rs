// The common part of these programs: three purposes, and a function that stores.

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
