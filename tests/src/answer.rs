//! HTTP responses, validated against the API's description.

use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::schema::DESCRIPTION;

/// A response with its whole body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body as text.
    pub text: String,
    /// Body as JSON; null if it is not JSON.
    pub json: Value,
}

impl Answer {
    /// Sends a request and reads the whole response, which must match the API's description.
    ///
    /// # Panics
    ///
    /// If there is no response, or it does not match the description.
    pub async fn to(request: reqwest::RequestBuilder) -> Self {
        let (client, request) = request.build_split();
        let request = request.expect("a request");
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let answer = Self::of(client.execute(request).await.expect("an answer")).await;
        let media = answer.headers.get("content-type");
        let media = media.and_then(|m| m.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default();
        let status = answer.status.as_u16();
        let described = DESCRIPTION.check_answer(&method, &path, status, media, &answer.json);
        if let Err(why) = described {
            panic!("{why}");
        }
        answer
    }

    /// Reads the whole response.
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self {
            status,
            headers,
            text,
            json,
        }
    }

    /// The response, which must have this status.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the assertion alone is use enough"
    )]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// The response, which must be a problem with this reason, and so a denial.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the assertion alone is use enough"
    )]
    pub fn expect_problem(self, status: u16, reason: &str) -> Self {
        assert_eq!(
            (self.status.as_u16(), self.json["reason"].as_str()),
            (status, Some(reason)),
            "{}",
            self.text
        );
        assert_eq!(self.json["allow"], false, "a problem denies: {}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self
    }
}
