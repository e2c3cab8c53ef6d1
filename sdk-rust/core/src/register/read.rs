//! Reads a whole register; [`super::read_purpose`] reads one purpose.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{
    Behaviour, Cookie, FORMAT, Lifetime, Recipient, Register, RegisterErrors, SourceKind,
    doc::{Complaints, Section, nearest, refuse_nul, table_json},
    keys, lint_checks,
    read_purpose::{self, Item},
};
use crate::{
    id::{Language, NoticeHash, PurposeId, TenantId},
    purpose::Category,
    retention::{CalendarDuration, Params},
};

/// The largest accepted file: forty times the largest known register.
const BYTES_MAX: usize = 1 << 20;

/// The implementation of [`Register::parse`].
pub(super) fn register(text: &str) -> Result<Register, RegisterErrors> {
    let mut complaints = Complaints::about(text);
    if text.len() > BYTES_MAX {
        complaints.add(1, "a register may be at most 1 MiB");
        complaints.finish()?;
        unreachable!("a complaint was just added");
    }
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let line = complaints.line(at);
            complaints.add(line, format!("not TOML: {}", error.message().trim()));
            return Err(complaints.finish().expect_err("a complaint was just added"));
        }
    };
    let root = Section::root(&document);
    root.only(&keys::ROOT, &mut complaints);
    check_format(&root, &mut complaints);
    refuse_nul(&document, &mut complaints);
    let Some(head) = root.table("register", &mut complaints) else {
        complaints.add(1, "[register] is missing");
        return Err(complaints.finish().expect_err("a complaint was just added"));
    };
    head.only(&keys::REGISTER, &mut complaints);

    let c = &mut complaints;
    let tenant = head.parsed("id", c, TenantId::parse);
    if tenant.is_none() {
        head.required("id", c);
    }
    let controller = head.required("controller", c);
    let language = head.parsed("language", c, Language::parse);
    let source_kind: Option<SourceKind> = head.word("source_kind", keys::SOURCE_KINDS, c);
    let dnt = read_dnt(&root, c);
    let params = read_params(&root, c);
    let recipients = read_recipients(&root, c);
    let items: Vec<Item> = root
        .tables("purpose", c)
        .into_iter()
        .filter_map(|section| read_purpose::purpose(&section, c))
        .collect();
    let cookies = read_cookies(&root, c);
    let behaviours = read_behaviours(&root, c);
    check_count(&head, items.len(), c);
    let index = read_index(&items, c);
    check_references(&items, &cookies, &index, c);
    let categories = read_categories(&root, &items, &index, c);

    let content = serde_json::Value::Object(table_json(&document));
    let head_texts = Head {
        source_title: head.text("source_title_sv", c),
        policy_version: head.text("policy_version", c),
        contact: head.text("contact", c),
        dpo_contact: head.text("dpo_contact", c),
        policy_url: head.text("policy_url", c),
        note: head.text("note", c),
        recipients_stated: head.flag("recipients_stated", c).unwrap_or(true),
        recipients_sv: head.texts("recipients_sv", c).unwrap_or_default(),
    };
    complaints.finish()?;

    let (sources, (purposes, texts)): (Vec<_>, (Vec<_>, Vec<_>)) = items
        .into_iter()
        .map(|item| (item.source, (item.purpose, item.text)))
        .unzip();
    let mut register = Register {
        tenant: tenant.expect("its absence is a complaint"),
        controller,
        language: language.unwrap_or_else(|| Language::parse("sv").expect("a language tag")),
        source_kind: source_kind.unwrap_or(SourceKind::Art30Table),
        source_title: head_texts.source_title,
        policy_version: head_texts.policy_version,
        contact: head_texts.contact,
        dpo_contact: head_texts.dpo_contact,
        policy_url: head_texts.policy_url,
        note: head_texts.note,
        recipients_stated: head_texts.recipients_stated,
        recipients_sv: head_texts.recipients_sv,
        dnt,
        purposes,
        texts,
        recipients,
        cookies,
        behaviours,
        params,
        categories,
        lints: Vec::new(),
        hash: NoticeHash::of(&canonical(&content)),
        content,
        index,
    };
    register.lints = lint_checks::lints(&register, &sources);
    lint_checks::mark_incomplete(&mut register);
    Ok(register)
}

/// The RFC 8785 bytes of the content.
pub(super) fn canonical(content: &serde_json::Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(content)
        .expect("the content has text, flags, lists and small whole numbers only")
}

struct Head {
    source_title: Option<String>,
    policy_version: Option<String>,
    contact: Option<String>,
    dpo_contact: Option<String>,
    policy_url: Option<String>,
    note: Option<String>,
    recipients_stated: bool,
    recipients_sv: Vec<String>,
}

fn check_format(root: &Section<'_>, c: &mut Complaints) {
    let format = root.required("format", c);
    if !format.is_empty() && format != FORMAT {
        let line = root.line_of("format", c);
        c.add(
            line,
            format!("format is \"{format}\"; this program reads \"{FORMAT}\""),
        );
    }
}

/// Compares the number of purposes to detect a truncated file.
fn check_count(head: &Section<'_>, found: usize, c: &mut Complaints) {
    if let Some(stated) = head.number("purposes", c)
        && u32::try_from(found) != Ok(stated)
    {
        let line = head.line_of("purposes", c);
        c.add(
            line,
            format!("says {stated} purposes, but the file has {found}"),
        );
    }
}

/// `[tenant]`: settings of the tenant that a register carries, because a person is told of them.
fn read_dnt(root: &Section<'_>, c: &mut Complaints) -> bool {
    let Some(section) = root.table("tenant", c) else {
        return false;
    };
    section.only(&keys::TENANT, c);
    section.flag("dnt", c).unwrap_or(false)
}

fn read_params(root: &Section<'_>, c: &mut Complaints) -> Params {
    let Some(section) = root.table("params", c) else {
        return Params::new();
    };
    let mut params = Params::new();
    for name in section.keys() {
        if let Some(value) = section.parsed(&name, c, CalendarDuration::parse) {
            params.insert(name, value);
        }
    }
    params
}

fn read_recipients(root: &Section<'_>, c: &mut Complaints) -> Vec<Recipient> {
    let mut recipients: Vec<Recipient> = Vec::new();
    for section in root.tables("recipient", c) {
        section.only(&keys::RECIPIENT, c);
        let id = section.required("id", c);
        if recipients.iter().any(|other| other.id == id) {
            c.add(section.line, format!("recipient `{id}` stands twice"));
        }
        let name = section.required("name", c);
        let contact = section.text("contact", c);
        let role = section.word("role", keys::ROLES, c);
        if role.is_none() {
            section.required("role", c);
        }
        let country = section.parsed("country", c, |text| {
            if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
                Ok(text.to_owned())
            } else {
                Err("is not a country code such as SE or US")
            }
        });
        let transfer = section
            .word("transfer", keys::TRANSFERS, c)
            .unwrap_or_default();
        let agreement = section.text("agreement", c);
        if let Some(role) = role {
            recipients.push(Recipient {
                id,
                name,
                contact,
                role,
                country,
                transfer,
                agreement,
                line: section.line,
            });
        }
    }
    recipients
}

fn read_cookies(root: &Section<'_>, c: &mut Complaints) -> Vec<Cookie> {
    let mut cookies = Vec::new();
    for section in root.tables("cookie", c) {
        section.only(&keys::COOKIE, c);
        let name = section.required("name", c);
        let purpose = section.parsed("purpose", c, PurposeId::parse);
        if purpose.is_none() {
            section.required("purpose", c);
        }
        let lifetime = section.parsed("lifetime", c, |text| match text {
            "session" => Ok(Lifetime::Session),
            _ => CalendarDuration::parse(text).map(Lifetime::For),
        });
        if lifetime.is_none() {
            section.required("lifetime", c);
        }
        let party = section.parsed("first_or_third_party", c, |text| {
            if keys::PARTIES.contains(&text) {
                Ok(text == "third")
            } else {
                Err("is not one of first, third")
            }
        });
        let cookie = (purpose, lifetime);
        let rest = (
            section.text("recipient", c),
            section.flag("strictly_necessary", c).unwrap_or(false),
            section
                .word("terminal", keys::TERMINALS, c)
                .unwrap_or_default(),
        );
        if let (Some(purpose), Some(lifetime)) = cookie {
            cookies.push(Cookie {
                name,
                purpose,
                lifetime,
                third_party: party.unwrap_or(false),
                recipient: rest.0,
                strictly_necessary: rest.1,
                terminal: rest.2,
                line: section.line,
            });
        }
    }
    cookies
}

fn read_behaviours(root: &Section<'_>, c: &mut Complaints) -> Vec<Behaviour> {
    let sections = root.tables("behaviour", c);
    sections
        .into_iter()
        .map(|section| {
            section.only(&keys::BEHAVIOUR, c);
            Behaviour {
                id: section.required("id", c),
                means_en: section.required("means_en", c),
                words_sv: section.texts("words_sv", c).unwrap_or_default(),
                line: section.line,
            }
        })
        .collect()
}

fn read_index(items: &[Item], c: &mut Complaints) -> BTreeMap<PurposeId, usize> {
    let mut index = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let id = &item.purpose.id;
        if let Some(first) = index.insert(id.clone(), at) {
            let line = items[first].text.line;
            c.add(
                item.text.line,
                format!("purpose `{id}` stands twice, first on line {line}"),
            );
        }
    }
    index
}

/// Checks that ids in `depends_on`, `parts` and cookies are purposes of the file.
fn check_references(
    items: &[Item],
    cookies: &[Cookie],
    index: &BTreeMap<PurposeId, usize>,
    c: &mut Complaints,
) {
    let mut known = |line, what, id: &PurposeId| check_known(line, what, id.as_str(), index, c);
    for item in items {
        for id in &item.purpose.depends_on {
            known(item.source.depends_on_line, "depends_on:", id);
        }
        for id in &item.purpose.parts {
            known(item.source.parts_line, "parts:", id);
        }
    }
    for cookie in cookies {
        known(cookie.line, "cookie: purpose", &cookie.purpose);
    }
}

fn check_known(
    line: u32,
    what: &str,
    id: &str,
    index: &BTreeMap<PurposeId, usize>,
    c: &mut Complaints,
) {
    if !index.keys().any(|known| known.as_str() == id) {
        let hint = nearest(id, index.keys().map(PurposeId::as_str))
            .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("{what} `{id}` is not a purpose of this file{hint}");
        c.add(line, message);
    }
}

/// Reads `[categories]`: purpose id to category. A purpose that needs consent cannot be `necessary`, because it would
/// then run without a question.
fn read_categories(
    root: &Section<'_>,
    items: &[Item],
    index: &BTreeMap<PurposeId, usize>,
    c: &mut Complaints,
) -> BTreeMap<PurposeId, Category> {
    let mut categories = BTreeMap::new();
    let Some(section) = root.table("categories", c) else {
        return categories;
    };
    for name in section.keys() {
        let line = section.line_of(&name, c);
        check_known(line, "categories:", &name, index, c);
        let category: Option<Category> = section.word(&name, keys::CATEGORIES, c);
        let item = PurposeId::parse(&name).ok();
        let item = item.and_then(|id| Some(&items[*index.get(&id)?].purpose));
        if let (Some(category), Some(purpose)) = (category, item) {
            let asked = purpose.asks_consent();
            if category == Category::Necessary && asked {
                let message = format!("`{name}` asks for consent, so it is not necessary");
                c.add(line, message);
            }
            categories.insert(purpose.id.clone(), category);
        }
    }
    categories
}
