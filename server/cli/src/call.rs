//! The HTTP call that is equivalent to a command, for when a server has the data folder open.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use samtycke_server::config::Config;
use samtycke_server::keyring::INSTANCE_FILE;
use samtycke_server::tenant::Role;

/// The key that a call needs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    /// The instance's key, in the data folder.
    Instance,
    /// A key of the tenant with this role.
    Of(Role),
}

/// The request body.
#[derive(Debug, Clone)]
pub(super) enum Body {
    Nothing,
    Json(Value),
    Toml(PathBuf),
}

/// One HTTP call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) key: Key,
    pub(super) body: Body,
}

impl Call {
    pub(super) fn get(path: impl Into<String>, key: Key) -> Self {
        Self {
            method: "GET",
            path: path.into(),
            key,
            body: Body::Nothing,
        }
    }

    pub(super) fn delete(path: impl Into<String>, key: Key) -> Self {
        Self {
            method: "DELETE",
            path: path.into(),
            key,
            body: Body::Nothing,
        }
    }

    pub(super) fn put(path: impl Into<String>, key: Key, body: Value) -> Self {
        Self {
            method: "PUT",
            path: path.into(),
            key,
            body: Body::Json(body),
        }
    }

    pub(super) fn post(path: impl Into<String>, key: Key, body: Value) -> Self {
        Self {
            method: "POST",
            path: path.into(),
            key,
            body: Body::Json(body),
        }
    }

    /// The call as a curl command.
    fn curl(&self, config: &Config) -> String {
        let mut text = String::from("curl -sS");
        let implied = matches!(
            (self.method, &self.body),
            ("GET", _) | ("POST", Body::Json(_))
        );
        if !implied {
            let _ = write!(text, " -X {}", self.method);
        }
        let _ = write!(
            text,
            " {}",
            shell(&format!("{}{}", config.public_url, self.path))
        );
        let _ = match self.key {
            Key::Instance => {
                let file = config.data_dir.join("keys").join(INSTANCE_FILE);
                let file = std::path::absolute(&file).unwrap_or(file);
                write!(
                    text,
                    " \\\n    -H \"Authorization: Bearer $(cat {})\"",
                    shell_path(&file)
                )
            }
            Key::Of(role) => {
                write!(
                    text,
                    " \\\n    -H \"Authorization: Bearer ${}\"",
                    variable(role)
                )
            }
        };
        let _ = match &self.body {
            Body::Nothing => Ok(()),
            Body::Json(body) => write!(text, " \\\n    --json {}", shell(&body.to_string())),
            Body::Toml(file) => write!(
                text,
                " \\\n    -H 'Content-Type: application/toml' --data-binary {}",
                shell(&format!("@{}", file.display()))
            ),
        };
        text
    }
}

/// The message when a server has the data folder open.
pub(super) fn instead(config: &Config, calls: &[Call]) -> String {
    let mut text = format!(
        "{} is in use by a running server, so nothing was changed. Call the server instead:\n",
        config.data_dir.display()
    );
    for call in calls {
        let _ = write!(text, "\n  {}\n", call.curl(config).replace('\n', "\n  "));
    }
    let mut roles: Vec<Role> = Vec::new();
    for call in calls {
        if let Key::Of(role) = call.key
            && !roles.contains(&role)
        {
            roles.push(role);
        }
    }
    for role in roles {
        let _ = write!(
            text,
            "\n${} is a key of the tenant with the role {}.",
            variable(role),
            role.as_str()
        );
    }
    text
}

fn variable(role: Role) -> String {
    format!("{}_KEY", role.as_str().to_uppercase())
}

/// Quotes a text as one shell word: unquoted if it has no special characters, otherwise in single quotes.
pub(super) fn shell(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

pub(super) fn shell_path(path: &Path) -> String {
    shell(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_word_with_a_quote_stays_one_word() {
        assert_eq!(shell("/usr/bin/samtycke"), "/usr/bin/samtycke");
        assert_eq!(shell("a b"), "'a b'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }

    #[test]
    fn the_call_can_be_pasted() {
        let config = Config::defaults();
        let call = Call::post(
            "/v1/sites",
            Key::Of(Role::Operator),
            json!({"site": "www.example.com", "origins": []}),
        );
        assert_eq!(
            instead(&config, &[call]),
            "./data is in use by a running server, so nothing was changed. Call the server instead:\n\n  \
             curl -sS http://127.0.0.1:8080/v1/sites \\\n      \
             -H \"Authorization: Bearer $OPERATOR_KEY\" \\\n      \
             --json '{\"origins\":[],\"site\":\"www.example.com\"}'\n\n\
             $OPERATOR_KEY is a key of the tenant with the role operator."
        );
    }
}
