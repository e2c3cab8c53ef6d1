use super::*;

fn kept(text: &str) -> String {
    registered(text, false).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn an_origin_is_kept_as_browsers_send_it() {
    for (written, sent) in [
        ("HTTPS://Shop.Example.se:443", "https://shop.example.se"),
        ("https://www.example.com/", "https://www.example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[0:0::0:1]", "http://[::1]"),
        ("http://192.0.2.7:80/", "http://192.0.2.7"),
        ("https://blåbär.example", "https://xn--blbr-noae.example"),
        (
            "https://Äpple.Example:8443",
            "https://xn--pple-koa.example:8443",
        ),
        ("https://straße.example/", "https://xn--strae-oqa.example"),
        (
            "https://xn--blbr-noae.example",
            "https://xn--blbr-noae.example",
        ),
        ("capacitor://localhost", "capacitor://localhost"),
        ("ionic://localhost/", "ionic://localhost"),
        ("tauri://localhost", "tauri://localhost"),
        ("http://tauri.localhost", "http://tauri.localhost"),
        ("com.example.app+x://Main_1", "com.example.app+x://Main_1"),
    ] {
        assert_eq!(kept(written), sent, "{written}");
        assert_eq!(kept(sent), sent, "a second time");
    }
}

/// Protects the author of an origin: the error names the fault and never repeats the text.
#[test]
fn an_invalid_origin_is_refused_with_its_reason() {
    for (text, fault) in [
        ("null", OriginFault::Null),
        ("www.example.com", OriginFault::Scheme),
        ("", OriginFault::Scheme),
        ("1x://localhost", OriginFault::Scheme),
        ("a b://localhost", OriginFault::Scheme),
        ("*", OriginFault::Scheme),
        ("javascript://localhost", OriginFault::Refused),
        ("DATA://x", OriginFault::Refused),
        ("file:///", OriginFault::Refused),
        ("blob://localhost", OriginFault::Refused),
        ("chrome-extension://abcdefgh", OriginFault::Refused),
        ("moz-extension://abcdefgh", OriginFault::Refused),
        ("wss://www.example.com", OriginFault::Refused),
        ("https://www.example.com//", OriginFault::Path),
        ("https://www.example.com/shop", OriginFault::Path),
        ("https://www.example.com?x", OriginFault::Path),
        ("capacitor://localhost/index.html", OriginFault::Path),
        ("https://me@www.example.com", OriginFault::User),
        ("https://", OriginFault::Host),
        ("https:///", OriginFault::Host),
        ("https://www..example.com", OriginFault::Host),
        ("https://www example.com", OriginFault::Host),
        ("http://127.1", OriginFault::Host),
        ("http://[::1", OriginFault::Host),
        ("capacitor://", OriginFault::Host),
        ("capacitor://*", OriginFault::Host),
        ("capacitor://lo cal", OriginFault::Host),
        ("https://a:b", OriginFault::Port),
        ("https://a:080", OriginFault::Port),
        ("https://a:0", OriginFault::Port),
        ("https://a:", OriginFault::Port),
        ("https://a:65536", OriginFault::Port),
        ("tauri://localhost:x", OriginFault::Port),
        ("https://*.preview.example.com", OriginFault::Pattern),
    ] {
        assert_eq!(registered(text, false), Err(fault), "{text}");
    }
}

/// Protects against senders that imitate a site's page: the origin must match exactly.
#[test]
fn only_what_a_browser_sends_is_an_origin_that_was_sent() {
    for origin in [
        "https://a.example",
        "capacitor://localhost",
        "http://[::1]:1",
        "https://xn--blbr-noae.example",
    ] {
        assert_eq!(sent(origin), Some(origin));
        assert!(covers(origin, origin));
    }
    for other in [
        "https://a.example/",
        "https://A.example",
        "https://a.example:443",
        "https://blåbär.example",
        "null",
        "capacitor://localhost/",
        "Capacitor://localhost",
        "https://*.a.example",
        "file://",
        "",
    ] {
        assert_eq!(sent(other), None, "{other}");
    }
    for (registered, sent) in [
        ("capacitor://localhost", "capacitor://evil"),
        ("capacitor://localhost", "ionic://localhost"),
        ("capacitor://localhost", "capacitor://localhost.evil"),
        ("capacitor://localhost", "http://localhost"),
        ("https://localhost", "capacitor://localhost"),
        ("http://tauri.localhost", "https://tauri.localhost"),
    ] {
        assert!(!covers(registered, sent), "{sent} for {registered}");
    }
}

#[test]
fn a_pattern_covers_one_label() {
    for (written, kept) in [
        (
            "https://*--Shop.netlify.app/",
            "https://*--shop.netlify.app",
        ),
        (
            "https://*.preview.example.test",
            "https://*.preview.example.test",
        ),
        (
            "http://pr-*.example.test:8080",
            "http://pr-*.example.test:8080",
        ),
        (
            "https://*.blåbär.example",
            "https://*.xn--blbr-noae.example",
        ),
    ] {
        assert_eq!(registered(written, true).as_deref(), Ok(kept));
        assert_eq!(registered(written, false), Err(OriginFault::Pattern));
    }
    for wide in [
        "https://*",
        "https://*.com",
        "https://*.*.example.com",
        "https://www.*.example.com",
        "https://**.example.com",
        "https://*.192.0.2.1",
        "https://*.com.",
        "https://ö*.example.com",
    ] {
        assert_eq!(registered(wide, true), Err(OriginFault::Wide), "{wide}");
    }
    let netlify = "https://*--shop.netlify.app";
    for yes in [
        "https://pr-123--shop.netlify.app",
        "https://main--shop.netlify.app",
    ] {
        assert!(covers(netlify, yes) && sent(yes).is_some(), "{yes}");
    }
    for no in [
        "https://--shop.netlify.app",
        "https://shop.netlify.app",
        "https://a.b--shop.netlify.app",
        "http://a--shop.netlify.app",
        "https://a--shop.netlify.app:8443",
        "https://a--shop.netlify.app.evil.test",
        "https://evil.test/--shop.netlify.app",
    ] {
        assert!(!covers(netlify, no), "{no}");
    }
}

#[test]
fn a_cookie_domain_is_a_parent_of_every_host_of_the_site() {
    let domains = |origins: &[&str]| {
        let origins: Vec<String> = origins.iter().map(|o| (*o).to_owned()).collect();
        cookie_domains(&origins)
    };
    assert_eq!(
        domains(&[
            "https://www.example.test",
            "https://example.test",
            "https://shop.example.test:8443",
            "http://example.test"
        ]),
        ["example.test"]
    );
    assert_eq!(
        domains(&[
            "https://a.b.example.se",
            "https://b.example.se",
            "https://example.se"
        ]),
        ["b.example.se", "example.se"]
    );
    assert_eq!(
        domains(&[
            "https://preview.example.test",
            "https://*.preview.example.test"
        ]),
        ["preview.example.test"]
    );
    for none in [
        &["https://example.test"][..],
        &["https://example.test", "https://notexample.test"],
        &["https://example.test", "https://example.com"],
        &["http://localhost", "http://a.localhost"],
        &["https://co.uk", "https://shop.co.uk"],
        &["https://github.io", "https://mine.github.io"],
        &["http://2.1", "http://192.0.2.1"],
        &["http://192.0.2.1", "http://192.0.2.1:8080"],
        &["capacitor://example.test", "capacitor://www.example.test"],
        &["https://*.example.test", "https://a.b.example.test"],
    ] {
        assert!(domains(none).is_empty(), "{none:?}");
    }
}
