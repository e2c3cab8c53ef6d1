//! The pages of a site. Content that needs consent is inert; the banner releases it.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::cast::{Both, Site};
use super::wording::{EN, SV, Words};

const ICON: &str = "data:,";

/// The data for one page.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) site: &'a Site,
    pub(super) english: bool,
    /// The site's name.
    pub(super) key: &'a str,
    pub(super) nonce: &'a str,
    /// The port, as `:8080`, or empty.
    pub(super) port: &'a str,
    /// Address of the demo's overview.
    pub(super) overview: &'a str,
}

impl Page<'_> {
    fn w(&self) -> &'static Words {
        if self.english { &EN } else { &SV }
    }

    fn say(&self, text: Both) -> &'static str {
        if self.english { text.en } else { text.sv }
    }

    /// Address at a third party.
    fn other(&self, who: &str) -> String {
        format!("http://{who}.localhost{}", self.port)
    }

    /// The page's Content-Security-Policy. It names the hosts of the content that the page holds back. Inline scripts
    /// need this response's nonce.
    pub(super) fn policy(&self) -> String {
        let [stats, ads, video] = ["stats", "ads", "video"].map(|who| self.other(who));
        format!(
            "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self' data: {ads}; \
             connect-src 'self' {stats}; frame-src {video}; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types samtycke",
            self.nonce
        )
    }
}

/// The first page.
pub(super) fn start(page: Page<'_>) -> String {
    let (site, w) = (page.site, page.w());
    frame(
        page,
        false,
        &html! {
            section.hero { div {
                p.invented { (w.invented) }
                h1 { (page.say(site.headline)) }
                p.lead { (page.say(site.about)) }
            } }
            section.why aria-labelledby="why" {
                h2 id="why" { (w.why_title) }
                p { (page.say(site.why)) }
            }
            @if site.marketing {
                section aria-labelledby="others" {
                    h2 id="others" { (w.from_others) }
                    p { (w.from_others_text) }
                    div.two { (film(page)) (advertisement(page)) }
                }
            }
            (panel(page))
        },
    )
}

/// The page that changes its content without a reload.
pub(super) fn app(page: Page<'_>) -> String {
    let w = page.w();
    let view = |id: &str, title: &str, text: &str, inner: Markup| {
        html! { template data-view=(id) { h2 tabindex="-1" { (title) } p { (text) } (inner) } }
    };
    frame(
        page,
        true,
        &html! {
            section.hero { div {
                p.invented { (w.invented) }
                h1 { (w.app_title) }
                p.lead { (w.app_text) }
            } }
            section {
                nav.views aria-label=(w.views) {
                    a href="#list" { (w.view_list) }
                    @if page.site.marketing {
                        a href="#film" { (w.view_film) }
                        a href="#ad" { (w.view_ad) }
                    }
                }
                div.view id="view" aria-live="polite" {}
                (view("list", w.view_list, w.view_list_text, html! {}))
                @if page.site.marketing {
                    (view("film", w.view_film, w.view_film_text, film(page)))
                    (view("ad", w.view_ad, w.view_ad_text, advertisement(page)))
                }
            }
            (panel(page))
        },
    )
}

fn film(page: Page<'_>) -> Markup {
    let address = format!("{}/embed", page.other("video"));
    html! {
        figure {
            iframe data-samtycke-purpose="marketing" data-src=(address) title=(page.w().video) width="480" height="270" {}
            figcaption { (page.w().video) }
        }
    }
}

fn advertisement(page: Page<'_>) -> Markup {
    let address = format!("{}/picture.svg", page.other("ads"));
    html! {
        figure data-waiting=(page.w().picture_text) {
            img data-samtycke-purpose="marketing" data-src=(address) alt=(page.w().picture) width="480" height="270";
            figcaption { (page.w().picture) }
        }
    }
}

fn frame(page: Page<'_>, is_app: bool, main: &Markup) -> String {
    let (site, w, nonce) = (page.site, page.w(), page.nonce);
    let (home, app) = if page.english {
        ("/en/", "/en/app")
    } else {
        ("/", "/app")
    };
    let other = match (page.english, is_app) {
        (true, false) => "/",
        (true, true) => "/app",
        (false, false) => "/en/",
        (false, true) => "/en/app",
    };
    html! {
        (DOCTYPE)
        html lang=(w.tag) data-site=(site.tenant) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.say(site.headline)) " – " (site.name) }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href="/demo/site.css";
                script type="module" src="/demo/panel.js" nonce=(nonce) {}
                @if site.asks() {
                    script type="module" src="/sdk/banner.js" data-key=(page.key) nonce=(nonce) {}
                }
            }
            body {
                a.skip href="#main" { (w.skip) }
                header { div {
                    a.brand href=(home) { (site.name) }
                    nav aria-label=(w.nav) {
                        a href=(home) aria-current=[(!is_app).then_some("page")] { (w.start) }
                        a href=(app) aria-current=[is_app.then_some("page")] { (w.app) }
                        a href=(other) hreflang=(if page.english { "sv" } else { "en" }) lang=(if page.english { "sv" } else { "en" }) {
                            (w.other)
                        }
                    }
                } }
                main id="main" tabindex="-1" { (main) }
                (gated(page))
                footer { div {
                    a href={ "/declaration/" (page.key) "?lang=" (w.tag) } { (w.declaration) }
                    @if site.asks() {
                        button type="button" data-samtycke-action="settings" { (w.settings) }
                    }
                    a href=(page.overview) { (w.overview) }
                } }
            }
        }
    }
    .into_string()
}

/// The end of each page: an analytics script and an advertising tag. Both wait for consent.
fn gated(page: Page<'_>) -> Markup {
    let (stats, ads) = (page.other("stats"), page.other("ads"));
    // The hosts contain only letters, dots and a port.
    let measured = format!("window.demoStatistics = {{ host: '{stats}' }};");
    let tag = format!(
        "const pixel = new Image(); pixel.src = '{ads}/pixel.gif?page=' + encodeURIComponent(location.pathname);"
    );
    html! {
        @if page.site.statistics {
            template data-samtycke-purpose="statistics" {
                script nonce=(page.nonce) { (PreEscaped(measured)) }
                script nonce=(page.nonce) src={ (stats) "/analytics.js" } {}
            }
        }
        @if page.site.marketing {
            script type="text/plain" data-category="marketing" nonce=(page.nonce) { (PreEscaped(tag)) }
        }
    }
}

/// `panel.js` fills this in and takes its texts from here.
fn panel(page: Page<'_>) -> Markup {
    let w = page.w();
    html! {
        section.panel aria-labelledby="panel-h" {
            h2 id="panel-h" { (w.panel_title) }
            p { (w.panel_text) }
            noscript { p { strong { (w.panel_noscript) } } }
            ol id="panel" data-before=(w.before) data-refused=(w.refused) data-pending=(w.pending) data-given=(w.given) data-deferred=(w.deferred)
                data-nothing=(w.nothing) data-own=(w.own) data-fetched=(w.fetched) data-kept=(w.cookie) data-stored=(w.stored)
                data-gone=(w.gone) {}
        }
    }
}
