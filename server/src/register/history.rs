//! A tenant as it was: the register and the notices that were live at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use samtycke_core::campaign::{Campaign, Campaigns};
use samtycke_core::decide::{Customer, NoRegister, PurposeLookup};
use samtycke_core::event::{Event, RegisterHistory};
use samtycke_core::id::{NoticeHash, PurposeId, ScopeValue};
use samtycke_core::live::TenantView;
use samtycke_core::notice::{Manifest, NoticeStanding, Publication, PublicationKind, standing};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{Purpose, ScopeType};
use samtycke_core::retention::{Params, Term};

use super::stored;
use crate::clock::UnixMs;
use crate::store::Store;
use crate::tenant::{LiveRegister, Tenant};

/// A tenant with the register and the publications of one moment.
#[derive(Debug)]
pub struct Then {
    tenant: Arc<Tenant>,
    /// The publications that had gone live.
    publications: Vec<Publication>,
    register: Option<Arc<LiveRegister>>,
    campaigns: Campaigns,
}

/// The moments of a tenant that were asked for. Each register is read once, however many moments it was live at.
#[derive(Debug)]
pub struct History {
    tenant: Arc<Tenant>,
    /// By how many publications of any kind had gone live.
    moments: BTreeMap<usize, Then>,
    /// The moment that is judged by, with what was declared invalid for it since.
    judged: Option<Then>,
    registers: HashMap<u64, Arc<LiveRegister>>,
}

impl History {
    /// The history of a tenant, with no moment read yet.
    pub fn of(tenant: Arc<Tenant>) -> Self {
        let live = tenant.register.iter();
        let registers = live.map(|live| (live.version, live.clone())).collect();
        Self {
            tenant,
            moments: BTreeMap::new(),
            judged: None,
            registers,
        }
    }

    /// Reads a moment.
    pub async fn read(&mut self, store: &Store, at: UnixMs) -> Result<(), Problem> {
        let moment = self.tenant.published_by(at);
        if self.moments.contains_key(&moment) {
            return Ok(());
        }
        let then = self.moment(store, at).await?;
        self.moments.insert(moment, then);
        Ok(())
    }

    /// Reads the moment that a question is about. What has been declared invalid since counts from when it was wrong.
    pub async fn judge(&mut self, store: &Store, as_of: UnixMs) -> Result<&Then, Problem> {
        let mut then = self.moment(store, as_of).await?;
        let later = self.tenant.publications[self.known(as_of)..].iter();
        let wrong = later.filter(|p| p.effective_from.is_some_and(|from| from <= as_of));
        then.publications.extend(wrong.cloned());
        Ok(self.judged.insert(then))
    }

    async fn moment(&mut self, store: &Store, at: UnixMs) -> Result<Then, Problem> {
        let known = self.known(at);
        let live = self.tenant.publications[..known].iter();
        let last = live.rev().find(|p| p.kind == PublicationKind::Register);
        let register = match last.map(|publication| u64::from(publication.version)) {
            None => None,
            Some(version) => Some(self.register(store, version).await?),
        };
        Ok(Then {
            tenant: self.tenant.clone(),
            publications: self.tenant.publications[..known].to_vec(),
            register,
            campaigns: self.tenant.campaigns_at(at),
        })
    }

    /// Reads the moments at which these events were received, which [`fold_by_history`] needs.
    ///
    /// [`fold_by_history`]: samtycke_core::event::fold_by_history
    pub async fn read_for(&mut self, store: &Store, events: &[Event]) -> Result<(), Problem> {
        for event in events {
            self.read(store, event.received_at).await?;
        }
        Ok(())
    }

    /// A moment that was read.
    pub fn then(&self, at: UnixMs) -> Option<&Then> {
        self.moments.get(&self.tenant.published_by(at))
    }

    /// A publication is later than every event that took effect without it, and no later than the first under it.
    fn known(&self, at: UnixMs) -> usize {
        self.tenant.publications.partition_point(|p| p.at <= at)
    }

    async fn register(
        &mut self,
        store: &Store,
        version: u64,
    ) -> Result<Arc<LiveRegister>, Problem> {
        if let Some(known) = self.registers.get(&version) {
            return Ok(known.clone());
        }
        let row = stored(store, &self.tenant, version)
            .await?
            .ok_or_else(|| Problem::new(ProblemKind::Internal))?;
        let register = Arc::new(LiveRegister::read(version, &row.body)?);
        self.registers.insert(version, register.clone());
        Ok(register)
    }
}

impl RegisterHistory for History {
    /// At a moment that was not read every purpose is unknown.
    fn at(&self, received_at: i64) -> &dyn PurposeLookup {
        match self.then(received_at) {
            Some(then) => then,
            None => &NoRegister,
        }
    }
}

impl PurposeLookup for Then {
    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.campaigns.get(id)
    }

    fn campaign_end_since(&self, id: &ScopeValue, since: UnixMs) -> Option<UnixMs> {
        self.campaigns.end_since(id, since)
    }

    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.register.as_ref()?.register.purpose(id)
    }

    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        given_at: UnixMs,
    ) -> NoticeStanding {
        let known = self.publications.partition_point(|p| p.at <= given_at);
        standing(&self.publications, known, notice, purpose)
    }

    fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)> {
        self.register.as_ref()?.retention(purpose)
    }

    fn had_scope_type(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        self.tenant.had_scope_type(purpose, scope)
    }

    fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        self.register.as_ref()?.register.customer(id)
    }
}

impl TenantView for Then {
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest> {
        let published = self.publications.iter().any(|p| p.hash == *notice);
        let known = self.tenant.notices.get(notice).filter(|_| published);
        known.map(|notice| &notice.manifest)
    }

    fn has_asked(&self, purpose: &PurposeId) -> bool {
        self.tenant.has_asked(purpose)
    }

    fn dnt_counts(&self) -> bool {
        let live = self.register.as_ref();
        live.is_some_and(|live| live.register.dnt)
    }
}
