//! The main job, end to end.

use samtycke_tests::both;
use serde_json::json;

both! {
    /// Protects the main job: a consent is recorded, the check allows, a withdrawal denies, and the proof verifies
    /// offline.
    async fn record_check_withdraw_prove(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let purpose = "loomer.cookies-analys";
        let before = world.check(&t, &subject, purpose).await.expect(200);
        assert_eq!((before.json["allow"].as_bool(), before.json["may_ask"].as_bool()), (Some(false), Some(true)));

        let given = world.record(&t, &subject, 0, &[(purpose, "given")]).await.expect(201);
        assert_eq!(given.json["decisions"][0]["outcome"], "effective", "{}", given.text);
        let body = json!({"subject": subject, "purpose": purpose, "at_least": given.json["position"]});
        let after = world.post("/v1/check", &t.keys.service, &body).await.expect(200);
        assert_eq!(after.json["allow"], true, "{}", after.text);

        let event = given.json["event_id"].as_str().expect("an id");
        let bundle = world.get(&format!("/v1/events/{event}/proof"), &t.keys.auditor).await.expect(200);
        let policy = samtycke_core::bundle::policy::Policy::parse(&format!("log {}\nquorum none\n", t.vkey)).expect("a policy");
        let report = samtycke_core::bundle::verify::verify(bundle.text.as_bytes(), &policy, None);
        assert_eq!(report.outcome.exit_code(), 0, "{report}");

        world.withdraw(&t, &subject, &[purpose]).await.expect(201);
        let end = world.check(&t, &subject, purpose).await.expect(200);
        assert_eq!(end.json["reason"], "CONSENT_WITHDRAWN", "{}", end.text);
    }
}
