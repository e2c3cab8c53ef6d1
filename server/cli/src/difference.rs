//! A line diff of two texts.

use std::fmt::Write as _;

/// Most cells in the table that finds the longest common lines; four bytes each. It covers two texts that differ from
/// line 1 to 2 000. Beyond it, the difference is shown as one block.
const CELLS_MAX: usize = 4_000_000;

/// The lines that only one text has, with their numbers: `-` for the old, `+` for the new. Empty if the lines are
/// equal; line endings do not count.
pub(super) fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(&new).take_while(same).count();
    let (rest_old, rest_new) = (&old[before..], &new[before..]);
    let after = rest_old.iter().rev().zip(rest_new.iter().rev());
    let after = after.take_while(same).count();
    let rest_old = &rest_old[..rest_old.len() - after];
    let rest_new = &rest_new[..rest_new.len() - after];
    let table = Table::of(rest_old, rest_new);

    let mut out = String::new();
    let (mut i, mut j) = (0, 0);
    while i < rest_old.len() || j < rest_new.len() {
        let both = i < rest_old.len() && j < rest_new.len();
        if both && table.is_some() && rest_old[i] == rest_new[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < rest_old.len() && (!both || table.as_ref().is_none_or(|t| t.drops(i, j))) {
            let _ = writeln!(out, "-{:>5}  {}", before + i + 1, rest_old[i]);
            i += 1;
        } else {
            let _ = writeln!(out, "+{:>5}  {}", before + j + 1, rest_new[j]);
            j += 1;
        }
    }
    out
}

/// Number of common lines after line `i` of the old text and line `j` of the new.
struct Table {
    width: usize,
    cells: Vec<u32>,
}

impl Table {
    fn of(old: &[&str], new: &[&str]) -> Option<Self> {
        let width = new.len() + 1;
        let size = width.checked_mul(old.len() + 1)?;
        if size > CELLS_MAX {
            return None;
        }
        let mut table = Self {
            width,
            cells: vec![0; size],
        };
        for i in (0..old.len()).rev() {
            for j in (0..new.len()).rev() {
                table.cells[i * width + j] = if old[i] == new[j] {
                    table.at(i + 1, j + 1) + 1
                } else {
                    table.at(i + 1, j).max(table.at(i, j + 1))
                };
            }
        }
        Some(table)
    }

    fn at(&self, i: usize, j: usize) -> u32 {
        self.cells[i * self.width + j]
    }

    /// Whether dropping the old line keeps at least as many common lines as taking the new one.
    fn drops(&self, i: usize, j: usize) -> bool {
        self.at(i + 1, j) >= self.at(i, j + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let old = "a\nb\nc\nd\ne\nf\n";
        assert_eq!(difference(old, old), "");
        assert_eq!(difference(old, &old.replace('\n', "\r\n")), "");
        let new = "a\nB\nc\ne\nf\ng\n";
        let said = "-    2  b\n+    2  B\n-    4  d\n+    6  g\n";
        assert_eq!(difference(old, new), said);
        assert_eq!(difference("", "a\n"), "+    1  a\n");
        assert_eq!(difference("a\n", ""), "-    1  a\n");
    }

    #[test]
    fn a_text_too_long_to_compare_is_one_block() {
        let lines = |word: &str| {
            let lines = (0..3_000).map(|n| format!("{word} {n}\n"));
            lines.collect::<Vec<_>>().concat()
        };
        let said = difference(
            &format!("same\n{}", lines("old")),
            &format!("same\n{}", lines("new")),
        );
        assert_eq!(said.lines().count(), 6_000);
        assert!(said.starts_with("-    2  old 0\n") && said.ends_with("+ 3001  new 2999\n"));
    }
}
