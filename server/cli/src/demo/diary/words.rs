//! The diary's texts, in both languages side by side.

use samtycke_server::home::Lang;

/// A text in Swedish and English.
pub(super) type Text = (&'static str, &'static str);

pub(super) const INVENTED: Text = (
    "Personen är påhittad. Händelserna, loggen och svaren är riktiga.",
    "The person is invented. The events, the log and the verdicts are real.",
);
pub(super) const AT: Text = ("hos", "at");
pub(super) const BACK: Text = ("Till översikten", "To the overview");
pub(super) const DAY: Text = ("Dagen", "The day");
pub(super) const LEAF: Text = ("post i loggen:", "leaf of the log:");
pub(super) const NOW: Text = ("Just nu", "Now");
pub(super) const NOW_TEXT: Text = (
    "Vad servern svarar om samma ändamål när sidan hämtas.",
    "What the server answers about the same purposes when you load the page.",
);
pub(super) const OTHERS: Text = ("Följ någon annan", "Follow another person");
pub(super) const BEFORE: Text = ("Före:", "Before:");
pub(super) const AFTER: Text = ("Efter:", "After:");
pub(super) const UNCHANGED: Text = ("Oförändrat:", "Unchanged:");
pub(super) const UNTIL: Text = ("Längst till", "At the latest until");
pub(super) const ALLOWED: Text = ("tillåtet", "allowed");
pub(super) const DENIED: Text = ("inte tillåtet", "not allowed");
pub(super) const NO_EFFECT: Text = ("dokumenterat, men utan verkan", "on record, without effect");
pub(super) const NOT_APPLICABLE: Text = (
    "dokumenterat, men gäller inte ändamålets rättsliga grund",
    "on record, and does not apply to the purpose's legal basis",
);
pub(super) const PENDING: Text = ("väntar på vårdnadshavaren", "waits for the guardian");

/// The text in the page's language.
pub(super) fn say(text: Text, lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => text.0,
        Lang::En => text.1,
    }
}

/// What happened, by the kind's word and the first thing that the event says.
pub(super) fn kind(kind: &str, what: &str) -> Option<Text> {
    Some(match (kind, what) {
        ("decisions", "given" | "renewed") => ("Samtycke", "Consent"),
        ("decisions", "refused") => ("Nej", "Refusal"),
        ("decisions", "withdrawn") => ("Samtycket tas tillbaka", "Withdrawal"),
        ("decisions", "objected") => ("Invändning", "Objection"),
        ("decisions", _) => ("Besked", "Decision"),
        ("notice.delivered", _) => ("Informationen lämnas", "Notice delivered"),
        ("objection.upheld", _) => ("Invändningen bifalls", "Objection upheld"),
        ("objection.rejected", _) => ("Invändningen avslås", "Objection rejected"),
        ("contract.started", _) => ("Avtalet börjar", "Contract starts"),
        ("contract.ended", _) => ("Avtalet upphör", "Contract ends"),
        ("terms.accepted", _) => ("Villkoren godtas", "Terms accepted"),
        ("age.band_set", _) => ("Åldern anges", "Age stated"),
        ("guardian.linked", _) => ("Vårdnadshavaren kopplas", "Guardian linked"),
        ("guardian.unlinked", _) => ("Vårdnadshavaren kopplas bort", "Guardian unlinked"),
        ("subject.linked", _) => ("Enheten hör till kontot", "Device linked"),
        ("subject.merged", _) => ("Blir en del av ett konto", "Becomes part of an account"),
        ("subject.restricted", _) => ("Behandlingen begränsas", "Processing restricted"),
        ("subject.unrestricted", _) => ("Begränsningen hävs", "Restriction lifted"),
        ("consent.used", _) => ("Samtycket används", "Consent used"),
        ("consent.revoked", _) => ("Bolaget släpper samtycket", "Consent revoked"),
        ("consent.invalidated", _) => ("Samtycket var ogiltigt", "Consent invalidated"),
        ("correction", _) => ("Rättelse", "Correction"),
        _ => return None,
    })
}

/// What a guardian said.
pub(super) fn guardian(what: &str) -> Option<Text> {
    Some(match what {
        "given" | "renewed" => ("Vårdnadshavaren godkänner", "The guardian authorises it"),
        "refused" => ("Vårdnadshavaren säger nej", "The guardian declines"),
        "withdrawn" => ("Vårdnadshavaren tar tillbaka", "The guardian withdraws"),
        _ => return None,
    })
}

/// What a statement says about its purpose.
pub(super) fn what(what: &str) -> Option<Text> {
    Some(match what {
        "given" => ("Ja till", "Consents to"),
        "renewed" => ("Förnyat ja till", "Renews the consent to"),
        "refused" => ("Nej till", "Refuses"),
        "withdrawn" => ("Tar tillbaka", "Withdraws from"),
        "objected" => ("Invänder mot", "Objects to"),
        "objection_retracted" => ("Tar tillbaka invändningen mot", "Retracts the objection to"),
        "notice_delivered" => ("Får veta om", "Is told of"),
        "contract_started" => ("Avtalet bär", "The contract carries"),
        "upheld" | "rejected" => ("Gäller", "About"),
        "used" => ("En gång:", "Once:"),
        "revoked" => ("Gäller inte längre:", "No longer relied on:"),
        "invalidated" => ("Gällde aldrig:", "Never held:"),
        _ => return None,
    })
}
