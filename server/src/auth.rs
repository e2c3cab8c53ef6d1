//! Authentication: a tenant's key and, for a browser or app, the capability of its own subject.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::decision::Signals;
use samtycke_core::id::SubjectId;
use samtycke_core::keys::{Secret, mac, mac_is_valid};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::submission::Sender;
use samtycke_core::wire::format_rfc3339;
use sha2::{Digest as _, Sha256};

use crate::clock::UnixMs;
use crate::origin;
use crate::tenant::{ApiKey, Role, Tenant, Tenants};

/// The longest key that is looked up; real keys have 59 characters, those of test tenants 64.
const KEY_CHARS_MAX: usize = 100;
/// Prefix of a capability that the server makes. One in 4 096 of the browsers' own has it too. The lengths differ, so a
/// capability is the server's only if it is not a browser's.
const CAPABILITY_PREFIX: &str = "c_";

/// The name of the caller that the command line is: no key has it.
pub const CONTROL: &str = "control";

/// The authenticated sender of a request.
#[derive(Clone)]
pub struct Caller {
    /// The tenant of the key.
    pub tenant: Arc<Tenant>,
    /// The key.
    pub key: ApiKey,
    /// SHA-256 of the key.
    pub key_hash: [u8; 32],
    /// Value of the `Samtycke-Capability` header.
    pub capability: Option<String>,
    /// Origin of the request.
    pub whence: Whence,
}

/// The origin of a request, as its headers state it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whence {
    /// Value of the `Origin` header; empty if it is not text.
    pub origin: Option<String>,
    /// Whether the method may write: any but `GET` and `HEAD`.
    pub writes: bool,
}

/// Omits the capability, which authorises its holder to act for a person.
impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Caller({}, {})", self.tenant.id, self.key.key_id)
    }
}

impl Caller {
    /// The command line, which may act in any role. It has the database or the server's control socket, so it needs no
    /// key.
    pub fn control(tenant: Arc<Tenant>, role: Role) -> Self {
        Self {
            tenant,
            key: ApiKey {
                key_id: CONTROL.to_owned(),
                role,
                site: None,
                expires_at: None,
            },
            key_hash: [0; 32],
            capability: None,
            whence: Whence::default(),
        }
    }

    /// Whether the caller's key is one of this tenant's. The command line has none, and needs none.
    fn is_known_to(&self, tenant: &Tenant) -> bool {
        self.key.key_id == CONTROL || tenant.keys.contains_key(&self.key_hash)
    }

    /// Finds the caller by its key.
    pub async fn identify(
        tenants: &Tenants,
        bearer: &str,
        capability: Option<String>,
    ) -> Result<Self, Problem> {
        let hash: [u8; 32] = Sha256::digest(bearer).into();
        match tenants.by_key(&hash).await {
            Ok(Some((tenant, key))) => {
                // For the request's log lines. The id of a key names a program or a role, no person.
                tracing::Span::current().record("key", key.key_id.as_str());
                must_live(tenants, &key)?;
                tenants.note_use(&hash);
                Ok(Self {
                    tenant,
                    key,
                    key_hash: hash,
                    capability,
                    whence: Whence::default(),
                })
            }
            Ok(None) => Err(ProblemKind::Unauthenticated.into()),
            Err(error) => {
                tracing::error!(%error, "keys could not be read");
                Err(Problem::new(ProblemKind::Unavailable).retry_after(1))
            }
        }
    }

    /// Finds the caller by a live site's publishable key in the path. Any other key is not found.
    pub async fn by_page_key(tenants: &Tenants, key: &str) -> Result<Self, Problem> {
        let hidden = |problem: Problem| match problem.kind {
            ProblemKind::Unauthenticated
            | ProblemKind::KeyExpired
            | ProblemKind::OriginNotAllowed => ProblemKind::NotFound.into(),
            _ => problem,
        };
        if !key.starts_with("pk_") || key.len() > KEY_CHARS_MAX {
            return Err(ProblemKind::NotFound.into());
        }
        let mut caller = Self::identify(tenants, key, None).await.map_err(hidden)?;
        caller.tenant = caller.current(tenants).await.map_err(hidden)?;
        let site = caller.key.site.as_ref();
        let lives = site.is_some_and(|site| caller.tenant.sites.contains_key(site));
        if lives && caller.key.role == Role::Publishable {
            Ok(caller)
        } else {
            Err(ProblemKind::NotFound.into())
        }
    }

    /// The tenant's newest configuration, also if another server changed it. Error: the key was revoked meanwhile.
    pub async fn current(&self, tenants: &Tenants) -> Result<Arc<Tenant>, Problem> {
        let config_version = tenants.newest_config_version(&self.tenant).await?;
        self.at_config_version(tenants, config_version).await
    }

    /// The tenant at this configuration version or a later one. Error: the key, its site or the request's origin was
    /// revoked meanwhile, or the key has expired.
    pub async fn at_config_version(
        &self,
        tenants: &Tenants,
        config_version: u64,
    ) -> Result<Arc<Tenant>, Problem> {
        must_live(tenants, &self.key)?;
        if self.tenant.config_version >= config_version {
            return Ok(self.tenant.clone());
        }
        let tenant = tenants.at_least(&self.tenant, config_version).await?;
        if !self.is_known_to(&tenant) {
            return Err(ProblemKind::Unauthenticated.into());
        }
        self.must_come(&tenant)?;
        Ok(tenant)
    }

    /// Checks that a website's publishable key is used on that site's pages. Browsers send `Origin` with every write
    /// and every cross-origin request. Other programs can send any origin, but can only create subjects of their own. A
    /// revoked site's key is valid on no page.
    pub fn must_come(&self, tenant: &Tenant) -> Result<(), Problem> {
        if self.key.role != Role::Publishable {
            return Ok(());
        }
        let site = self.key.site.as_ref().and_then(|id| tenant.sites.get(id));
        let allowed = site.is_some_and(|site| match &self.whence.origin {
            None => site.origins.is_empty() || !self.whence.writes,
            Some(origin) => origin::sent(origin).is_some_and(|origin| site.allows(origin)),
        });
        if allowed {
            return Ok(());
        }
        Err(Problem::new(ProblemKind::OriginNotAllowed)
            .field("Origin", "must be one of the origins of the key's site"))
    }

    /// The subject of the capability that a browser made itself; `None` for every other caller.
    pub fn own_subject(&self) -> Option<SubjectId> {
        let is_page = self.key.role == Role::Publishable;
        let capability = self.capability.as_deref().filter(|_| is_page)?;
        own(capability)
    }

    /// The subject whose capability a browser holds, its own or one of `POST /v1/subjects`; `None` for every other caller,
    /// and after the capability's end.
    pub fn capability_subject(&self, now: UnixMs) -> Option<SubjectId> {
        let is_page = self.key.role == Role::Publishable;
        let capability = self.capability.as_deref().filter(|_| is_page)?;
        let subject = own(capability).or_else(|| issued_for(capability))?;
        opens(&self.tenant.secrets.capability, capability, &subject, now).then_some(subject)
    }

    /// Signals as those of the caller's browser: where it has made its subject itself, that names the browser. Linking may
    /// bring two browsers' signals into one stream, where each ends its own only (rule E7).
    pub fn with_source(&self, signals: Option<Signals>) -> Option<Signals> {
        let browser = || Some(self.tenant.secrets.signal_source(&self.own_subject()?));
        signals.map(|signals| Signals {
            source: signals.source.or_else(browser),
            ..signals
        })
    }

    /// The kind of sender that events of this caller record.
    pub fn sender(&self) -> Sender {
        match self.key.role {
            Role::Publishable => Sender::Person,
            _ => Sender::Server,
        }
    }

    /// Error: the key has none of these roles.
    pub fn require_role(&self, roles: &[Role]) -> Result<(), Problem> {
        if roles.contains(&self.key.role) {
            return Ok(());
        }
        let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        Err(Problem::new(ProblemKind::Forbidden)
            .detail(format!("this takes a key of role {}", names.join(" or "))))
    }

    /// Checks that the caller may act for this subject: keys of these roles may; a publishable key needs the subject's
    /// own capability. Knowing a subject's id is not enough.
    pub fn authorize_subject(
        &self,
        subject: &SubjectId,
        roles: &[Role],
        now: UnixMs,
    ) -> Result<(), Problem> {
        if roles.contains(&self.key.role) {
            return Ok(());
        }
        if self.key.role != Role::Publishable {
            let page_only = &[Role::Publishable][..];
            return self.require_role(if roles.is_empty() { page_only } else { roles });
        }
        let held = self.capability.as_deref().is_some_and(|capability| {
            opens(&self.tenant.secrets.capability, capability, subject, now)
        });
        if held {
            return Ok(());
        }
        Err(capability_invalid())
    }
}

/// Refuses a key that has ended by itself. Only its holder gets here, so the answer may name it and its end.
fn must_live(tenants: &Tenants, key: &ApiKey) -> Result<(), Problem> {
    if !tenants.has_expired(key) {
        return Ok(());
    }
    let end = key.expires_at.map(format_rfc3339).unwrap_or_default();
    Err(Problem::new(ProblemKind::KeyExpired).detail(format!(
        "key {} expired at {end}; the operator makes another one with POST /v1/keys or: samtycke key add TENANT {}",
        key.key_id,
        key.role.as_str(),
    )))
}

/// The refusal of a browser whose capability is not of the subject that it names. It says nothing about the subject.
pub fn capability_invalid() -> Problem {
    Problem::new(ProblemKind::CapabilityInvalid).field(
        "Samtycke-Capability",
        "must be the 32 random bytes (base64url) that the subject is derived from, or a capability of POST /v1/subjects",
    )
}

/// Makes a subject's capability, valid for at most an hour: `c_` and base64url of expiry (u64, ms) | subject | MAC.
pub fn issue(key: &Secret, subject: &SubjectId, expires_at: UnixMs) -> String {
    let mut bytes = expires_at.to_be_bytes().to_vec();
    bytes.extend_from_slice(&subject.to_bytes());
    let tag = mac(key, &message(&bytes));
    bytes.extend_from_slice(&tag);
    format!("{CAPABILITY_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The subject of a browser's own capability. It has 32 bytes; the server's have 56 and a prefix.
fn own(capability: &str) -> Option<SubjectId> {
    let bytes = URL_SAFE_NO_PAD.decode(capability).ok()?;
    let own = <[u8; 32]>::try_from(bytes).ok()?;
    Some(SubjectId::from_capability(&own))
}

/// The subject that a capability of the server claims; whether it opens it is not checked.
fn issued_for(capability: &str) -> Option<SubjectId> {
    let issued = capability.strip_prefix(CAPABILITY_PREFIX)?;
    let bytes = URL_SAFE_NO_PAD.decode(issued).ok()?;
    let subject: [u8; 16] = bytes.get(8..24)?.try_into().ok()?;
    Some(SubjectId::from_bytes(subject))
}

fn opens(key: &Secret, capability: &str, subject: &SubjectId, now: UnixMs) -> bool {
    if let Some(own) = own(capability) {
        return own == *subject;
    }
    let issued = capability
        .strip_prefix(CAPABILITY_PREFIX)
        .and_then(|issued| URL_SAFE_NO_PAD.decode(issued).ok());
    let Some(bytes) = issued.filter(|bytes| bytes.len() == 8 + 16 + 32) else {
        return false;
    };
    let (claim, tag) = bytes.split_at(24);
    let expires_at = UnixMs::from_be_bytes(claim[..8].try_into().expect("eight bytes"));
    mac_is_valid(key, &message(claim), tag) && claim[8..] == subject.to_bytes() && now < expires_at
}

fn message(claim: &[u8]) -> Vec<u8> {
    let mut message = b"samtycke/capability/v1\n".to_vec();
    message.extend_from_slice(claim);
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects T7: a capability gives access to one subject of one tenant until it expires.
    #[test]
    fn a_capability_opens_its_own_subject_only() {
        let (key, other_key) = (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]));
        let (me, you) = (
            SubjectId::from_bytes([3; 16]),
            SubjectId::from_bytes([4; 16]),
        );
        let capability = issue(&key, &me, 1_000);
        assert!(opens(&key, &capability, &me, 999));
        assert!(!opens(&key, &capability, &me, 1_000), "it ends");
        assert!(!opens(&key, &capability, &you, 999), "another subject");
        assert!(!opens(&other_key, &capability, &me, 999), "another tenant");
        let own = [9; 32];
        let browser = SubjectId::from_capability(&own);
        assert!(opens(
            &key,
            &URL_SAFE_NO_PAD.encode(own),
            &browser,
            i64::MAX
        ));
        assert!(!opens(&key, &URL_SAFE_NO_PAD.encode(own), &me, 0));
        assert!(
            !opens(&key, me.as_str(), &me, 0),
            "the id itself opens nothing"
        );
    }

    /// Protects one visitor in 4 096: the server never mistakes a browser's 32 bytes for its own capability.
    #[test]
    fn every_32_bytes_are_a_browsers_capability() {
        let key = Secret::from_bytes([1; 32]);
        // "c_" is the base64url of 0x73 and the first half of 0xf0 to 0xff.
        for second in 0xf0..=0xff {
            let mut own = [7; 32];
            (own[0], own[1]) = (0x73, second);
            let capability = URL_SAFE_NO_PAD.encode(own);
            assert!(capability.starts_with(CAPABILITY_PREFIX), "{capability}");
            let subject = SubjectId::from_capability(&own);
            assert!(opens(&key, &capability, &subject, 0), "{capability}");
            let other = SubjectId::from_bytes([3; 16]);
            assert!(!opens(&key, &capability, &other, 0));
            // The server's own capability stays valid.
            assert!(opens(&key, &issue(&key, &other, 1), &other, 0));
        }
    }
}
