//! The Rust client against a server: what happens without a decision, links, and pictures.

use samtycke::core::age::AgeBand;
use samtycke::core::campaign::{LastDay, campaign_scope};
use samtycke::decision::{Decision, DecisionKind, Method, Outcome};
use samtycke::event::CivilDay;
use samtycke::fake::example::{Improvement, Newsletter, Orders};
use samtycke::id::{PurposeId, ScopeValue, SiteId, SubjectId};
use samtycke::op::Process;
use samtycke::reason::Reason;
use samtycke::record::Verification;
use samtycke::scope::Scope;
use samtycke::wire::{
    AssetCheckRequest, AssetRequest, CampaignRequest, ConsentRequest, LinkRequest, Place,
    WithdrawalRequest,
};
use samtycke::{Client, Error};
use samtycke_server::clock::Clock as _;
use samtycke_tests::conformance::register;
use samtycke_tests::{World, both};

const PHOTOS: &str = "example.photos";
const DAY_MS: i64 = 86_400_000;

fn client(world: &World, key: &str) -> Client {
    let builder = Client::builder(&world.server.base_url, key).language("sv");
    builder.build().expect("a client")
}

fn person(world: &World) -> SubjectId {
    world.subject().parse().expect("a subject")
}

fn code(code: &str) -> ScopeValue {
    code.parse().expect("a code")
}

fn photos() -> PurposeId {
    PHOTOS.parse().expect("a purpose")
}

both! {
    /// Protects what a back end records daily: each short form is taken as it is sent.
    async fn one_call_records_what_happened(world: World) {
        let t = world.tenancy("example", &register()).await;
        let service = client(&world, &t.keys.service);
        let (kim, phone, parent) = (person(&world), person(&world), person(&world));
        let site: SiteId = t.site.parse().expect("a site");
        let told = service.told::<(Improvement, Orders)>(&kim, &site).await.expect("told");
        assert_eq!((told.outcome, told.cells.len()), (Outcome::Effective, 2));
        assert!(service.require::<Improvement, Process>(&kim).await.is_ok());
        let started = service.contract_started::<Orders>(&kim, code("c-1")).await.expect("started");
        assert!(started.leaf_hash.is_some());
        let last = CivilDay::of(world.clock.now() - 3 * DAY_MS);
        let ended = service.contract_ended(&kim, code("c-1"), last).await.expect("ended");
        assert!(ended.receipt.is_some());
        service.age_band(&kim, AgeBand::Thirteen, Verification::Eid).await.expect("an age");
        service.guardian_linked(&kim, &parent, Verification::Eid).holders(2).await.expect("a guardian");
        service.given::<Newsletter>(&kim, &site).await.expect("given");
        service.linked(&kim, &phone).await.expect("linked");
        assert!(service.require::<Newsletter, Process>(&phone).await.is_ok());
        let seq = service.decisions(&phone).await.expect("decisions").seq;
        assert_eq!(seq, 7);
    }

    /// Protects a person who is asked on their own phone: a link can be made, and taken back.
    async fn a_link_is_made_and_taken_back(world: World) {
        let t = world.tenancy("example", &register()).await;
        let service = client(&world, &t.keys.service);
        let site: SiteId = t.site.parse().expect("a site");
        let notice = service.notice(&site).await.expect("a notice");
        let link = service.create_link(&LinkRequest {
            subject: person(&world),
            notice: notice.hash,
            purposes: vec!["example.newsletter".parse().expect("a purpose")],
            scope: Scope::None,
            variant: None,
            expires_at: None,
        }).await.expect("a link");
        assert!(link.url.contains("/l/") && link.svg.contains("<svg"));
        let path = link.url.find("/l/").expect("a path");
        let address = format!("{}{}", world.server.base_url, &link.url[path..]);
        let page = async || reqwest::get(&address).await.expect("a page").status().as_u16();
        assert_eq!(page().await, 200);
        service.revoke_link(&link.link).await.expect("taken back");
        assert_eq!(page().await, 404);
        let error = service.revoke_link("l_unknown").await.expect_err("no such link");
        assert!(matches!(error, Error::Problem(_)), "{error:?}");
    }

    /// Protects a person whose objection waits (GDPR Art. 12(3)): the officer's program reads it page by page.
    async fn objections_are_read_page_by_page(world: World) {
        let t = world.tenancy("example", &register()).await;
        let service = client(&world, &t.keys.service);
        let officer = client(&world, &t.keys.dpo);
        let kim = person(&world);
        let purpose: PurposeId = "example.improvement".parse().expect("a purpose");
        let objected = Decision::about(purpose.clone(), DecisionKind::Objected);
        let event_id = samtycke::clock::event_id().expect("chance");
        service.withdraw(&WithdrawalRequest::new(event_id, kim.clone(), vec![objected])).await.expect("recorded");
        let page = officer.objections(None).await.expect("a page");
        assert_eq!((page.objections.len(), &page.next), (1, &None));
        assert_eq!((&page.objections[0].subject, &page.objections[0].purpose), (&kim, &purpose));
        let first = world.get("/v1/objections?limit=1", &t.keys.dpo).await.expect(200);
        let after = first.json["next"].as_str().expect("a full page has one");
        assert_eq!(officer.objections(Some(after)).await.expect("a page").objections, []);
        let wrong = officer.objections(Some("&limit=x")).await.expect_err("no page");
        assert!(matches!(wrong, Error::Problem(_)), "{wrong:?}");
    }

    /// Protects the people in a picture, through the client: a withdrawal of every scope opens a task for each place.
    async fn a_picture_is_cleared_after_a_withdrawal(world: World) {
        let t = world.tenancy("example", &register()).await;
        let service = client(&world, &t.keys.service);
        let publisher = client(&world, &t.keys.publisher);
        let campaign = CampaignRequest {
            ends_on: LastDay::of_instant(world.clock.now() + 30 * DAY_MS),
            media: vec![code("photo")],
            surfaces: vec![code("print"), code("web")],
            advertising: false,
        };
        let live = publisher.put_campaign(&code("spring"), &campaign).await.expect("published");
        assert_eq!((live.version, live.ended), (1, false));
        let kim = person(&world);
        let site: SiteId = t.site.parse().expect("a site");
        let said = |surface: &str| Decision {
            scope: campaign_scope(&code("spring"), &code("photo"), &code(surface)),
            ..Decision::about(photos(), DecisionKind::Given)
        };
        let said = ConsentRequest {
            based_on: Some(0),
            ..ConsentRequest::new(
                samtycke::clock::event_id().expect("chance"),
                kim.clone(),
                service.notice(&site).await.expect("a notice").hash,
                "sv".parse().expect("a language"),
                Method::Button,
                vec![said("web"), said("print")],
            )
        };
        service.record(&said).await.expect("recorded");
        let place = |surface: &str, reference: &str| Place { surface: code(surface), reference: code(reference) };
        let asset = AssetRequest {
            sha256: "9".repeat(64),
            subjects: vec![kim.clone()],
            campaign: code("spring"),
            purpose: photos(),
            medium: Some(code("photo")),
            places: vec![place("web", "start-page"), place("print", "brochure")],
        };
        assert_eq!(service.put_asset(&code("spring-014"), &asset).await.expect("an asset").places.len(), 2);
        let web = AssetCheckRequest::publishing(code("spring-014"), code("photo"), code("web"));
        assert!(service.check_asset(&web).await.expect("a verdict").allow);
        assert_eq!(service.takedowns().await.expect("tasks").takedowns, []);

        let all = Decision { all_scopes: true, ..Decision::about(photos(), DecisionKind::Withdrawn) };
        let event_id = samtycke::clock::event_id().expect("chance");
        service.withdraw(&WithdrawalRequest::new(event_id, kim.clone(), vec![all])).await.expect("withdrawn");
        let verdict = service.check_asset(&web).await.expect("a verdict");
        assert!(!verdict.allow);
        assert_eq!((&verdict.blocked_by[0].subject, verdict.blocked_by[0].reason), (&kim, Reason::ConsentWithdrawn));
        let open = service.takedowns().await.expect("tasks").takedowns;
        assert_eq!(open.len(), 2);
        for task in &open {
            service.finish_takedown(&task.takedown, "a".repeat(64)).await.expect("done");
        }
        assert_eq!(service.takedowns().await.expect("tasks").takedowns, []);
    }
}
