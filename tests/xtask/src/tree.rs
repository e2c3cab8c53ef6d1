//! The files of the tree that a rule looks at.

use std::fs;
use std::path::Path;

/// A text file, named by its path from the root of the tree.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    #[cfg(test)]
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Rust that is compiled for tests only, by its name: `tests.rs`, `x_tests.rs`, or anything in a folder `tests`.
    pub(crate) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests")
            || self.path.ends_with("tests.rs")
            || self.path.ends_with("test.rs")
    }

    /// Lines with their numbers, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }
}

/// Every file with this ending below `places`, sorted by path. A place that does not exist holds none.
pub(crate) fn files(root: &Path, extension: &str, places: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    for place in places {
        collect(root, place, extension, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, place: &str, extension: &str, found: &mut Vec<File>) {
    let path = root.join(place);
    if path.is_dir() {
        let Ok(entries) = fs::read_dir(&path) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let below = if place == "." {
                name.to_owned()
            } else {
                format!("{place}/{name}")
            };
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if !is_link && !is_generated(&below, name) {
                collect(root, &below, extension, found);
            }
        }
    } else if place.ends_with(&format!(".{extension}"))
        && let Ok(text) = fs::read_to_string(&path)
    {
        found.push(File {
            path: place.to_owned(),
            text,
        });
    }
}

fn is_generated(path: &str, name: &str) -> bool {
    matches!(name, "target" | "node_modules" | ".git") || path == "sdk-js/dist"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_skip_generated_folders() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = files(root, "rs", &["src", "missing"]);
        let paths: Vec<&str> = found.iter().map(|file| file.path.as_str()).collect();
        assert!(paths.contains(&"src/main.rs"), "{paths:?}");
        assert!(paths.is_sorted());
        assert!(is_generated("sdk-js/node_modules", "node_modules"));
        assert!(is_generated("sdk-js/dist", "dist"));
        assert!(!is_generated("docs/dist", "dist"));
    }

    #[test]
    fn test_files_are_known_by_name() {
        assert!(File::new("server/src/config/tests.rs", "").is_test());
        assert!(File::new("sdk-rust/src/reuse_tests.rs", "").is_test());
        assert!(File::new("sdk-rust/src/queue/tests/disk.rs", "").is_test());
        assert!(!File::new("sdk-rust/src/queue.rs", "").is_test());
    }
}
