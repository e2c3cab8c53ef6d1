//! What the controller's systems know: notices, contracts, terms and linked devices.

use samtycke_core::id::Language;
use samtycke_core::id::NoticeHash;
use samtycke_core::id::PurposeId;
use samtycke_core::id::ScopeValue;
use samtycke_core::id::SubjectId;
use samtycke_core::notice::Variant;
use samtycke_core::wire::ContractEndedData;
use samtycke_core::wire::ContractStartedData;
use samtycke_core::wire::NoticeDeliveredData;
use samtycke_core::wire::SubjectLinkedData;
use samtycke_core::wire::TermsAcceptedData;

use super::args::{About, By, From, Parts};
use crate::notice::variant;
/// What the controller's systems know: notices, contracts, terms and linked devices.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Known {
    /// The person received a notice, so that legitimate interest may be relied on (GDPR Art. 13 and 14).
    #[command(name = "notice.delivered")]
    NoticeDelivered {
        #[command(flatten)]
        about: About,
        /// The hash of the notice, as `samtycke notice publish` prints it.
        #[arg(long, value_name = "SHA256")]
        notice: NoticeHash,
        /// A purpose that the notice tells of. Repeat it for each.
        #[arg(long = "purpose", required = true)]
        purposes: Vec<PurposeId>,
        /// The language that was delivered, such as sv.
        #[arg(long)]
        language: Language,
        /// The readers for whom the text was written: `adult`, `teen` or `child`; default adult.
        #[arg(long, value_parser = variant)]
        variant: Option<Variant>,
        #[command(flatten)]
        by: By,
    },
    /// A contract with the person began (GDPR Art. 6(1)(b)).
    #[command(name = "contract.started")]
    ContractStarted {
        #[command(flatten)]
        about: About,
        /// Your own code of the contract, such as c-4711.
        #[arg(long, value_name = "CODE")]
        contract: ScopeValue,
        /// A purpose that the contract carries. Repeat it for each.
        #[arg(long = "purpose", required = true)]
        purposes: Vec<PurposeId>,
        #[command(flatten)]
        from: From,
        #[command(flatten)]
        by: By,
    },
    /// A contract ended or will end; the earliest end counts (GDPR Art. 6(1)(b)).
    #[command(name = "contract.ended")]
    ContractEnded {
        #[command(flatten)]
        about: About,
        /// Your own code of the contract.
        #[arg(long, value_name = "CODE")]
        contract: ScopeValue,
        /// The last day on which it lives, in Stockholm, such as 2026-06-30.
        #[arg(long, value_name = "DAY")]
        last_day: String,
        #[command(flatten)]
        by: By,
    },
    /// The person accepted terms. This is no consent and starts no contract (GDPR Art. 7(2)).
    #[command(name = "terms.accepted")]
    TermsAccepted {
        #[command(flatten)]
        about: About,
        /// SHA-256 of the terms: sha256: and 64 hex digits.
        #[arg(long, value_name = "SHA256")]
        terms: NoticeHash,
        /// Your own name of the version, such as 2026-01.
        #[arg(long = "terms-version", value_name = "CODE")]
        version: ScopeValue,
        #[command(flatten)]
        by: By,
    },
    /// Another subject, such as a device, is the same person (GDPR Art. 5(1)(d)).
    #[command(name = "subject.linked")]
    SubjectLinked {
        #[command(flatten)]
        about: About,
        /// The device or account that is taken in.
        #[arg(long, value_name = "SUBJECT")]
        from: SubjectId,
        #[command(flatten)]
        by: By,
    },
}

impl Known {
    /// The parts of the request.
    pub(super) fn parts(self) -> Parts {
        match self {
            Self::NoticeDelivered {
                about,
                notice,
                purposes,
                language,
                variant,
                by,
            } => {
                let data = NoticeDeliveredData {
                    notice,
                    purposes,
                    language,
                    variant,
                };
                Parts::new(about, by, data)
            }
            Self::ContractStarted {
                about,
                contract,
                purposes,
                from,
                by,
            } => {
                let data = ContractStartedData { contract, purposes };
                Parts::new(about, by, data).from(from.effective_from)
            }
            Self::ContractEnded {
                about,
                contract,
                last_day,
                by,
            } => {
                let data = ContractEndedData { contract, last_day };
                Parts::new(about, by, data)
            }
            Self::TermsAccepted {
                about,
                terms,
                version,
                by,
            } => {
                let data = TermsAcceptedData { terms, version };
                Parts::new(about, by, data)
            }
            Self::SubjectLinked { about, from, by } => {
                let data = SubjectLinkedData { from };
                Parts::new(about, by, data)
            }
        }
    }
}
