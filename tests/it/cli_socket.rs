//! Commands beside a running server on SQLite: they go to its control socket, and act and print as they do alone.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use reqwest::StatusCode;
use samtycke_tests::world::client;
use samtycke_tests::{Engine, World};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::{Serving, program, said, serve};

const ANALYTICS: &str = "loomer.cookies-analys";
const SUBJECT: &str = "s_JxKq3mYlTn2v0cWb8ZpR4A";

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    (folder, data)
}

fn run(data: &Path, line: &[&str]) -> (i32, String, String) {
    said(
        program(line)
            .env("SAMTYCKE_DATA_DIR", data)
            .output()
            .expect("it runs"),
    )
}

fn ok(data: &Path, line: &[&str]) -> String {
    let (code, out, errors) = run(data, line);
    assert_eq!(code, 0, "{line:?}: {errors}");
    out
}

/// The public name of the tenant's key with this label.
fn key_named(data: &Path, label: &str) -> String {
    let keys = ok(data, &["key", "list", "loomer"]);
    let line = keys
        .lines()
        .find(|line| line.contains(label))
        .expect("the key");
    line.split_whitespace().next().expect("a name").to_owned()
}

fn add_loomer(data: &Path) {
    ok(data, &["tenant", "add", "loomer", "Loomer AB"]);
}

/// Every command that opens the data, in an order in which each succeeds; the last ones fail.
const LINES: [&[&str]; 33] = [
    &["tenant", "add", "loomer", "Loomer AB"],
    &["tenant", "list"],
    &["register", "import", "registers/loomer.toml"],
    &[
        "register",
        "import",
        "registers/loomer.toml",
        "--tenant",
        "loomer",
    ],
    &["register", "publish", "loomer"],
    &[
        "site",
        "add",
        "loomer",
        "www.loomer.example",
        "--origin",
        "https://www.loomer.example",
    ],
    &[
        "site",
        "set",
        "loomer",
        "www.loomer.example",
        "--add-origin",
        "https://x.example",
    ],
    &["site", "list", "loomer"],
    &[
        "notice",
        "draft",
        "loomer",
        "www.loomer.example",
        "--about",
        "terminal",
    ],
    &["notice", "publish", "loomer", "www.loomer.example"],
    &["key", "add", "loomer", "service", "--label", "shop"],
    &["key", "add", "loomer", "auditor", "--expires", "P90D"],
    &["key", "list", "loomer"],
    &["key", "revoke", "loomer", "KEY"],
    &["policy", "loomer"],
    &["signer", "list", "loomer"],
    &["tenant", "lookup-key", "loomer"],
    &["why", SUBJECT, ANALYTICS],
    &[
        "why",
        SUBJECT,
        ANALYTICS,
        "--json",
        "--op",
        "store",
        "--as-of",
        "2026-01-01T00:00:00Z",
    ],
    &[
        "event",
        "subject.restricted",
        SUBJECT,
        "--cause",
        "accuracy",
    ],
    &["objections", "--tenant", "loomer"],
    &["fsck", "loomer"],
    &["backup", "BACKUP"],
    &["keys", "rewrap", "loomer"],
    &["site", "revoke", "loomer", "www.loomer.example"],
    &["tenant", "revoke", "loomer"],
    &["tenant", "add", "loomer", "Loomer AB"],
    &["signer", "add", "loomer"],
    &["signer", "retire", "loomer"],
    &["key", "list", "lomer"],
    &["site", "revoke", "loomer", "www.loomer.example"],
    &["notice", "publish", "loomer", "www.other.example"],
    &[
        "notice",
        "invalidate",
        "loomer",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "--purpose",
        ANALYTICS,
        "--cause",
        "wrong text",
        "--key",
        "sk_dpo_made_up",
    ],
];

/// Runs them all; what each printed, without what is random.
fn run_all(data: &Path) -> Vec<(i32, Vec<String>, Vec<String>)> {
    let mut key = String::new();
    let backup = data.join("one.backup").display().to_string();
    let each = LINES.iter().map(|line| {
        let line: Vec<&str> = line
            .iter()
            .map(|word| match *word {
                "KEY" => &key,
                "BACKUP" => &backup,
                word => word,
            })
            .collect();
        let (code, out, errors) = run(data, &line);
        if line.starts_with(&["key", "add"]) {
            key = key_named(data, "shop");
        }
        (code, plain(data, &out), plain(data, &errors))
    });
    each.collect()
}

/// The lines without random words, sorted: some lists are in the order of random names.
fn plain(data: &Path, text: &str) -> Vec<String> {
    let text = text.replace(&data.display().to_string(), "DATA");
    let word = |word: &str| {
        let is_random = word.starts_with("k_") || word.len() >= 22;
        if is_random {
            "…".to_owned()
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = text.lines().map(line).collect();
    lines.sort();
    lines
}

/// Protects scripts: whether a server runs makes no difference to what a command does, prints and returns.
#[test]
fn each_command_beside_a_server_does_what_it_does_alone() {
    let ((_one, alone), (_two, beside)) = (folder(), folder());
    let expected = run_all(&alone);
    let server = Serving::start(&beside);
    let got = run_all(&beside);
    for (i, line) in LINES.iter().enumerate() {
        assert_eq!(got[i], expected[i], "{line:?}");
    }
    let codes: Vec<i32> = got.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes, [vec![0; 26], vec![1; 7]].concat());
    let log = server.stop();
    assert!(
        log.contains("a command of the control socket") && log.contains(r#""command":"why""#),
        "{log}"
    );
    assert!(!log.contains(SUBJECT), "no argument is logged: {log}");
    assert!(
        !beside.join("control.sock").exists(),
        "it is gone with its server"
    );
}

/// Protects the only socket that takes commands without a key.
#[test]
fn the_control_socket_has_mode_0600() {
    let (_folder, data) = folder();
    let server = Serving::start(&data);
    let mode = std::fs::metadata(data.join("control.sock"))
        .expect("a socket")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    server.stop();
}

/// Protects the API's keys: the control socket is no way around them.
#[test]
fn the_control_socket_is_no_way_into_the_http_api() {
    let (_folder, data) = folder();
    let server = Serving::start(&data);
    let mut stream = UnixStream::connect(data.join("control.sock")).expect("a server");
    stream
        .write_all(b"GET /v1/tenants HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("written");
    stream.shutdown(Shutdown::Write).expect("shut");
    let mut answer = Vec::new();
    // It may reset the connection, because it has not read everything.
    let _ = stream.read_to_end(&mut answer);
    assert_eq!(String::from_utf8_lossy(&answer), "");
    add_loomer(&data);
    server.stop();
}

async fn check(server: &Serving, key: &str) -> (StatusCode, Value) {
    let body = json!({"subject": SUBJECT, "purpose": ANALYTICS});
    let request = client()
        .post(format!("{}/v1/check", server.base_url))
        .bearer_auth(key)
        .json(&body);
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

/// Protects a controller whose key has leaked: when the command returns, the server refuses the key.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_a_command_revokes_is_refused_at_once() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let (_folder, data) = folder();
    add_loomer(&data);
    let server = Serving::start(&data);
    let key = ok(
        &data,
        &["key", "add", "loomer", "service", "--label", "leaked"],
    );
    let key = key.trim();
    assert_eq!(
        check(&server, key).await.0,
        200,
        "a new key is valid at once"
    );
    let name = key_named(&data, "leaked");
    ok(&data, &["key", "revoke", "loomer", &name]);
    assert_eq!(check(&server, key).await.0, 401);
    server.stop();
}

/// Protects people whom a register concerns: when the command returns, checks answer by the new register.
#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_a_command_publishes_acts_at_once() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let (_folder, data) = folder();
    let server = Serving::start(&data);
    add_loomer(&data);
    let key = ok(&data, &["key", "add", "loomer", "service"]);
    let reason = async || check(&server, key.trim()).await.1["reason"].clone();
    assert_eq!(reason().await, "PURPOSE_UNKNOWN");
    ok(&data, &["register", "import", "registers/loomer.toml"]);
    ok(&data, &["register", "publish", "loomer"]);
    assert_eq!(reason().await, "CONSENT_MISSING");
    server.stop();
}

/// Protects an operator after a crash: commands work at once, and so does the next server.
#[test]
fn a_socket_that_a_crash_left_is_replaced() {
    let (_folder, data) = folder();
    add_loomer(&data);
    let mut server = Serving::start(&data);
    server.signal("-KILL");
    server.child.wait().expect("an end");
    assert!(
        data.join("control.sock").exists(),
        "a crash removes nothing"
    );
    assert!(
        ok(&data, &["tenant", "list"]).contains("Loomer AB"),
        "no server answers, so the command does it"
    );
    let server = Serving::start(&data);
    ok(&data, &["key", "add", "loomer", "dpo"]);
    assert!(server.stop().contains("a command of the control socket"));
}

#[test]
fn a_second_server_leaves_the_first_its_socket() {
    let (_folder, data) = folder();
    let server = Serving::start(&data);
    let (code, _, errors) = said(serve(&data).output().expect("it runs"));
    assert!(
        code == 1 && errors.contains("in use by another samtycke"),
        "{errors}"
    );
    add_loomer(&data);
    assert!(server.stop().contains("a command of the control socket"));
}

/// Protects the running server's state: without its socket a command changes nothing and says what is the matter.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_reaches_no_server_changes_nothing() {
    // It has the data open, and no socket, as after its deletion.
    let world = World::start(Engine::Sqlite).await;
    let (code, out, errors) = run(&world.data_dir(), &["tenant", "add", "x", "X AB"]);
    assert_eq!((code, out.as_str()), (1, ""), "{errors}");
    for part in [
        "in use by another samtycke",
        "control.sock",
        "Nothing was done",
        "restart the server",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    assert_eq!(world.server.app.tenants.all().len(), 0);
}

/// A process on the socket of a folder, which reads one command, writes this, and ends.
fn pretend(data: &Path, answer: &'static str) -> std::thread::JoinHandle<()> {
    std::fs::create_dir_all(data).expect("a folder");
    let listener = UnixListener::bind(data.join("control.sock")).expect("a socket");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a command");
        // Later commands find no server.
        drop(listener);
        BufReader::new(&stream)
            .read_line(&mut String::new())
            .expect("a line");
        stream.write_all(answer.as_bytes()).expect("written");
    })
}

/// Protects an operator from repeating what was done: a server that died in the middle is no plain failure.
#[test]
fn a_server_that_dies_in_the_middle_leaves_a_warning() {
    let (_folder, data) = folder();
    let server = pretend(&data, "\"taken\"\n");
    let (code, out, errors) = run(&data, &["tenant", "list"]);
    server.join().expect("no panic");
    assert_eq!((code, out.as_str()), (1, ""), "{errors}");
    assert!(
        errors.contains("stopped before it answered")
            && errors.contains("look before you repeat it"),
        "{errors}"
    );
}

/// Protects a command that comes while the server stops: nothing was begun, so it opens the data itself.
#[test]
fn a_server_that_stops_leaves_the_command_to_itself() {
    let (_folder, data) = folder();
    add_loomer(&data);
    let server = pretend(&data, "");
    assert!(ok(&data, &["tenant", "list"]).contains("Loomer AB"));
    server.join().expect("no panic");
}

#[test]
fn a_server_that_refuses_says_why() {
    let (_folder, data) = folder();
    let server = pretend(&data, "{\"refused\":\"the moon is full\"}\n");
    let (code, _, errors) = run(&data, &["tenant", "list"]);
    server.join().expect("no panic");
    assert!(
        code == 1 && errors.contains("refused the command: the moon is full"),
        "{errors}"
    );
}

/// Runs commands that each add an origin to one site, at the same time, and returns the site's line.
fn add_at_once(data: &Path) -> String {
    ok(data, &["site", "add", "loomer", "www.loomer.example"]);
    let add = |i: usize| {
        let origin = format!("https://{i}.loomer.example");
        let mut command = program(&[
            "site",
            "set",
            "loomer",
            "www.loomer.example",
            "--add-origin",
            &origin,
        ]);
        command
            .env("SAMTYCKE_DATA_DIR", data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("it runs")
    };
    let commands: Vec<Child> = (0..2).map(add).collect();
    for command in commands {
        let (code, _, errors) = said(command.wait_with_output().expect("an end"));
        assert_eq!(code, 0, "{errors}");
    }
    ok(data, &["site", "list", "loomer"])
}

#[test]
fn commands_at_the_same_time_lose_no_change() {
    for is_served in [true, false] {
        let (_folder, data) = folder();
        add_loomer(&data);
        let server = is_served.then(|| Serving::start(&data));
        let listed = add_at_once(&data);
        for i in 0..2 {
            assert!(
                listed.contains(&format!("https://{i}.loomer.example")),
                "served: {is_served}, {listed}"
            );
        }
        server.map(Serving::stop);
    }
}

/// Protects a server whose folder takes no socket: it serves, and its log says what does not work.
#[test]
fn a_server_without_a_socket_serves_and_warns() {
    let (_folder, data) = folder();
    std::fs::create_dir_all(data.join("control.sock")).expect("a folder in the way");
    let server = Serving::start(&data);
    let log = server.stop();
    assert!(
        log.contains("the command line cannot reach this server")
            && log.contains("is not a socket"),
        "{log}"
    );
    assert!(data.join("control.sock").is_dir(), "it stays");
}

#[test]
fn a_data_folder_with_a_long_name_takes_commands() {
    let (_folder, data) = folder();
    let data = data.join("d".repeat(150));
    let server = Serving::start(&data);
    add_loomer(&data);
    assert!(server.stop().contains("a command of the control socket"));
}

/// Protects a developer who wonders about a verdict of `samtycke dev`.
#[test]
fn commands_work_beside_dev() {
    let mut dev = program(&["dev", "--json", "--exit-with-parent"]);
    let mut dev = dev
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    BufReader::new(dev.stdout.take().expect("a pipe"))
        .read_line(&mut line)
        .expect("a line");
    let ready: Value = serde_json::from_str(&line).expect("JSON");
    let data = Path::new(ready["data_dir"].as_str().expect("a folder"));
    let tenant = ready["tenants"][0]["tenant"].as_str().expect("a tenant");
    assert!(ok(data, &["tenant", "list"]).contains(tenant));
    drop(dev.stdin.take());
    assert!(dev.wait().expect("an end").success());
}
