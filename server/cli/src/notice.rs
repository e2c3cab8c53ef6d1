//! Drafts notices from the register and publishes them.

use std::process::ExitCode;

use samtycke_core::notice::{About, Variant};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::call::{Call, Key};
use super::control::{tenant, with};
use super::{CommandResult, Failure, NoticeCommand, SiteOf};
use samtycke_server::config::Config;
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::Role;

pub(super) async fn run(command: NoticeCommand, config: Config) -> CommandResult {
    match command {
        NoticeCommand::Draft {
            of,
            about,
            languages,
            variants,
        } => {
            let request = NoticeRequest {
                about: Some(about),
                languages,
                variants,
                ..NoticeRequest::draft(of.site.clone())
            };
            draft(config, of, request).await
        }
        NoticeCommand::Publish(of) => publish(config, of).await,
    }
}

/// Parses `--about`.
pub(super) fn about(text: &str) -> Result<About, String> {
    word(text).ok_or_else(|| "must be everything or terminal".to_owned())
}

/// Parses `--variants`.
pub(super) fn variant(text: &str) -> Result<Variant, String> {
    word(text).ok_or_else(|| "must be adult, teen or child".to_owned())
}

/// Parses a word of the API.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(json!(text)).ok()
}

fn draft_call(request: &NoticeRequest) -> Call {
    Call::post("/v1/notices", Key::Of(Role::Editor), json!(request))
}

async fn draft(config: Config, of: SiteOf, request: NoticeRequest) -> CommandResult {
    with(config, &[draft_call(&request)], async |app| {
        let drafted =
            register::add_notice(&app.registers, &*tenant(app, &of.tenant)?, request).await?;
        outln!(
            "notice {}, version {} of {}",
            drafted.hash,
            drafted.version,
            of.site
        );
        for purpose in &drafted.purposes {
            outln!("  asks about {purpose}");
        }
        if drafted.purposes.is_empty() {
            outln!("  asks about nothing: none of its purposes rests on consent");
        }
        outln!(
            "The notice is not shown yet. Next: samtycke notice publish {} {}",
            of.tenant,
            of.site
        );
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn publish(config: Config, of: SiteOf) -> CommandResult {
    let publish = Call::post(
        "/v1/notices/HASH/publish",
        Key::Of(Role::Publisher),
        json!({}),
    );
    // The draft's response has the hash: the same register drafts the same notice.
    let draft = draft_call(&NoticeRequest::draft(of.site.clone()));
    with(config, &[draft, publish], async |app| {
        let tenant = tenant(app, &of.tenant)?;
        let newest = tenant
            .notices
            .iter()
            .filter(|(_, n)| n.site == of.site)
            .max_by_key(|(_, n)| n.version);
        let Some((hash, _)) = newest else {
            return Err(Failure::new(format!(
                "{} has no notice; draft one with: samtycke notice draft {} {}",
                of.site, of.tenant, of.site
            )));
        };
        if tenant.current_notice(&of.site) == Some(hash) {
            outln!("{} already shows {hash}", of.site);
            return Ok(ExitCode::SUCCESS);
        }
        let published = register::publish_notice(&app.registers, &tenant, hash, None, None).await?;
        outln!(
            "{} shows {} from now on: version {}, leaf {}",
            of.site,
            published.hash,
            published.version,
            published.index
        );
        for (purpose, class) in &published.classes {
            outln!("  {purpose}: {}", class.as_str());
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
