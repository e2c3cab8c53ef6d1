//! Reads uap-core's `regexes.yaml`, which uses a small subset of YAML: lists of maps of single-quoted texts. A full
//! YAML parser would be a dependency for one bundled file.

use std::borrow::Cow;

use uaparser::{os, user_agent};

type Lists = (Vec<user_agent::Parser<'static>>, Vec<os::Parser<'static>>);

/// Reads the rules for browsers and operating systems. It skips those for device models, which the server does not
/// need.
///
/// # Errors
/// The number of the first line (from 1) that is outside the supported subset of YAML.
pub(super) fn read(yaml: &'static str) -> Result<Lists, usize> {
    let (mut browsers, mut systems) = (Vec::new(), Vec::new());
    let mut list = "";
    for (index, line) in yaml.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if !line.starts_with(' ') {
            list = trimmed.strip_suffix(':').ok_or(index + 1)?;
            if list == "device_parsers" {
                break;
            }
            continue;
        }
        let (key, value) = entry(trimmed).ok_or(index + 1)?;
        match list {
            "user_agent_parsers" => browser(&mut browsers, key, value),
            "os_parsers" => system(&mut systems, key, value),
            _ => None,
        }
        .ok_or(index + 1)?;
    }
    Ok((browsers, systems))
}

/// Parses `- regex: '..'` or `key: '..'`; a comment may follow.
fn entry(line: &'static str) -> Option<(&'static str, Cow<'static, str>)> {
    let (key, rest) = line.split_once(": '")?;
    let (value, rest) = rest.split_once('\'')?;
    // Two quotes in a row would be an escaped quote; no rule has one.
    (rest.is_empty() || rest.trim_start().starts_with('#')).then_some((key, value.into()))
}

fn browser(
    list: &mut Vec<user_agent::Parser<'static>>,
    key: &str,
    value: Cow<'static, str>,
) -> Option<()> {
    if key == "- regex" {
        list.push(user_agent::Parser {
            regex: value,
            ..Default::default()
        });
        return Some(());
    }
    let rule = list.last_mut()?;
    let field = match key {
        "family_replacement" => &mut rule.family_replacement,
        "v1_replacement" => &mut rule.v1_replacement,
        "v2_replacement" => &mut rule.v2_replacement,
        "v3_replacement" => &mut rule.v3_replacement,
        _ => return None,
    };
    *field = Some(value);
    Some(())
}

fn system(list: &mut Vec<os::Parser<'static>>, key: &str, value: Cow<'static, str>) -> Option<()> {
    if key == "- regex" {
        list.push(os::Parser {
            regex: value,
            ..Default::default()
        });
        return Some(());
    }
    let rule = list.last_mut()?;
    let field = match key {
        "os_replacement" => &mut rule.os_replacement,
        "os_v1_replacement" => &mut rule.os_v1_replacement,
        "os_v2_replacement" => &mut rule.os_v2_replacement,
        "os_v3_replacement" => &mut rule.os_v3_replacement,
        _ => return None,
    };
    *field = Some(value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_file_is_read() {
        let (browsers, systems) = read(include_str!("regexes.yaml")).unwrap();
        assert_eq!(browsers.len() + systems.len(), 563);
    }

    #[test]
    fn an_unknown_rule_is_an_error_with_its_line() {
        let line = |yaml| read(yaml).err();
        assert_eq!(line("os_parsers:\n  - regex: \"x\"\n"), Some(2));
        assert_eq!(line("os_parsers:\n  - regex: 'a''b'\n"), Some(2));
        assert_eq!(
            line("os_parsers:\n  - regex: 'x'\n\n    os_v9: 'y'\n"),
            Some(4)
        );
        assert_eq!(line("other:\n  - regex: 'x'\n"), Some(2));
    }
}
