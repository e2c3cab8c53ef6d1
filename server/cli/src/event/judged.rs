//! What the data protection officer decides.

use samtycke_core::event::kinds::Fault;
use samtycke_core::id::EventId;
use samtycke_core::id::NoticeHash;
use samtycke_core::id::ScopeValue;
use samtycke_core::id::SubjectId;
use samtycke_core::wire::ConsentInvalidatedData;
use samtycke_core::wire::ConsentRevokedData;
use samtycke_core::wire::CorrectionData;
use samtycke_core::wire::ObjectionRejectedData;
use samtycke_core::wire::ObjectionUpheldData;
use samtycke_core::wire::SubjectRestrictedData;
use samtycke_core::wire::SubjectUnmergedData;
use samtycke_core::wire::SubjectUnrestrictedData;

use super::args::{About, By, Cell, Cells, From, Parts};
use super::read;
/// What the data protection officer decides.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Judged {
    /// You accept the person's objection, and processing stays ended (GDPR Art. 21(1)).
    #[command(name = "objection.upheld")]
    ObjectionUpheld {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cell: Cell,
        #[command(flatten)]
        by: By,
    },
    /// You reject the person's objection on compelling grounds, and processing goes on (GDPR Art. 21(1)).
    #[command(name = "objection.rejected")]
    ObjectionRejected {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cell: Cell,
        /// The code of the grounds in your own list, such as fraud-prevention.
        #[arg(long, value_name = "CODE")]
        grounds: ScopeValue,
        /// SHA-256 of the balancing test, which you keep: sha256: and 64 hex digits.
        #[arg(long, value_name = "SHA256")]
        balancing_test: NoticeHash,
        #[command(flatten)]
        by: By,
    },
    /// A consent was never valid, so the processing was unlawful too (GDPR Art. 4(11) and 7).
    #[command(name = "consent.invalidated")]
    ConsentInvalidated {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cells: Cells,
        /// The code of the cause in your own list.
        #[arg(long, value_name = "CODE")]
        cause: ScopeValue,
        #[command(flatten)]
        from: From,
        #[command(flatten)]
        by: By,
    },
    /// You no longer rely on a consent; past processing stays lawful (GDPR Art. 6(1)(a)).
    #[command(name = "consent.revoked")]
    ConsentRevoked {
        #[command(flatten)]
        about: About,
        #[command(flatten)]
        cells: Cells,
        /// The code of the cause in your own list.
        #[arg(long, value_name = "CODE")]
        cause: ScopeValue,
        #[command(flatten)]
        by: By,
    },
    /// Processing of the person's data is restricted (GDPR Art. 18).
    #[command(name = "subject.restricted")]
    SubjectRestricted {
        #[command(flatten)]
        about: About,
        /// The code of the cause in your own list, such as accuracy-contested.
        #[arg(long, value_name = "CODE")]
        cause: ScopeValue,
        #[command(flatten)]
        by: By,
    },
    /// The restriction is lifted; tell the person before (GDPR Art. 18(3)).
    #[command(name = "subject.unrestricted")]
    SubjectUnrestricted {
        #[command(flatten)]
        about: About,
        /// The code of the cause in your own list.
        #[arg(long, value_name = "CODE")]
        cause: ScopeValue,
        #[command(flatten)]
        by: By,
    },
    /// Two linked subjects are different people after all (GDPR Art. 5(1)(d)).
    #[command(name = "subject.unmerged")]
    SubjectUnmerged {
        #[command(flatten)]
        about: About,
        /// The subject that had been taken in.
        #[arg(long, value_name = "SUBJECT")]
        from: SubjectId,
        /// The code of the cause in your own list.
        #[arg(long, value_name = "CODE")]
        cause: ScopeValue,
        #[command(flatten)]
        by: By,
    },
    /// An earlier event was recorded wrongly (GDPR Art. 16). It can end grants and never makes one.
    #[command(name = "correction")]
    Correction {
        #[command(flatten)]
        about: About,
        /// The id of the event that was wrong.
        #[arg(long, value_name = "ID")]
        corrects: EventId,
        /// What was wrong: `wrong_subject`, `wrong_purpose` or evidence.
        #[arg(long, value_parser = read::fault)]
        fault: Fault,
        #[command(flatten)]
        from: From,
        #[command(flatten)]
        by: By,
    },
}

impl Judged {
    /// The parts of the request.
    pub(super) fn parts(self) -> Parts {
        match self {
            Self::ObjectionUpheld { about, cell, by } => {
                let data = ObjectionUpheldData {
                    purpose: cell.purpose,
                    scope: cell.scope.unwrap_or_default(),
                };
                Parts::new(about, by, data)
            }
            Self::ObjectionRejected {
                about,
                cell,
                grounds,
                balancing_test,
                by,
            } => {
                let data = ObjectionRejectedData {
                    purpose: cell.purpose,
                    scope: cell.scope.unwrap_or_default(),
                    grounds,
                    balancing_test,
                };
                Parts::new(about, by, data)
            }
            Self::ConsentInvalidated {
                about,
                cells,
                cause,
                from,
                by,
            } => {
                let data = ConsentInvalidatedData {
                    purpose: cells.cell.purpose,
                    scope: cells.cell.scope.unwrap_or_default(),
                    all_scopes: cells.all_scopes,
                    cause,
                };
                Parts::new(about, by, data).from(from.effective_from)
            }
            Self::ConsentRevoked {
                about,
                cells,
                cause,
                by,
            } => {
                let data = ConsentRevokedData {
                    purpose: cells.cell.purpose,
                    scope: cells.cell.scope.unwrap_or_default(),
                    all_scopes: cells.all_scopes,
                    cause,
                };
                Parts::new(about, by, data)
            }
            Self::SubjectRestricted { about, cause, by } => {
                let data = SubjectRestrictedData { cause };
                Parts::new(about, by, data)
            }
            Self::SubjectUnrestricted { about, cause, by } => {
                let data = SubjectUnrestrictedData { cause };
                Parts::new(about, by, data)
            }
            Self::SubjectUnmerged {
                about,
                from,
                cause,
                by,
            } => {
                let data = SubjectUnmergedData { from, cause };
                Parts::new(about, by, data)
            }
            Self::Correction {
                about,
                corrects,
                fault,
                from,
                by,
            } => {
                let data = CorrectionData { corrects, fault };
                Parts::new(about, by, data).from(from.effective_from)
            }
        }
    }
}
