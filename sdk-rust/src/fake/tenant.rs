//! The fake server's tenant: its registers and notices, and when each went live.

use std::collections::{BTreeMap, HashMap};

use samtycke_core::campaign::{Campaign, Campaigns};
use samtycke_core::decide::{Customer, NoRegister, PurposeLookup};
use samtycke_core::event::RegisterHistory;
use samtycke_core::id::{Language, NoticeHash, PurposeId, ScopeValue, SiteId};
use samtycke_core::live::TenantView;
use samtycke_core::notice::{
    Draft, Manifest, NoticeStanding, NoticeText, Publication, PublicationKind, draft_from_register,
    standing,
};
use samtycke_core::purpose::{Purpose, ScopeType};
use samtycke_core::register::{Register, RegisterError, RegisterErrors, diff};
use samtycke_core::retention::{Params, Term};
use samtycke_core::wire::NoticeDocument;

/// A register that is or was live.
#[derive(Debug)]
struct Registered {
    register: Register,
    terms: HashMap<PurposeId, Vec<Term>>,
}

/// A published notice.
#[derive(Debug)]
struct Noticed {
    manifest: Manifest,
    texts: Vec<NoticeText>,
    version: u32,
}

/// One publication of a campaign.
#[derive(Debug)]
struct CampaignVersion {
    id: ScopeValue,
    campaign: Campaign,
    at: i64,
}

/// All publications, oldest first. There is always a register and a notice.
#[derive(Debug)]
pub(super) struct Tenant {
    site: SiteId,
    registers: Vec<Registered>,
    notices: HashMap<NoticeHash, Noticed>,
    publications: Vec<Publication>,
    campaigns: Vec<CampaignVersion>,
}

impl Tenant {
    /// The tenant of a register, with nothing published.
    pub(super) fn of(register: &Register) -> Result<Self, RegisterErrors> {
        let site = format!("www.{}.example", register.tenant).parse();
        let site = site.map_err(|_| wrong("the register's id must be good for a site's name"))?;
        Ok(Self {
            site,
            registers: Vec::new(),
            notices: HashMap::new(),
            publications: Vec::new(),
            campaigns: Vec::new(),
        })
    }

    /// Makes a register live.
    pub(super) fn publish_register(
        &mut self,
        register: Register,
        at: i64,
    ) -> Result<(), RegisterErrors> {
        let before = self.registers.last().map(|live| &live.register);
        if before.is_some_and(|before| before.tenant != register.tenant) {
            return Err(wrong("the register must be of the same tenant"));
        }
        let last = |id: &PurposeId| {
            let mut earlier = self.registers.iter().rev().map(|live| &live.register);
            earlier.find(|register| register.purpose(id).is_some())
        };
        let classes = before.map_or_else(BTreeMap::new, |live| {
            diff(live, &register).classes_with_returned(&register, last)
        });
        let previous = before.map(|live| live.hash().clone());
        self.publications.push(Publication {
            kind: PublicationKind::Register,
            site: None,
            hash: register.hash().clone(),
            version: count(self.registers.len()),
            effective_from: None,
            classes,
            previous,
            at,
            by: None,
        });
        let terms = register.purposes.iter();
        let terms = terms.map(|p| (p.id.clone(), Term::all_of(p))).collect();
        self.registers.push(Registered { register, terms });
        Ok(())
    }

    /// Publishes on the site the notice that the live register drafts.
    pub(super) fn publish_notice(&mut self, at: i64) -> Option<NoticeHash> {
        let live = &self.registers.last()?.register;
        let Draft { manifest, texts } = draft_from_register(live, &self.site);
        let hash = manifest.hash();
        let previous = self.notice();
        let before = previous.as_ref().and_then(|hash| self.notices.get(hash));
        let classes = before.map_or_else(BTreeMap::new, |before| {
            manifest.changes_since(&before.manifest)
        });
        let version = count(self.notices.len());
        let known = self.notices.entry(hash.clone());
        let noticed = known.or_insert(Noticed {
            manifest,
            texts,
            version,
        });
        self.publications.push(Publication {
            kind: PublicationKind::Notice,
            site: Some(self.site.clone()),
            hash: hash.clone(),
            version: noticed.version,
            effective_from: None,
            classes,
            previous,
            at,
            by: None,
        });
        Some(hash)
    }

    /// Makes a campaign live, in place of an earlier version of it.
    pub(super) fn publish_campaign(&mut self, id: ScopeValue, campaign: Campaign, at: i64) {
        self.campaigns.push(CampaignVersion { id, campaign, at });
    }

    pub(super) fn site(&self) -> &SiteId {
        &self.site
    }

    /// The site's notice.
    pub(super) fn notice(&self) -> Option<NoticeHash> {
        let shown = self.publications.iter().rfind(|p| p.site.is_some())?;
        Some(shown.hash.clone())
    }

    /// The site's notice, and one of its languages.
    pub(super) fn shown(&self) -> Option<(NoticeHash, Language)> {
        let hash = self.notice()?;
        let language = self.notices.get(&hash)?.texts.first()?.language.clone();
        Some((hash, language))
    }

    /// Whether the site's notice asks for a purpose in a statement of its own.
    pub(super) fn asks_for_itself(&self, purpose: &PurposeId) -> bool {
        let shown = self.notice().and_then(|hash| self.notices.get(&hash));
        shown.is_some_and(|n| n.manifest.layout.own_statement.contains(purpose))
    }

    /// The live register, and the number under which it went live.
    pub(super) fn register(&self) -> Option<(&Register, u64)> {
        let live = self.registers.last()?;
        let version = u64::try_from(self.registers.len()).unwrap_or(u64::MAX);
        Some((&live.register, version))
    }

    pub(super) fn document(&self) -> Option<NoticeDocument> {
        let hash = self.notice()?;
        let noticed = self.notices.get(&hash)?;
        let mut texts: BTreeMap<String, BTreeMap<String, _>> = BTreeMap::new();
        for text in &noticed.texts {
            let variant = serde_json::to_value(text.variant).ok()?;
            let of_language = texts.entry(text.language.to_string()).or_default();
            of_language.insert(
                variant.as_str()?.to_owned(),
                serde_json::to_value(text).ok()?,
            );
        }
        Some(NoticeDocument {
            hash,
            version: u64::from(noticed.version),
            manifest: serde_json::to_value(&noticed.manifest).ok()?,
            texts,
        })
    }

    /// The tenant as it is now.
    pub(super) fn now(&self) -> AtMoment<'_> {
        self.at(i64::MAX)
    }

    /// The tenant at a time, in Unix milliseconds.
    pub(super) fn at(&self, moment: i64) -> AtMoment<'_> {
        // Publications take their times from a clock that never goes back.
        let known = self.publications.partition_point(|p| p.at <= moment);
        let publications = self.publications.get(..known).unwrap_or_default();
        let registers = publications
            .iter()
            .filter(|p| p.kind == PublicationKind::Register);
        let last = registers.count().checked_sub(1);
        let mut campaigns = Campaigns::default();
        for version in self.campaigns.iter().take_while(|c| c.at <= moment) {
            campaigns.publish(version.id.clone(), version.campaign.clone(), version.at);
        }
        AtMoment {
            tenant: self,
            register: last.and_then(|last| self.registers.get(last)),
            publications,
            campaigns,
        }
    }

    /// The tenant at every moment of its history.
    pub(super) fn history(&self) -> History<'_> {
        let publications = self.publications.iter().map(|p| p.at);
        let mut times: Vec<i64> = publications
            .chain(self.campaigns.iter().map(|c| c.at))
            .collect();
        times.sort_unstable();
        times.dedup();
        let moments = times.into_iter().map(|at| (at, self.at(at)));
        History(moments.collect())
    }
}

/// A tenant after each of its publications, with their times.
pub(super) struct History<'t>(Vec<(i64, AtMoment<'t>)>);

impl RegisterHistory for History<'_> {
    fn at(&self, received_at: i64) -> &dyn PurposeLookup {
        match self.0.iter().rfind(|(at, _)| *at <= received_at) {
            Some((_, then)) => then,
            None => &NoRegister,
        }
    }
}

/// A tenant at one moment.
pub(super) struct AtMoment<'t> {
    tenant: &'t Tenant,
    register: Option<&'t Registered>,
    publications: &'t [Publication],
    campaigns: Campaigns,
}

impl PurposeLookup for AtMoment<'_> {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.register?.register.purpose(id)
    }

    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        known_at: i64,
    ) -> NoticeStanding {
        let known = self.publications.partition_point(|p| p.at <= known_at);
        standing(self.publications, known, notice, purpose)
    }

    fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)> {
        let live = self.register?;
        let terms = live.terms.get(purpose)?;
        Some((terms, &live.register.params))
    }

    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.campaigns.get(id)
    }

    fn campaign_end_since(&self, id: &ScopeValue, since: i64) -> Option<i64> {
        self.campaigns.end_since(id, since)
    }

    fn had_scope_type(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        let mut notices = self.tenant.notices.values();
        notices.any(|n| n.manifest.names_under(purpose, scope))
    }

    fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        let (name, contact) = self.register?.register.recipient_contact(id)?;
        Some(Customer { name, contact })
    }
}

impl TenantView for AtMoment<'_> {
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest> {
        let published = self.publications.iter().any(|p| p.hash == *notice);
        let known = self.tenant.notices.get(notice).filter(|_| published);
        known.map(|noticed| &noticed.manifest)
    }

    fn has_asked(&self, purpose: &PurposeId) -> bool {
        let mut notices = self.tenant.notices.values();
        notices.any(|n| n.manifest.names(purpose))
    }

    fn dnt_counts(&self) -> bool {
        self.register.is_some_and(|live| live.register.dnt)
    }
}

fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

fn wrong(message: &str) -> RegisterErrors {
    RegisterErrors(vec![RegisterError {
        line: 0,
        message: message.to_owned(),
    }])
}
