//! The backend of a help app for children. It cannot store an answer without a check, because storing takes a
//! [`Consented<Appsvar, Store>`](Consented), and only an allow of the server creates one.
//!
//! | route | who | what |
//! |---|---|---|
//! | `POST /account` | a child | `{"email": .., "yes": true}`: records the consent to an account and opens it |
//! | `POST /consent` | the child | `{"yes": ..}`: consents to storing answers, or withdraws |
//! | `POST /answers` | the child | `{"question": .., "answer": ..}`: stored only under a live, explicit consent |
//! | `GET /admin/children/{child}/answers` | staff | the child's answers, while the child's own consent is live |
//!
//! The address stays in this process: samtycke gets its HMAC. The app asks neither for the child's age nor for a
//! guardian, because the register says that this is a preventive service (GDPR recital 38).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use samtycke::id::{SiteId, SubjectId};
use samtycke::op::{Store, View};
use samtycke::pseudonym::Domain;
use samtycke::wire::RecordResponse;
use samtycke::{Client, Consented, Denied, Error};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::ommej::{Appkonto, Appsvar};
use crate::place::{Failure, Place};

/// The app's data: sessions, and answers by child. A real app has a database.
#[derive(Clone)]
pub struct App {
    samtycke: Client,
    site: SiteId,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    sessions: HashMap<String, SubjectId>,
    answers: HashMap<SubjectId, Vec<StoredAnswer>>,
}

/// An answer, with the evidence for its storage.
#[derive(Debug, Clone, Serialize)]
pub struct StoredAnswer {
    question: String,
    answer: String,
    /// [`samtycke::Evidence`]: for an auditor, who finds the event and its proof with it.
    evidence: String,
}

/// Creates the app, with this server.
///
/// # Errors
/// The address or the key is not valid.
pub fn app(place: &Place) -> Result<Router, Failure> {
    let app = App {
        samtycke: place.client()?,
        site: place.site.clone(),
        kept: Arc::default(),
    };
    Ok(Router::new()
        .route("/account", post(open_account))
        .route("/consent", post(decide))
        .route("/answers", post(answer))
        .route("/admin/children/{child}/answers", get(view))
        .with_state(app))
}

#[derive(Deserialize)]
struct Account {
    email: String,
    yes: bool,
}

/// A child opens an account and consents to it in the same request.
async fn open_account(State(app): State<App>, Json(account): Json<Account>) -> Answer<Response> {
    let person = app.samtycke.subject(Domain::Email, &account.email).await?;
    let child = person.subject;
    if account.yes {
        app.samtycke.given::<Appkonto>(&child, &app.site).await?;
    }
    // Only the server's state counts.
    let consented = app.samtycke.require::<Appkonto, Store>(&child).await?;
    let session = app.open_session(&consented)?;
    let opened = json!({"session": session, "child": child});
    Ok((StatusCode::CREATED, Json(opened)).into_response())
}

#[derive(Deserialize)]
struct Choice {
    yes: bool,
}

/// A child decides whether answers may be stored.
async fn decide(
    State(app): State<App>,
    headers: HeaderMap,
    Json(choice): Json<Choice>,
) -> Answer<Json<RecordResponse>> {
    let child = app.child(&headers)?;
    let said = if choice.yes {
        // The app asks about answers alone, so the consent is explicit.
        let said = app.samtycke.given::<Appsvar>(&child, &app.site);
        said.explicit().await?
    } else {
        app.samtycke.withdrawn::<Appsvar>(&child).await?
    };
    Ok(Json(said.into_response()))
}

#[derive(Deserialize)]
struct NewAnswer {
    question: String,
    answer: String,
}

/// A child answers a question, which needs a check each time.
async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    Json(new): Json<NewAnswer>,
) -> Answer<StatusCode> {
    let child = app.child(&headers)?;
    let consented = app.samtycke.require::<Appsvar, Store>(&child).await?;
    app.store(consented, new).await?;
    Ok(StatusCode::CREATED)
}

/// Staff read a child's answers. The data is the child's, so the check is about the child's consent, and a withdrawal
/// closes the view.
async fn view(
    State(app): State<App>,
    Path(child): Path<SubjectId>,
) -> Answer<Json<Vec<StoredAnswer>>> {
    let consented = app.samtycke.require::<Appsvar, View>(&child).await?;
    Ok(Json(app.answers(&consented)?))
}

impl App {
    /// The only way to store: the caller needs a permission, and the answer is stored for the checked person.
    async fn store(
        &self,
        mut consented: Consented<Appsvar, Store>,
        new: NewAnswer,
    ) -> Result<(), Denied> {
        let stored = StoredAnswer {
            question: new.question,
            answer: new.answer,
            evidence: consented.evidence().to_column(),
        };
        // Last before the commit: a withdrawal in the meantime counts.
        consented.ensure_fresh().await?;
        let child = consented.subject()?.clone();
        self.kept(|kept| kept.answers.entry(child).or_default().push(stored));
        Ok(())
    }

    fn answers(&self, consented: &Consented<Appsvar, View>) -> Result<Vec<StoredAnswer>, Denied> {
        let child = consented.subject()?;
        Ok(self.kept(|kept| kept.answers.get(child).cloned().unwrap_or_default()))
    }

    fn open_session(&self, consented: &Consented<Appkonto, Store>) -> Result<String, Refused> {
        let child = consented.subject()?.clone();
        // 74 bits are random, so an id cannot be guessed.
        let session = samtycke::clock::event_id()?.to_string();
        self.kept(|kept| kept.sessions.insert(session.clone(), child));
        Ok(session)
    }

    /// The child of a session.
    fn child(&self, headers: &HeaderMap) -> Result<SubjectId, Refused> {
        let session = headers.get(header::AUTHORIZATION);
        let session = session.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let session = session.unwrap_or_default();
        self.kept(|kept| kept.sessions.get(session).cloned())
            .ok_or(Refused::NoSession)
    }

    fn kept<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

type Answer<T> = Result<T, Refused>;

/// Why a request is rejected.
enum Refused {
    /// 403 with the reason, or 503 without a verdict.
    Denied(Denied),
    /// samtycke could not record, or could not be reached.
    Failed(Error),
    NoSession,
}

impl From<Denied> for Refused {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Denied(denied) => denied.into_response(),
            Self::NoSession => StatusCode::UNAUTHORIZED.into_response(),
            Self::Failed(error) if error.is_transient() => {
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
            Self::Failed(Error::Identifier(_)) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Self::Failed(_) => StatusCode::BAD_GATEWAY.into_response(),
        }
    }
}
