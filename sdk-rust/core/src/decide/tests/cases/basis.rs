//! Cases of rows 12-20: signals, contracts, objections.

use super::*;

pub(super) fn signal_rows() -> Vec<Case> {
    let shares = |p: &mut Purpose| p.third_party_sharing = true;
    let on = |event: &mut Event| {
        event.signals = Some(Signals {
            gpc: true,
            dnt: true,
            source: None,
        });
    };
    let acknowledged = |d: &mut Decision| d.gpc_acknowledged = true;
    let knowing = |name, reason| {
        let mut said = decision(P, Given);
        acknowledged(&mut said);
        consent(name, reason)
            .register(shares)
            .event(EventBody::from(Decisions(vec![said])), on)
    };
    let mut dnt = objection(
        "12 DNT, where the tenant counts it",
        Reason::SignalObjection,
    )
    .register(|p| p.direct_marketing = true)
    .told();
    dnt.dnt_counts = true;
    dnt.question.signals = Some(Signals {
        gpc: false,
        dnt: true,
        source: None,
    });
    let mut dnt_ignored = dnt.clone();
    dnt_ignored.name = "20 DNT, where the tenant does not";
    (dnt_ignored.row, dnt_ignored.reason) = (20.into(), Reason::LegitimateInterest);
    dnt_ignored.dnt_counts = false;
    vec![
        consent("12 GPC against a consent", Reason::GpcOptOut)
            .register(shares)
            .says(Given)
            .gpc(),
        consent("12 GPC on, and accept clicked", Reason::GpcOptOut)
            .register(|p| p.targeted_advertising = true)
            .event(says(Given), on),
        knowing(
            "32 GPC on, and accept clicked knowingly",
            Reason::ConsentValid,
        )
        .gpc(),
        knowing("32 GPC stays on, and is acknowledged", Reason::ConsentValid),
        consent(
            "12 GPC, acknowledged when there was no signal",
            Reason::GpcOptOut,
        )
        .register(shares)
        .event(
            EventBody::from(Decisions(vec![Decision {
                gpc_acknowledged: true,
                ..decision(P, Given)
            }])),
            |event| event.signals = None,
        )
        .gpc(),
        knowing(
            "12 GPC that began after it was acknowledged",
            Reason::GpcOptOut,
        )
        .build(|state| state.gpc_since = Some(9)),
        knowing(
            "12 GPC ended, and another browser has it",
            Reason::GpcOptOut,
        )
        .build(|state| state.gpc_since = None)
        .gpc(),
        consent(
            "12 GPC, and the later yes was not knowing",
            Reason::GpcOptOut,
        )
        .register(shares)
        .decides(acknowledged)
        .says(Given)
        .gpc(),
        consent("12 GPC turned on later", Reason::GpcOptOut)
            .register(shares)
            .says(Given)
            .event(says(Deferred), |event| {
                event.signals = Some(Signals {
                    gpc: true,
                    dnt: false,
                    source: Some(crate::decision::SignalSource::from_bytes([2; 16])),
                });
            }),
        consent("32 GPC, but nothing is shared", Reason::ConsentValid)
            .says(Given)
            .gpc(),
        objection(
            "12 GPC against a legitimate interest",
            Reason::SignalObjection,
        )
        .register(|p| p.direct_marketing = true)
        .told()
        .gpc(),
        case(
            "14 GPC against a contract",
            CheckMode::ContractOrObjection,
            Reason::Contract,
        )
        .register(shares)
        .happens(contract("c1"))
        .gpc(),
        case(
            "12 GPC where no contract is",
            CheckMode::ContractOrObjection,
            Reason::SignalObjection,
        )
        .register(shares)
        .told()
        .gpc(),
        case(
            "12 GPC after the contract",
            CheckMode::ContractOrObjection,
            Reason::SignalObjection,
        )
        .register(shares)
        .told()
        .happens(contract("c1"))
        .happens(ended("c1"))
        .gpc(),
        dnt,
        dnt_ignored,
    ]
}

pub(super) fn contract_rows() -> Vec<Case> {
    use CheckMode::{
        Contract, ContractAndLegalObligation as ContractThenLaw, ContractOrObjection as Either,
    };
    let in_two_days = contract_ended("c1", "2026-01-17");
    let other_only = EventBody::from(ContractStarted {
        contract: value("c1"),
        purposes: vec![pid("t.other")],
        effective_from: None,
    });
    vec![
        case(
            "13 obligation",
            CheckMode::LegalObligation,
            Reason::LegalObligation,
        ),
        case("14 contract", Contract, Reason::Contract).happens(contract("c1")),
        case("14 contract that will end", Contract, Reason::Contract)
            .happens(contract("c1"))
            .happens(in_two_days.clone()),
        case(
            "15 contract that has ended since",
            Contract,
            Reason::ContractEnded,
        )
        .happens(contract("c1"))
        .happens(in_two_days)
        .after(3 * DAY),
        case("14 one of two contracts ended", Contract, Reason::Contract)
            .happens(contract("c1"))
            .happens(contract("c2"))
            .happens(ended("c1")),
        case("14 asserted", Contract, Reason::ContractAsserted)
            .register(|p| p.contract_asserted = true),
        case(
            "15 asserted, but recorded as ended",
            Contract,
            Reason::ContractEnded,
        )
        .register(|p| p.contract_asserted = true)
        .happens(contract("c1"))
        .happens(ended("c1")),
        case("15 ended", Contract, Reason::ContractEnded)
            .happens(contract("c1"))
            .happens(ended("c1"))
            .op(Op::Store),
        case("15 ended, read", Contract, Reason::ContractRetention)
            .happens(contract("c1"))
            .happens(ended("c1"))
            .op(Op::Read),
        case(
            "15 ended, read where nothing may be kept",
            Contract,
            Reason::ContractEnded,
        )
        .happens(contract("c1"))
        .happens(ended("c1"))
        .op(Op::Read)
        .retention(RetentionStanding::NonePermitted),
        case(
            "15 ended, read without a date",
            Contract,
            Reason::RetentionUnknown,
        )
        .happens(contract("c1"))
        .happens(ended("c1"))
        .op(Op::Read)
        .retention(RetentionStanding::Unknown),
        case("17 none known", Contract, Reason::ContractMissing),
        case(
            "17 only for another purpose",
            Contract,
            Reason::ContractMissing,
        )
        .happens(other_only),
        case(
            "14 contract before the law",
            ContractThenLaw,
            Reason::Contract,
        )
        .happens(contract("c1")),
        case(
            "13 the law after the contract",
            ContractThenLaw,
            Reason::LegalObligation,
        )
        .happens(contract("c1"))
        .happens(ended("c1")),
        case(
            "13 the law without a contract",
            ContractThenLaw,
            Reason::LegalObligation,
        ),
        case(
            "13 published because of a law",
            CheckMode::LegalObligation,
            Reason::OpNotCovered,
        )
        .op(Op::Publish),
        case(
            "13 published after the contract",
            ContractThenLaw,
            Reason::OpNotCovered,
        )
        .happens(contract("c1"))
        .happens(ended("c1"))
        .op(Op::Publish),
        case(
            "13 forwarded because of a law",
            CheckMode::LegalObligation,
            Reason::LegalObligation,
        )
        .op(Op::Forward),
        case(
            "15 a former customer's data are read",
            Either,
            Reason::ContractRetention,
        )
        .happens(contract("c1"))
        .happens(ended("c1"))
        .op(Op::Read),
        case(
            "20 a former customer is answered like a prospect",
            Either,
            Reason::LegitimateInterest,
        )
        .told()
        .happens(contract("c1"))
        .happens(ended("c1")),
        case(
            "19 a former customer who objected",
            Either,
            Reason::ObjectionPending,
        )
        .told()
        .says(Objected)
        .happens(contract("c1"))
        .happens(ended("c1")),
        case(
            "18 a former customer who was not told",
            Either,
            Reason::NotInformed,
        )
        .happens(contract("c1"))
        .happens(ended("c1")),
        case(
            "15 asserted, and only the end is recorded",
            Contract,
            Reason::ContractEnded,
        )
        .register(|p| p.contract_asserted = true)
        .contract_from(3, &[P])
        .build(|state| {
            (
                state.contracts[0].started_at,
                state.contracts[0].started_seq,
            ) = (None, 0);
            state.contracts[0].ended_at = Some(T0);
        }),
        case(
            "14 contract or objection: contract",
            Either,
            Reason::Contract,
        )
        .told()
        .says(Objected)
        .happens(contract("c1")),
        case(
            "20 contract or objection: none",
            Either,
            Reason::LegitimateInterest,
        )
        .told(),
        case(
            "19 contract or objection: objected",
            Either,
            Reason::ObjectionPending,
        )
        .told()
        .says(Objected),
    ]
}

pub(super) fn objection_rows() -> Vec<Case> {
    let upheld = || EventBody::from(ObjectionUpheld { cell: main_cell() });
    let rejected = || crate::testing::rejected();
    let mut of_else = objection(
        "20 told, then shown a notice about something else",
        Reason::LegitimateInterest,
    )
    .delivered(1, 1_000, Variant::Adult)
    .delivered(2, 2_000, Variant::Adult);
    of_else.world.notices.insert(v(2), NoticeStanding::Unknown);
    let mut again = objection("20 told anew after the change", Reason::LegitimateInterest)
        .delivered(1, 1_000, Variant::Adult)
        .delivered(2, 2_000, Variant::Adult);
    again
        .world
        .notices
        .insert(v(1), NoticeStanding::StaleConsent);
    vec![
        of_else,
        again,
        objection(
            "18 told before another use of the data",
            Reason::NotInformed,
        )
        .delivered(1, 1_000, Variant::Adult)
        .notice(NoticeStanding::StaleConsent),
        objection("18 never told", Reason::NotInformed),
        objection("18 told by an unknown notice", Reason::NotInformed)
            .told()
            .notice(NoticeStanding::Unknown),
        objection("20 told", Reason::LegitimateInterest).told(),
        objection("20 told before a change", Reason::LegitimateInterest)
            .told()
            .notice(NoticeStanding::StaleNotice)
            .owing(&[Obligation::DeliverNotice]),
        objection("19 objected", Reason::ObjectionPending)
            .told()
            .says(Objected),
        objection("19 refused what is not asked", Reason::ObjectionPending)
            .told()
            .says(Refused),
        objection("19 withdrew what was not given", Reason::ObjectionPending)
            .told()
            .says(Withdrawn),
        objection("19 a withdrawal is upheld", Reason::Objected)
            .told()
            .says(Withdrawn)
            .happens(upheld()),
        objection("20 a withdrawal is rejected", Reason::ObjectionRejected)
            .told()
            .says(Withdrawn)
            .happens(rejected()),
        case(
            "12b a letter under a contract, withdrawn",
            CheckMode::Contract,
            Reason::ObjectedMarketing,
        )
        .register(|p| p.direct_marketing = true)
        .happens(contract("c1"))
        .says(Withdrawn),
        objection("20 refused, and took it back", Reason::LegitimateInterest)
            .told()
            .says(Refused)
            .says(ObjectionRetracted),
        objection("19 upheld", Reason::Objected)
            .told()
            .says(Objected)
            .happens(upheld()),
        objection("20 rejected", Reason::ObjectionRejected)
            .told()
            .says(Objected)
            .happens(rejected()),
        objection("20 retracted", Reason::LegitimateInterest)
            .told()
            .says(Objected)
            .says(ObjectionRetracted),
        objection(
            "19 objected under a scope, asked without",
            Reason::ObjectionPending,
        )
        .register(|p| p.scope_type = ScopeType::Recipient)
        .told()
        .happens(says_of(Objected, recipient("a"))),
        objection("20 not classified", Reason::LegitimateInterest)
            .register(|p| p.special_category = SpecialCategory::Unknown)
            .told()
            .owing(&[Obligation::ClassifyData]),
    ]
}
