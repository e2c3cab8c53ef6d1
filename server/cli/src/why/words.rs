//! A verdict in words: why it allows or denies, and what would change it.

use samtycke_core::decide::Verdict;
use samtycke_core::reason::Reason;

/// Two paragraphs, one a line: the reason, and what would change the verdict. `title` names the purpose for people.
pub(super) fn in_words(verdict: &Verdict, title: &str) -> String {
    let terminal = Reason::ALL
        .iter()
        .find(|reason| **reason != verdict.reason && reason.at_the_terminal() == verdict.reason);
    let (why, change) = sentences(*terminal.unwrap_or(&verdict.reason));
    let may = if verdict.allow { "may" } else { "may not" };
    let at_terminal = if terminal.is_some() {
        " This is about storing on the person's device, or reading from it, which needs a consent of its own."
    } else {
        ""
    };
    format!("The data {may} be used for \"{title}\". {why}{at_terminal}\nWhat changes it: {change}")
}

/// Why, and what would change it. A reason of the terminal's gate has the sentences of the reason without its prefix.
fn sentences(reason: Reason) -> (&'static str, &'static str) {
    use Reason as R;
    match reason {
        R::LegalHoldOnly => (
            "They may be read only, because a law requires the controller to keep them.",
            "the end of the retention period.",
        ),
        R::LegalObligation => (
            "A law requires the processing, so the person's decisions do not change it.",
            "a register that no longer states the obligation.",
        ),
        R::Contract => (
            "The person has a contract that needs the processing.",
            "the end of the contract, or a restriction of processing.",
        ),
        R::ContractAsserted => (
            "The register asserts that everybody in this purpose has a contract; none is recorded here.",
            "a recorded contract and its end, or a register that no longer asserts it.",
        ),
        R::ContractRetention => (
            "The contract has ended; its data may be read until they must be erased.",
            "the end of the retention period.",
        ),
        R::LegitimateInterest => (
            "The processing rests on a legitimate interest. The person was told of it and has not objected.",
            "an objection by the person.",
        ),
        R::ObjectionRejected => (
            "The person objected, and the controller rejected the objection on compelling grounds.",
            "a new objection, or another decision of the controller.",
        ),
        R::ConsentValid | R::ConsentRenewed => (
            "The person consented, and the consent is in force.",
            "a withdrawal, the end of the consent's time, or a new version of the notice that needs a new consent.",
        ),
        R::GuardianConsent => (
            "A guardian consented or authorised the consent, and it is in force.",
            "a withdrawal by the young person or a guardian, or the end of the consent's time.",
        ),
        R::GuardianConsentCarried => (
            "A guardian consented earlier. The young person may now decide alone, and the consent carries over.",
            "a withdrawal by the young person, or their eighteenth birthday.",
        ),
        R::NoticeEquivalent => (
            "The person consented to an earlier notice that says the same about this purpose.",
            "a withdrawal, the end of the consent's time, or a notice that says something else.",
        ),
        R::PurposeUnknown => (
            "The live register does not have this purpose.",
            "a published register that has the purpose.",
        ),
        R::NotController => (
            "The tenant processes these data for another controller, who decides.",
            "the answer of that controller; ask there.",
        ),
        R::RegisterIncomplete => (
            "The register lacks what a check needs about this purpose, or its row holds several purposes.",
            "a complete register: samtycke register lint FILE says what is missing. If the purpose has parts, ask about one of them.",
        ),
        R::PurposeRetired => (
            "The controller no longer processes for this purpose.",
            "a register in which the purpose is in use again.",
        ),
        R::SubjectErased => (
            "The person's data have been erased.",
            "nothing. If the person returns, they become a new subject.",
        ),
        R::Restricted => (
            "Processing of the person's data is restricted (GDPR Art. 18).",
            "the end of the restriction.",
        ),
        R::RetentionNone => (
            "Nothing may be stored for this purpose.",
            "a register with another retention rule.",
        ),
        R::RetentionPassed => (
            "The data are past their erasure date.",
            "nothing for these data: erase them.",
        ),
        R::RetentionUnknown => (
            "The retention rule needs a date that neither the item nor the person's events give.",
            "a question that gives the item's dates, or an event that records them.",
        ),
        R::DependencyDenied => (
            "Another purpose that this one depends on is denied.",
            "an answer that allows that purpose.",
        ),
        R::Art9GroundMissing => (
            "The data are of a special category, and the register states no ground for them (GDPR Art. 9(2)).",
            "a register that states the ground.",
        ),
        R::SignalObjection => (
            "The person's browser sends an objection by automated means (GDPR Art. 21(5)).",
            "a consent that was given with this signal in view.",
        ),
        R::GpcOptOut => (
            "The person's browser sends Global Privacy Control, and no later consent was given with it in view.",
            "a consent that was given with this signal in view.",
        ),
        R::BasisChanged => (
            "The purpose no longer rests on consent, and the person has not been told of the new basis.",
            "the delivery of a notice that states the new basis.",
        ),
        R::OpNotCovered => (
            "The legal basis does not cover this operation.",
            "a question about another operation, or a register that states a basis for this one.",
        ),
        R::AssetUnknown => (
            "The asset is unknown, or it names no person who could have consented.",
            "a record of the asset with the people in it.",
        ),
        R::ContractEnded => (
            "The contract that needed the processing has ended.",
            "a new contract.",
        ),
        R::ContractMissing => (
            "The processing rests on a contract, and none is recorded for this person.",
            "the record of a contract.",
        ),
        R::NotInformed => (
            "The processing rests on a legitimate interest, and the person was not told of it.",
            "the delivery of a notice that states it.",
        ),
        R::ObjectedMarketing => (
            "The person objected to direct marketing. That right is absolute (GDPR Art. 21(3)).",
            "the person takes the objection back.",
        ),
        R::ObjectionPending => (
            "The person objected, and processing is paused until the controller decides (GDPR Art. 21(1)).",
            "the controller's decision on the objection, or the person takes it back.",
        ),
        R::Objected => (
            "The person objected, and the controller accepted the objection.",
            "the person takes the objection back.",
        ),
        R::ConsentRefused => (
            "The person refused.",
            "a consent that the person gives of their own accord. Do not ask again before the refusal's time has passed.",
        ),
        R::ConsentWithdrawn => (
            "The person withdrew the consent.",
            "a new consent that the person gives of their own accord.",
        ),
        R::ConsentInvalidated => (
            "The consent was never valid.",
            "a new, valid consent. What was done before was unlawful too.",
        ),
        R::ConsentRevoked => ("The controller ended the consent.", "a new consent."),
        R::AgeUnknown => (
            "Whether the person may decide alone depends on their age, and it is not known.",
            "the person's age band.",
        ),
        R::ConsentMissing => (
            "The processing rests on consent, and the person has not decided yet.",
            "a consent. The person may be asked.",
        ),
        R::ConsentDeferred => (
            "The processing rests on consent, and the person chose \"not now\".",
            "a consent.",
        ),
        R::ScopeNotCovered => (
            "The person consented for another recipient, campaign, vendor or site.",
            "a consent for this scope, or a question with the right --scope.",
        ),
        R::GuardianPending => (
            "The person is too young to decide alone, and a guardian has not authorised the consent.",
            "the guardian's authorisation.",
        ),
        R::ConsentExpired => ("The consent has expired.", "a new consent."),
        R::ConsentUsed => (
            "The consent was good for one use, and it is used.",
            "a new consent.",
        ),
        R::AgedOut => (
            "A guardian consented, and the person is now of age.",
            "the person's own consent.",
        ),
        R::ExplicitConsentRequired => (
            "The data are of a special category, which needs an explicit consent (GDPR Art. 9(2)(a)), and this one was not.",
            "an explicit consent, in a statement of its own.",
        ),
        R::AssuranceTooLow => (
            "The consent is bound to the person less strongly than the purpose requires.",
            "a consent with stronger evidence, such as one recorded by the controller's own server.",
        ),
        R::NoticeStale => (
            "The notice has changed since the person consented, and the change needs a new consent.",
            "a consent to the notice in force.",
        ),
        R::FailclosedRecovering => (
            "The database is older than its log anchor: it may have forgotten withdrawals. Every check denies.",
            "a database that agrees with the anchor; see docs/log.md.",
        ),
        reason if reason.is_fail_closed() => (
            "The service could not decide, and so it denies.",
            "another question, once the service can read what it needs.",
        ),
        _ => ("The rules deny it.", "see docs/decisions.md."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(reason: Reason) -> Verdict {
        Verdict {
            allow: reason.allows(),
            reason,
            ..Verdict::fail_closed(Reason::FailclosedUnavailable)
        }
    }

    #[test]
    fn each_reason_has_words_of_its_own() {
        for reason in Reason::ALL {
            let words = in_words(&verdict(*reason), "Analytics");
            assert!(!words.contains("The rules deny it"), "{reason}");
            assert_eq!(words.lines().count(), 2, "{reason}: {words}");
            let may = if reason.allows() { "may" } else { "may not" };
            assert!(
                words.starts_with(&format!("The data {may} be used for \"Analytics\"")),
                "{reason}: {words}"
            );
        }
    }

    #[test]
    fn a_reason_of_the_terminal_says_so() {
        let words = in_words(&verdict(Reason::TerminalConsentWithdrawn), "Analytics");
        assert!(
            words.contains("withdrew") && words.contains("device"),
            "{words}"
        );
        let words = in_words(&verdict(Reason::ConsentWithdrawn), "Analytics");
        assert!(!words.contains("device"), "{words}");
    }
}
