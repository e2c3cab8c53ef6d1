//! Dice from a seed, and what it does to JSON and to bytes.

use serde_json::{Map, Value, json};

/// xorshift64*: enough to choose, and the same on every machine.
pub(crate) struct Dice(u64);

/// Texts that are nearly something: ids, words, numbers, and what readers take differently.
const TEXTS: &[&str] = &[
    "",
    "a",
    "A",
    "t.main",
    "t..main",
    "t.main.",
    "-t",
    "t_main",
    "t main",
    "T.main",
    "19900118-9811",
    "900118-9811",
    "0701740605",
    "00000000",
    "s_AAAAAAAAAAAAAAAAAAAAAA",
    "s_AAAAAAAAAAAAAAAAAAAAAB",
    "s_AAAAAAAAAAAAAAAAAAAAAA=",
    "s_short",
    "p_AAAAAAAAAAAAAAAAAAAAAA",
    "sv",
    "sv-FI",
    "s",
    "sv_FI",
    "given",
    "Given",
    "effective",
    "subject",
    "tenant",
    "browser",
    "adult",
    "2026-06-30",
    "2026-02-29",
    "2026-6-30",
    "1899-12-31",
    "9001-01-01",
    "SE",
    "se",
    "019bc186-de00-7000-8000-000000000001",
    "019bc186-de00-4000-8000-000000000001",
    "CONSENT_VALID",
    "ALLOW",
    "a\u{30a}",
    "\u{212b}",
    "å",
    "\u{fb01}",
    "\u{1f600}",
    "\u{e9}",
    "e\u{301}",
    "\n",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "a\u{feff}",
    "__proto__",
    "constructor",
    "toString",
    "decisions",
    "consent.used",
    "1",
    "1826884800000",
    "samtycke-bundle/1",
    "samtycke-bundle/2",
    "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "biacqaeabiacqaeabiacqaeaba",
];

/// Names of members, known and unknown.
const NAMES: &[&str] = &[
    "v",
    "type",
    "log",
    "data",
    "site",
    "notice",
    "expires",
    "scope",
    "vendor",
    "recipient",
    "purpose",
    "all_scopes",
    "explicit",
    "reason",
    "state",
    "subject",
    "actor",
    "ref",
    "joined",
    "cells",
    "more",
    "",
    "__proto__",
    "constructor",
    "å",
    "hasOwnProperty",
];

const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    64,
    65,
    255,
    256,
    999,
    65_535,
    65_536,
    4_294_967_295,
    4_294_967_296,
    3_599_999,
    3_600_000,
    1_826_884_800_000,
    9_007_199_254_740_991,
    -9_007_199_254_740_991,
];

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        // Seeds that differ in a bit begin far apart, and none is zero.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from((self.next() >> 33) % u64::try_from(end.max(1)).expect("small"))
            .expect("small")
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Changes one place of a document.
    pub(crate) fn change(&mut self, value: &mut Value) {
        let count = places(value);
        let at = self.below(count);
        let mut left = at;
        self.change_at(value, &mut left);
    }

    /// Counts down to the place, which is changed.
    fn change_at(&mut self, value: &mut Value, left: &mut usize) -> bool {
        if *left == 0 {
            self.change_here(value);
            return true;
        }
        *left -= 1;
        match value {
            Value::Array(list) => list.iter_mut().any(|item| self.change_at(item, left)),
            Value::Object(map) => map.values_mut().any(|item| self.change_at(item, left)),
            _ => false,
        }
    }

    fn change_here(&mut self, value: &mut Value) {
        match value {
            Value::Object(map) if !self.one_in(6) => self.change_object(map),
            Value::Array(list) if !self.one_in(4) => self.change_list(list),
            Value::String(text) if self.one_in(2) => *text = self.near(text),
            Value::Number(number) if self.one_in(2) => {
                let near = number
                    .as_i64()
                    .unwrap_or(0)
                    .wrapping_add(self.pick(&[1, -1, 3_600_000, -3_600_000]));
                *value = json!(near.clamp(-9_007_199_254_740_991, 9_007_199_254_740_991));
            }
            // Serde takes the list of an object's values for the object.
            Value::Object(map) if self.one_in(2) => *value = map.values().cloned().collect(),
            // .. and an object with one member for a word.
            Value::String(text) if self.one_in(4) => *value = json!({ text.as_str(): null }),
            _ => *value = self.any(),
        }
    }

    fn change_object(&mut self, map: &mut Map<String, Value>) {
        let keys: Vec<String> = map.keys().cloned().collect();
        if keys.is_empty() || self.one_in(3) {
            let value = self.any();
            map.insert(self.pick(NAMES).to_owned(), value);
            return;
        }
        let key = keys[self.below(keys.len())].clone();
        match self.below(3) {
            0 => {
                map.remove(&key);
            }
            1 => {
                let value = map.remove(&key).unwrap_or_default();
                map.insert(self.pick(NAMES).to_owned(), value);
            }
            _ => {
                map.insert(key, Value::Null);
            }
        }
    }

    fn change_list(&mut self, list: &mut Vec<Value>) {
        match self.below(4) {
            0 => list.clear(),
            1 if !list.is_empty() => {
                let at = self.below(list.len());
                list.push(list[at].clone());
            }
            2 if !list.is_empty() => {
                let at = self.below(list.len());
                list.remove(at);
            }
            _ => {
                let item = self.any();
                list.push(item);
            }
        }
    }

    /// A text that differs in one character.
    pub(crate) fn near(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        let at = self.below(chars.len() + 1);
        let other = self.pick(&[
            'a',
            'A',
            'z',
            '0',
            '1',
            '9',
            '_',
            '-',
            '.',
            '/',
            '+',
            '=',
            ' ',
            '\n',
            '\t',
            '\r',
            '\u{0}',
            '\u{30a}',
            '\u{e5}',
            '\u{feff}',
            '\u{a0}',
            '\u{2014}',
            '\u{1f600}',
        ]);
        match self.below(3) {
            0 if at < chars.len() => {
                chars.remove(at);
            }
            1 if at < chars.len() => chars[at] = other,
            _ => chars.insert(at, other),
        }
        chars.into_iter().collect()
    }

    fn any(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Null,
            1 => json!(self.one_in(2)),
            2 | 3 => json!(self.pick(NUMBERS)),
            4 => json!([]),
            5 => json!({}),
            _ => json!(self.pick(TEXTS)),
        }
    }

    /// Changes bytes at one place, as faults and forgers do.
    pub(crate) fn spoil(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        match self.below(12) {
            0 => bytes[at] ^= 1 << self.below(8),
            1 => bytes[at] ^= 0x20,
            2 => {
                bytes.remove(at);
            }
            3 => bytes.truncate(at),
            4 => bytes.insert(at, self.pick(b" \n\t\r\"\\,:{}[]0e.-\x00\x0b\xff")),
            5 => drop(bytes.splice(0..0, b"\xef\xbb\xbf".iter().copied())),
            6 => respell(
                self,
                bytes,
                u8::is_ascii_digit,
                &["1.0", "1e0", "-0", "01", "1E+2", "9007199254740993", "1.5"],
            ),
            7 => respell(
                self,
                bytes,
                u8::is_ascii_lowercase,
                &[
                    "\\u0061",
                    "\\ud800",
                    "\\udc00\\ud800",
                    "\\u0000",
                    "\\/",
                    "\\x",
                ],
            ),
            8 => respell(
                self,
                bytes,
                |byte| *byte == b'{',
                &[
                    "{\"v\":1,",
                    "{\"\":0,",
                    "{ ",
                    "{\"v\":\"samtycke-bundle/1\",",
                    "[",
                    "{{",
                ],
            ),
            9 => respell(
                self,
                bytes,
                |byte| *byte == b',',
                &[" ,\n", ",,", ", ", ",\t", ",\u{a0}"],
            ),
            10 => bytes.extend(self.pick(&[" ", "\n", "{}", "\0", "null"]).bytes()),
            _ => respell(
                self,
                bytes,
                |byte| *byte == b'"',
                &["\"a\u{30a}", "\"\u{0}", "\"\u{7f}", "'", "\"\u{feff}"],
            ),
        }
    }
}

/// Replaces one of the bytes of a kind, if there is one.
fn respell(dice: &mut Dice, bytes: &mut Vec<u8>, is_kind: impl Fn(&u8) -> bool, by: &[&str]) {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| is_kind(&bytes[*at])).collect();
    if !places.is_empty() {
        let at = places[dice.below(places.len())];
        bytes.splice(at..=at, dice.pick(by).bytes());
    }
}

fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(places).sum(),
        Value::Object(map) => map.values().map(places).sum::<usize>(),
        _ => 0,
    }
}
