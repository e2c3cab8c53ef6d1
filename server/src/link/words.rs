//! The page's own words, in Swedish and English, for adults, teenagers and children. Titles name no controller and no service:
//! they stand in the browser's history and on a shared screen.

use samtycke_core::notice::Variant;

/// The words of one language and variant.
#[derive(Debug)]
pub(super) struct Words {
    /// Direction of the script.
    pub direction: &'static str,
    /// Title of the window.
    pub window: &'static str,
    /// Above the questions.
    pub lead: &'static str,
    /// Before what the question is limited to.
    pub only: &'static str,
    /// Grants.
    pub yes: &'static str,
    /// Refuses.
    pub no: &'static str,
    /// Takes a grant back.
    pub take_back: &'static str,
    /// After a grant.
    pub said_yes: &'static str,
    /// After a refusal.
    pub said_no: &'static str,
    /// After a grant was taken back.
    pub taken_back: &'static str,
    /// How to change the answer later.
    pub keep: &'static str,
    /// Heading of the receipt.
    pub receipt: &'static str,
    /// When.
    pub when: &'static str,
    /// The event's id.
    pub event: &'static str,
    /// The leaf's hash.
    pub leaf: &'static str,
    /// Heading of the details.
    pub details: &'static str,
    /// What is collected.
    pub data: &'static str,
    /// How long it is kept.
    pub retention: &'static str,
    /// Who receives it.
    pub recipients: &'static str,
    /// On what ground.
    pub basis: &'static str,
    /// Who asks.
    pub contact: &'static str,
    /// The other rights.
    pub rights: &'static str,
    /// Title of the page of a link that is not valid.
    pub gone: &'static str,
    /// What to do then.
    pub gone_help: &'static str,
    /// The link can no longer be answered.
    pub closed: &'static str,
}

impl Words {
    /// The words of a language: Swedish, else English.
    pub(super) fn of(language: &str, variant: Variant) -> &'static Self {
        let is_swedish = language == "sv" || language.starts_with("sv-");
        match (is_swedish, variant) {
            (true, Variant::Adult) => &SV,
            (true, Variant::Teen) => &SV_TEEN,
            (true, Variant::Child) => &SV_CHILD,
            (false, Variant::Adult) => &EN,
            (false, Variant::Teen) => &EN_TEEN,
            (false, Variant::Child) => &EN_CHILD,
        }
    }

    /// A usual code of a medium or surface in words; any other code as it is.
    pub(super) fn of_code<'a>(&self, code: &'a str) -> &'a str {
        let is_swedish = self.yes.starts_with("Ja");
        match (code, is_swedish) {
            ("photo", true) => "foto",
            ("audio" | "sound", true) => "ljud",
            ("audio", false) => "sound",
            ("web", true) => "webben",
            ("print", true) => "tryck",
            ("social", true) => "sociala medier",
            ("web", false) => "the web",
            ("social", false) => "social media",
            _ => code,
        }
    }
}

const SV: Words = Words {
    direction: "ltr",
    window: "En fråga till dig",
    lead: "Svara på en fråga i taget. Du behöver inte svara, och ett nej får inga följder.",
    only: "Det gäller bara",
    yes: "Ja, jag samtycker",
    no: "Nej, jag samtycker inte",
    take_back: "Ta tillbaka mitt ja",
    said_yes: "Du har svarat ja.",
    said_no: "Du har svarat nej.",
    taken_back: "Du svarade ja och har tagit tillbaka det.",
    keep: "Spara länken. Här ser du ditt svar, och här kan du ta tillbaka ett ja när du vill.",
    receipt: "Kvitto",
    when: "Svarat",
    event: "Händelse",
    leaf: "Avtryck i loggen",
    details: "Mer om detta",
    data: "Uppgifter",
    retention: "Hur länge",
    recipients: "Vem får ta del",
    basis: "Rättslig grund",
    contact: "Vem frågar",
    rights: "Dina rättigheter",
    gone: "Länken gäller inte",
    gone_help: "Den kan ha gått ut eller dragits tillbaka. Be den som gav dig länken om en ny.",
    closed: "Den här frågan går inte längre att besvara.",
};

const SV_TEEN: Words = Words {
    lead: "Svara på en fråga i taget. Det är du som bestämmer. Det händer inget om du säger nej.",
    yes: "Ja, det går bra",
    no: "Nej, det vill jag inte",
    keep: "Spara länken. Här ser du vad du har svarat, och du kan ändra dig när du vill.",
    rights: "Det här har du rätt till",
    gone_help: "Den kan ha gått ut. Be om en ny av den som gav dig länken.",
    ..SV
};

const SV_CHILD: Words = Words {
    lead: "Läs, eller be någon läsa för dig. Du får säga ja eller nej. Ingen blir arg om du säger nej.",
    yes: "Ja",
    no: "Nej",
    take_back: "Jag har ändrat mig",
    said_yes: "Du sa ja.",
    said_no: "Du sa nej.",
    taken_back: "Du sa ja, och sedan ändrade du dig.",
    keep: "Spara länken. Du får ändra dig när du vill.",
    receipt: "Ditt svar",
    data: "Det vi sparar om dig",
    recipients: "De som får se",
    basis: "Varför vi får fråga",
    rights: "Det här får du bestämma",
    gone: "Länken fungerar inte",
    gone_help: "Be om en ny av den som gav dig länken.",
    closed: "Det går inte att svara på frågan längre.",
    ..SV
};

const EN: Words = Words {
    direction: "ltr",
    window: "A question for you",
    lead: "Answer one question at a time. You do not have to answer, and a refusal has no consequences.",
    only: "It is only about",
    yes: "Yes, I consent",
    no: "No, I do not consent",
    take_back: "Withdraw my consent",
    said_yes: "You consented.",
    said_no: "You refused.",
    taken_back: "You consented and have withdrawn it.",
    keep: "Keep the link. It shows your answer, and you can withdraw a consent here whenever you want.",
    receipt: "Receipt",
    when: "Answered",
    event: "Event",
    leaf: "Fingerprint in the log",
    details: "More about this",
    data: "Data",
    retention: "How long",
    recipients: "Who receives it",
    basis: "Legal basis",
    contact: "Who asks",
    rights: "Your rights",
    gone: "The link is not valid",
    gone_help: "It may have expired, or it was taken back. Ask the person who gave it to you for a new one.",
    closed: "This question can no longer be answered.",
};

const EN_TEEN: Words = Words {
    lead: "Answer one question at a time. It is up to you. Nothing happens if you say no.",
    yes: "Yes, that is fine",
    no: "No, I do not want that",
    keep: "Keep the link. It shows what you answered, and you can change your mind whenever you want.",
    gone_help: "It may have expired. Ask for a new one.",
    ..EN
};

const EN_CHILD: Words = Words {
    lead: "Read this, or ask somebody to read it to you. You may say yes or no. No one gets angry if you say no.",
    yes: "Yes",
    no: "No",
    take_back: "I have changed my mind",
    said_yes: "You said yes.",
    said_no: "You said no.",
    taken_back: "You said yes, and then you changed your mind.",
    keep: "Keep the link. You may change your mind whenever you want.",
    receipt: "Your answer",
    data: "What we keep about you",
    recipients: "Who may see it",
    basis: "Why we may ask",
    rights: "What you may decide",
    gone: "The link does not work",
    gone_help: "Ask for a new one from the person who gave it to you.",
    closed: "This question cannot be answered any more.",
    ..EN
};
