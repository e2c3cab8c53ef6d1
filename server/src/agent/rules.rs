//! Reads uap-core's `regexes.yaml`, which uses a corner of YAML: lists of maps of single-quoted texts. A parser for
//! all of YAML would be a dependency for one file that we choose ourselves.

use std::borrow::Cow;

use uaparser::{os, user_agent};

type Lists = (Vec<user_agent::Parser<'static>>, Vec<os::Parser<'static>>);

/// The rules for browsers and for operating systems; those for device models, which we do not want to know, are left.
///
/// # Errors
/// The number of the line (the first is 1) that is not of the corner of YAML that this reads.
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

/// `- regex: '..'` or `key: '..'`; a comment may follow.
fn entry(line: &'static str) -> Option<(&'static str, Cow<'static, str>)> {
    let (key, rest) = line.split_once(": '")?;
    let (value, rest) = rest.split_once('\'')?;
    // Two quotes in a row would be one quote inside of the text; no rule has any.
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
