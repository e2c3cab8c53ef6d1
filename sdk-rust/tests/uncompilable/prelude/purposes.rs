// The common part of these programs: four purposes, and functions that store, publish and mail.

use samtycke::op::{self, Process, Publish, Store, View};
use samtycke::purpose::{Campaign, Many, Once, Purpose, Recipient, Unscoped};
use samtycke::{Client, Consented, Denied, Spent, id::SubjectId};

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

pub enum Photo {}

impl Purpose for Photo {
    const ID: &'static str = "example.photo";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Campaign;
    type Uses = Many;
}

pub fn store(consented: Consented<Answers, Store>, _answer: &str) -> Result<(), Denied> {
    let _ = consented.subject()?;
    Ok(())
}

pub fn publish(consented: Consented<Photo, Publish>, place: &Campaign) -> Result<(), Denied> {
    let _ = consented.subject_for(place)?;
    Ok(())
}

pub fn mail(spent: Spent<Forward>) -> Result<(), Denied> {
    let (_person, Recipient(_address)) = spent.take()?;
    Ok(())
}
