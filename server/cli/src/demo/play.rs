//! Creates the five controllers and plays their day.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decision::{DecisionKind, Outcome};
use samtycke_core::event::opening::hour_of;
use samtycke_core::id::{NoticeHash, SiteId, TenantId};
use samtycke_core::register::Register;
use samtycke_core::wire::{CheckRequest, RecordResponse};

use super::day::{Day, EVENING, HOUR_MS, MINUTE_MS, OFFICE, Rhythm, WalkedClock, environment};
use super::file::{Demo, DemoTenant};
use super::lives::{Deed, Script, Stage};
use super::people::{Crowd, Step, What};
use super::sites;
use crate::provision::{Wanted, provision};
use crate::{Failure, data, root_key};
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::check;
use samtycke_server::clock::{Clock as _, SystemClock, UnixMs};
use samtycke_server::config::Config;
use samtycke_server::consent;
use samtycke_server::prompt::SERVED;
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::store::subject::TallyKey;

/// One controller of the demo.
struct Part {
    register: &'static str,
    visitors: usize,
    rhythm: Rhythm,
    seed: u64,
}

/// The five registers are compiled in, so that the demo needs only the binary.
const CAST: [Part; 5] = [
    Part {
        register: include_str!("../../../../registers/bjorn-lunden.toml"),
        visitors: 130,
        rhythm: OFFICE,
        seed: 1,
    },
    Part {
        register: include_str!("../../../../registers/loomer.toml"),
        visitors: 150,
        rhythm: OFFICE,
        seed: 2,
    },
    Part {
        register: include_str!("../../../../registers/omilon.toml"),
        visitors: 120,
        rhythm: OFFICE,
        seed: 3,
    },
    Part {
        register: include_str!("../../../../registers/ommej.toml"),
        visitors: 160,
        rhythm: EVENING,
        seed: 4,
    },
    Part {
        register: include_str!("../../../../registers/supplier.toml"),
        visitors: 150,
        rhythm: OFFICE,
        seed: 5,
    },
];

/// The register of a controller with the demo's additions.
pub(super) fn register_of(tenant: &TenantId) -> Option<String> {
    let head = format!("\n[register]\nid = \"{tenant}\"\n");
    let part = CAST.iter().find(|part| part.register.contains(&head))?;
    Some(sites::with_additions(tenant, part.register))
}

/// The tenant of the printed commands: most visitors know its cookies.
const EXAMPLE: &str = "loomer";
const EXAMPLE_PURPOSE: &str = "loomer.cookies-analys";
/// Interval between checkpoints, by the simulated clock. 24 hours x 3 = 72 checkpoints per log; the page shows the
/// hours.
const CHECKPOINT_EVERY_MS: i64 = 20 * MINUTE_MS;
/// How long before the day its controllers are set up.
const SET_UP_BEFORE_MS: i64 = HOUR_MS;

/// The script's link that waits for an answer.
const WAITING: &str = "scanner";

/// The script, and what it has made at one tenant.
struct Lives<'a> {
    script: &'a Script,
    stage: Stage,
}

/// Plays the day in the configured folder, and returns the demo's contents.
pub(super) async fn play(mut config: Config) -> Result<Demo, Failure> {
    let base_url = config.public_url.clone();
    // The simulated clock alone triggers checkpoints.
    config.publish_interval = Duration::from_hours(1);
    let day = Day::until(SystemClock.now());
    let clock = WalkedClock::at(day.start - SET_UP_BEFORE_MS);
    let app = App::start(config, environment(&clock), root_key()).await?;
    outln!("Playing one day at five controllers:");
    let script = Script::read();
    let (mut tenants, mut people, mut link) = (Vec::new(), Vec::new(), None);
    for part in &CAST {
        // Each log has its own time, which never goes back within the log.
        clock.walk_to(day.start - SET_UP_BEFORE_MS);
        let mut lives = Lives {
            script: &script,
            stage: Stage::new(samtycke_server::app::router(&app)),
        };
        let tenant = one(&app, &clock, day, part, &base_url, &mut lives).await?;
        people.extend(script.people(&tenant.id));
        link = lives.stage.link(WAITING).or(link);
        tenants.push(tenant);
    }
    app.stop().await;
    Ok(Demo {
        base_url,
        example: EXAMPLE.into(),
        tenants,
        people,
        link,
    })
}

async fn one(
    app: &Arc<App>,
    clock: &WalkedClock,
    day: Day,
    part: &Part,
    base_url: &str,
    lives: &mut Lives<'_>,
) -> Result<DemoTenant, Failure> {
    let own = register::parse(part.register)?;
    let toml = sites::with_additions(&own.tenant, part.register);
    let register = register::parse(&toml)?;
    let (mut demo, notice) = ready(app, &register, &toml, base_url).await?;
    let service = Caller::identify(&app.tenants, &demo.keys.service, None).await?;
    let crowd = Crowd {
        register: &register,
        notice: &notice,
        seed: part.seed,
        day,
        rhythm: &part.rhythm,
    };
    let mut played = Played::default();
    publish(app, &register.tenant).await?;
    let mut next_checkpoint = day.start;
    let steps = crowd.day(part.visitors).into_iter();
    let mut turns: Vec<(UnixMs, Turn)> = steps.map(|step| (step.at, Turn::Step(step))).collect();
    let deeds = lives.script.of(&demo.id, day.start).into_iter();
    turns.extend(deeds.map(|(at, deed)| (at, Turn::Deed(Box::new(deed)))));
    turns.sort_by_key(|(at, _)| *at);
    for (at, what) in turns {
        while next_checkpoint <= at {
            clock.walk_to(next_checkpoint);
            if std::mem::take(&mut played.is_dirty) {
                publish(app, &register.tenant).await?;
            }
            next_checkpoint += CHECKPOINT_EVERY_MS;
        }
        clock.walk_to(at);
        match what {
            Turn::Step(step) => act(app, &service, &demo.site, step, &mut played).await?,
            Turn::Deed(deed) => {
                lives.stage.play(&demo, &deed, at).await?;
                played.is_dirty = true;
            }
        }
    }
    clock.walk_to(day.end);
    publish(app, &register.tenant).await?;
    example(app, &service, &mut demo, &played).await?;
    outln!(
        "  {:14} {:>2} purposes, {:>3} people in {:>3} events: {:>3} grants, {:>3} refusals, {:>2} withdrawals or objections; \
         {} counted without a subject",
        demo.id,
        register.purposes.len(),
        played.people.len(),
        played.events,
        played.yes,
        played.no,
        played.narrowed,
        played.tallies
    );
    Ok(demo)
}

/// What happens at one time: a visitor of the crowd, or a step of the script.
enum Turn {
    Step(Step),
    Deed(Box<Deed>),
}

/// Counts of the day.
#[derive(Default)]
struct Played {
    is_dirty: bool,
    events: usize,
    yes: usize,
    no: usize,
    narrowed: usize,
    tallies: usize,
    people: std::collections::HashSet<String>,
    /// Subject, purpose and event of the consents that may serve as an example.
    candidates: Vec<(String, String, String)>,
    /// A subject with an event.
    somebody: Option<(String, String)>,
}

async fn act(
    app: &Arc<App>,
    service: &Caller,
    site: &str,
    step: Step,
    played: &mut Played,
) -> Result<(), Failure> {
    let device = Some(app.consents.agents.device(step.user_agent));
    match step.what {
        What::Answer(request) => {
            let body = serde_json::to_value(&request).expect("a request is JSON");
            let subject = request.subject.to_string();
            let unscoped: Vec<bool> = request
                .decisions
                .iter()
                .map(|d| d.decision == DecisionKind::Given && d.scope.is_none())
                .collect();
            played.yes += request
                .decisions
                .iter()
                .filter(|d| d.decision == DecisionKind::Given)
                .count();
            played.no += request
                .decisions
                .iter()
                .filter(|d| d.decision == DecisionKind::Refused)
                .count();
            let recorded = consent::record(&app.consents, service, *request, &body, device).await?;
            played.note(&subject, &recorded.answer);
            for (decision, unscoped) in recorded.answer.decisions.iter().zip(unscoped) {
                if unscoped && decision.outcome == Outcome::Effective {
                    let event = recorded.answer.event_id.to_string();
                    played
                        .candidates
                        .push((subject.clone(), decision.purpose.to_string(), event));
                }
            }
        }
        What::Narrow(request) => {
            let body = serde_json::to_value(&request).expect("a request is JSON");
            let subject = request.subject.to_string();
            played.narrowed += request.decisions.len();
            let recorded =
                consent::withdraw(&app.consents, service, *request, &body, device).await?;
            played.note(&subject, &recorded.answer);
        }
        What::Tally(choice) => {
            count(app, service, site, choice.as_str()).await?;
            played.tallies += 1;
        }
        What::Shown => count(app, service, site, SERVED).await?,
    }
    Ok(())
}

/// Counts something about the site's notice, without any subject.
async fn count(app: &App, service: &Caller, site: &str, word: &'static str) -> Result<(), Failure> {
    let tenant = &service.tenant;
    let site: SiteId = site
        .parse()
        .map_err(|_| Failure::new("the site has no valid name"))?;
    if let Some(notice) = tenant.current_notice(&site) {
        let hour = hour_of(app.environment.clock.now());
        let key = TallyKey {
            log: tenant.log.clone(),
            hour,
            site: site.to_string(),
            notice: notice.to_string(),
            choice: word,
        };
        app.store.add_tallies(&[(key, 1)].into()).await?;
    }
    Ok(())
}

impl Played {
    fn note(&mut self, subject: &str, answer: &RecordResponse) {
        self.is_dirty = true;
        self.events += 1;
        self.people.insert(subject.to_owned());
        self.somebody = Some((subject.to_owned(), answer.event_id.to_string()));
    }
}

/// Sets the example: the newest consent whose check allows now, of the example purpose if there is one.
async fn example(
    app: &App,
    service: &Caller,
    demo: &mut DemoTenant,
    played: &Played,
) -> Result<(), Failure> {
    let (best, rest): (Vec<_>, Vec<_>) = played
        .candidates
        .iter()
        .rev()
        .partition(|(_, purpose, _)| purpose == EXAMPLE_PURPOSE);
    for (subject, purpose, event) in best.into_iter().chain(rest) {
        let question = serde_json::json!({"subject": subject, "purpose": purpose});
        let question: CheckRequest =
            serde_json::from_value(question).map_err(|e| Failure::new(e.to_string()))?;
        if check::check(&app.checks, service, &question)
            .await?
            .verdict
            .allow
        {
            demo.subject = Some(subject.clone());
            demo.purpose = Some(purpose.clone());
            demo.event_id = Some(event.clone());
            return Ok(());
        }
    }
    if let Some((subject, event)) = &played.somebody {
        demo.subject = Some(subject.clone());
        demo.event_id = Some(event.clone());
    }
    Ok(())
}

async fn publish(app: &App, tenant: &TenantId) -> Result<UnixMs, Failure> {
    let tenant = data::tenant(app, tenant)?;
    app.publisher
        .publish(&tenant)
        .await
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(app.environment.clock.now())
}

/// Sets up a controller as a customer does.
async fn ready(
    app: &Arc<App>,
    register: &Register,
    toml: &str,
    base_url: &str,
) -> Result<(DemoTenant, NoticeHash), Failure> {
    let name = format!("www.{}.example", register.tenant);
    let site: SiteId = name
        .parse()
        .map_err(|_| Failure::new(format!("{name} is not a valid site name")))?;
    let wanted = Wanted {
        register,
        toml,
        origins: vec![base_url.to_owned(), format!("https://{site}")],
        notice: NoticeRequest::draft(site),
        label: "demo",
    };
    let ready = provision(app, wanted).await?;
    let demo = DemoTenant {
        id: register.tenant.to_string(),
        site: ready.site.to_string(),
        notice: ready.notice.to_string(),
        keys: ready.keys,
        lookup_key: hex::encode(ready.tenant.secrets.lookup.expose()),
        log: ready.log,
        subject: None,
        purpose: None,
        event_id: None,
        web: None,
    };
    Ok((demo, ready.notice))
}
