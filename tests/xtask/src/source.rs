//! Just enough of Rust's and TypeScript's surface to read words, strings and paths out of them.

/// The text without comments and without the content of strings and characters: each is replaced by spaces, so that
/// line and column stay as they were.
pub(crate) fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => line_end(bytes, at),
            b'/' if bytes[at..].starts_with(b"/*") => comment_end(bytes, at),
            b'r' | b'b' if !follows_word(bytes, at) => raw_string_end(bytes, at).unwrap_or(at),
            b'"' => string_end(bytes, at),
            b'\'' => character_end(bytes, at),
            _ => at,
        };
        if end == at {
            at += 1;
        } else {
            for byte in &mut out[at..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
            at = end;
        }
    }
    String::from_utf8(out).expect("whole characters are replaced, byte by byte, with spaces")
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && is_word(bytes[at - 1])
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(bytes.len(), |length| at + length)
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_u32;
    let mut at = start;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of `r"..."`, `r#"..."#`, `br"..."`, or nothing where no raw string begins.
fn raw_string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + usize::from(bytes[start] == b'b');
    if bytes.get(at) != Some(&b'r') {
        return None;
    }
    at += 1;
    let hashes = bytes[at..].iter().take_while(|&&byte| byte == b'#').count();
    at += hashes;
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    at += 1;
    while at < bytes.len() {
        let closes = bytes[at] == b'"'
            && bytes[at + 1..]
                .iter()
                .take(hashes)
                .filter(|&&byte| byte == b'#')
                .count()
                == hashes;
        at += 1;
        if closes {
            return Some(at + hashes);
        }
    }
    Some(bytes.len())
}

/// The end of a character; a lifetime's tick ends where it begins.
fn character_end(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start + 1) == Some(&b'\\') {
        return bytes[start + 3..]
            .iter()
            .position(|&byte| byte == b'\'')
            .map_or(start, |length| start + 4 + length);
    }
    // A character of up to four bytes.
    (start + 2..=start + 5)
        .find(|&at| bytes.get(at) == Some(&b'\''))
        .filter(|&at| {
            std::str::from_utf8(&bytes[start + 1..at]).is_ok_and(|text| text.chars().count() == 1)
        })
        .map_or(start, |at| at + 1)
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The identifier that the text begins with, after spaces.
pub(crate) fn identifier(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text
        .find(|c: char| c != '_' && !c.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    (end > 0 && !text.starts_with(|c: char| c.is_ascii_digit())).then(|| &text[..end])
}

/// Where `word` occurs as a whole word.
pub(crate) fn words_at<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = text.as_bytes();
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| {
            !follows_word(bytes, at)
                && !bytes
                    .get(at + word.len())
                    .is_some_and(|&byte| is_word(byte))
        })
}

/// The line, from 1, of a place in the text.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// What a bracket at `open` encloses, and where its partner stands.
pub(crate) fn enclosed(code: &str, open: usize) -> Option<(&str, usize)> {
    if !code[open..].starts_with(['{', '(', '[']) {
        return None;
    }
    let mut depth = 0_i32;
    for (offset, c) in code[open..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&code[open + 1..open + offset], open + offset));
        }
    }
    None
}

/// Code without its `#[cfg(test)]` modules, which are replaced by spaces.
pub(crate) fn without_tests(code: &str) -> String {
    let mut out = code.as_bytes().to_vec();
    for (at, attribute) in code.match_indices("#[cfg(test)]") {
        let rest = &code[at + attribute.len()..];
        let end = rest.find(['{', ';']).map(|offset| {
            let stop = at + attribute.len() + offset;
            enclosed(code, stop).map_or(stop, |(_, close)| close)
        });
        for byte in &mut out[at..end.map_or(code.len(), |end| end + 1)] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(out).expect("whole characters are replaced, byte by byte, with spaces")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_blank_and_places_stay() {
        let text = "a(\"b // c\"); // d\n/* e /* f */ g */ h('\"', '\\'', 'å') 'tick r#\"m\"n\"# k";
        let code = code_of(text);
        assert_eq!(code.len(), text.len());
        for gone in ["b", "//", "d", "e", "f", "g", "å", "\"", "m", "n"] {
            assert!(!code.contains(gone), "{gone} in {code}");
        }
        for stays in ["a(", "h(", "'tick", " k"] {
            assert!(code.contains(stays), "{stays} in {code}");
        }
        assert_eq!(line_of(&code, code.find('h').expect("it stays")), 2);
    }

    #[test]
    fn test_modules_are_blank() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() {} }\nfn c() {}\n#[cfg(test)]\nmod d;\nfn e() {}";
        let rest = without_tests(code);
        assert!(rest.contains("fn a") && rest.contains("fn c") && rest.contains("fn e"));
        assert!(!rest.contains("fn b") && !rest.contains("mod d"));
    }

    #[test]
    fn words_stand_by_themselves() {
        let found: Vec<usize> = words_at("fn fnord xfn fn", "fn").collect();
        assert_eq!(found, [0, 13]);
        assert_eq!(identifier("  abc_1::d"), Some("abc_1"));
        assert_eq!(identifier("1a"), None);
    }
}
