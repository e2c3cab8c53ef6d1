//! Parses a cookie's value without verifying it.

use std::fmt;

use super::{CookieError, VALUE_BYTES_MAX};
use crate::id::SubjectId;
use samtycke_tlog::strict;

/// The largest value of a browser's choice counter: 2^31. At one choice a second it lasts 68 years.
pub const COUNTER_MAX: u64 = 1 << 31;
/// The most indexes in `minus`; a submission has at most 64 decisions.
const MINUS_MAX: usize = 64;

/// A cookie's content before verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CookieValue {
    /// A refusal of everything.
    Refused(Refusal),
    /// A grant, if its signature is valid.
    Given(Signed),
}

/// A refusal of everything: no subject, no signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The browser's choice counter.
    pub n: u64,
    /// Day of the refusal, counted from 1 January 1970.
    pub day: u64,
    /// First eight hex digits of the notice's hash.
    pub notice8: String,
}

/// Formats the refusal as the browser stores it: `r.<n>.<day>.<notice8>`, with the day in base 36.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r.{}.{}.{}", self.n, base36(self.day), self.notice8)
    }
}

/// The signed payload, with the fields that the browser adds.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    pub(super) payload: Box<str>,
    pub(super) signature: Box<[u8]>,
    pub(super) capability: Option<Box<str>>,
    pub(super) minus: Vec<usize>,
}

/// Omits the capability.
impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signed(withheld)")
    }
}

/// Parses either form. Errors: [`CookieError::TooLong`], [`CookieError::Format`].
pub(super) fn parse(value: &str) -> Result<CookieValue, CookieError> {
    if value.len() > VALUE_BYTES_MAX {
        return Err(CookieError::TooLong);
    }
    let parts: Vec<&str> = value.split('.').collect();
    let read = match parts[..] {
        ["r", n, day, notice8] => refusal(n, day, notice8).map(CookieValue::Refused),
        ["g", n, payload, sig, capability] => {
            given(n, payload, sig, capability, None).map(CookieValue::Given)
        }
        ["g", n, payload, sig, capability, minus] => {
            given(n, payload, sig, capability, Some(minus)).map(CookieValue::Given)
        }
        [payload, sig] => signed(payload, sig).map(CookieValue::Given),
        _ => None,
    };
    read.ok_or(CookieError::Format)
}

/// Ranks several cookies of the same name: the newest wins; between two of equal age the more restrictive wins.
pub(super) fn rank(value: &str) -> Option<(u64, bool, usize)> {
    let (refused, minus) = match parse(value).ok()? {
        CookieValue::Refused(_) => (true, 0),
        CookieValue::Given(signed) => (false, signed.minus.len()),
    };
    // A bare token has no counter and is not a cookie.
    let n = value.split('.').nth(1).and_then(counter)?;
    Some((n, refused, minus))
}

/// The subject that belongs to a browser's capability.
pub(super) fn subject_of(capability: &str) -> Option<SubjectId> {
    let bytes = strict::base64url(capability)?.try_into().ok()?;
    Some(SubjectId::from_capability(&bytes))
}

fn refusal(n: &str, day: &str, notice8: &str) -> Option<Refusal> {
    let is_notice = notice8.len() == 8 && strict::hex(notice8).is_some();
    is_notice.then_some(())?;
    Some(Refusal {
        n: counter(n)?,
        day: day_of(day)?,
        notice8: notice8.to_owned(),
    })
}

fn given(
    n: &str,
    payload: &str,
    sig: &str,
    capability: &str,
    minus: Option<&str>,
) -> Option<Signed> {
    counter(n)?;
    subject_of(capability)?;
    Some(Signed {
        capability: Some(capability.into()),
        minus: minus.map_or(Some(Vec::new()), indices)?,
        ..signed(payload, sig)?
    })
}

fn signed(payload: &str, sig: &str) -> Option<Signed> {
    let signature = strict::base64url(sig).filter(|bytes| bytes.len() == 64)?;
    (!payload.is_empty() && strict::base64url(payload).is_some()).then_some(())?;
    Some(Signed {
        payload: payload.into(),
        signature: signature.into(),
        capability: None,
        minus: Vec::new(),
    })
}

fn counter(text: &str) -> Option<u64> {
    strict::decimal(text).filter(|n| (1..=COUNTER_MAX).contains(n))
}

/// Parses distinct indexes in any order: the order of the withdrawals.
fn indices(text: &str) -> Option<Vec<usize>> {
    let mut indices = Vec::new();
    for part in text.split('-').take(MINUS_MAX + 1) {
        let at = usize::try_from(strict::decimal(part)?).ok()?;
        if indices.contains(&at) || indices.len() == MINUS_MAX {
            return None;
        }
        indices.push(at);
    }
    Some(indices)
}

fn base36(mut value: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(value % 36).ok();
        digits.extend(digit.and_then(|digit| char::from_digit(digit, 36)));
        value /= 36;
        if value == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Parses a day in base 36 and accepts only its canonical spelling. Six digits exceed any calendar date.
fn day_of(text: &str) -> Option<u64> {
    let day = (text.len() <= 6).then(|| u64::from_str_radix(text, 36).ok())??;
    (base36(day) == text).then_some(day)
}
