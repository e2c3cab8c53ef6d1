//! Bodies that arrive slowly, or never.

use std::time::Duration;

use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Browser, announce};

const ANALYTICS: &str = "loomer.cookies-analys";

/// A request without its last byte.
struct Slow {
    stream: TcpStream,
    last: [u8; 1],
}

impl Slow {
    async fn send(world: &World, path: &str, headers: &[(&str, &str)], body: &Value) -> Self {
        let address = world.server.base_url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let body = body.to_string();
        let (last, most) = body.as_bytes().split_last().expect("a body");
        let headers: String = headers
            .iter()
            .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
            .collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{headers}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("written");
        stream.write_all(most).await.expect("written");
        Self {
            stream,
            last: [*last],
        }
    }

    /// The response after the last byte is sent.
    async fn finish(mut self) -> String {
        self.stream.write_all(&self.last).await.expect("written");
        self.answer().await
    }

    /// The response to what was sent so far.
    async fn answer(mut self) -> String {
        let mut answer = String::new();
        self.stream
            .read_to_string(&mut answer)
            .await
            .expect("an answer");
        answer
    }
}

/// Waits until the server reads this many bodies.
async fn until_coming(world: &World, queue: &'static str, callers: &'static str, count: i64) {
    let labels = [("queue", queue), ("callers", callers)];
    let gauge = world
        .server
        .app
        .metrics
        .gauge("samtycke_bodies_coming", "", &labels);
    let reached = async {
        while gauge.get() != count {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(20), reached).await;
    in_time.unwrap_or_else(|_| panic!("{queue}, {callers}: {} are coming", gauge.get()));
}

/// The headers that a page of the tenant's site sends.
fn page<'a>(t: &'a Tenancy, bearer: &'a str, me: &'a Browser) -> [(&'static str, &'a str); 3] {
    [
        ("authorization", bearer),
        ("origin", &t.web_origin),
        ("samtycke-capability", &me.capability),
    ]
}

both! {
    /// Protects other callers from slow senders: on every route that a page may call, an incomplete body holds no place
    /// among the open requests. Its sender still gets a response when the rest arrives.
    async fn a_body_that_is_still_coming_holds_no_place(world: World) {
        let mut world = world;
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        world.restart_with(|config| {
            (config.limits.in_flight_max, config.limits.withdrawals_in_flight_max) = (1, 1);
        }).await;
        let (bearer, me) = (format!("Bearer {}", t.keys.publishable), Browser::new());
        let headers = page(&t, &bearer, &me);
        let given = || world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        let refused = || json!({"event_id": world.event_id(), "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        let question = json!({"subject": me.subject, "purpose": ANALYTICS});
        let tallies = format!("/v1/banner/{}/tallies", t.keys.publishable);
        let tally = json!({"notice": t.notice, "choice": "refused"});

        let (mut slow, mut late) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            slow.push(Slow::send(&world, "/v1/consents", &headers, &given()).await);
            slow.push(Slow::send(&world, "/v1/check", &headers, &question).await);
            slow.push(Slow::send(&world, &tallies, &headers[1..2], &tally).await);
            late.push(Slow::send(&world, "/v1/withdrawals", &headers, &refused()).await);
        }
        until_coming(&world, "ordinary", "others", 9).await;
        until_coming(&world, "withdrawals", "others", 3).await;

        let subject = world.subject();
        world.check(&other, &subject, "omilon.statistik").await.expect(200);
        world.get("/", "").await.expect(200);
        let quick = world.consent(&t, &world.subject(), 0, &[(ANALYTICS, "given")]);
        world.post("/v1/consents", &t.keys.service, &quick).await.expect(201);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let you = Browser::new();
        let quick = world.consent(&t, &you.subject, 0, &[(ANALYTICS, "given")]);
        you.post(&world, &t, &t.web_origin, "/v1/consents", &quick).await.expect(201);
        you.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refused()).await.expect(201);

        for (slow, status) in slow.into_iter().zip([201, 200, 204].into_iter().cycle()) {
            let answer = slow.finish().await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        }
        for slow in late {
            let answer = slow.finish().await;
            assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        }
    }

    /// Protects memory, and callers that share an address with a slow sender: beyond one caller's bound its oldest body
    /// is dropped, and a fast one gets through. Other callers' bodies stay.
    async fn a_callers_oldest_slow_body_makes_room(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        world.restart_with(|config| config.limits.bodies_coming_per_caller_max = 2).await;
        let (bearer, me) = (format!("Bearer {}", t.keys.publishable), Browser::new());
        let headers = page(&t, &bearer, &me);
        let refused = || json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        let service = format!("Bearer {}", t.keys.service);
        let server = Slow::send(&world, "/v1/withdrawals", &[("authorization", &service)], &refused()).await;
        until_coming(&world, "withdrawals", "servers", 1).await;
        let first = Slow::send(&world, "/v1/withdrawals", &headers, &refused()).await;
        until_coming(&world, "withdrawals", "others", 1).await;
        let second = Slow::send(&world, "/v1/withdrawals", &headers, &refused()).await;
        until_coming(&world, "withdrawals", "others", 2).await;
        let third = Slow::send(&world, "/v1/withdrawals", &headers, &refused()).await;
        let answer = first.answer().await;
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("REQUEST_TIMEOUT"), "{answer}");
        assert!(answer.contains("\"allow\":false"), "{answer}");

        me.post(&world, &t, &t.web_origin, "/v1/withdrawals", &refused()).await.expect(200);
        let answer = second.answer().await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        for (slow, status) in [(third, 200), (server, 201)] {
            let answer = slow.finish().await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        }
    }

    /// Protects against senders without a key: the server does not wait for their body.
    async fn a_strangers_body_is_not_waited_for(world: World) {
        world.example("loomer").await;
        for path in ["/v1/consents", "/v1/withdrawals", "/v1/check", "/v1/keys", "/v1/tenants"] {
            let answer = announce(&world, path, "sk_service_made_up", 200).await;
            assert!(answer.starts_with("HTTP/1.1 401 "), "{path}: {answer}");
        }
    }
}
