use std::io::{self, Write};
use std::sync::Mutex;

use super::*;
use crate::config::Networks;

fn callers(hops: usize) -> Callers {
    let keys = [
        ("page", KeyClass::Page),
        ("a", KeyClass::Secret),
        ("b", KeyClass::Secret),
    ];
    let known = move |digest: &[u8; 32]| {
        keys.iter()
            .find(|(key, _)| Sha256::digest(key)[..] == digest[..])
            .map(|(_, class)| KnownKey::of(*class, "t"))
    };
    Callers::new(
        Arc::new(known),
        Proxies::new(
            hops,
            Networks::default(),
            &crate::metrics::Metrics::default(),
        ),
    )
}

fn request(headers: &[(&'static str, &str)]) -> Request<()> {
    let mut request = Request::builder();
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let peer: SocketAddr = "192.0.2.1:4711".parse().unwrap();
    request.extension(ConnectInfo(peer)).body(()).unwrap()
}

fn net(hops: usize, forwarded: &[&str]) -> Net {
    let headers: Vec<_> = forwarded
        .iter()
        .map(|value| ("x-forwarded-for", *value))
        .collect();
    callers(hops).identify(&request(&headers)).net
}

fn of(address: &str) -> Net {
    Net::of(address.parse().unwrap())
}

#[test]
fn the_address_is_what_the_trusted_proxies_saw() {
    let peer = of("192.0.2.1");
    assert_eq!(net(0, &["203.0.113.9"]), peer);
    assert_eq!(net(1, &["6.6.6.6, 203.0.113.9"]), of("203.0.113.9"));
    assert_eq!(
        net(2, &["6.6.6.6, 203.0.113.9, 10.0.0.1"]),
        of("203.0.113.9")
    );
    assert_eq!(
        net(2, &["6.6.6.6, 203.0.113.9", "10.0.0.1"]),
        of("203.0.113.9")
    );
    assert_eq!(net(1, &["203.0.113.9:55"]), of("203.0.113.9"));
    assert_eq!(net(1, &["[2001:db8::1]:55"]), of("2001:db8::1"));
    assert_eq!(net(1, &["[2001:db8::1]"]), of("2001:db8::1"));
    for past_the_proxies in [vec![], vec!["unknown"], vec![""]] {
        assert_eq!(net(1, &past_the_proxies), peer);
    }
    assert_eq!(net(3, &["6.6.6.6, 203.0.113.9"]), peer);
    assert_eq!(
        callers(0).identify(&Request::new(())).net,
        of("0.0.0.0"),
        "without an address"
    );
}

/// Protects both routes: through the site's proxy and the server's own, or through the server's own alone. The server
/// trusts only what a trusted proxy appended, whatever a visitor writes.
#[test]
fn the_first_address_that_is_not_trusted_is_the_clients() {
    let net = |peer: &str, forwarded: &str| {
        let proxies = "192.0.2.0/24, 2001:db8:5::1".parse().unwrap();
        let callers = Callers::new(
            Arc::new(|_: &[u8; 32]| None),
            Proxies::new(2, proxies, &crate::metrics::Metrics::default()),
        );
        let peer: IpAddr = peer.parse().unwrap();
        let mut request = Request::builder().extension(ConnectInfo(SocketAddr::new(peer, 4711)));
        if !forwarded.is_empty() {
            request = request.header("x-forwarded-for", forwarded);
        }
        callers.identify(&request.body(()).unwrap()).net
    };
    let visitor = of("203.0.113.9");
    assert_eq!(net("192.0.2.1", "203.0.113.9"), visitor);
    assert_eq!(net("192.0.2.1", "203.0.113.9, 192.0.2.77"), visitor);
    assert_eq!(net("192.0.2.1", "203.0.113.9, 2001:db8:5::1"), visitor);
    assert_eq!(net("192.0.2.1", "6.6.6.6, 203.0.113.9"), visitor);
    assert_eq!(net("192.0.2.1", "192.0.2.5, 203.0.113.9"), visitor);
    assert_eq!(
        net("203.0.113.9", "6.6.6.6, 192.0.2.5"),
        visitor,
        "past the proxies"
    );
    // The search stops at an entry that does not parse: the proxy that appended it is counted.
    assert_eq!(net("192.0.2.1", "6.6.6.6, unknown"), of("192.0.2.1"));
    assert_eq!(net("192.0.2.1", ""), of("192.0.2.1"));
    assert_eq!(net("192.0.2.1", "192.0.2.3, 192.0.2.2"), of("192.0.2.3"));
}

#[test]
fn an_ipv6_subscriber_is_one_caller() {
    assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
}

#[test]
fn known_keys_count_by_themselves_and_page_keys_by_address() {
    let callers = callers(1);
    let bucket = |token: &str, address: &str| {
        let headers = [("authorization", token), ("x-forwarded-for", address)];
        callers.identify(&request(&headers)).bucket()
    };
    assert_eq!(
        bucket("Bearer a", "10.0.0.1"),
        bucket("bearer  a", "10.0.0.2")
    );
    assert_ne!(
        bucket("Bearer a", "10.0.0.1"),
        bucket("Bearer b", "10.0.0.1")
    );
    assert_ne!(
        bucket("Bearer page", "10.0.0.1"),
        bucket("Bearer page", "10.0.0.2")
    );
    for none in [
        "Basic a",
        "Bearer",
        "Bearer  ",
        "Bearer made-up",
        "Bearer pagee",
    ] {
        assert_eq!(
            bucket(none, "10.0.0.1"),
            Bucket::Address(of("10.0.0.1")),
            "{none}"
        );
    }
}

/// Collects the log lines of one thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The log lines while requests with `X-Forwarded-For` arrive.
fn logged(hops: usize) -> String {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        let callers = callers(hops);
        for address in ["203.0.113.9", "203.0.113.10", "203.0.113.11"] {
            callers.identify(&request(&[("x-forwarded-for", address)]));
        }
        callers.identify(&request(&[]));
    });
    let bytes = lines.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_undeclared_proxy_is_logged_once_and_without_an_address() {
    let text = logged(0);
    assert_eq!(text.matches("no proxy is trusted").count(), 1, "{text}");
    assert!(!text.contains("203.0.113"), "{text}");
}

#[test]
fn a_declared_proxy_is_not_logged() {
    assert_eq!(logged(1), "");
}

#[test]
fn callers_and_buckets_do_not_print_who_they_are() {
    let caller = callers(0).identify(&request(&[("authorization", "Bearer a")]));
    assert_eq!(
        format!("{caller:?} {:?} {:?}", caller.bucket(), of("192.0.2.1")),
        "Caller(..) Bucket(..) Net(..)"
    );
}
