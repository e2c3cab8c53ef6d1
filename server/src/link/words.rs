//! The page's own words, in Swedish and English, for adults, teenagers and children. Titles name no controller and no service:
//! they stand in the browser's history and on a shared screen.

use samtycke_core::notice::Variant;

/// The words of one language and variant.
#[derive(Debug)]
pub(super) struct Words {
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
    /// After a refusal, where a grant was given elsewhere since.
    pub granted_since: &'static str,
    /// After a grant that waits for a guardian.
    pub awaits_guardian: &'static str,
    /// After a grant by a person whose age is not known.
    pub awaits_age: &'static str,
    /// After a grant against which another person's refusal stands.
    pub other_refusal: &'static str,
    /// After a grant before which a refusal came.
    pub newer_refusal: &'static str,
    /// After a grant on a notice that has changed.
    pub notice_changed: &'static str,
    /// After a grant that the controller no longer uses.
    pub ended: &'static str,
    /// After a grant whose time or single use is over.
    pub expired: &'static str,
    /// After a grant that does not count for another reason.
    pub without_effect: &'static str,
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
    window: "En fråga till dig",
    lead: "Svara på en fråga i taget. Du behöver inte svara, och ett nej får inga följder.",
    only: "Det gäller bara",
    yes: "Ja, jag samtycker",
    no: "Nej, jag samtycker inte",
    take_back: "Ta tillbaka mitt ja",
    said_yes: "Du har svarat ja.",
    said_no: "Du har svarat nej.",
    taken_back: "Du svarade ja och har tagit tillbaka det.",
    granted_since: "Du svarade nej här. Sedan har ett ja lämnats på annat håll, och det gäller nu.",
    awaits_guardian: "Du svarade ja. Det gäller inte än: en vårdnadshavare måste också säga ja.",
    awaits_age: "Du svarade ja. Det gäller inte än, för den som frågar vet inte hur gammal du är. Hör av dig dit.",
    other_refusal: "Du svarade ja, men svaret gäller inte. Någon annan som också får bestämma har sagt nej, och det nejet gäller. Du behöver inte göra något.",
    newer_refusal: "Du svarade ja, men svaret gäller inte. Ett nej kom före. Vill du ändå säga ja, be om en ny länk.",
    notice_changed: "Du svarade ja, men svaret gäller inte. Det som frågan handlar om har ändrats. Vill du svara igen, be om en ny länk.",
    ended: "Du svarade ja, men svaret gäller inte längre. Den som frågade använder det inte. Du behöver inte göra något.",
    expired: "Du svarade ja, men svaret gäller inte längre. Det gällde en viss tid eller en enda gång. Du behöver inte göra något.",
    without_effect: "Du svarade ja, men svaret gäller inte. Vill du veta varför, hör av dig till den som frågar.",
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
    closed: "Den här frågan går inte längre att besvara.",
};

const SV_TEEN: Words = Words {
    lead: "Svara på en fråga i taget. Det är du som bestämmer. Det händer inget om du säger nej.",
    yes: "Ja, det går bra",
    no: "Nej, det vill jag inte",
    keep: "Spara länken. Här ser du vad du har svarat, och du kan ändra dig när du vill.",
    rights: "Det här har du rätt till",
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
    granted_since: "Du sa nej här. Sedan har någon sagt ja, och det gäller nu.",
    awaits_guardian: "Du sa ja. Nu måste en förälder eller någon annan som bestämmer för dig också säga ja. Tills dess händer inget.",
    awaits_age: "Du sa ja. Men vi vet inte hur gammal du är, så det gäller inte än. Be en vuxen höra av sig till oss.",
    other_refusal: "Du sa ja. Men en vuxen som bestämmer för dig har sagt nej, så det blir nej. Du behöver inte göra något.",
    newer_refusal: "Du sa ja. Men det fanns redan ett nej, så ditt ja gäller inte. Be om en ny länk om du vill säga ja.",
    notice_changed: "Du sa ja. Men det vi frågar om har ändrats, så ditt ja gäller inte. Be om en ny länk om du vill svara igen.",
    ended: "Du sa ja. Men vi använder inte ditt ja längre. Du behöver inte göra något.",
    expired: "Du sa ja. Men ditt ja gäller inte längre. Du behöver inte göra något.",
    without_effect: "Du sa ja. Men ditt ja gäller inte. Be en vuxen fråga oss varför.",
    keep: "Spara länken. Du får ändra dig när du vill.",
    receipt: "Ditt svar",
    data: "Det vi sparar om dig",
    recipients: "De som får se",
    basis: "Varför vi får fråga",
    rights: "Det här får du bestämma",
    closed: "Det går inte att svara på frågan längre.",
    ..SV
};

const EN: Words = Words {
    window: "A question for you",
    lead: "Answer one question at a time. You do not have to answer, and a refusal has no consequences.",
    only: "It is only about",
    yes: "Yes, I consent",
    no: "No, I do not consent",
    take_back: "Withdraw my consent",
    said_yes: "You consented.",
    said_no: "You refused.",
    taken_back: "You consented and have withdrawn it.",
    granted_since: "You refused here. Since then consent was given elsewhere, and it is in force now.",
    awaits_guardian: "You consented. It does not count yet: a guardian must agree too.",
    awaits_age: "You consented. It does not count yet, because those who ask do not know your age. Contact them.",
    other_refusal: "You consented, but your answer does not count. Another person who also decides has refused, and that refusal stands. You need not do anything.",
    newer_refusal: "You consented, but your answer does not count. A refusal came first. If you still want to consent, ask for a new link.",
    notice_changed: "You consented, but your answer does not count. What the question is about has changed. To answer again, ask for a new link.",
    ended: "You consented, but your answer no longer counts. Those who asked do not use it. You need not do anything.",
    expired: "You consented, but your answer no longer counts. It was for a limited time or for a single use. You need not do anything.",
    without_effect: "You consented, but your answer does not count. To know why, contact those who ask.",
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
    closed: "This question can no longer be answered.",
};

const EN_TEEN: Words = Words {
    lead: "Answer one question at a time. It is up to you. Nothing happens if you say no.",
    yes: "Yes, that is fine",
    no: "No, I do not want that",
    keep: "Keep the link. It shows what you answered, and you can change your mind whenever you want.",
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
    granted_since: "You said no here. Later somebody said yes, and that counts now.",
    awaits_guardian: "You said yes. Now a parent, or another adult who decides for you, must say yes too. Until then nothing happens.",
    awaits_age: "You said yes. But we do not know how old you are, so it does not count yet. Ask an adult to contact us.",
    other_refusal: "You said yes. But an adult who decides for you has said no, so it is a no. You do not have to do anything.",
    newer_refusal: "You said yes. But there was a no already, so your yes does not count. Ask for a new link if you want to say yes.",
    notice_changed: "You said yes. But what we ask about has changed, so your yes does not count. Ask for a new link if you want to answer again.",
    ended: "You said yes. But we do not use your yes any more. You do not have to do anything.",
    expired: "You said yes. But your yes does not count any more. You do not have to do anything.",
    without_effect: "You said yes. But your yes does not count. Ask an adult to ask us why.",
    keep: "Keep the link. You may change your mind whenever you want.",
    receipt: "Your answer",
    data: "What we keep about you",
    recipients: "Who may see it",
    basis: "Why we may ask",
    rights: "What you may decide",
    closed: "This question cannot be answered any more.",
    ..EN
};

/// What a page of a problem says: what happened, and what to do.
#[derive(Debug)]
pub(super) struct Trouble {
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub help: &'static str,
    /// Whether the page leads back to the link.
    pub may_try_again: bool,
}

/// The words of problems in one language. Who reads them is not known, so a child must understand them.
#[derive(Debug)]
pub(super) struct Problems {
    /// Title of the window.
    pub window: &'static str,
    /// Leads back to the link.
    pub again: &'static str,
    /// The link is not valid.
    pub gone: Trouble,
    /// Too many requests.
    pub too_many: Trouble,
    /// The server cannot answer now.
    pub busy: Trouble,
    /// The form is not as the page has it.
    pub form: Trouble,
    /// The question cannot be answered as it is asked.
    pub changed: Trouble,
    /// A defect of the server.
    pub failed: Trouble,
}

impl Problems {
    /// The words of a language: Swedish, else English.
    pub(super) fn of(language: &str) -> &'static Self {
        if language == "sv" {
            &PROBLEMS_SV
        } else {
            &PROBLEMS_EN
        }
    }
}

const fn trouble(title: &'static str, help: &'static str) -> Trouble {
    Trouble {
        title,
        help,
        may_try_again: true,
    }
}

static PROBLEMS_SV: Problems = Problems {
    window: SV.window,
    again: "Öppna länken igen",
    gone: Trouble {
        title: "Länken gäller inte",
        help: "Den kan ha gått ut eller dragits tillbaka. Be den som gav dig länken om en ny.",
        may_try_again: false,
    },
    too_many: trouble(
        "Vänta lite",
        "Det kom för många försök på en gång. Vänta en minut och öppna länken igen. Där ser du om ditt svar har sparats.",
    ),
    busy: trouble(
        "Det gick inte just nu",
        "Vänta en stund och öppna länken igen. Där ser du om ditt svar har sparats.",
    ),
    form: trouble(
        "Svaret kom inte fram",
        "Något saknades, och inget har sparats. Öppna länken igen och tryck på en av knapparna.",
    ),
    changed: trouble(
        "Det går inte att svara på frågan nu",
        "Inget har sparats. Frågan kan ha ändrats. Be den som gav dig länken om en ny.",
    ),
    failed: trouble(
        "Något gick fel hos oss",
        "Öppna länken igen. Där ser du om ditt svar har sparats.",
    ),
};

static PROBLEMS_EN: Problems = Problems {
    window: EN.window,
    again: "Open the link again",
    gone: Trouble {
        title: "The link is not valid",
        help: "It may have expired, or it was taken back. Ask the person who gave it to you for a new one.",
        may_try_again: false,
    },
    too_many: trouble(
        "Wait a little",
        "There were too many attempts at once. Wait a minute and open the link again. It shows whether your answer was saved.",
    ),
    busy: trouble(
        "It did not work just now",
        "Wait a while and open the link again. It shows whether your answer was saved.",
    ),
    form: trouble(
        "Your answer did not arrive",
        "Something was missing, and nothing was saved. Open the link again and press one of the buttons.",
    ),
    changed: trouble(
        "The question cannot be answered now",
        "Nothing was saved. The question may have changed. Ask the person who gave you the link for a new one.",
    ),
    failed: trouble(
        "Something went wrong here",
        "Open the link again. It shows whether your answer was saved.",
    ),
};
