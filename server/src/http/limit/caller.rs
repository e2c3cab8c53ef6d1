//! The owner of the allowance that a request uses.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use sha2::{Digest as _, Sha256};
use tower_governor::GovernorError;
use tower_governor::key_extractor::KeyExtractor;

use super::proxies::Proxies;

/// The part of an address that counts as one caller: a whole IPv4 address, or the /64 of an IPv6 address. A subscriber
/// gets a /64 and can choose the other half freely.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Net {
    /// A whole IPv4 address.
    V4([u8; 4]),
    /// The first half of an IPv6 address.
    V6([u8; 8]),
}

impl Net {
    /// The part of this address that counts. IPv4-mapped IPv6 addresses count as IPv4.
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

/// The owner of one allowance. Its output never contains its value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// A key: half of its SHA-256.
    Key([u8; 16]),
    /// A publishable key, as used from one address.
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
    /// Bytes that are unique to the bucket: the kind's letter, then the value, whose length is fixed per kind.
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

/// The class of a key that this server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyClass {
    /// A key in a page, which all visitors share.
    Page,
    /// A key that only a tenant's own server, member of staff or operator holds.
    Secret,
}

/// A key that this server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownKey {
    /// Who holds the key.
    pub class: KeyClass,
    /// The tenant whose key it is: half of the SHA-256 of its name. The instance's own key has an owner of its own.
    pub owner: [u8; 16],
}

impl KnownKey {
    /// A key of the tenant with this name.
    pub fn of(class: KeyClass, tenant: &str) -> Self {
        Self {
            class,
            owner: first_half(&Sha256::digest(tenant)),
        }
    }
}

/// Finds a live key by its SHA-256, without a database query; `None` for an unknown key, which may be invented.
pub type KnownKeys = Arc<dyn Fn(&[u8; 32]) -> Option<KnownKey> + Send + Sync>;

/// The sender of a request, as far as it is known before the key is looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    net: Net,
    /// Whether a proxy that is not trusted names another address, so that `net` may be everybody's.
    is_shared: bool,
    key: Option<(KnownKey, [u8; 16])>,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caller(..)")
    }
}

impl Caller {
    /// The class of the request's key; `None` if it has none, or an unknown one.
    pub fn key_class(&self) -> Option<KeyClass> {
        self.key.map(|(key, _)| key.class)
    }

    /// The tenant of the request's key, as [`KnownKey::owner`] names it; `None` if it has none, or an unknown one.
    pub fn owner(&self) -> Option<[u8; 16]> {
        self.key.map(|(key, _)| key.owner)
    }

    /// The bucket for classes that count by key.
    pub fn bucket(&self) -> Bucket {
        let Some((key, digest)) = self.key else {
            return self.address();
        };
        match key.class {
            KeyClass::Secret => Bucket::Key(digest),
            KeyClass::Page => Bucket::PageKey(digest, self.net),
        }
    }

    /// Whether many people may stand behind the request's address: a proxy says so, and it is not trusted.
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// The bucket for classes that count by address.
    pub fn address(&self) -> Bucket {
        Bucket::Address(self.net)
    }
}

/// The bucket of the [`Caller`] that the layer stored in a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct DrawnBucket;

impl KeyExtractor for DrawnBucket {
    type Key = Bucket;

    fn extract<T>(&self, request: &Request<T>) -> Result<Bucket, GovernorError> {
        let caller = request.extensions().get::<Caller>();
        caller
            .map(Caller::bucket)
            .ok_or(GovernorError::UnableToExtractKey)
    }
}

/// Identifies callers. It never fails: all requests without an address count together.
///
/// Only a known key has its own allowance. A request with an invented key uses the allowance of its address. Requests
/// without a key never use the allowance of valid keys at the same address.
pub(super) struct Callers {
    keys: KnownKeys,
    proxies: Proxies,
}

impl Callers {
    pub(super) fn new(keys: KnownKeys, proxies: Proxies) -> Self {
        Self { keys, proxies }
    }

    pub(super) fn identify<T>(&self, request: &Request<T>) -> Caller {
        let key = bearer(request.headers()).and_then(|token| {
            let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
            (self.keys)(&digest).map(|key| (key, first_half(&digest)))
        });
        Caller {
            net: self.net(request),
            is_shared: self.proxies.is_ignored(request.headers()),
            key,
        }
    }

    /// Whether a header with a client's address was ignored since the server started.
    pub(super) fn has_ignored_proxy(&self) -> bool {
        self.proxies.has_ignored()
    }

    /// The address of the request's client, as far as the headers are trusted.
    fn net<T>(&self, request: &Request<T>) -> Net {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let client = self
            .proxies
            .client(request.headers(), peer.map(|peer| peer.0.ip()));
        client.map_or(Net::V4([0; 4]), Net::of)
    }
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
mod tests;
