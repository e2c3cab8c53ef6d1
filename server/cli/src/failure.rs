//! Why a command failed, as text for its user.

use std::fmt;

use samtycke_core::problem::Problem;
use samtycke_server::app::StartError;
use samtycke_server::config::ConfigErrors;
use samtycke_server::store::StoreError;

/// Why a command failed, as text for its user.
#[derive(Debug)]
pub(super) struct Failure(pub(super) String);

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ConfigErrors> for Failure {
    fn from(errors: ConfigErrors) -> Self {
        Self(format!(
            "{errors}\n`samtycke config print` lists every setting."
        ))
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let mut text = problem.kind.title().to_owned();
        if let Some(detail) = &problem.detail {
            text = format!("{text}: {detail}");
        }
        for violation in &problem.violations {
            text = format!("{text}\n  {} {}", violation.field, violation.message);
        }
        Self(text)
    }
}
