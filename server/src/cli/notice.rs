//! Notices: drafted from the register, and shown.

use std::process::ExitCode;

use serde_json::json;

use super::call::{Call, Key};
use super::control::{tenant, with};
use super::{Done, Failure, NoticeCommand, SiteOf};
use crate::config::Config;
use crate::register::{self, NoticeRequest};
use crate::tenant::Role;

pub(super) async fn run(command: NoticeCommand, config: Config) -> Done {
    match command {
        NoticeCommand::Draft(of) => draft(config, of).await,
        NoticeCommand::Publish(of) => publish(config, of).await,
    }
}

fn draft_call(of: &SiteOf) -> Call {
    Call::post(
        "/v1/notices",
        Key::Of(Role::Editor),
        json!({"site": of.site}),
    )
}

async fn draft(config: Config, of: SiteOf) -> Done {
    with(config, &[draft_call(&of)], async |app| {
        let request = NoticeRequest::draft(of.site.clone());
        let drafted = register::add_notice(app, &*tenant(app, &of.tenant)?, request).await?;
        println!(
            "notice {}, version {} of {}",
            drafted.hash, drafted.version, of.site
        );
        for purpose in &drafted.purposes {
            println!("  asks about {purpose}");
        }
        if drafted.purposes.is_empty() {
            println!("  asks about nothing: no purpose of the register rests on consent");
        }
        println!(
            "Nobody is shown it yet. Next: samtycke notice publish {} {}",
            of.tenant, of.site
        );
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn publish(config: Config, of: SiteOf) -> Done {
    let publish = Call::post(
        "/v1/notices/HASH/publish",
        Key::Of(Role::Publisher),
        json!({}),
    );
    // The draft's answer has the hash: the same register drafts the same notice.
    with(config, &[draft_call(&of), publish], async |app| {
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
            println!("{} shows {hash} already", of.site);
            return Ok(ExitCode::SUCCESS);
        }
        let published = register::publish_notice(app, &tenant, hash, None, None).await?;
        println!(
            "{} shows {} from now on: version {}, leaf {}",
            of.site, published.hash, published.version, published.index
        );
        for (purpose, class) in &published.classes {
            println!("  {purpose}: {}", class.as_str());
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
