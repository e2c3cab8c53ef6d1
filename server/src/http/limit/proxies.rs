//! The client's address of a request that came through proxies.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::HeaderMap;

use crate::config::Networks;
use crate::metrics::{Counter, Metrics};

const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies whose entries in `X-Forwarded-For` are trusted.
#[derive(Debug)]
pub(super) struct Proxies {
    hops: usize,
    networks: Networks,
    has_warned: AtomicBool,
    ignored: Counter,
}

impl Proxies {
    /// If `networks` is not empty, it applies and `hops` is ignored.
    pub(super) fn new(hops: usize, networks: Networks, metrics: &Metrics) -> Self {
        let help = "Requests whose X-Forwarded-For was ignored because no proxy is trusted.";
        Self {
            hops,
            networks,
            has_warned: AtomicBool::new(false),
            ignored: metrics.counter("samtycke_forwarded_ignored_total", help, &[]),
        }
    }

    /// The address of the client, as far as the headers are trusted; `peer` is the connected address.
    pub(super) fn client(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> Option<IpAddr> {
        if !self.networks.is_empty() {
            return peer.map(|peer| self.first_untrusted(headers, peer));
        }
        if self.is_ignored(headers) {
            self.ignored.increment();
            self.warn_once();
        }
        self.by_hops(headers).or(peer)
    }

    /// Whether a request names another address and no proxy is trusted to.
    pub(super) fn is_ignored(&self, headers: &HeaderMap) -> bool {
        self.networks.is_empty() && self.hops == 0 && headers.contains_key(X_FORWARDED_FOR)
    }

    /// Whether there was such a request.
    pub(super) fn has_ignored(&self) -> bool {
        self.ignored.get() > 0
    }

    /// The entry that the outermost trusted proxy appended: the n-th from the right. The client may have sent
    /// everything to the left of it. `None` if no proxy is trusted, or if the request bypassed the proxies.
    fn by_hops(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let from_right = self.hops.checked_sub(1)?;
        entries(headers).nth(from_right).and_then(address)
    }

    /// Each proxy appends the address that connected to it. So the entry of a trusted address is believed, and the
    /// first address that is not trusted is the client's.
    fn first_untrusted(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        let mut client = peer;
        for entry in entries(headers) {
            if !self.networks.contain(client) {
                break;
            }
            let Some(before) = address(entry) else { break };
            client = before;
        }
        client
    }

    /// Warns about an undeclared proxy: all visitors behind it share one address, and so one allowance.
    fn warn_once(&self) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a request has X-Forwarded-For, and no proxy is trusted: if one stands in front of this server, all \
                 clients are counted as one address; set trusted_proxies or trusted_proxy_hops"
            );
        }
    }
}

/// The entries, from the right.
fn entries(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(X_FORWARDED_FOR)
        .iter()
        .rev()
        .flat_map(|value| value.to_str().unwrap_or_default().rsplit(','))
}

/// Parses an address, optionally with a port, as some proxies write it.
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
