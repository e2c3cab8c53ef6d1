//! No test sleeps for two seconds or more: it waits for the condition itself.

use crate::tree::{File, files};
use std::path::Path;

const SLEEP_MS_MAX: f64 = 1999.0;

pub(super) fn findings(root: &Path) -> Vec<String> {
    // A measurement lasts as long as it lasts; the texts of these rules hold sleeps as their examples.
    let exempt = ["tests/bench/", "tests/xtask/"];
    let rust = files(root, "rs", &["tests", "server", "sdk-rust"]);
    let shell = files(root, "sh", &["tests", ".ci"]);
    let browser = files(root, "ts", &["sdk-js/test", "tests", "sdk-js/src"]);
    let rust = rust
        .iter()
        .filter(|file| {
            file.path.starts_with("tests/")
                || file.path.ends_with("tests.rs")
                || file.path.ends_with("test.rs")
        })
        .filter(|file| !exempt.iter().any(|place| file.path.starts_with(place)))
        .flat_map(|file| in_file(file, rust_ms));
    let shell = shell.iter().flat_map(|file| in_file(file, shell_ms));
    let browser = browser
        .iter()
        .filter(|file| !file.path.starts_with("sdk-js/src/") || file.path.ends_with(".test.ts"))
        .flat_map(|file| in_file(file, browser_ms));
    rust.chain(shell).chain(browser).collect()
}

fn in_file(file: &File, ms_of: fn(&str) -> Option<f64>) -> Vec<String> {
    file.lines()
        .filter(|(_, line)| ms_of(&line.replace('_', "")).is_some_and(|ms| ms > SLEEP_MS_MAX))
        .map(|(number, line)| format!("{}:{number}:{line}", file.path))
        .collect()
}

/// `sleep(Duration::from_secs(2))`, without underscores.
fn rust_ms(line: &str) -> Option<f64> {
    let line = line.trim_start();
    if line.starts_with("//") {
        return None;
    }
    let (_, duration) = line.split_once("sleep(")?;
    [
        ("fromsecs(", 1000.0),
        ("fromsecsf32(", 1000.0),
        ("fromsecsf64(", 1000.0),
        ("frommillis(", 1.0),
        ("frommins(", 60_000.0),
    ]
    .iter()
    .find_map(|(unit, ms)| Some(ms * number(duration.split_once(unit)?.1)?))
}

/// `sleep 2`.
fn shell_ms(line: &str) -> Option<f64> {
    let code = line.split('#').next()?;
    let (_, seconds) = code.split_once("sleep ")?;
    Some(1000.0 * number(seconds)?)
}

/// `setTimeout(done, 2000)` and `waitForTimeout(2000)`.
fn browser_ms(line: &str) -> Option<f64> {
    if let Some((_, ms)) = line.split_once("waitForTimeout(") {
        return number(ms);
    }
    let (_, arguments) = line.split_once("setTimeout(")?;
    let (_, ms) = arguments.rsplit_once(',')?;
    number(ms.trim_start())
}

/// The number that the text begins with.
fn number(text: &str) -> Option<f64> {
    let end = text
        .find(|c: char| c != '.' && !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, ms_of: fn(&str) -> Option<f64>) -> usize {
        in_file(&File::new("a", text), ms_of).len()
    }

    #[test]
    fn long_sleeps_in_rust_are_found() {
        for sleep in [
            "sleep(Duration::from_secs(2)).await;",
            "thread::sleep(Duration::from_millis(2_000));",
            "tokio::time::sleep(Duration::from_secs_f64(2.5)).await;",
            "sleep(Duration::from_mins(1)).await;",
        ] {
            assert_eq!(lines(sleep, rust_ms), 1, "{sleep}");
        }
    }

    #[test]
    fn short_sleeps_and_comments_in_rust_are_not() {
        let text = "sleep(Duration::from_millis(1_999)).await;\n// sleep(Duration::from_secs(9))\n";
        assert_eq!(lines(text, rust_ms), 0);
    }

    #[test]
    fn long_sleeps_of_a_shell_are_found() {
        assert_eq!(lines("  sleep 2\nsleep 0.1\n# sleep 9\n", shell_ms), 1);
    }

    #[test]
    fn long_timers_of_a_browser_test_are_found() {
        let text = "await page.waitForTimeout(2_000)\nsetTimeout(() => done(), 3000)\nsetTimeout(done, 10)\n";
        assert_eq!(lines(text, browser_ms), 2);
    }
}
