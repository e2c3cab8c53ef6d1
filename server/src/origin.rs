//! Web origins: in the one spelling that browsers send, of a website, an app's shell, or the previews of a test tenant.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Schemes whose pages are nobody's in particular, or everybody's. A script or a document that was put together in
/// memory has the origin of whoever made it; files and what other apps hand over have none of their own; a browser's
/// own pages and its extensions act on every site, so what they send is no visitor's word.
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

/// Why a text cannot be a site's origin: what is wrong with it, and what would be right. None repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OriginFault {
    /// `null`.
    #[error(
        "is what every local file and sandboxed frame sends, so it would let everybody in; give the page an address, such as https://www.example.com"
    )]
    Null,
    /// No `://`.
    #[error("has no scheme; write it as https://www.example.com")]
    Scheme,
    /// A scheme of browsers, of their extensions, of files or of documents made in memory.
    #[error(
        "has a scheme whose pages are nobody's, or a browser's own; use that of a website or of an app's shell, such as https://www.example.com or capacitor://localhost"
    )]
    Refused,
    /// Something behind host and port.
    #[error(
        "must end after host and port: leave out path, query and fragment, as in https://www.example.com"
    )]
    Path,
    /// A name before the host.
    #[error("must not name a user: leave out what stands before the @")]
    User,
    /// No host, or one that no browser would send.
    #[error(
        "has no host that a browser would send; write it as https://www.example.com, http://localhost:8080, http://192.0.2.1 or http://[::1]"
    )]
    Host,
    /// A port that is none.
    #[error(
        "has a port that is none: it is 1 to 65535 without a leading zero, or left out as in https://www.example.com"
    )]
    Port,
    /// A pattern in the site of an ordinary tenant.
    #[error(
        "is a pattern, and only sites of a test tenant have those. Name each host, or set a test tenant up beside this one: its id ends in -test, and everything in its log says that it is no real record (samtycke tenant add NAME-test CONTROLLER)"
    )]
    Pattern,
    /// A pattern of another form.
    #[error(
        "is a pattern that covers too much; it may have one * in the first label of the host, with at least two labels after it, as in https://*--shop.netlify.app or https://*.preview.example.com"
    )]
    Wide,
}

/// An origin as it is kept for a site, from what somebody wrote: `https://Blåbär.example/` is kept as browsers send it.
/// A pattern is taken where `patterns` allows it.
pub fn registered(text: &str, patterns: bool) -> Result<String, OriginFault> {
    if text == "null" {
        return Err(OriginFault::Null);
    }
    let (scheme, rest) = text.split_once("://").ok_or(OriginFault::Scheme)?;
    let scheme = scheme.to_ascii_lowercase();
    if REFUSED_SCHEMES.contains(&scheme.as_str()) {
        return Err(OriginFault::Refused);
    }
    // The one slash that an address bar adds is not meant as a path.
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

/// An origin as a browser sent it; `None` for what no site can have.
pub fn sent(text: &str) -> Option<&str> {
    let canonical = registered(text, false).ok()?;
    (canonical == text).then_some(text)
}

/// Whether an origin that was sent is the registered one, or one of its pattern.
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

/// Whether a registered origin is a website's: what a browser can be led to.
pub fn is_web(registered: &str) -> bool {
    let scheme = registered.split_once("://").map(|(scheme, _)| scheme);
    scheme.and_then(default_port).is_some()
}

/// Whether a registered origin is a pattern.
pub fn is_pattern(registered: &str) -> bool {
    registered.contains('*')
}

/// Domains that the site's cookie may be set for: hosts of its origins that are parents of its other origins. Never an
/// address, a single label or a public suffix: no browser would take those, or it would share them with strangers.
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

/// Host and port; the colons of an IPv6 address are the host's.
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

/// An app's shell serves its own files under a scheme of its own. Nothing about these hosts is alike for all systems, so
/// they are taken and compared as they are.
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

/// A host as browsers send it: in lower case, letters beyond ASCII as Punycode (UTS 46, as the URL standard has it).
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
    // What ends in a number is an address to a browser, and it has one spelling.
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
