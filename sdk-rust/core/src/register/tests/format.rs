//! Compares docs/registers.md and docs/register.schema.json with the parser.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use toml::de::DeTable;

use super::*;
use crate::register::{doc::table_json, keys, keys::TABLES};

const PAGE: &str = include_str!("../../../../../docs/registers.md");
const LINT_SOURCE: &str = include_str!("../lint.rs");
const SCHEMA: &str = include_str!("../../../../../docs/register.schema.json");

/// The keys that take one of a list of words, and that list.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("register", "source_kind", keys::SOURCE_KINDS),
    ("recipient", "role", keys::ROLES),
    ("recipient", "transfer", keys::TRANSFERS),
    ("cookie", "first_or_third_party", keys::PARTIES),
    ("cookie", "terminal", keys::TERMINALS),
    ("purpose.analysis", "legal_basis", keys::BASES),
    ("purpose.analysis", "check_mode", keys::MODES),
    ("purpose.analysis", "consent_kind", keys::KINDS),
    (
        "purpose.analysis",
        "special_category",
        keys::SPECIAL_CATEGORIES,
    ),
    ("purpose.analysis", "age_rule", keys::AGE_RULES),
    ("purpose.analysis", "guardian_quorum", keys::QUORUMS),
    (
        "purpose.analysis",
        "guardian_verification_min",
        keys::VERIFICATIONS,
    ),
    ("purpose.analysis", "age_default", keys::AGE_DEFAULTS),
    ("purpose.analysis", "scope_type", keys::SCOPES),
    ("purpose.analysis", "assurance_min", keys::ASSURANCES),
    ("purpose.analysis", "consent_mode", keys::CONSENT_MODES),
];

struct Schema {
    document: Value,
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn load() -> Self {
        let document: Value = serde_json::from_str(SCHEMA).unwrap();
        let id = document["$id"].as_str().unwrap().to_owned();
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.add_resource(&id, document.clone()).unwrap();
        let index = compiler.compile(&id, &mut schemas).unwrap();
        Self {
            document,
            schemas,
            index,
        }
    }

    fn check(&self, register: &str) -> Result<(), String> {
        let table = DeTable::parse(register).unwrap();
        let json = Value::Object(table_json(table.get_ref()));
        self.schemas
            .validate(&json, self.index)
            .map_err(|error| format!("{error:#}"))
    }

    /// The schema of the table at this path, such as `purpose.analysis`.
    fn table(&self, path: &str) -> &Value {
        let steps = path.split('.').filter(|step| !step.is_empty());
        steps.fold(&self.document, |table, step| {
            let member = self.behind(&table["properties"][step]);
            match &member["items"] {
                Value::Null => member,
                items => self.behind(items),
            }
        })
    }

    fn behind<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(to) => self.document.pointer(&to[1..]).expect("a schema"),
            None => schema,
        }
    }

    /// The words that a key takes, alone or in a list.
    fn words(&self, path: &str, key: &str) -> BTreeSet<&str> {
        let mut member = &self.table(path)["properties"][key];
        if let Some(ways) = member["anyOf"].as_array() {
            member = ways.iter().find(|way| way["$ref"].is_string()).unwrap();
        }
        let words = self.behind(member)["enum"].as_array().unwrap();
        words.iter().map(|word| word.as_str().unwrap()).collect()
    }
}

/// The rows of the page's key tables: table path, key, and the "value" column.
fn page_rows() -> Vec<(String, &'static str, &'static str)> {
    let (_, keys) = PAGE.split_once("\n## Keys\n").unwrap();
    let (keys, _) = keys.split_once("\n## ").unwrap();
    let (mut rows, mut path) = (Vec::new(), None);
    for line in keys.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            let is_root = title == "Top level";
            let name = title.trim_matches(['`', '[', ']']);
            path = Some(if is_root { "" } else { name }.to_owned());
        } else if line.starts_with("#### ") {
            path = None;
        } else if let (Some(path), Some(row)) = (&path, line.strip_prefix("| `")) {
            let (key, rest) = row.split_once("` | ").unwrap();
            let value = rest.split(" | ").next().unwrap();
            rows.push((path.clone(), key, value));
        }
    }
    rows
}

fn page_example() -> &'static str {
    let (_, from) = PAGE.split_once("```toml\n").unwrap();
    from.split_once("```").unwrap().0
}

#[test]
fn the_schema_has_the_keys_that_the_reader_takes() {
    let schema = Schema::load();
    for table in TABLES {
        let described = schema.table(table.path);
        let found: BTreeSet<&str> = described["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("no table {}", table.path))
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            found,
            table.keys.iter().copied().collect(),
            "{}",
            table.path
        );
        assert_eq!(described["additionalProperties"], false, "{}", table.path);
    }
}

#[test]
fn the_page_has_the_keys_that_the_reader_takes() {
    let rows = page_rows();
    let described: BTreeSet<(&str, &str)> = rows
        .iter()
        .map(|(path, key, _)| (path.as_str(), *key))
        .collect();
    let taken: BTreeSet<(&str, &str)> = TABLES
        .iter()
        .flat_map(|table| table.keys.iter().map(|key| (table.path, *key)))
        .collect();
    assert_eq!(described, taken);
    assert_eq!(rows.len(), taken.len());
}

#[test]
fn schema_and_page_list_the_words_that_the_reader_takes() {
    let (schema, rows) = (Schema::load(), page_rows());
    for (path, key, words) in WORDS {
        let taken: BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(schema.words(path, key), taken, "{path}.{key}");
        let row = rows.iter().find(|(at, name, _)| at == path && name == key);
        let value = row.expect("a row of the page").2;
        let listed: BTreeSet<&str> = value.split('`').skip(1).step_by(2).collect();
        assert_eq!(listed, taken, "{path}.{key}");
    }
    let category = &schema.document["$defs"]["category"]["enum"];
    assert_eq!(*category, serde_json::json!(keys::CATEGORIES));
}

#[test]
fn the_schema_has_the_shapes_of_ids() {
    use crate::id::{Language, TenantId};
    let schema = Schema::load();
    for (name, pattern, longest) in [
        ("tenantId", TenantId::PATTERN, TenantId::LENGTH_MAX),
        ("purposeId", PurposeId::PATTERN, PurposeId::LENGTH_MAX),
        ("language", Language::PATTERN, Language::LENGTH_MAX),
    ] {
        let described = &schema.document["$defs"][name];
        assert_eq!(described["pattern"], pattern, "{name}");
        assert_eq!(described["maxLength"], longest, "{name}");
    }
}

#[test]
fn the_page_lists_what_the_linter_finds() {
    let (_, section) = PAGE.split_once("\n## What the linter finds\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let listed: BTreeSet<(&str, &str)> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(code, rest)| (code, rest.split(" | ").next().unwrap()))
        .collect();
    // An enum cannot list its variants, so the test reads its source.
    let (_, codes) = LINT_SOURCE.split_once("fn as_str").unwrap();
    let (codes, severities) = codes.split_once("fn severity").unwrap();
    let (errors, _) = severities.split_once("Severity::Error").unwrap();
    let known: BTreeSet<(&str, &str)> = codes
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\",")?.split_once(" => \""))
        .map(|(variant, code)| {
            let is_error = errors.contains(variant);
            (code, if is_error { "error" } else { "warning" })
        })
        .collect();
    assert!(known.len() > 20);
    assert_eq!(listed, known);
}

#[test]
fn every_register_fits_the_schema() {
    let schema = Schema::load();
    for (name, text) in ALL
        .into_iter()
        .chain([("example", EXAMPLE), ("clean", CLEAN)])
    {
        schema
            .check(text)
            .unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn the_example_of_the_page_is_read_without_a_finding() {
    let register = parse(page_example());
    assert_eq!(register.lints, []);
    assert_eq!(register.purposes.len(), 2);
    Schema::load().check(page_example()).unwrap();
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = Schema::load();
    for (from, to) in [
        ("check_mode = \"contract\"", "chekc_mode = \"contract\""),
        ("check_mode = \"contract\"", "check_mode = \"contrat\""),
        ("check_mode = \"contract\"\n", ""),
        ("after(contract.ended, P1Y)", "aftr(contract.ended, P1Y)"),
        ("lifetime = \"P30D\"", "lifetime = \"30 dagar\""),
        ("lifetime = \"P30D\"", "lifetime = \"PT1H\""),
        ("country = \"SE\"", "country = \"Sverige\""),
        ("samtycke.register/1", "samtycke.register/2"),
        ("role = \"processor\"\n", ""),
        ("role = \"processor\"", "role = [\"processor\"]"),
        ("special_category = \"no\"", "special_category = true"),
        (
            "legal_basis = [\"contract\"]",
            "legal_basis = [\"contrat\"]",
        ),
        ("title_sv = \"Köp\"\n", ""),
        ("title_en = \"Purchase\"", "title_en = \" \""),
        ("title_en = \"Purchase\"", "title_en = \"a\\u0000b\""),
        ("id = \"example\"", "id = \"Example AB\""),
        ("id = \"example.sale\"", "id = \"example..sale\""),
        ("language = \"sv\"", "language = \"svenska\""),
        ("language = \"sv\"", "language = \"sv\"\npurposes = \"2\""),
        ("language = \"sv\"", "language = \"sv\"\npurposes = 2.0"),
        ("[[cookie]]", "[cookie]"),
        ("[register]", "[registr]"),
        (
            "[[cookie]]",
            "[categories]\n\"example.stats\" = \"fun\"\n\n[[cookie]]",
        ),
        ("[[cookie]]", "[params]\nx = \"90 days\"\n\n[[cookie]]"),
    ] {
        let text = with(from, to);
        assert!(Register::parse(&text).is_err(), "the reader takes {to:?}");
        assert!(schema.check(&text).is_err(), "the schema takes {to:?}");
    }
}
