//! The golden vectors in tests/vectors/record.json: which submissions of a browser take effect, written for the model
//! server of the banner's tests. `SAMTYCKE_BLESS=1 cargo test -p samtycke-core` rewrites the file.

use serde_json::{Value, json};

use super::*;
use crate::{
    decide::{Context, Question, decide},
    purpose::ScopeType,
    scope::Scope,
};

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/record.json"
);
const NUMBERS: &str = "site.numbers";
const ADS: &str = "site.ads";
const FILM: &str = "site.film";

/// One submission: decisions as `(purpose, kind)`, the last seq that its sender had seen, and the seqs that it follows.
type Submission = (&'static [(&'static str, DecisionKind)], u64, &'static [u64]);

const CASES: &[(&str, &[Submission])] = &[
    ("a grant", &[(&[(NUMBERS, Given)], 0, &[])]),
    ("a refusal", &[(&[(NUMBERS, Refused)], 0, &[])]),
    (
        "a withdrawal that had not seen the grant",
        &[
            (&[(NUMBERS, Given)], 0, &[]),
            (&[(NUMBERS, Withdrawn)], 0, &[]),
        ],
    ),
    (
        "a grant that had seen the refusal",
        &[
            (&[(NUMBERS, Refused)], 0, &[]),
            (&[(NUMBERS, Given)], 1, &[]),
        ],
    ),
    (
        "a grant that had not seen the refusal",
        &[
            (&[(NUMBERS, Refused)], 0, &[]),
            (&[(NUMBERS, Given)], 0, &[]),
        ],
    ),
    (
        "a grant after a refusal of its own queue",
        &[
            (&[(NUMBERS, Refused)], 0, &[]),
            (&[(NUMBERS, Given)], 0, &[1]),
        ],
    ),
    (
        "a grant after a refusal of its own queue, and another that it had not seen",
        &[
            (&[(NUMBERS, Given)], 0, &[]),
            (&[(NUMBERS, Withdrawn)], 1, &[]),
            (&[(NUMBERS, Refused)], 1, &[]),
            (&[(NUMBERS, Given)], 1, &[3]),
        ],
    ),
    (
        "a grant that another grant came before",
        &[(&[(NUMBERS, Given)], 0, &[]), (&[(NUMBERS, Given)], 0, &[])],
    ),
    (
        "a grant that had not seen the refusal of another purpose",
        &[
            (&[(ADS, Refused)], 0, &[]),
            (&[(NUMBERS, Given), (ADS, Given)], 0, &[]),
        ],
    ),
    (
        "a grant and a refusal in one submission",
        &[(&[(NUMBERS, Given), (ADS, Refused)], 0, &[])],
    ),
    (
        "a service",
        &[
            (&[(FILM, Given)], 0, &[]),
            (&[(FILM, Withdrawn)], 1, &[]),
            (&[(FILM, Given)], 1, &[]),
        ],
    ),
];

fn scope_of(purpose: &str) -> Scope {
    if purpose == FILM {
        Scope::Vendor(value("rullen"))
    } else {
        Scope::None
    }
}

fn site() -> World {
    let mut film = purpose(FILM, CheckMode::Consent);
    film.scope_type = ScopeType::Vendor;
    World::of([
        purpose(NUMBERS, CheckMode::Consent),
        purpose(ADS, CheckMode::Consent),
        film,
    ])
}

fn vector(name: &str, submissions: &[Submission]) -> Value {
    let world = site();
    let mut state = SubjectState::default();
    let mut written = Vec::new();
    for (decisions, based_on, after) in submissions {
        let decisions: Vec<Decision> = decisions
            .iter()
            .map(|(id, kind)| Decision {
                scope: scope_of(id),
                ..decision(id, *kind)
            })
            .collect();
        let mut next = event(state.seq + 1, Decisions(decisions.clone()).into());
        next.based_on = *based_on;
        next.after_seqs = after.to_vec();
        let applied = state.apply(&next, &world);
        let outcomes: Vec<Outcome> = applied.decisions.iter().map(|d| d.outcome).collect();
        written.push(json!({
            "based_on": based_on, "after": after, "decisions": decisions, "outcomes": outcomes,
        }));
    }
    let allowed = |id: &&str| {
        let question = Question {
            scope: scope_of(id),
            ..Question::about(pid(id))
        };
        decide(&Context::new(&world), Some(&state), &question, LATER).allow
    };
    let allowed: Vec<&str> = [NUMBERS, ADS, FILM].into_iter().filter(allowed).collect();
    json!({"name": name, "submissions": written, "allowed": allowed})
}

#[test]
fn record_vectors_are_what_the_fold_says() {
    let lines = CASES
        .iter()
        .map(|(name, submissions)| format!("  {}", vector(name, submissions)))
        .collect::<Vec<_>>();
    let text = format!(
        "{{\"format\":\"samtycke.record-vectors/1\",\"cases\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(PATH, &text).unwrap();
    }
    let golden = std::fs::read_to_string(PATH).expect("tests/vectors/record.json is committed");
    assert!(
        golden == text,
        "cases and vectors differ; SAMTYCKE_BLESS=1 writes them anew"
    );
}
