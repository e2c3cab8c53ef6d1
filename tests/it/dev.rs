//! `samtycke dev`: ready at once, the same server, and no traces left.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use reqwest::Method;
use samtycke_core::pseudonym::{Domain, identifier_hmac};
use samtycke_server::tenant::Role;
use samtycke_tests::world::{Answer, client};
use serde_json::{Value, json};

use crate::process::{Running, program, said};

/// A dev server, as it describes itself in JSON.
struct Dev {
    running: Running,
    said: Value,
    http: reqwest::Client,
}

impl Dev {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, &[])
    }

    fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = program(&[&["dev", "--json"], arguments].concat());
        command.envs(variables.iter().copied());
        let running = Running::start(command, "{");
        assert_eq!(
            running.printed.lines().count(),
            1,
            "one line: {}",
            running.printed
        );
        let said = serde_json::from_str(&running.printed).expect("JSON");
        Self {
            running,
            said,
            http: client(),
        }
    }

    fn tenant(&self) -> &Value {
        &self.said["tenants"][0]
    }

    fn key(&self, role: &str) -> &str {
        self.tenant()["keys"][role].as_str().expect("a key")
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: &str,
        origin: Option<&str>,
        body: Option<&Value>,
    ) -> Answer {
        let url = format!(
            "{}{path}",
            self.said["base_url"].as_str().expect("an address")
        );
        let mut request = self.http.request(method, url).bearer_auth(key);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::to(request).await
    }

    async fn post(&self, path: &str, role: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, self.key(role), None, Some(body))
            .await
    }

    /// Where its data are, from the files that it has open.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let open =
            std::fs::read_dir(format!("/proc/{}/fd", self.running.pid())).expect("a process");
        let files = open.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        let ours = |path: &PathBuf| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("samtycke-dev-"))
        };
        files
            .filter_map(|file| file.ancestors().map(PathBuf::from).find(ours))
            .collect()
    }
}

fn event_id() -> String {
    let (code, id, _) = said(program(&["event-id"]).output().expect("the program runs"));
    assert_eq!(code, 0);
    id.trim().to_owned()
}

/// Protects a client's test suite: one line gives address, keys and notice. A client pseudonymises as the server does,
/// records, checks, spends and proves; after SIGTERM no data are left.
#[tokio::test]
async fn dev_serves_what_a_test_suite_needs_and_leaves_nothing() {
    let dev = Dev::start(&[]);
    let tenant = dev.tenant();
    assert_eq!(
        (tenant["tenant"].as_str(), tenant["site"].as_str()),
        (Some("example"), Some("localhost"))
    );
    assert_eq!(
        (
            &tenant["register"]["errors"],
            &tenant["register"]["incomplete"]
        ),
        (&json!(0), &json!([]))
    );
    let keys: BTreeSet<&str> = tenant["keys"]
        .as_object()
        .expect("keys")
        .values()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(keys.len(), Role::ALL.len());

    let mut lookup = [0; 32];
    hex::decode_to_slice(tenant["lookup_key"].as_str().expect("hex"), &mut lookup).expect("a key");
    let hmac = identifier_hmac(
        &samtycke_core::keys::Secret::from_bytes(lookup),
        Domain::Account,
        "customer-7",
    );
    let by_hmac = dev
        .post(
            "/v1/subjects",
            "service",
            &json!({"domain": "account", "identifier_hmac": hex::encode(hmac)}),
        )
        .await
        .expect(200);
    let by_name = dev
        .post(
            "/v1/subjects",
            "service",
            &json!({"domain": "account", "identifier": "customer-7"}),
        )
        .await
        .expect(200);
    let subject = &by_hmac.json["subject"];
    assert_eq!(
        subject, &by_name.json["subject"],
        "the lookup key is the server's"
    );

    let scope = json!({"recipient": "plumber-7"});
    let consent = json!({"event_id": event_id(), "subject": subject, "notice": tenant["notice"], "language": "sv", "method": "button",
        "based_on": 0, "decisions": [{"purpose": "example.forwarding", "decision": "given", "scope": scope}]});
    dev.post("/v1/consents", "service", &consent)
        .await
        .expect(201);
    let question = json!({"subject": subject, "purpose": "example.forwarding", "scope": scope, "op": "forward"});
    assert_eq!(
        dev.post("/v1/check", "service", &question)
            .await
            .expect(200)
            .json["allow"],
        true
    );
    let spent = json!({"event_id": event_id(), "subject": subject, "purpose": "example.forwarding", "scope": scope});
    let path = format!(
        "/v1/consents/{}/use",
        consent["event_id"].as_str().expect("an id")
    );
    dev.post(&path, "service", &spent).await.expect(201);
    assert_eq!(
        dev.post("/v1/check", "service", &question)
            .await
            .expect(200)
            .json["reason"],
        "CONSENT_USED"
    );
    let proof = format!(
        "/v1/events/{}/proof",
        spent["event_id"].as_str().expect("an id")
    );
    dev.send(Method::GET, &proof, dev.key("auditor"), None, None)
        .await
        .expect(200);

    let folders = dev.folders();
    assert_eq!(
        folders.len(),
        1,
        "everything lies in one folder: {folders:?}"
    );
    let folder = folders.first().expect("one");
    let mode = std::fs::metadata(folder)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700, "its owner's alone");
    dev.running.stop();
    assert!(!folder.exists(), "nothing is kept");
}

/// Protects "the same server": it refuses what `serve` refuses.
#[tokio::test]
async fn dev_grants_nothing_that_serve_does_not() {
    let dev = Dev::start(&["--origin", "http://localhost:5173"]);
    let question = json!({"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "example.newsletter"});
    dev.send(
        Method::POST,
        "/v1/check",
        "sk_service_made-up",
        None,
        Some(&question),
    )
    .await
    .expect_problem(401, "UNAUTHENTICATED");
    dev.post("/v1/check", "operator", &question)
        .await
        .expect_problem(403, "FORBIDDEN");
    let answer = dev
        .post("/v1/check", "service", &question)
        .await
        .expect(200);
    assert_eq!(
        (&answer.json["allow"], &answer.json["reason"]),
        (&json!(false), &json!("CONSENT_MISSING"))
    );
    let mut unknown = question.clone();
    unknown["name"] = json!("x");
    dev.post("/v1/check", "service", &unknown)
        .await
        .expect_problem(422, "FIELD_INVALID");
    let tallies = format!("/v1/banner/{}/tallies", dev.key("publishable"));
    let tally = json!({"notice": dev.tenant()["notice"], "choice": "deferred"});
    for (origin, status) in [
        ("http://localhost:5173", 204),
        ("http://localhost:5174", 403),
        ("https://evil.example", 403),
    ] {
        dev.send(Method::POST, &tallies, "", Some(origin), Some(&tally))
            .await
            .expect(status);
    }
    dev.send(Method::POST, &tallies, "", None, Some(&tally))
        .await
        .expect_problem(403, "ORIGIN_NOT_ALLOWED");
    dev.running.stop();
}

/// Protects a developer's machine from orphans: when standard input closes, the server ends and removes its folder.
/// Input before that is ignored. Without the flag the server continues.
#[tokio::test]
async fn dev_ends_with_its_parent_where_asked() {
    let mut dev = Dev::start(&["--exit-with-parent"]);
    let folders = dev.folders();
    let mut input = dev.running.input();
    std::io::Write::write_all(&mut input, b"not an end\n").expect("written");
    dev.send(Method::GET, "/healthz", "", None, None)
        .await
        .expect(200);
    drop(input);
    dev.running.ended();
    assert!(
        folders.len() == 1 && folders.iter().all(|folder| !folder.exists()),
        "{folders:?}"
    );

    let mut stays = Dev::start(&[]);
    drop(stays.running.input());
    stays
        .send(Method::GET, "/healthz", "", None, None)
        .await
        .expect(200);
    let folders = stays.folders();
    stays.running.signal("-INT");
    stays.running.ended();
    assert!(
        folders.len() == 1 && folders.iter().all(|folder| !folder.exists()),
        "{folders:?}"
    );
}

/// Protects configured data: the database, folder or root key of other data is neither used nor changed. An incomplete
/// register is served as in production.
#[tokio::test]
async fn dev_touches_nothing_of_the_settings() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let path = elsewhere.path().display().to_string();
    let variables = [
        ("SAMTYCKE_DATA_DIR", path.as_str()),
        ("SAMTYCKE_ANCHOR_DIR", path.as_str()),
        (
            "SAMTYCKE_DATABASE_URL",
            "postgres://nobody@127.0.0.1:1/nothing",
        ),
        ("SAMTYCKE_REDIS_URL", "redis://127.0.0.1:1"),
        ("SAMTYCKE_ROOT_KEY", "no key at all"),
        ("SAMTYCKE_LISTEN", "192.0.2.1:1"),
        ("SAMTYCKE_PUBLIC_URL", "https://consent.example"),
    ];
    let registers = [
        "--register",
        "registers/loomer.toml",
        "--register",
        "registers/supplier.toml",
        "--notice-languages",
        "sv",
    ];
    let dev = Dev::start_with(&registers, &variables);
    assert_eq!(
        std::fs::read_dir(elsewhere.path())
            .expect("a folder")
            .count(),
        0
    );
    let (loomer, supplier) = (&dev.said["tenants"][0], &dev.said["tenants"][1]);
    let incomplete = loomer["register"]["incomplete"].as_array().expect("a list");
    assert!(
        incomplete.contains(&json!("loomer.anvandningsdata"))
            && loomer["register"]["errors"].as_u64() > Some(0)
    );
    let question =
        json!({"subject": "s_JxKq3mYlTn2v0cWb8ZpR4A", "purpose": "loomer.anvandningsdata"});
    assert_eq!(
        dev.post("/v1/check", "service", &question)
            .await
            .expect(200)
            .json["reason"],
        "REGISTER_INCOMPLETE"
    );
    assert!(
        supplier["register"]["incomplete"].as_array().map(Vec::len) > Some(0)
            && supplier["notice"].is_string()
    );
    let notice = dev
        .send(
            Method::GET,
            "/v1/sites/localhost/notice",
            dev.key("service"),
            None,
            None,
        )
        .await
        .expect(200);
    let languages: Vec<&String> = notice.json["texts"]
        .as_object()
        .expect("texts")
        .keys()
        .collect();
    assert_eq!(languages, ["sv"]);
    dev.running.stop();
}

/// Protects a person's first minute: the printed commands work as they are, and the output says that nothing is kept.
#[test]
fn dev_prints_what_can_be_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = Running::start(program(&["dev"]), "Ctrl-C");
    assert!(
        running.printed.contains("Nothing is kept") && running.printed.contains("0 errors"),
        "{}",
        running.printed
    );
    running.try_commands(folder.path());
    running.stop();
    let (code, help, _) = said(
        program(&["dev", "--help"])
            .output()
            .expect("the program runs"),
    );
    assert_eq!(code, 0);
    for part in [
        "keeps nothing",
        "deleted when it ends",
        "--exit-with-parent",
        "--register <FILE>",
        "--json",
        "--notice-languages",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
}

/// Protects against a server with less than its configuration: if something cannot be served it ends, with the reason.
#[test]
fn dev_says_why_it_does_not_start() {
    let refused = |arguments: &[&str]| {
        let (code, out, errors) = said(
            program(&[&["dev", "--json"], arguments].concat())
                .output()
                .expect("the program runs"),
        );
        assert_eq!((code, out.as_str()), (1, ""), "{errors}");
        errors
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wrong.toml");
    std::fs::write(
        &file,
        "format = \"samtycke.register/1\"\n[register]\nid = \"x\"\nno_such_field = 1\n",
    )
    .expect("a file");
    let errors = refused(&["--register", &file.display().to_string()]);
    assert!(
        errors.contains("wrong.toml:4") && errors.contains("no_such_field"),
        "{errors}"
    );
    assert!(refused(&["--register", "registers/nobody.toml"]).contains("nobody.toml"));
    let twice = refused(&[
        "--register",
        "registers/loomer.toml",
        "--register",
        "registers/loomer.toml",
    ]);
    assert!(twice.contains("loomer"), "{twice}");
    let spoken = refused(&["--notice-languages", "sv,tlh"]);
    assert!(spoken.contains("/languages/1"), "{spoken}");
}
