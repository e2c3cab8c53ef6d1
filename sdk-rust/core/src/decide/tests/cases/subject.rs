//! Cases of rows 1-10: the register, the subject, and purposes that others depend on.

use super::*;

pub(super) fn register_rows() -> Vec<Case> {
    let mut unknown = consent("1 unknown purpose", Reason::PurposeUnknown).says(Given);
    unknown.world.purposes.clear();
    vec![
        unknown,
        case("2 processor", CheckMode::Processor, Reason::NotController)
            .register(|p| p.controller_pointer = Some("the customer".into())),
        case(
            "3 check_mode not stated",
            CheckMode::NotStated,
            Reason::RegisterIncomplete,
        ),
        consent("3 a required parameter unset", Reason::RegisterIncomplete)
            .register(|p| p.incomplete = vec!["PARAM_UNSET".into()])
            .says(Given),
        consent("3 a row that was split", Reason::RegisterIncomplete)
            .register(|p| p.parts = vec![pid("t.main.a"), pid("t.main.b")])
            .says(Given),
        consent("4 retired", Reason::PurposeRetired)
            .register(|p| p.retired = true)
            .says(Given),
        case(
            "4 retired, obligation, read",
            CheckMode::LegalObligation,
            Reason::LegalHoldOnly,
        )
        .register(|p| p.retired = true)
        .op(Op::Read),
        case(
            "4 retired, obligation, store",
            CheckMode::LegalObligation,
            Reason::PurposeRetired,
        )
        .register(|p| p.retired = true)
        .op(Op::Store),
        case(
            "4 retired, obligation, read past its time",
            CheckMode::LegalObligation,
            Reason::PurposeRetired,
        )
        .register(|p| p.retired = true)
        .op(Op::Read)
        .retention(RetentionStanding::Passed),
    ]
}

pub(super) fn subject_rows() -> Vec<Case> {
    let obligation = CheckMode::ContractAndLegalObligation;
    let given = Stream::of([says(Given)]);
    let refused = Stream::of([says(Refused)]);
    let survives = |mut case: Case, survivor: &Stream| {
        case.survivor = Some(survivor.clone());
        case
    };
    vec![
        survives(
            consent("32 merged, the survivor said yes", Reason::ConsentValid)
                .says(Refused)
                .happens(merged()),
            &given,
        ),
        survives(
            consent("21 merged, the survivor said no", Reason::ConsentRefused)
                .says(Given)
                .happens(merged()),
            &refused,
        ),
        consent(
            "5 merged, the survivor is missing",
            Reason::FailclosedUnavailable,
        )
        .says(Given)
        .happens(merged()),
        survives(
            consent(
                "5 merged, the survivor is merged",
                Reason::FailclosedUnavailable,
            )
            .happens(merged()),
            &given.clone().then(merged()),
        ),
        consent("6 erased", Reason::SubjectErased)
            .says(Given)
            .happens(erased()),
        consent("6 erased, then a grant", Reason::SubjectErased)
            .happens(erased())
            .says(Given),
        case(
            "6 erased, obligation, read",
            obligation,
            Reason::LegalHoldOnly,
        )
        .happens(erased())
        .op(Op::Read),
        case(
            "6 erased, obligation, store",
            obligation,
            Reason::SubjectErased,
        )
        .happens(erased())
        .op(Op::Store),
        consent("7 restricted", Reason::Restricted)
            .says(Given)
            .happens(restricted()),
        case(
            "7 restricted, obligation, read",
            obligation,
            Reason::LegalHoldOnly,
        )
        .happens(restricted())
        .op(Op::Read),
        consent("32 restricted and unrestricted", Reason::ConsentValid)
            .says(Given)
            .happens(restricted())
            .happens(unrestricted()),
        consent("8 nothing may be stored", Reason::RetentionNone)
            .says(Given)
            .op(Op::Store)
            .retention(RetentionStanding::NonePermitted),
        consent(
            "32 nothing may be stored, but processed",
            Reason::ConsentValid,
        )
        .says(Given)
        .retention(RetentionStanding::NonePermitted),
        consent("8 past its time", Reason::RetentionPassed)
            .says(Given)
            .op(Op::Read)
            .retention(RetentionStanding::Passed),
    ]
}

pub(super) fn dependency_rows() -> Vec<Case> {
    let depends = |id: &'static str| move |p: &mut Purpose| p.depends_on = vec![pid(id)];
    let base = || purpose("t.base", CheckMode::Consent);
    let yes_to_base = || {
        EventBody::from(Decisions(vec![
            decision("t.base", Given),
            decision(P, Given),
        ]))
    };
    let no_to_base = EventBody::from(Decisions(vec![decision("t.base", Withdrawn)]));
    let mut looped = base();
    looped.depends_on = vec![pid(P)];
    vec![
        consent(
            "9 the purpose below is not allowed",
            Reason::DependencyDenied,
        )
        .register(depends("t.base"))
        .and_purpose(base())
        .says(Given),
        consent("9 the purpose below is unknown", Reason::DependencyDenied)
            .register(depends("t.base"))
            .says(Given),
        consent(
            "9 the purpose below was withdrawn",
            Reason::DependencyDenied,
        )
        .register(depends("t.base"))
        .and_purpose(base())
        .happens(yes_to_base())
        .happens(no_to_base),
        consent("9 a cycle", Reason::DependencyDenied)
            .register(depends("t.base"))
            .and_purpose(looped)
            .happens(yes_to_base()),
        consent("9 depends on itself", Reason::DependencyDenied)
            .register(depends(P))
            .says(Given),
        consent("32 the purpose below is allowed", Reason::ConsentValid)
            .register(depends("t.base"))
            .and_purpose(base())
            .happens(yes_to_base()),
        objection(
            "10 special category without a ground",
            Reason::Art9GroundMissing,
        )
        .register(|p| p.special_category = SpecialCategory::Possible)
        .told(),
        objection(
            "20 special category with a ground",
            Reason::LegitimateInterest,
        )
        .register(|p| {
            p.special_category = SpecialCategory::Yes;
            p.art9_ground = Some("9(2)(d)".into());
        })
        .told(),
    ]
}
