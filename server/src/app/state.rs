//! The handlers' state: each handler can extract only the part of the server that its capability needs.

use std::sync::Arc;

use axum::extract::FromRef;

use super::App;
use super::router::body_rules;
use crate::admin::Admin;
use crate::banner::Banners;
use crate::check::Checks;
use crate::clock::Environment;
use crate::consent::Consents;
use crate::declaration::live::Declarations;
use crate::home::state::Home;
use crate::http::body::BodyRules;
use crate::http::openapi::ApiDocument;
use crate::link::Links;
use crate::media::Media;
use crate::objection::Objections;
use crate::prompt::Prompts;
use crate::proof::Proofs;
use crate::register::Registers;
use crate::sdk::earlier::EarlierFiles;
use crate::subject::Subjects;
use crate::tenant::Tenants;

/// The running server as the state of its routes.
#[derive(Debug, Clone)]
pub struct AppState(pub Arc<App>);

macro_rules! parts {
    ($($field:ident: $part:ty),+ $(,)?) => {
        $( impl FromRef<AppState> for Arc<$part> {
            fn from_ref(app: &AppState) -> Self {
                app.0.$field.clone()
            }
        } )+
    };
}

parts! {
    tenants: Tenants,
    consents: Consents,
    prompts: Prompts,
    checks: Checks,
    media: Media,
    objections: Objections,
    subjects: Subjects,
    proofs: Proofs,
    registers: Registers,
    admin: Admin,
    banners: Banners,
    declarations: Declarations,
    links: Links,
    home: Home,
    earlier_files: EarlierFiles,
    api: ApiDocument,
}

impl FromRef<AppState> for Environment {
    fn from_ref(app: &AppState) -> Self {
        app.0.environment.clone()
    }
}

impl FromRef<AppState> for BodyRules {
    fn from_ref(app: &AppState) -> Self {
        body_rules(&app.0.config.limits)
    }
}
