//! The reasons of verdicts, as a closed list. SDKs switch on it. A client that receives an unknown reason must deny.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:tt, $class:ident; )+) => {
        /// The reason for a verdict. Row numbers refer to the decision table in [`crate::decide`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Reason {
            $( $(#[doc = $doc])+ #[serde(rename = $text)] $name, )+
        }

        impl Reason {
            /// All reasons, in the order of this list.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// The name in the API. It never changes.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )+ }
            }

            const fn class(self) -> Class {
                match self { $( Self::$name => Class::$class, )+ }
            }
        }
    };
}

/// The class of a reason. Each reason has one, so no reason can both allow and deny.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Allow,
    Deny,
    FailClosed,
}

impl Reason {
    /// Whether a verdict with this reason allows. Each reason always allows or never does.
    pub const fn allows(self) -> bool {
        matches!(self.class(), Class::Allow)
    }

    /// Whether the denial comes from a service that could not decide.
    pub const fn is_fail_closed(self) -> bool {
        matches!(self.class(), Class::FailClosed)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

reasons! {
    /// Reading only, because a law requires the data to be kept (rows 4, 6, 7).
    LegalHoldOnly = "LEGAL_HOLD_ONLY", Allow;
    /// A legal obligation requires the processing (GDPR Art. 6(1)(c); row 13).
    LegalObligation = "LEGAL_OBLIGATION", Allow;
    /// A contract is live (GDPR Art. 6(1)(b); row 14).
    Contract = "CONTRACT", Allow;
    /// The tenant asserts a contract that it does not record here (row 14).
    ContractAsserted = "CONTRACT_ASSERTED", Allow;
    /// The contract has ended; its data may be read until they must be erased (row 15).
    ContractRetention = "CONTRACT_RETENTION", Allow;
    /// A legitimate interest without an objection (GDPR Art. 6(1)(f); row 20).
    LegitimateInterest = "LEGITIMATE_INTEREST", Allow;
    /// The controller rejected the objection on compelling grounds (GDPR Art. 21(1); row 20).
    ObjectionRejected = "OBJECTION_REJECTED", Allow;
    /// The consent is live (rows 31 and 32).
    ConsentValid = "CONSENT_VALID", Allow;
    /// The consent is live and was renewed (row 32).
    ConsentRenewed = "CONSENT_RENEWED", Allow;
    /// The consent is live; a guardian granted or authorised it (row 32).
    GuardianConsent = "GUARDIAN_CONSENT", Allow;
    /// A guardian's consent that remains valid after the young person could decide alone (row 32).
    GuardianConsentCarried = "GUARDIAN_CONSENT_CARRIED", Allow;
    /// A live consent to an earlier notice with the same content for this purpose (row 32).
    NoticeEquivalent = "NOTICE_EQUIVALENT", Allow;
    /// The purpose or the tenant does not exist, or no register is live (row 1).
    PurposeUnknown = "PURPOSE_UNKNOWN", Deny;
    /// The tenant is a processor here; the controller decides (row 2).
    NotController = "NOT_CONTROLLER", Deny;
    /// The register lacks information that the check needs, or the row holds several purposes (row 3).
    RegisterIncomplete = "REGISTER_INCOMPLETE", Deny;
    /// The controller no longer processes for this purpose (row 4).
    PurposeRetired = "PURPOSE_RETIRED", Deny;
    /// The subject has been erased (row 6).
    SubjectErased = "SUBJECT_ERASED", Deny;
    /// Processing is restricted (GDPR Art. 18; row 7).
    Restricted = "RESTRICTED", Deny;
    /// Nothing may be stored for this purpose (row 8).
    RetentionNone = "RETENTION_NONE", Deny;
    /// The item is past its erasure date (row 8).
    RetentionPassed = "RETENTION_PASSED", Deny;
    /// A purpose that this one depends on is not allowed (row 9).
    DependencyDenied = "DEPENDENCY_DENIED", Deny;
    /// A special category of data has no ground under GDPR Art. 9(2) (row 10).
    Art9GroundMissing = "ART9_GROUND_MISSING", Deny;
    /// The browser signals an objection by automated means (GDPR Art. 21(5); row 12).
    SignalObjection = "SIGNAL_OBJECTION", Deny;
    /// The browser signals an opt-out, and no later consent acknowledged it (row 12; E7).
    GpcOptOut = "GPC_OPT_OUT", Deny;
    /// The retention rules need a date that neither the item nor the subject's events give (rows 4, 6, 7, 8, 15).
    RetentionUnknown = "RETENTION_UNKNOWN", Deny;
    /// The purpose no longer rests on consent, and the person has not been told of the new basis (row 12c).
    BasisChanged = "BASIS_CHANGED", Deny;
    /// The law that requires the processing does not cover this operation (GDPR Art. 6(1)(c); row 13).
    OpNotCovered = "OP_NOT_COVERED", Deny;
    /// The asset is unknown or names no subject (`POST /v1/assets/check`).
    AssetUnknown = "ASSET_UNKNOWN", Deny;
    /// The contract has ended (row 15).
    ContractEnded = "CONTRACT_ENDED", Deny;
    /// No contract is known (row 17).
    ContractMissing = "CONTRACT_MISSING", Deny;
    /// The person was not told of this processing as it is now (GDPR Art. 13(3); row 18).
    NotInformed = "NOT_INFORMED", Deny;
    /// The person objected to direct marketing; this right is absolute, whatever the basis (GDPR Art. 21(2)-(3);
    /// row 12b).
    ObjectedMarketing = "OBJECTED_MARKETING", Deny;
    /// The person objected; processing is paused until the controller decides (row 19).
    ObjectionPending = "OBJECTION_PENDING", Deny;
    /// The person objected, and the controller accepted the objection (row 19).
    Objected = "OBJECTED", Deny;
    /// The person refused (row 21).
    ConsentRefused = "CONSENT_REFUSED", Deny;
    /// The person withdrew the consent (row 22).
    ConsentWithdrawn = "CONSENT_WITHDRAWN", Deny;
    /// The consent was never valid (row 23).
    ConsentInvalidated = "CONSENT_INVALIDATED", Deny;
    /// The controller revoked the consent (row 23).
    ConsentRevoked = "CONSENT_REVOKED", Deny;
    /// The age rule needs an age band, and none is known or the known one may be wrong by now (row 24).
    AgeUnknown = "AGE_UNKNOWN", Deny;
    /// The person has not decided yet (row 25).
    ConsentMissing = "CONSENT_MISSING", Deny;
    /// The person chose "not now" (row 25).
    ConsentDeferred = "CONSENT_DEFERRED", Deny;
    /// The consent is for another recipient, campaign, vendor or site, or the campaign is unknown (row 25).
    ScopeNotCovered = "SCOPE_NOT_COVERED", Deny;
    /// A guardian has not yet authorised the consent (row 26).
    GuardianPending = "GUARDIAN_PENDING", Deny;
    /// The consent has expired (row 27).
    ConsentExpired = "CONSENT_EXPIRED", Deny;
    /// The single-use consent is spent (row 27).
    ConsentUsed = "CONSENT_USED", Deny;
    /// A guardian consented, and the person is now of age (row 28).
    AgedOut = "AGED_OUT", Deny;
    /// A special category of data needs explicit consent in a separate statement (GDPR Art. 9(2)(a); row 29).
    ExplicitConsentRequired = "EXPLICIT_CONSENT_REQUIRED", Deny;
    /// The assurance of the consent is lower than the purpose requires (row 29).
    AssuranceTooLow = "ASSURANCE_TOO_LOW", Deny;
    /// The notice has changed, and the person must be asked again (row 30).
    NoticeStale = "NOTICE_STALE", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentRefused`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentRefused = "TERMINAL_CONSENT_REFUSED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentWithdrawn`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentWithdrawn = "TERMINAL_CONSENT_WITHDRAWN", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentInvalidated`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentInvalidated = "TERMINAL_CONSENT_INVALIDATED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentRevoked`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentRevoked = "TERMINAL_CONSENT_REVOKED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::AgeUnknown`], for the consent to storing in or reading
    /// from the terminal.
    TerminalAgeUnknown = "TERMINAL_AGE_UNKNOWN", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentMissing`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentMissing = "TERMINAL_CONSENT_MISSING", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentDeferred`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentDeferred = "TERMINAL_CONSENT_DEFERRED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ScopeNotCovered`], for the consent to storing in or
    /// reading from the terminal.
    TerminalScopeNotCovered = "TERMINAL_SCOPE_NOT_COVERED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::GuardianPending`], for the consent to storing in or
    /// reading from the terminal.
    TerminalGuardianPending = "TERMINAL_GUARDIAN_PENDING", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentExpired`], for the consent to storing in or
    /// reading from the terminal.
    TerminalConsentExpired = "TERMINAL_CONSENT_EXPIRED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ConsentUsed`], for the consent to storing in or reading
    /// from the terminal.
    TerminalConsentUsed = "TERMINAL_CONSENT_USED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::AgedOut`], for the consent to storing in or reading from
    /// the terminal.
    TerminalAgedOut = "TERMINAL_AGED_OUT", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::ExplicitConsentRequired`], for the consent to storing in
    /// or reading from the terminal.
    TerminalExplicitConsentRequired = "TERMINAL_EXPLICIT_CONSENT_REQUIRED", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::AssuranceTooLow`], for the consent to storing in or
    /// reading from the terminal.
    TerminalAssuranceTooLow = "TERMINAL_ASSURANCE_TOO_LOW", Deny;
    /// The terminal gate (LEK 9 kap. 28 §; row 11): as [`Self::NoticeStale`], for the consent to storing in or reading
    /// from the terminal.
    TerminalNoticeStale = "TERMINAL_NOTICE_STALE", Deny;
    /// The service could not read the state behind the verdict.
    FailclosedUnavailable = "FAILCLOSED_UNAVAILABLE", FailClosed;
    /// The service was restored from a backup and has not replayed all later withdrawals.
    FailclosedRecovering = "FAILCLOSED_RECOVERING", FailClosed;
    /// The replica has not reached the service for too long.
    FailclosedStaleReplica = "FAILCLOSED_STALE_REPLICA", FailClosed;
    /// In a client: a permission outlived its validity, or a refusal arrived in the meantime. Check again.
    FailclosedPermissionEnded = "FAILCLOSED_PERMISSION_ENDED", FailClosed;
    /// This node no longer holds its lease on hot state.
    FailclosedLeaseLost = "FAILCLOSED_LEASE_LOST", FailClosed;
    /// The service did not reach the required position in time.
    FailclosedTokenTimeout = "FAILCLOSED_TOKEN_TIMEOUT", FailClosed;
    /// The required position lies beyond the log's head.
    FailclosedTokenLost = "FAILCLOSED_TOKEN_LOST", FailClosed;
    /// Too many requests.
    FailclosedOverload = "FAILCLOSED_OVERLOAD", FailClosed;
    /// The service has not finished starting.
    FailclosedNotReady = "FAILCLOSED_NOT_READY", FailClosed;
    /// A signature did not verify.
    FailclosedSignature = "FAILCLOSED_SIGNATURE", FailClosed;
    /// The clock cannot be trusted.
    FailclosedClock = "FAILCLOSED_CLOCK", FailClosed;
}

impl Reason {
    /// The terminal gate's reason for this reason (row 11). Reasons without one are returned unchanged.
    #[must_use]
    pub const fn at_the_terminal(self) -> Self {
        match self {
            Self::ConsentRefused => Self::TerminalConsentRefused,
            Self::ConsentWithdrawn => Self::TerminalConsentWithdrawn,
            Self::ConsentInvalidated => Self::TerminalConsentInvalidated,
            Self::ConsentRevoked => Self::TerminalConsentRevoked,
            Self::AgeUnknown => Self::TerminalAgeUnknown,
            Self::ConsentMissing => Self::TerminalConsentMissing,
            Self::ConsentDeferred => Self::TerminalConsentDeferred,
            Self::ScopeNotCovered => Self::TerminalScopeNotCovered,
            Self::GuardianPending => Self::TerminalGuardianPending,
            Self::ConsentExpired => Self::TerminalConsentExpired,
            Self::ConsentUsed => Self::TerminalConsentUsed,
            Self::AgedOut => Self::TerminalAgedOut,
            Self::ExplicitConsentRequired => Self::TerminalExplicitConsentRequired,
            Self::AssuranceTooLow => Self::TerminalAssuranceTooLow,
            Self::NoticeStale => Self::TerminalNoticeStale,
            other => other,
        }
    }

    /// The reason of which this one is the terminal gate's, or the reason itself.
    #[must_use]
    pub const fn without_terminal(self) -> Self {
        match self {
            Self::TerminalConsentRefused => Self::ConsentRefused,
            Self::TerminalConsentWithdrawn => Self::ConsentWithdrawn,
            Self::TerminalConsentInvalidated => Self::ConsentInvalidated,
            Self::TerminalConsentRevoked => Self::ConsentRevoked,
            Self::TerminalAgeUnknown => Self::AgeUnknown,
            Self::TerminalConsentMissing => Self::ConsentMissing,
            Self::TerminalConsentDeferred => Self::ConsentDeferred,
            Self::TerminalScopeNotCovered => Self::ScopeNotCovered,
            Self::TerminalGuardianPending => Self::GuardianPending,
            Self::TerminalConsentExpired => Self::ConsentExpired,
            Self::TerminalConsentUsed => Self::ConsentUsed,
            Self::TerminalAgedOut => Self::AgedOut,
            Self::TerminalExplicitConsentRequired => Self::ExplicitConsentRequired,
            Self::TerminalAssuranceTooLow => Self::AssuranceTooLow,
            Self::TerminalNoticeStale => Self::NoticeStale,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_reason_has_one_word_and_the_same_one_in_json() {
        let words: BTreeSet<_> = Reason::ALL.iter().map(|r| r.as_str()).collect();
        assert_eq!(words.len(), Reason::ALL.len());
        for reason in Reason::ALL {
            let json = serde_json::to_string(reason).unwrap();
            assert_eq!(json, format!("\"{reason}\""));
            assert_eq!(serde_json::from_str::<Reason>(&json).unwrap(), *reason);
        }
        assert!(serde_json::from_str::<Reason>("\"CONSENT_PRESUMED\"").is_err());
    }

    #[test]
    fn every_reason_either_allows_or_denies() {
        for reason in Reason::ALL {
            let no = reason.is_fail_closed() || matches!(reason.class(), Class::Deny);
            assert_ne!(reason.allows(), no, "{reason}");
            if reason.as_str().starts_with("TERMINAL_")
                || reason.as_str().starts_with("FAILCLOSED_")
            {
                assert!(!reason.allows(), "{reason}");
            }
        }
        assert_eq!(Reason::ALL.iter().filter(|r| r.allows()).count(), 12);
        assert_eq!(
            Reason::ALL.iter().filter(|r| r.is_fail_closed()).count(),
            11
        );
    }

    #[test]
    fn the_terminal_gate_prefixes_reasons_of_rows_21_to_30_only() {
        for reason in Reason::ALL {
            let gated = reason.at_the_terminal();
            if gated != *reason {
                assert_eq!(gated.as_str(), format!("TERMINAL_{reason}"));
                assert!(!reason.allows());
            }
        }
        let gated = Reason::ALL.iter().filter(|r| r.at_the_terminal() != **r);
        assert_eq!(gated.count(), 15);
    }
}
