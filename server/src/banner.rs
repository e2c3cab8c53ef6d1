//! The banner's side of the server: the document that it draws from, and the signed cookie that a browser keeps.

mod changes;
pub(crate) mod consent_cookie;
mod document;
mod quiet;
pub mod routes;
mod token;

use std::sync::Arc;

use samtycke_core::cookie::Word;
use samtycke_core::id::{NoticeHash, ScopeValue, SiteId};
use samtycke_core::purpose::{Purpose, ScopeType};
use samtycke_log::publish::Publisher;

pub use self::changes::{ChangeKind, NoticeChanges, PurposeChange};
pub use self::document::{
    BannerDocument, BannerLog, BannerPurpose, Documents, Found, Rendered, TerminalUse, Vendor,
    Wanted, document,
};
pub use self::token::{Token, after, check, renew};
use crate::check::Checks;
use crate::clock::Environment;
use crate::store::Store;
use crate::tenant::{LiveNotice, Tenant, Tenants};

/// What banners and their cookies need.
#[derive(Debug)]
pub struct Banners {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Answers what may be done.
    pub checks: Arc<Checks>,
    /// Knows the logs' verifier keys.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Rendered documents.
    pub documents: Documents,
    /// Whether browsers reach the server by HTTPS, so that cookies are `Secure`.
    pub is_https: bool,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// The notice that a site shows now, and what a banner can ask of it.
struct Asked<'a> {
    hash: &'a NoticeHash,
    notice: &'a LiveNotice,
    /// In the notice's order.
    purposes: Vec<AskedPurpose<'a>>,
}

/// One purpose that is asked.
struct AskedPurpose<'a> {
    purpose: &'a Purpose,
    /// Its services, where each is asked by itself: those that the notice names and the register still has.
    vendors: Vec<&'a ScopeValue>,
}

impl AskedPurpose<'_> {
    /// What it is asked about: the purpose, or each of its services.
    fn words(&self) -> Vec<Word> {
        if self.purpose.scope_type != ScopeType::Vendor {
            return vec![Word::from(self.purpose.id.clone())];
        }
        let word = |vendor: &&ScopeValue| Word {
            purpose: self.purpose.id.clone(),
            vendor: Some((*vendor).clone()),
        };
        self.vendors.iter().map(word).collect()
    }
}

/// What a site asks now; `None` where it shows no notice.
///
/// A purpose that the register has dropped, retired or no longer lets a consent decide is not asked about any more. Nor
/// is one whose consent is limited to a recipient or a campaign: that takes a form that knows which. A service that the
/// notice does not name waits for the next notice.
fn asked<'a>(tenant: &'a Tenant, site: &SiteId) -> Option<Asked<'a>> {
    let hash = tenant.current_notice(site)?;
    let notice = tenant.notices.get(hash)?;
    let register = &tenant.register.as_ref()?.register;
    let askable = |p: &Purpose| {
        p.check_mode.asks_consent() && p.incomplete.is_empty() && p.parts.is_empty() && !p.retired
    };
    let purposes = notice.manifest.purposes.iter();
    let purposes = purposes.filter_map(|asked| {
        let purpose = register.purpose(&asked.id).filter(|p| askable(p))?;
        let named = |vendor: &&ScopeValue| asked.vendors.contains(vendor);
        let vendors: Vec<_> = purpose.vendors.iter().filter(named).collect();
        let is_whole = match purpose.scope_type {
            ScopeType::None => true,
            ScopeType::Vendor => !vendors.is_empty(),
            ScopeType::Recipient | ScopeType::Campaign | ScopeType::Site => false,
        };
        is_whole.then_some(AskedPurpose { purpose, vendors })
    });
    Some(Asked {
        hash,
        notice,
        purposes: purposes.collect(),
    })
}
