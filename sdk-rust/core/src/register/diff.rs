//! The differences between two registers, and their significance for people who have consented.
//!
//! The class is a proposal. An editor may raise it, but never lower it below `material_consent` (law.md T14). These
//! changes need consent again: a new recipient, a new category of data, a longer retention, another basis, check or
//! scope, and a change to special category, marketing or sharing. If each service is asked for separately, a new
//! service needs only a notice: it has its own question, and the other grants remain. Another purpose text, fewer
//! recipients or a shorter retention need only a notice. Changes of titles, notes and translations are editorial.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Cookie, PurposeText, Register,
    diff_fields::{Changes, compare, json_word},
};
use crate::{
    id::{NoticeHash, PurposeId},
    notice::ChangeClass,
    purpose::{Category, Purpose},
    retention::Rule,
};

/// Whether a change permits more or less than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Less: the change takes effect before it is acknowledged, like every restriction.
    Narrows,
    /// As much as before, or unknown.
    Neutral,
    /// More than before.
    Widens,
}

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field's place in the file, or its effect: `analysis.retention`.
    pub path: &'static str,
    /// The old value; empty if absent.
    pub old: String,
    /// The new value; empty if absent.
    pub new: String,
    /// The proposed class.
    pub class: ChangeClass,
    /// Whether the change permits more or less.
    pub effect: Effect,
}

/// A changed purpose of both registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurposeChange {
    /// The purpose.
    pub id: PurposeId,
    /// The changed fields; never empty.
    pub changes: Vec<Change>,
}

impl PurposeChange {
    /// The most significant class of its changes.
    pub fn class(&self) -> ChangeClass {
        let classes = self.changes.iter().map(|change| change.class);
        classes.max().unwrap_or(ChangeClass::Editorial)
    }

    /// Whether a change permits less than before.
    pub fn narrows(&self) -> bool {
        self.changes
            .iter()
            .any(|change| change.effect == Effect::Narrows)
    }
}

/// The differences between two registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// Content hash of the old register.
    pub old: NoticeHash,
    /// Content hash of the new register.
    pub new: NoticeHash,
    /// Changes to the register as a whole. One of class `material_consent` affects every purpose.
    pub register: Vec<Change>,
    /// Added purposes.
    pub added: Vec<PurposeId>,
    /// Removed purposes: their checks deny with PURPOSE_UNKNOWN.
    pub removed: Vec<PurposeId>,
    /// Changed purposes.
    pub changed: Vec<PurposeChange>,
}

impl Diff {
    /// Whether the registers are equal.
    pub fn is_empty(&self) -> bool {
        self.register.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
    }

    /// The proposed class of each changed or added purpose of the new register. A new purpose has class
    /// `material_notice`; it has no consents that could become stale.
    pub fn classes(&self) -> BTreeMap<PurposeId, ChangeClass> {
        let added = self
            .added
            .iter()
            .map(|id| (id.clone(), ChangeClass::MaterialNotice));
        let changed = self
            .changed
            .iter()
            .map(|change| (change.id.clone(), change.class()));
        added.chain(changed).collect()
    }

    /// As [`Self::classes`], with a purpose that returns compared with the register that had it last: people may still
    /// have consented to it, and its id could not be used for another meaning. `last` finds that register.
    pub fn classes_with_returned<'r>(
        &self,
        new: &Register,
        last: impl Fn(&PurposeId) -> Option<&'r Register>,
    ) -> BTreeMap<PurposeId, ChangeClass> {
        let mut classes = self.classes();
        for id in &self.added {
            let since = last(id).and_then(|old| diff(old, new).classes().remove(id));
            let class = classes.entry(id.clone()).or_insert(ChangeClass::Editorial);
            *class = (*class).max(since.unwrap_or(ChangeClass::Editorial));
        }
        classes
    }

    /// The changed purposes whose question, as people answered it, permits less than the new register says. A change
    /// that only narrows is not among them: what was answered covers it.
    pub fn outgrown(&self) -> impl Iterator<Item = &PurposeId> {
        let outgrows = |change: &Change| {
            change.class == ChangeClass::MaterialConsent && change.effect != Effect::Narrows
        };
        let changed = self.changed.iter();
        changed
            .filter(move |purpose| purpose.changes.iter().any(outgrows))
            .map(|purpose| &purpose.id)
    }

    /// The purposes that permit less than before, including removed ones.
    pub fn narrowed(&self) -> BTreeSet<PurposeId> {
        let changed = self.changed.iter().filter(|change| change.narrows());
        let changed = changed.map(|change| change.id.clone());
        changed.chain(self.removed.iter().cloned()).collect()
    }

    /// The purposes whose consents become stale. The server counts the live consents.
    pub fn must_ask_again(&self) -> Vec<PurposeId> {
        let classes = self.classes();
        let stale = classes
            .into_iter()
            .filter(|(_, class)| *class == ChangeClass::MaterialConsent);
        stale.map(|(id, _)| id).collect()
    }
}

/// Compares two registers of one controller.
pub fn diff(old: &Register, new: &Register) -> Diff {
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    let register = head(old, new);
    for (purpose, text) in new.entries() {
        match (old.purpose(&purpose.id), old.text(&purpose.id)) {
            (Some(was), Some(was_text)) => {
                let before = Side::of(old, was, was_text);
                let after = Side::of(new, purpose, text);
                let mut changes = compare(&before, &after);
                let gravest = |change: &&Change| change.class == ChangeClass::MaterialConsent;
                changes.extend(register.iter().filter(gravest).cloned());
                if changes.is_empty() && written(old, &purpose.id) != written(new, &purpose.id) {
                    changes.push(Change {
                        path: "other",
                        old: "notes, order or defaults written out".to_owned(),
                        new: "the same in effect".to_owned(),
                        class: ChangeClass::Editorial,
                        effect: Effect::Neutral,
                    });
                }
                if !changes.is_empty() {
                    let id = purpose.id.clone();
                    changed.push(PurposeChange { id, changes });
                }
            }
            _ => added.push(purpose.id.clone()),
        }
    }
    let gone = old
        .purposes
        .iter()
        .filter(|purpose| new.purpose(&purpose.id).is_none());
    let removed = gone.map(|purpose| purpose.id.clone()).collect();
    Diff {
        old: old.hash.clone(),
        new: new.hash.clone(),
        register,
        added,
        removed,
        changed,
    }
}

/// The purpose and its category as the file states them.
fn written<'a>(
    register: &'a Register,
    id: &PurposeId,
) -> Option<(&'a serde_json::Value, Option<&'a Category>)> {
    let purpose = register.content["purpose"].get(*register.index.get(id)?)?;
    Some((purpose, register.categories.get(id)))
}

/// One purpose with everything that it takes from the rest of its register.
pub(super) struct Side<'a> {
    pub(super) purpose: &'a Purpose,
    pub(super) text: &'a PurposeText,
    pub(super) recipients: Vec<String>,
    pub(super) rules: Vec<Rule>,
    pub(super) cookies: Vec<&'a Cookie>,
    pub(super) category: Category,
}

impl<'a> Side<'a> {
    fn of(register: &'a Register, purpose: &'a Purpose, text: &'a PurposeText) -> Self {
        let declared = text
            .recipients
            .iter()
            .map(|id| match register.recipient(id) {
                Some(r) => format!(
                    "{} ({}, {}, transfer {})",
                    r.name,
                    json_word(&r.role),
                    r.country.as_deref().unwrap_or("country not stated"),
                    json_word(&r.transfer)
                ),
                None => id.clone(),
            });
        let stated = text.recipients_sv.iter().chain(&register.recipients_sv);
        let cookies = register
            .cookies
            .iter()
            .filter(|cookie| cookie.purpose == purpose.id);
        Self {
            purpose,
            text,
            recipients: declared.chain(stated.cloned()).collect(),
            rules: purpose
                .retention
                .iter()
                .filter_map(|rule| in_effect(register, &rule.rule))
                .collect(),
            cookies: cookies.collect(),
            category: register.category(&purpose.id),
        }
    }
}

/// A rule with the controller's parameter values filled in.
fn in_effect(register: &Register, rule: &str) -> Option<Rule> {
    let mut text = rule.to_owned();
    for (name, value) in &register.params {
        for end in [",", ")"] {
            text = text.replace(&format!("PARAM:{name}{end}"), &format!("{value}{end}"));
        }
    }
    Rule::parse(&text).ok()
}

fn head(old: &Register, new: &Register) -> Vec<Change> {
    let mut out = Changes(Vec::new());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    out.text(
        "register.controller",
        &old.controller,
        &new.controller,
        ChangeClass::MaterialConsent,
    );
    for (path, was, now, class) in [
        (
            "register.contact",
            &old.contact,
            &new.contact,
            ChangeClass::MaterialNotice,
        ),
        (
            "register.dpo_contact",
            &old.dpo_contact,
            &new.dpo_contact,
            ChangeClass::MaterialNotice,
        ),
        (
            "register.policy_version",
            &old.policy_version,
            &new.policy_version,
            ChangeClass::Editorial,
        ),
        (
            "register.policy_url",
            &old.policy_url,
            &new.policy_url,
            ChangeClass::Editorial,
        ),
        (
            "register.source_title_sv",
            &old.source_title,
            &new.source_title,
            ChangeClass::Editorial,
        ),
        (
            "register.note",
            &old.note,
            &new.note,
            ChangeClass::Editorial,
        ),
    ] {
        out.text(path, &text(was), &text(now), class);
    }
    let dnt = |register: &Register| register.dnt.to_string();
    out.text(
        "tenant.dnt",
        &dnt(old),
        &dnt(new),
        ChangeClass::MaterialNotice,
    );
    let contacts = |register: &Register| -> String {
        let all = register.recipients.iter();
        let named = all.filter_map(|r| Some(format!("{}: {}", r.id, r.contact.as_ref()?)));
        named.collect::<Vec<_>>().join("; ")
    };
    out.text(
        "recipient.contact",
        &contacts(old),
        &contacts(new),
        ChangeClass::Editorial,
    );
    let promises = |register: &Register| -> Vec<String> {
        register
            .behaviours
            .iter()
            .map(|b| format!("{}: {}", b.id, b.means_en))
            .collect()
    };
    out.text(
        "behaviour",
        &promises(old).join("; "),
        &promises(new).join("; "),
        ChangeClass::MaterialNotice,
    );
    out.0
}
