//! `samtycke scan` with a real Chromium, on pages of this test.

use std::path::Path;

use axum::Router;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::routing::get;
use serde_json::{Value, json};

use crate::process::program;

const DECLARED: &str = r#"{"v":1,"purposes":[
    {"id":"x.statistics","terminal":[{"name":"_stat*","kind":"cookie","third_party":false}]},
    {"id":"x.marketing","terminal":[{"name":"shown","kind":"storage","third_party":false}]}],
    "text":{"others":[{"id":"x.login","cookies":[{"name":"PHPSESSID"}]}]}}"#;

/// Stores and calls at once, and more after consent. `localhost` is a third party to `127.0.0.1`.
const EAGER: &str = r#"<!doctype html><title>eager</title>
<button data-samtycke-action="accept">Yes</button>
<script>
  localStorage.setItem('shown', '1');
  new Image().src = location.href.replace('127.0.0.1', 'localhost').replace('/eager', '/pixel');
  document.querySelector('button').onclick = (event) => {
    if (!event.isTrusted) return;
    document.cookie = 'after=1';
    new Image().src = location.href.replace('127.0.0.1', 'localhost').replace('/eager', '/pixel?after');
  };
</script>"#;

/// A tag manager that takes over the queue, and the lines that `samtycke site embed --google` prints; the test varies
/// their order.
const TAG: &str =
    "dataLayer=window.dataLayer||[];dataLayer.push({event:'gtm.js'});dataLayer.push=function(){};";
const DEFAULT: &str = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('consent','default',{ad_storage:'denied'});";

async fn serve() -> String {
    let html = |body: &'static str| ([(CONTENT_TYPE, "text/html")], body);
    let eager = get(async move || {
        (
            [(SET_COOKIE, "_stat_1=1"), (CONTENT_TYPE, "text/html")],
            EAGER,
        )
    });
    let shop = get(async || {
        let cookies = [
            (SET_COOKIE, "PHPSESSID=1; Path=/"),
            (CONTENT_TYPE, "text/html"),
        ];
        (cookies, "<!doctype html><title>shop</title>")
    });
    let google =
        |scripts: [&str; 2]| format!("<!doctype html><script>{}</script>", scripts.concat());
    let (late, early) = (google([TAG, DEFAULT]), google([DEFAULT, TAG]));
    let page = |text: String| get(async move || ([(CONTENT_TYPE, "text/html")], text));
    let router = Router::new()
        .route("/shop", shop)
        .route("/late", page(late))
        .route("/early", page(early))
        .route("/eager", eager)
        .route(
            "/clean",
            get(async move || html("<!doctype html><title>clean</title>")),
        )
        .route("/pixel", get(async || "x"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Exit code and report. A machine without Chromium fails here, with the program's own message on how to install one.
async fn scan(url: &str, declaration: &Path, more: &[&str]) -> (i32, Value) {
    let mut command = tokio::process::Command::from(program(&["scan", url, "--json"]));
    command.arg("--declaration").arg(declaration).args(more);
    let output = command.output().await.expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!errors.contains("was not found"), "{errors}");
    let code = output.status.code().expect("an exit code");
    (
        code,
        serde_json::from_slice(&output.stdout).unwrap_or(json!(errors)),
    )
}

/// Protects the promise that nothing happens before a choice: the scan finds, names and judges what a page does before
/// it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_finds_what_a_page_does_around_a_choice() {
    let base = serve().await;
    let folder = tempfile::tempdir().expect("a folder");
    let declared = folder.path().join("declared.json");
    std::fs::write(&declared, DECLARED).expect("a file");

    let (code, report) = scan(&format!("{base}/eager"), &declared, &["--accept"]).await;
    assert_eq!(code, 1, "{report:#}");
    let found: Vec<(&str, &str, &str)> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| {
            let field = |name: &str| f[name].as_str().unwrap_or_default();
            let is_call = field("fault").starts_with("called_");
            let what = if is_call { "host" } else { "what" };
            (field("fault"), field("moment"), field(what))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("without_consent", "before_any_choice", "_stat_1"),
            ("without_consent", "before_any_choice", "shown"),
            ("called_without_consent", "before_any_choice", "localhost"),
            ("undeclared", "after_yes", "after"),
            ("called_undeclared", "after_yes", "localhost"),
        ],
        "{report:#}"
    );

    let (code, report) = scan(&format!("{base}/clean"), &declared, &[]).await;
    assert_eq!(
        (code, report["clean"].as_bool()),
        (0, Some(true)),
        "{report:#}"
    );
    let (code, report) = scan(&format!("{base}/shop"), &declared, &[]).await;
    assert_eq!(
        (code, report["findings"].as_array().map(Vec::len)),
        (0, Some(0)),
        "declared as necessary: {report:#}"
    );
    for (page, expected) in [("late", 1), ("early", 0)] {
        let (code, report) = scan(&format!("{base}/{page}"), &declared, &[]).await;
        assert_eq!(code, expected, "{page}: {report:#}");
        if expected == 1 {
            assert_eq!(report["findings"][0]["fault"], "google_before_default");
        }
    }
    let (code, said) = scan("http://127.0.0.1:9/", &declared, &[]).await;
    assert_eq!(code, 2, "{said:#}");
}
