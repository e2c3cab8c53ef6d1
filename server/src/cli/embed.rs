//! What somebody pastes into a website so that it asks.

use std::process::ExitCode;

use clap::Args as Arguments;

use super::{Done, Failure, SiteOf};
use crate::config::Config;
use crate::origin;
use crate::sdk;

/// Where the site's own proxy puts samtycke.
const OWN_PATH: &str = "/samtycke";

/// What the tag is made of.
#[derive(Debug, Clone, Arguments)]
pub(super) struct Args {
    #[command(flatten)]
    of: SiteOf,
    /// A publishable key of the site. It is no secret: every visitor sees it.
    #[arg(long, value_parser = publishable)]
    key: Option<String>,
    /// Origin at which visitors reach the server, such as https://consent.example.com; without it the configured one.
    #[arg(long, value_name = "ORIGIN")]
    server: Option<String>,
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

/// Prints the snippet. It opens no database, so that it works beside a running server.
pub(super) fn run(args: &Args, config: &Config) -> Done {
    let server = args.server.as_deref().unwrap_or(&config.public_url);
    let known = origin::registered(server, false)
        .ok()
        .filter(|o| origin::is_web(o));
    let server = known.ok_or_else(|| {
        Failure::new(format!(
            "{server} is no origin: give scheme, host and port, such as https://consent.example.com"
        ))
    })?;
    let entry = sdk::pinned_entry()
        .ok_or_else(|| Failure::new("this samtycke was built without the banner's files"))?;
    if args.key.is_none() {
        eprintln!(
            "No key was given, so pk_... stands in its place. Make one with:\n  samtycke key add {} publishable --site {}\n",
            args.of.tenant, args.of.site
        );
    }
    let key = args.key.as_deref().unwrap_or("pk_...");
    println!("{}", tags(&server, key, entry));
    println!("{}", policy(&server));
    println!("{}", proxy(&server, key));
    Ok(ExitCode::SUCCESS)
}

fn tags(server: &str, key: &str, entry: &sdk::File) -> String {
    let (name, integrity) = (entry.name, entry.integrity);
    format!(
        r#"1. Into <head>, before whatever needs consent
   This version and no other; after an update of the server, print it again:

<script type="module" src="{server}/sdk/{name}"
        integrity="{integrity}"
        crossorigin="anonymous" data-key="{key}"></script>

   Or always the server's newest, which cannot have an integrity:

<script type="module" src="{server}/sdk/banner.js" data-key="{key}"></script>

2. Around whatever needs consent

<template data-samtycke-purpose="statistics"><script src="..."></script></template>
<iframe data-samtycke-purpose="marketing" data-src="https://..." title="..."></iframe>

3. Into the footer of every page. Without script nobody is asked and nothing of the above runs; the declaration can be
   read all the same. Without the button, the banner puts one of its own into a corner

<a href="{server}/declaration/{key}">Cookies</a>
<button type="button" data-samtycke-action="settings">Change my choice</button>
"#
    )
}

fn policy(server: &str) -> String {
    format!(
        "\
4. Where the site has a Content-Security-Policy: these in addition. No 'unsafe-inline', no 'unsafe-eval', no style-src

script-src {server}     or 'nonce-...', with the same nonce=\"...\" in the tag
connect-src {server}
trusted-types samtycke     only with require-trusted-types-for 'script', and only to release <script type=\"text/plain\">
"
    )
}

fn proxy(server: &str, key: &str) -> String {
    let host = server.split_once("://").map_or(server, |(_, host)| host);
    format!(
        r#"5. Better: under the site's own name. Then nothing of a third party is loaded, and Safari, which keeps for seven days
   what a script has stored, keeps a choice for as long as it is valid, because the server stores it. The tag is then

<script type="module" src="{OWN_PATH}/sdk/banner.js" data-server="{OWN_PATH}" data-key="{key}"></script>

   nginx: the site's own cookies are not sent along; set trusted_proxy_hops = 1 at the server

location ~ ^{OWN_PATH}/((sdk|assets|declaration|v1/banner)/|v1/(consents|withdrawals|cookie)$) {{
    rewrite ^{OWN_PATH}(/.*)$ $1 break;
    proxy_pass {server};
    proxy_ssl_server_name on;
    proxy_set_header Host {host};
    proxy_set_header Cookie "";
    proxy_set_header X-Forwarded-For $remote_addr;
}}
location = /.well-known/gpc.json {{
    proxy_pass {server};
    proxy_ssl_server_name on;
    proxy_set_header Host {host};
}}

   Caddy

handle_path {OWN_PATH}/* {{
    @public path /sdk/* /assets/* /declaration/* /v1/banner/* /v1/consents /v1/withdrawals /v1/cookie
    reverse_proxy @public {server} {{
        header_up Host {host}
        header_up -Cookie
    }}
}}
handle /.well-known/gpc.json {{
    reverse_proxy {server} {{
        header_up Host {host}
    }}
}}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snippet_names_the_hashed_file_and_its_integrity() {
        let entry = sdk::pinned_entry().expect("the banner's files are compiled in");
        let tags = tags("https://consent.example.com", "pk_0123456789ab_x", entry);
        assert!(tags.contains(&format!("https://consent.example.com/sdk/{}", entry.name)));
        assert!(tags.contains(entry.integrity) && tags.contains("data-key=\"pk_0123456789ab_x\""));
        assert!(!policy("https://consent.example.com").contains("unsafe-inline'\n"));
        let proxy = proxy("https://consent.example.com", "pk_0123456789ab_x");
        assert!(proxy.contains("proxy_set_header Host consent.example.com;"));
        assert_eq!(proxy.matches('{').count(), proxy.matches('}').count());
    }

    /// A secret key in a page would be everybody's.
    #[test]
    fn only_a_publishable_key_may_stand_in_a_page() {
        assert!(publishable("pk_test_0123456789ab_aB-_9").is_ok());
        for no in ["sk_service_abc", "", "pk_\"><script>", "k_0123"] {
            assert!(publishable(no).is_err(), "{no}");
        }
    }
}
