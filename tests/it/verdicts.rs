//! The verdict about every purpose of the five registers, for ten standings of a person. `tests/vectors/verdicts` holds
//! one table per register, and its folder `completed` one per register that leaves something open, about a completed
//! copy. `rule` derives each cell of them a second time, from docs/decisions.md.

mod lives;
mod rule;

use std::collections::BTreeMap;
use std::path::PathBuf;

use samtycke_core::purpose::CheckMode;
use samtycke_core::register::Register;
use samtycke_tests::{Engine, World, audit, both};

use self::lives::{STANDINGS, Standing};
use crate::completions::{completed, completions};
use crate::support::register;

const REGISTERS: [&str; 5] = ["ommej", "bjorn-lunden", "omilon", "loomer", "supplier"];
/// Purposes of the five registers: the controllers' own 74, and 13 that were split from them.
const PURPOSES: usize = 87;

/// Verdicts by purpose, in the order of the standings.
type Table = BTreeMap<String, Vec<String>>;

/// A register as its controller states it, or its completed copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edition {
    Stated,
    Completed,
}

impl Edition {
    fn text(self, name: &str) -> String {
        match self {
            Self::Stated => register(name),
            Self::Completed => completed(name),
        }
    }

    fn read(self, name: &str) -> Register {
        Register::parse(&self.text(name)).expect("a register")
    }

    fn vector(self, name: &str) -> PathBuf {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/verdicts"));
        let folder = match self {
            Self::Stated => folder,
            Self::Completed => folder.join("completed"),
        };
        folder.join(format!("{name}.txt"))
    }
}

/// Every table.
fn tables() -> impl Iterator<Item = (&'static str, Edition)> {
    let open = |name: &&str| !completions(name).is_empty();
    let stated = REGISTERS.into_iter().map(|name| (name, Edition::Stated));
    let copies = REGISTERS.into_iter().filter(open);
    stated.chain(copies.map(|name| (name, Edition::Completed)))
}

/// What a copy states, above its table.
fn preface(name: &str, edition: Edition) -> String {
    let lines = completions(name).iter().map(|one| format!("# {one}\n"));
    match edition {
        Edition::Stated => String::new(),
        Edition::Completed => lines.collect(),
    }
}

fn render(table: &Table) -> String {
    let head = STANDINGS.iter().map(|s| s.word().to_owned()).collect();
    let mut rows = vec![("purpose", head)];
    rows.extend(table.iter().map(|(id, cells)| (id.as_str(), cells.clone())));
    let widest = |i: usize| {
        rows.iter()
            .map(|(_, cells): &(_, Vec<String>)| cells[i].len())
            .max()
    };
    let widths: Vec<usize> = (0..STANDINGS.len()).filter_map(widest).collect();
    let first = rows.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    let lines = rows.iter().map(|(id, cells)| {
        let cells = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!(" | {cell:width$}"));
        format!("{id:first$}{}", cells.collect::<String>())
            .trim_end()
            .to_owned()
            + "\n"
    });
    lines.collect()
}

fn golden(name: &str, edition: Edition) -> Table {
    let text = std::fs::read_to_string(edition.vector(name));
    let text = text.expect("a table; SAMTYCKE_BLESS=1 writes it");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.skip(1).map(|line| {
        let mut cells = line.split(" | ").map(|cell| cell.trim().to_owned());
        (cells.next().expect("a purpose"), cells.collect())
    });
    rows.collect()
}

/// Plays the standings against one register and compares with its table.
async fn play(mut world: World, name: &str, edition: Edition) {
    world.restart_with(audit::without_limits).await;
    let t = world.tenancy(name, &edition.text(name)).await;
    let played = lives::table(&world, &t, &edition.read(name)).await;
    audit::audit(&world.server.app, &t.log).await;
    let (path, preface) = (edition.vector(name), preface(name, edition));
    let played = preface + &render(&played);
    if std::env::var_os("SAMTYCKE_BLESS").is_some() && world.engine == Engine::Sqlite {
        std::fs::write(&path, &played).expect("written");
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(played, expected, "{name}; SAMTYCKE_BLESS=1 writes it");
}

both! {
    async fn every_purpose_of_ommej_is_answered(world: World) {
        play(world, "ommej", Edition::Stated).await;
    }

    async fn every_purpose_of_bjorn_lunden_is_answered(world: World) {
        play(world, "bjorn-lunden", Edition::Stated).await;
    }

    async fn every_purpose_of_omilon_is_answered(world: World) {
        play(world, "omilon", Edition::Stated).await;
    }

    async fn every_purpose_of_loomer_is_answered(world: World) {
        play(world, "loomer", Edition::Stated).await;
    }

    async fn every_purpose_of_the_supplier_is_answered(world: World) {
        play(world, "supplier", Edition::Stated).await;
    }

    async fn every_purpose_of_omilon_is_answered_when_completed(world: World) {
        play(world, "omilon", Edition::Completed).await;
    }

    async fn every_purpose_of_loomer_is_answered_when_completed(world: World) {
        play(world, "loomer", Edition::Completed).await;
    }

    async fn every_purpose_of_the_supplier_is_answered_when_completed(world: World) {
        play(world, "supplier", Edition::Completed).await;
    }
}

/// Protects the tables against a blessing of wrong answers: each cell is what the rules of docs/decisions.md make it.
#[test]
fn every_cell_follows_from_the_rules() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (name, edition) in tables() {
        let register = edition.read(name);
        let table = golden(name, edition);
        let purposes: Vec<String> = register.purposes.iter().map(|p| p.id.to_string()).collect();
        if edition == Edition::Stated {
            seen += purposes.len();
        }
        let mut listed: Vec<String> = table.keys().cloned().collect();
        listed.retain(|id| !purposes.contains(id));
        assert!(listed.is_empty(), "{name} has no {listed:?}");
        for id in &purposes {
            let cells = table
                .get(id)
                .unwrap_or_else(|| panic!("{id} is not in its table"));
            for (standing, cell) in STANDINGS.into_iter().zip(cells) {
                let derived = rule::cell(&register, id, standing);
                if *cell != derived {
                    wrong.push(format!(
                        "{edition:?} {id}, {}: table {cell}, rules {derived}",
                        standing.word()
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cells:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(seen, PURPOSES);
}

/// Protects the product against a purpose that is denied whatever happens: a purpose that the register completes is
/// permitted in at least one standing.
#[test]
fn a_complete_purpose_can_be_permitted() {
    for (name, edition) in tables() {
        for (id, cells) in golden(name, edition) {
            let never = ["deny REGISTER_INCOMPLETE", "deny NOT_CONTROLLER"];
            let by_the_register = cells.iter().any(|cell| never.contains(&cell.as_str()));
            let permitted = cells.iter().any(|cell| cell.starts_with("allow "));
            assert!(permitted != by_the_register, "{id}: {cells:?}");
        }
    }
}

/// Protects the completed copies: nothing that a controller left open stays open. A row with parts stays so, because the
/// check is about its parts.
#[test]
fn a_completed_copy_leaves_no_purpose_open() {
    for name in REGISTERS {
        let register = Edition::Completed.read(name);
        for purpose in register.purposes.iter().filter(|p| p.parts.is_empty()) {
            let open = purpose.check_mode == CheckMode::NotStated;
            assert!(
                !open && purpose.incomplete.is_empty(),
                "{}: {:?}",
                purpose.id,
                purpose.incomplete
            );
        }
    }
}

/// Protects the registers of the repository (E21): the controller's own words stand beside what was read from them, and a
/// row that was split says so.
#[test]
fn a_register_says_what_was_split() {
    let mut split = 0;
    for name in REGISTERS {
        let text = register(name);
        for purpose in text.split("[[purpose]]\n").skip(1) {
            let id = purpose.lines().next().unwrap_or_default();
            for part in [
                "[purpose.source]\ntitle_sv = ",
                "[purpose.analysis]\ntitle_en = ",
            ] {
                assert!(purpose.contains(part), "{id}: {part}");
            }
            let has_parts = purpose.contains("\nparts = [");
            assert!(!has_parts || purpose.contains("\nnote = "), "{id}");
            split += usize::from(has_parts);
        }
    }
    assert_eq!(split, 4);
}

/// Protects the copies against more than completing: each completion is of a purpose that denies without it.
#[test]
fn a_copy_changes_only_what_is_open() {
    for (name, _) in tables().filter(|(_, edition)| *edition == Edition::Completed) {
        let (stated, copy) = (
            golden(name, Edition::Stated),
            golden(name, Edition::Completed),
        );
        for (id, cells) in &stated {
            let open = cells.iter().any(|cell| cell == "deny REGISTER_INCOMPLETE");
            assert!(
                open || *cells == copy[id],
                "{id}: {cells:?}, in the copy {:?}",
                copy[id]
            );
        }
    }
}

/// Protects the columns: a standing that no table tells from another would test nothing.
#[test]
fn every_standing_changes_an_answer() {
    let column = |s: Standing| -> Vec<String> {
        let at = STANDINGS
            .iter()
            .position(|one| *one == s)
            .expect("a standing");
        REGISTERS
            .into_iter()
            .flat_map(|name| golden(name, Edition::Stated))
            .map(|(_, cells)| cells[at].clone())
            .collect()
    };
    for (i, one) in STANDINGS.into_iter().enumerate() {
        for other in &STANDINGS[i + 1..] {
            assert_ne!(
                column(one),
                column(*other),
                "{} and {}",
                one.word(),
                other.word()
            );
        }
    }
}
