//! The signed cookie: made from the same verdicts as every check, and validated again for a controller's own server.

use std::time::Duration;

use samtycke_core::cookie::{
    Cookie, CookieError, CookieValue, Entry, LIFETIME_S_MAX, Payload, Word, notice8,
};
use samtycke_core::decide::Verdict;
use samtycke_core::decision::Signals;
use samtycke_core::id::{NoticeHash, PurposeId, ScopeValue, SiteId, SubjectId};
use samtycke_core::live::evaluate_check;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::register::ConsentModeType;
use samtycke_core::service::check_count;
use samtycke_core::state::{StateWord, SubjectState};
use samtycke_core::wire::{
    CheckRequest, CheckResponse, CookieCheckRequest, CookieCheckResponse, CookieRequest,
    CookieResponse,
};

use super::{Asked, AskedPurpose, Banners, asked};
use crate::auth::Caller;
use crate::check::{StateRead, failed_closed, look};
use crate::clock::UnixMs;
use crate::position::Position;
use crate::tenant::{Role, Tenant};

/// The row of the decision table for a browser's signal.
const SIGNAL_ROW: u8 = 12;

/// The current consents of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserConsent {
    /// Value `<payload>.<sig>` for the cookie; `None` if no consent is in force.
    pub cookie: Option<String>,
    /// Number of the subject's last event.
    pub seq: u64,
    /// Whether the banner may ask about a purpose now.
    pub may_ask: bool,
    /// First eight hex digits of the site's current notice; empty if it shows none.
    pub notice8: String,
}

/// The current consents of the browser with this subject.
pub async fn renew(
    banners: &Banners,
    caller: &Caller,
    request: &CookieRequest,
) -> Result<(CookieResponse, BrowserConsent), Problem> {
    let token = token(banners, caller, &request.subject).await?;
    let answer = CookieResponse {
        cookie: token.cookie.clone(),
        seq: token.seq,
        may_ask: token.may_ask,
    };
    Ok((answer, token))
}

/// The current consents after a browser's submission was recorded. `None` if they are not available: the submission
/// stays recorded, and the browser asks again.
pub async fn cookie_after_write(
    banners: &Banners,
    caller: &Caller,
    subject: &SubjectId,
) -> Option<BrowserConsent> {
    if caller.key.role != Role::Publishable {
        return None;
    }
    token(banners, caller, subject).await.ok()
}

async fn token(
    banners: &Banners,
    caller: &Caller,
    subject: &SubjectId,
) -> Result<BrowserConsent, Problem> {
    let site = caller.key.site.as_ref().ok_or(ProblemKind::NotFound)?;
    let (tenant, look) = look(&banners.checks, caller, subject, None).await?;
    let (state, position) = match look {
        StateRead::Available {
            state, position, ..
        } => (state, position),
        // An unknown state must not look like a state without consents; the browser retries.
        StateRead::FailClosed(Reason::FailclosedRecovering) => {
            return Err(ProblemKind::Recovering.into());
        }
        StateRead::FailClosed(_) => {
            return Err(Problem::new(ProblemKind::Unavailable).retry_after(1));
        }
    };
    let now = banners.environment.clock.now();
    let gpc = caller.with_source(Some(Signals {
        gpc: true,
        ..Signals::default()
    }));
    let browser = Browser { subject, gpc };
    let standing = standing(&tenant, site, &browser, state.as_deref(), now)?;
    let seq = state.map_or(0, |state| state.seq);
    let mut token = BrowserConsent {
        cookie: None,
        seq,
        may_ask: standing.entries.iter().any(|entry| entry.may_ask),
        notice8: standing.notice8,
    };
    if standing.entries.iter().any(|entry| entry.given) {
        let payload = Payload {
            v: 1,
            origin: tenant.origin.clone(),
            site: site.clone(),
            site_id: tenant.public_id(site),
            notice8: standing.answered8,
            subject: subject.clone(),
            seq,
            iat: now.div_euclid(1_000),
            exp: standing.exp,
            position: position.to_string(),
            purposes: standing.entries,
        };
        token.cookie = Some(seal(&tenant, &payload)?);
    }
    Ok(token)
}

fn seal(tenant: &Tenant, payload: &Payload) -> Result<String, Problem> {
    let Some(signer) = &tenant.cookie_signer else {
        tracing::error!(log = %tenant.log, "root.key lacks the epoch of the key that signs consent cookies; the browser gets none");
        return Err(ProblemKind::Internal.into());
    };
    payload.seal(signer).map_err(|error| {
        tracing::error!(log = %tenant.log, %error, "a consent cookie could not be signed; the browser gets none");
        ProblemKind::Internal.into()
    })
}

/// The browser that the token is for.
struct Browser<'a> {
    subject: &'a SubjectId,
    /// Its signals while it has Global Privacy Control on.
    gpc: Option<Signals>,
}

struct Standing {
    notice8: String,
    /// First eight hex digits of the notice that the person answered last. The banner shows the changes since then.
    answered8: String,
    entries: Vec<Entry>,
    /// Unix seconds.
    exp: i64,
}

/// The verdicts for every purpose that the site asks about.
fn standing(
    tenant: &Tenant,
    site: &SiteId,
    browser: &Browser<'_>,
    state: Option<&SubjectState>,
    now: UnixMs,
) -> Result<Standing, Problem> {
    let mut exp = now.div_euclid(1_000) + LIFETIME_S_MAX;
    let mut entries = Vec::new();
    let Some(asked) = asked(tenant, site) else {
        let notice8 = String::new();
        return Ok(Standing {
            answered8: notice8.clone(),
            notice8,
            entries,
            exp,
        });
    };
    for word in asked.purposes.iter().flat_map(AskedPurpose::words) {
        let (entry, until) = entry(tenant, word, browser, state, now)?;
        entries.push(entry);
        exp = until.map_or(exp, |until| exp.min(until.div_euclid(1_000)));
    }
    let answered = state.and_then(|state| answered(tenant, site, &asked, state));
    Ok(Standing {
        notice8: notice8(asked.hash).to_owned(),
        answered8: notice8(answered.unwrap_or(asked.hash)).to_owned(),
        entries,
        exp,
    })
}

/// The site's notice that the newest decision about these purposes cites.
fn answered<'a>(
    tenant: &Tenant,
    site: &SiteId,
    asked: &Asked<'_>,
    state: &'a SubjectState,
) -> Option<&'a NoticeHash> {
    let is_asked = |id: &PurposeId| asked.purposes.iter().any(|asked| asked.purpose.id == *id);
    let is_here = |hash: &NoticeHash| {
        let notice = tenant.notices.get(hash);
        notice.is_some_and(|notice| notice.manifest.site == *site)
    };
    let cells = state.cells.iter().filter(|cell| is_asked(&cell.purpose));
    let cited = cells.filter_map(|cell| Some((cell.seq, cell.notice.as_ref()?)));
    let cited = cited.filter(|(_, hash)| is_here(hash));
    cited.max_by_key(|(seq, _)| *seq).map(|(_, hash)| hash)
}

fn entry(
    tenant: &Tenant,
    word: Word,
    browser: &Browser<'_>,
    state: Option<&SubjectState>,
    now: UnixMs,
) -> Result<(Entry, Option<UnixMs>), Problem> {
    let question = question(browser.subject, &word);
    let verdict = evaluate_check(tenant, &question, state, now)?;
    let under_gpc = evaluate_check(
        tenant,
        &CheckRequest {
            signals: browser.gpc,
            ..question
        },
        state,
        now,
    )?;
    let register = tenant.register.as_ref().ok_or(ProblemKind::Internal)?;
    let google = register.register.consent_mode(&word.purpose);
    let entry = Entry {
        category: register.register.category(&word.purpose),
        given: verdict.allow,
        // Also set if the signal denies another purpose that this one depends on.
        gpc_denied: under_gpc.row == SIGNAL_ROW || verdict.allow && !under_gpc.allow,
        may_ask: verdict.may_ask,
        google: google.into_iter().any(gates_google),
        purpose: word.purpose,
        vendor: word.vendor,
    };
    Ok((entry, verdict.valid_until))
}

fn question(subject: &SubjectId, word: &Word) -> CheckRequest {
    CheckRequest {
        scope: word.scope(),
        ..CheckRequest::about(subject.clone(), word.purpose.clone())
    }
}

/// Whether a consent type controls Google's own tags. The other types describe what a page itself stores; they need no
/// bridge to Google and must not wait for one.
fn gates_google(kind: ConsentModeType) -> bool {
    use ConsentModeType::{
        AdPersonalization, AdStorage, AdUserData, AnalyticsStorage, FunctionalityStorage,
        PersonalizationStorage, SecurityStorage,
    };
    match kind {
        AdStorage | AdUserData | AdPersonalization | AnalyticsStorage => true,
        FunctionalityStorage | PersonalizationStorage | SecurityStorage => false,
    }
}

/// Checks a browser's cookie against the current state, for a controller's own server that needs fresh verdicts.
pub async fn check(
    banners: &Banners,
    caller: &Caller,
    request: &CookieCheckRequest,
) -> Result<CookieCheckResponse, Problem> {
    let purposes_max = banners.checks.batch_max;
    check_count(
        "/purposes",
        "purposes",
        request.purposes.len(),
        purposes_max,
    )?;
    let tenant = caller.current(&banners.tenants).await?;
    let now = banners.environment.clock.now();
    let cookie = match Cookie::parse(&request.cookie) {
        Ok(CookieValue::Refused(_)) => None,
        _ => Some(verified(&tenant, &request.cookie, now)?),
    };
    let (subject, min_position) = match &cookie {
        Some(cookie) => (
            cookie.subject().clone(),
            parse_min_position(&tenant, cookie),
        ),
        // A browser that refused everything has no subject and is evaluated as an unknown one.
        None => (SubjectId::from_bytes([0; 16]), None),
    };
    let (tenant, look) = look(&banners.checks, caller, &subject, min_position).await?;
    let verdicts = request.purposes.iter().map(|word| match &look {
        StateRead::FailClosed(reason) => Ok(failed_closed(&tenant, *reason)),
        StateRead::Available {
            state, position, ..
        } => {
            let mut verdict = None;
            // Of a purpose's services, the first denied one decides.
            for word in words(&tenant, word) {
                let judged =
                    evaluate_check(&*tenant, &question(&subject, &word), state.as_deref(), now)?;
                let judged = in_the_browser(cookie.as_ref(), &word, judged);
                if verdict.as_ref().is_none_or(|before: &Verdict| before.allow) {
                    verdict = Some(judged);
                }
            }
            let verdict = verdict.ok_or(ProblemKind::Internal)?;
            Ok(CheckResponse::of(verdict, position.clone()))
        }
    });
    let verdicts = verdicts.collect::<Result<_, Problem>>()?;
    Ok(CookieCheckResponse {
        subject: cookie.map(|cookie| cookie.subject().clone()),
        verdicts,
    })
}

/// The questions behind a word: the word itself, or each service of a purpose that is asked service by service.
fn words(tenant: &Tenant, word: &Word) -> Vec<Word> {
    let register = tenant.register.as_ref().map(|live| &live.register);
    let purpose = register.and_then(|register| register.purpose(&word.purpose));
    let vendors = purpose.map_or(&[][..], |purpose| &purpose.vendors);
    if word.vendor.is_some() || vendors.is_empty() {
        return vec![word.clone()];
    }
    let of = |vendor: &ScopeValue| Word {
        purpose: word.purpose.clone(),
        vendor: Some(vendor.clone()),
    };
    vendors.iter().map(of).collect()
}

/// Verifies that a key which signs this tenant's log signed the cookie for one of its live sites. Its age does not matter,
/// because the current state is read anyway.
fn verified(tenant: &Tenant, value: &str, now: UnixMs) -> Result<Cookie, Problem> {
    let lives = |site: &SiteId| tenant.sites.contains_key(site);
    let mut read = Err(ProblemKind::Internal.into());
    for vkey in tenant.verifiers() {
        read = Cookie::verify_where(value, &vkey, lives, now, Duration::MAX).map_err(invalid);
        if read.is_ok() {
            break;
        }
    }
    read
}

fn invalid(error: CookieError) -> Problem {
    Problem::new(ProblemKind::CookieInvalid).field("/cookie", error.to_string())
}

/// The position at which the cookie was signed; the checked state must include it. `None` for a cookie of a release whose
/// tokens had another form: the cookie's own signature has vouched for it, and a browser keeps it for a year.
fn parse_min_position(tenant: &Tenant, cookie: &Cookie) -> Option<Position> {
    Position::parse(&cookie.payload().position, &tenant.secrets.position)
}

/// Applies the browser's own record: its refusal or withdrawal precedes the server's state, and after a refusal
/// `may_ask` is false.
fn in_the_browser(cookie: Option<&Cookie>, word: &Word, verdict: Verdict) -> Verdict {
    let is_withdrawn = |cookie: &Cookie| match &word.vendor {
        Some(vendor) => cookie.vendor_withdrawn_since(&word.purpose, vendor),
        None => cookie.withdrawn_since(&word.purpose),
    };
    let (reason, state) = match cookie {
        None if verdict.may_ask => (Reason::ConsentRefused, StateWord::Refused),
        Some(cookie) if is_withdrawn(cookie) && (verdict.allow || verdict.may_ask) => {
            (Reason::ConsentWithdrawn, StateWord::Withdrawn)
        }
        _ => return verdict,
    };
    Verdict {
        allow: false,
        may_ask: false,
        reason,
        state,
        valid_until: None,
        obligations: Vec::new(),
        ..verdict
    }
}
