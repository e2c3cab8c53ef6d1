//! Cases of rows 12b and 12c: objections to direct marketing, and purposes that no longer rest on consent.

use super::*;
use crate::state::Objection;
use CheckMode::{
    Contract as ByContract, ContractAndLegalObligation as ContractThenLaw, LegalObligation,
    Objection as ByInterest,
};

fn objected_at(seq: u64, state: ObjectionState) -> impl FnOnce(&mut Cell) {
    move |cell: &mut Cell| cell.objection = Some(Objection { state, seq, at: 0 })
}

pub(super) fn marketing_rows() -> Vec<Case> {
    let marketing = |p: &mut Purpose| p.direct_marketing = true;
    let objected = |name, mode, seq| {
        case(name, mode, Reason::ObjectedMarketing)
            .register(marketing)
            .cell(
                CellState::Unknown,
                objected_at(seq, ObjectionState::Objected),
            )
    };
    vec![
        objection("12b marketing", Reason::ObjectedMarketing)
            .register(marketing)
            .told()
            .says(Objected),
        objection(
            "12b marketing, and the controller disagrees",
            Reason::ObjectedMarketing,
        )
        .register(marketing)
        .told()
        .says(Objected)
        .happens(rejected()),
        objected("12b marketing under a live contract", ByContract, 6).contract_from(3, &[P]),
        objected("12b marketing under a later contract", ByContract, 6).contract_from(9, &[P]),
        objected("12b marketing that a law requires", LegalObligation, 6),
        objected(
            "12b marketing, contract or objection",
            CheckMode::ContractOrObjection,
            6,
        )
        .contract_from(9, &[P]),
        objected("12b marketing that was rejected before", ByInterest, 6)
            .told()
            .cell(CellState::Unknown, objected_at(6, ObjectionState::Rejected)),
        objected("12b marketing by consent, objected", CheckMode::Consent, 6)
            .cell(CellState::Given, objected_at(6, ObjectionState::Objected)),
        consent(
            "32 marketing by consent, then consented",
            Reason::ConsentValid,
        )
        .register(marketing)
        .cell(CellState::Given, objected_at(4, ObjectionState::Objected)),
        case(
            "14 marketing, and took the objection back",
            ByContract,
            Reason::Contract,
        )
        .register(marketing)
        .cell(
            CellState::Unknown,
            objected_at(6, ObjectionState::Retracted),
        )
        .contract_from(3, &[P]),
    ]
}

pub(super) fn basis_changed_rows() -> Vec<Case> {
    [given_before(), refused_before(), required_by_law()].concat()
}

fn asserted(p: &mut Purpose) {
    p.contract_asserted = true;
}

fn was(name: &'static str, mode: CheckMode, reason: Reason, said: CellState) -> Case {
    case(name, mode, reason).cell(said, |_| {})
}

fn given_before() -> Vec<Case> {
    let given = |name, mode, reason| was(name, mode, reason, CellState::Given);
    let mut before_the_change = given(
        "12c consented, told before the change only",
        ByInterest,
        Reason::BasisChanged,
    )
    .delivered(2, 10_000, Variant::Adult);
    before_the_change
        .world
        .notices
        .insert(v(2), NoticeStanding::StaleConsent);
    let mut of_else = given(
        "12c consented, told of another purpose since",
        ByInterest,
        Reason::BasisChanged,
    )
    .delivered(2, 10_000, Variant::Adult);
    of_else.world.notices.insert(v(2), NoticeStanding::Unknown);
    vec![
        given(
            "12c consented, now an asserted contract",
            ByContract,
            Reason::BasisChanged,
        )
        .register(asserted),
        given(
            "12c consented, now legitimate interest",
            ByInterest,
            Reason::BasisChanged,
        ),
        given(
            "12c consented, now a contract from before",
            ByContract,
            Reason::BasisChanged,
        )
        .contract_from(9, &[P]),
        given(
            "12c consented, now a law",
            LegalObligation,
            Reason::BasisChanged,
        ),
        was(
            "20 deferred, so no consent was used",
            ByInterest,
            Reason::LegitimateInterest,
            CellState::Deferred,
        ),
        before_the_change,
        of_else,
        given(
            "20 consented, and told of the interest",
            ByInterest,
            Reason::LegitimateInterest,
        )
        .delivered(2, 10_000, Variant::Adult),
        given(
            "14 consented, and told of the contract",
            ByContract,
            Reason::ContractAsserted,
        )
        .register(asserted)
        .delivered(2, 10_000, Variant::Adult),
        given(
            "14 the consent is the terminal's only",
            ByContract,
            Reason::ContractAsserted,
        )
        .register(asserted)
        .register(|p| p.terminal_access = true),
    ]
}

fn refused_before() -> Vec<Case> {
    let withdrew = |name, mode, reason| was(name, mode, reason, CellState::Withdrawn);
    let took_back = |name, reason, seq| {
        case(name, ByInterest, reason)
            .cell(
                CellState::Withdrawn,
                objected_at(seq, ObjectionState::Retracted),
            )
            .delivered(2, 10_000, Variant::Adult)
    };
    vec![
        was(
            "12c refused, now an asserted contract",
            ByContract,
            Reason::ConsentRefused,
            CellState::Refused,
        )
        .register(asserted),
        was(
            "12c refused what needs no consent",
            ByInterest,
            Reason::ConsentRefused,
            CellState::Refused,
        )
        .delivered(2, 10_000, Variant::Adult)
        .after(400 * DAY),
        withdrew(
            "12c withdrawn, now an asserted contract",
            ByContract,
            Reason::ConsentWithdrawn,
        )
        .register(asserted)
        .delivered(2, 10_000, Variant::Adult),
        was(
            "12c invalidated, now an asserted contract",
            ByContract,
            Reason::ConsentInvalidated,
            CellState::Invalidated,
        )
        .register(asserted),
        was(
            "12c revoked, now legitimate interest",
            ByInterest,
            Reason::ConsentRevoked,
            CellState::Revoked,
        ),
        withdrew(
            "14 withdrawn, then concluded a contract",
            ByContract,
            Reason::Contract,
        )
        .contract_from(9, &[P]),
        withdrew(
            "12c withdrawn, and a contract from before",
            ByContract,
            Reason::ConsentWithdrawn,
        )
        .contract_from(4, &[P]),
        withdrew(
            "12c withdrawn, and a contract for another purpose",
            ByContract,
            Reason::ConsentWithdrawn,
        )
        .contract_from(9, &["t.other"]),
        withdrew(
            "12c withdrawn marketing, then concluded a contract",
            ByContract,
            Reason::ConsentWithdrawn,
        )
        .register(|p| p.direct_marketing = true)
        .contract_from(9, &[P]),
        took_back(
            "20 withdrawn, and took it back since",
            Reason::LegitimateInterest,
            9,
        ),
        took_back(
            "12c withdrawn, after an objection was taken back",
            Reason::ConsentWithdrawn,
            4,
        ),
        withdrew(
            "12c withdrawn under a scope, asked without",
            ByInterest,
            Reason::ConsentWithdrawn,
        )
        .register(|p| p.scope_type = ScopeType::Recipient)
        .build(|state| state.cells[0].scope = recipient("a")),
        withdrew(
            "12c withdrawn under a scope that the purpose no longer has",
            ByContract,
            Reason::ConsentWithdrawn,
        )
        .register(asserted)
        .build(|state| state.cells[0].scope = recipient("a")),
        was(
            "12c consented under a scope that the purpose no longer has",
            ByContract,
            Reason::BasisChanged,
            CellState::Given,
        )
        .register(asserted)
        .build(|state| state.cells[0].scope = recipient("a")),
        case(
            "19 objected under a scope that the purpose no longer has",
            ByInterest,
            Reason::ObjectionPending,
        )
        .told()
        .happens(says_of(Objected, recipient("a"))),
    ]
}

fn required_by_law() -> Vec<Case> {
    let withdrew = |name, mode, reason| was(name, mode, reason, CellState::Withdrawn);
    vec![
        withdrew(
            "13 withdrawn, and a law requires storing",
            LegalObligation,
            Reason::LegalObligation,
        )
        .op(Op::Store),
        withdrew(
            "13 withdrawn, and a law requires reading",
            ContractThenLaw,
            Reason::LegalObligation,
        )
        .op(Op::Read)
        .contract_from(4, &[P]),
        withdrew(
            "12c withdrawn, and a law requires no more",
            LegalObligation,
            Reason::ConsentWithdrawn,
        ),
        withdrew(
            "12c withdrawn, and the contract has a law behind it",
            ContractThenLaw,
            Reason::ConsentWithdrawn,
        )
        .contract_from(4, &[P]),
    ]
}
