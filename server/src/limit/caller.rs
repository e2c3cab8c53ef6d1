//! Whose allowance a request draws on.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use sha2::{Digest as _, Sha256};
use tower_governor::GovernorError;
use tower_governor::key_extractor::KeyExtractor;

use super::suspects::Suspects;

/// The part of an address that is one caller: all of an IPv4 address, the /64 of an IPv6 address, which is what a
/// subscriber gets; whoever may choose the other half could be as many callers as they like.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Net {
    /// An address.
    V4([u8; 4]),
    /// The first half of an address.
    V6([u8; 8]),
}

impl Net {
    /// The part of this address that counts. An IPv4 address written as IPv6 is an IPv4 address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => {
                let mut network = [0; 8];
                network.copy_from_slice(&address.octets()[..8]);
                Self::V6(network)
            }
        }
    }
}

/// One allowance's owner. It never prints what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// A key: half of its SHA-256.
    Key([u8; 16]),
    /// A key that stands in a page, as used from one address.
    PageKey([u8; 16], Net),
    /// An address.
    Address(Net),
    /// A subject: half of the SHA-256 of log and subject.
    Subject([u8; 16]),
}

impl std::fmt::Debug for Net {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Net(..)")
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bucket(..)")
    }
}

impl Bucket {
    /// Bytes that no other bucket has: the kind's letter, then what it holds, of one length for each kind.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let net = |net: &Net| match net {
            Net::V4(octets) => [b"4".as_slice(), octets].concat(),
            Net::V6(octets) => [b"6".as_slice(), octets].concat(),
        };
        match self {
            Self::Key(digest) => [b"k".as_slice(), digest].concat(),
            Self::PageKey(digest, address) => [b"p".as_slice(), digest, &net(address)].concat(),
            Self::Address(address) => [b"a".as_slice(), &net(address)].concat(),
            Self::Subject(digest) => [b"s".as_slice(), digest].concat(),
        }
    }
}

/// By what a policy counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// By key, and by address where there is none.
    Key,
    /// By address, whatever key comes with it.
    Address,
}

/// Finds whose allowance a request draws on. It never fails: a request without an address is counted together with
/// all others without one.
#[derive(Clone)]
pub struct Caller {
    pub(super) by: By,
    pub(super) trusted_proxy_hops: usize,
    pub(super) is_publishable: fn(&str) -> bool,
    pub(super) suspects: Arc<Suspects>,
}

impl Caller {
    /// The address that the request came from, as far as it can be believed.
    pub(super) fn net<T>(&self, request: &Request<T>) -> Net {
        let forwarded = forwarded(request.headers(), self.trusted_proxy_hops);
        let peer = || {
            request
                .extensions()
                .get::<ConnectInfo<SocketAddr>>()
                .map(|peer| peer.0.ip())
        };
        forwarded.or_else(peer).map_or(Net::V4([0; 4]), Net::of)
    }

    pub(super) fn bucket<T>(&self, request: &Request<T>, net: Net) -> Bucket {
        let token =
            bearer(request.headers()).filter(|_| self.by == By::Key && !self.suspects.holds(net));
        let Some(token) = token else {
            return Bucket::Address(net);
        };
        let digest = first_half(&Sha256::digest(token.as_bytes()));
        if (self.is_publishable)(token) {
            Bucket::PageKey(digest, net)
        } else {
            Bucket::Key(digest)
        }
    }
}

impl KeyExtractor for Caller {
    type Key = Bucket;

    fn extract<T>(&self, request: &Request<T>) -> Result<Bucket, GovernorError> {
        Ok(self.bucket(request, self.net(request)))
    }
}

/// The entry that the outermost of our proxies appended: the n-th from the right. Everything left of it was sent by
/// the caller, who may write anything. `None` if no proxy is trusted, or if the request came past them.
fn forwarded(headers: &HeaderMap, trusted_proxy_hops: usize) -> Option<IpAddr> {
    let from_right = trusted_proxy_hops.checked_sub(1)?;
    headers
        .get_all("x-forwarded-for")
        .iter()
        .rev()
        .flat_map(|value| value.to_str().unwrap_or_default().rsplit(','))
        .nth(from_right)
        .and_then(address)
}

/// An address, perhaps with a port, as some proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    bare.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

pub(super) fn first_half(digest: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Nature;

    fn caller(by: By, hops: usize) -> Caller {
        let suspects = Suspects::new(Nature::system(), std::time::Duration::from_mins(1));
        Caller {
            by,
            trusted_proxy_hops: hops,
            is_publishable: |token| token.starts_with("page"),
            suspects: Arc::new(suspects),
        }
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
        caller(By::Address, hops).net(&request(&headers))
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
        assert_eq!(caller(By::Key, 0).net(&Request::new(())), of("0.0.0.0"));
    }

    #[test]
    fn an_ipv6_subscriber_is_one_caller() {
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn keys_count_by_themselves_and_page_keys_by_address() {
        let by_key = caller(By::Key, 1);
        let bucket = |token: &str, address: &str| {
            by_key
                .extract(&request(&[
                    ("authorization", token),
                    ("x-forwarded-for", address),
                ]))
                .unwrap()
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
        for none in ["Basic a", "Bearer", "Bearer  "] {
            assert_eq!(bucket(none, "10.0.0.1"), Bucket::Address(of("10.0.0.1")));
        }
        let by_address = caller(By::Address, 0).extract(&request(&[("authorization", "Bearer a")]));
        assert_eq!(by_address.unwrap(), Bucket::Address(of("192.0.2.1")));
    }

    #[test]
    fn a_suspect_s_keys_count_as_its_address() {
        let caller = caller(By::Key, 0);
        caller.suspects.add(of("192.0.2.1"));
        let bucket = caller
            .extract(&request(&[("authorization", "Bearer a")]))
            .unwrap();
        assert_eq!(bucket, Bucket::Address(of("192.0.2.1")));
    }

    #[test]
    fn buckets_say_nothing_about_who_they_are() {
        let bucket = caller(By::Address, 0).extract(&request(&[])).unwrap();
        assert_eq!(
            format!("{bucket:?} {:?}", of("192.0.2.1")),
            "Bucket(..) Net(..)"
        );
    }
}
