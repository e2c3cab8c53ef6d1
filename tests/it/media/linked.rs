//! A person with several subjects: an asset may name a device or a child's own subject, and the account decides (rule E22).

use samtycke_tests::world::Answer;
use samtycke_tests::{Engine, Tenancy, World, audit, both};
use serde_json::{Value, json};

use super::{
    asset, blocked, check, controller, day, done, give, publish, put, takedowns, withdraw,
};
use crate::raw::Raw;
use crate::support::happened;

async fn link(world: &World, t: &Tenancy, account: &str, device: &str) -> Answer {
    let linked = happened(world, t, account, "subject.linked", json!({"from": device})).await;
    linked.expect(201)
}

/// A consent by somebody who has seen everything.
async fn gives(world: &World, t: &Tenancy, subject: &str) {
    let path = format!("/v1/subjects/{subject}/decisions");
    let known = world.get(&path, &t.keys.service).await.expect(200);
    give(
        world,
        t,
        subject,
        known.json["seq"].as_u64().expect("a number"),
    )
    .await;
}

/// A picture on the start page of this person alone, in a campaign of 100 days.
async fn portrait(world: &World, t: &Tenancy, subject: &str) {
    let body = asset(&[subject.to_owned()], &[("web", "start-page")]);
    put(world, t, &code(subject), &body).await.expect(200);
}

/// An asset's code for a person's portrait.
fn code(subject: &str) -> String {
    subject.to_lowercase()
}

/// The people of the open tasks, each with the reason.
fn tasks(open: &[Value]) -> Vec<(&str, &str)> {
    open.iter()
        .map(|task| {
            let subject = task["subject"].as_str().expect("a person");
            (subject, task["reason"].as_str().expect("a reason"))
        })
        .collect()
}

/// An account and a device, linked; the account has consented, and the picture names the device.
async fn person(world: &World, t: &Tenancy) -> (String, String) {
    publish(world, t, &day(world, 100)).await;
    let (account, device) = (world.subject(), world.subject());
    link(world, t, &account, &device).await;
    gives(world, t, &account).await;
    portrait(world, t, &device).await;
    assert_eq!(check(world, t, &code(&device), "web").await["allow"], true);
    assert_eq!(takedowns(world, t, "open").await, Vec::<Value>::new());
    (account, device)
}

both! {
    /// Protects the device that a picture names: its account has not consented, so the link ends what the device said.
    async fn a_link_clears_what_the_account_does_not_permit(world: World) {
        let t = controller(&world).await;
        publish(&world, &t, &day(&world, 100)).await;
        let (account, device) = (world.subject(), world.subject());
        give(&world, &t, &device, 0).await;
        portrait(&world, &t, &device).await;
        assert_eq!(check(&world, &t, &code(&device), "web").await["allow"], true);
        let linked = link(&world, &t, &account, &device).await;
        let verdict = check(&world, &t, &code(&device), "web").await;
        assert_eq!(blocked(&verdict), [(device.as_str(), "CONSENT_MISSING")]);
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(tasks(&open), [(device.as_str(), "CONSENT_MISSING")]);
        assert_eq!((&open[0]["cause"], &open[0]["index"]), (&json!("person"), &linked.json["index"]));
        gives(&world, &t, &account).await;
        assert_eq!(check(&world, &t, &code(&device), "web").await["allow"], true);
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects the account that a picture names: a refusal on the device survives the link, and the picture is cleared.
    async fn a_link_clears_what_the_device_has_refused(world: World) {
        let t = controller(&world).await;
        publish(&world, &t, &day(&world, 100)).await;
        let (account, device) = (world.subject(), world.subject());
        gives(&world, &t, &account).await;
        gives(&world, &t, &device).await;
        withdraw(&world, &t, &device, "web").await;
        portrait(&world, &t, &account).await;
        assert_eq!(takedowns(&world, &t, "open").await.len(), 0);
        link(&world, &t, &account, &device).await;
        assert_eq!(tasks(&takedowns(&world, &t, "open").await), [(account.as_str(), "CONSENT_WITHDRAWN")]);
        assert_eq!(check(&world, &t, &code(&account), "web").await["allow"], false);
    }

    async fn a_link_of_two_who_permit_clears_nothing(world: World) {
        let t = controller(&world).await;
        publish(&world, &t, &day(&world, 100)).await;
        let (account, device) = (world.subject(), world.subject());
        for subject in [&account, &device] {
            gives(&world, &t, subject).await;
            portrait(&world, &t, subject).await;
        }
        link(&world, &t, &account, &device).await;
        for subject in [&account, &device] {
            assert_eq!(check(&world, &t, &code(subject), "web").await["allow"], true);
        }
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
    }

    async fn a_withdrawal_by_the_account_clears_pictures_of_the_device(world: World) {
        let t = controller(&world).await;
        let (account, device) = person(&world, &t).await;
        let said = withdraw(&world, &t, &account, "web").await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(tasks(&open), [(device.as_str(), "CONSENT_WITHDRAWN")]);
        assert_eq!(open[0]["index"], said.json["index"]);
        let verdict = check(&world, &t, &code(&device), "web").await;
        assert_eq!(blocked(&verdict), [(device.as_str(), "CONSENT_WITHDRAWN")]);
    }

    async fn a_withdrawal_on_the_device_clears_pictures_of_the_account(world: World) {
        let t = controller(&world).await;
        let (account, device) = person(&world, &t).await;
        portrait(&world, &t, &account).await;
        withdraw(&world, &t, &device, "web").await;
        let open = takedowns(&world, &t, "open").await;
        let mut found = tasks(&open);
        found.sort_unstable();
        let mut expected = [(account.as_str(), "CONSENT_WITHDRAWN"), (device.as_str(), "CONSENT_WITHDRAWN")];
        expected.sort_unstable();
        assert_eq!(found, expected);
    }

    /// Protects a person with three subjects: a withdrawal by the last survivor finds the first.
    async fn a_withdrawal_finds_a_device_of_a_device(world: World) {
        let t = controller(&world).await;
        let (account, device) = person(&world, &t).await;
        let last = world.subject();
        gives(&world, &t, &last).await;
        link(&world, &t, &last, &account).await;
        assert_eq!(check(&world, &t, &code(&device), "web").await["allow"], true);
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
        withdraw(&world, &t, &last, "web").await;
        assert_eq!(tasks(&takedowns(&world, &t, "open").await), [(device.as_str(), "CONSENT_WITHDRAWN")]);
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects both after an unmerge: each answers for itself again, and who does not permit is a task.
    async fn an_unmerge_judges_both_again(world: World) {
        let t = controller(&world).await;
        let (account, device) = person(&world, &t).await;
        portrait(&world, &t, &account).await;
        let data = json!({"from": device, "cause": "mistake"});
        happened(&world, &t, &account, "subject.unmerged", data).await.expect(201);
        assert_eq!(tasks(&takedowns(&world, &t, "open").await), [(device.as_str(), "CONSENT_MISSING")]);
        assert_eq!(check(&world, &t, &code(&account), "web").await["allow"], true);
        assert_eq!(check(&world, &t, &code(&device), "web").await["allow"], false);
        withdraw(&world, &t, &account, "web").await;
        let open = takedowns(&world, &t, "open").await;
        assert_eq!(open.len(), 2, "the account's withdrawal is about its own picture only");
        audit::audit(&world.server.app, &t.log).await;
    }

    /// Protects a task that is done: a link says nothing about a picture that was denied before it.
    async fn a_link_opens_no_second_task(world: World) {
        let t = controller(&world).await;
        publish(&world, &t, &day(&world, 100)).await;
        let (account, device) = (world.subject(), world.subject());
        gives(&world, &t, &device).await;
        portrait(&world, &t, &device).await;
        withdraw(&world, &t, &device, "web").await;
        let task = takedowns(&world, &t, "open").await.remove(0);
        done(&world, &t, &task).await;
        link(&world, &t, &account, &device).await;
        assert_eq!(takedowns(&world, &t, "open").await, Vec::<Value>::new());
    }

    /// Protects links from before the table of merges: the migration fills it from the states.
    async fn the_migration_knows_the_links_of_before(world: World) {
        let t = controller(&world).await;
        let (_, device) = person(&world, &t).await;
        let mut raw = Raw::open(&world).await;
        let text = match world.engine {
            Engine::Sqlite => include_str!("../../../migrations/sqlite/0007_people_in_pictures.sql"),
            Engine::Postgres => include_str!("../../../migrations/postgres/0007_people_in_pictures.sql"),
        };
        let fills = text.split(";\n").find(|s| s.contains("insert into merged_subject")).expect("a statement");
        raw.execute("delete from merged_subject").await.expect("deleted");
        raw.execute(fills).await.expect("filled");
        assert_eq!(raw.texts("select subject from merged_subject").await, [device]);
        audit::audit(&world.server.app, &t.log).await;
    }
}
