//! The banner's server side: the document that the banner renders, and the signed cookie that a browser keeps.

mod changes;
pub(crate) mod consent_cookie;
mod document;
mod quiet;
pub mod routes;
mod token;

use std::sync::Arc;

use samtycke_core::cookie::Word;
use samtycke_core::decide::PurposeLookup as _;
use samtycke_core::id::{NoticeHash, ScopeValue, SiteId};
use samtycke_core::notice::NoticeStanding;
use samtycke_core::purpose::{Purpose, ScopeType};

pub use self::changes::{ChangeKind, NoticeChanges, PurposeChange};
pub use self::document::{
    BannerDocument, BannerLog, BannerPurpose, Documents, Found, Rendered, TerminalUse, Vendor,
    Wanted, document,
};
pub use self::token::{BrowserConsent, check, cookie_after_write, renew};
use crate::check::Checks;
use crate::clock::Environment;
use crate::store::Store;
use crate::tenant::{LiveNotice, Tenant, Tenants};

/// Dependencies of the banner routes.
#[derive(Debug)]
pub struct Banners {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Evaluates checks.
    pub checks: Arc<Checks>,
    /// Rendered documents.
    pub documents: Documents,
    /// Whether browsers reach the server over HTTPS, so that cookies are `Secure`.
    pub is_https: bool,
    /// Clock and random source.
    pub environment: Environment,
}

/// The current notice of a site, and the questions that a banner asks about it.
struct Asked<'a> {
    hash: &'a NoticeHash,
    notice: &'a LiveNotice,
    /// In the order of the notice.
    purposes: Vec<AskedPurpose<'a>>,
}

/// One purpose that the banner asks about.
struct AskedPurpose<'a> {
    purpose: &'a Purpose,
    /// The services that the banner asks about one by one: those in both the notice and the register.
    vendors: Vec<&'a ScopeValue>,
}

impl AskedPurpose<'_> {
    /// The subjects of the questions: the purpose, or each of its services.
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

/// The questions of a site's current notice; `None` if the site shows no notice.
///
/// A purpose is left out if the register has dropped or retired it, or no longer bases it on consent. A purpose whose
/// consent is limited to a recipient or a campaign is left out too, because only a form with that context can ask. A
/// service that the notice does not name waits for the next notice.
fn asked<'a>(tenant: &'a Tenant, site: &SiteId) -> Option<Asked<'a>> {
    let hash = tenant.current_notice(site)?;
    let notice = tenant.notices.get(hash)?;
    let register = &tenant.register.as_ref()?.register;
    let askable = |p: &Purpose| {
        p.asks_consent() && p.incomplete.is_empty() && p.parts.is_empty() && !p.retired
    };
    let purposes = notice.manifest.purposes.iter();
    let purposes = purposes.filter_map(|asked| {
        let purpose = register.purpose(&asked.id).filter(|p| askable(p))?;
        // An answer to a question that the register has outgrown would count for nothing.
        let standing = tenant.notice_standing(&asked.id, hash, i64::MAX);
        if matches!(
            standing,
            NoticeStanding::StaleConsent | NoticeStanding::Invalidated
        ) {
            return None;
        }
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
