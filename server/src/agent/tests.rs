use super::*;

fn device(user_agent: &str) -> String {
    let device = Agents::default().device(user_agent);
    let major = device
        .browser_major
        .map_or(String::new(), |major| format!(" {major}"));
    format!(
        "{}{major} {} {}",
        device.browser.word(),
        device.os.word(),
        device.form.word()
    )
}

#[test]
fn common_agents_are_known() {
    let table = [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "chrome 141 windows desktop",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
            "edge 141 windows desktop",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
            "firefox 144 linux desktop",
        ),
        (
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
            "firefox 144 linux desktop",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
            "safari 18 macos desktop",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
            "safari 18 ios phone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            "webview ios phone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1",
            "chrome 141 ios phone",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1",
            "safari 15 ios tablet",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
            "chrome 141 android phone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "chrome 141 android tablet",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "samsung 28 android phone",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
            "firefox 144 android phone",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "chrome 141 chromeos desktop",
        ),
        (
            "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
            "safari other tv",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/124.0.0.0",
            "opera 124 windows desktop",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; Touch; Tablet PC 2.0; rv:11.0) like Gecko",
            "ie 11 windows desktop",
        ),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "bot other other",
        ),
        ("python-requests/2.32.3", "program other other"),
        ("", "other other other"),
        ("anna.andersson@example.se", "other other other"),
    ];
    for (user_agent, expected) in table {
        assert_eq!(device(user_agent), expected, "{user_agent}");
    }
}

/// Protects the promise that the raw user agent does not leave the module: results come from the closed set, even where
/// uap-core's own families would copy a part of the text.
#[test]
fn nothing_of_the_raw_text_comes_out() {
    let marked = "Annas19900101App/4711 CFNetwork/1 Darwin/1 (Macintosh) Firefox/99999 Annas";
    let json = serde_json::to_string(&Agents::default().device(marked)).unwrap();
    assert!(
        !json.contains("Anna") && !json.contains("4711") && !json.contains("99999"),
        "{json}"
    );
}

#[test]
fn length_is_capped_at_a_character() {
    let long = "å".repeat(100_000);
    assert_eq!(Agents::default().device(&long), Device::UNKNOWN);
}

#[test]
fn the_memo_is_bounded_and_keeps_what_is_in_use() {
    let mut memo = Memo::default();
    let key = |n: usize| {
        let mut key = [0; 16];
        key[..8].copy_from_slice(&n.to_be_bytes());
        key
    };
    for n in 1..=5 * GENERATION_MAX {
        memo.insert(key(n), Device::UNKNOWN);
        memo.insert(key(0), Device::UNKNOWN);
        assert!(memo.get(key(0)).is_some());
        assert!(memo.young.len() + memo.old.len() <= 2 * GENERATION_MAX + 1);
    }
    assert!(memo.get(key(1)).is_none());
}

#[tokio::test]
async fn warming_leaves_the_rules_compiled() {
    let agents = Agents::warm().await;
    assert!(RULES.get().is_some());
    assert_eq!(agents.device("curl/8.5.0").browser, Browser::Program);
}
