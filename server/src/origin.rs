//! Web origins in the form that browsers send: of a website, an app's shell, or a test tenant's previews.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Schemes whose pages do not identify one site. A script or document made in memory has the origin of its creator.
/// Files, and content from other apps, have no origin of their own. A browser's own pages and its extensions act on
/// every site, so their requests do not express a visitor's decision.
const REFUSED_SCHEMES: [&str; 26] = [
    "about",
    "android-app",
    "blob",
    "chrome",
    "chrome-extension",
    "chrome-untrusted",
    "content",
    "data",
    "devtools",
    "edge",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "mailto",
    "moz-extension",
    "ms-browser-extension",
    "resource",
    "safari-extension",
    "safari-web-extension",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Why a text cannot be a site's origin, and what is valid. No message repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OriginFault {
    /// `null`.
    #[error(
        "is what every local file and sandboxed frame sends, so it would let everybody in; give the page an address, such as https://www.example.com"
    )]
    Null,
    /// The text has no `://`.
    #[error("has no scheme; write it as https://www.example.com")]
    Scheme,
    /// The scheme belongs to browsers, extensions, files or in-memory documents.
    #[error(
        "has a scheme whose pages are nobody's, or a browser's own; use that of a website or of an app's shell, such as https://www.example.com or capacitor://localhost"
    )]
    Refused,
    /// Text follows host and port.
    #[error(
        "must end after host and port: leave out path, query and fragment, as in https://www.example.com"
    )]
    Path,
    /// A user name precedes the host.
    #[error("must not name a user: leave out what stands before the @")]
    User,
    /// The host is missing, or no browser would send it.
    #[error(
        "has no host that a browser would send; write it as https://www.example.com, http://localhost:8080, http://192.0.2.1 or http://[::1]"
    )]
    Host,
    /// The port is invalid.
    #[error(
        "has a port that is none: it is 1 to 65535 without a leading zero, or left out as in https://www.example.com"
    )]
    Port,
    /// The site of an ordinary tenant has a pattern.
    #[error(
        "is a pattern, and only sites of a test tenant have those. Name each host, or set a test tenant up beside this one: its id ends in -test, and everything in its log says that it is no real record (samtycke tenant add NAME-test CONTROLLER)"
    )]
    Pattern,
    /// The pattern has an invalid form.
    #[error(
        "is a pattern that covers too much; it may have one * in the first label of the host, with at least two labels after it, as in https://*--shop.netlify.app or https://*.preview.example.com"
    )]
    Wide,
}

/// Converts an origin to the form that browsers send: `https://Blåbär.example/` becomes Punycode without the slash. A
/// pattern is accepted if `patterns` is true.
pub fn registered(text: &str, patterns: bool) -> Result<String, OriginFault> {
    if text == "null" {
        return Err(OriginFault::Null);
    }
    let (scheme, rest) = text.split_once("://").ok_or(OriginFault::Scheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if REFUSED_SCHEMES.contains(&scheme.as_str()) {
        return Err(OriginFault::Refused);
    }
    // Address bars add one slash; it is not a path.
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '\\']) {
        return Err(OriginFault::Path);
    }
    if authority.contains('@') {
        return Err(OriginFault::User);
    }
    let Some(default_port) = default_port(&scheme) else {
        return of_a_shell(&scheme, authority);
    };
    let (host, port) = split_port(authority);
    if port.is_some_and(|port| !is_port(port)) {
        return Err(OriginFault::Port);
    }
    let host = if host.contains('*') {
        if !patterns {
            return Err(OriginFault::Pattern);
        }
        pattern(host)?
    } else {
        web_host(host).ok_or(OriginFault::Host)?
    };
    let port = port.filter(|port| *port != default_port);
    Ok(port.map_or_else(
        || format!("{scheme}://{host}"),
        |port| format!("{scheme}://{host}:{port}"),
    ))
}

/// Validates the origin that a browser sent; `None` if no site can have it.
pub fn sent(text: &str) -> Option<&str> {
    let canonical = registered(text, false).ok()?;
    (canonical == text).then_some(text)
}

/// Whether a sent origin equals the registered one, or matches its pattern.
pub fn covers(registered: &str, sent: &str) -> bool {
    match registered.split_once('*') {
        None => registered == sent,
        Some((before, after)) => sent
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|label| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            }),
    }
}

/// Whether a registered origin belongs to a website, which a browser can open.
pub fn is_web(registered: &str) -> bool {
    let scheme = registered.split_once("://").map(|(scheme, _)| scheme);
    scheme.and_then(default_port).is_some()
}

/// Whether a registered origin is a pattern.
pub fn is_pattern(registered: &str) -> bool {
    registered.contains('*')
}

/// Domains that the site's cookie may be set for: hosts of its origins that are parents of its other origins. Never an
/// address, a single label or a public suffix: browsers would reject those, or share the cookie with other sites.
pub fn cookie_domains(origins: &[String]) -> Vec<String> {
    let hosts: Vec<&str> = origins.iter().filter_map(|origin| host(origin)).collect();
    let mut domains: Vec<String> = Vec::new();
    for parent in &hosts {
        let is_parent = |other: &&str| {
            let rest = other.strip_suffix(parent);
            rest.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
        };
        if is_domain(parent) && hosts.iter().any(is_parent) && !domains.iter().any(|d| d == parent)
        {
            domains.push((*parent).to_owned());
        }
    }
    domains
}

/// The host of a registered web origin.
fn host(origin: &str) -> Option<&str> {
    let (scheme, authority) = origin.split_once("://")?;
    default_port(scheme)?;
    Some(split_port(authority).0)
}

fn is_domain(host: &str) -> bool {
    let ends_in_number = host
        .rsplit('.')
        .next()
        .is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
    let is_address = host.starts_with('[') || ends_in_number;
    let is_name = host.contains('.') && !is_pattern(host) && !host.ends_with('.');
    is_name && !is_address && psl::suffix_str(host) != Some(host)
}

fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "https" => Some("443"),
        "http" => Some("80"),
        _ => None,
    }
}

/// Splits host and port; the colons of an IPv6 address belong to the host.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_port(port: &str) -> bool {
    let number = port.parse::<u16>().unwrap_or(0);
    number > 0 && number.to_string() == port
}

/// The origin of an app's shell, which serves its own files under a scheme of its own. The rules for these hosts differ
/// per system, so they are kept and compared unchanged.
fn of_a_shell(scheme: &str, authority: &str) -> Result<String, OriginFault> {
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+.-".contains(&b));
    if !is_scheme {
        return Err(OriginFault::Scheme);
    }
    let (host, port) = split_port(authority);
    if port.is_some_and(|port| !is_port(port)) {
        return Err(OriginFault::Port);
    }
    let is_host = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    if is_host {
        Ok(format!("{scheme}://{authority}"))
    } else {
        Err(OriginFault::Host)
    }
}

/// A host as browsers send it: lower case, letters beyond ASCII as Punycode (UTS 46, as in the URL standard).
fn web_host(host: &str) -> Option<String> {
    if let Some(inner) = host.strip_prefix('[') {
        let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
        return Some(format!("[{address}]"));
    }
    let host = idna::domain_to_ascii(host).ok()?;
    let mut labels = host.strip_suffix('.').unwrap_or(&host).split('.');
    let is_name = labels.clone().all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    // Browsers read a host that ends in a number as an IPv4 address, which has one canonical form.
    let ends_in_number = labels
        .next_back()
        .is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
    let is_host = is_name && (!ends_in_number || host.parse::<Ipv4Addr>().is_ok());
    is_host.then_some(host)
}

/// A host with one star in its first label.
fn pattern(host: &str) -> Result<String, OriginFault> {
    let (first, rest) = host.split_once('.').ok_or(OriginFault::Wide)?;
    let is_label = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let in_first = first
        .split_once('*')
        .is_some_and(|(before, after)| is_label(before) && is_label(after));
    if !in_first || rest.contains('*') {
        return Err(OriginFault::Wide);
    }
    let rest = web_host(rest).ok_or(OriginFault::Host)?;
    let labels = rest.strip_suffix('.').unwrap_or(&rest).split('.').count();
    if labels < 2 || rest.parse::<Ipv4Addr>().is_ok() {
        return Err(OriginFault::Wide);
    }
    Ok(format!("{}.{rest}", first.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests;
