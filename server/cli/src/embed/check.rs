//! `samtycke site embed --check URL`: whether the tag of a page is of the release that its server runs.

use std::process::ExitCode;

use samtycke_core::screen::escaped;
use serde_json::Value;

use crate::scan::{self, Tag};
use crate::{CommandResult, Failure};

/// Exit code when the server has the file and a newer one.
const BEHIND: u8 = 1;
/// Exit code when the page could not be visited.
const NOT_VISITED: u8 = 2;
/// Exit code when there is no tag, or its server does not have the file.
const UNKNOWN: u8 = 3;

/// The state of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Current,
    Behind,
    Unknown,
}

/// Visits the page and prints the result.
pub(super) async fn check(url: &str) -> CommandResult {
    let found = look(url).await;
    let tags = match found {
        Ok(tags) => tags,
        Err(failure) => {
            errln!("samtycke: {failure}");
            return Ok(ExitCode::from(NOT_VISITED));
        }
    };
    let mut worst = if tags.is_empty() {
        outln!("{url}\n  has no samtycke tag");
        Standing::Unknown
    } else {
        outln!("{url}");
        Standing::Current
    };
    for (src, standing, why) in tags {
        outln!("  {}\n    {why}", escaped(&src));
        worst = worst.max(standing);
    }
    Ok(match worst {
        Standing::Current => ExitCode::SUCCESS,
        Standing::Behind => ExitCode::from(BEHIND),
        Standing::Unknown => ExitCode::from(UNKNOWN),
    })
}

async fn look(url: &str) -> Result<Vec<(String, Standing, &'static str)>, Failure> {
    let mut visit = scan::TagVisit::start().await?;
    let mut found = Vec::new();
    for tag in visit.tags(url).await? {
        let Some((folder, name)) = entry(&tag.src) else {
            continue;
        };
        // The server of the tag's file lists the files of its release.
        let list = visit.read(&format!("{folder}integrity.json")).await?;
        let list: Value = serde_json::from_str(&list).unwrap_or_default();
        let is_there = list.get(name).is_some() || {
            // A missing file is answered with a problem in JSON; a script is not JSON.
            let body = visit.read(&tag.src).await?;
            !body.is_empty() && serde_json::from_str::<Value>(&body).is_err()
        };
        let (standing, why) = judge(&tag, name, &list, is_there);
        found.push((tag.src.clone(), standing, why));
    }
    visit.end().await;
    Ok(found)
}

/// The folder and file name of a banner's entry; `None` for any other script.
fn entry(src: &str) -> Option<(&str, &str)> {
    let path = src.split(['?', '#']).next()?;
    let at = path.rfind('/')? + 1;
    let (folder, name) = path.split_at(at);
    let middle = name
        .strip_prefix("banner")
        .and_then(|rest| rest.strip_suffix(".js"));
    let is_entry = folder.ends_with("/sdk/")
        && middle.is_some_and(|hash| hash.is_empty() || hash.starts_with('.'));
    is_entry.then_some((folder, name))
}

fn judge(tag: &Tag, name: &str, list: &Value, is_there: bool) -> (Standing, &'static str) {
    let hash = list.get(name).map(|hash| hash.as_str().unwrap_or_default());
    match hash {
        Some(hash) if !tag.integrity.is_empty() && tag.integrity != hash => (
            Standing::Unknown,
            "has the wrong integrity hash: no browser runs it. Print the tag again",
        ),
        Some(_) if name == "banner.js" => (Standing::Current, "follows the server"),
        Some(_) => (Standing::Current, "is of the server's release"),
        None if is_there => (
            Standing::Behind,
            "is of an earlier release, which is served for 400 days after the update. Print the tag again",
        ),
        None => (
            Standing::Unknown,
            "is not on the server: visitors can neither choose nor withdraw. Print the tag again",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_current_behind_or_unknown() {
        let list = serde_json::json!({"banner.js": "sha384-a", "banner.0123456789.js": "sha384-b"});
        let of = |name: &str, integrity: &str, is_there| {
            let tag = Tag {
                src: String::new(),
                integrity: integrity.into(),
            };
            judge(&tag, name, &list, is_there).0
        };
        assert_eq!(of("banner.js", "", true), Standing::Current);
        assert_eq!(
            of("banner.0123456789.js", "sha384-b", true),
            Standing::Current
        );
        assert_eq!(
            of("banner.0123456789.js", "sha384-x", true),
            Standing::Unknown
        );
        assert_eq!(
            of("banner.aaaaaaaaaa.js", "sha384-x", true),
            Standing::Behind
        );
        assert_eq!(of("banner.aaaaaaaaaa.js", "", false), Standing::Unknown);
        assert_eq!(of("banner.js", "sha384-x", true), Standing::Unknown);
    }

    #[test]
    fn only_the_banners_entry_is_a_tag() {
        assert_eq!(
            entry("https://a.example/samtycke/sdk/banner.js?key=pk_x"),
            Some(("https://a.example/samtycke/sdk/", "banner.js"))
        );
        for no in [
            "https://a.example/banner.js",
            "https://a.example/sdk/guard.js",
            "x",
            "",
        ] {
            assert_eq!(entry(no), None, "{no}");
        }
    }
}
