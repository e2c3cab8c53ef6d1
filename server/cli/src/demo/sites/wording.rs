//! Every text of the demo's sites, with both languages side by side.

macro_rules! words {
    ($($name:ident: $sv:literal, $en:literal;)*) => {
        /// The words of one language.
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }

        pub(super) static SV: Words = Words { $($name: $sv,)* };

        pub(super) static EN: Words = Words { $($name: $en,)* };
    };
}

words! {
    tag: "sv", "en";
    skip: "Hoppa till innehållet", "Skip to content";
    invented: "Påhittad webbplats i samtyckes demo", "Invented website in samtycke's demo";
    nav: "Sidor", "Pages";
    start: "Start", "Start";
    app: "Appen", "The app";
    other: "English", "Svenska";
    why_title: "Varför ser det ut så här?", "Why does it look like this?";
    from_others: "Från andra", "From others";
    from_others_text:
        "Filmen och bilden kommer från andra webbplatser. De hämtas först när du har sagt ja.",
        "The film and the picture come from other websites. They are fetched only once you have said yes.";
    video: "Film: så går det till", "Film: how it works";
    picture: "Annons från en påhittad annonsör", "Advertisement from an invented advertiser";
    picture_text: "Här visas en annons om du säger ja.", "An advertisement is shown here if you say yes.";
    panel_title: "Det här har hämtats hittills", "What has been fetched so far";
    panel_text:
        "Här ser du vad sidan har hämtat från andra och sparat i webbläsaren. Listan uppdateras när du gör ett val.",
        "Here you see what the page has fetched from others and stored in the browser. The list updates when you choose.";
    panel_noscript:
        "Utan JavaScript hämtas ingenting från andra, och du får ingen fråga. Du kan ändå läsa deklarationen.",
        "Without JavaScript nothing is fetched from others, and you are not asked. You can still read the declaration.";
    before: "Innan du svarade", "Before you answered";
    refused: "Efter ditt nej", "After you refused";
    pending: "Medan ditt ja är på väg till servern", "While your consent is being sent to the server";
    given: "Efter ditt ja till", "After you accepted";
    deferred: "Du stängde frågan utan att svara", "You closed the question without answering";
    nothing: "Ingenting.", "Nothing.";
    own: "filer från den egna webbplatsen", "files from the website itself";
    fetched: "hämtat", "fetched";
    cookie: "kaka", "cookie";
    stored: "lagrat", "stored";
    gone: "borta igen", "gone again";
    declaration: "Kakor och liknande teknik", "Cookies and similar technology";
    settings: "Samtycken och kakor", "Consents and cookies";
    overview: "Till demots översikt", "To the demo's overview";
    app_title: "En sida som byter innehåll", "One page that changes its content";
    app_text:
        "Vyerna byts utan att sidan laddas om. Innehåll som läggs till efteråt hålls tillbaka på samma sätt.",
        "The views change without a reload. Content that is added later is held back in the same way.";
    views: "Vyer", "Views";
    view_list: "Lista", "List";
    view_film: "Film", "Film";
    view_ad: "Annons", "Advertisement";
    view_list_text: "Den här vyn hämtar ingenting från andra.", "This view fetches nothing from others.";
    view_film_text: "Den här vyn har en film från en annan webbplats.", "This view has a film from another website.";
    view_ad_text: "Den här vyn har en bild från en annan webbplats.", "This view has a picture from another website.";
}
