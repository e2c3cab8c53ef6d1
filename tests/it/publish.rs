//! Concurrent publications: each is compared with the version that was live right before it.

use std::sync::Arc;

use samtycke_core::notice::{Publication, PublicationKind};
use samtycke_server::admin;
use samtycke_server::register;
use samtycke_server::tenant::Tenant;
use samtycke_tests::{Tenancy, World, both};
use serde_json::json;

use crate::support::{new_notice, register as file, without};

const ANALYTICS: &str = "loomer.cookies-analys";

async fn tenant(world: &World, t: &Tenancy) -> Arc<Tenant> {
    let log = t.log.parse().expect("a log");
    let found = world.server.app.tenants.by_log(&log).await;
    found.expect("a read").expect("the tenant")
}

async fn draft(world: &World, t: &Tenancy, text: &str) -> u64 {
    let tenant = tenant(world, t).await;
    let drafted = register::draft(&world.server.app.registers, &tenant, text).await;
    drafted.expect("a draft").version
}

fn of(tenant: &Tenant, kind: PublicationKind) -> Vec<&Publication> {
    let all = tenant.publications.iter();
    all.filter(|publication| publication.kind == kind).collect()
}

/// Each names the previous one.
fn assert_chained(publications: &[&Publication]) {
    for pair in publications.windows(2) {
        assert_eq!(pair[1].previous.as_ref(), Some(&pair[0].hash));
    }
}

both! {
    /// Protects readers of the log's history, and people who must be asked again: a register that goes live in between
    /// is not skipped.
    async fn a_register_is_held_against_the_one_before_it(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let two = draft(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        // As a caller sees it that read before the second went live.
        let seen = tenant(&world, &t).await;
        register::publish(&app.registers, &seen, Some(two), None).await.expect("live");
        let back = register::publish(&app.registers, &seen, Some(1), None).await.expect("live");
        let classes: Vec<_> = back.classes.keys().map(ToString::to_string).collect();
        assert_eq!(classes, [ANALYTICS], "against the second, not against itself");

        // And concurrently, in one batch or in two.
        for _ in 0..4 {
            let seen = tenant(&world, &t).await;
            let (one, other) = tokio::join!(register::publish(&app.registers, &seen, Some(1), None), register::publish(&app.registers, &seen, Some(two), None));
            one.and(other).expect("live");
        }
        let now = tenant(&world, &t).await;
        let registers = of(&now, PublicationKind::Register);
        assert_eq!(registers.len(), 11);
        assert_chained(&registers);
        let live = now.register.as_ref().expect("one").register.hash();
        assert_eq!(live, &registers[10].hash, "the last one is live");
    }

    async fn a_notice_is_held_against_the_one_before_it(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let two = draft(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        register::publish(&app.registers, &tenant(&world, &t).await, Some(two), None).await.expect("live");
        let second = new_notice(&world, &t).await.parse().expect("a hash");
        let first = t.notice.parse().expect("a hash");
        for _ in 0..4 {
            let seen = tenant(&world, &t).await;
            let (one, other) = tokio::join!(register::publish_notice(&app.registers, &seen, &first, None, None), register::publish_notice(&app.registers, &seen, &second, None, None));
            one.and(other).expect("live");
        }
        let now = tenant(&world, &t).await;
        assert_chained(&of(&now, PublicationKind::Notice));
        register::publish_notice(&app.registers, &now, &first, None, None).await.expect("live");
        let seen = tenant(&world, &t).await;
        register::publish_notice(&app.registers, &seen, &second, None, None).await.expect("live");
        let back = register::publish_notice(&app.registers, &seen, &first, None, None).await.expect("live");
        assert!(back.classes.keys().any(|id| id.as_str() == ANALYTICS), "against the second, not against itself: {back:?}");
    }

    /// Protects four-eyes publication: a key revoked while its publication waited publishes nothing.
    async fn a_key_that_was_revoked_meanwhile_publishes_nothing(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let key = world.post("/v1/keys", &t.keys.operator, &json!({"role": "publisher"})).await.expect(201);
        let key_id = key.json["key_id"].as_str().expect("a name").to_owned();
        let seen = tenant(&world, &t).await;
        admin::revoke_key(&app.admin, &seen, &key_id, None).await.expect("revoked");
        let refused = register::publish(&app.registers, &seen, Some(1), Some(&key_id)).await.expect_err("refused");
        assert_eq!(refused.kind.reason(), "UNAUTHENTICATED");
        assert_eq!(of(&*tenant(&world, &t).await, PublicationKind::Register).len(), 1);
    }
}
