//! What was seen, held against what was declared. Pure, so that a test needs no browser.

use samtycke_core::cookie::NAME_PREFIX;
use samtycke_core::id::PublicSiteId;
use serde::Serialize;

use super::declared::Declared;

/// When something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Moment {
    BeforeAnyChoice,
    AfterYes,
    AfterNo,
}

/// Where something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Store {
    Cookie,
    /// One that this browser did not take.
    RefusedCookie,
    Local,
    Session,
    Database,
    Cache,
}

/// Something that lies in the browser, by name: values are never read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Kept {
    pub(super) store: Store,
    pub(super) name: String,
    pub(super) host: String,
}

/// Requests of one kind to one host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Requested {
    pub(super) host: String,
    pub(super) kind: String,
}

/// Everything that was seen at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Stage {
    pub(super) moment: Moment,
    pub(super) kept: Vec<Kept>,
    pub(super) requested: Vec<Requested>,
}

/// What is wrong with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// Nobody has said that it is there.
    Undeclared,
    /// It is declared, and needs a yes that was not given.
    WithoutConsent,
    /// Somebody else was called before a yes.
    CalledWithoutConsent,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    pub(super) fault: Fault,
    pub(super) moment: Moment,
    pub(super) what: String,
    pub(super) host: String,
    /// The purpose that declares it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purpose: Option<String>,
}

/// What things are held against.
pub(super) struct Judge<'a> {
    pub(super) host: &'a str,
    pub(super) declared: &'a Declared,
    /// Names and hosts that the person who scans vouches for.
    pub(super) necessary: &'a [String],
}

impl Judge<'_> {
    /// What is wrong at a moment.
    pub(super) fn findings(&self, stage: &Stage) -> Vec<Finding> {
        let kept = stage.kept.iter().filter_map(|kept| {
            let purpose = self.purpose(&kept.name);
            let fault = self.fault(stage.moment, kept, purpose)?;
            Some(Finding {
                fault,
                moment: stage.moment,
                what: kept.name.clone(),
                host: kept.host.clone(),
                purpose: purpose.map(str::to_owned),
            })
        });
        let mut called: Vec<&Requested> = Vec::new();
        if stage.moment != Moment::AfterYes {
            for request in &stage.requested {
                let is_known = called.iter().any(|other| other.host == request.host);
                if self.is_other(&request.host) && !self.is_necessary(&request.host) && !is_known {
                    called.push(request);
                }
            }
        }
        let called = called.into_iter().map(|request| Finding {
            fault: Fault::CalledWithoutConsent,
            moment: stage.moment,
            what: request.kind.clone(),
            host: request.host.clone(),
            purpose: None,
        });
        kept.chain(called).collect()
    }

    fn fault(&self, moment: Moment, kept: &Kept, purpose: Option<&str>) -> Option<Fault> {
        let is_choice = is_own(&kept.name) && moment != Moment::BeforeAnyChoice;
        if is_choice || self.is_necessary(&kept.name) {
            return None;
        }
        match (purpose, moment) {
            (Some(_), Moment::AfterYes) => None,
            (Some(_), _) => Some(Fault::WithoutConsent),
            (None, _) => Some(Fault::Undeclared),
        }
    }

    /// The purpose that declares this name.
    pub(super) fn purpose(&self, name: &str) -> Option<&str> {
        let declares = |pattern: &str| matches(pattern, name);
        self.declared
            .purposes
            .iter()
            .find(|purpose| purpose.terminal.iter().any(|used| declares(&used.name)))
            .map(|purpose| purpose.id.as_str())
    }

    fn is_necessary(&self, name: &str) -> bool {
        self.necessary.iter().any(|pattern| matches(pattern, name))
    }

    /// Whether a host is somebody else's: neither the page's own nor below it. A sister of the page's host counts as
    /// somebody else, because a name alone does not say who owns it; `--necessary` does.
    pub(super) fn is_other(&self, host: &str) -> bool {
        let own = self.host.strip_prefix("www.").unwrap_or(self.host);
        let is_below = host
            .strip_suffix(own)
            .is_some_and(|rest| rest.ends_with('.'));
        host != own && !is_below
    }
}

/// What samtycke keeps to remember a choice: of this site, or of another that shares its host.
fn is_own(name: &str) -> bool {
    let id = name
        .strip_prefix(NAME_PREFIX)
        .or_else(|| name.strip_prefix("samtycke-1:"));
    id.is_some_and(|id| id.parse::<PublicSiteId>().is_ok())
}

/// `_ga_*` is every name that begins so; without the star it is the whole name.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

/// The host of a web address, without its port; `None` of what is fetched from nowhere, such as `data:`.
pub(super) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https" | "ws" | "wss") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit('@').next()?;
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next()?,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared() -> Declared {
        serde_json::from_str(
            r#"{"purposes":[{"id":"x.stats","terminal":[{"name":"_ga"},{"name":"_ga_*"}]},{"id":"x.ads","terminal":[{"name":"_ads"}]}]}"#,
        )
        .expect("a document")
    }

    fn stage(moment: Moment, names: &[&str], hosts: &[&str]) -> Stage {
        Stage {
            moment,
            kept: names
                .iter()
                .map(|name| Kept {
                    store: Store::Cookie,
                    name: (*name).into(),
                    host: "www.example.com".into(),
                })
                .collect(),
            requested: hosts
                .iter()
                .map(|host| Requested {
                    host: (*host).into(),
                    kind: "script".into(),
                })
                .collect(),
        }
    }

    fn faults(moment: Moment, names: &[&str], hosts: &[&str]) -> Vec<(Fault, String)> {
        let (declared, necessary) = (
            declared(),
            ["session".to_owned(), "cdn.example.net".to_owned()],
        );
        let judge = Judge {
            host: "www.example.com",
            declared: &declared,
            necessary: &necessary,
        };
        let found = judge.findings(&stage(moment, names, hosts));
        found
            .into_iter()
            .map(|f| {
                let called = f.fault == Fault::CalledWithoutConsent;
                (f.fault, if called { f.host } else { f.what })
            })
            .collect()
    }

    #[test]
    fn before_a_choice_only_what_is_necessary_may_be_there() {
        let names = [
            "_ga_123",
            "session",
            "odd",
            "samtycke-consent-1-0123456789ab",
        ];
        let hosts = [
            "www.example.com",
            "img.example.com",
            "cdn.example.net",
            "ads.example.org",
            "ads.example.org",
        ];
        assert_eq!(
            faults(Moment::BeforeAnyChoice, &names, &hosts),
            [
                (Fault::WithoutConsent, "_ga_123".into()),
                (Fault::Undeclared, "odd".into()),
                (Fault::Undeclared, "samtycke-consent-1-0123456789ab".into()),
                (Fault::CalledWithoutConsent, "ads.example.org".into()),
            ]
        );
    }

    #[test]
    fn after_a_yes_what_is_declared_may_be_there_and_after_a_no_it_may_not() {
        let names = ["_ga", "odd", "samtycke-consent-1-0123456789ab"];
        assert_eq!(
            faults(Moment::AfterYes, &names, &["ads.example.org"]),
            [(Fault::Undeclared, "odd".into())]
        );
        assert_eq!(
            faults(Moment::AfterNo, &names, &[]),
            [
                (Fault::WithoutConsent, "_ga".into()),
                (Fault::Undeclared, "odd".into())
            ]
        );
    }

    #[test]
    fn names_match_as_in_the_banner() {
        assert!(matches("_ga_*", "_ga_") && matches("_ga", "_ga"));
        assert!(!matches("_ga", "_ga_1") && !matches("_ga_*", "_ga"));
    }

    #[test]
    fn hosts_are_read_out_of_addresses() {
        let read = |url| host(url).unwrap_or_default();
        assert_eq!(read("https://Example.com:8443/a?b"), "example.com");
        assert_eq!(read("http://user:word@example.com/"), "example.com");
        assert_eq!(read("https://[::1]:8080/"), "::1");
        assert_eq!(read("wss://a.example?x"), "a.example");
        for none in ["data:text/html,x", "about:blank", "https://", "file:///etc"] {
            assert_eq!(host(none), None, "{none}");
        }
    }
}
