//! The client's offline queue with a real server (decisions.md 7).

use std::time::Duration;

use samtycke::Client;
use samtycke::decision::{Decision, DecisionKind, Method, SupersededReason};
use samtycke::id::{PurposeId, SubjectId};
use samtycke::queue::{Flushed, Queue};
use samtycke::scope::Scope;
use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
use samtycke_tests::{Tenancy, World, both};
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};

const PURPOSE: &str = "loomer.cookies-analys";
const OTHER: &str = "loomer.cookies-tredjepart";
const DAY_MS: i64 = 86_400_000;

/// A device of one person, with a queue.
struct Device<'w> {
    world: &'w World,
    t: Tenancy,
    client: Client,
    subject: SubjectId,
    queue: Queue,
    folder: TempDir,
}

fn client(base_url: &str, key: &str) -> Client {
    let builder = Client::builder(base_url, key).deadline(Duration::from_secs(5));
    builder.build().expect("a client")
}

fn purpose(id: &str) -> PurposeId {
    id.parse().expect("a purpose")
}

impl<'w> Device<'w> {
    async fn new(world: &'w World) -> Self {
        let t = world.example("loomer").await;
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            world,
            client: client(&world.server.base_url, &t.keys.service),
            t,
            subject: world.subject().parse().expect("a subject"),
            queue: Queue::open(folder.path()).expect("a queue"),
            folder,
        }
    }

    fn grant(&self, based_on: u64, purposes: &[&str]) -> ConsentRequest {
        let given = |id: &&str| Decision::about(purpose(id), DecisionKind::Given);
        ConsentRequest {
            based_on: Some(based_on),
            ..ConsentRequest::new(
                samtycke::clock::event_id().expect("chance"),
                self.subject.clone(),
                self.t.notice.parse().expect("a hash"),
                "sv".parse().expect("a language"),
                Method::Button,
                purposes.iter().map(given).collect(),
            )
        }
    }

    fn withdrawal(&self, id: &str) -> WithdrawalRequest {
        let said = Decision::about(purpose(id), DecisionKind::Withdrawn);
        let event = samtycke::clock::event_id().expect("chance");
        WithdrawalRequest::new(event, self.subject.clone(), vec![said])
    }

    fn queue_grant(&self, based_on: u64) {
        let said = self.grant(based_on, &[PURPOSE]);
        self.queue.consent(said).expect("queued");
    }

    fn queue_withdrawal(&self) {
        self.queue
            .withdraw(self.withdrawal(PURPOSE))
            .expect("queued");
        assert!(
            self.queue
                .refuses(&self.subject, &purpose(PURPOSE), &Scope::None)
        );
    }

    /// Delivers every event.
    async fn flush(&self) -> Flushed {
        let flushed = self.queue.flush(&self.client).await;
        assert_eq!(
            (flushed.kept, &flushed.error, flushed.saved),
            (0, &None, true),
            "{flushed:?}"
        );
        assert!(
            !self
                .queue
                .refuses(&self.subject, &purpose(PURPOSE), &Scope::None)
        );
        flushed
    }

    async fn allows(&self, id: &str) -> bool {
        let question = CheckRequest::about(self.subject.clone(), purpose(id));
        self.client.check(&question).await.allow()
    }

    async fn events(&self) -> usize {
        self.client
            .history(&self.subject)
            .await
            .expect("a history")
            .events
            .len()
    }
}

both! {
    /// Protects decisions.md 7: a grant given offline, withdrawn elsewhere and then synced does not act, and the person
    /// is asked again.
    async fn an_offline_grant_withdrawn_elsewhere_has_no_effect(world: World) {
        let d = Device::new(&world).await;
        d.client.record(&d.grant(0, &[PURPOSE])).await.expect("recorded");
        d.queue_grant(1);
        d.client.withdraw(&d.withdrawal(PURPOSE)).await.expect("withdrawn");
        let flushed = d.flush().await;
        let [lapsed] = &flushed.superseded[..] else { panic!("{flushed:?}") };
        assert_eq!(lapsed.reason, Some(SupersededReason::StaleGrant));
        assert!(lapsed.ask_again() && !d.allows(PURPOSE).await);
    }

    /// Protects decisions.md 7: refusal then grant in one queue grants; grant then refusal refuses, whatever else the
    /// grant says.
    async fn the_last_word_in_one_queue_counts(world: World) {
        let d = Device::new(&world).await;
        d.queue_withdrawal();
        d.queue_grant(0);
        assert_eq!(d.flush().await.superseded, []);
        assert!(d.allows(PURPOSE).await);

        let d = Device { subject: world.subject().parse().expect("a subject"), ..d };
        d.queue.consent(d.grant(0, &[PURPOSE, OTHER])).expect("queued");
        d.queue_withdrawal();
        let flushed = d.flush().await;
        assert!(!d.allows(PURPOSE).await && d.allows(OTHER).await);
        assert!(flushed.superseded.len() == 1 && !flushed.superseded[0].ask_again(), "{flushed:?}");
        assert!(flushed.sent[0].receipt.is_some(), "the withdrawal went first");
    }

    /// Protects decisions.md 7: repeated refusals, then a grant: with 16 in the queue the grant acts; with 17 the
    /// person is asked again.
    async fn after_names_sixteen_withdrawals_and_not_seventeen(world: World) {
        let mut d = Device::new(&world).await;
        for (withdrawals, acts) in [(16, true), (17, false)] {
            d.subject = world.subject().parse().expect("a subject");
            for _ in 0..withdrawals {
                d.queue_withdrawal();
            }
            d.queue_grant(0);
            let flushed = d.flush().await;
            assert_eq!(flushed.superseded.iter().filter(|one| one.ask_again()).count(), usize::from(!acts));
            assert_eq!(d.allows(PURPOSE).await, acts, "{withdrawals}");
        }
    }

    /// Protects decisions.md 7: a consent withdrawn offline and given again elsewhere before the sync is withdrawn.
    async fn an_offline_withdrawal_ends_a_newer_grant(world: World) {
        let d = Device::new(&world).await;
        d.queue_withdrawal();
        d.client.record(&d.grant(0, &[PURPOSE])).await.expect("recorded");
        assert!(d.allows(PURPOSE).await);
        assert_eq!(d.flush().await.sent.len(), 1);
        assert!(!d.allows(PURPOSE).await);
    }

    /// Protects decisions.md 2.5: a grant that has waited for more than 30 days is not sent. If only the server's clock
    /// says so, the server stores it without effect. A refusal of that age acts.
    async fn a_grant_older_than_thirty_days_has_no_effect(world: World) {
        let d = Device::new(&world).await;
        let mut old = d.grant(0, &[PURPOSE]);
        let now = samtycke_server::clock::Clock::now(&*world.clock);
        old.occurred_at = Some(samtycke_core::wire::format_rfc3339(now - 31 * DAY_MS));
        d.queue.consent(old).expect("queued");
        let flushed = d.flush().await;
        assert!(flushed.sent.is_empty() && flushed.too_old[0].ask_again(), "{flushed:?}");
        assert_eq!(d.events().await, 0);

        d.queue_grant(0);
        d.queue.withdraw(d.withdrawal(OTHER)).expect("queued");
        d.world.clock.advance(31 * DAY_MS);
        let flushed = d.flush().await;
        assert_eq!(flushed.superseded[0].reason, Some(SupersededReason::LateGrant));
        assert!(flushed.superseded[0].ask_again() && !d.allows(PURPOSE).await);
        assert_eq!((flushed.sent.len(), d.events().await), (2, 2));
    }

    /// Protects C2: killed in the middle of a flush, after the server has recorded and before the response arrives.
    /// Sent again, it is the same event.
    async fn killed_in_the_middle_of_a_flush(world: World) {
        let d = Device::new(&world).await;
        d.queue_withdrawal();
        d.queue_grant(0);
        let mute = client(&mute(&world.server.base_url).await, &d.t.keys.service);
        let flushed = d.queue.flush(&mute).await;
        assert!(flushed.sent.is_empty() && flushed.kept == 2 && flushed.error.is_some(), "{flushed:?}");
        assert_eq!(d.events().await, 1, "recorded, and nobody here knows");
        assert!(d.queue.refuses(&d.subject, &purpose(PURPOSE), &Scope::None));

        let Device { queue, folder, .. } = d;
        drop(queue);
        let queue = Queue::open(folder.path()).expect("a queue");
        assert_eq!((queue.opened().waiting, queue.opened().unreadable), (2, 0));
        let d = Device { queue, folder, ..d };
        assert_eq!(d.flush().await.sent.len(), 2);
        assert_eq!(d.events().await, 2);
        assert!(d.allows(PURPOSE).await);
    }

    /// Protects the person: an event that the server refuses permanently is kept, denies, and states the reason.
    async fn a_rejected_withdrawal_keeps_denying(world: World) {
        let d = Device::new(&world).await;
        d.queue.withdraw(d.withdrawal("loomer.unheard-of")).expect("queued");
        let flushed = d.queue.flush(&d.client).await;
        assert_eq!((flushed.kept, flushed.refused[0].reason.as_str()), (0, "PURPOSE_UNKNOWN"));
        let refuses = || d.queue.refuses(&d.subject, &purpose("loomer.unheard-of"), &Scope::None);
        assert!(refuses());
        assert_eq!(d.queue.acknowledge(&flushed.refused[0].event_id), Ok(true));
        assert!(!refuses());
    }

    /// Protects people's choices from a revoked key: they wait for another key.
    async fn a_bad_key_loses_nothing(world: World) {
        let d = Device::new(&world).await;
        d.queue_withdrawal();
        for key in ["sam_service_nobody", &d.t.keys.auditor] {
            let flushed = d.queue.flush(&client(&world.server.base_url, key)).await;
            assert_eq!((flushed.kept, flushed.refused.len()), (1, 0), "{flushed:?}");
        }
        assert_eq!(d.flush().await.sent.len(), 1);
    }
}

/// A proxy to the server at this address that passes requests and drops every response.
async fn mute(base_url: &str) -> String {
    let to = base_url.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let to = to.clone();
            tokio::spawn(async move {
                let (mut asks, _answers) = from.split();
                let mut server = TcpStream::connect(to).await.expect("the server");
                let (mut answers, mut asked) = server.split();
                let mut first = [0; 1];
                tokio::select! {
                    _ = tokio::io::copy(&mut asks, &mut asked) => {}
                    // A response shows that the server has recorded; the connection closes here.
                    _ = answers.read(&mut first) => {}
                }
            });
        }
    });
    format!("http://{address}")
}
