//! Output of a benchmark: progress while it runs, a table at its end, and the same as JSON.

use std::path::Path;

use samtycke_server::clock::{Clock as _, SystemClock};
use serde_json::{Value, json};

use super::Fallible;

/// Prints the current step on standard error, so that tables can be saved separately.
pub(crate) fn progress(text: &str) {
    eprintln!("  {text}");
}

/// The median; the mean of the two middle values for an even count.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.len(), values.get(middle)) {
        (_, None) => f64::NAN,
        (n, Some(upper)) if n % 2 == 0 => f64::midpoint(values[middle - 1], *upper),
        (_, Some(middle)) => *middle,
    }
}

/// `0.87 (0.82-0.91)`: the median and the range of the rounds.
pub(crate) fn spread(values: &[f64]) -> String {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{:.2} ({low:.2}-{high:.2})", median(values))
}

/// A figure and whether it meets its target.
pub(crate) fn judged(text: &str, is_met: bool) -> String {
    format!("{text} {}", if is_met { "ok" } else { "MISSED" })
}

/// A table: columns as wide as needed, figures aligned right.
pub(crate) struct Table {
    title: String,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with these headings.
    pub(crate) fn new(title: &str, headings: &[&str]) -> Self {
        let headings = headings.iter().map(|h| (*h).to_owned()).collect();
        Self {
            title: title.to_owned(),
            rows: vec![headings],
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Prints it.
    pub(crate) fn print(&self) {
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        println!("\n{}", self.title);
        for row in &self.rows {
            let cells: Vec<_> = row
                .iter()
                .enumerate()
                .map(|(i, cell)| format!("{cell:>0$}", width(i)))
                .collect();
            println!("  {}", cells.join("  "));
        }
        println!();
    }
}

/// Saves a benchmark's figures in `<folder>/<name>.json`, with a description of the machine.
pub(crate) fn keep(folder: &Path, name: &str, figures: &Value) -> Fallible<()> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let whole = json!({
        "name": name,
        "at_unix_ms": SystemClock.now(),
        "cpus": std::thread::available_parallelism().map_or(0, usize::from),
        "cpu": model.trim_start_matches(['\t', ':', ' ']),
        "load": load.trim(),
        "figures": figures,
    });
    let path = folder.join(format!("{name}.json"));
    std::fs::write(&path, serde_json::to_vec_pretty(&whole)?)?;
    progress(&format!("figures kept in {}", path.display()));
    Ok(())
}
