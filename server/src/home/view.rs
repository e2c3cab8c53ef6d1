//! The page's input: plain data, so that rendering needs no store and tests need no server.

use crate::home::words::{EN, SV, Words};

/// Language of the page. Both are complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Swedish, the language of the registers.
    Sv,
    /// English.
    En,
}

impl Lang {
    /// The language from `?lang=`, else the first supported one in `Accept-Language`, else Swedish. Weights are not
    /// read, because browsers send the list in order of preference.
    pub fn choose(query: Option<&str>, accept_language: Option<&str>) -> Self {
        match query {
            Some("sv") => return Self::Sv,
            Some("en") => return Self::En,
            _ => {}
        }
        for tag in accept_language.unwrap_or_default().split(',') {
            match tag.trim().get(..2) {
                Some("sv") => return Self::Sv,
                Some("en") => return Self::En,
                _ => {}
            }
        }
        Self::Sv
    }

    /// The BCP 47 tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Sv => Self::En,
            Self::En => Self::Sv,
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::Sv => &SV,
            Self::En => &EN,
        }
    }
}

/// The page's contents. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct HomeView {
    /// Language to render in.
    pub lang: Lang,
    /// Whether the page may show tenants' registers and logs. If false, it only says what samtycke is.
    pub shows_tenants: bool,
    /// Name of the service, for example `samtycke`.
    pub service: String,
    /// Version of the server.
    pub version: String,
    /// Time of the state that the page shows.
    pub rendered_at: i64,
    /// The controllers, in display order.
    pub controllers: Vec<Controller>,
    /// On a demo, the invented people whose day can be followed.
    pub people: Vec<Person>,
    /// The three example commands.
    pub commands: Commands,
    /// Links of the footer, for example to `/docs`.
    pub links: Vec<Link>,
}

/// An invented person of a demo, whose day has a page.
#[derive(Debug, Clone)]
pub struct Person {
    /// The tenant that they deal with.
    pub tenant: String,
    /// Address of the page.
    pub href: String,
    /// Who it is, in Swedish.
    pub name_sv: String,
    /// Who it is, in English.
    pub name_en: String,
    /// What happens to them, in Swedish.
    pub about_sv: String,
    /// What happens to them, in English.
    pub about_en: String,
}

/// Shell commands that work unchanged against this server. Each may span several lines.
#[derive(Debug, Clone)]
pub struct Commands {
    /// Records a consent.
    pub record: String,
    /// Runs a check.
    pub check: String,
    /// Fetches a proof bundle and verifies it.
    pub prove: String,
}

/// One footer link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Link target; the caller must ensure that it is safe.
    pub href: String,
    /// Text on the Swedish page.
    pub text_sv: String,
    /// Text on the English page.
    pub text_en: String,
}

/// One data controller with its register, notice and log.
#[derive(Debug, Clone)]
pub struct Controller {
    /// Tenant id; also the fragment of its section.
    pub tenant: String,
    /// Name of the controller, as in the register.
    pub name: String,
    /// Web origin or app id where its notice is shown.
    pub site: String,
    /// Address of that site, on a demo.
    pub visit: Option<String>,
    /// Version of the live register.
    pub register_version: i64,
    /// Content hash of the live register, hex.
    pub register_hash: String,
    /// Content hash of the current notice, hex or with a `sha256:` prefix; `None` if no notice is published.
    pub notice_hash: Option<String>,
    /// The register's purposes in order.
    pub purposes: Vec<Purpose>,
    /// Notices shown today; `None` for a support service for children.
    pub served: Option<i64>,
    /// Sites that have reached their quota of anonymous grants within the last hour.
    pub quota_reached: Vec<String>,
    /// The controller's log.
    pub log: Log,
    /// The latest publications, newest first; the caller limits their number.
    pub publications: Vec<Publication>,
}

/// One purpose of a register.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// Stable id of the purpose.
    pub id: String,
    /// Title in the controller's words.
    pub title_sv: String,
    /// Title in English, translated by us.
    pub title_en: String,
    /// Legal basis in the controller's words; empty if not stated.
    pub basis_sv: String,
    /// Legal basis in English; empty if not stated.
    pub basis_en: String,
    /// Check mode as in a register: `CheckMode::as_str`.
    pub check_mode: String,
    /// State of the purpose.
    pub state: State,
    /// Whether the data are a special category (GDPR Art. 9).
    pub special: Special,
    /// Whether the purpose has a special category and no ground of Art. 9(2) but consent: `Purpose::lacks_art9_ground`.
    pub lacks_art9_ground: bool,
    /// The age rule is `iss` or `maturity`: a check asks for the age band before it asks for consent.
    pub asks_age: bool,
    /// Purposes that must also be allowed.
    pub depends_on: Vec<String>,
    /// Retention in the controller's words, in Swedish; may have several statements.
    pub retention_sv: Vec<String>,
    /// Decisions of the current day.
    pub today: Today,
}

/// The state of a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The purpose's check mode decides its checks.
    TenantView,
    /// Every check denies `REGISTER_INCOMPLETE`.
    Incomplete {
        /// Codes of the lint errors; a detail may follow the code after a colon.
        why: Vec<String>,
    },
    /// Every check denies `PURPOSE_RETIRED`.
    Retired,
    /// The tenant is processor; every check denies `NOT_CONTROLLER`.
    Processor {
        /// The responsible controller; may be empty.
        pointer: String,
    },
}

/// Whether the data are of a special category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// The data are not of a special category.
    No,
    /// The register does not classify the data.
    Unknown,
    /// The data can be of a special category.
    Possible,
    /// The data are of a special category.
    Yes,
}

impl Special {
    pub(super) fn sensitive(self) -> bool {
        matches!(self, Self::Possible | Self::Yes)
    }
}

/// Decisions about one purpose during the current day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// Counts up to the last checkpoint, never live.
    Counts {
        /// Consents given and renewed.
        given: i64,
        /// Refusals and objections.
        refused: i64,
        /// Withdrawals.
        withdrawn: i64,
    },
    /// The purpose needs no decision.
    NotAsked,
    /// Counts are hidden. Purposes under `iss_preventive` need this, because an observer of the page must not see that
    /// a child has answered.
    Withheld,
}

/// A tenant's log at its last published checkpoint.
#[derive(Debug, Clone)]
pub struct Log {
    /// Opaque id: the last part of the origin.
    pub id: String,
    /// Origin line of the checkpoints.
    pub origin: String,
    /// Size in the last published checkpoint. Never use the head's size: it would show the log growing between
    /// checkpoints, which tenants with preventive services must not reveal.
    pub size: i64,
    /// Root hash of that checkpoint, hex.
    pub root: String,
    /// Time at which it was signed.
    pub checkpoint_at: i64,
    /// The keys that sign it, oldest first, as C2SP signed-note keys. More than one while one replaces another.
    pub vkeys: Vec<String>,
    /// Leaves per hour, oldest first, at most 24; the last is the current hour.
    pub growth: Vec<Hour>,
}

/// The growth of a log in one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Start of the hour.
    pub starts_at: i64,
    /// Leaves appended and published.
    pub leaves: i64,
}

/// The publication of a notice or a register version.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Time of publication.
    pub at: i64,
    /// What was published.
    pub kind: PublicationKind,
    /// Version of the notice or register.
    pub version: i64,
    /// Content hash, hex.
    pub hash: String,
    /// Log index.
    pub index: i64,
    /// Its heaviest change class: `editorial`, `material_notice`, `material_consent`; empty for a first version.
    pub change: String,
}

/// The kind of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationKind {
    /// A notice.
    Notice,
    /// A register.
    Register,
    /// Consents on a notice declared invalid.
    Invalidation,
}
