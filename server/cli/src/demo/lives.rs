//! The invented people whose day can be followed: their script is `lives.json`, and the demo plays it over the API.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use samtycke_core::id::{EventId, SubjectId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::day::{Dice, MINUTE_MS};
use super::diary;
use super::file::DemoTenant;
use crate::Failure;
use crate::provision::RoleKeys;
use samtycke_server::clock::{UnixMs, random};
use samtycke_server::home;

/// Seed of the people's subjects: each is the same in every demo.
const SEED: u64 = 7_000_003;
/// The largest response that a step reads; bytes.
const RESPONSE_BYTES_MAX: usize = 1 << 20;

/// The script.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    people: Vec<Person>,
    steps: Vec<Deed>,
}

/// A person whose day can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    /// The tenant's short name.
    pub(super) tenant: String,
    /// The script's name of the person.
    pub(super) code: String,
    /// The subject.
    #[serde(default)]
    pub(super) subject: String,
    /// Who it is, in Swedish.
    pub(super) sv: String,
    /// Who it is, in English.
    pub(super) en: String,
    /// What to look at, in Swedish.
    pub(super) about_sv: String,
    /// What to look at, in English.
    pub(super) about_en: String,
}

impl Person {
    /// The person on the page at `/`.
    pub(super) fn on_the_page(&self) -> home::Person {
        home::Person {
            tenant: self.tenant.clone(),
            href: format!("{}{}", diary::PATH, self.subject),
            name_sv: self.sv.clone(),
            name_en: self.en.clone(),
            about_sv: self.about_sv.clone(),
            about_en: self.about_en.clone(),
        }
    }
}

/// One request of the script. In `body` and in the path, words in braces stand for what the day has made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deed {
    tenant: String,
    #[serde(default)]
    who: String,
    /// Minutes after the beginning of the day.
    after: i64,
    /// The role of the key; absent on a link's page, which takes none.
    by: Option<Role>,
    post: Option<String>,
    put: Option<String>,
    #[serde(default)]
    body: Value,
    form: Option<String>,
    /// Name under which later steps find the response's event or link.
    r#as: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Service,
    Dpo,
    Publisher,
}

impl Role {
    fn key(self, keys: &RoleKeys) -> &str {
        match self {
            Self::Service => &keys.service,
            Self::Dpo => &keys.dpo,
            Self::Publisher => &keys.publisher,
        }
    }
}

impl Script {
    /// The script in the binary.
    pub(super) fn read() -> Self {
        serde_json::from_str(include_str!("lives.json")).expect("the script is valid")
    }

    /// A tenant's steps with their times, in order.
    pub(super) fn of(&self, tenant: &str, start: UnixMs) -> Vec<(UnixMs, Deed)> {
        let steps = self.steps.iter().filter(|deed| deed.tenant == tenant);
        let mut steps: Vec<(UnixMs, Deed)> = steps
            .map(|deed| (start + deed.after * MINUTE_MS, deed.clone()))
            .collect();
        steps.sort_by_key(|(at, _)| *at);
        steps
    }

    /// A tenant's people, with their subjects.
    pub(super) fn people(&self, tenant: &str) -> Vec<Person> {
        let of = self.people.iter().filter(|person| person.tenant == tenant);
        of.map(|person| Person {
            subject: subject(&person.code).to_string(),
            ..person.clone()
        })
        .collect()
    }
}

/// The subject of a person of the script.
fn subject(code: &str) -> SubjectId {
    let seed = code.bytes().fold(SEED, |seed, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    SubjectId::from_bytes(random(&Dice::new(seed)))
}

/// Plays the steps of one tenant.
pub(super) struct Stage {
    pub(super) router: Router,
    /// What later steps find: `event:x` and `link:x`.
    made: BTreeMap<String, String>,
}

impl Stage {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            made: BTreeMap::new(),
        }
    }

    /// The path of a link that the day has made.
    pub(super) fn link(&self, name: &str) -> Option<String> {
        self.made.get(&format!("link:{name}")).cloned()
    }

    /// Sends one step's request at this time.
    pub(super) async fn play(
        &mut self,
        tenant: &DemoTenant,
        deed: &Deed,
        now: UnixMs,
    ) -> Result<(), Failure> {
        let words = self.words(tenant, now);
        let (method, path) = match (&deed.post, &deed.put) {
            (Some(path), _) => (Method::POST, path),
            (None, Some(path)) => (Method::PUT, path),
            (None, None) => return Err(Failure::new("a step of the script has no path")),
        };
        let path = filled(path, &words);
        let mut request = Request::builder().method(method.clone()).uri(&path);
        // The page of a link counts its requests by the peer.
        request = request.extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 0))));
        if let Some(role) = deed.by {
            let key = format!("Bearer {}", role.key(&tenant.keys));
            request = request.header(header::AUTHORIZATION, key);
        }
        let (media, body) = match &deed.form {
            Some(form) => ("application/x-www-form-urlencoded", form.clone()),
            None => ("application/json", body(deed, &path, now, &words)),
        };
        let request = request
            .header(header::CONTENT_TYPE, media)
            .header(header::HOST, "127.0.0.1")
            .body(Body::from(body))
            .map_err(|error| Failure::new(error.to_string()))?;
        let (status, answer) = self.send(request).await?;
        if !(status.is_success() || status == StatusCode::SEE_OTHER) {
            return Err(Failure::new(format!(
                "the demo's {method} {path} got {status}: {answer}"
            )));
        }
        self.note(deed, &answer);
        Ok(())
    }

    async fn send(&self, request: Request<Body>) -> Result<(StatusCode, String), Failure> {
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status();
        let bytes = to_bytes(response.into_body(), RESPONSE_BYTES_MAX).await;
        let bytes = bytes.map_err(|error| Failure::new(error.to_string()))?;
        Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn note(&mut self, deed: &Deed, answer: &str) {
        let Some(name) = &deed.r#as else { return };
        let answer: Value = serde_json::from_str(answer).unwrap_or_default();
        if let Some(event) = answer["event_id"].as_str() {
            self.made.insert(format!("event:{name}"), event.to_owned());
        }
        let path = answer["url"]
            .as_str()
            .and_then(|url| Some(url[url.find("/l/")?..].to_owned()));
        if let Some(path) = path {
            self.made.insert(format!("link:{name}"), path);
        }
    }

    /// What the words in braces stand for.
    fn words(&self, tenant: &DemoTenant, now: UnixMs) -> BTreeMap<String, String> {
        let mut words = self.made.clone();
        words.insert("notice".into(), tenant.notice.clone());
        for code in ["picture", "phone", "guardian"] {
            words.insert(format!("subject:{code}"), subject(code).to_string());
        }
        let today = day_in_stockholm(now);
        let days = [
            ("day_before", today.yesterday().ok()),
            ("year_ago", today.checked_sub(1.year()).ok()),
            ("year_ahead", today.checked_add(1.year()).ok()),
        ];
        for (name, day) in days {
            words.insert(name.into(), day.unwrap_or(today).to_string());
        }
        words
    }
}

/// The body with the event's id and subject, where the route takes them.
fn body(deed: &Deed, path: &str, now: UnixMs, words: &BTreeMap<String, String>) -> String {
    let mut body = deed.body.clone();
    let records = ["/v1/events", "/v1/consents", "/v1/withdrawals"];
    if records.iter().any(|route| path.starts_with(route)) {
        let seed = u64::try_from(now).unwrap_or_default();
        let id = EventId::from_parts(now, random(&Dice::new(seed)));
        body["event_id"] = json!(id.to_string());
        body["subject"] = json!(subject(&deed.who).to_string());
    } else if path == "/v1/links" {
        body["subject"] = json!(subject(&deed.who).to_string());
    }
    filled(&body.to_string(), words)
}

fn filled(text: &str, words: &BTreeMap<String, String>) -> String {
    words.iter().fold(text.to_owned(), |text, (word, value)| {
        text.replace(&format!("{{{word}}}"), value)
    })
}

fn day_in_stockholm(at: UnixMs) -> Date {
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let instant = Timestamp::from_millisecond(at).unwrap_or_default();
    instant.to_zoned(zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtycke_core::wire::EventData;

    #[test]
    fn the_script_has_steps_for_each_person_of_five_tenants() {
        let script = Script::read();
        let mut tenants: Vec<&str> = script.people.iter().map(|p| p.tenant.as_str()).collect();
        for person in &script.people {
            assert!(
                script.steps.iter().any(|deed| deed.who == person.code),
                "{}",
                person.code
            );
        }
        tenants.dedup();
        assert_eq!(tenants.len(), 5);
    }

    /// Protects the demo's breadth: it shows what a server does beyond consents.
    #[test]
    fn the_script_plays_most_kinds_of_events() {
        let script = Script::read();
        let plays = |kind: &&&str| script.steps.iter().any(|deed| deed.body["kind"] == **kind);
        let played = EventData::WORDS.iter().filter(plays).count();
        assert!(played >= 12, "{played}");
    }
}
