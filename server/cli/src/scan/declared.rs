//! The site's declaration: the banner's document, from the server or from a file.

use samtycke_core::screen::escaped;
use serde::Deserialize;

use super::chromium::Chromium;
use super::visit::Tab;
use crate::Failure;

/// The parts of the banner's document that are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Declared {
    pub(super) purposes: Vec<DeclaredPurpose>,
    #[serde(default)]
    pub(super) text: DeclaredText,
}

/// A purpose that needs consent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredPurpose {
    pub(super) id: String,
    pub(super) terminal: Vec<DeclaredUse>,
    #[serde(default)]
    pub(super) vendors: Vec<DeclaredVendor>,
}

/// One use of the terminal; its name may end in `*`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredUse {
    pub(super) name: String,
}

/// A service that a consent covers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredVendor {
    pub(super) id: String,
    pub(super) name: String,
}

/// The notice's text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredText {
    #[serde(default)]
    pub(super) purposes: Vec<DeclaredWords>,
    /// Necessary purposes: stated in the notice, without a question.
    #[serde(default)]
    pub(super) others: Vec<DeclaredWords>,
}

/// The notice's text about one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredWords {
    pub(super) id: String,
    #[serde(default)]
    pub(super) recipients: String,
    #[serde(default)]
    pub(super) cookies: Vec<DeclaredCookie>,
}

/// A cookie of a necessary purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DeclaredCookie {
    pub(super) name: String,
    #[serde(default)]
    pub(super) party: String,
}

/// The source of the declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    File(String),
    Address(String),
}

impl Source {
    pub(super) fn of(given: &str, server: &str) -> Self {
        if given.starts_with("pk_") {
            Self::Address(format!(
                "{}/v1/banner/{given}",
                server.trim_end_matches('/')
            ))
        } else {
            Self::File(given.to_owned())
        }
    }
}

/// Reads the declaration. The browser fetches it from a server, as it will for the page.
pub(super) async fn read(chromium: &mut Chromium, source: Source) -> Result<Declared, Failure> {
    let (text, whence) = match source {
        Source::File(path) => {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Failure::new(format!("{path}: {error}")))?;
            (text, path)
        }
        Source::Address(address) => {
            let mut tab = Tab::open(chromium).await?;
            tab.visit(&address).await?;
            (tab.body().await?, address)
        }
    };
    serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!(
            "{whence} is not a banner document: {}",
            escaped(&error.to_string())
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_asked_for_and_anything_else_is_a_file() {
        assert_eq!(
            Source::of("pk_0123456789ab_x", "https://consent.example.com/"),
            Source::Address("https://consent.example.com/v1/banner/pk_0123456789ab_x".into())
        );
        assert_eq!(
            Source::of("site.json", ""),
            Source::File("site.json".into())
        );
    }

    #[test]
    fn of_the_document_only_what_is_compared_is_read() {
        let text = r#"{"v":1,"purposes":[{"id":"a.b","category":"statistics","terminal":[{"name":"_x*","kind":"cookie","third_party":true}]}],
            "text":{"title":"T","others":[{"id":"a.n","basis":"B","cookies":[{"name":"sid","lifetime":"L","party":"P"}]}]}}"#;
        let declared: Declared = serde_json::from_str(text).expect("it reads");
        assert_eq!(declared.purposes[0].terminal[0].name, "_x*");
        assert_eq!(declared.text.others[0].cookies[0].name, "sid");
        assert!(serde_json::from_str::<Declared>("{\"status\":404}").is_err());
    }
}
