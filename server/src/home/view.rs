//! What the page is told: plain data, so that rendering needs no store and a test no server.

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
    /// The language asked for by `?lang=`, else the first of the two that `Accept-Language` names, else Swedish.
    /// Weights are not read: browsers send the list in order of preference.
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

/// Everything the page shows. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct HomeView {
    /// Language to render in.
    pub lang: Lang,
    /// Whether anybody may see whose registers and logs these are. If not, the page says what samtycke is and no more.
    pub shows_tenants: bool,
    /// Name of the service, for example `samtycke`.
    pub service: String,
    /// Version of the server.
    pub version: String,
    /// The moment whose state this is.
    pub rendered_at: i64,
    /// The controllers, in the order shown.
    pub controllers: Vec<Controller>,
    /// The three commands to try.
    pub commands: Commands,
    /// Links of the footer, for example to `/docs`.
    pub links: Vec<Link>,
}

/// Shell commands that work as they stand against this server. May span several lines.
#[derive(Debug, Clone)]
pub struct Commands {
    /// Records a consent.
    pub record: String,
    /// Asks whether something may be done.
    pub check: String,
    /// Fetches a proof bundle and verifies it.
    pub prove: String,
}

/// One link of the footer.
#[derive(Debug, Clone)]
pub struct Link {
    /// Target; the caller vouches for it.
    pub href: String,
    /// Text on the Swedish page.
    pub text_sv: String,
    /// Text on the English page.
    pub text_en: String,
}

/// One data controller: its register, its notice, its log.
#[derive(Debug, Clone)]
pub struct Controller {
    /// Tenant id; also the fragment that its section is reached by.
    pub tenant: String,
    /// Name, as in the register.
    pub name: String,
    /// Web origin or app id where its notice is shown.
    pub site: String,
    /// Where to visit that site, on a demo.
    pub visit: Option<String>,
    /// Version of the live register.
    pub register_version: i64,
    /// Content hash of the live register, hex.
    pub register_hash: String,
    /// Content hash of the current notice, hex or with a `sha256:` prefix; `None` where none is published.
    pub notice_hash: Option<String>,
    /// The register's purposes, in its order.
    pub purposes: Vec<Purpose>,
    /// Its log.
    pub log: Log,
    /// The latest publications, newest first; the caller bounds them.
    pub publications: Vec<Publication>,
}

/// One purpose of a register.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// Stable id.
    pub id: String,
    /// Title in the controller's words.
    pub title_sv: String,
    /// Title in English: our reading.
    pub title_en: String,
    /// Legal basis in the controller's words; empty where not stated.
    pub basis_sv: String,
    /// Legal basis in English; empty where not stated.
    pub basis_en: String,
    /// Check mode as it stands in a register: `CheckMode::as_str`.
    pub check_mode: String,
    /// What is in force.
    pub state: State,
    /// Special category of data (GDPR Art. 9).
    pub special: Special,
    /// Special category without a ground of Art. 9(2) other than consent: `Purpose::lacks_art9_ground`.
    pub lacks_art9_ground: bool,
    /// The age rule is `iss` or `maturity`: a check asks for the age band before it asks for consent.
    pub asks_age: bool,
    /// Purposes that must be allowed too.
    pub depends_on: Vec<String>,
    /// Retention in the controller's words, in Swedish; may be several statements.
    pub retention_sv: Vec<String>,
    /// Decisions of the current day.
    pub today: Today,
}

/// What is in force about a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Checks are answered by its check mode.
    Live,
    /// Every check denies `REGISTER_INCOMPLETE`.
    Incomplete {
        /// Codes of the lint errors; a code may carry its detail after a colon.
        why: Vec<String>,
    },
    /// Every check denies `PURPOSE_RETIRED`.
    Retired,
    /// The tenant is processor; every check denies `NOT_CONTROLLER`.
    Processor {
        /// Who answers instead; may be empty.
        pointer: String,
    },
}

/// Whether the data are of a special category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// Not.
    No,
    /// Not classified.
    Unknown,
    /// They can be.
    Possible,
    /// They are.
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
    /// Counted up to the last checkpoint, never live.
    Counts {
        /// Given and renewed.
        given: i64,
        /// Refused and objected.
        refused: i64,
        /// Withdrawn.
        withdrawn: i64,
    },
    /// Nobody is asked for a decision about this purpose.
    NotAsked,
    /// Not shown. Owed to purposes under `iss_preventive`, where somebody who watches the page must not be able to see
    /// that a child has answered.
    Withheld,
}

/// A tenant's log as its last checkpoint has it.
#[derive(Debug, Clone)]
pub struct Log {
    /// Opaque id: the last part of the origin.
    pub id: String,
    /// Origin line of its checkpoints.
    pub origin: String,
    /// Size in the last published checkpoint. Never the head's: that would show the log growing between checkpoints,
    /// which tenants with preventive services must not let anybody see.
    pub size: i64,
    /// Root hash of that checkpoint, hex.
    pub root: String,
    /// When it was signed.
    pub checkpoint_at: i64,
    /// Verifier key in the form of C2SP signed-note.
    pub vkey: String,
    /// Leaves per hour, oldest first, at most 24; the last is the hour under way.
    pub growth: Vec<Hour>,
}

/// How much a log grew in one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Start of the hour.
    pub starts_at: i64,
    /// Leaves appended and published.
    pub leaves: i64,
}

/// The event by which a notice or a register version went live.
#[derive(Debug, Clone)]
pub struct Publication {
    /// When.
    pub at: i64,
    /// Of what.
    pub kind: PublicationKind,
    /// Version of it.
    pub version: i64,
    /// Content hash, hex.
    pub hash: String,
    /// Position in the log.
    pub index: i64,
    /// The heaviest change class in it: `editorial`, `material_notice`, `material_consent`; empty for a first version.
    pub change: String,
}

/// What a publication published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationKind {
    /// A notice.
    Notice,
    /// A register.
    Register,
}
