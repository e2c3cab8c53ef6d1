//! The command line for people and scripts: output, exit codes, and the demo.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{Running, program, root, said};

fn run(arguments: &[&str]) -> (i32, String, String) {
    said(program(arguments).output().expect("the program runs"))
}

fn run_in(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(
        program(arguments)
            .env("SAMTYCKE_DATA_DIR", data)
            .output()
            .expect("the program runs"),
    )
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

/// Protects an operator from a limit that is ignored because its name is misspelt.
#[test]
fn cli_config_refuses_an_unknown_key_and_names_the_nearest() {
    let folder = folder();
    let file = write(&folder, "bad.toml", "listn = \"127.0.0.1:1\"\n");
    let (code, _, errors) = run(&["--config", &file, "config", "check"]);
    assert_eq!(code, 1);
    assert!(
        errors.contains("bad.toml:1") && errors.contains("listn") && errors.contains("listen"),
        "{errors}"
    );

    let file = write(&folder, "good.toml", "listen = \"127.0.0.1:1\"\n");
    assert_eq!(run(&["--config", &file, "config", "check"]).0, 0);
    let (_, printed, _) = run(&["--config", &file, "config", "print"]);
    assert!(printed.contains("listen = \"127.0.0.1:1\""), "{printed}");
}

#[test]
fn cli_lint_fails_on_invalid_and_with_strict_on_incomplete() {
    let (code, report, _) = run(&["register", "lint", "registers/omilon.toml"]);
    assert_eq!(code, 0, "incomplete purposes go live denying");
    assert!(
        report.starts_with("registers/omilon.toml: 19 purposes"),
        "{report}"
    );
    assert!(report.contains("error check_mode_not_stated"), "{report}");
    assert_eq!(
        run(&["register", "lint", "--strict", "registers/omilon.toml"]).0,
        1
    );

    let folder = folder();
    let file = write(
        &folder,
        "r.toml",
        "[register]\nid = \"x\"\nno_such_field = 1\n",
    );
    let (code, _, errors) = run(&["register", "lint", &file]);
    assert_eq!(code, 1);
    assert!(errors.contains("r.toml:"), "{errors}");
    let file = folder.path().join("windows.toml");
    std::fs::write(&file, b"[register]\r\ncontroller = \"Bj\xf6rn AB\"\r\n").expect("a file");
    let (code, _, errors) = run(&["register", "lint", &file.display().to_string()]);
    assert_eq!(code, 1);
    assert!(
        errors.contains("windows.toml:2: not UTF-8") && errors.contains("save the file as UTF-8"),
        "{errors}"
    );
    let (code, same, _) = run(&[
        "register",
        "diff",
        "registers/ommej.toml",
        "registers/ommej.toml",
    ]);
    assert_eq!((code, same.as_str()), (0, "no difference\n"));
}

/// Protects auditors' scripts: the exit codes are the interface.
#[test]
fn cli_verify_answers_with_its_exit_code() {
    let vectors =
        std::fs::read_to_string(root().join("tests/vectors/bundle.json")).expect("the vectors");
    let vectors: Value = serde_json::from_str(&vectors).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let folder = folder();
    let policy = write(&folder, "policy", &text(&vectors["policy"]));
    let good = text(&vectors["valid"]["bundle"]);
    let valid = write(&folder, "valid.json", &good);
    let (code, words, _) = run(&["verify", &valid, "--policy", &policy]);
    assert_eq!(code, 0, "{words}");
    assert!(
        words.starts_with("VALID: proof level 2") && words.contains("\nChecked\n"),
        "{words}"
    );
    let (code, json, _) = run(&["verify", &valid, "--policy", &policy, "--json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((code, json["outcome"].as_str()), (0, Some("valid")));

    let flipped = write(&folder, "flipped.json", &good.replacen("given", "taken", 1));
    let (code, words, _) = run(&["verify", &flipped, "--policy", &policy]);
    assert_eq!(code, 1, "{words}");
    assert!(words.starts_with("INVALID: "), "{words}");

    let vkey = unknown_vkey();
    let (code, words, errors) = run(&["verify", &valid, "--vkey", &vkey]);
    assert_eq!(code, 2, "{words}{errors}");
    assert!(words.starts_with("UNDECIDABLE: "), "{words}");

    let erased = write(&folder, "erased.json", &text(&vectors["erased"]["bundle"]));
    assert_eq!(run(&["verify", &erased, "--policy", &policy]).0, 3);

    assert_eq!(run(&["verify", &valid]).0, 4, "nobody to believe");
    assert_eq!(run(&["verify", &valid, "--vkey", "nonsense"]).0, 4);
    assert_eq!(run(&["verify", "no-such-file", "--policy", &policy]).0, 4);
    let mut child = program(&["verify", "-", "--policy", &policy])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(good.as_bytes())
        .expect("written");
    assert_eq!(
        child.wait_with_output().expect("an end").status.code(),
        Some(0)
    );
}

/// Protects an auditor from taking for a forgery what a shell, an editor or a proxy has done to a file.
#[test]
fn cli_verify_tells_a_spoilt_file_from_a_forged_proof() {
    let vectors =
        std::fs::read_to_string(root().join("tests/vectors/bundle.json")).expect("the vectors");
    let vectors: Value = serde_json::from_str(&vectors).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (bundle, policy) = (text(&vectors["valid"]["bundle"]), text(&vectors["policy"]));
    let folder = folder();
    let save = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("written");
        folder.path().join(name).display().to_string()
    };
    let wide = |text: &str| -> Vec<u8> {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    let windows = policy.replace('\n', "\r\n");
    let good = save("good.json", bundle.as_bytes());
    let rules = save("policy", policy.as_bytes());
    // What can be read safely is read.
    for (bundle, policy) in [
        (save("marked.json", &marked(&bundle)), rules.clone()),
        (good.clone(), save("crlf", windows.as_bytes())),
        (good.clone(), save("marked-crlf", &marked(&windows))),
        (
            save("end.json", format!("{bundle}\r\n").as_bytes()),
            rules.clone(),
        ),
    ] {
        let (code, words, errors) = run(&["verify", &bundle, "--policy", &policy]);
        assert_eq!(code, 0, "{bundle} {policy}: {words}{errors}");
    }
    // What cannot be is wrong use, with advice.
    let page = b"<!doctype html><title>Sign in</title>".to_vec();
    for (number, (bytes, advice)) in [
        (wide(&bundle), "-o FILE"),
        (page, "web page"),
        (Vec::new(), "is empty"),
    ]
    .into_iter()
    .enumerate()
    {
        let spoilt = save(&format!("spoilt{number}"), &bytes);
        for arguments in [
            vec!["verify", &spoilt, "--policy", &rules],
            vec!["verify", &good, "--policy", &spoilt],
            vec!["verify", &good, "--policy", &rules, "--held", &spoilt],
        ] {
            let (code, words, errors) = run(&arguments);
            assert_eq!((code, words.as_str()), (4, ""), "{arguments:?}: {errors}");
            assert!(errors.contains(advice), "{errors}");
        }
    }
}

/// A key that signed nothing.
fn unknown_vkey() -> String {
    use samtycke_tlog::note::{KeyKind, NoteSigner};
    let signer = NoteSigner::from_seed("other.example/logs/x", KeyKind::Ed25519, &[9; 32])
        .expect("a signer");
    signer.verifier().to_string()
}

/// Protects an operator's first hour: from an empty folder to a published notice, without a server.
#[test]
fn cli_sets_a_tenant_up_and_cuts_it_off() {
    let folder = folder();
    let data = folder.path();
    let ok = |arguments: &[&str]| {
        let (code, out, errors) = run_in(data, arguments);
        assert_eq!(code, 0, "{arguments:?}: {errors}");
        out
    };
    assert!(ok(&["tenant", "add", "loomer", "Loomer AB"]).contains("sk_operator_"));
    let (code, _, errors) = run_in(data, &["key", "list", "lomer"]);
    assert!(
        code == 1 && errors.contains("samtycke tenant add lomer"),
        "{errors}"
    );
    let imported = ok(&["register", "import", "registers/loomer.toml"]);
    assert!(
        imported.contains("No register is live yet") && imported.contains("Draft 1 of loomer"),
        "{imported}"
    );
    assert!(ok(&["register", "publish", "loomer"]).contains("is incomplete"));
    ok(&[
        "site",
        "add",
        "loomer",
        "www.loomer.example",
        "--origin",
        "https://www.loomer.example",
    ]);
    let site = ["site", "set", "loomer", "www.loomer.example"];
    let set = |more: &[&str]| ok(&[&site, more].concat());
    assert!(
        set(&["--add-origin", "https://åre.loomer.example/"])
            .contains("https://www.loomer.example, https://xn--re-xia.loomer.example")
    );
    assert!(
        set(&[
            "--remove-origin",
            "https://www.loomer.example/",
            "--add-origin",
            "capacitor://localhost"
        ])
        .contains(": https://xn--re-xia.loomer.example, capacitor://localhost\n")
    );
    assert!(
        set(&["--origin", "https://www.loomer.example"])
            .ends_with(": https://www.loomer.example\n")
    );
    for (more, says) in [
        (
            &["--remove-origin", "https://x.example"][..],
            "which has https://www.loomer.example",
        ),
        (&["--add-origin", "https://*.loomer.example"], "-test"),
        (&["--add-origin", "https://x.example/y"], "leave out path"),
        (
            &[
                "--origin",
                "https://x.example",
                "--add-origin",
                "https://y.example",
            ],
            "cannot be used with",
        ),
        (&[], "required"),
    ] {
        let (code, _, errors) = run_in(data, &[&site, more].concat());
        assert!(code != 0 && errors.contains(says), "{more:?}: {errors}");
    }
    assert!(
        ok(&["notice", "draft", "loomer", "www.loomer.example"])
            .contains("asks about loomer.cookies-analys")
    );
    assert!(ok(&["notice", "publish", "loomer", "www.loomer.example"]).contains("version 1"));
    assert!(ok(&["notice", "publish", "loomer", "www.loomer.example"]).contains("already"));
    assert!(ok(&["key", "add", "loomer", "service", "--label", "shop"]).starts_with("sk_service_"));
    assert!(ok(&["key", "list", "loomer"]).contains("shop"));
    assert_eq!(ok(&["tenant", "lookup-key", "loomer"]).trim().len(), 64);
    assert!(ok(&["policy", "loomer"]).ends_with("quorum none\n"));
    assert_eq!(
        run_in(data, &["key", "add", "loomer", "publishable"]).0,
        2,
        "a publishable key has a site"
    );
    assert!(ok(&["tenant", "revoke", "loomer"]).starts_with("Revoked 2 keys and 1 sites"));
    let listed = ok(&["tenant", "list"]);
    assert!(listed.contains("Loomer AB"), "{listed}");
}

fn start_demo(data: &Path) -> Running {
    let mut command = program(&["demo"]);
    command
        .env("SAMTYCKE_DATA_DIR", data)
        .env("SAMTYCKE_LISTEN", "127.0.0.1:0");
    Running::start(command, "Ctrl-C")
}

fn demo_json(data: &Path) -> Value {
    let text = std::fs::read_to_string(data.join("demo.json")).expect("demo.json");
    serde_json::from_str(&text).expect("JSON")
}

/// Protects a visitor's first five minutes: the demo's printed commands work as they are, more than once.
#[test]
fn cli_demo_plays_a_day_and_its_commands_work() {
    let folder = folder();
    let data = folder.path().join("demo");
    let demo = start_demo(&data);
    assert!(demo.printed.contains("Playing one day"), "{}", demo.printed);
    let file = demo_json(&data);
    let tenants = file["tenants"].as_array().expect("tenants");
    assert_eq!(tenants.len(), 5);
    for tenant in tenants {
        for path in [
            "/id",
            "/site",
            "/notice",
            "/log/id",
            "/log/origin",
            "/log/vkey",
            "/subject",
            "/event_id",
        ] {
            assert!(
                tenant.pointer(path).is_some_and(Value::is_string),
                "{path}: {tenant}"
            );
        }
        let roles = [
            "publishable",
            "service",
            "editor",
            "publisher",
            "dpo",
            "auditor",
            "operator",
        ];
        assert!(
            roles.iter().all(|role| tenant["keys"][role].is_string()),
            "{tenant}"
        );
    }
    demo.try_commands(folder.path());
    let base_url = file["base_url"].clone();
    demo.stop();

    let again = start_demo(&data);
    assert!(
        !again.printed.contains("Playing"),
        "the second run only serves: {}",
        again.printed
    );
    let served = demo_json(&data);
    assert_eq!(served["tenants"], file["tenants"]);
    assert!(
        served["base_url"] != base_url,
        "another port, and demo.json says so"
    );
    again.try_commands(folder.path());
    sites_ask_and_record(&served);
    people_have_a_day(&served);
    again.stop();
}

/// Each site answers at its own host, and its key is valid for its origin at the current port.
fn sites_ask_and_record(demo: &Value) {
    let base_url = demo["base_url"].as_str().expect("an address");
    let port = base_url.rsplit(':').next().expect("a port");
    for tenant in demo["tenants"].as_array().expect("tenants") {
        let text = |path: &str| {
            tenant
                .pointer(path)
                .and_then(Value::as_str)
                .expect("a text")
        };
        let (site, key, notice) = (text("/web/site"), text("/web/key"), text("/web/notice"));
        let page = curl(&format!("-H 'Host: {site}:{port}' {base_url}/"));
        assert!(page.contains("<html lang=\"sv\""), "{site}: {page}");
        assert!(page.contains(key), "{site}: its declaration is linked");
        assert_eq!(
            page.contains("/sdk/banner.js"),
            text("/id") != "supplier",
            "{site}"
        );
        let answer = curl(&format!(
            "-w '%{{http_code}}' -H 'Origin: http://{site}:{port}' \
             --json '{{\"notice\":\"{notice}\",\"choice\":\"refused\"}}' {base_url}/v1/banner/{key}/tallies"
        ));
        assert!(
            answer.ends_with("204") || answer.ends_with("202") || answer.ends_with("201"),
            "{site}: {answer}"
        );
    }
    assert!(curl(&format!("{base_url}/preview")).contains("/sdk/preview.js"));
    let pixel = curl(&format!(
        "-o /dev/null -D - -H 'Host: ads.localhost:{port}' {base_url}/pixel.gif"
    ));
    assert!(
        pixel.contains("_demo_ads=demo; Path=/; SameSite=None; Secure"),
        "{pixel}"
    );
}

/// Each invented person has a page with the verdicts before and after each event; strangers have none.
fn people_have_a_day(demo: &Value) {
    let base_url = demo["base_url"].as_str().expect("an address");
    let overview = curl(&format!("{base_url}/?lang=en"));
    let mut seen = String::new();
    for person in demo["people"].as_array().expect("people") {
        let path = format!(
            "/demo/day/{}?lang=en",
            person["subject"].as_str().expect("a subject")
        );
        assert!(overview.contains(&path), "{path}");
        let page = curl(&format!("{base_url}{path}"));
        assert!(page.contains("<ol class=\"day\"><li>"), "{person}: {page}");
        assert!(!page.contains("<script"), "{person}");
        seen.push_str(&page);
    }
    for reason in [
        "CONTRACT_ENDED",
        "OBJECTION_PENDING",
        "OBJECTION_REJECTED",
        "OBJECTED_MARKETING",
        "GUARDIAN_CONSENT",
        "CONSENT_USED",
        "CONSENT_REVOKED",
        "RESTRICTED",
        "LEGAL_OBLIGATION",
    ] {
        assert!(seen.contains(&format!("<code>{reason}</code>")), "{reason}");
    }
    let stranger = format!("{base_url}/demo/day/s_JxKq3mYlTn2v0cWb8ZpR4A");
    assert!(curl(&format!("-w '%{{http_code}}' {stranger}")).ends_with("404"));
    let link = demo["link"].as_str().expect("a link that waits");
    assert!(curl(&format!("{base_url}{link}")).contains("value=\"yes\""));
    let key = demo["tenants"][0]["keys"]["dpo"].as_str().expect("a key");
    let open = curl(&format!(
        "-H 'Authorization: Bearer {key}' '{base_url}/v1/takedowns?state=open'"
    ));
    assert!(open.contains("start-page"), "{open}");
}

fn curl(arguments: &str) -> String {
    let output = Command::new("bash")
        .args(["-c", &format!("curl -sS {arguments}")])
        .output();
    let (code, out, errors) = said(output.expect("bash"));
    assert_eq!(code, 0, "{arguments}: {errors}");
    out
}
