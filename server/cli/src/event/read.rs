//! The words of `samtycke event`, as the API has them.

use samtycke_core::actor::{Actor, Role, Verification};
use samtycke_core::age::AgeBand;
use samtycke_core::decision::Method;
use samtycke_core::event::kinds::{Fault, UnlinkCause};

use crate::arguments::word;

pub(super) fn verification(text: &str) -> Result<Verification, String> {
    word(text).ok_or_else(|| "must be self_declared, email_confirmed or eid".to_owned())
}

pub(super) fn band(text: &str) -> Result<AgeBand, String> {
    word(text).ok_or_else(|| "must be under_7, 7_12, 13, 14, 15, 16_17 or adult".to_owned())
}

pub(super) fn method(text: &str) -> Result<Method, String> {
    word(text).ok_or_else(|| {
        "must be button, toggle_save, signature, verbal_recorded, form or eid".to_owned()
    })
}

pub(super) fn unlink_cause(text: &str) -> Result<UnlinkCause, String> {
    word(text).ok_or_else(|| "must be custody_ended or link_wrong".to_owned())
}

pub(super) fn fault(text: &str) -> Result<Fault, String> {
    word(text).ok_or_else(|| "must be wrong_subject, wrong_purpose or evidence".to_owned())
}

/// A role and, after a colon, who. A person or a guardian acts through other commands and routes.
pub(super) fn actor(text: &str) -> Result<Actor, String> {
    let (role, reference) = match text.split_once(':') {
        Some((role, reference)) => (role, Some(reference.to_owned())),
        None => (text, None),
    };
    let role = word(role).filter(|role| !matches!(role, Role::Subject | Role::Guardian));
    let role = role.ok_or("must be controller, staff, authority or system")?;
    Ok(Actor {
        role,
        reference,
        verification: None,
    })
}
