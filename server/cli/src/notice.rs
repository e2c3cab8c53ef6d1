//! Drafts notices from the register, publishes and invalidates them.

use std::sync::Arc;

use samtycke_core::notice::{About, Variant};

use super::arguments::word;
use super::console::Console;
use super::data::tenant;
use super::{Failure, NoticeCommand, SiteOf, invalidate};
use samtycke_server::app::App;
use samtycke_server::register::{self, NoticeRequest};

pub(super) async fn run(
    command: NoticeCommand,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
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
            draft(&of, request, app, console).await
        }
        NoticeCommand::Publish(of) => publish(&of, app, console).await,
        NoticeCommand::Invalidate(args) => invalidate::run(args, app, console).await,
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

async fn draft(
    of: &SiteOf,
    request: NoticeRequest,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let drafted = register::add_notice(&app.registers, &*tenant(app, &of.tenant)?, request).await?;
    console.line(format_args!(
        "notice {}, version {} of {}",
        drafted.hash, drafted.version, of.site
    ));
    for purpose in &drafted.purposes {
        console.line(format_args!("  asks about {purpose}"));
    }
    if drafted.purposes.is_empty() {
        console.line("  asks about nothing: none of its purposes rests on consent");
    }
    console.line(format_args!(
        "The notice is not shown yet. Next: samtycke notice publish {} {}",
        of.tenant, of.site
    ));
    Ok(())
}

async fn publish(of: &SiteOf, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
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
        console.line(format_args!("{} already shows {hash}", of.site));
        return Ok(());
    }
    let published = register::publish_notice(&app.registers, &tenant, hash, None, None).await?;
    console.line(format_args!(
        "{} shows {} from now on: version {}, leaf {}",
        of.site, published.hash, published.version, published.index
    ));
    for (purpose, class) in &published.classes {
        console.line(format_args!("  {purpose}: {}", class.as_str()));
    }
    Ok(())
}
