// The purposes of Ommej, from its register `ommej`. Made by samtycke: change the register, not this.
//
// Every check of these denies, so they have no type:
//   ommej.molnlagring: another controller's register answers
//   ommej.advisory-boards: split into ommej.advisory-boards.produktutveckling, ommej.advisory-boards.marknadsforing

use ::samtycke::{purpose, register};

/// "Besök på hemsidan" (Website visits).
///
/// Check mode `terminal_consent+objection`: storing in the terminal, or reading from it, needs
/// consent; what follows rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Webbplatsbesok {}

impl purpose::Purpose for Webbplatsbesok {
    const ID: &'static str = "ommej.webbplatsbesok";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Kontoskapande i appen" (Creating an account in the app).
///
/// Check mode `consent`: rests on consent.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Appkonto {}

impl purpose::Purpose for Appkonto {
    const ID: &'static str = "ommej.appkonto";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Svar på frågor i appen" (Answers to questions in the app).
///
/// Check mode `consent`: rests on explicit consent and on nothing else (GDPR Art. 9(2)(a)), for the
/// data can be of a special category.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Appsvar {}

impl purpose::Purpose for Appsvar {
    const ID: &'static str = "ommej.appsvar";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Köp av produkt eller tjänst" (Purchase of product or service).
///
/// Check mode `contract`: rests on a contract.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Kop {}

impl purpose::Purpose for Kop {
    const ID: &'static str = "ommej.kop";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Test av produkt/tjänst (demo)" (Test of product/service (demo)).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Demo {}

impl purpose::Purpose for Demo {
    const ID: &'static str = "ommej.demo";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Användandet av admin-appen (Horizon)" (Use of the admin app (Horizon)).
///
/// Check mode `contract`: rests on a contract. Limited to one recipient.
///
/// Denied unless `ommej.appsvar` and `ommej.svar-till-verksamhet` is allowed too.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum HorizonAdmin {}

impl purpose::Purpose for HorizonAdmin {
    const ID: &'static str = "ommej.horizon-admin";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Recipient;
    type Uses = purpose::Many;
}

/// "Verksamheten ser barnets svar i admin-appen (Horizon)" (The organisation sees the child's
/// answers in the admin app (Horizon)).
///
/// Check mode `consent`: rests on explicit consent and on nothing else (GDPR Art. 9(2)(a)), for the
/// data can be of a special category. Limited to one recipient.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum SvarTillVerksamhet {}

impl purpose::Purpose for SvarTillVerksamhet {
    const ID: &'static str = "ommej.svar-till-verksamhet";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = purpose::Recipient;
    type Uses = purpose::Many;
}

/// "Anmälan till gratistjänster såsom seminarier, webinarier" (Sign-up to free services such as
/// seminars, webinars).
///
/// Check mode `contract`: rests on a contract.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Gratistjanster {}

impl purpose::Purpose for Gratistjanster {
    const ID: &'static str = "ommej.gratistjanster";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Direkt-marknadsföring" (Direct marketing).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Direktmarknadsforing {}

impl purpose::Purpose for Direktmarknadsforing {
    const ID: &'static str = "ommej.direktmarknadsforing";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Arbetsökande" (Job applicants).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Arbetssokande {}

impl purpose::Purpose for Arbetssokande {
    const ID: &'static str = "ommej.arbetssokande";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Bearbetning av kunddata" (Processing of customer data).
///
/// Check mode `contract`: rests on a contract.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Kunddata {}

impl purpose::Purpose for Kunddata {
    const ID: &'static str = "ommej.kunddata";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Kundärenden/ Support" (Customer cases / support).
///
/// Check mode `contract`: rests on a contract.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Support {}

impl purpose::Purpose for Support {
    const ID: &'static str = "ommej.support";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Kontakt via telefon, chatt" (Contact by phone, chat).
///
/// Check mode `contract_or_objection`: rests on a contract, and where there is none on legitimate
/// interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum KontaktTelefonChatt {}

impl purpose::Purpose for KontaktTelefonChatt {
    const ID: &'static str = "ommej.kontakt-telefon-chatt";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Kontakt via mail, sociala media" (Contact by e-mail, social media).
///
/// Check mode `contract_or_objection`: rests on a contract, and where there is none on legitimate
/// interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum KontaktMailSociala {}

impl purpose::Purpose for KontaktMailSociala {
    const ID: &'static str = "ommej.kontakt-mail-sociala";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Backup av lagrad data i molnet/lokalt" (Backup of stored data (cloud/local)).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Backup {}

impl purpose::Purpose for Backup {
    const ID: &'static str = "ommej.backup";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Sociala medier" (Social media).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum SocialaMedier {}

impl purpose::Purpose for SocialaMedier {
    const ID: &'static str = "ommej.sociala-medier";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Testare av appar" (App testers).
///
/// Check mode `consent`: rests on explicit consent and on nothing else (GDPR Art. 9(2)(a)), for the
/// data are of a special category.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Apptestare {}

impl purpose::Purpose for Apptestare {
    const ID: &'static str = "ommej.apptestare";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Advisory Boards, rådgivare i barn- och föräldra- expertråd: produktutveckling" (Advisory
/// boards, advisers in child and parent expert councils: product development).
///
/// Check mode `consent`: rests on consent.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum AdvisoryBoardsProduktutveckling {}

impl purpose::Purpose for AdvisoryBoardsProduktutveckling {
    const ID: &'static str = "ommej.advisory-boards.produktutveckling";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Advisory Boards, rådgivare i barn- och föräldra- expertråd: marknadsföring" (Advisory boards,
/// advisers in child and parent expert councils: marketing).
///
/// Check mode `consent`: rests on consent.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum AdvisoryBoardsMarknadsforing {}

impl purpose::Purpose for AdvisoryBoardsMarknadsforing {
    const ID: &'static str = "ommej.advisory-boards.marknadsforing";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Samarbeten" (Collaborations).
///
/// Check mode `contract`: rests on a contract.
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Samarbeten {}

impl purpose::Purpose for Samarbeten {
    const ID: &'static str = "ommej.samarbeten";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "CRM-system" (CRM system).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Crm {}

impl purpose::Purpose for Crm {
    const ID: &'static str = "ommej.crm";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// "Nyhetsbrev" (Newsletter).
///
/// Check mode `objection`: rests on legitimate interest, until the person objects (GDPR Art. 21).
///
/// Retention: as long as the purpose remains.
#[derive(Debug, Clone, Copy)]
pub enum Nyhetsbrev {}

impl purpose::Purpose for Nyhetsbrev {
    const ID: &'static str = "ommej.nyhetsbrev";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = purpose::Unscoped;
    type Uses = purpose::Many;
}

/// The register as this was made from it, for `Client::register_agrees`.
#[rustfmt::skip] // a purpose a line, whatever its name
pub const REGISTER: register::Facts = register::Facts {
    tenant: "ommej",
    hash: "sha256:152a00c57379e1e6a40de8afd117df609a61ed04e24ee1c019bea672ea28c689",
    purposes: &[
        register::Fact::of::<Webbplatsbesok>(register::CheckMode::TerminalConsentAndObjection),
        register::Fact::of::<Appkonto>(register::CheckMode::Consent),
        register::Fact::of::<Appsvar>(register::CheckMode::Consent),
        register::Fact::of::<Kop>(register::CheckMode::Contract),
        register::Fact::of::<Demo>(register::CheckMode::Objection),
        register::Fact::of::<HorizonAdmin>(register::CheckMode::Contract),
        register::Fact::of::<SvarTillVerksamhet>(register::CheckMode::Consent),
        register::Fact::of::<Gratistjanster>(register::CheckMode::Contract),
        register::Fact::of::<Direktmarknadsforing>(register::CheckMode::Objection),
        register::Fact::of::<Arbetssokande>(register::CheckMode::Objection),
        register::Fact::of::<Kunddata>(register::CheckMode::Contract),
        register::Fact::of::<Support>(register::CheckMode::Contract),
        register::Fact::of::<KontaktTelefonChatt>(register::CheckMode::ContractOrObjection),
        register::Fact::of::<KontaktMailSociala>(register::CheckMode::ContractOrObjection),
        register::Fact::of::<Backup>(register::CheckMode::Objection),
        register::Fact::of::<SocialaMedier>(register::CheckMode::Objection),
        register::Fact::of::<Apptestare>(register::CheckMode::Consent),
        register::Fact::of::<AdvisoryBoardsProduktutveckling>(register::CheckMode::Consent),
        register::Fact::of::<AdvisoryBoardsMarknadsforing>(register::CheckMode::Consent),
        register::Fact::of::<Samarbeten>(register::CheckMode::Contract),
        register::Fact::of::<Crm>(register::CheckMode::Objection),
        register::Fact::of::<Nyhetsbrev>(register::CheckMode::Objection),
    ],
};

// A purpose that the program does not use is nothing to warn of.
const _: register::Facts = REGISTER;
