//! The token of a prompt: base64url of kind (1 byte) | id (16) | expiry (u32, Unix seconds) | MAC (16). What it is bound to
//! is not in it: the consent that answers the prompt says the same again. It is short because every first visit loads
//! one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::{Language, NoticeHash, PromptId, SiteId, SubjectId};
use samtycke_core::keys::{Secret, mac};
use samtycke_core::notice::Variant;
use subtle::ConstantTimeEq as _;

use crate::clock::UnixMs;

/// Kind, id and expiry.
const CLAIM_BYTES: usize = 1 + 16 + 4;
/// 128 bits: who guesses a MAC has to ask the server each time.
const MAC_BYTES: usize = 16;
/// Kind of a token that any subject may answer.
const FOR_ANYBODY: u8 = 0;
/// Kind of a token that one subject may answer.
const FOR_SUBJECT: u8 = 1;

/// What a person is shown.
pub(super) struct View<'a> {
    pub(super) site: &'a SiteId,
    pub(super) notice: &'a NoticeHash,
    pub(super) language: &'a Language,
    pub(super) variant: Variant,
}

pub(super) fn issue(
    key: &Secret,
    id: &PromptId,
    expires_at: UnixMs,
    view: &View<'_>,
    subject: Option<&SubjectId>,
) -> String {
    let kind = subject.map_or(FOR_ANYBODY, |_| FOR_SUBJECT);
    // Until the year 2106.
    let expires_s = u32::try_from(expires_at.div_euclid(1_000)).unwrap_or(u32::MAX);
    let mut bytes = vec![kind];
    bytes.extend_from_slice(&id.to_bytes());
    bytes.extend_from_slice(&expires_s.to_be_bytes());
    let tag = mac(key, &message(&bytes, view, subject));
    bytes.extend_from_slice(&tag[..MAC_BYTES]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Id and expiry of a token that was issued for this view and, if it names one, this subject.
pub(super) fn open(
    key: &Secret,
    token: &str,
    view: &View<'_>,
    subject: &SubjectId,
) -> Option<(PromptId, UnixMs)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    if bytes.len() != CLAIM_BYTES + MAC_BYTES {
        return None;
    }
    let (claim, tag) = bytes.split_at(CLAIM_BYTES);
    let subject = match claim[0] {
        FOR_ANYBODY => None,
        FOR_SUBJECT => Some(subject),
        _ => return None,
    };
    let genuine = mac(key, &message(claim, view, subject));
    if !bool::from(tag.ct_eq(&genuine[..MAC_BYTES])) {
        return None;
    }
    let id = PromptId::from_bytes(claim[1..17].try_into().ok()?);
    let expires_s = u32::from_be_bytes(claim[17..].try_into().ok()?);
    Some((id, UnixMs::from(expires_s) * 1_000))
}

/// No value contains a line feed, so no other values give the same bytes.
fn message(claim: &[u8], view: &View<'_>, subject: Option<&SubjectId>) -> Vec<u8> {
    let mut message = b"samtycke/prompt/v1\n".to_vec();
    message.extend_from_slice(claim);
    let subject = subject.map_or("", SubjectId::as_str);
    for value in [
        view.site.as_str(),
        view.notice.as_str(),
        view.language.as_str(),
        view.variant.as_str(),
        subject,
    ] {
        message.push(b'\n');
        message.extend_from_slice(value.as_bytes());
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMs = 1_768_478_400_000;

    fn with_view<R>(change: usize, run: impl FnOnce(&View<'_>) -> R) -> R {
        let is = |i: usize| change == i;
        let site: SiteId = if is(1) { "b.example" } else { "a.example" }
            .parse()
            .unwrap();
        let notice = NoticeHash::of(if is(2) { b"b" } else { b"a" });
        let language: Language = if is(3) { "en" } else { "sv" }.parse().unwrap();
        run(&View {
            site: &site,
            notice: &notice,
            language: &language,
            variant: if is(4) {
                Variant::Child
            } else {
                Variant::Adult
            },
        })
    }

    /// Protects what a prompt proves: the same token opens for nothing but what was shown.
    #[test]
    fn a_prompt_opens_for_its_own_view_only() {
        let (key, other) = (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]));
        let (me, you) = (
            SubjectId::from_bytes([3; 16]),
            SubjectId::from_bytes([4; 16]),
        );
        let id = PromptId::from_bytes([5; 16]);
        let token = with_view(0, |view| issue(&key, &id, NOW, view, Some(&me)));
        let opens = |key, token: &str, change, subject| {
            with_view(change, |view| open(key, token, view, subject))
        };
        assert_eq!(opens(&key, &token, 0, &me), Some((id.clone(), NOW)));
        for change in 1..=4 {
            assert_eq!(opens(&key, &token, change, &me), None, "change {change}");
        }
        assert_eq!(opens(&key, &token, 0, &you), None, "another subject");
        assert_eq!(opens(&other, &token, 0, &me), None, "another tenant");
        let anybody = with_view(0, |view| issue(&key, &id, NOW, view, None));
        assert_eq!(opens(&key, &anybody, 0, &you), Some((id, NOW)));
        for broken in ["", "AAAA", &token[4..], &format!("{token}AAAA")] {
            assert_eq!(opens(&key, broken, 0, &me), None, "{broken}");
        }
    }
}
