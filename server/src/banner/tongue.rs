//! Which of a notice's languages a page gets: BCP 47 lookup (RFC 4647, section 3.4).

/// The most ranges that are looked at; browsers send up to ten.
const RANGES_MAX: usize = 16;

/// The best of `available` for a list such as `sv-FI,en;q=0.8`; the order of the list is that of the wishes.
pub(super) fn lookup<'a>(wanted: &str, available: &[&'a str]) -> Option<&'a str> {
    wanted.split(',').take(RANGES_MAX).find_map(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        lookup_one(range, available)
    })
}

/// A range without its last part again and again, until a language is left that there is. A part of one letter
/// introduces the next, and goes with it.
fn lookup_one<'a>(range: &str, available: &[&'a str]) -> Option<&'a str> {
    let mut parts: Vec<&str> = range.split('-').collect();
    while !parts.is_empty() {
        let tag = parts.join("-");
        let found = available.iter().find(|l| l.eq_ignore_ascii_case(&tag));
        if let Some(found) = found {
            return Some(found);
        }
        parts.pop();
        if parts.last().is_some_and(|part| part.len() == 1) {
            parts.pop();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wish_that_can_be_met_is_met() {
        let available = ["ar", "en", "sv", "zh-Hant"];
        for (wanted, found) in [
            ("sv-SE,en", Some("sv")),
            ("SV", Some("sv")),
            ("da,en;q=0.8", Some("en")),
            (" fi , sv ", Some("sv")),
            ("zh-Hant-CN-x-private1-private2", Some("zh-Hant")),
            ("zh-Hans", None),
            ("zh", None),
            ("sv-a-extra", Some("sv")),
            ("*", None),
            ("", None),
            (",,;", None),
            ("s", None),
        ] {
            assert_eq!(lookup(wanted, &available), found, "{wanted}");
        }
        let many = format!("{}sv", "x,".repeat(RANGES_MAX));
        assert_eq!(lookup(&many, &available), None, "a list has an end");
    }
}
