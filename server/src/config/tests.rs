use std::io::Write as _;

use super::*;

fn env(pairs: &[(&str, &str)]) -> std::vec::IntoIter<(String, String)> {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    pairs.into_iter()
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn errors(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let file = file(text);
    let path = file.path().display().to_string();
    let errors = Config::load(Some(file.path()), env(pairs)).unwrap_err();
    errors
        .0
        .iter()
        .map(|e| e.to_string().replace(&path, "file"))
        .collect()
}

#[test]
fn the_defaults_are_valid_and_derive_what_is_empty() {
    let config = Config::defaults();
    assert_eq!(config.database, Database::Sqlite("./data/db".into()));
    assert_eq!(config.anchor_dir, PathBuf::from("./data/anchor"));
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.limits.body_bytes_max, 65536);
    assert_eq!(
        config.limits.rate.withdraw_per_subject,
        Rate {
            quota: 30,
            window_s: 60,
            burst: 30
        }
    );
    assert!(!config.is_https());
}

/// Protects the promise that the defaults file documents each key: a key without a comment fails.
#[test]
fn every_default_has_a_sentence() {
    let mut previous = "";
    for line in DEFAULTS.lines() {
        let key = line.split_once(" = ").map(|(key, _)| key);
        if let Some(key) =
            key.filter(|key| !key.starts_with('#') && !["quota", "window_s", "burst"].contains(key))
        {
            assert!(previous.starts_with('#'), "{key} has no sentence");
        }
        if line.starts_with("[limits.rate.") {
            assert!(previous.starts_with('#'), "{line} has no sentence");
        }
        previous = line;
    }
}

#[test]
fn the_environment_overrides_the_file_and_the_file_defaults() {
    let file =
        file("listen = \"[::1]:9\"\n[limits]\nbody_bytes_max = 2048\njson_depth_max = 0x10\n");
    let env = env(&[
        ("SAMTYCKE_LIMITS__BODY_BYTES_MAX", "4096"),
        ("SAMTYCKE_LIMITS__RATE__CHECK__QUOTA", "7"),
        ("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true"),
        ("SAMTYCKE_PUBLIC_URL", "https://consent.example.se/"),
        ("SAMTYCKE_TEST_REDIS_URL", "redis://x"),
        ("SAMTYCKE_CONFIG", "x"),
        ("SAMTYCKE_ROOT_KEY", "x"),
        ("SAMTYCKE_BLESS", "1"),
        ("SAMTYCKE_CHROMIUM", "/usr/bin/chromium"),
        ("PATH", "/bin"),
    ]);
    let config = Config::load(Some(file.path()), env).unwrap();
    assert_eq!(config.listen, "[::1]:9".parse().unwrap());
    assert_eq!(config.limits.body_bytes_max, 4096);
    assert_eq!(config.limits.json_depth_max, 16);
    assert_eq!(config.limits.rate.check.quota, 7);
    assert!(config.allow_unsafe_postgres);
    assert!(config.is_https());
    assert_eq!(config.public_url, "https://consent.example.se");
}

#[test]
fn all_errors_are_reported_at_once_with_place_and_hint() {
    let found = errors(
        "listne = \"x\"\nlisten = 8080\n\n[limits]\nbody_bytes_max = 1\n",
        &[
            ("SAMTYCKE_LIMITS__BODY_BYTE_MAX", "1"),
            ("SAMTYCKE_LIMITS__JSON_DEPTH_MAX", "many"),
            ("SAMTYCKE_LOG__FORMAT", "xml"),
            ("SAMTYCKE_DATABASE_URL", "mysql://anna:hemligt@db/x"),
            ("SAMTYCKE_LOG_HOST", "Ex ample"),
        ],
    );
    assert_eq!(
        found,
        [
            "file:1: listne is not known; did you mean listen?",
            "file:2: listen must be a text",
            "SAMTYCKE_LIMITS__BODY_BYTE_MAX: is not known; did you mean SAMTYCKE_LIMITS__BODY_BYTES_MAX?",
            "SAMTYCKE_LIMITS__JSON_DEPTH_MAX: limits.json_depth_max must be a whole number",
            "SAMTYCKE_DATABASE_URL: database_url must be empty, or an address that begins with postgres:// or postgresql://",
            "SAMTYCKE_LOG_HOST: log_host must be a host name: lower-case letters, digits, hyphens and dots",
            "file:5: limits.body_bytes_max must be a whole number from 1024 to 16777216",
            "SAMTYCKE_LOG__FORMAT: log.format must be json or text",
        ]
    );
}

#[test]
fn a_file_that_is_not_toml_or_not_there_is_an_error() {
    let found = errors("listen = \"127.0.0.1:1\"\ndata_dir = \n", &[]);
    assert!(found[0].starts_with("file:2: is not TOML: "), "{found:?}");
    let missing =
        Config::load(Some(Path::new("/does/not/exist.toml")), std::iter::empty()).unwrap_err();
    assert_eq!(
        missing.0[0].to_string(),
        "/does/not/exist.toml:1: cannot be read: entity not found"
    );
}

#[test]
fn printing_shows_sources_hides_secrets_and_reads_back() {
    let config = Config::load(
        None,
        env(&[
            (
                "SAMTYCKE_DATABASE_URL",
                "postgres://anna:hem@ligt@db:5432/samtycke?password=hemligt",
            ),
            ("SAMTYCKE_REDIS_URL", "redis://:hemligt@cache/0"),
        ]),
    )
    .unwrap();
    let printed = config.print();
    assert!(
        printed.contains("listen = \"127.0.0.1:8080\"  # default\n"),
        "{printed}"
    );
    assert!(
        printed.contains(
            "database_url = \"postgres://anna:***@db:5432/samtycke?***\"  # SAMTYCKE_DATABASE_URL\n"
        ),
        "{printed}"
    );
    assert!(
        printed.contains("redis_url = \"redis://:***@cache/0\"  # SAMTYCKE_REDIS_URL\n"),
        "{printed}"
    );
    assert!(!printed.contains("ligt"), "{printed}");
    assert!(!format!("{:?}", config.database).contains("ligt"));
    let read = Config::load(Some(file(&printed).path()), std::iter::empty()).unwrap();
    assert_eq!(read.limits.rate.admin, config.limits.rate.admin);
}
