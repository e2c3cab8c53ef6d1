//! The golden vectors in tests/vectors/decide.json: the cases, written for implementations in other languages.
//!
//! A case has `register`, `state` (and `survivor_state`), `retention`, `dnt_counts`, `question` and `now`, which together
//! give `verdict`, and the row with its letter (`row`, `part`). `events` are those of which `state` is the fold; they are
//! null where the state stands for events that no route writes yet.
//!
//! `SAMTYCKE_BLESS=1 cargo test -p samtycke-core` rewrites the file. Review the difference by hand.

use serde_json::{Value, json};

use super::*;
use crate::{
    purpose::Purpose,
    testing::{World, purpose},
};

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/decide.json"
);

#[test]
fn the_vectors_are_what_the_cases_say() {
    let lines: Vec<String> = cases::all()
        .iter()
        .map(|case| format!("  {}", vector(case)))
        .collect();
    let text = format!(
        "{{\"format\":\"samtycke.decide-vectors/1\",\"cases\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::create_dir_all(std::path::Path::new(PATH).parent().unwrap()).unwrap();
        std::fs::write(PATH, &text).unwrap();
    }
    let golden = std::fs::read_to_string(PATH).expect("tests/vectors/decide.json is committed");
    assert!(
        golden == text,
        "cases and vectors differ; SAMTYCKE_BLESS=1 writes them anew"
    );
}

fn vector(case: &Case) -> Value {
    let survivor = case.survivor.as_ref();
    json!({
        "name": case.name,
        "register": register(&case.world),
        "events": case.built.is_none().then_some(&case.stream.0),
        "state": case.state(),
        "survivor_events": survivor.map(|s| &s.0),
        "survivor_state": case.survivor_state(),
        "retention_rules": case.world().terms.iter().map(|t| t.rule.to_string()).collect::<Vec<_>>(),
        "item": case.item_days(),
        "dnt_counts": case.dnt_counts,
        "question": case.question,
        "now": case.now,
        "row": case.row.number,
        "part": case.row.part,
        "verdict": case.verdict(),
    })
}

/// `standing` holds the notices that are not `current`, for every purpose.
fn register(world: &World) -> Value {
    let standing: serde_json::Map<String, Value> = world
        .notices
        .iter()
        .map(|(notice, standing)| (notice.to_string(), json!(standing)))
        .collect();
    let campaigns: serde_json::Map<String, Value> = world
        .campaigns
        .iter()
        .map(|(id, c)| {
            let known = json!({"ends_at": c.ends_at, "advertising": c.advertising});
            (id.to_string(), known)
        })
        .collect();
    let customers: serde_json::Map<String, Value> = world
        .customers
        .iter()
        .map(|(id, (name, contact))| (id.to_string(), json!({"name": name, "contact": contact})))
        .collect();
    json!({
        "purposes": world.purposes.values().map(definition).collect::<Vec<_>>(),
        "standing": standing,
        "campaigns": campaigns,
        "customers": customers,
    })
}

/// The fields of a purpose that a check reads. Fields with their default are omitted (a consent without conditions,
/// `reask_after` P6M, `guardian_below` 13, `guardian_quorum` all). `id` and `check_mode` are always present.
fn definition(p: &Purpose) -> Value {
    let plain = fields(&purpose(p.id.as_str(), p.check_mode));
    let mut said = fields(p);
    said.retain(|name, value| name == "id" || name == "check_mode" || plain[name] != *value);
    Value::Object(said)
}

fn fields(p: &Purpose) -> serde_json::Map<String, Value> {
    let all = json!({
        "id": p.id,
        "check_mode": p.check_mode,
        "special_category": p.special_category,
        "art9_ground": p.art9_ground,
        "age_rule": p.age_rule,
        "guardian_below": p.guardian_below,
        "guardian_quorum": p.guardian_quorum,
        "age_default": p.age_default,
        "depends_on": p.depends_on,
        "direct_marketing": p.direct_marketing,
        "third_party_sharing": p.third_party_sharing,
        "targeted_advertising": p.targeted_advertising,
        "terminal_access": p.terminal_access,
        "strictly_necessary": p.strictly_necessary,
        "contract_asserted": p.contract_asserted,
        "scope_type": p.scope_type,
        "single_use": p.single_use,
        "validity": p.validity,
        "reask_after": p.reask_after,
        "assurance_min": p.assurance_min,
        "retired": p.retired,
        "parts": p.parts,
        "controller_pointer": p.controller_pointer,
        "incomplete": p.incomplete,
    });
    match all {
        Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    }
}
