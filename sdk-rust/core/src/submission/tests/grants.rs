//! Who may grant, what must come with a grant, and what never stops a refusal: rules E2, E7, E8, E10, E14, E20 and E24.

use std::collections::BTreeMap;

use super::*;
use crate::{
    campaign::Campaign,
    decision::Signals,
    event::Verification,
    id::{Language, NoticeHash, ScopeValue, SiteId, TenantId},
    notice::{Layout, ManifestPurpose, Variant},
    notice_standing::NoticeStanding,
    purpose::AgeRule,
};
use DecisionKind::{Given, ObjectionRetracted, Refused, Renewed, Withdrawn};

/// A tenant whose one notice asks about [`P`] and "t.own", the second in a statement of its own, and tells of "t.told".
struct Tenant {
    world: World,
    manifest: Manifest,
    dnt_counts: bool,
}

impl PurposeLookup for Tenant {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.world.purpose(id)
    }

    fn notice_standing(&self, id: &PurposeId, notice: &NoticeHash, at: i64) -> NoticeStanding {
        self.world.notice_standing(id, notice, at)
    }

    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.world.campaign(id)
    }

    fn had_scope_type(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        self.manifest.names_under(purpose, scope)
    }
}

impl TenantView for Tenant {
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest> {
        (*notice == v(1)).then_some(&self.manifest)
    }

    fn dnt_counts(&self) -> bool {
        self.dnt_counts
    }

    fn has_asked(&self, _: &PurposeId) -> bool {
        false
    }
}

fn tenant(change: impl FnOnce(&mut World)) -> Tenant {
    let mut world = World::of([
        purpose(P, CheckMode::Consent),
        purpose("t.own", CheckMode::Consent),
        purpose("t.told", CheckMode::Objection),
    ]);
    change(&mut world);
    let asked = |id: &str| ManifestPurpose {
        id: pid(id),
        check_mode: CheckMode::Consent,
        scope_type: world.purposes[&pid(id)].scope_type,
        vendors: Vec::new(),
    };
    let texts = BTreeMap::from([("sv".to_owned(), BTreeMap::from([(Variant::Adult, v(9))]))]);
    Tenant {
        manifest: Manifest {
            v: 1,
            tenant: TenantId::parse("t").unwrap(),
            site: SiteId::parse("example.se").unwrap(),
            purposes: vec![asked(P), asked("t.own")],
            told: vec![pid("t.told")],
            layout: Layout {
                buttons: Vec::new(),
                own_statement: vec![pid("t.own")],
            },
            texts,
        },
        world,
        dnt_counts: false,
    }
}

fn request(decisions: Vec<Decision>) -> ConsentRequest {
    ConsentRequest {
        based_on: Some(0),
        ..ConsentRequest::new(
            event_id(1),
            subject(1),
            v(1),
            Language::parse("sv").unwrap(),
            Method::Button,
            decisions,
        )
    }
}

fn by(role: Role, reference: Option<&str>) -> Actor {
    Actor {
        role,
        reference: reference.map(str::to_owned),
        verification: None,
    }
}

fn submit(tenant: &Tenant, request: &ConsentRequest) -> Result<Event, ProblemKind> {
    consent(tenant, Sender::Server, request).map_err(|problem| problem.kind)
}

/// As the log admits it for a subject of whom nothing is known.
fn admitted(tenant: &Tenant, state: &SubjectState, event: Event) -> Result<(), Problem> {
    let received_at = T0;
    admit(
        tenant,
        state,
        &Event {
            received_at,
            ..event
        },
    )
}

const ROLES: [Role; 6] = [
    Role::Subject,
    Role::Guardian,
    Role::Staff,
    Role::Controller,
    Role::Authority,
    Role::System,
];

#[test]
fn every_role_but_the_person_needs_more_to_permit() {
    let tenant = tenant(|_| {});
    for role in ROLES {
        for (id, kind) in [(P, Given), (P, Renewed), ("t.told", ObjectionRetracted)] {
            let mut said = request(vec![decision(id, kind)]);
            said.actor = Some(by(role, Some("key-1")));
            let expected = if role == Role::Subject {
                Ok(())
            } else {
                Err(ProblemKind::ActorCannotWiden)
            };
            let submitted = submit(&tenant, &said).map(|_| ());
            assert_eq!(submitted, expected, "{role:?} {kind:?}");
        }
    }
}

#[test]
fn staff_grant_with_method_and_evidence() {
    let tenant = tenant(|_| {});
    let mut said = request(vec![decision(P, Given)]);
    said.actor = Some(by(Role::Staff, Some("key-1")));
    said.method = Method::Signature;
    let refused = Err(ProblemKind::ActorCannotWiden);
    assert_eq!(submit(&tenant, &said).map(|_| ()), refused);
    said.evidence = Some("ab".repeat(32));
    let event = submit(&tenant, &said).unwrap();
    assert_eq!(event.assurance, Assurance::Server);
    said.actor.as_mut().unwrap().verification = Some(Verification::Eid);
    assert_eq!(submit(&tenant, &said).unwrap().assurance, Assurance::Signed);
    said.method = Method::Button;
    assert_eq!(submit(&tenant, &said).map(|_| ()), refused);
    said.method = Method::Form;
    said.decisions = vec![decision("t.told", ObjectionRetracted)];
    assert_eq!(submit(&tenant, &said).map(|_| ()), refused);
}

#[test]
fn a_guardian_who_is_not_linked_is_answered_as_for_nobody() {
    let tenant = tenant(|world| world.main().age_rule = AgeRule::Iss);
    let mut said = request(vec![decision(P, Given)]);
    said.actor = Some(by_guardian(11));
    let event = submit(&tenant, &said).unwrap();
    let nobody = admitted(&tenant, &SubjectState::default(), event.clone()).unwrap_err();
    assert_eq!(nobody.kind, ProblemKind::ActorCannotWiden);
    let child = Stream::of([aged(crate::age::AgeBand::From7To12), linked(12)]);
    let state = child.state(&tenant.world);
    assert_eq!(
        admitted(&tenant, &state, event.clone()),
        Err(nobody.clone())
    );
    let entitled = child.then(linked(11)).state(&tenant.world);
    assert_eq!(admitted(&tenant, &entitled, event), Ok(()));
}

#[test]
fn guardians_are_unheard_about_a_preventive_service() {
    let tenant = tenant(|world| world.main().age_rule = AgeRule::IssPreventive);
    let mut said = request(vec![decision(P, Given)]);
    said.actor = Some(by_guardian(11));
    let problem = consent(&tenant, Sender::Server, &said).unwrap_err();
    assert_eq!(problem, super::super::grants::cannot_widen());
    let mut no = WithdrawalRequest::new(event_id(2), subject(1), vec![decision(P, Withdrawn)]);
    no.actor = Some(by_guardian(11));
    let event = withdrawal(&tenant, Sender::Server, &no).unwrap();
    assert!(is_unheard(&tenant, &event));
    let state = Stream::of([aged(crate::age::AgeBand::From7To12), linked(11)])
        .then(says(Given))
        .state(&tenant.world);
    for mut state in [state, SubjectState::default()] {
        let results = state.apply(&event, &tenant).results();
        assert_eq!(results, unheard_results(&event));
    }
    no.decisions.push(decision("t.own", Withdrawn));
    let mixed = withdrawal(&tenant, Sender::Server, &no).unwrap_err();
    assert_eq!(
        violation(&mixed),
        (ProblemKind::FieldInvalid, "/decisions/0/purpose")
    );
    no.actor = None;
    let own = withdrawal(&tenant, Sender::Server, &no).unwrap();
    assert!(!is_unheard(&tenant, &own));
}

#[test]
fn a_signal_is_acknowledged_only_where_it_is() {
    let tenant = tenant(|_| {});
    let mut said = request(vec![Decision {
        gpc_acknowledged: true,
        ..decision(P, Given)
    }]);
    let refused = Err(ProblemKind::GpcNotSignalled);
    assert_eq!(submit(&tenant, &said).map(|_| ()), refused);
    said.signals = Some(Signals::default());
    assert_eq!(submit(&tenant, &said).map(|_| ()), refused);
    said.signals = Some(Signals {
        gpc: true,
        ..Signals::default()
    });
    assert!(submit(&tenant, &said).is_ok());
}

#[test]
fn an_explicit_grant_stands_alone() {
    let tenant = tenant(|_| {});
    let explicit = |id| Decision {
        explicit: true,
        ..decision(id, Given)
    };
    let refused = Err(ProblemKind::ExplicitNotAlone);
    let mixed = request(vec![explicit("t.own"), decision(P, Given)]);
    assert_eq!(submit(&tenant, &mixed).map(|_| ()), refused);
    let elsewhere = request(vec![explicit(P)]);
    assert_eq!(submit(&tenant, &elsewhere).map(|_| ()), refused);
    let mut alone = request(vec![explicit("t.own")]);
    assert!(submit(&tenant, &alone).is_ok());
    alone.method = Method::ToggleSave;
    assert_eq!(submit(&tenant, &alone).map(|_| ()), refused);
}

#[test]
fn a_grant_on_paper_needs_evidence() {
    let tenant = tenant(|_| {});
    let mut said = request(vec![decision(P, Given)]);
    said.surface = Some(value("paper"));
    let problem = consent(&tenant, Sender::Server, &said).unwrap_err();
    assert_eq!(
        violation(&problem),
        (ProblemKind::FieldInvalid, "/evidence")
    );
    said.decisions = vec![decision(P, Refused)];
    assert!(submit(&tenant, &said).is_ok(), "a refusal needs nothing");
}

#[test]
fn a_grant_from_the_future_is_not_taken() {
    let tenant = tenant(|_| {});
    let state = SubjectState::default();
    let at = |kind, ahead| Event {
        occurred_at: Some(T0 + ahead),
        ..submit(&tenant, &request(vec![decision(P, kind)])).unwrap()
    };
    assert_eq!(admitted(&tenant, &state, at(Given, DAY)), Ok(()));
    let problem = admitted(&tenant, &state, at(Given, DAY + 1)).unwrap_err();
    assert_eq!(
        violation(&problem),
        (ProblemKind::FieldInvalid, "/occurred_at")
    );
    assert_eq!(admitted(&tenant, &state, at(Refused, 9 * DAY)), Ok(()));
    let by_page = Event {
        assurance: Assurance::Browser,
        ..at(Given, 9 * DAY)
    };
    assert_eq!(admitted(&tenant, &state, by_page), Ok(()));
}

#[test]
fn a_grant_needs_a_live_campaign() {
    let in_campaign = |campaign: &str, medium: &str| {
        let scope = Scope::Campaign {
            campaign: value(campaign),
            medium: value(medium),
            surface: value("web"),
        };
        says_of(Given, scope)
    };
    let tenant = tenant(|world| {
        world.main().scope_type = ScopeType::Campaign;
        let campaigns = [("autumn", T0 + DAY), ("spring", T0)];
        world.campaigns = campaigns
            .map(|(id, end)| (value(id), campaign_until(end)))
            .into();
    });
    let state = SubjectState::default();
    let taken = |body| {
        let grant = Event {
            based_on: 0,
            ..event(1, body)
        };
        admitted(&tenant, &state, grant).map_err(|problem| problem.kind)
    };
    assert_eq!(taken(in_campaign("autumn", "photo")), Ok(()));
    for body in [
        in_campaign("winter", "photo"),
        in_campaign("spring", "photo"),
        in_campaign("autumn", "hologram"),
    ] {
        assert_eq!(taken(body), Err(ProblemKind::CampaignUnknown));
    }
}

#[test]
fn a_refusal_may_name_every_scope_or_none() {
    let tenant = tenant(|world| world.main().scope_type = ScopeType::Recipient);
    let refuse = |decision: Decision| {
        let request = WithdrawalRequest::new(event_id(1), subject(1), vec![decision]);
        withdrawal(&tenant, Sender::Person, &request).map_err(|problem| problem.kind)
    };
    let every = |event: Event| match event.body {
        EventBody::Decisions(Decisions(all)) => all[0].all_scopes,
        _ => false,
    };
    let all_scopes = Decision {
        all_scopes: true,
        ..decision(P, Withdrawn)
    };
    assert!(every(refuse(all_scopes.clone()).unwrap()));
    assert!(every(refuse(decision(P, Withdrawn)).unwrap()));
    let with_scope = Decision {
        scope: recipient("a"),
        ..all_scopes
    };
    assert_eq!(
        refuse(with_scope).map(|_| ()),
        Err(ProblemKind::FieldInvalid)
    );
    let granted = request(vec![Decision {
        all_scopes: true,
        ..decision(P, Given)
    }]);
    assert_eq!(
        submit(&tenant, &granted).map(|_| ()),
        Err(ProblemKind::FieldInvalid)
    );
}

#[test]
fn a_refusal_may_name_a_scope_the_purpose_had_once() {
    let world = World::of([purpose(P, CheckMode::Consent)]);
    let no = || event(2, says_of(Withdrawn, recipient("a")));
    let never = admit(&world, &SubjectState::default(), &no()).unwrap_err();
    assert_eq!(never.kind, ProblemKind::ScopeMismatch);
    let mut before = world.clone();
    before.main().scope_type = ScopeType::Recipient;
    let state = Stream::of([says_of(Given, recipient("a"))]).state(&before);
    assert_eq!(admit(&world, &state, &no()), Ok(()));
}

/// E24: what a page asked or told, a page that was kept may still refuse.
#[test]
fn a_refusal_may_name_a_scope_that_a_notice_asked_under() {
    let no = |id: &str, scope| Event {
        body: EventBody::from(Decisions(vec![Decision {
            scope,
            ..decision(id, Withdrawn)
        }])),
        ..event(1, says(Withdrawn))
    };
    let mut asked = tenant(|world| world.main().scope_type = ScopeType::Recipient);
    asked.world.main().scope_type = ScopeType::None;
    let taken = |id, scope| admitted(&asked, &SubjectState::default(), no(id, scope));
    assert_eq!(taken(P, recipient("a")), Ok(()));
    assert_eq!(taken("t.told", recipient("a")), Ok(()));
    let never = taken("t.own", recipient("a")).unwrap_err();
    assert_eq!(never.kind, ProblemKind::ScopeMismatch);
}

#[test]
fn dnt_is_acknowledged_where_the_tenant_counts_it() {
    let mut said = request(vec![Decision {
        gpc_acknowledged: true,
        ..decision(P, Given)
    }]);
    said.signals = Some(Signals {
        dnt: true,
        ..Signals::default()
    });
    let mut tenant = tenant(|_| {});
    assert_eq!(
        submit(&tenant, &said).map(|_| ()),
        Err(ProblemKind::GpcNotSignalled)
    );
    tenant.dnt_counts = true;
    assert_eq!(submit(&tenant, &said).map(|_| ()), Ok(()));
}

#[test]
fn a_guardians_signature_needs_its_evidence() {
    let mut said = request(vec![decision(P, Given)]);
    said.actor = Some(by(Role::Guardian, Some(&subject(11).to_string())));
    said.method = Method::Signature;
    let tenant = tenant(|_| {});
    assert_eq!(
        submit(&tenant, &said).map(|_| ()),
        Err(ProblemKind::FieldInvalid)
    );
    said.evidence = Some("0".repeat(64));
    assert_eq!(submit(&tenant, &said).map(|_| ()), Ok(()));
}

/// E10: only an advertising campaign asks consent for what rests on another basis.
#[test]
fn a_grant_under_another_basis_needs_advertising() {
    let campaign = |advertising| Campaign {
        advertising,
        ..crate::testing::campaign_until(T0 + DAY)
    };
    let tenant = tenant(|world| {
        world.main().check_mode = CheckMode::Objection;
        world.main().scope_type = ScopeType::Campaign;
        world.campaigns.insert(value("advert"), campaign(true));
        world.campaigns.insert(value("report"), campaign(false));
    });
    let given = |name: &str| {
        let scope = Scope::Campaign {
            campaign: value(name),
            medium: value("photo"),
            surface: value("web"),
        };
        submit(
            &tenant,
            &request(vec![Decision {
                scope,
                ..decision(P, Given)
            }]),
        )
        .map(|_| ())
    };
    assert_eq!(given("advert"), Ok(()));
    assert_eq!(given("report"), Err(ProblemKind::PurposeNotAsked));
}
