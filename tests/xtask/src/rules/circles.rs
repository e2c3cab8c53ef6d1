//! The top-level modules of a crate form no circles: a module can be read without the one that uses it.
//!
//! A module uses another where its code holds `crate::other`, `use crate::{other, ..}`, or `super::other` from its
//! first level. A name that the crate's root takes from a module (`use app::App`) stands for that module. Tests do not
//! count.

use crate::source::{code_of, enclosed, identifier, line_of, without_tests, words_at};
use crate::tree::{File, files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Which module uses which, and where first.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

pub(super) fn findings(root: &Path) -> Vec<String> {
    let all = files(root, "rs", &["server"]);
    let sources: Vec<&str> = all
        .iter()
        .filter_map(|file| file.path.strip_suffix("lib.rs"))
        .filter(|folder| folder.ends_with("src/"))
        .collect();
    sources
        .iter()
        .flat_map(|source| {
            let files: Vec<&File> = all
                .iter()
                .filter(|file| file.path.starts_with(source))
                .collect();
            in_crate(source, &files)
        })
        .collect()
}

fn in_crate(source: &str, files: &[&File]) -> Vec<String> {
    let uses = uses(source, files);
    let mut found = Vec::new();
    for circle in circles(&uses) {
        let names: Vec<&str> = circle.iter().map(String::as_str).collect();
        found.push(format!(
            "{source}: {} modules form a circle: {}",
            names.len(),
            names.join(", ")
        ));
        for from in &circle {
            for (to, place) in &uses[from] {
                if circle.contains(to) {
                    found.push(format!("  {from} -> {to} ({place})"));
                }
            }
        }
    }
    found
}

fn uses(source: &str, files: &[&File]) -> Uses {
    let modules: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| module(source, file))
        .collect();
    let reexported = reexported(source, files, &modules);
    let mut uses = Uses::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let Some(from) = module(source, file) else {
            continue;
        };
        let code = without_tests(&code_of(&file.text));
        for (name, at) in named(&code, depth(source, file)) {
            let to = if modules.contains(name) {
                name
            } else if let Some(to) = reexported.get(name) {
                to
            } else {
                continue;
            };
            if to != from {
                uses.entry(from.to_owned())
                    .or_default()
                    .entry(to.to_owned())
                    .or_insert_with(|| format!("{}:{}", file.path, line_of(&code, at)));
            }
        }
    }
    uses
}

/// The top-level module of a file. The roots `lib.rs` and `main.rs` and what is in `bin/` have none.
fn module<'a>(source: &str, file: &'a File) -> Option<&'a str> {
    let name = file.path.strip_prefix(source)?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (!matches!(name, "lib" | "main" | "bin")).then_some(name)
}

/// How many modules a file is below the crate's root.
fn depth(source: &str, file: &File) -> usize {
    let parts = file.path[source.len()..].split('/').count();
    parts - usize::from(file.path.ends_with("/mod.rs") && parts > 1)
}

/// The names after `crate::`, and after as many `super::` as lead to the root, each with its place.
fn named(code: &str, depth: usize) -> Vec<(&str, usize)> {
    let up = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(start) {
            let follows =
                code[..at].ends_with(|c: char| c == '_' || c == ':' || c.is_ascii_alphanumeric());
            if !follows {
                let rest = at + start.len();
                found.extend(firsts(code, rest).into_iter().map(|name| (name, at)));
            }
        }
    }
    found
}

/// The first segments of a path or of a group of paths in braces.
fn firsts(code: &str, at: usize) -> Vec<&str> {
    if !code[at..].starts_with('{') {
        return identifier(&code[at..]).into_iter().collect();
    }
    let Some((group, _)) = enclosed(code, at) else {
        return Vec::new();
    };
    let mut depth = 0_i32;
    let paths = group.split(move |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    paths.filter_map(identifier).collect()
}

/// Names that the root takes from a module, by `use module::Name` or `use module::{A, B}`.
fn reexported<'a>(
    source: &str,
    files: &[&'a File],
    modules: &BTreeSet<&'a str>,
) -> BTreeMap<String, &'a str> {
    let mut found = BTreeMap::new();
    let root = format!("{source}lib.rs");
    for file in files.iter().filter(|file| file.path == root) {
        let code = code_of(&file.text);
        for at in words_at(&code, "use") {
            let path = code[at + 3..].trim_start();
            let path = path.strip_prefix("crate::").unwrap_or(path);
            let path = path.strip_prefix("self::").unwrap_or(path);
            let Some(to) = identifier(path).and_then(|name| modules.get(name)) else {
                continue;
            };
            let statement = path.split(';').next().unwrap_or("");
            let names = statement
                .split(|c: char| c != '_' && !c.is_ascii_alphanumeric())
                .filter(|name| !name.is_empty() && name != to);
            found.extend(names.map(|name| (name.to_owned(), *to)));
        }
    }
    found
}

/// The sets of modules that all use each other, directly or not: those that reach each other.
fn circles(uses: &Uses) -> Vec<BTreeSet<String>> {
    let reach: BTreeMap<&String, BTreeSet<&String>> = uses
        .keys()
        .map(|from| (from, reachable(uses, from)))
        .collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (from, to) in &reach {
        if to.contains(from) && !found.iter().any(|circle| circle.contains(*from)) {
            let circle = to
                .iter()
                .filter(|other| reach.get(**other).is_some_and(|back| back.contains(from)));
            found.push(circle.map(|name| (*name).clone()).collect());
        }
    }
    found
}

fn reachable<'a>(uses: &'a Uses, from: &String) -> BTreeSet<&'a String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&String> = uses
        .get(from)
        .into_iter()
        .flat_map(BTreeMap::keys)
        .collect();
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            open.extend(uses.get(next).into_iter().flat_map(BTreeMap::keys));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files
            .iter()
            .map(|(path, text)| File::new(path, text))
            .collect();
        in_crate("x/src/", &files.iter().collect::<Vec<_>>())
    }

    #[test]
    fn two_modules_that_use_each_other_are_found() {
        let found = lines(&[
            ("x/src/a.rs", "use crate::b::B;"),
            ("x/src/b/deep.rs", "\nfn f() { crate::a::g() }"),
            ("x/src/c.rs", "use crate::a;"),
        ]);
        assert_eq!(
            found,
            [
                "x/src/: 2 modules form a circle: a, b",
                "  a -> b (x/src/a.rs:1)",
                "  b -> a (x/src/b/deep.rs:2)",
            ]
        );
    }

    #[test]
    fn a_circle_by_way_of_a_third_module_is_found() {
        let found = lines(&[
            ("x/src/a.rs", "use crate::{\n    b::{B, C},\n    d,\n};"),
            ("x/src/b.rs", "use super::c;"),
            ("x/src/c/e.rs", "use super::super::a::A;"),
            ("x/src/d.rs", ""),
        ]);
        assert_eq!(found[0], "x/src/: 3 modules form a circle: a, b, c");
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn a_name_of_the_root_stands_for_its_module() {
        let found = lines(&[
            ("x/src/lib.rs", "mod a;\nmod b;\npub use a::{App, Other};"),
            ("x/src/a.rs", "use crate::b;"),
            ("x/src/b.rs", "use crate::App;"),
        ]);
        assert_eq!(found[0], "x/src/: 2 modules form a circle: a, b");
    }

    #[test]
    fn two_circles_are_found_apart() {
        let found = lines(&[
            ("x/src/a.rs", "use crate::b;"),
            ("x/src/b.rs", "use crate::a;"),
            ("x/src/c.rs", "use crate::{a, d};"),
            ("x/src/d.rs", "use crate::c;"),
        ]);
        assert_eq!(
            found.iter().filter(|line| line.contains("circle")).count(),
            2
        );
    }

    #[test]
    fn arrows_one_way_tests_and_comments_form_none() {
        let found = lines(&[
            ("x/src/a.rs", "use crate::b;"),
            (
                "x/src/b.rs",
                "// crate::a\n/// [`crate::a`]\n#[cfg(test)]\nmod tests { use crate::a; }",
            ),
            ("x/src/b/tests.rs", "use crate::a;"),
            ("x/src/b/c.rs", "use super::a;"),
        ]);
        assert_eq!(found, Vec::<String>::new());
    }
}
