//! The demo's websites. Each controller has one at `<tenant>.localhost`; the third parties whose content they embed are
//! at `stats`, `ads` and `video` below `localhost`. Browsers resolve every name below `localhost` to this machine. Each
//! name is an origin and a site of its own, and its banner is the real one.

mod cast;
mod page;
mod preview;
mod stubs;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::{SiteId, TenantId};
use samtycke_core::notice::{About, Variant};
use samtycke_core::words;
use tower::ServiceExt as _;

use self::page::Page;
use self::stubs::Stub;
use super::diary::Diaries;
use super::file::{Demo, DemoSite, DemoTenant};
use super::play;
use crate::{Failure, data};
use samtycke_server::admin::{self, KeyRequest, SiteChange, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::clock::{Environment, random};
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::Role;

/// A controller's register with the demo's additions.
pub(super) fn with_additions(tenant: &TenantId, register: &str) -> String {
    let additions = cast::site(tenant.as_str()).map_or("", |site| site.additions);
    format!("{register}{additions}")
}

/// Sets up every site for the current port: origin, notice and key. Keeps what is already correct.
pub(super) async fn ensure(app: &Arc<App>, demo: &mut Demo) -> Result<(), Failure> {
    let port = port_of(app);
    let base_url = demo.base_url.clone();
    for tenant in &mut demo.tenants {
        let id: TenantId = tenant
            .id
            .parse()
            .map_err(|_| Failure::new("demo.json names a tenant that has no valid name"))?;
        live_register(app, &id).await?;
        // A demo from before the file listed sites.
        let secrets = &data::tenant(app, &id)?.secrets;
        tenant.lookup_key = hex::encode(secrets.lookup.expose());
        let first: SiteId = site_id(&tenant.site)?;
        let origins = vec![base_url.clone(), format!("https://{first}")];
        reachable(app, &id, first, origins).await?;
        if cast::site(id.as_str()).is_some() {
            website(app, &id, tenant, &port).await?;
        }
    }
    Ok(())
}

/// The website to visit for each tenant.
pub(super) fn addresses(app: &App, demo: &Demo) -> BTreeMap<String, String> {
    let port = port_of(app);
    demo.tenants
        .iter()
        .filter(|tenant| cast::site(&tenant.id).is_some())
        .map(|tenant| {
            (
                tenant.id.clone(),
                format!("http://{}.localhost{port}/", tenant.id),
            )
        })
        .collect()
}

fn port_of(app: &App) -> String {
    match app.config.listen.port() {
        80 => String::new(),
        port => format!(":{port}"),
    }
}

fn site_id(name: &str) -> Result<SiteId, Failure> {
    name.parse()
        .map_err(|_| Failure::new(format!("{name} is no site's name")))
}

/// Gives a demo of an older version the register of this one.
async fn live_register(app: &Arc<App>, id: &TenantId) -> Result<(), Failure> {
    let Some(toml) = play::register_of(id) else {
        return Ok(());
    };
    let tenant = data::tenant(app, id)?;
    let wanted = register::parse(&toml)?.hash().to_string();
    if tenant
        .register
        .as_ref()
        .is_some_and(|live| live.hash == wanted)
    {
        return Ok(());
    }
    register::draft(&app.registers, &tenant, &toml).await?;
    register::publish(&app.registers, &tenant, None, None).await?;
    Ok(())
}

/// Sets a site's origins to exactly these: a page's keys are bound to them.
async fn reachable(
    app: &Arc<App>,
    id: &TenantId,
    site: SiteId,
    origins: Vec<String>,
) -> Result<(), Failure> {
    let tenant = data::tenant(app, id)?;
    if tenant.sites.contains_key(&site) {
        let request = SiteChange { origins };
        admin::set_site(&app.admin, &tenant, &site, request, None).await?;
    } else {
        let request = SiteRequest { site, origins };
        admin::add_site(&app.admin, &tenant, request, None).await?;
    }
    Ok(())
}

async fn website(
    app: &Arc<App>,
    id: &TenantId,
    tenant: &mut DemoTenant,
    port: &str,
) -> Result<(), Failure> {
    let host = format!("{id}.localhost");
    let site = site_id(&host)?;
    reachable(app, id, site.clone(), vec![format!("http://{host}{port}")]).await?;
    let draft = terminal_notice(&site);
    let notice = register::add_notice(&app.registers, &*data::tenant(app, id)?, draft)
        .await?
        .hash;
    let current = data::tenant(app, id)?;
    if current.current_notice(&site) != Some(&notice) {
        register::publish_notice(&app.registers, &current, &notice, None, None).await?;
    }
    // A demo from before keys named their site has a key that the current banner cannot read.
    let begins = format!("pk_{}_", current.public_id(&site));
    let known = tenant.web.take().map(|web| web.key);
    let key = if let Some(key) = known.filter(|key| key.starts_with(&begins)) {
        key
    } else {
        let request = KeyRequest {
            role: Role::Publishable,
            site: Some(site),
            label: "demo site".into(),
            expires: None,
        };
        let added = admin::add_key(&app.admin, &data::tenant(app, id)?, request, None).await?;
        let key = added.key;
        key.ok_or_else(|| Failure::new("a new key was not shown"))?
    };
    tenant.web = Some(DemoSite {
        site: host,
        notice: notice.to_string(),
        key,
    });
    Ok(())
}

/// The banner's notice, in every language, and in Swedish also for young readers.
fn terminal_notice(site: &SiteId) -> NoticeRequest {
    NoticeRequest {
        about: Some(About::Terminal),
        languages: Some(words::tags().filter_map(|tag| tag.parse().ok()).collect()),
        variants: Some(vec![Variant::Adult, Variant::Teen, Variant::Child]),
        ..NoticeRequest::draft(site.clone())
    }
}

/// The handlers by host.
struct Hosts {
    samtycke: Router,
    diaries: Diaries,
    port: String,
    overview: String,
    keys: BTreeMap<String, String>,
    shown: preview::Shown,
    environment: Environment,
}

/// The whole demo: samtycke and the sites.
pub(super) fn router(app: &Arc<App>, demo: &Demo) -> Router {
    let keys = demo.tenants.iter().filter_map(|tenant| {
        let web = tenant.web.as_ref()?;
        Some((tenant.id.clone(), web.key.clone()))
    });
    let shown = demo.tenants.iter().filter_map(|tenant| {
        let site = cast::site(&tenant.id).filter(|site| site.asks())?;
        Some((
            tenant.id.clone(),
            site.name,
            tenant.web.as_ref()?.key.clone(),
        ))
    });
    let hosts = Hosts {
        shown: shown.collect(),
        samtycke: samtycke_server::app::router(app),
        diaries: Diaries {
            app: app.clone(),
            people: demo.people.clone(),
        },
        port: port_of(app),
        overview: format!("{}/", demo.base_url),
        keys: keys.collect(),
        environment: app.environment.clone(),
    };
    Router::new().fallback(answer).with_state(Arc::new(hosts))
}

async fn answer(State(hosts): State<Arc<Hosts>>, request: Request) -> Response {
    let host = request.uri().host().map(str::to_owned).or_else(|| {
        let value = request.headers().get(header::HOST)?.to_str().ok()?;
        Some(value.split(':').next().unwrap_or(value).to_owned())
    });
    let name = host
        .as_deref()
        .and_then(|host| host.strip_suffix(".localhost"))
        .unwrap_or_default();
    if let Some(stub) = Stub::of(name) {
        return stub.answer(request.uri().path());
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        if let Some(own) = hosts.own_page(name, request.uri()) {
            return own;
        }
        let diaries = &hosts.diaries;
        if let Some(diary) = diaries.answer(request.uri(), request.headers()).await {
            return diary;
        }
    }
    // Every other path of a site is samtycke under the site's own name, as a proxy would serve it.
    match hosts.samtycke.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
fn file(media: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, body.into()).into_response()
}

fn drawn(html: String, policy: &str) -> Option<Response> {
    let mut response = file(HTML, html);
    let policy = HeaderValue::from_str(policy).ok()?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Some(response)
}

impl Hosts {
    fn own_page(&self, name: &str, uri: &Uri) -> Option<Response> {
        let nonce = URL_SAFE_NO_PAD.encode(random::<16>(&*self.environment.rng));
        let Some(site) = cast::site(name) else {
            return preview::answer(uri, &self.shown, &nonce);
        };
        let key = self.keys.get(name)?;
        let (english, draw): (bool, fn(Page<'_>) -> String) = match uri.path() {
            "/" => (false, page::start),
            "/app" => (false, page::app),
            "/en/" => (true, page::start),
            "/en/app" => (true, page::app),
            "/en" => {
                return Some((StatusCode::FOUND, [(header::LOCATION, "/en/")]).into_response());
            }
            "/demo/site.css" => return Some(file(CSS, include_str!("sites/site.css"))),
            "/demo/panel.js" => return Some(file(SCRIPT, include_str!("sites/panel.js"))),
            _ => return None,
        };
        let page = Page {
            site,
            english,
            key,
            nonce: &nonce,
            port: &self.port,
            overview: &self.overview,
        };
        drawn(draw(page), &page.policy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtycke_core::register::Register;

    fn drawn(site: &cast::Site) -> [String; 4] {
        let page = |english| Page {
            site,
            english,
            key: "pk_0123456789ab_x",
            nonce: "n0nce",
            port: ":8080",
            overview: "http://127.0.0.1:8080/",
        };
        [
            page::start(page(false)),
            page::app(page(false)),
            page::start(page(true)),
            page::app(page(true)),
        ]
    }

    /// Protects the demo's honesty: every third-party cookie is declared, and the registers lint without errors.
    #[test]
    fn the_additions_make_registers_that_declare_everything() {
        for site in &cast::SITES {
            let id: TenantId = site.tenant.parse().expect("a tenant");
            let toml = play::register_of(&id).expect("a register");
            assert!(toml.contains("demo's own additions"));
            let register = Register::parse(&toml).expect("it reads");
            let names: Vec<&str> = register.cookies.iter().map(|c| c.name.as_str()).collect();
            for (wanted, name) in [
                (site.statistics, "_demo_stat"),
                (site.marketing, "_demo_ads"),
                (site.marketing, "_demo_video"),
            ] {
                assert_eq!(names.contains(&name), wanted, "{} {name}", site.tenant);
            }
            for cookie in &register.cookies {
                let purpose = register.purpose(&cookie.purpose).expect("it is there");
                assert!(
                    purpose.incomplete.is_empty(),
                    "{}: {:?}",
                    purpose.id,
                    purpose.incomplete
                );
            }
        }
    }

    /// Protects the promise of every page: third-party content is inert until it is released.
    #[test]
    fn nothing_of_others_loads_by_itself() {
        for site in &cast::SITES {
            for html in drawn(site) {
                for held in html
                    .split("<script")
                    .skip(1)
                    .filter(|s| s.contains(".localhost"))
                {
                    let is_inert = held.starts_with(" type=\"text/plain\"")
                        || html.contains("<template data-samtycke-purpose");
                    assert!(is_inert, "{held}");
                }
                for live in [" src=\"http", "style=\"", "onclick"] {
                    let outside = html.split("<template").next().expect("a beginning");
                    assert!(!outside.contains(live), "{live}");
                }
                assert_eq!(
                    html.contains("/sdk/banner.js"),
                    site.asks(),
                    "{}",
                    site.tenant
                );
                assert!(html.contains("/declaration/pk_0123456789ab_x"));
            }
        }
    }
}
