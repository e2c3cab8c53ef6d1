//! Requests to witnesses over HTTP.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy as Redirects;
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use samtycke_core::bundle::policy::Party;
use samtycke_log::publish::witnesses::{COSIGN_WAIT, Carrier, Coming, Outcome, Reply};
use samtycke_tlog::witness::ANSWER_BYTES_MAX;

use super::WitnessError;
use crate::metrics::{Counter, Metrics};

/// How long an unused connection is kept: longer than a busy log's interval, shorter than most servers' own limit of a minute.
const IDLE: Duration = Duration::from_secs(30);

/// Carries requests over HTTP, on connections that are kept.
pub(super) struct HttpCarrier {
    http: reqwest::Client,
    /// For each witness, a counter for each outcome.
    counters: Vec<[Counter; Outcome::ALL.len()]>,
}

impl HttpCarrier {
    /// A client for these witnesses. Each of its counters is shown from the start.
    pub(super) fn new(witnesses: &[Party], metrics: &Metrics) -> Result<Self, WitnessError> {
        let is_https = |party: &Party| {
            let url = party.url.as_deref().unwrap_or_default();
            url.starts_with("https:")
        };
        let tls = tls(witnesses.iter().any(is_https))?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Redirects::none())
            // Whoever asks gives up before, and knows that it was slow.
            .timeout(2 * COSIGN_WAIT)
            .pool_idle_timeout(IDLE)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| WitnessError::Tls(error.without_url().to_string()))?;
        Ok(Self {
            http,
            counters: witnesses.iter().map(|one| counters(one, metrics)).collect(),
        })
    }

    async fn answer(&self, url: String, body: Option<String>) -> Result<Reply, reqwest::Error> {
        let request = match body {
            Some(body) => self.http.post(url).body(body),
            None => self.http.get(url),
        };
        let mut response = request.send().await?;
        let status = response.status().as_u16();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > ANSWER_BYTES_MAX {
                bytes.clear();
                break;
            }
        }
        // Bytes that are no text are no answer of this protocol.
        let body = String::from_utf8(bytes).unwrap_or_default();
        Ok(Reply { status, body })
    }
}

impl Carrier for HttpCarrier {
    fn send(&self, url: String, body: Option<String>) -> Coming<'_> {
        Box::pin(async move {
            let answer = self.answer(url, body).await;
            answer.map_err(|error| error.without_url().to_string())
        })
    }

    fn note(&self, witness: usize, outcome: Outcome) {
        let place = Outcome::ALL.iter().position(|one| *one == outcome);
        if let (Some(counters), Some(place)) = (self.counters.get(witness), place) {
            counters[place].increment();
        }
    }
}

/// TLS with ring, and the operating system's roots where a witness needs them: reading them takes a while.
fn tls(needs_roots: bool) -> Result<ClientConfig, WitnessError> {
    let bad = |error: rustls::Error| WitnessError::Tls(error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(bad)?;
    let builder = if needs_roots {
        builder.with_platform_verifier().map_err(bad)?
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

fn counters(witness: &Party, metrics: &Metrics) -> [Counter; Outcome::ALL.len()] {
    // A label lives as long as the process: at most 16 names, once a start.
    let name: &'static str = String::leak(witness.key.name().to_owned());
    Outcome::ALL.map(|outcome| {
        metrics.counter(
            "samtycke_witness_requests_total",
            "Times that a witness was asked to cosign a checkpoint, by what came of it.",
            &[("outcome", outcome.as_str()), ("witness", name)],
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects a server with witnesses behind HTTPS: its client is made with ring and the machine's roots.
    #[test]
    fn a_client_is_made_with_and_without_roots() {
        for needs_roots in [false, true] {
            let client =
                reqwest::Client::builder().tls_backend_preconfigured(tls(needs_roots).unwrap());
            assert!(client.build().is_ok(), "{needs_roots}");
        }
    }
}
