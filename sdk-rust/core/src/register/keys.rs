//! Every key of `samtycke.register/1`, table by table, and the allowed values of some keys. The parser rejects all
//! other keys. A test compares this list with docs/registers.md and docs/register.schema.json.

/// One table of the format.
pub(super) struct Table {
    /// The table's path, such as `purpose.analysis`; empty for the top level.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the test asks where"))]
    pub(super) path: &'static str,
    /// The keys of the table.
    pub(super) keys: &'static [&'static str],
}

/// Declares each table as a constant, and a list of all of them.
macro_rules! tables {
    ($($name:ident $path:literal [$($key:literal),+ $(,)?])+) => {
        $(pub(super) const $name: Table = Table { path: $path, keys: &[$($key),+] };)+
        /// Every table with fixed keys. `[params]` and `[categories]` take names that the register chooses.
        #[cfg(test)]
        pub(super) const TABLES: &[Table] = &[$($name),+];
    };
}

tables! {
    ROOT "" [
        "format", "register", "tenant", "params", "categories", "recipient", "cookie", "purpose", "behaviour",
    ]
    REGISTER "register" [
        "id", "controller", "source_title_sv", "source_kind", "language", "recipients_stated", "purposes", "note",
        "policy_version", "recipients_sv", "contact", "dpo_contact", "policy_url",
    ]
    TENANT "tenant" ["dnt"]
    RECIPIENT "recipient" ["id", "name", "contact", "role", "country", "transfer", "agreement"]
    COOKIE "cookie" [
        "name", "purpose", "lifetime", "first_or_third_party", "recipient", "strictly_necessary", "terminal",
    ]
    BEHAVIOUR "behaviour" ["id", "means_en", "words_sv"]
    PURPOSE "purpose" ["id", "row", "derived", "parts", "source", "analysis"]
    SOURCE "purpose.source" [
        "title_sv", "purpose_sv", "data_categories_sv", "data_subjects_sv", "legal_basis_sv", "retention_sv",
        "recipients_sv",
    ]
    ANALYSIS "purpose.analysis" [
        "title_en", "purpose_en", "data_categories_en", "data_subjects_en", "legal_basis", "check_mode",
        "consent_kind", "special_category", "art9_ground", "age_rule", "guardian_below", "guardian_quorum",
        "guardian_verification_min", "age_default", "dpia", "assumption", "imbalance", "depends_on", "direct_marketing", "third_party_sharing", "targeted_advertising", "terminal_access",
        "strictly_necessary", "contract_asserted", "scope_type", "single_use", "validity", "reask_after",
        "assurance_min", "retired", "controller_pointer", "recipients", "consent_mode", "note", "retention",
    ]
    RULE "purpose.analysis.retention" [
        "rule", "text_sv", "anchor", "duration", "min", "max", "max_anchor", "hold", "law", "param", "review_every",
        "end_events", "assumption", "action", "applies_to",
    ]
}

pub(super) const CATEGORIES: &[&str] = &["necessary", "preferences", "statistics", "marketing"];
pub(super) const SOURCE_KINDS: &[&str] = &["art30_table", "privacy_policy"];
pub(super) const ROLES: &[&str] = &["controller", "processor", "joint"];
pub(super) const TRANSFERS: &[&str] = &[
    "none",
    "adequacy",
    "scc",
    "bcr",
    "derogation",
    "privacy_shield",
];
pub(super) const TERMINALS: &[&str] = &["cookie", "storage", "pixel", "fingerprint", "sdk"];
pub(super) const PARTIES: &[&str] = &["first", "third"];
pub(super) const BASES: &[&str] = &[
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interest",
    "not_stated",
];
pub(super) const MODES: &[&str] = &[
    "consent",
    "objection",
    "contract",
    "contract_or_objection",
    "contract+legal_obligation",
    "legal_obligation",
    "terminal_consent+objection",
    "processor",
    "not_stated",
];
pub(super) const KINDS: &[&str] = &[
    "none",
    "cookie",
    "photo_film_audio",
    "forward_contact_details",
    "panel_newsletter",
    "app_signup",
    "special_category_answers",
    "tester",
    "advisory_board",
];
pub(super) const SPECIAL_CATEGORIES: &[&str] = &["no", "unknown", "possible", "yes"];
pub(super) const AGE_RULES: &[&str] = &["none", "iss", "iss_preventive", "maturity"];
pub(super) const VERIFICATIONS: &[&str] = &["self_declared", "email_confirmed", "eid"];
/// A default of a child's band would decide about children whose age is unknown.
pub(super) const AGE_DEFAULTS: &[&str] = &["adult"];
pub(super) const QUORUMS: &[&str] = &["all", "any"];
pub(super) const SCOPES: &[&str] = &["none", "recipient", "campaign", "vendor", "site"];
pub(super) const ASSURANCES: &[&str] = &["browser", "prompted", "server", "signed"];
pub(super) const CONSENT_MODES: &[&str] = &[
    "ad_storage",
    "ad_user_data",
    "ad_personalization",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
];
