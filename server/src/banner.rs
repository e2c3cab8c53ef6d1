//! The banner's side of the server: the document that it draws from, and the signed cookie that a browser keeps.

mod changes;
mod document;
mod quiet;
mod token;

use samtycke_core::id::{NoticeHash, SiteId};
use samtycke_core::purpose::{Purpose, ScopeType};

pub use self::changes::{ChangeKind, NoticeChanges, PurposeChange};
pub use self::document::{
    BannerDocument, BannerLog, BannerPurpose, Documents, Found, Rendered, TerminalUse, Vendor,
    Wanted, caller_of, document,
};
pub use self::token::{Token, after, check, renew};
use crate::tenant::{LiveNotice, Tenant};

/// The notice that a site shows now, and what a banner can ask of it.
struct Asked<'a> {
    hash: &'a NoticeHash,
    notice: &'a LiveNotice,
    /// In the notice's order.
    purposes: Vec<&'a Purpose>,
}

/// What a site asks now; `None` where it shows no notice.
///
/// A purpose that the register has dropped, retired or no longer lets a consent decide is not asked about any more. Nor
/// is one whose consent is limited to a recipient or a campaign: that takes a form that knows which.
fn asked<'a>(tenant: &'a Tenant, site: &SiteId) -> Option<Asked<'a>> {
    let hash = tenant.current_notice(site)?;
    let notice = tenant.notices.get(hash)?;
    let register = &tenant.register.as_ref()?.register;
    let askable = |p: &&Purpose| {
        p.check_mode.asks_consent()
            && p.scope_type == ScopeType::None
            && p.incomplete.is_empty()
            && p.parts.is_empty()
            && !p.retired
    };
    let purposes = notice.manifest.purposes.iter();
    let purposes = purposes.filter_map(|asked| register.purpose(&asked.id));
    Some(Asked {
        hash,
        notice,
        purposes: purposes.filter(askable).collect(),
    })
}
