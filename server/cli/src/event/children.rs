//! Ages and guardians.

use samtycke_core::actor::Verification;
use samtycke_core::age::AgeBand;
use samtycke_core::age::Country;
use samtycke_core::decision::Method;
use samtycke_core::event::kinds::UnlinkCause;
use samtycke_core::id::Language;
use samtycke_core::id::NoticeHash;
use samtycke_core::id::SubjectId;
use samtycke_core::notice::Variant;
use samtycke_core::wire::AgeBandSetData;
use samtycke_core::wire::GuardianAuthorisedData;
use samtycke_core::wire::GuardianDeclinedData;
use samtycke_core::wire::GuardianLinkedData;
use samtycke_core::wire::GuardianUnlinkedData;
use samtycke_core::wire::GuardianWithdrawnData;

use super::args::{About, By, Cell, Cells, Guardian, Parts};
use super::read;
use crate::notice::variant;
/// Ages and guardians.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Children {
    /// The person's age band became known, rose or was corrected (GDPR Art. 8). No date of birth is kept.
    #[command(name = "age.band_set")]
    AgeBandSet {
        #[command(flatten)]
        about: About,
        /// The age: `under_7`, `7_12`, 13, 14, 15, `16_17` or adult.
        #[arg(long, value_parser = read::band)]
        band: AgeBand,
        /// The first day on which the band may be wrong, such as 2027-03-01; default: after the band's own width.
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
        /// The country of residence, such as SE.
        #[arg(long, value_parser = Country::parse)]
        country: Option<Country>,
        /// How the age was verified: `self_declared`, `email_confirmed` or eid.
        #[arg(long, value_name = "HOW", value_parser = read::verification)]
        verification: Verification,
        #[command(flatten)]
        by: By,
    },
    /// Somebody holds parental responsibility for the person (GDPR Art. 8(2)).
    #[command(name = "guardian.linked")]
    GuardianLinked {
        #[command(flatten)]
        about: About,
        /// The guardian's subject.
        #[arg(long, value_name = "SUBJECT")]
        guardian: SubjectId,
        /// How it was verified: `self_declared`, `email_confirmed` or eid.
        #[arg(long, value_name = "HOW", value_parser = read::verification)]
        verification: Verification,
        /// How many persons hold custody: 1 or 2.
        #[arg(long, value_name = "NUMBER")]
        holders: u8,
        #[command(flatten)]
        by: By,
    },
    /// Custody ended, or the link was wrong (GDPR Art. 8(2)).
    #[command(name = "guardian.unlinked")]
    GuardianUnlinked {
        #[command(flatten)]
        about: About,
        /// The guardian's subject.
        #[arg(long, value_name = "SUBJECT")]
        guardian: SubjectId,
        /// `custody_ended`, or `link_wrong`, which also invalidates what the guardian authorised.
        #[arg(long, value_parser = read::unlink_cause)]
        cause: UnlinkCause,
        /// How many persons hold custody from now on: 1 or 2.
        #[arg(long, value_name = "NUMBER")]
        holders: u8,
        #[command(flatten)]
        by: By,
    },
    /// A guardian authorised the child's consent (GDPR Art. 8(1)).
    #[command(name = "guardian.authorised")]
    GuardianAuthorised {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cell: Cell,
        #[command(flatten)]
        guardian: Guardian,
        /// It is a separate statement, as special categories of data need (GDPR Art. 9(2)(a)).
        #[arg(long)]
        explicit: bool,
        /// The hash of the notice that the guardian was shown.
        #[arg(long, value_name = "SHA256")]
        notice: NoticeHash,
        /// The language that was shown, such as sv.
        #[arg(long)]
        language: Language,
        /// The readers for whom the text was written: `adult`, `teen` or `child`; default adult.
        #[arg(long, value_parser = variant)]
        variant: Option<Variant>,
        /// How the guardian decided: button, `toggle_save`, signature, `verbal_recorded`, form or eid.
        #[arg(long, value_parser = read::method)]
        method: Method,
    },
    /// A guardian declined to authorise the child's consent (GDPR Art. 8(1)).
    #[command(name = "guardian.declined")]
    GuardianDeclined {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cells: Cells,
        #[command(flatten)]
        guardian: Guardian,
    },
    /// A guardian withdrew a consent (GDPR Art. 7(3)).
    #[command(name = "guardian.withdrawn")]
    GuardianWithdrawn {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cells: Cells,
        #[command(flatten)]
        guardian: Guardian,
    },
}

impl Children {
    /// The parts of the request.
    pub(super) fn parts(self) -> Parts {
        match self {
            Self::AgeBandSet {
                about,
                band,
                until,
                country,
                verification,
                by,
            } => {
                let data = AgeBandSetData {
                    band,
                    until,
                    country,
                    verification,
                };
                Parts::new(about, by, data)
            }
            Self::GuardianLinked {
                about,
                guardian,
                verification,
                holders,
                by,
            } => {
                let data = GuardianLinkedData {
                    guardian,
                    verification,
                    holders,
                };
                Parts::new(about, by, data)
            }
            Self::GuardianUnlinked {
                about,
                guardian,
                cause,
                holders,
                by,
            } => {
                let data = GuardianUnlinkedData {
                    guardian,
                    cause,
                    holders,
                };
                Parts::new(about, by, data)
            }
            Self::GuardianAuthorised {
                about,
                cell,
                guardian,
                explicit,
                notice,
                language,
                variant,
                method,
            } => {
                let data = GuardianAuthorisedData {
                    purpose: cell.purpose,
                    scope: cell.scope.unwrap_or_default(),
                    explicit,
                    notice,
                    language,
                    variant,
                    method,
                };
                Parts::by_guardian(about, guardian, data)
            }
            Self::GuardianDeclined {
                about,
                cells,
                guardian,
            } => {
                let data = GuardianDeclinedData {
                    purpose: cells.cell.purpose,
                    scope: cells.cell.scope.unwrap_or_default(),
                    all_scopes: cells.all_scopes,
                };
                Parts::by_guardian(about, guardian, data)
            }
            Self::GuardianWithdrawn {
                about,
                cells,
                guardian,
            } => {
                let data = GuardianWithdrawnData {
                    purpose: cells.cell.purpose,
                    scope: cells.cell.scope.unwrap_or_default(),
                    all_scopes: cells.all_scopes,
                };
                Parts::by_guardian(about, guardian, data)
            }
        }
    }
}
