//! The backends of the scenarios, and their shared helpers.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::fake::FakeConsent;
use samtycke::id::{EventId, NoticeHash, ScopeValue, SiteId, SubjectId};
use samtycke::keys::Secret;
use samtycke::reason::Reason;
use samtycke::scope::Scope;
use samtycke::wire::{
    CampaignRequest, CheckRequest, ConsentRequest, EventData, EventRequest, EventResponse,
    RecordResponse, WithdrawalRequest,
};
use samtycke::{Builder, Checked, Client, Error};
use samtycke_core::campaign::{Campaign, LastDay};
use samtycke_server::clock::{Clock as _, SystemClock, SystemRng, random};
use serde_json::{Value, json};

use crate::world::{Answer, TestClock, client};
use crate::{Tenancy, World};

/// A backend that answers as a server does, with [`register`](super::register::register) live and its notice on a site.
pub trait Backend: Send + Sync {
    /// The builder of a client with a service key and the lookup key.
    fn builder(&self) -> Builder;

    /// The builder of a client with a data protection officer's key.
    fn dpo(&self) -> Builder;

    /// The site that shows the notice.
    fn site(&self) -> SiteId;

    /// The backend's time in Unix milliseconds.
    fn now(&self) -> i64;

    /// Whether [`Self::advance`] works.
    fn has_clock(&self) -> bool;

    /// Moves the clock ahead, or back for a negative value.
    fn advance(&self, ms: i64);

    /// Publishes a campaign of photos, on the web and in print, that lives through this day.
    fn publish_campaign<'b>(
        &'b self,
        id: &'b ScopeValue,
        ends_on: LastDay,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>>;

    /// Publishes a register, and then its notice.
    fn publish<'b>(
        &'b self,
        register_toml: &'b str,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>>;
}

/// A backend with a client.
pub struct Place {
    /// The backend.
    pub backend: Box<dyn Backend>,
    /// A client that does not reuse verdicts.
    pub client: Client,
    /// The same of the data protection officer.
    pub officer: Client,
}

/// A server, reached through its API.
pub struct Api {
    /// The server's address.
    pub base_url: String,
    /// The service key.
    pub service: String,
    /// The editor's key, for drafts.
    pub editor: String,
    /// The publisher's key.
    pub publisher: String,
    /// The data protection officer's key.
    pub dpo: String,
    /// The lookup key.
    pub lookup_key: Secret,
    /// The tenant's site.
    pub site: String,
    /// The server's clock, where a test can reach it.
    pub clock: Option<Arc<TestClock>>,
}

impl Api {
    /// The server of a test world.
    pub async fn of(world: &World, t: &Tenancy) -> Self {
        let log = t.log.parse().expect("a log");
        let tenant = world.server.app.tenants.by_log(&log).await;
        let tenant = tenant.expect("a read").expect("the tenant");
        Self {
            base_url: world.server.base_url.clone(),
            service: t.keys.service.clone(),
            editor: t.keys.editor.clone(),
            publisher: t.keys.publisher.clone(),
            dpo: t.keys.dpo.clone(),
            lookup_key: tenant.secrets.lookup.clone(),
            site: t.site.clone(),
            clock: Some(world.clock.clone()),
        }
    }

    async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = client().post(format!("{}{path}", self.base_url));
        let request = request.bearer_auth(key).json(body);
        Answer::to(request).await
    }

    async fn go_live(&self, register_toml: &str) {
        let request = client()
            .put(format!("{}/v1/register", self.base_url))
            .bearer_auth(&self.editor)
            .header("content-type", "application/toml")
            .body(register_toml.to_owned());
        Answer::to(request).await.expect(200);
        // The notice follows at once.
        let unasked = json!({"unasked": true});
        self.post("/v1/register/publish", &self.publisher, &unasked)
            .await
            .expect(200);
        let added = self
            .post("/v1/notices", &self.editor, &json!({"site": self.site}))
            .await
            .expect(201);
        let path = format!(
            "/v1/notices/{}/publish",
            added.json["hash"].as_str().expect("a hash")
        );
        self.post(&path, &self.publisher, &json!({}))
            .await
            .expect(200);
    }
}

impl Backend for Api {
    fn builder(&self) -> Builder {
        Client::builder(&self.base_url, &self.service).lookup_key(self.lookup_key.clone())
    }

    fn dpo(&self) -> Builder {
        Client::builder(&self.base_url, &self.dpo)
    }

    fn publish_campaign<'b>(
        &'b self,
        id: &'b ScopeValue,
        ends_on: LastDay,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>> {
        let campaign = CampaignRequest {
            ends_on,
            media: vec![code("photo")],
            surfaces: vec![code("print"), code("web")],
            advertising: false,
        };
        Box::pin(async move {
            let publisher = Client::builder(&self.base_url, &self.publisher).build();
            let publisher = publisher.expect("a client");
            let published = publisher.put_campaign(id, &campaign).await;
            assert_eq!(published.expect("published").ends_on, ends_on);
        })
    }

    fn site(&self) -> SiteId {
        self.site.parse().expect("a site")
    }

    fn now(&self) -> i64 {
        self.clock
            .as_ref()
            .map_or_else(|| SystemClock.now(), |clock| clock.now())
    }

    fn has_clock(&self) -> bool {
        self.clock.is_some()
    }

    fn advance(&self, ms: i64) {
        self.clock.as_ref().expect("a clock").advance(ms);
    }

    fn publish<'b>(
        &'b self,
        register_toml: &'b str,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>> {
        Box::pin(self.go_live(register_toml))
    }
}

/// The fake server.
pub struct Double(pub FakeConsent);

impl Backend for Double {
    fn builder(&self) -> Builder {
        self.0.builder()
    }

    fn dpo(&self) -> Builder {
        self.0.dpo()
    }

    fn publish_campaign<'b>(
        &'b self,
        id: &'b ScopeValue,
        ends_on: LastDay,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>> {
        let campaign = Campaign {
            ends_at: ends_on.ends_at(),
            media: vec![code("photo")],
            surfaces: vec![code("print"), code("web")],
            advertising: false,
        };
        self.0.publish_campaign(id.clone(), campaign);
        Box::pin(async {})
    }

    fn site(&self) -> SiteId {
        self.0.site()
    }

    fn now(&self) -> i64 {
        self.0.clock().unix_ms()
    }

    fn has_clock(&self) -> bool {
        true
    }

    fn advance(&self, ms: i64) {
        self.0.clock().set(self.now() + ms);
    }

    fn publish<'b>(
        &'b self,
        register_toml: &'b str,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'b>> {
        self.0.publish_register(register_toml).expect("a register");
        self.0.publish_notice().expect("a notice");
        Box::pin(async {})
    }
}

impl Place {
    /// The scenarios' place on this backend.
    pub fn on(backend: impl Backend + 'static) -> Self {
        let client = backend.builder().reuse(false).build().expect("a client");
        let officer = backend.dpo().reuse(false).build().expect("a client");
        Self {
            backend: Box::new(backend),
            client,
            officer,
        }
    }

    /// A new person.
    pub fn person(&self) -> SubjectId {
        SubjectId::from_bytes(random(&SystemRng))
    }

    /// The hash of the shown notice.
    pub async fn notice(&self) -> NoticeHash {
        self.client
            .notice(&self.backend.site())
            .await
            .expect("a notice")
            .hash
    }

    /// A submission to that notice by a person who has seen everything up to `based_on`.
    pub async fn said(
        &self,
        person: &SubjectId,
        based_on: u64,
        decisions: Vec<Decision>,
    ) -> ConsentRequest {
        ConsentRequest {
            based_on: Some(based_on),
            ..ConsentRequest::new(
                event(),
                person.clone(),
                self.notice().await,
                "sv".parse().expect("a language"),
                Method::Button,
                decisions,
            )
        }
    }

    /// Records one decision.
    pub async fn say(&self, person: &SubjectId, based_on: u64, said: Decision) -> RecordResponse {
        let said = self.said(person, based_on, vec![said]).await;
        self.client.record(&said).await.expect("recorded")
    }

    /// Records one restrictive decision.
    pub async fn deny(&self, person: &SubjectId, said: Decision) -> RecordResponse {
        let said = WithdrawalRequest::new(event(), person.clone(), vec![said]);
        self.client.withdraw(&said).await.expect("recorded")
    }

    /// Records an event of the tenant's systems, which have seen everything up to `based_on`.
    pub async fn happens(
        &self,
        person: &SubjectId,
        based_on: u64,
        data: impl Into<EventData>,
    ) -> EventResponse {
        let request = happening(person, based_on, data);
        self.client.event(&request).await.expect("recorded")
    }

    /// Records an event of the data protection officer, who has seen everything up to `based_on`.
    pub async fn decided(
        &self,
        person: &SubjectId,
        based_on: u64,
        data: impl Into<EventData>,
    ) -> EventResponse {
        let request = happening(person, based_on, data);
        self.officer.event(&request).await.expect("recorded")
    }

    /// The reason of a check.
    pub async fn reason(&self, person: &SubjectId, purpose: &str) -> Reason {
        self.verdict(person, purpose).await.1
    }

    /// Checks one purpose.
    pub async fn ask(&self, person: &SubjectId, purpose: &str) -> Checked {
        self.client.check(&about(person, purpose)).await
    }

    /// The verdict: allow, reason, and whether the person may be asked.
    pub async fn verdict(&self, person: &SubjectId, purpose: &str) -> (bool, Reason, bool) {
        verdict(&self.ask(person, purpose).await)
    }
}

/// The verdict of a check, which must have one.
#[track_caller]
pub(super) fn verdict(checked: &Checked) -> (bool, Reason, bool) {
    assert_eq!(checked.error(), None);
    (checked.allow(), checked.reason(), checked.may_ask())
}

/// A check of a purpose without scope.
pub(super) fn about(person: &SubjectId, purpose: &str) -> CheckRequest {
    CheckRequest::about(person.clone(), purpose.parse().expect("a purpose"))
}

/// A decision about a purpose without scope.
pub(super) fn decide(purpose: &str, kind: DecisionKind) -> Decision {
    Decision::about(purpose.parse().expect("a purpose"), kind)
}

/// The same in a statement of its own.
pub(super) fn explicitly(purpose: &str) -> Decision {
    Decision {
        explicit: true,
        ..decide(purpose, DecisionKind::Given)
    }
}

/// The same with a scope.
pub(super) fn within(purpose: &str, scope: Scope, kind: DecisionKind) -> Decision {
    Decision {
        scope,
        ..decide(purpose, kind)
    }
}

/// An event that was not sent yet.
pub(super) fn happening(
    person: &SubjectId,
    based_on: u64,
    data: impl Into<EventData>,
) -> EventRequest {
    EventRequest {
        based_on: Some(based_on),
        ..EventRequest::new(event(), person.clone(), data)
    }
}

/// A code of the tenant.
pub(super) fn code(code: &str) -> ScopeValue {
    code.parse().expect("a code")
}

/// One recipient.
pub(super) fn recipient(code: &str) -> Scope {
    Scope::Recipient(code.parse().expect("a code"))
}

/// A new event id.
pub(super) fn event() -> EventId {
    samtycke::clock::event_id().expect("chance")
}

/// A problem: reason, status, and the wrong fields.
#[track_caller]
pub(super) fn problem(error: &Error) -> (String, u16, Vec<String>) {
    let Error::Problem(problem) = error else {
        panic!("no problem: {error:?}")
    };
    assert!(!problem.allow);
    let fields = problem
        .violations
        .iter()
        .map(|violation| violation.field.clone());
    (problem.reason.clone(), problem.status, fields.collect())
}

/// The expected problem with one wrong field.
pub(super) fn wrong(reason: &str, status: u16, field: &str) -> (String, u16, Vec<String>) {
    (reason.to_owned(), status, vec![field.to_owned()])
}
