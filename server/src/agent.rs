//! Classifies a person's device as coarsely as evidence needs it: browser and major version, operating system, form
//! factor.
//!
//! A raw user agent is nearly an identifier, so it does not leave this module: the result is one of a few fixed words,
//! and the cache holds digests. The rules are uap-core's (`agent/README.md`).

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

pub use samtycke_core::device::{Browser, Device, FormFactor, Os};
use sha2::{Digest as _, Sha256};
use uaparser::{os, user_agent};

mod rules;

/// Longest part of a user agent that is read; bytes. Browsers send 100 to 200; the rules take linear time.
const USER_AGENT_BYTES_MAX: usize = 256;

/// Devices cached in each of two generations: 2 x 4 096 x (16 B digest + 6 B device + table) is about 400 kB.
/// A site sees some hundred user agents a day, so nearly all are cached.
const GENERATION_MAX: usize = 4096;

/// The compiled rules. The process has one copy, because they take 10 MB.
struct Rules {
    browser: user_agent::Extractor<'static>,
    os: os::Extractor<'static>,
}

static RULES: OnceLock<Rules> = OnceLock::new();

/// Parses user agents, with a cache.
#[derive(Default)]
pub struct Agents {
    memo: Mutex<Memo>,
}

/// Two generations: a full young one replaces the old one, so memory is bounded and used entries stay.
#[derive(Default)]
struct Memo {
    young: HashMap<[u8; 16], Device>,
    old: HashMap<[u8; 16], Device>,
}

impl Agents {
    /// Compiles the rules once per process, on a blocking thread: it takes some hundred milliseconds, which must not
    /// delay a request.
    pub async fn warm() -> Self {
        // The result of the task does not matter: if it fails, the first user agent compiles the rules.
        let _ = tokio::task::spawn_blocking(|| {
            parse("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        })
        .await;
        Self::default()
    }

    /// The device of a user agent. A cached result takes about a quarter of a microsecond.
    pub fn device(&self, user_agent: &str) -> Device {
        let user_agent = &user_agent[..user_agent.floor_char_boundary(USER_AGENT_BYTES_MAX)];
        if user_agent.is_empty() {
            return Device::UNKNOWN;
        }
        let digest = Sha256::digest(user_agent.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        if let Some(device) = self.memo().get(key) {
            return device;
        }
        let device = parse(user_agent);
        self.memo().insert(key, device);
        device
    }

    fn memo(&self) -> std::sync::MutexGuard<'_, Memo> {
        // A panic cannot leave the two maps in an invalid state.
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Agents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Agents")
    }
}

impl Memo {
    fn get(&mut self, key: [u8; 16]) -> Option<Device> {
        if let Some(device) = self.young.get(&key) {
            return Some(*device);
        }
        let device = self.old.remove(&key)?;
        self.insert(key, device);
        Some(device)
    }

    fn insert(&mut self, key: [u8; 16], device: Device) {
        if self.young.len() >= GENERATION_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, device);
    }
}

fn parse(user_agent: &str) -> Device {
    let rules = RULES.get_or_init(Rules::compile);
    let (browser, browser_major) =
        rules
            .browser
            .extract(user_agent)
            .map_or((Browser::Other, None), |found| {
                let browser = browser_of(&found.family);
                let known = !matches!(browser, Browser::Other | Browser::Bot | Browser::Program);
                let major = found
                    .major
                    .filter(|_| known)
                    .and_then(|major| major.parse().ok());
                (browser, major.filter(|major| *major <= 999))
            });
    let (os, os_form) = rules
        .os
        .extract(user_agent)
        .map_or((Os::Other, None), |found| os_of(&found.os));
    let form = match browser {
        Browser::Bot | Browser::Program => FormFactor::Other,
        _ => os_form.unwrap_or_else(|| form_of(user_agent, os)),
    };
    Device {
        browser,
        browser_major,
        os,
        form,
    }
}

impl Rules {
    fn compile() -> Self {
        let (browsers, systems) = rules::read(include_str!("agent/regexes.yaml"))
            .expect("the rules that are compiled in can be read: a unit test reads them");
        let browser = user_agent::Builder::new()
            .push_all(browsers)
            .map(user_agent::Builder::build);
        let os = os::Builder::new().push_all(systems).map(os::Builder::build);
        match (browser, os) {
            (Ok(Ok(browser)), Ok(Ok(os))) => Self { browser, os },
            _ => {
                unreachable!("the rules that are compiled in are valid: a unit test compiles them")
            }
        }
    }
}

/// Maps uap-core's families to a closed set, because some families copy text from the user agent.
fn browser_of(family: &str) -> Browser {
    let is = |words: &[&str]| words.iter().any(|word| family.starts_with(word));
    let lower = family.to_ascii_lowercase();
    if ["bot", "spider", "crawl", "slurp"]
        .iter()
        .any(|word| lower.contains(word))
    {
        Browser::Bot
    } else if family.contains("WebView") || is(&["Facebook", "Instagram", "Snapchat", "TikTok"]) {
        Browser::WebView
    } else if is(&["Chrome", "Chromium", "HeadlessChrome"]) {
        Browser::Chrome
    } else if is(&["Firefox"]) {
        Browser::Firefox
    } else if is(&["Safari", "Mobile Safari"]) {
        Browser::Safari
    } else if is(&["Edge"]) {
        Browser::Edge
    } else if is(&["Opera"]) {
        Browser::Opera
    } else if is(&["Samsung Internet"]) {
        Browser::Samsung
    } else if is(&["Brave"]) {
        Browser::Brave
    } else if is(&["Vivaldi"]) {
        Browser::Vivaldi
    } else if is(&["DuckDuckGo"]) {
        Browser::DuckDuckGo
    } else if matches!(family, "IE" | "IE Mobile" | "IE Large Screen") {
        Browser::InternetExplorer
    } else if [
        "requests",
        "urllib",
        "curl",
        "wget",
        "okhttp",
        "http",
        "axios",
        "java",
        "cfnetwork",
    ]
    .iter()
    .any(|word| lower.contains(word))
    {
        Browser::Program
    } else {
        Browser::Other
    }
}

fn os_of(family: &str) -> (Os, Option<FormFactor>) {
    match family {
        "Windows" => (Os::Windows, None),
        "Mac OS X" | "Mac OS" => (Os::MacOs, None),
        "iOS" => (Os::Ios, None),
        "tvOS" | "ATV OS X" => (Os::Other, Some(FormFactor::Tv)),
        "WatchOS" => (Os::Other, Some(FormFactor::Watch)),
        "Android" => (Os::Android, None),
        "Chromecast Android" => (Os::Android, Some(FormFactor::Tv)),
        "Chrome OS" => (Os::ChromeOs, None),
        "Linux" | "Ubuntu" | "Debian" | "Fedora" | "Red Hat" | "Gentoo" | "SUSE" | "Arch Linux" => {
            (Os::Linux, None)
        }
        _ => (Os::Other, None),
    }
}

/// The form factor, by the few marks that browsers agree on (MDN, "Browser detection using the user agent").
fn form_of(user_agent: &str, os: Os) -> FormFactor {
    let has = |words: &[&str]| words.iter().any(|word| user_agent.contains(word));
    if has(&[
        "SMART-TV",
        "SmartTV",
        "Smart TV",
        "AppleTV",
        "Android TV",
        "GoogleTV",
        "BRAVIA",
        "HbbTV",
        "Web0S",
    ]) {
        return FormFactor::Tv;
    }
    if has(&["iPad"]) || (has(&["Tablet"]) && !has(&["Tablet PC"])) {
        return FormFactor::Tablet;
    }
    match os {
        // Chrome on Android says "Mobile" on phones only.
        Os::Android if !has(&["Mobi"]) => FormFactor::Tablet,
        Os::Ios | Os::Android => FormFactor::Phone,
        _ if has(&["Mobi"]) => FormFactor::Phone,
        Os::Windows | Os::MacOs | Os::ChromeOs | Os::Linux => FormFactor::Desktop,
        Os::Other => FormFactor::Other,
    }
}

#[cfg(test)]
mod tests;
