//! One language, two readers: samtycke-core and the browser's verifier (`sdk-js/src/receipt`) give every bundle, key and
//! cookie the same verdict, as docs/grammar.md says.
//!
//! `tests/vectors/readers.json` has named inputs, accepted and refused, that both run by themselves. This program also
//! makes inputs that nobody listed, by chance from a seed, has both judge the same bytes, and stops at the first
//! difference. `SAMTYCKE_FUZZ_SEED` repeats a run; a longer one, with its progress:
//!
//! ```text
//! SAMTYCKE_FUZZ_INPUTS=100000 cargo test -p samtycke-core --test readers -- --nocapture
//! ```

mod readers {
    pub(crate) mod bundles;
    pub(crate) mod cookies;
    pub(crate) mod dice;
    pub(crate) mod judge;
    pub(crate) mod named;
}

use std::hash::{BuildHasher as _, RandomState};

use serde_json::{Value, json};

use readers::{
    bundles, cookies,
    dice::Dice,
    judge::{Browser, Question, judge},
    named,
};

/// Inputs of a run without a number: they take about ten seconds of one core.
const INPUTS: usize = 3_000;
/// Inputs that are asked at a time: the browser's program answers while the next are made.
const BATCH: usize = 200;

/// Protects whoever is shown a proof: no file is valid to a person's browser and forged to an auditor, or the reverse.
#[test]
fn both_readers_give_one_verdict() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let seed = setting("SAMTYCKE_FUZZ_SEED").unwrap_or_else(any_seed);
    let wanted = setting("SAMTYCKE_FUZZ_INPUTS");
    let most = wanted
        .and_then(|most| usize::try_from(most).ok())
        .unwrap_or(INPUTS);
    println!("seed {seed}");
    let mut dice = Dice::new(seed);
    let mut browser = Browser::start();
    let (mut asked, mut valid) = (0, 0);
    while asked < most {
        let questions: Vec<Question> = (0..BATCH).map(|_| question(&mut dice)).collect();
        let answers = browser.ask(&questions);
        for (question, theirs) in questions.iter().zip(answers) {
            let ours = judge(question);
            assert_eq!(
                ours,
                theirs,
                "samtycke-core (left) and the browser differ; seed {seed}, input {asked}:\n{}",
                question.shown()
            );
            asked += 1;
            valid += usize::from(ours["outcome"] == "valid");
        }
        if wanted.is_some() && asked % 2_000 == 0 {
            println!("{asked} of {most} inputs alike, {valid} of them valid");
        }
    }
    println!("{asked} inputs alike, {valid} of them valid");
    // A generator that only breaks things would compare nothing but refusals.
    assert!(valid * 20 > asked, "{valid} of {asked} are valid");
}

fn question(dice: &mut Dice) -> Question {
    if dice.one_in(4) {
        cookies::any(dice)
    } else {
        bundles::any(dice)
    }
}

/// A different seed for every run; the failure says which it was.
fn any_seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// Protects the vectors: they are what this code makes, and say of each input what this code says.
#[test]
fn the_vectors_have_the_verdicts_of_both_readers() {
    let cases = named::all();
    let mut browser = Browser::start();
    let questions: Vec<Question> = cases.iter().map(|(_, question)| question.clone()).collect();
    let answers = browser.ask(&questions);
    let mut listed = Vec::new();
    for ((name, question), theirs) in cases.iter().zip(answers) {
        let ours = judge(question);
        assert_eq!(ours, theirs, "{name}: samtycke-core (left) and the browser");
        if !named::is_listed(name) {
            assert_eq!(ours["outcome"], "valid", "{name}");
            continue;
        }
        let mut case: Value = question.to_vector();
        case["name"] = json!(name);
        case["outcome"] = ours["outcome"].clone();
        listed.push(case);
    }
    let made = serde_json::to_string_pretty(&json!({
        "source": "made by sdk-rust/core/tests/readers.rs; the grammar is docs/grammar.md",
        "cases": listed,
    }));
    let made = made.expect("JSON") + "\n";
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/readers.json"
    );
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(path, &made).expect("written");
    }
    let golden = std::fs::read_to_string(path).expect("the vectors; SAMTYCKE_BLESS=1 writes them");
    assert!(golden == made, "{path} differs; SAMTYCKE_BLESS=1 writes it");
}
