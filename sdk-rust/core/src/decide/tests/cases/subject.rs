//! Cases of rows 1-8: the register and the subject.

use super::*;

pub(super) fn register_rows() -> Vec<Case> {
    let mut unknown = consent("1 unknown purpose", Reason::PurposeUnknown).says(Given);
    unknown.world.purposes.clear();
    let of_customer = |name, id| {
        let mut case = case(name, CheckMode::Processor, Reason::NotController)
            .register(|p| p.controller_pointer = Some("the customer".into()));
        case.question.on_behalf_of = Some(value(id));
        let known = ("Exempel AB", Some("dataskydd@exempel.se"));
        case.world.customers.insert(value("exempel"), known);
        case
    };
    vec![
        unknown,
        case("2 processor", CheckMode::Processor, Reason::NotController)
            .register(|p| p.controller_pointer = Some("the customer".into())),
        of_customer("2 processor, on behalf of a customer", "exempel"),
        of_customer("2 processor, on behalf of an unknown customer", "other"),
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
            "6 erased, obligation, read without a date",
            obligation,
            Reason::RetentionUnknown,
        )
        .happens(erased())
        .op(Op::Read)
        .retention(RetentionStanding::Unknown),
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
        consent(
            "32 restricted, then the person consented",
            Reason::ConsentValid,
        )
        .happens(restricted())
        .says(Given),
        consent(
            "7 restricted, then a guardian consented",
            Reason::Restricted,
        )
        .cell(CellState::Given, |cell| cell.own = false)
        .build(|state| state.restricted = Some(4)),
        consent("7 restricted, then withdrawn", Reason::Restricted)
            .cell(CellState::Withdrawn, |_| {})
            .build(|state| state.restricted = Some(4)),
        case(
            "7 restricted, and the basis is not consent",
            CheckMode::Objection,
            Reason::Restricted,
        )
        .cell(CellState::Given, |_| {})
        .build(|state| state.restricted = Some(4)),
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
