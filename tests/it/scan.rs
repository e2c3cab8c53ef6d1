//! `samtycke scan` with a real Chromium, against pages of this test's own.

use std::path::Path;

use axum::Router;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::routing::get;
use serde_json::{Value, json};

use crate::process::program;

const DECLARED: &str = r#"{"v":1,"purposes":[
    {"id":"x.statistics","terminal":[{"name":"_stat*","kind":"cookie","third_party":false}]},
    {"id":"x.marketing","terminal":[{"name":"shown","kind":"storage","third_party":false}]}]}"#;

/// Stores and calls at once; and more after a yes. `localhost` is somebody else than `127.0.0.1`.
const EAGER: &str = r#"<!doctype html><title>eager</title>
<button data-samtycke-action="accept">Yes</button>
<script>
  localStorage.setItem('shown', '1');
  new Image().src = location.href.replace('127.0.0.1', 'localhost').replace('/eager', '/pixel');
  document.querySelector('button').onclick = (event) => {
    if (event.isTrusted) document.cookie = 'after=1';
  };
</script>"#;

async fn serve() -> String {
    let html = |body: &'static str| ([(CONTENT_TYPE, "text/html")], body);
    let eager = get(async move || {
        (
            [(SET_COOKIE, "_stat_1=1"), (CONTENT_TYPE, "text/html")],
            EAGER,
        )
    });
    let router = Router::new()
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

/// Exit code and report. A machine without Chromium fails here, with the program's own words about how to get one.
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

/// Protects the promise that nothing goes before a choice: what a page does before it is found, named and judged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_does_before_and_after_a_choice_is_found() {
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
            let what = if field("fault") == "called_without_consent" {
                "host"
            } else {
                "what"
            };
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
        ],
        "{report:#}"
    );

    let (code, report) = scan(&format!("{base}/clean"), &declared, &[]).await;
    assert_eq!(
        (code, report["clean"].as_bool()),
        (0, Some(true)),
        "{report:#}"
    );
    let (code, said) = scan("http://127.0.0.1:9/", &declared, &[]).await;
    assert_eq!(code, 2, "{said:#}");
}
