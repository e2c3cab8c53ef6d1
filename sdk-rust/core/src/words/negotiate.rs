//! Selects the nearest of the available languages to the requested ones: the lookup of RFC 4647, section 3.4.

/// Ranges that are looked at: more than any browser sends.
const RANGES_MAX: usize = 32;

/// The best of `available` for a list like `sv-SE,en;q=0.8`, as `Accept-Language` has it. `None` where nothing fits: the
/// caller knows its own default. Norwegian, `no`, is taken for Bokmål, else Nynorsk. `sv_SE`, as page themes and programs
/// with POSIX locales write it, is `sv-SE`.
pub fn best<'a>(requested: &str, available: &[&'a str]) -> Option<&'a str> {
    let mut ranges: Vec<(&str, u16)> = requested
        .split(',')
        .filter_map(weighted)
        .take(RANGES_MAX)
        .collect();
    // A stable sort: of two languages with one weight the first is meant first.
    ranges.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    ranges
        .into_iter()
        .find_map(|(range, _)| lookup(range, available))
}

/// A range with its weight in thousandths. One of weight zero is not wanted; `*` asks for nothing in particular.
fn weighted(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|r| !r.is_empty() && *r != "*")?;
    let mut weight = 1000;
    for part in parts {
        if let Some(text) = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")) {
            weight = thousandths(text)?;
        }
    }
    (weight > 0).then_some((range, weight))
}

/// `0`, `1` or `0.8`, with at most three digits; anything else is no weight.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = part.bytes().all(|b| b.is_ascii_digit()) && part.len() <= 3;
    let part: u16 = format!("{part:0<3}").parse().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

/// Shortens the range from its end until something at hand is named so.
fn lookup<'a>(range: &str, available: &[&'a str]) -> Option<&'a str> {
    // POSIX puts an encoding and a variant behind the locale: `sv_SE.UTF-8@euro`.
    let range = range.split(['.', '@']).next().unwrap_or(range);
    let range = range.replace('_', "-");
    let mut range = range.as_str();
    loop {
        let names = |tag: &str| {
            let mut all = available.iter().copied();
            all.find(|at_hand| at_hand.eq_ignore_ascii_case(tag))
        };
        if let Some(found) = names(range) {
            return Some(found);
        }
        if range.eq_ignore_ascii_case("no") {
            return names("nb").or_else(|| names("nn"));
        }
        range = &range[..range.rfind('-')?];
        // A single letter only introduces what came after it.
        if range.len() >= 2 && range.as_bytes()[range.len() - 2] == b'-' {
            range = &range[..range.len() - 2];
        }
    }
}
