//! English.

use super::{Frame, Words, words as w};
use crate::reason::Reason;

pub(super) const FRAME: Frame = Frame {
    allowed: "allowed",
    denied: "not allowed",
    row: "row",
    until: "The permission ends by itself at",
    terminal: ", for storing in or reading from the device",
    historic: " This answer is about the past and permits nothing now.",
};

const ASK_AGAIN: &str = "Wait a moment and ask again; do not process until then.";
const PERSON_ONLY: &str = "Only the person can change this, by a new consent of their own accord.";
const PERSON_OR_TIME: &str =
    "The person may change this at any time, and may be asked again when the waiting time is over.";
const WITHDRAWABLE: &str = "A withdrawal ends it at once.";
const NEW_CONSENT: &str = "A new consent from the person changes it.";

/// The words for a reason. One at the terminal gate has those of its counterpart.
pub(super) fn words(reason: Reason) -> Words {
    match reason {
        Reason::LegalHoldOnly => w(
            "but only for reading, because a law requires the data to be kept",
            "It ends when the data must be erased.",
        ),
        Reason::LegalObligation => w(
            "because a law requires the processing",
            "Only a change of the register changes it.",
        ),
        Reason::Contract => w(
            "because a contract with the person is live",
            "It ends with the contract.",
        ),
        Reason::ContractAsserted => w(
            "because the controller asserts a contract that is not recorded here",
            "It ends when the contract is recorded as ended or the register no longer asserts it.",
        ),
        Reason::ContractRetention => w(
            "but only for reading, because the contract has ended and its data may still be kept",
            "It ends when the data must be erased.",
        ),
        Reason::LegitimateInterest => w(
            "because of a legitimate interest, of which the person was told and to which they have not objected",
            "An objection ends it at once.",
        ),
        Reason::ObjectionRejected => w(
            "because the controller rejected the person's objection on compelling grounds",
            "The person may complain to the supervisory authority, which can change it.",
        ),
        Reason::ConsentValid => w("because the person has consented", WITHDRAWABLE),
        Reason::ConsentRenewed => w(
            "because the person has consented and renewed the consent",
            WITHDRAWABLE,
        ),
        Reason::GuardianConsent => w(
            "because the guardians have consented for the child",
            "A withdrawal by one guardian or by the child ends it at once.",
        ),
        Reason::GuardianConsentCarried => w(
            "because the guardians consented, and the young person who can now decide alone has not withdrawn",
            "A withdrawal ends it at once, and it ends at the age of 18.",
        ),
        Reason::NoticeEquivalent => w(
            "because the person has consented to a notice with the same content",
            WITHDRAWABLE,
        ),
        Reason::PurposeUnknown => w(
            "because no live register has this purpose",
            "Publish a register with the purpose, or correct its id.",
        ),
        Reason::NotController => w(
            "because the data are processed on behalf of another controller",
            "Ask that controller.",
        ),
        Reason::RegisterIncomplete => w(
            "because the register lacks what the answer needs, or holds several purposes in one row",
            "Complete the register and publish it, or ask about the parts.",
        ),
        Reason::PurposeRetired => w(
            "because the controller no longer processes for this purpose",
            "Only a new version of the register changes it.",
        ),
        Reason::SubjectErased => w("because the person has been erased", "Nothing changes it."),
        Reason::Restricted => w(
            "because the processing of this person's data is restricted",
            "It changes when the restriction is lifted, or by a consent that the person gives after it.",
        ),
        Reason::RetentionNone => w(
            "because nothing may be stored for this purpose",
            "Process without storing.",
        ),
        Reason::RetentionPassed => w(
            "because the data are past their erasure date",
            "Nothing changes it: erase the data.",
        ),
        Reason::RetentionUnknown => w(
            "because it is not known until when the data may be kept",
            "State the date from which the item's retention counts.",
        ),
        Reason::DependencyDenied => w(
            "because a purpose that it depends on is not allowed",
            "It changes with the answer for that purpose.",
        ),
        Reason::Art9GroundMissing => w(
            "because the data may reveal a special category and the register states no ground for that",
            "State a ground of GDPR Art. 9(2) in the register, or ask for explicit consent.",
        ),
        Reason::SignalObjection => w(
            "because the browser signals an objection",
            "It changes when the person, shown the signal, decides otherwise, or when the signal ends.",
        ),
        Reason::GpcOptOut => w(
            "because the browser signals an opt-out, and no later consent was given with it in view",
            "It changes when the person consents with the signal in view, or when the signal ends.",
        ),
        Reason::BasisChanged => w(
            "because the purpose no longer rests on the consent that the person was asked for, and they have not been told of the new basis",
            "Deliver a notice that tells the new basis.",
        ),
        Reason::OpNotCovered => w(
            "because the law that requires the processing does not cover publication",
            "Publication needs a purpose with a basis of its own.",
        ),
        Reason::AssetUnknown => w(
            "because the asset is not registered with the persons in it",
            "Register the asset and everybody in it.",
        ),
        Reason::ContractEnded => w(
            "because the contract has ended",
            "A new contract changes it.",
        ),
        Reason::ContractMissing => w(
            "because no contract with the person is recorded",
            "Record the contract that carries the purpose.",
        ),
        Reason::NotInformed => w(
            "because the person has not been told of the processing as it is now",
            "Deliver the current notice to the person.",
        ),
        Reason::ObjectedMarketing => w(
            "because the person objected to direct marketing, which is absolute",
            "Only the person can change this, by taking the objection back.",
        ),
        Reason::ObjectionPending => w(
            "because the person objected, and the controller has not decided yet",
            "It changes when the controller rejects the objection on compelling grounds or the person takes it back.",
        ),
        Reason::Objected => w(
            "because the person objected, and the controller upheld the objection",
            "Only the person can change this, by taking the objection back.",
        ),
        Reason::ConsentRefused => w("because the person, or a guardian, refused", PERSON_OR_TIME),
        Reason::ConsentWithdrawn => w(
            "because the person, or a guardian, withdrew the consent",
            PERSON_ONLY,
        ),
        Reason::ConsentInvalidated => w("because the consent never was valid", PERSON_ONLY),
        Reason::ConsentRevoked => w("because the controller revoked the consent", PERSON_ONLY),
        Reason::AgeUnknown => w(
            "because the rule depends on the person's age, which is not known or no longer known",
            "Record the person's age band.",
        ),
        Reason::ConsentMissing => w(
            "because the person has not decided about it",
            "A consent from the person changes it.",
        ),
        Reason::ConsentDeferred => w(
            "because the person answered \"not now\"",
            "A consent from the person changes it.",
        ),
        Reason::ScopeNotCovered => w(
            "because no consent covers this recipient, campaign, vendor or site",
            "A consent for exactly this one changes it; an unknown campaign must first be registered.",
        ),
        Reason::GuardianPending => w(
            "because the guardians have not all consented yet",
            "It changes when the guardians that are needed have consented.",
        ),
        Reason::ConsentExpired => w("because the consent has expired", NEW_CONSENT),
        Reason::ConsentUsed => w(
            "because the consent was for one use and is spent",
            NEW_CONSENT,
        ),
        Reason::AgedOut => w(
            "because a guardian consented, and the person is now 18",
            "A consent from the person changes it.",
        ),
        Reason::ExplicitConsentRequired => w(
            "because the data need explicit consent, in a statement of its own",
            "An explicit consent from the person changes it.",
        ),
        Reason::AssuranceTooLow => w(
            "because the consent was recorded with less assurance than the purpose requires",
            "A consent with stronger evidence changes it.",
        ),
        Reason::NoticeStale => w(
            "because the processing has changed since the notice that the person answered",
            "A consent to the current notice changes it.",
        ),
        Reason::FailclosedUnavailable => w("because the state could not be read", ASK_AGAIN),
        Reason::FailclosedRecovering => w(
            "because the service was restored and has not yet replayed all withdrawals",
            ASK_AGAIN,
        ),
        Reason::FailclosedStaleReplica => w(
            "because the replica has not reached the service for too long",
            ASK_AGAIN,
        ),
        Reason::FailclosedPermissionEnded => w(
            "because the earlier permission has ended",
            "Ask again; a new check decides.",
        ),
        Reason::FailclosedLeaseLost => w(
            "because this server may no longer answer from its memory",
            ASK_AGAIN,
        ),
        Reason::FailclosedTokenTimeout => w(
            "because the service did not reach the required position in time",
            ASK_AGAIN,
        ),
        Reason::FailclosedTokenLost => w(
            "because the required position lies beyond the end of the log",
            "Ask without the position, and have the operator look at the log.",
        ),
        Reason::FailclosedOverload => w("because there are too many requests", ASK_AGAIN),
        Reason::FailclosedNotReady => w("because the service is still starting", ASK_AGAIN),
        Reason::FailclosedSignature => w(
            "because a signature did not verify",
            "The operator must find out why before anything is allowed.",
        ),
        Reason::FailclosedClock => w(
            "because the clock cannot be trusted",
            "The operator must set the clock right.",
        ),
        Reason::TerminalConsentRefused
        | Reason::TerminalConsentWithdrawn
        | Reason::TerminalConsentInvalidated
        | Reason::TerminalConsentRevoked
        | Reason::TerminalAgeUnknown
        | Reason::TerminalConsentMissing
        | Reason::TerminalConsentDeferred
        | Reason::TerminalScopeNotCovered
        | Reason::TerminalGuardianPending
        | Reason::TerminalConsentExpired
        | Reason::TerminalConsentUsed
        | Reason::TerminalAgedOut
        | Reason::TerminalExplicitConsentRequired
        | Reason::TerminalAssuranceTooLow
        | Reason::TerminalNoticeStale => words(reason.without_terminal()),
    }
}
