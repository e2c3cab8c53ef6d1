//! The standings, each played by one subject against every purpose of a register, with one event per purpose.

use std::collections::BTreeMap;

use reqwest::Method;
use samtycke_core::id::PurposeId;
use samtycke_core::purpose::{Purpose, ScopeType};
use samtycke_core::register::Register;
use samtycke_server::clock::Clock as _;
use samtycke_tests::{Tenancy, World};
use serde_json::{Value, json};

use crate::support::together;

const DAY_MS: i64 = 86_400_000;

/// How a person stands to a purpose. What an event says about one purpose is said about each purpose of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// No event at all.
    Stranger,
    /// A notice was delivered that speaks of the purpose.
    Told,
    /// An adult consented, explicitly where that is needed, to the scope of the check.
    Consenting,
    /// Told, then objected.
    Objecting,
    /// An adult who was told, consented where that was asked, and withdrew.
    Withdrawn,
    /// A contract that carries the purpose is live.
    Contract,
    /// That contract ended two days ago.
    Former,
    /// The same, and the check is about reading.
    FormerReads,
    /// A child of 7 to 12 who was told, and consented where that was asked.
    Child,
    /// The same child, whose one guardian is linked by an eID and authorised it.
    Guardian,
}

pub(super) const STANDINGS: [Standing; 10] = [
    Standing::Stranger,
    Standing::Told,
    Standing::Consenting,
    Standing::Objecting,
    Standing::Withdrawn,
    Standing::Contract,
    Standing::Former,
    Standing::FormerReads,
    Standing::Child,
    Standing::Guardian,
];

impl Standing {
    /// Its heading in a table.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Told => "told",
            Self::Consenting => "consenting",
            Self::Objecting => "objecting",
            Self::Withdrawn => "withdrawn",
            Self::Contract => "contract",
            Self::Former => "former customer",
            Self::FormerReads => "former customer, read",
            Self::Child => "child",
            Self::Guardian => "guardian",
        }
    }

    fn is_child(self) -> bool {
        matches!(self, Self::Child | Self::Guardian)
    }
}

/// The scope that decisions and checks about a purpose have.
fn scope(register: &Register, purpose: &Purpose) -> Value {
    let below = |id: &PurposeId| register.purposes.iter().find(|p| p.id == *id);
    let dependencies = purpose.depends_on.iter().filter_map(below);
    let wanted = dependencies.chain([purpose]).map(|p| p.scope_type);
    match wanted.rev().find(|of| *of != ScopeType::None) {
        Some(ScopeType::Recipient) => json!({"recipient": "bygg-7"}),
        Some(ScopeType::Campaign) => {
            json!({"campaign": "spring", "medium": "photo", "surface": "web"})
        }
        Some(other) => panic!(
            "{} has a scope that no life plays: {}",
            purpose.id,
            other.as_str()
        ),
        None => json!({}),
    }
}

/// One subject on its way to a standing.
struct Life<'a> {
    world: &'a World,
    t: &'a Tenancy,
    register: &'a Register,
    subject: String,
    guardian: String,
    /// The last number of the stream that the sender has seen.
    seq: u64,
}

impl Life<'_> {
    /// Sends an event. An event that is refused names its reason.
    async fn send(&mut self, path: &str, mut body: Value) -> Result<Value, String> {
        body["event_id"] = self.world.event_id().into();
        body["subject"] = self.subject.clone().into();
        if path != "/v1/withdrawals" {
            body["based_on"] = self.seq.into();
        }
        let answer = self.world.post(path, &self.t.keys.service, &body).await;
        if answer.status == 422 {
            return Err(answer.json["reason"].as_str().expect("a reason").to_owned());
        }
        assert!(
            answer.status == 201 || answer.status == 200,
            "{path} {body}: {}",
            answer.text
        );
        self.seq = answer.json["seq"].as_u64().unwrap_or(self.seq);
        Ok(answer.json)
    }

    async fn event(&mut self, kind: &str, data: Value) -> Result<Value, String> {
        self.send("/v1/events", json!({"kind": kind, "data": data}))
            .await
    }

    async fn told(&mut self, purpose: &Purpose) -> Result<Value, String> {
        let data = json!({"notice": self.t.notice, "purposes": [purpose.id], "language": "sv"});
        self.event("notice.delivered", data).await
    }

    /// One decision of the person. A refusal is recorded whatever it meets.
    async fn decides(&mut self, purpose: &Purpose, word: &str) -> Result<Value, String> {
        let mut decision = json!({"purpose": purpose.id, "decision": word});
        let scope = scope(self.register, purpose);
        if purpose.scope_type != ScopeType::None {
            decision["scope"] = scope;
        }
        if word != "given" {
            return self
                .send("/v1/withdrawals", json!({"decisions": [decision]}))
                .await;
        }
        decision["explicit"] = purpose.needs_explicit_consent().into();
        let body = json!({"notice": self.t.notice, "language": "sv", "method": "button", "decisions": [decision]});
        self.send("/v1/consents", body).await
    }

    async fn authorised(&mut self, purpose: &Purpose) -> Result<Value, String> {
        let mut data = json!({"purpose": purpose.id, "explicit": purpose.needs_explicit_consent(),
            "notice": self.t.notice, "language": "sv", "method": "button"});
        if purpose.scope_type != ScopeType::None {
            data["scope"] = scope(self.register, purpose);
        }
        let actor = json!({"role": "guardian", "ref": self.guardian, "verification": "eid"});
        self.send(
            "/v1/events",
            json!({"kind": "guardian.authorised", "data": data, "actor": actor}),
        )
        .await
    }

    async fn contract(
        &mut self,
        purpose: &Purpose,
        number: usize,
        ends: bool,
    ) -> Result<Value, String> {
        let rfc3339 = samtycke_core::wire::format_rfc3339;
        let now = self.world.clock.now();
        let contract = format!("c-{number}");
        let data = json!({"contract": contract, "purposes": [purpose.id]});
        let begun = rfc3339(now - 30 * DAY_MS);
        let started = json!({"kind": "contract.started", "data": data, "effective_from": begun});
        let started = self.send("/v1/events", started).await?;
        if !ends {
            return Ok(started);
        }
        let data = json!({"contract": contract, "last_day": rfc3339(now - 2 * DAY_MS)[..10]});
        self.event("contract.ended", data).await
    }

    /// What happens before anything is said about a purpose.
    async fn begin(&mut self, standing: Standing) {
        let band = if standing.is_child() { "7_12" } else { "adult" };
        if standing.is_child() || matches!(standing, Standing::Consenting | Standing::Withdrawn) {
            let data = json!({"band": band, "verification": "eid"});
            self.event("age.band_set", data).await.expect("a band");
        }
        if standing == Standing::Guardian {
            let data = json!({"guardian": self.guardian, "verification": "eid", "holders": 1});
            self.event("guardian.linked", data)
                .await
                .expect("a guardian");
        }
    }

    /// What makes the standing towards one purpose; the reason if the event that makes it is refused.
    async fn stand(
        &mut self,
        standing: Standing,
        purpose: &Purpose,
        number: usize,
    ) -> Result<(), String> {
        let made = match standing {
            Standing::Stranger => return Ok(()),
            Standing::Told => self.told(purpose).await,
            Standing::Consenting => self.decides(purpose, "given").await,
            Standing::Objecting => {
                let _ = self.told(purpose).await;
                self.decides(purpose, "objected").await
            }
            Standing::Withdrawn => {
                let _ = self.told(purpose).await;
                let _ = self.decides(purpose, "given").await;
                self.decides(purpose, "withdrawn").await
            }
            Standing::Contract => self.contract(purpose, number, false).await,
            Standing::Former | Standing::FormerReads => self.contract(purpose, number, true).await,
            Standing::Child => {
                let _ = self.told(purpose).await;
                let _ = self.decides(purpose, "given").await;
                return Ok(());
            }
            Standing::Guardian => {
                let _ = self.told(purpose).await;
                let _ = self.decides(purpose, "given").await;
                self.authorised(purpose).await
            }
        };
        made.map(drop)
    }

    /// The verdicts about every purpose, in one request.
    async fn verdicts(&self, op: &str) -> Vec<String> {
        let question = |p: &Purpose| json!({"subject": self.subject, "purpose": p.id, "op": op, "scope": scope(self.register, p)});
        let checks: Vec<Value> = self.register.purposes.iter().map(question).collect();
        let batch = json!({"checks": checks});
        let answer = self
            .world
            .post("/v1/check/batch", &self.t.keys.service, &batch)
            .await
            .expect(200);
        let verdicts = answer.json["verdicts"].as_array().expect("verdicts").iter();
        verdicts.map(word).collect()
    }
}

fn word(verdict: &Value) -> String {
    let allows = if verdict["allow"] == true {
        "allow"
    } else {
        "deny"
    };
    format!("{allows} {}", verdict["reason"].as_str().expect("a reason"))
}

/// The column of one standing.
async fn column(
    world: &World,
    t: &Tenancy,
    register: &Register,
    standing: Standing,
) -> Vec<String> {
    let (subject, guardian) = (world.subject(), world.subject());
    let mut life = Life {
        world,
        t,
        register,
        subject,
        guardian,
        seq: 0,
    };
    life.begin(standing).await;
    let mut refused = Vec::new();
    for (number, purpose) in register.purposes.iter().enumerate() {
        refused.push(life.stand(standing, purpose, number).await.err());
    }
    let op = if standing == Standing::FormerReads {
        "read"
    } else {
        "process"
    };
    let verdicts = life.verdicts(op).await.into_iter().zip(refused);
    verdicts
        .map(|(verdict, refused)| refused.map_or(verdict, |reason| format!("n/a {reason}")))
        .collect()
}

/// Plays every standing.
pub(super) async fn table(world: &World, t: &Tenancy, register: &Register) -> super::Table {
    let campaign = json!({"ends_on": &samtycke_core::wire::format_rfc3339(world.clock.now() + 100 * DAY_MS)[..10],
        "media": ["photo"], "surfaces": ["web"], "advertising": true});
    let published = world.send(
        Method::PUT,
        "/v1/campaigns/spring",
        &t.keys.publisher,
        Some(&campaign),
    );
    published.await.expect(200);
    let columns = STANDINGS.into_iter().enumerate().map(|(at, standing)| {
        let column = column(world, t, register, standing);
        async move { (at, column.await) }
    });
    let columns: BTreeMap<usize, Vec<String>> = together(columns).await.into_iter().collect();
    let row = |i: usize| columns.values().map(|column| column[i].clone()).collect();
    register
        .purposes
        .iter()
        .enumerate()
        .map(|(i, p)| (p.id.to_string(), row(i)))
        .collect()
}
