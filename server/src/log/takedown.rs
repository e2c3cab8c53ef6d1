//! Which places of use must be cleared. Tasks for a person's decision are opened in the transaction that records it, so
//! none can be lost. Where no event of a person ends a permission, the work is in the outbox: sweeps at the end of a
//! campaign and after a publication are written in its transaction, and one row that is always there comes due daily.

mod people;

use std::collections::HashMap;
use std::sync::Arc;

use samtycke_core::campaign::LastDay;
use samtycke_core::campaign::campaign_scope;
use samtycke_core::decide::{Basis, Op, PurposeLookup as _};
use samtycke_core::decision::Outcome;
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::{Cells, EventBody};
use samtycke_core::id::{PurposeId, ScopeValue, SubjectId, TakedownId};
use samtycke_core::live::evaluate_check;
use samtycke_core::public_leaf::{CampaignPublished, PublicBody, PublicRecord};
use samtycke_core::purpose::ScopeType;
use samtycke_core::reason::Reason;
use samtycke_core::retention::{CalendarDuration, add_calendar};
use samtycke_core::scope::Scope;
use samtycke_core::service::other_subject;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{CheckRequest, TakedownCause};
use serde::{Deserialize, Serialize};

use self::people::People;
use super::plan::{BatchContext, EntryResult, Plan};
use super::{AppendOutcome, AppendedEvent, Job};
use crate::clock::UnixMs;
use crate::store::media::UseRow;
use crate::store::outbox::OutboxRow;
use crate::store::takedown::{NewTakedown, TakedownRow};
use crate::store::{Stored, Tx};
use crate::tenant::Tenant;

/// Kind of the outbox rows that sweep the assets of a campaign.
pub const SWEEP: &str = "campaign.sweep";

/// The payload of a sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// The campaign.
    pub campaign: ScopeValue,
    /// Log index of the leaf that published it.
    pub index: u64,
}

/// The sweeps that a publication causes: one at its end, and one now if it may have taken away a surface or a medium.
pub(crate) fn due_sweeps(published: &CampaignPublished, index: u64, now: UnixMs) -> Vec<OutboxRow> {
    let payload = Sweep {
        campaign: published.campaign.clone(),
        index,
    };
    let payload = serde_json::to_string(&payload).expect("a sweep is always JSON");
    let row = |name, due_at| OutboxRow {
        id: format!("campaign.{index}.{name}"),
        kind: SWEEP.into(),
        due_at,
        payload: payload.clone(),
    };
    let mut rows = vec![row("end", published.ends_on.ends_at())];
    if published.version > 1 {
        rows.push(row("changed", now));
    }
    rows
}

/// Kind of the outbox rows that judge every asset of a log that is in use.
pub const JUDGE: &str = "assets.judge";

/// The payload of a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The publication that causes it; none: the daily one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

/// A publication that may end permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Log index of its leaf.
    pub index: u64,
    /// When it went live.
    pub at: UnixMs,
}

/// The judgement that a public leaf causes: now if what it publishes may end permissions, and the daily one with the first
/// campaign, without which there is no asset.
pub(crate) fn due_judgement(
    record: &PublicRecord,
    index: u64,
    now: UnixMs,
    has_pictures: bool,
) -> Option<OutboxRow> {
    match &record.body {
        PublicBody::CampaignPublished(_) if !has_pictures => Some(next_judgement(now)),
        PublicBody::CampaignPublished(_)
        | PublicBody::RegisterPublished(_)
        | PublicBody::NoticePublished(_)
        | PublicBody::NoticeInvalidated(_)
            if has_pictures =>
        {
            let at = record.at;
            let published = Some(Published { index, at });
            Some(judgement(index, "published", now, Judgement { published }))
        }
        _ => None,
    }
}

/// A judgement of every asset after the leaves up to this index were replayed.
pub(crate) fn judgement_after_replay(index: u64, now: UnixMs) -> OutboxRow {
    judgement(index, "replayed", now, Judgement::default())
}

/// The daily judgement after this moment: when the day ends in Stockholm, as campaigns and ages do.
pub fn next_judgement(now: UnixMs) -> OutboxRow {
    let due_at = LastDay::of_instant(now).ends_at();
    judgement(due_at, "daily", due_at, Judgement::default())
}

fn judgement(
    number: impl std::fmt::Display,
    name: &str,
    due_at: UnixMs,
    payload: Judgement,
) -> OutboxRow {
    OutboxRow {
        id: format!("assets.{name}.{number}"),
        kind: JUDGE.into(),
        due_at,
        payload: serde_json::to_string(&payload).expect("a judgement is always JSON"),
    }
}

/// A use of an asset that one person is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// The purpose of the asset.
    pub purpose: &'a PurposeId,
    /// The campaign of the asset.
    pub campaign: &'a ScopeValue,
    /// The medium.
    pub medium: &'a ScopeValue,
    /// The surface.
    pub surface: &'a ScopeValue,
}

impl Use<'_> {
    /// The scope of the person's decision about it, as the live register has the purpose.
    pub fn scope(&self, tenant: &Tenant) -> Scope {
        match tenant.purpose(self.purpose).map(|p| p.scope_type) {
            Some(ScopeType::Campaign) => campaign_scope(self.campaign, self.medium, self.surface),
            _ => Scope::None,
        }
    }

    /// Whether a person permits the use: the reason says it. A campaign that has ended, or has no such surface or medium,
    /// permits nothing, whatever the basis; and one that advertises needs consent (lag 1978:800, 1 §).
    pub fn judge(
        &self,
        tenant: &Tenant,
        subject: &SubjectId,
        state: Option<&SubjectState>,
        op: Op,
        now: UnixMs,
    ) -> Reason {
        let question = CheckRequest {
            op,
            scope: self.scope(tenant),
            ..CheckRequest::about(subject.clone(), self.purpose.clone())
        };
        let Ok(verdict) = evaluate_check(tenant, &question, state, now) else {
            return Reason::FailclosedUnavailable;
        };
        let reason = verdict.reason;
        if !reason.allows() {
            return reason;
        }
        let consented = verdict.basis == Some(Basis::Consent);
        match tenant.campaigns.get(self.campaign) {
            Some(campaign) if campaign.has_ended(now) => Reason::ConsentExpired,
            Some(campaign) if campaign.advertising && !consented => Reason::ConsentMissing,
            Some(campaign) if campaign.covers(self.medium, self.surface) => reason,
            _ => Reason::ScopeNotCovered,
        }
    }
}

/// The states of the batch's subjects before it, for a tenant that has pictures.
pub(super) fn states_before(
    tenant: &Tenant,
    context: &BatchContext,
) -> HashMap<SubjectId, Arc<SubjectState>> {
    if tenant.campaigns.is_empty() {
        // No asset without a campaign: whoever has no pictures pays nothing for them.
        return HashMap::new();
    }
    let rows = context.subjects.iter();
    rows.map(|(subject, row)| (subject.clone(), row.state.clone()))
        .collect()
}

/// Opens a task for each place of use that a person of the batch no longer permits.
pub(super) async fn open(
    tx: &mut Tx,
    tenant: &Tenant,
    before: &HashMap<SubjectId, Arc<SubjectState>>,
    plan: &Plan,
    jobs: &[&Job],
    due: CalendarDuration,
) -> Stored<()> {
    if tenant.campaigns.is_empty() {
        return Ok(());
    }
    let endings = endings(jobs, &plan.answers);
    if endings.is_empty() {
        return Ok(());
    }
    let people = People::read(tx, tenant, &endings, before, plan).await?;
    let mut rows = Vec::new();
    for one in tx.uses_of(&tenant.log, &people.named()).await? {
        let concerning = endings
            .iter()
            .filter(|ending| people.concerns(ending, &one.subject));
        let concerning: Vec<&AppendedEvent> = concerning.map(|ending| ending.event).collect();
        let states = people.states(&one.subject, before, plan);
        if let Some((ending, reason)) = ended_by(tenant, &one, &concerning, states) {
            rows.push(NewTakedown {
                row: row_of(&one, ending, reason, due),
                unless_done_since: UnixMs::MAX,
            });
        }
    }
    tx.open_takedowns(&tenant.log, &rows).await
}

/// An event of the batch that may end a permission.
struct EndingEvent<'a> {
    subject: &'a SubjectId,
    /// The other subject of a link or an unmerge.
    other: Option<&'a SubjectId>,
    event: &'a AppendedEvent,
}

/// The events of the batch that may end a permission. A replay ended it before.
fn endings<'a>(jobs: &[&'a Job], answers: &'a [EntryResult]) -> Vec<EndingEvent<'a>> {
    let recorded = |(job, answer): (&&'a Job, &'a EntryResult)| match (job, answer) {
        (Job::Event(submission), Ok(AppendOutcome::Recorded(event))) if !event.replayed => {
            let direction = event.body.direction();
            // A neutral event may end one too: a guardian whose link is gone, an age that was corrected.
            let may_end = direction.is_restrictive() || !direction.is_permissive();
            may_end.then_some(EndingEvent {
                subject: &submission.subject,
                other: other_subject(&submission.event.body),
                event,
            })
        }
        _ => None,
    };
    jobs.iter().zip(answers).filter_map(recorded).collect()
}

/// The event that ended the permission of a use, and what a check answers since. An event ends it if it names the cell
/// and restricts it, or if the person permitted the use before the batch and no longer does.
fn ended_by<'a>(
    tenant: &Tenant,
    one: &UseRow,
    endings: &[&'a AppendedEvent],
    (before, after): (Option<&Arc<SubjectState>>, Option<&Arc<SubjectState>>),
) -> Option<(&'a AppendedEvent, Reason)> {
    let last = endings.last()?;
    let campaign = tenant.campaigns.get(&one.campaign)?;
    let media = one.medium.as_ref().map(std::slice::from_ref);
    media.unwrap_or(&campaign.media).iter().find_map(|medium| {
        let asked = Use {
            purpose: &one.purpose,
            campaign: &one.campaign,
            medium,
            surface: &one.place.surface,
        };
        let judge = |state: Option<&Arc<SubjectState>>| {
            let state = state.map(AsRef::as_ref);
            asked.judge(tenant, &one.subject, state, Op::Publish, last.received_at)
        };
        let reason = judge(after);
        if reason.allows() {
            return None;
        }
        let scope = asked.scope(tenant);
        let named = endings
            .iter()
            .rev()
            .find(|ending| names(ending, &one.purpose, &scope));
        let ending = named.or_else(|| judge(before).allows().then_some(last))?;
        Some((*ending, reason))
    })
}

/// Whether an event restricted this cell.
fn names(ending: &AppendedEvent, purpose: &PurposeId, scope: &Scope) -> bool {
    if other_subject(&ending.body).is_some() {
        // Nobody says anything by it: it ends what was permitted, and repeats no task.
        return false;
    }
    let restricts = |i: usize| {
        if let EventBody::Decisions(Decisions(decisions)) = &ending.body {
            return decisions[i].decision.is_restrictive();
        }
        ending.body.direction().is_restrictive()
    };
    let acted = |i: usize| {
        let result = ending.results.get(i);
        result.is_some_and(|result| result.outcome == Outcome::Effective)
    };
    match ending.body.cells() {
        Cells::None => false,
        Cells::Every => ending.body.direction().is_restrictive() && acted(0),
        Cells::These(named) => named.iter().enumerate().any(|(i, cell)| {
            let is_it = cell.all_scopes || cell.scope == scope;
            cell.purpose == purpose && is_it && restricts(i) && acted(i)
        }),
    }
}

fn row_of(
    one: &UseRow,
    ending: &AppendedEvent,
    reason: Reason,
    due: CalendarDuration,
) -> TakedownRow {
    let index = ending.position.index;
    TakedownRow {
        id: TakedownId::of(&[
            TakedownCause::Person.as_str(),
            &index.to_string(),
            one.subject.as_str(),
            one.asset.as_str(),
            one.place.surface.as_str(),
            one.place.reference.as_str(),
        ]),
        asset: one.asset.clone(),
        place: one.place.clone(),
        cause: TakedownCause::Person,
        subject: Some(one.subject.clone()),
        reason: Some(reason),
        idx: index,
        opened_at: ending.received_at,
        due_at: add_calendar(ending.received_at, &due),
        done: None,
    }
}

#[cfg(test)]
mod tests;
