//! The page as a document: all text escaped, nothing inline, both languages, bounded size.

use super::words::{ALL, EN, SV};
use super::*;

const NASTY: &str = "<script>alert(1)</script>\"'&";

fn purpose(i: usize, text: &str) -> Purpose {
    let modes = [
        "consent",
        "terminal_consent+objection",
        "objection",
        "contract",
        "contract_or_objection",
        "contract+legal_obligation",
        "legal_obligation",
        "not_stated",
        "processor",
        "no such mode",
    ];
    let states = [
        State::TenantView,
        State::TenantView,
        State::TenantView,
        State::Incomplete {
            why: vec![format!("parameter_unset:{text}"), text.to_owned()],
        },
        State::Retired,
        State::Processor {
            pointer: text.to_owned(),
        },
    ];
    let specials = [
        Special::No,
        Special::Unknown,
        Special::Possible,
        Special::Yes,
    ];
    let todays = [
        Today::Counts {
            given: 1_234,
            refused: 567,
            withdrawn: 89,
        },
        Today::NotAsked,
        Today::Withheld,
    ];
    Purpose {
        id: format!("ommej.{text}-{i}"),
        title_sv: format!("Anmälan till gratistjänster såsom seminarier {text}"),
        title_en: format!("Sign-up to free services such as seminars {text}"),
        basis_sv: text.to_owned(),
        basis_en: text.to_owned(),
        check_mode: modes[i % modes.len()].to_owned(),
        state: states[i % states.len()].clone(),
        special: specials[i % specials.len()],
        lacks_art9_ground: i % 4 > 1,
        asks_age: i.is_multiple_of(7),
        depends_on: if i.is_multiple_of(11) {
            vec![text.to_owned()]
        } else {
            Vec::new()
        },
        retention_sv: vec![format!("Så länge ändamålet består {text}")],
        today: todays[i % todays.len()],
    }
}

fn controller(tenant: &str, purposes: usize, text: &str) -> Controller {
    let publication = |kind, change: &str| Publication {
        at: 1_784_000_000_000,
        kind,
        version: 2,
        hash: text.to_owned(),
        index: 9,
        change: change.to_owned(),
    };
    Controller {
        tenant: tenant.to_owned(),
        name: format!("Name {text}"),
        site: text.to_owned(),
        visit: Some(text.to_owned()),
        register_version: 3,
        register_hash: text.to_owned(),
        notice_hash: Some(text.to_owned()),
        purposes: (0..purposes).map(|i| purpose(i, text)).collect(),
        served: Some(4_321),
        quota_reached: vec![text.to_owned()],
        log: Log {
            id: text.to_owned(),
            origin: text.to_owned(),
            size: 12_345,
            root: text.to_owned(),
            checkpoint_at: 1_784_000_000_000,
            vkeys: vec![text.to_owned(); 2],
            growth: (0..24)
                .map(|h| Hour {
                    starts_at: 1_784_000_000_000 + h * 3_600_000,
                    leaves: h * 7,
                })
                .collect(),
        },
        publications: vec![
            publication(PublicationKind::Notice, "material_consent"),
            publication(PublicationKind::Notice, "material_notice"),
            publication(PublicationKind::Notice, "editorial"),
            publication(PublicationKind::Notice, text),
            publication(PublicationKind::Register, ""),
        ],
    }
}

/// A view of the demo's size, five controllers and 87 purposes, with `text` in every field from outside.
fn view(lang: Lang, text: &str) -> HomeView {
    let sizes = [
        ("ommej", 24),
        ("bjorn-lunden", 23),
        ("omilon", 19),
        ("supplier", 5),
        ("loomer", 16),
    ];
    HomeView {
        lang,
        shows_tenants: true,
        service: format!("samtycke {text}"),
        version: text.to_owned(),
        rendered_at: 1_784_000_000_000,
        controllers: sizes.iter().map(|(t, n)| controller(t, *n, text)).collect(),
        people: vec![Person {
            tenant: "t0".into(),
            href: "/demo/day/s_x".into(),
            name_sv: text.into(),
            name_en: text.into(),
            about_sv: text.into(),
            about_en: text.into(),
        }],
        commands: Commands {
            record: text.to_owned(),
            check: text.to_owned(),
            prove: text.to_owned(),
        },
        links: vec![Link {
            href: "/docs".to_owned(),
            text_sv: text.to_owned(),
            text_en: text.to_owned(),
        }],
    }
}

/// The tags of a document, without the text between them.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
}

#[test]
fn everything_from_outside_is_escaped() {
    for lang in [Lang::Sv, Lang::En] {
        let html = render(&view(lang, NASTY));
        assert!(
            !html.contains("<script"),
            "markup from the view came through"
        );
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(!html.contains("alert(1)</script>"));
        assert!(html.contains("href=\"/v1/logs/-script-alert-1---script----/checkpoint\""));
    }
}

/// Protects tenants: a plain page shows nothing of them, whatever the view contains.
#[test]
fn a_plain_page_names_no_tenant() {
    for lang in [Lang::Sv, Lang::En] {
        let mut view = view(lang, "tenant-text");
        view.service = "samtycke".into();
        view.version = "1".into();
        view.links.clear();
        view.shows_tenants = false;
        let html = render(&view);
        for hidden in [
            "tenant-text",
            "loomer",
            "12345",
            "12 345",
            "#controllers",
            "#try",
        ] {
            assert!(!html.contains(hidden), "{hidden}");
        }
        assert!(html.contains("href=\"/docs\""));
    }
}

/// Protects the truth of a sentence: the page counts how many purposes rest on consent.
#[test]
fn how_many_rest_on_consent_is_counted() {
    let mut view = view(Lang::Sv, "text");
    let ground = |view: &HomeView| {
        let all = view.controllers.iter().flat_map(|c| &c.purposes);
        let all: Vec<_> = all.map(glyph::Ground::of).collect();
        let of = all.iter().filter(|g| **g == glyph::Ground::Consent).count();
        format!("{of} av {} vilar på samtycke", all.len())
    };
    assert!(render(&view).contains(&ground(&view)), "{}", ground(&view));
    view.controllers.truncate(1);
    view.controllers[0].purposes.truncate(2);
    assert!(render(&view).contains(&ground(&view)), "{}", ground(&view));
}

#[test]
fn nothing_is_inline_that_the_policy_forbids() {
    for lang in [Lang::Sv, Lang::En] {
        let html = render(&view(lang, "text"));
        for tag in tags(&html) {
            let name = tag.split_whitespace().next().unwrap_or_default();
            assert!(
                !matches!(name, "script" | "style" | "iframe" | "form" | "base"),
                "<{tag}>"
            );
            for attribute in tag.split_whitespace().skip(1) {
                assert!(!attribute.starts_with("style="), "<{tag}>");
                assert!(!attribute.starts_with("on"), "<{tag}>");
            }
            assert!(!tag.contains("http-equiv"), "<{tag}>");
        }
        // Only the icon's namespace contains a URL, and browsers do not fetch it.
        assert_eq!(html.matches("http:").count(), 1);
        assert_eq!(html.matches("https:").count(), 0);
    }
}

#[test]
fn both_languages_have_every_word() {
    for (name, sv, en) in ALL {
        for word in [sv, en] {
            assert!(!word.trim().is_empty(), "{name} is empty");
            assert!(!word.contains("TODO"), "{name} is unfinished");
        }
        // A sentence that is the same in both languages was not translated; single words may be.
        assert!(sv != en || !sv.contains(' '), "{name} is not translated");
    }
}

#[test]
fn the_document_says_its_language_and_links_to_the_other() {
    let sv = render(&view(Lang::Sv, "text"));
    assert!(sv.starts_with("<!DOCTYPE html><html lang=\"sv\">"));
    assert!(sv.contains("href=\"?lang=en\" lang=\"en\" hreflang=\"en\""));
    let en = render(&view(Lang::En, "text"));
    assert!(en.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert!(en.contains("href=\"?lang=sv\" lang=\"sv\" hreflang=\"sv\""));
    assert!(en.contains("lang=\"sv\"><span class=\"line\">Så länge ändamålet består"));
}

#[test]
fn the_demo_is_small_enough() {
    let text = "sha256:9f41c2d7a0b3e85f6c1d4a7b9e2f5038c6d1b4a7e9f2053c8d6b1a4e7f9";
    for lang in [Lang::Sv, Lang::En] {
        // Half the length that real registers have in one field, in every field at once.
        let bytes = render(&view(lang, &text[..20])).len();
        assert!(bytes < 150_000, "{bytes} bytes");
    }
    assert!(STYLE.css().len() < 20_000, "{} bytes", STYLE.css().len());
}

#[test]
fn ids_are_unique_and_every_fragment_has_a_target() {
    let html = render(&view(Lang::Sv, "text"));
    let values = |attribute: &str| -> Vec<String> {
        let start = format!(" {attribute}=\"");
        tags(&html)
            .flat_map(|tag| tag.split(&start as &str).skip(1))
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect()
    };
    let ids = values("id");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id occurs twice");
    let fragments = values("href")
        .into_iter()
        .filter_map(|h| h.strip_prefix('#').map(str::to_owned));
    let named = values("aria-labelledby")
        .into_iter()
        .flat_map(|v| v.split(' ').map(str::to_owned).collect::<Vec<_>>());
    for target in fragments.chain(named) {
        assert!(ids.contains(&target), "nothing has the id {target}");
    }
}

#[test]
fn headings_never_skip_a_level() {
    let html = render(&view(Lang::Sv, "text"));
    let levels: Vec<u32> = tags(&html)
        .filter_map(|tag| {
            tag.split_whitespace()
                .next()?
                .strip_prefix('h')?
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1);
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

#[test]
fn an_empty_service_is_a_whole_page() {
    let mut empty = view(Lang::En, "text");
    empty.controllers.clear();
    assert!(render(&empty).contains("Nothing in the last 24 hours."));
    let mut bare = view(Lang::En, "text");
    for controller in &mut bare.controllers {
        controller.purposes.clear();
        controller.publications.clear();
        controller.log.growth.clear();
        controller.notice_hash = None;
    }
    assert!(render(&bare).contains("Nothing is published yet."));
}

/// Protects the page's texts against a renamed code in the core.
#[test]
fn every_code_that_makes_a_purpose_incomplete_has_words() {
    use samtycke_core::register::{LintCode, Severity};
    for code in [
        LintCode::CheckModeNotStated,
        LintCode::ParameterUnset,
        LintCode::RecipientUnknown,
        LintCode::CookieLifetime,
        LintCode::DependsOnCycle,
    ] {
        assert_eq!(code.severity(), Severity::Error);
        for words in [&SV, &EN] {
            let (text, _) = answer::why(code.as_str(), words);
            assert_ne!(text, code.as_str());
        }
    }
}

#[test]
fn an_incomplete_purpose_is_denied_with_its_reason() {
    let incomplete = Purpose {
        state: State::Incomplete {
            why: vec!["parameter_unset:reasonable_time".to_owned()],
        },
        ..purpose(0, "text")
    };
    assert_eq!(
        first_answer(&incomplete),
        Answer {
            verdict: Verdict::No,
            reason: "REGISTER_INCOMPLETE"
        }
    );
    let mut one = view(Lang::En, "text");
    one.controllers.truncate(1);
    one.controllers[0].purposes = vec![incomplete];
    let html = render(&one);
    assert!(html.contains("a period is not set (<code>reasonable_time</code>)."));
}

#[test]
fn withheld_counts_are_nowhere_on_the_page() {
    let mut one = view(Lang::Sv, "text");
    one.controllers.truncate(1);
    one.controllers[0].purposes = vec![Purpose {
        today: Today::Withheld,
        ..purpose(0, "text")
    }];
    let html = render(&one);
    assert!(html.contains("Visas inte *") && html.contains("stödtjänst för barn"));
    assert!(
        html.contains("<dd>0</dd>"),
        "the sum of the day leaves them out too"
    );
}

#[test]
fn the_language_is_asked_for_or_guessed() {
    assert_eq!(Lang::choose(Some("en"), Some("sv")), Lang::En);
    assert_eq!(
        Lang::choose(Some("de"), Some("de-AT, en-GB;q=0.8, sv;q=0.7")),
        Lang::En
    );
    assert_eq!(Lang::choose(None, Some("fi,sv-FI;q=0.9")), Lang::Sv);
    assert_eq!(Lang::choose(None, Some("é")), Lang::Sv);
    assert_eq!(Lang::choose(None, None), Lang::Sv);
}

#[test]
fn the_style_sheet_is_named_by_its_content() {
    let path = STYLE.path();
    assert!(path.len() == "/assets/home..css".len() + 16);
    let hash = path
        .strip_prefix("/assets/home.")
        .and_then(|p| p.strip_suffix(".css"));
    assert!(hash.is_some_and(|h| h.bytes().all(|b| b.is_ascii_hexdigit())));
    assert!(!STYLE.css().contains("url(") && !STYLE.css().contains("@import"));
}
