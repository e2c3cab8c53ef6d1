//! Rows before the basis: 11 to 12c.

use samtycke_tests::both;
use serde_json::json;

use crate::completions::stated;
use crate::scenarios::story::Story;
use crate::support::{go_live, new_notice, register};

const VISITS: &str = "ommej.webbplatsbesok";
const LETTER: &str = "bjorn-lunden.nyhetsbrev";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const PANEL: &str = "omilon.undersokningar-paneler-nyhetsbrev.panel";

both! {
    /// The terminal's consent, with what rows 21 to 30 say of it.
    async fn row_11_the_terminal_is_asked_whatever_the_basis(world: World) {
        let t = world.example("ommej").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.told(&subject, &[VISITS]).await;
        story.row("11", &subject, VISITS, json!({}), "deny TERMINAL_CONSENT_MISSING").await;
        story.decides(&subject, VISITS, "deferred", json!({})).await;
        story.row("11", &subject, VISITS, json!({}), "deny TERMINAL_CONSENT_DEFERRED").await;
        story.decides(&subject, VISITS, "given", json!({})).await;
        story.through(11, "20", &subject, VISITS, json!({}), "allow LEGITIMATE_INTEREST").await;
        story.days_pass(400);
        story.row("11", &subject, VISITS, json!({}), "deny TERMINAL_CONSENT_EXPIRED").await;
        story.decides(&subject, VISITS, "given", json!({})).await;
        story.decides(&subject, VISITS, "withdrawn", json!({})).await;
        story.row("11", &subject, VISITS, json!({}), "deny TERMINAL_CONSENT_WITHDRAWN").await;
        let other = world.subject();
        story.decides(&other, VISITS, "refused", json!({})).await;
        story.row("11", &other, VISITS, json!({}), "deny TERMINAL_CONSENT_REFUSED").await;
        story.end().await;
    }

    async fn row_12_a_browsers_signal_objects(world: World) {
        let (loomer, ommej) = (world.example("loomer").await, world.example("ommej").await);
        let signal = || json!({"signals": {"gpc": true}});
        let story = Story::of(&world, &loomer);
        let subject = world.subject();
        story.decides(&subject, THIRD_PARTY, "given", json!({})).await;
        story.row("12", &subject, THIRD_PARTY, signal(), "deny GPC_OPT_OUT").await;
        story.decides_with(&subject, THIRD_PARTY, "given", json!({"gpc_acknowledged": true}), signal()).await;
        story.row("32", &subject, THIRD_PARTY, signal(), "allow CONSENT_VALID").await;
        story.end().await;
        let story = Story::of(&world, &ommej);
        story.told(&subject, &["ommej.nyhetsbrev"]).await;
        story.row("12", &subject, "ommej.nyhetsbrev", signal(), "deny SIGNAL_OBJECTION").await;
        story.row("20", &subject, "ommej.nyhetsbrev", json!({}), "allow LEGITIMATE_INTEREST").await;
        story.end().await;
    }

    async fn row_12b_an_objection_to_marketing_is_heard_on_every_basis(world: World) {
        let t = world.example("bjorn-lunden").await;
        let story = Story::of(&world, &t);
        let subject = world.subject();
        story.event(&subject, "contract.started", json!({"contract": "c-1", "purposes": [LETTER]})).await;
        story.row("14", &subject, LETTER, json!({}), "allow CONTRACT").await;
        story.decides(&subject, LETTER, "objected", json!({})).await;
        story.row("12b", &subject, LETTER, json!({}), "deny OBJECTED_MARKETING").await;
        story.decides(&subject, LETTER, "objection_retracted", json!({})).await;
        story.row("14", &subject, LETTER, json!({}), "allow CONTRACT").await;
        story.end().await;
    }

    /// From consent to legitimate interest: who consented is told first, and a refusal stands (E15).
    async fn row_12c_another_basis_is_told_and_no_refusal_is_passed_over(world: World) {
        let mut t = world.example("omilon").await;
        let [consents, refuses, withdraws, wrong, revoked] = [(); 5].map(|()| world.subject());
        {
            let story = Story::of(&world, &t);
            for subject in [&consents, &withdraws, &wrong, &revoked] {
                story.decides(subject, PANEL, "given", json!({})).await;
            }
            story.decides(&refuses, PANEL, "refused", json!({})).await;
            story.decides(&withdraws, PANEL, "withdrawn", json!({})).await;
            let cause = json!({"purpose": PANEL, "cause": "wrong-text"});
            story.officer(&wrong, "consent.invalidated", cause.clone()).await;
            story.officer(&revoked, "consent.revoked", cause).await;
            story.end().await;
        }
        let text = stated(&register("omilon"), PANEL, "check_mode", "\"objection\"");
        let text = stated(&text, PANEL, "legal_basis", "[\"legitimate_interest\"]");
        go_live(&world, &t, &stated(&text, PANEL, "consent_kind", "\"none\"")).await;
        t.notice = new_notice(&world, &t).await;
        let story = Story::of(&world, &t);
        story.row("12c", &consents, PANEL, json!({}), "deny BASIS_CHANGED").await;
        story.event(&consents, "terms.accepted", json!({"terms": crate::scenarios::TEXT, "version": "1"})).await;
        for subject in [&consents, &refuses, &withdraws] {
            story.told(subject, &[PANEL]).await;
        }
        story.row("20", &consents, PANEL, json!({}), "allow LEGITIMATE_INTEREST").await;
        story.row("12c", &refuses, PANEL, json!({}), "deny CONSENT_REFUSED").await;
        story.row("12c", &withdraws, PANEL, json!({}), "deny CONSENT_WITHDRAWN").await;
        story.row("12c", &wrong, PANEL, json!({}), "deny CONSENT_INVALIDATED").await;
        story.row("12c", &revoked, PANEL, json!({}), "deny CONSENT_REVOKED").await;
        story.end().await;
    }
}
