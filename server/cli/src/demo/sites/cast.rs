//! The demo's sites: an invented front for each real register, with two sentences about the business and what to look
//! at there. The texts are the demo's own; only names come from the registers.

/// A text in both languages.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) struct Both {
    pub(super) sv: &'static str,
    pub(super) en: &'static str,
}

const fn both(sv: &'static str, en: &'static str) -> Both {
    Both { sv, en }
}

/// One site.
#[derive(Debug, Clone, Copy)]
pub(in crate::demo) struct Site {
    /// Its tenant; also the first part of its host, and the style sheet's name for its colour.
    pub(in crate::demo) tenant: &'static str,
    /// The demo's additions to the tenant's register.
    pub(in crate::demo) additions: &'static str,
    pub(super) name: &'static str,
    pub(super) headline: Both,
    pub(super) about: Both,
    /// What to look at on the site.
    pub(super) why: Both,
    /// Whether its register requires consent for counting visits.
    pub(super) statistics: bool,
    /// Whether its register requires consent for advertising.
    pub(super) marketing: bool,
}

impl Site {
    /// Whether the site asks for any consent.
    pub(super) fn asks(&self) -> bool {
        self.statistics || self.marketing
    }
}

/// The five, in the order of the registers.
pub(in crate::demo) const SITES: [Site; 5] = [
    Site {
        tenant: "bjorn-lunden",
        additions: include_str!("bjorn-lunden.toml"),
        name: "Björn Lundén",
        headline: both("Bokföring som går ihop", "Books that balance"),
        about: both(
            "Program och böcker för små företag som sköter sin bokföring själva. Gör bokslutet i mars och ta ledigt i april.",
            "Software and books for small businesses that keep their own accounts. Close the year in March and take April off.",
        ),
        why: both(
            "Registret anger intresseavvägning för besöksstatistiken. Den räcker för behandlingen, men inte för att lagra något i din webbläsare: det kräver ditt ja (LEK 9 kap. 28 §). Därför frågar sidan först, och du kan invända efteråt också.",
            "The register states a legitimate interest for visitor statistics. That is enough for the processing, but not for storing anything in your browser: that requires your consent (LEK 9:28). So the site asks first, and you can object afterwards too.",
        ),
        statistics: true,
        marketing: false,
    },
    Site {
        tenant: "loomer",
        additions: include_str!("loomer.toml"),
        name: "Loomer",
        headline: both("Hitta rätt hantverkare", "Find the right craftsman"),
        about: both(
            "Beskriv jobbet en gång och få svar från tre hantverkare i närheten. Du väljer själv vem som får ditt nummer.",
            "Describe the job once and hear from three craftsmen nearby. You choose who gets your number.",
        ),
        why: both(
            "Registret frågar om tre sorters kakor, så här kan du prova allt: statistik, annonser, en film och en bild från en annan webbplats. Inget av det laddas förrän du har sagt ja.",
            "The register asks about three sorts of cookies, so you can try everything here: statistics, ads, a film and a picture from another website. None of it loads until you have said yes.",
        ),
        statistics: true,
        marketing: true,
    },
    Site {
        tenant: "omilon",
        additions: include_str!("omilon.toml"),
        name: "Omilon",
        headline: both(
            "Undersökningar som folk svarar på",
            "Surveys that people answer",
        ),
        about: both(
            "Vi gör enkäter korta nog för en bussresa. Svaren blir rapporter som går att läsa på nästa.",
            "We make surveys short enough for a bus ride. The answers become reports that can be read on the next one.",
        ),
        why: both(
            "Banderollen som registret beskriver hade en enda knapp: Acceptera. Att säga nej krävde att man letade i webbläsarens inställningar. Här står Neka alla bredvid Godkänn alla, lika stor, lika tydlig och lika nära.",
            "The banner that the register describes had a single button: Accept. Saying no meant searching the browser's settings. Here Refuse all stands beside Accept all, as large, as clear and as near.",
        ),
        statistics: true,
        marketing: true,
    },
    Site {
        tenant: "ommej",
        additions: include_str!("ommej.toml"),
        name: "Ommej",
        headline: both(
            "Säg hur du har det, med egna ord",
            "Say how you are, in your own words",
        ),
        about: both(
            "En app där barn och unga förbereder samtal som är svåra att börja. Du bestämmer vem som får läsa.",
            "An app in which children and teenagers prepare conversations that are hard to start. You decide who may read.",
        ),
        why: both(
            "Många som kommer hit är barn. Sidan har inga annonser och frågar bara om besöksstatistiken: registret anger intresseavvägning, men att lagra något i din webbläsare kräver ditt ja (LEK 9 kap. 28 §).",
            "Many who come here are children. The site has no ads and asks only about visitor statistics: the register states a legitimate interest, but storing anything in your browser requires your consent (LEK 9:28).",
        ),
        statistics: true,
        marketing: false,
    },
    Site {
        tenant: "supplier",
        additions: include_str!("supplier.toml"),
        name: "Leverantören",
        headline: both(
            "Servrar som sköter sig själva",
            "Servers that look after themselves",
        ),
        about: both(
            "Vi driver webbplatser åt föreningar och byråer. När allt fungerar hör du inte av oss.",
            "We run websites for clubs and agencies. While everything works you will not hear from us.",
        ),
        why: both(
            "Här ställs ingen fråga, eftersom det inte finns något att fråga om: inget ändamål i registret vilar på samtycke, och sidan lagrar ingenting i din webbläsare. En fråga som inte behövs ska inte ställas.",
            "This site asks nothing, because there is nothing to ask about: no purpose in the register rests on consent, and the site stores nothing in your browser. A question that is not needed should not be asked.",
        ),
        statistics: false,
        marketing: false,
    },
];

/// The site of this tenant.
pub(in crate::demo) fn site(tenant: &str) -> Option<&'static Site> {
    SITES.iter().find(|site| site.tenant == tenant)
}
