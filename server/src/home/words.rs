//! All texts of the page, in both languages side by side.
//!
//! The macro makes one struct and two values of it, so a text without a translation does not compile.

macro_rules! words {
    ($($name:ident: $sv:literal, $en:literal;)*) => {
        /// The texts of one language.
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }

        /// Swedish.
        pub(super) static SV: Words = Words { $($name: $sv,)* };

        /// English.
        pub(super) static EN: Words = Words { $($name: $en,)* };

        /// Name, Swedish and English of each text, for tests that read them all.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $sv, $en),)*];
    };
}

words! {
    // Frame
    tagline: "samtycken som går att bevisa", "consent that can be proved";
    skip: "Hoppa till innehållet", "Skip to content";
    version: "version", "version";
    other_language: "English", "Svenska";
    nav_page: "Sidan", "Page";
    nav_more: "Mer", "More";
    nav_controllers: "Register", "Registers";
    nav_people: "Personer", "People";
    nav_try: "Prova", "Try it";
    to_top: "Till sidans början", "Back to top";
    shown_at: "Läget", "State at";
    limits:
        "Vad loggen inte bevisar: att ett samtycke var informerat eller frivilligt, att varje händelse lämnades in, eller att andra har följt en återkallelse.",
        "What the log does not prove: that a consent was informed or freely given, that every event was submitted, or that others complied with a withdrawal.";

    // Hero
    headline: "Ja, nej – och beviset.", "Yes, no – and the proof.";
    what_it_does:
        "samtycke dokumenterar vad människor har sagt ja och nej till, och svarar på frågan ”får\u{a0}jag?” innan personuppgifter behandlas.",
        "samtycke documents what people have said yes and no to, and answers “may\u{a0}I?” before personal data are processed.";
    how_it_proves:
        "Varje besked blir en post i en logg där inget kan tas bort. Därför kan det bevisas flera år senare, även för den som inte litar på servern.",
        "Every decision becomes an entry in a log from which nothing can be removed. It can therefore be proved years later, even to someone who does not trust the server.";
    fact_controllers: "personuppgifts\u{ad}ansvariga", "controllers";
    fact_purposes: "ändamål", "purposes";
    fact_consent: "av dem vilar på samtycke", "of them rest on consent";
    fact_today: "besked i dag", "decisions today";
    all_logs: "Händelser i alla loggar", "Events in all logs";
    reload:
        "Sidan visar läget när den hämtades. Ladda om den för att se loggen växa.",
        "The page shows the state when you loaded it. Reload it to see the log grow.";

    // Page without tenants
    plain_checkpoint:
        "Har du ett kvitto eller ett bevis kan du jämföra det med loggens signerade läge:",
        "If you have a receipt or a proof, you can compare it with the log's signed state:";
    plain_docs: "Läs hur API:et används", "Read how the API is used";

    // Chart
    growth: "Loggens tillväxt per timme", "Growth of the log per hour";
    growth_all: "Alla loggars tillväxt per timme", "Growth of all logs per hour";
    growth_desc:
        "Stapeldiagram över de senaste 24 timmarna. Flest händelser under en timme:",
        "Bar chart of the last 24 hours. Most events in one hour:";
    growth_total: "Tillsammans:", "Together:";
    growth_last: "Den sista stapeln är den pågående timmen.", "The last bar is the current hour.";
    growth_peak: "Högst", "Peak";
    growth_table: "Visa som tabell", "Show as a table";
    growth_none: "Inget har hänt de senaste 24 timmarna.", "Nothing in the last 24 hours.";
    col_hour: "Timme", "Hour";
    col_events: "Händelser", "Events";
    now: "nu", "now";

    // Overview
    people_title: "Följ en person genom dagen", "Follow one person through the day";
    people_text:
        "Nio påhittade personer, en för varje rättslig grund och lite till. Varje sida visar vad som hände, och vad svaret var före och efter.",
        "Nine invented people, one for each legal basis and a few more. Each page shows what happened, and the verdict before and after.";
    overview_title: "Fem register, en fråga i taget", "Five registers, one question at a time";
    overview_title_n: "Registren, en fråga i taget", "The registers, one question at a time";
    overview_text:
        "Varje ruta är ett ändamål i en personuppgiftsansvarigs register.",
        "Each square is one purpose in a controller's register.";
    overview_of: "av", "of";
    overview_consent:
        "vilar på samtycke. Där registret inte säger något blir svaret nej.",
        "rest on consent. Where the register says nothing, the answer is no.";
    legend: "Rutornas betydelse", "What the squares mean";
    ground_consent: "samtycke", "consent";
    ground_other: "annan grund", "other basis";
    ground_processor: "biträde", "processor";
    ground_incomplete: "ofullständiga", "incomplete";
    ground_retired: "avslutade", "retired";
    log_size: "händelser i loggen", "events in the log";

    // Commands
    try_title: "Prova själv", "Try it yourself";
    try_text:
        "Tre kommandon mot den här servern. Ett klick markerar hela kommandot.",
        "Three commands against this server. One click selects the whole command.";
    record_title: "Anteckna", "Record";
    record_text:
        "Spara ett samtycke. Svaret anger var i loggen det står.",
        "Store a consent. The response gives its position in the log.";
    check_title: "Fråga", "Check";
    check_text:
        "Fråga innan du behandlar uppgiften. Är något oklart blir svaret nej.",
        "Ask before you process the data. If anything is unclear, the answer is no.";
    prove_title: "Bevisa", "Prove";
    prove_text:
        "Hämta beviset och kontrollera det utan nätverk.",
        "Fetch the proof and verify it offline.";

    // Controller
    site: "Visas på", "Shown at";
    tenant: "Id", "Id";
    register: "Register", "Register";
    notice: "Information som visas", "Notice shown";
    no_notice: "Ingen är publicerad", "None is published";
    served: "Visad i dag", "Shown today";
    quota_reached:
        "Fler okända webbläsare än väntat har sagt ja. Nya ja får vänta; nej och återkallelser tas emot som vanligt.",
        "More unknown browsers than expected have consented. New consents must wait; refusals and withdrawals are taken as usual.";
    version_n: "version", "version";
    purposes_title: "Ändamål", "Purposes";
    translation_note:
        "Lagringstid och rättslig grund återges med den personuppgiftsansvariges egna ord.",
        "Retention is in the controller's own words, in Swedish. Titles and bases are our translation.";
    col_purpose: "Ändamål", "Purpose";
    col_basis: "Angiven grund", "Stated basis";
    col_answer: "Svar om en okänd person", "Answer for an unknown person";
    col_retention: "Lagringstid", "Retention";
    col_given: "Ja", "Yes";
    col_refused: "Nej", "No";
    col_withdrawn: "Åter\u{ad}kallat", "With\u{ad}drawn";
    today_note:
        "Ja, Nej och Återkallat är dagens besked, räknade till och med den senaste kontrollpunkten.",
        "Yes, No and Withdrawn are today's decisions, counted up to the last checkpoint.";
    withheld_note:
        "* Visas inte: ändamålet hör till en stödtjänst för barn. Sidan får inte avslöja att ett barn har svarat.",
        "* Not shown: the purpose belongs to a support service for children. The page must not reveal that a child has answered.";
    withheld: "Visas inte *", "Not shown *";
    not_asked: "Ingen fråga ställs", "No question asked";
    today: "Dagens besked", "Decisions today";
    not_stated: "Anges inte", "Not stated";
    state_live: "Gäller", "Live";
    state_processor: "Biträde", "Processor";
    state_incomplete: "Ofullständigt", "Incomplete";
    state_retired: "Avslutat", "Retired";
    special_yes: "Känsliga uppgifter", "Special category";
    special_possible: "Kan röja känsliga uppgifter", "May reveal special category";
    special_unknown: "Uppgifterna är inte klassade", "Data not classified";

    // Answers
    verdict_yes: "Ja", "Yes";
    verdict_ask: "Fråga först", "Ask first";
    verdict_no: "Nej", "No";
    then_consent:
        "Ja när personen har sagt ja, och nej igen så snart det återkallas.",
        "Yes once the person has said yes, and no again as soon as it is withdrawn.";
    then_explicit:
        "Ja när personen uttryckligen har sagt ja, och nej igen så snart det återkallas.",
        "Yes once the person has explicitly said yes, and no again as soon as it is withdrawn.";
    then_age:
        "Först åldersgruppen, sedan samtycket; för yngre barn också vårdnadshavarens.",
        "The age band first, then consent; for younger children a guardian's too.";
    then_terminal:
        "Först ett ja till kakorna, sedan ja tills personen invänder.",
        "A yes to the cookies first, then yes until the person objects.";
    then_objection:
        "Ja när personen har informerats, tills hen invänder.",
        "Yes once the person has been informed, until they object.";
    then_contract: "Ja så länge ett avtal gäller.", "Yes while a contract is in force.";
    then_contract_or_objection:
        "Ja så länge ett avtal gäller; annars när personen har informerats, tills hen invänder.",
        "Yes while a contract is in force; otherwise once the person has been informed, until they object.";
    then_contract_and_obligation:
        "Ja så länge ett avtal gäller, och därefter så länge lagen kräver.",
        "Yes while a contract is in force, and after it as long as the law requires.";
    then_obligation: "Lagen kräver behandlingen.", "The law requires the processing.";
    then_processor:
        "Frågan ska ställas till den personuppgiftsansvarige.",
        "Ask the controller instead.";
    then_incomplete: "Nej tills registret är komplett:", "No until the register is complete:";
    then_retired: "Ändamålet är avslutat.", "The purpose has ended.";
    then_dependency: "Ja först när svaret är ja även för", "Yes only when the answer is also yes for";
    then_art9:
        "Känsliga uppgifter utan stöd i artikel 9: nej tills registret anger ett.",
        "Special category without a ground in Article 9: no until the register states one.";
    why_not_stated: "rättslig grund anges inte", "no legal basis is stated";
    why_parameter: "en tid är inte bestämd", "a period is not set";
    why_recipient: "en mottagare är okänd", "a recipient is unknown";
    why_cookie: "en kakas livslängd ligger utanför intervallet", "a cookie's lifetime is outside its range";
    why_cycle: "ändamålen är beroende av varandra i en cirkel", "purposes depend on each other in a circle";
    why_parts: "raden innehåller flera ändamål", "the row contains several purposes";

    // Log
    log_title: "Logg", "Log";
    log_origin: "Ursprung", "Origin";
    log_root: "Rothash", "Root hash";
    log_signed: "Signerad", "Signed";
    log_key: "Nyckel att verifiera med", "Key to verify with";
    log_checkpoint: "Hämta kontrollpunkten", "Get the checkpoint";
    log_of: "för", "of";
    publications: "Senast publicerat", "Recently published";
    no_publications: "Inget är publicerat ännu.", "Nothing is published yet.";
    kind_notice: "Information", "Notice";
    kind_register: "Register", "Register";
    kind_invalidation: "Samtycken förklarade ogiltiga", "Consents declared invalid";
    leaf: "blad", "leaf";
    change_first: "första versionen", "first version";
    change_editorial: "språklig ändring", "editorial change";
    change_notice: "väsentlig ändring: måste meddelas", "material change: people must be told";
    change_consent: "väsentlig ändring: kräver nytt samtycke", "material change: needs new consent";
}
