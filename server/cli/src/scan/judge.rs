//! Compares what was seen with what was declared. Pure, so that tests need no browser.

use samtycke_core::cookie::NAME_PREFIX;
use samtycke_core::id::PublicSiteId;
use serde::Serialize;

use super::declared::Declared;

/// The point of the visit at which something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Moment {
    BeforeAnyChoice,
    AfterYes,
    AfterNo,
}

/// The kind of storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Store {
    Cookie,
    /// A cookie that this browser refused.
    RefusedCookie,
    Local,
    Session,
    Database,
    Cache,
}

/// A stored item by name; values are never read.
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

/// Everything seen at one point of the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Stage {
    pub(super) moment: Moment,
    pub(super) kept: Vec<Kept>,
    pub(super) requested: Vec<Requested>,
    /// A Google tag ran before the default that denies everything.
    pub(super) google_before_default: bool,
}

/// The purpose that declares an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For<'a> {
    /// Necessary: stated without a question, because the visitor's request needs it.
    Necessary(&'a str),
    /// Needs consent.
    Asked(&'a str),
}

impl<'a> For<'a> {
    pub(super) fn purpose(self) -> &'a str {
        match self {
            Self::Necessary(purpose) | Self::Asked(purpose) => purpose,
        }
    }
}

/// What is wrong with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// It is not declared.
    Undeclared,
    /// It is declared, and lacks the consent that it needs.
    WithoutConsent,
    /// A third party was called before consent.
    CalledWithoutConsent,
    /// A third party that the declaration does not name was called after consent.
    CalledUndeclared,
    /// A Google tag ran before a default of Consent Mode.
    GoogleBeforeDefault,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    pub(super) fault: Fault,
    pub(super) moment: Moment,
    pub(super) what: String,
    pub(super) host: String,
    /// The purpose that declares the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purpose: Option<String>,
}

/// What a visit is compared with.
pub(super) struct Judge<'a> {
    pub(super) host: &'a str,
    pub(super) declared: &'a Declared,
    /// Names and hosts that the user of the scan declares as necessary.
    pub(super) necessary: &'a [String],
}

impl Judge<'_> {
    /// The findings at one point of the visit.
    pub(super) fn findings(&self, stage: &Stage) -> Vec<Finding> {
        let kept = stage.kept.iter().filter_map(|kept| {
            let declared = self.declared_for(&kept.name);
            let fault = self.fault(stage.moment, kept, declared)?;
            Some(Finding {
                fault,
                moment: stage.moment,
                what: kept.name.clone(),
                host: kept.host.clone(),
                purpose: declared.map(|d| d.purpose().to_owned()),
            })
        });
        let mut called: Vec<&Requested> = Vec::new();
        for request in &stage.requested {
            let is_known = called.iter().any(|other| other.host == request.host);
            let is_named = stage.moment == Moment::AfterYes && self.names(&request.host);
            let is_fine = !self.is_other(&request.host) || self.is_necessary(&request.host);
            if !is_known && !is_named && !is_fine {
                called.push(request);
            }
        }
        let called = called.into_iter().map(|request| Finding {
            fault: match stage.moment {
                Moment::AfterYes => Fault::CalledUndeclared,
                Moment::BeforeAnyChoice | Moment::AfterNo => Fault::CalledWithoutConsent,
            },
            moment: stage.moment,
            what: request.kind.clone(),
            host: request.host.clone(),
            purpose: None,
        });
        let google = stage.google_before_default.then(|| Finding {
            fault: Fault::GoogleBeforeDefault,
            moment: stage.moment,
            what: "dataLayer".to_owned(),
            host: self.host.to_owned(),
            purpose: None,
        });
        kept.chain(called).chain(google).collect()
    }

    fn fault(&self, moment: Moment, kept: &Kept, declared: Option<For<'_>>) -> Option<Fault> {
        let is_choice = is_own(&kept.name) && moment != Moment::BeforeAnyChoice;
        if is_choice || self.is_necessary(&kept.name) {
            return None;
        }
        match (declared, moment) {
            (Some(For::Necessary(_)), _) | (Some(For::Asked(_)), Moment::AfterYes) => None,
            (Some(For::Asked(_)), _) => Some(Fault::WithoutConsent),
            (None, _) => Some(Fault::Undeclared),
        }
    }

    /// The purpose that declares this name. A purpose that needs consent comes first: a cookie that serves one must
    /// wait for it.
    pub(super) fn declared_for(&self, name: &str) -> Option<For<'_>> {
        let asked = self.declared.purposes.iter().find(|purpose| {
            let mut uses = purpose.terminal.iter();
            uses.any(|used| matches(&used.name, name))
        });
        let told = || {
            self.declared.text.others.iter().find(|purpose| {
                let mut cookies = purpose.cookies.iter();
                cookies.any(|cookie| matches(&cookie.name, name))
            })
        };
        asked
            .map(|purpose| For::Asked(&purpose.id))
            .or_else(|| told().map(|purpose| For::Necessary(&purpose.id)))
    }

    /// Whether the declaration names this host's owner: a service or recipient with a word of its name or id in the
    /// host, as `Google Ireland Ltd` in `www.google-analytics.com`. No public list says who owns a host, so this is an
    /// approximation; `--necessary` covers the rest.
    fn names(&self, host: &str) -> bool {
        let purposes = self.declared.purposes.iter();
        let vendors = purposes
            .flat_map(|p| &p.vendors)
            .flat_map(|vendor| [&vendor.id, &vendor.name]);
        let texts = self.declared.text.purposes.iter();
        let recipients = texts.clone().map(|p| &p.recipients);
        let parties = texts.flat_map(|p| &p.cookies).map(|cookie| &cookie.party);
        let labels = host.rsplit_once('.').map_or(host, |(labels, _)| labels);
        vendors
            .chain(recipients)
            .chain(parties)
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .map(str::to_lowercase)
            .any(|word| {
                let tells = word.chars().count() >= WORD_CHARS_MIN && !COMMON.contains(&&*word);
                tells && labels.contains(&word)
            })
    }

    fn is_necessary(&self, name: &str) -> bool {
        self.necessary.iter().any(|pattern| matches(pattern, name))
    }

    /// Whether a host is a third party's: neither the page's own host nor below it. A sibling of the page's host counts
    /// as a third party, because a name alone does not show its owner; `--necessary` overrides that.
    pub(super) fn is_other(&self, host: &str) -> bool {
        let own = self.host.strip_prefix("www.").unwrap_or(self.host);
        let is_below = host
            .strip_suffix(own)
            .is_some_and(|rest| rest.ends_with('.'));
        host != own && !is_below
    }
}

/// Shorter words occur in too many hosts.
const WORD_CHARS_MIN: usize = 4;
/// Words in company names and declarations that do not identify a host's owner.
const COMMON: [&str; 12] = [
    "analytics",
    "company",
    "corporation",
    "group",
    "inc",
    "international",
    "limited",
    "media",
    "online",
    "part",
    "party",
    "services",
];

/// What samtycke stores to remember a choice, for this site or another on the same host.
fn is_own(name: &str) -> bool {
    [NAME_PREFIX, "samtycke-1:", "samtycke-allowed-"]
        .iter()
        .filter_map(|beginning| name.strip_prefix(beginning))
        .any(|id| id.parse::<PublicSiteId>().is_ok())
}

/// `_ga_*` matches every name with that prefix; without the star the whole name must match.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

/// The host of a web address, without its port; `None` for schemes without a host, such as `data:`.
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
            r#"{"purposes":[{"id":"x.stats","terminal":[{"name":"_ga"},{"name":"_ga_*"}]},{"id":"x.ads","terminal":[{"name":"_ads"}],"vendors":[{"id":"pixla","name":"Pixla Ads LLC"}]}],
                "text":{"purposes":[{"id":"x.stats","recipients":"Matverket Analytics Inc. (US), Fjärran Group"}],
                "others":[{"id":"x.login","cookies":[{"name":"sid_*"},{"name":"_ga"}]}]}}"#,
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
            google_before_default: false,
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
                let called = matches!(
                    f.fault,
                    Fault::CalledWithoutConsent | Fault::CalledUndeclared
                );
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
    fn declared_storage_is_allowed_after_consent_not_after_refusal() {
        let names = ["_ga", "odd", "samtycke-consent-1-0123456789ab"];
        assert_eq!(
            faults(
                Moment::AfterYes,
                &names,
                &["t.pixla.example", "ads.example.org"]
            ),
            [
                (Fault::Undeclared, "odd".into()),
                (Fault::CalledUndeclared, "ads.example.org".into())
            ]
        );
        assert_eq!(
            faults(Moment::AfterNo, &names, &[]),
            [
                (Fault::WithoutConsent, "_ga".into()),
                (Fault::Undeclared, "odd".into())
            ]
        );
    }

    /// Protects a site's own session cookie from being reported (C16), and a purpose that needs consent from being made
    /// necessary by a second row.
    #[test]
    fn storage_that_is_only_told_is_necessary() {
        for moment in [Moment::BeforeAnyChoice, Moment::AfterNo, Moment::AfterYes] {
            assert_eq!(faults(moment, &["sid_1"], &[]), [], "{moment:?}");
            let typo = faults(moment, &["sjd_1"], &[]);
            assert_eq!(typo, [(Fault::Undeclared, "sjd_1".into())]);
        }
        let asked = faults(Moment::BeforeAnyChoice, &["_ga"], &[]);
        assert_eq!(asked, [(Fault::WithoutConsent, "_ga".into())]);
    }

    #[test]
    fn after_consent_only_named_recipients_may_be_contacted() {
        let found = |host| faults(Moment::AfterYes, &[], &[host]);
        for named in [
            "px.pixla-cdn.example",
            "matverket.example",
            "fjärran.example",
        ] {
            assert_eq!(found(named), [], "{named}");
        }
        // "analytics" and "group" are in the recipients' names, and in those of too many hosts.
        for other in ["analytics.example", "group.example", "tracker.pixla"] {
            assert_eq!(found(other), [(Fault::CalledUndeclared, other.into())]);
        }
    }

    #[test]
    fn a_tag_that_ran_too_early_is_found() {
        let (declared, necessary) = (declared(), []);
        let judge = Judge {
            host: "www.example.com",
            declared: &declared,
            necessary: &necessary,
        };
        let mut stage = stage(Moment::BeforeAnyChoice, &[], &[]);
        assert_eq!(judge.findings(&stage), []);
        stage.google_before_default = true;
        let found = judge.findings(&stage);
        assert_eq!(
            (found.len(), found[0].fault),
            (1, Fault::GoogleBeforeDefault)
        );
    }

    #[test]
    fn storage_of_the_banner_is_known_by_its_name() {
        for own in [
            "samtycke-consent-1-0123456789ab",
            "samtycke-1:0123456789ab",
            "samtycke-allowed-0123456789ab",
        ] {
            assert!(is_own(own), "{own}");
        }
        assert!(!is_own("samtycke-consent-10") && !is_own("samtycke-ads"));
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
