//! `samtycke site embed`: what to paste into a website.

mod check;
mod recipes;

use std::fmt::Write as _;
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args as Arguments;
use samtycke_core::id::{Language, SiteId, TenantId};
use sha2::{Digest as _, Sha256};

use super::{CommandResult, Failure};
use samtycke_server::config::Config;
use samtycke_server::origin;
use samtycke_server::sdk;

/// Path of samtycke on the site's own proxy.
const OWN_PATH: &str = "/samtycke";
/// Digits of a site's public id.
const SITE_ID_DIGITS: usize = 12;
/// Name prefix of the files that a first visit loads besides the entry.
const FIRST_VISIT: &str = "record.";

/// Attributes that stop plugins from delaying, bundling or rewriting the tag: LiteSpeed, Perfmatters, Autoptimize,
/// Cloudflare's Rocket Loader, WP Rocket.
const AS_IT_IS: &str =
    r#"data-no-optimize="1" data-no-defer="1" data-noptimize="1" data-cfasync="false" nowprocket"#;

/// Google's default, which must run before any Google tag: a module runs too late. The types are Google's seven. Tags
/// then wait 500 ms for the choice, as in `sdk-js/src/bridges/google.ts`.
const GOOGLE_DEFAULT: &str = "\
window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}
gtag('consent','default',{ad_storage:'denied',ad_user_data:'denied',ad_personalization:'denied',analytics_storage:'denied',
functionality_storage:'denied',personalization_storage:'denied',security_storage:'denied',wait_for_update:500});";

/// Arguments of `samtycke site embed`.
#[derive(Debug, Clone, Arguments)]
pub(super) struct Args {
    /// The tenant's short name.
    #[arg(required_unless_present = "check")]
    tenant: Option<TenantId>,
    /// The site's name, such as www.example.com.
    #[arg(required_unless_present = "check")]
    site: Option<SiteId>,
    /// A publishable key of the site. It is no secret: every visitor sees it.
    #[arg(long, value_parser = publishable)]
    key: Option<String>,
    /// Origin at which visitors reach the server, such as https://consent.example.com; default: the configured one.
    #[arg(long, value_name = "ORIGIN")]
    server: Option<String>,
    /// Languages of the pages, such as `sv,en`, whose text is preloaded; default: the browser's language.
    #[arg(long, value_delimiter = ',')]
    language: Vec<Language>,
    /// Also print the lines that deny every consent type to Google's tags. They must come before any of those tags.
    #[arg(long)]
    google: bool,
    /// Visit this page instead and check that its tag is of the server's release. Exits with 0 current, 1 behind, 2
    /// page could not be visited, 3 no tag, or the server does not have its file. Needs Chromium, as `scan`.
    #[arg(long, value_name = "URL")]
    check: Option<String>,
}

/// Values for the printed lines.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    server: &'a str,
    key: &'a str,
    site_id: Option<&'a str>,
}

fn publishable(text: &str) -> Result<String, &'static str> {
    let is_key = text.starts_with("pk_")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if is_key {
        Ok(text.to_owned())
    } else {
        Err("must be a publishable key (pk_...); no other may stand in a page")
    }
}

/// The site's public id, which is part of its keys.
fn site_id(key: &str) -> Option<&str> {
    let rest = key.strip_prefix("pk_")?;
    let rest = rest.strip_prefix("test_").unwrap_or(rest);
    let (id, _) = rest.split_once('_')?;
    let is_id = id.len() == SITE_ID_DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit());
    is_id.then_some(id)
}

/// Prints the snippet or checks a page. It opens no database, so it works beside a running server.
pub(super) fn run(args: &Args, config: &Config) -> CommandResult {
    if let Some(url) = &args.check {
        return super::wait(check::check(url));
    }
    let server = args.server.as_deref().unwrap_or(&config.public_url);
    let known = origin::registered(server, false)
        .ok()
        .filter(|o| origin::is_web(o));
    let server = known.ok_or_else(|| {
        Failure::new(format!(
            "{server} is not an origin: give scheme, host and port, such as https://consent.example.com"
        ))
    })?;
    let entry = sdk::pinned_entry()
        .ok_or_else(|| Failure::new("this samtycke was built without the banner's files"))?;
    if args.key.is_none() {
        let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
        errln!(
            "No key was given: replace pk_... in the lines below. Create a key with:\n\
             \x20 samtycke key add {} publishable --site {}\n",
            name(args.tenant.as_ref().map(TenantId::as_str)),
            name(args.site.as_ref().map(SiteId::as_str)),
        );
    }
    let place = Place {
        server: &server,
        key: args.key.as_deref().unwrap_or("pk_..."),
        site_id: args.key.as_deref().and_then(site_id),
    };
    if args.google {
        outln!("{}", google());
    }
    outln!("{}", place.tags(entry, &args.language));
    outln!("{}", place.policy(args.google));
    outln!("{}", place.own_name());
    outln!("6. {}", place.caches());
    Ok(ExitCode::SUCCESS)
}

impl Place<'_> {
    fn tags(&self, entry: &sdk::File, languages: &[Language]) -> String {
        let Self { server, key, .. } = self;
        let (name, integrity) = (entry.name, entry.integrity);
        let (preload, parts) = (self.preload(languages), self.parts(entry));
        format!(
            r#"1. In <head>, before everything that needs consent
   The tag loads exactly this version. The server keeps it for 400 days after an update; print the tag again before
   then. To check a page's tag: samtycke site embed --check URL

{preload}<script type="module" src="{server}/sdk/{name}"
        integrity="{integrity}"
        crossorigin="anonymous" data-key="{key}"
        {AS_IT_IS}></script>

   Optional, with this version: load at once what a first visit needs later. Visitors who have answered load 8 KB, once:

{parts}
   Or always the server's newest version, which cannot have an integrity hash:

{preload}<script type="module" src="{server}/sdk/banner.js" data-key="{key}"
        {AS_IT_IS}></script>

2. Around everything that needs consent

<template data-samtycke-purpose="statistics"><script src="..."></script></template>
<iframe data-samtycke-purpose="marketing" data-samtycke-src="https://..." title="..."></iframe>

3. In the footer of every page. Without JavaScript there is no question and none of the above runs; the declaration can
   still be read. If the page has no such button, the banner adds one in a corner

<a href="{server}/declaration/{key}">Cookies</a>
<button type="button" data-samtycke-action="settings">Change my choice</button>
"#
        )
    }

    /// Preloads the banner's text while its script still loads. One line for each language: a page takes the one for
    /// its own.
    fn preload(&self, languages: &[Language]) -> String {
        let Self { server, key, .. } = self;
        let line = |query: &str| {
            format!(
                "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{server}/v1/banner/{key}{query}\">\n"
            )
        };
        if languages.is_empty() {
            return line("");
        }
        let mut lines = String::new();
        for language in languages {
            if languages.len() > 1 {
                let _ = writeln!(lines, "<!-- in pages with lang=\"{language}\" -->");
            }
            lines.push_str(&line(&format!("?language={language}")));
        }
        lines
    }

    /// Each address of the entry has its own copy of a part: the other copy would load the entry again.
    fn parts(&self, entry: &sdk::File) -> String {
        let is_first = |file: &&sdk::File| {
            let mut texts = file.body.windows(entry.name.len());
            file.name.starts_with(FIRST_VISIT) && texts.any(|text| text == entry.name.as_bytes())
        };
        let mut lines = String::new();
        for file in sdk::FILES.iter().filter(is_first) {
            let (server, name, integrity) = (self.server, file.name, file.integrity);
            let _ = writeln!(
                lines,
                "<link rel=\"modulepreload\" href=\"{server}/sdk/{name}\" integrity=\"{integrity}\" crossorigin>"
            );
        }
        lines
    }

    fn policy(&self, google: bool) -> String {
        let server = self.server;
        let inline = if google {
            format!(
                "script-src '{}'     for Google's default\n",
                hash(GOOGLE_DEFAULT)
            )
        } else {
            String::new()
        };
        format!(
            "\
4. If the site has a Content-Security-Policy, add these. It needs no 'unsafe-inline', no 'unsafe-eval' and no style-src

script-src {server}     or 'nonce-...', with the same nonce=\"...\" in the tag
{inline}connect-src {server}
trusted-types samtycke     only with require-trusted-types-for 'script', and only to release <script type=\"text/plain\">
"
        )
    }

    fn own_name(&self) -> String {
        let (key, proxies) = (self.key, self.proxies());
        format!(
            r#"5. Better: serve it under the site's own name. Then the page loads nothing from a third party. Safari
   deletes what a script has stored after seven days, but keeps the choice for as long as it is valid, because the server
   stores it in a cookie. The tag is then

<link rel="preload" as="fetch" crossorigin href="{OWN_PATH}/v1/banner/{key}">
<script type="module" src="{OWN_PATH}/sdk/banner.js" data-server="{OWN_PATH}" data-key="{key}"
        {AS_IT_IS}></script>

{proxies}"#
        )
    }
}

fn google() -> String {
    format!(
        "\
0. In <head>, before every Google tag and before the banner. Also add data-google=\"on\" to the banner's tag. A
   Content-Security-Policy needs the hash '{}'

<script>{GOOGLE_DEFAULT}</script>
",
        hash(GOOGLE_DEFAULT)
    )
}

/// The hash by which a Content-Security-Policy allows an inline script.
fn hash(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> = Place {
        server: "https://consent.example.com",
        key: "pk_0123456789ab_x",
        site_id: Some("0123456789ab"),
    };

    #[test]
    fn the_snippet_names_the_hashed_file_and_its_integrity() {
        let entry = sdk::pinned_entry().expect("the banner's files are compiled in");
        let tags = PLACE.tags(entry, &[]);
        assert!(tags.contains(&format!("https://consent.example.com/sdk/{}", entry.name)));
        assert!(tags.contains(entry.integrity) && tags.contains("data-key=\"pk_0123456789ab_x\""));
        assert_eq!(
            tags.matches(AS_IT_IS).count(),
            tags.matches("data-key").count(),
            "plugins leave each tag alone"
        );
        let parts =
            tags.matches("rel=\"modulepreload\" href=\"https://consent.example.com/sdk/record.");
        assert_eq!(
            parts.count(),
            1,
            "of the two, the one that this entry loads"
        );
        assert!(!PLACE.policy(true).contains("unsafe-inline'\n"));
    }

    /// Protects a first visit: a preload has exactly the address that the banner requests; otherwise it is loaded
    /// twice.
    #[test]
    fn the_text_is_preloaded_from_the_address_the_banner_requests() {
        let line = |query: &str| {
            format!(
                "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"https://consent.example.com/v1/banner/pk_0123456789ab_x{query}\">\n"
            )
        };
        let language = |tag| Language::parse(tag).expect("a language");
        assert_eq!(PLACE.preload(&[]), line(""));
        assert_eq!(PLACE.preload(&[language("sv")]), line("?language=sv"));
        let two = PLACE.preload(&[language("sv"), language("pt-BR")]);
        assert!(two.contains(&line("?language=sv")) && two.contains(&line("?language=pt-BR")));
    }

    /// Protects the order that Google's tags need: the default denies all seven types before anything else, and the
    /// policy's hash matches the printed lines.
    #[test]
    fn googles_default_denies_everything_and_its_hash_is_right() {
        let source = include_str!("../../../sdk-js/src/bridges/google.ts");
        let types = source
            .split_once("GOOGLE_TYPES = [")
            .and_then(|(_, rest)| rest.split_once(']'));
        let types: Vec<&str> = types
            .expect("the list")
            .0
            .split('\'')
            .skip(1)
            .step_by(2)
            .collect();
        assert_eq!(types.len(), 7);
        for name in types {
            assert!(
                GOOGLE_DEFAULT.contains(&format!("{name}:'denied'")),
                "{name}"
            );
        }
        assert_eq!(GOOGLE_DEFAULT.matches("denied").count(), 7);
        assert_eq!(GOOGLE_DEFAULT.lines().count(), 3);
        let printed = google();
        let script = printed
            .split_once("<script>")
            .and_then(|(_, rest)| rest.split_once("</script>"));
        assert!(
            PLACE
                .policy(true)
                .contains(&hash(script.expect("a script").0))
        );
        assert!(!PLACE.policy(false).contains("sha256"));
    }

    /// A secret key in a page would be public.
    #[test]
    fn only_a_publishable_key_may_stand_in_a_page() {
        assert!(publishable("pk_0123456789ab_aB-_9").is_ok());
        for no in ["sk_service_abc", "", "pk_\"><script>", "k_0123"] {
            assert!(publishable(no).is_err(), "{no}");
        }
        assert_eq!(site_id("pk_0123456789ab_aB-_9"), Some("0123456789ab"));
        assert_eq!(site_id("pk_test_ba9876543210_x"), Some("ba9876543210"));
        assert_eq!(site_id("pk_publishable_x"), None);
    }
}
