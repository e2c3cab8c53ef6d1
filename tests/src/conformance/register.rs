//! The register of the conformance scenarios.

use samtycke_core::register::EXAMPLE;

/// A purpose that the example's register lacks: its name, what its analysis says besides, and the event that its
/// retention counts from.
type Purpose = (&'static str, &'static str, &'static str);

const WITHDRAWN: &str = "consent.withdrawn";
const ENDED: &str = "contract.ended";

const MORE: &[Purpose] = &[
    (
        "player",
        "check_mode = \"terminal_consent+objection\"\nconsent_kind = \"cookie\"\nthird_party_sharing = true",
        WITHDRAWN,
    ),
    (
        "photos",
        "check_mode = \"consent\"\nconsent_kind = \"photo_film_audio\"",
        WITHDRAWN,
    ),
    (
        "signed",
        "check_mode = \"consent\"\nconsent_kind = \"tester\"\nassurance_min = \"signed\"",
        WITHDRAWN,
    ),
    (
        "retired",
        "check_mode = \"consent\"\nconsent_kind = \"tester\"\nretired = true",
        WITHDRAWN,
    ),
    (
        "unstated",
        "check_mode = \"not_stated\"\nconsent_kind = \"none\"",
        WITHDRAWN,
    ),
    (
        "digest",
        "check_mode = \"consent\"\nconsent_kind = \"panel_newsletter\"\ndepends_on = [\"example.newsletter\"]",
        WITHDRAWN,
    ),
    (
        "agreement",
        "check_mode = \"contract\"\nconsent_kind = \"none\"",
        ENDED,
    ),
    (
        "either",
        "check_mode = \"contract_or_objection\"\nconsent_kind = \"none\"",
        ENDED,
    ),
    (
        "lawful",
        "check_mode = \"contract+legal_obligation\"\nconsent_kind = \"none\"",
        ENDED,
    ),
    (
        "offers",
        "check_mode = \"objection\"\nconsent_kind = \"none\"\ndirect_marketing = true",
        ENDED,
    ),
    (
        "club",
        "check_mode = \"consent\"\nconsent_kind = \"tester\"\nage_rule = \"maturity\"\nguardian_quorum = \"all\"",
        WITHDRAWN,
    ),
    (
        "counsel",
        "check_mode = \"consent\"\nconsent_kind = \"tester\"\nage_rule = \"iss_preventive\"",
        WITHDRAWN,
    ),
];

/// The register that is live on all backends: the example's, and a purpose of each kind that it lacks.
pub fn register() -> String {
    let mut register = EXAMPLE.replace("purposes = 8", &format!("purposes = {}", 8 + MORE.len()));
    for (i, (name, analysis, anchor)) in MORE.iter().enumerate() {
        let row = 9 + i;
        let length = if *anchor == ENDED { "P1Y" } else { "P0D" };
        let basis = if analysis.contains("contract") {
            "contract"
        } else if analysis.contains("\"objection\"") {
            "legitimate_interest"
        } else {
            "consent"
        };
        let purpose = format!(
            "\n[[purpose]]\nid = \"example.{name}\"\nrow = {row}\n\n[purpose.source]\ntitle_sv = \"{name}\"\n\
             purpose_sv = \"Prova {name}\"\ndata_categories_sv = [\"{name}\"]\ndata_subjects_sv = \"Kunder\"\n\
             legal_basis_sv = \"Samtycke\"\nretention_sv = [\"Tills samtycket återkallas\"]\nrecipients_sv = []\n\n\
             [purpose.analysis]\ntitle_en = \"Trying {name}\"\nlegal_basis = [\"{basis}\"]\n{analysis}\n\
             special_category = \"no\"\n\n[[purpose.analysis.retention]]\ntext_sv = \"Tills samtycket återkallas\"\n\
             rule = \"after({anchor}, {length})\"\nanchor = \"{anchor}\"\nduration = \"{length}\"\n",
        );
        register.push_str(&purpose);
    }
    register
}
