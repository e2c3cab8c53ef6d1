//! A browser's subject has a bounded number of cells.

use super::*;
use crate::{purpose::ScopeType, scope::Scope};

fn scoped() -> World {
    let mut world = consent();
    world.main().scope_type = ScopeType::Recipient;
    world
}

fn code(n: usize) -> Scope {
    recipient(&format!("r-{n}"))
}

fn refuses(from: usize, to: usize) -> impl Iterator<Item = EventBody> {
    (from..to).map(|n| says_of(Refused, code(n)))
}

#[test]
fn refusals_of_ever_more_scopes_do_not_grow_the_state() {
    let world = scoped();
    let full = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).state(&world);
    assert_eq!(full.cells.len(), SCOPES_PER_PURPOSE_MAX);
    let more = Stream::of(refuses(0, 3 * SCOPES_PER_PURPOSE_MAX)).state(&world);
    assert_eq!(more.cells, full.cells);
    let size = |state: &SubjectState| serde_json::to_string(state).unwrap().len();
    assert!(size(&more) < size(&full) + 200, "{}", size(&more));
}

#[test]
fn a_refusal_without_a_cell_still_blocks_late_grants() {
    let world = scoped();
    let stream = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).then(says_of(Refused, code(500)));
    let seq = stream.state(&world).seq;
    assert_eq!(last(&stream, &world).outcome, Outcome::Effective);
    assert_eq!(stream.state(&world).cell(&pid(P), &code(500)), None);
    let late = stream.add(says_of(Given, code(500)), |e| {
        e.based_on = seq - 1;
        e.assurance = crate::purpose::Assurance::Server;
    });
    assert_eq!(
        became(&last(&late, &world)),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn a_servers_word_always_gets_its_cell() {
    let world = scoped();
    let stream =
        Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).add(says_of(Refused, code(500)), |e| {
            e.assurance = crate::purpose::Assurance::Server;
        });
    let state = stream.state(&world);
    let cell = state.cell(&pid(P), &code(500)).unwrap();
    assert_eq!(cell.state, CellState::Refused);
}

#[test]
fn each_purpose_has_room_of_its_own() {
    let mut other = purpose("t.other", CheckMode::Consent);
    other.scope_type = ScopeType::Recipient;
    let mut world = World::of([purpose(P, CheckMode::Consent), other]);
    world.main().scope_type = ScopeType::Recipient;
    let of_other = Decision {
        scope: code(0),
        ..decision("t.other", Refused)
    };
    let stream = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX))
        .then(EventBody::from(Decisions(vec![of_other])));
    assert!(
        stream
            .state(&world)
            .cell(&pid("t.other"), &code(0))
            .is_some()
    );
}
