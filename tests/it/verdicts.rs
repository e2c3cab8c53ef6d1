//! The verdict about every purpose of the five registers, for nine standings of a person. `tests/vectors/verdicts` holds
//! one table per register, and `rule` derives each cell of them a second time, from docs/decisions.md.

mod lives;
mod rule;

use std::collections::BTreeMap;
use std::path::PathBuf;

use samtycke_core::register::Register;
use samtycke_tests::{Engine, World, audit, both};

use self::lives::{STANDINGS, Standing};
use crate::support::register;

const REGISTERS: [&str; 5] = ["ommej", "bjorn-lunden", "omilon", "loomer", "supplier"];
/// Purposes of the five registers: the controllers' own 74, and 13 that were split from them.
const PURPOSES: usize = 87;

/// Verdicts by purpose, in the order of the standings.
type Table = BTreeMap<String, Vec<String>>;

fn vector(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/verdicts");
    PathBuf::from(folder).join(format!("{name}.txt"))
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

fn golden(name: &str) -> Table {
    let text = std::fs::read_to_string(vector(name)).expect("a table; SAMTYCKE_BLESS=1 writes it");
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(" | ").map(|cell| cell.trim().to_owned());
        (cells.next().expect("a purpose"), cells.collect())
    });
    rows.collect()
}

/// Plays the standings against one register and compares with its table.
async fn play(mut world: World, name: &str) {
    world.restart_with(audit::without_limits).await;
    let t = world.example(name).await;
    let played = lives::table(&world, &t).await;
    audit::audit(&world.server.app, &t.log).await;
    let blesses = std::env::var_os("SAMTYCKE_BLESS").is_some();
    if blesses && world.engine == Engine::Sqlite {
        std::fs::write(vector(name), render(&played)).expect("written");
    }
    assert_eq!(
        render(&played),
        render(&golden(name)),
        "{name}; SAMTYCKE_BLESS=1 writes it"
    );
}

both! {
    async fn every_purpose_of_ommej_is_answered(world: World) {
        play(world, "ommej").await;
    }

    async fn every_purpose_of_bjorn_lunden_is_answered(world: World) {
        play(world, "bjorn-lunden").await;
    }

    async fn every_purpose_of_omilon_is_answered(world: World) {
        play(world, "omilon").await;
    }

    async fn every_purpose_of_loomer_is_answered(world: World) {
        play(world, "loomer").await;
    }

    async fn every_purpose_of_the_supplier_is_answered(world: World) {
        play(world, "supplier").await;
    }
}

/// Protects the tables against a blessing of wrong answers: each cell is what the rules of docs/decisions.md make it.
#[test]
fn every_cell_follows_from_the_rules() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for name in REGISTERS {
        let register = Register::parse(&register(name)).expect("a register");
        let table = golden(name);
        let purposes: Vec<String> = register.purposes.iter().map(|p| p.id.to_string()).collect();
        seen += purposes.len();
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
                        "{id}, {}: table {cell}, rules {derived}",
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
    for name in REGISTERS {
        for (id, cells) in golden(name) {
            let never = ["deny REGISTER_INCOMPLETE", "deny NOT_CONTROLLER"];
            let by_the_register = cells.iter().any(|cell| never.contains(&cell.as_str()));
            let permitted = cells.iter().any(|cell| cell.starts_with("allow "));
            assert!(permitted != by_the_register, "{id}: {cells:?}");
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
            .flat_map(golden)
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
