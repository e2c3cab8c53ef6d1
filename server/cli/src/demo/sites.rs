//! The demo's websites: each controller has one at `<tenant>.localhost`, and the third parties that they would like to
//! load have `stats`, `ads` and `video` there. Browsers take every name below `localhost` to this machine, each is an
//! origin and a site of its own, and the banner on them is the real one.

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
use super::file::{Demo, DemoSite, DemoTenant};
use super::play;
use crate::{Failure, control};
use samtycke_server::admin::{self, KeyRequest, SiteChange, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::clock::{Environment, random};
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::Role;

/// A controller's register, and what the demo adds to it.
pub(super) fn with_additions(tenant: &TenantId, register: &str) -> String {
    let additions = cast::site(tenant.as_str()).map_or("", |site| site.additions);
    format!("{register}{additions}")
}

/// Sets up every site for the port of today: its origin, its notice, its key. Whatever is as it should be stays.
pub(super) async fn ensure(app: &Arc<App>, demo: &mut Demo) -> Result<(), Failure> {
    let port = port_of(app);
    let base_url = demo.base_url.clone();
    for tenant in &mut demo.tenants {
        let id: TenantId = tenant
            .id
            .parse()
            .map_err(|_| Failure::new("demo.json names a tenant that has no valid name"))?;
        live_register(app, &id).await?;
        // A demo that was made before the file had it.
        let secrets = &control::tenant(app, &id)?.secrets;
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

/// An address per tenant, to be visited.
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

/// A demo that an older version made gets the register of this one.
async fn live_register(app: &Arc<App>, id: &TenantId) -> Result<(), Failure> {
    let Some(toml) = play::register_of(id) else {
        return Ok(());
    };
    let tenant = control::tenant(app, id)?;
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

/// Makes a site good for these origins and no others: keys of a page are bound to them.
async fn reachable(
    app: &Arc<App>,
    id: &TenantId,
    site: SiteId,
    origins: Vec<String>,
) -> Result<(), Failure> {
    let tenant = control::tenant(app, id)?;
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
    let notice = register::add_notice(&app.registers, &*control::tenant(app, id)?, draft)
        .await?
        .hash;
    let current = control::tenant(app, id)?;
    if current.current_notice(&site) != Some(&notice) {
        register::publish_notice(&app.registers, &current, &notice, None, None).await?;
    }
    // A demo that was made before keys named their site has one that no banner of today reads.
    let begins = format!("pk_{}_", current.public_id(&site));
    let known = tenant.web.take().map(|web| web.key);
    let key = if let Some(key) = known.filter(|key| key.starts_with(&begins)) {
        key
    } else {
        let request = KeyRequest {
            role: Role::Publishable,
            site: Some(site),
            label: "demo site".into(),
        };
        let added = admin::add_key(&app.admin, &control::tenant(app, id)?, request, None).await?;
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

/// What a banner asks, in every language there is, and in Swedish for the young too.
fn terminal_notice(site: &SiteId) -> NoticeRequest {
    NoticeRequest {
        about: Some(About::Terminal),
        languages: Some(words::tags().filter_map(|tag| tag.parse().ok()).collect()),
        variants: Some(vec![Variant::Adult, Variant::Teen, Variant::Child]),
        ..NoticeRequest::draft(site.clone())
    }
}

/// What answers which host.
struct Hosts {
    samtycke: Router,
    port: String,
    overview: String,
    keys: BTreeMap<String, String>,
    shown: preview::Shown,
    environment: Environment,
}

/// The whole demo: samtycke itself, and the sites beside it.
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
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some(own) = hosts.own_page(name, request.uri())
    {
        return own;
    }
    // Everything else of a site is samtycke under the site's own name, as a proxy would make it.
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

    /// Protects the demo's honesty: every cookie of its third parties is declared, and the registers read without a fault.
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

    /// Protects the promise of every page: what is somebody else's stands in it only where nothing fetches it.
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
