//! Selects the nearest of the available languages to the requested ones: the lookup of RFC 4647, section 3.4.

/// The most language ranges that are considered: more than any browser sends.
const RANGES_MAX: usize = 32;

/// The best of `available` for a list like `sv-SE,en;q=0.8`, as in `Accept-Language`. `None` if nothing matches, so
/// that the caller can use its own default. Norwegian, `no`, selects Bokmål, otherwise Nynorsk. `sv_SE`, as page themes
/// and programs with POSIX locales write it, equals `sv-SE`.
pub fn best<'a>(requested: &str, available: &[&'a str]) -> Option<&'a str> {
    let mut ranges: Vec<(&str, u16)> = requested
        .split(',')
        .filter_map(weighted)
        .take(RANGES_MAX)
        .collect();
    // A stable sort: of two languages with the same weight the first is preferred.
    ranges.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    ranges
        .into_iter()
        .find_map(|(range, _)| lookup(range, available))
}

/// Parses a range and its weight in thousandths. Ranges of weight zero and `*` are dropped.
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

/// Parses `0`, `1` or `0.8`, with at most three digits; any other text is not a weight.
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

/// Shortens the range from its end until an available language matches.
fn lookup<'a>(range: &str, available: &[&'a str]) -> Option<&'a str> {
    // POSIX appends an encoding and a variant to the locale: `sv_SE.UTF-8@euro`.
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
        // A trailing single letter only introduces the removed subtag (RFC 4647, section 3.4).
        if range.len() >= 2 && range.as_bytes()[range.len() - 2] == b'-' {
            range = &range[..range.len() - 2];
        }
    }
}
