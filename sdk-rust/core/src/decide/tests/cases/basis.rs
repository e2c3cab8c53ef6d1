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
    (dnt_ignored.row, dnt_ignored.reason) = (20, Reason::LegitimateInterest);
    dnt_ignored.dnt_counts = false;
    vec![
        consent("12 GPC against a consent", Reason::GpcOptOut)
            .register(shares)
            .says(Given)
            .gpc(),
        consent("12 GPC on, and accept clicked", Reason::GpcOptOut)
            .register(|p| p.targeted_advertising = true)
            .event(says(Given), on),
        consent(
            "32 GPC on, and accept clicked knowingly",
            Reason::ConsentValid,
        )
        .register(shares)
        .decides(acknowledged)
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
            .decides(acknowledged)
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
            "17 no contract, so no law yet",
            ContractThenLaw,
            Reason::ContractMissing,
        ),
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
    let marketing = |p: &mut Purpose| p.direct_marketing = true;
    vec![
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
        objection("19 refused what needs no consent", Reason::ObjectionPending)
            .told()
            .says(Refused),
        objection("20 refused, and took it back", Reason::LegitimateInterest)
            .told()
            .says(Refused)
            .says(ObjectionRetracted),
        objection("19 upheld", Reason::Objected)
            .told()
            .says(Objected)
            .happens(upheld()),
        objection("19 marketing", Reason::ObjectedMarketing)
            .register(marketing)
            .told()
            .says(Objected),
        objection(
            "19 marketing, and the controller disagrees",
            Reason::ObjectedMarketing,
        )
        .register(marketing)
        .told()
        .says(Objected)
        .happens(rejected()),
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
