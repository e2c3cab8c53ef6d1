//! One visit: a tab, everything it loads, and everything stored in the browser afterwards.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use samtycke_core::screen::escaped;
use serde_json::{Value, json};

use super::chromium::{Chromium, Session};
use super::judge::{Kept, Moment, Requested, Stage, Store};
use super::tags::Tag;
use crate::Failure;
use samtycke_server::clock::{Clock as _, SystemClock};

/// How long the network must be idle before a page counts as loaded; Lighthouse uses the same time.
const QUIET: Duration = Duration::from_millis(1_500);
/// Longest wait for an idle network; after it the page is read as it is.
const REST_MAX: Duration = Duration::from_secs(20);
/// Longest wait for a banner.
const APPEAR_MAX: Duration = Duration::from_secs(10);

/// A button of the banner.
#[derive(Debug, Clone, Copy)]
pub(super) enum Press {
    Accept,
    Refuse,
}

impl Press {
    /// The button's `data-samtycke-action`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Refuse => "reject",
        }
    }
}

/// Names of everything that a frame's origin has stored. A frame with an opaque origin may read nothing.
const STORED: &str = "(async () => {
  const attempt = async (read) => { try { return await read() } catch { return [] } };
  return {
    origin: location.origin,
    local: await attempt(() => Object.keys(localStorage)),
    session: await attempt(() => Object.keys(sessionStorage)),
    databases: await attempt(async () => (await indexedDB.databases()).map((d) => d.name)),
    caches: await attempt(() => caches.keys()),
  };
})()";

/// Whether a Google tag ran although the page's queue did not begin with a default of Consent Mode. A tag has run if it
/// has replaced the queue's `push`.
const GOOGLE_BEFORE_DEFAULT: &str = "(() => {
  const queue = window.dataLayer;
  if (!Array.isArray(queue) || (queue.push === Array.prototype.push && !window.google_tag_manager)) return false;
  const said = queue.findIndex((entry) => entry && entry[0] === 'consent' && entry[1] === 'default');
  const other = queue.findIndex((entry) => entry && (entry.event || ['js', 'config', 'event'].includes(entry[0])));
  return said < 0 || (other >= 0 && other < said);
})()";

/// A tab with everything in it.
pub(super) struct Tab<'c> {
    chromium: &'c mut Chromium,
    main: Session,
    /// The sessions of the tab and of frames with processes of their own.
    sessions: Vec<Session>,
    under_way: HashSet<(String, String)>,
    requested: BTreeSet<Requested>,
    /// Cookies that this browser refused, as most of third parties; another browser would accept them.
    refused: BTreeSet<Kept>,
    is_loaded: bool,
}

impl<'c> Tab<'c> {
    /// Opens an empty tab.
    pub(super) async fn open(chromium: &'c mut Chromium) -> Result<Self, Failure> {
        let blank = json!({"url": "about:blank"});
        let made = chromium.call(None, "Target.createTarget", &blank).await?;
        let target = json!({"targetId": made["targetId"], "flatten": true});
        let attached = chromium
            .call(None, "Target.attachToTarget", &target)
            .await?;
        let main = text(&attached["sessionId"]);
        let mut tab = Self {
            chromium,
            sessions: vec![main.clone()],
            main,
            under_way: HashSet::new(),
            requested: BTreeSet::new(),
            refused: BTreeSet::new(),
            is_loaded: false,
        };
        let main = tab.main.clone();
        tab.listen(&main).await?;
        Ok(tab)
    }

    /// Visits the page and waits until the network is idle.
    pub(super) async fn visit(&mut self, url: &str) -> Result<(), Failure> {
        let main = self.main.clone();
        let to = json!({"url": url});
        // Not `call`: the page's own request is one of the events to record.
        let asked = self
            .chromium
            .send(Some(&main), "Page.navigate", &to)
            .await?;
        let begun = SystemClock.monotonic();
        let went = loop {
            if begun.elapsed() > REST_MAX {
                return Err(Failure::new(format!("{url} did not answer in time")));
            }
            match self.chromium.event(Duration::from_millis(100)).await? {
                Some(answer) if answer["id"] == asked => break answer,
                Some(event) => _ = self.note(&event).await?,
                None => {}
            }
        };
        if let Some(error) = went["result"]["errorText"].as_str() {
            return Err(Failure::new(format!(
                "{url} cannot be visited: {}",
                escaped(error)
            )));
        }
        // Events so far belong to the empty tab; the page's own load event comes later.
        self.is_loaded = false;
        self.rest().await
    }

    /// Clicks a button of the banner as a user would, and waits until the network is idle.
    pub(super) async fn press(&mut self, press: Press) -> Result<(), Failure> {
        let find = format!(
            "(() => {{ const b = document.querySelector('[data-samtycke-action=\"{}\"]'); \
             if (!b || b.closest('[data-samtycke-fresh]')) return null; \
             b.scrollIntoView({{block: 'center'}}); const r = b.getBoundingClientRect(); \
             return r.width ? {{x: r.x + r.width / 2, y: r.y + r.height / 2}} : null }})()",
            press.name()
        );
        let begun = SystemClock.monotonic();
        let place = loop {
            let main = self.main.clone();
            let place = self.evaluate(&main, None, &find).await?;
            if place.is_object() {
                break place;
            }
            if begun.elapsed() > APPEAR_MAX {
                return Err(Failure::new(format!(
                    "the page shows no button with data-samtycke-action=\"{}\"",
                    press.name()
                )));
            }
            self.pass(Duration::from_millis(200)).await?;
        };
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1});
            let main = self.main.clone();
            self.chromium
                .call(Some(&main), "Input.dispatchMouseEvent", &event)
                .await?;
        }
        self.rest().await
    }

    /// The current state; its requests are those since the last call.
    pub(super) async fn look(&mut self, moment: Moment) -> Result<Stage, Failure> {
        let mut kept = self.refused.clone();
        let cookies = self
            .chromium
            .call(None, "Storage.getCookies", &json!({}))
            .await?;
        for cookie in list(&cookies["cookies"]) {
            kept.insert(Kept {
                store: Store::Cookie,
                name: text(&cookie["name"]),
                host: text(&cookie["domain"]).trim_start_matches('.').to_owned(),
            });
        }
        for session in self.sessions.clone() {
            for frame in self.frames(&session).await {
                let Ok(stored) = self.evaluate(&session, Some(&frame), STORED).await else {
                    continue; // the frame has gone meanwhile
                };
                let host = super::judge::host(&text(&stored["origin"])).unwrap_or_default();
                for (store, names) in [
                    (Store::Local, &stored["local"]),
                    (Store::Session, &stored["session"]),
                    (Store::Database, &stored["databases"]),
                    (Store::Cache, &stored["caches"]),
                ] {
                    kept.extend(list(names).iter().map(|name| Kept {
                        store,
                        name: text(name),
                        host: host.clone(),
                    }));
                }
            }
        }
        let main = self.main.clone();
        let early = self.evaluate(&main, None, GOOGLE_BEFORE_DEFAULT).await;
        self.catch_up().await?;
        Ok(Stage {
            moment,
            kept: kept.into_iter().collect(),
            requested: std::mem::take(&mut self.requested).into_iter().collect(),
            google_before_default: early.is_ok_and(|early| early == json!(true)),
        })
    }

    /// The text of the page.
    pub(super) async fn body(&mut self) -> Result<String, Failure> {
        let main = self.main.clone();
        let body = self
            .evaluate(&main, None, "document.body.innerText")
            .await?;
        Ok(text(&body))
    }

    /// The page's script tags.
    pub(super) async fn tags(&mut self) -> Result<Vec<Tag>, Failure> {
        let main = self.main.clone();
        let script =
            "[...document.querySelectorAll('script[src]')].map((s) => [s.src, s.integrity])";
        let found = self.evaluate(&main, None, script).await?;
        let tag = |pair: &Value| Tag {
            src: text(&pair[0]),
            integrity: text(&pair[1]),
        };
        Ok(list(&found).iter().map(tag).collect())
    }

    async fn listen(&mut self, session: &Session) -> Result<(), Failure> {
        let attach = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
        for (method, params) in [
            ("Network.enable", json!({})),
            // A fast page sends requests before its own process reports events; the network layer reports them all.
            ("Fetch.enable", json!({})),
            ("Page.enable", json!({})),
            ("Target.setAutoAttach", attach),
            ("Runtime.runIfWaitingForDebugger", json!({})),
        ] {
            self.chromium.send(Some(session), method, &params).await?;
        }
        Ok(())
    }

    /// Waits until the page has loaded and the network has been idle for a while, up to a limit.
    async fn rest(&mut self) -> Result<(), Failure> {
        let begun = SystemClock.monotonic();
        let mut quiet_since = SystemClock.monotonic();
        while begun.elapsed() < REST_MAX {
            if let Some(event) = self.chromium.event(Duration::from_millis(100)).await? {
                if self.note(&event).await? {
                    quiet_since = SystemClock.monotonic();
                }
            } else if self.is_loaded && self.under_way.is_empty() && quiet_since.elapsed() >= QUIET
            {
                break;
            }
        }
        Ok(())
    }

    /// Handles events that arrived during a call.
    async fn catch_up(&mut self) -> Result<(), Failure> {
        while let Some(event) = self.chromium.kept() {
            self.note(&event).await?;
        }
        Ok(())
    }

    async fn pass(&mut self, time: Duration) -> Result<(), Failure> {
        let begun = SystemClock.monotonic();
        while begun.elapsed() < time {
            if let Some(event) = self.chromium.event(time).await? {
                self.note(&event).await?;
            }
        }
        Ok(())
    }

    /// Handles one event; returns whether it was network activity.
    async fn note(&mut self, event: &Value) -> Result<bool, Failure> {
        let params = &event["params"];
        let request = || (text(&event["sessionId"]), text(&params["requestId"]));
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                self.under_way.insert(request());
                self.requests(&params["request"], &params["type"]);
                Ok(true)
            }
            "Fetch.requestPaused" => {
                self.requests(&params["request"], &params["resourceType"]);
                let (session, id) = request();
                let go_on = json!({"requestId": id});
                self.chromium
                    .send(Some(&session), "Fetch.continueRequest", &go_on)
                    .await?;
                Ok(true)
            }
            "Network.responseReceivedExtraInfo" => {
                for blocked in list(&params["blockedCookies"]) {
                    let cookie = &blocked["cookie"];
                    // A cookie line that cannot be parsed is accepted by no browser.
                    if let Some(name) = cookie["name"].as_str() {
                        let host = text(&cookie["domain"]);
                        self.refused.insert(Kept {
                            store: Store::RefusedCookie,
                            name: name.to_owned(),
                            host: host.trim_start_matches('.').to_owned(),
                        });
                    }
                }
                Ok(true)
            }
            "Network.loadingFinished" | "Network.loadingFailed" => {
                self.under_way.remove(&request());
                Ok(true)
            }
            "Page.loadEventFired" => {
                self.is_loaded = true;
                Ok(true)
            }
            "Target.attachedToTarget" => {
                let session = text(&params["sessionId"]);
                self.sessions.push(session.clone());
                self.listen(&session).await?;
                Ok(true)
            }
            "Target.detachedFromTarget" => {
                let session = text(&params["sessionId"]);
                self.sessions.retain(|other| *other != session);
                self.under_way.retain(|(other, _)| *other != session);
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    fn requests(&mut self, request: &Value, kind: &Value) {
        if let Some(host) = super::judge::host(&text(&request["url"])) {
            let kind = text(kind).to_ascii_lowercase();
            self.requested.insert(Requested { host, kind });
        }
    }

    /// The ids of a process's frames; empty for a target that is not a page.
    async fn frames(&mut self, session: &Session) -> Vec<String> {
        let tree = self
            .chromium
            .call(Some(session), "Page.getFrameTree", &json!({}))
            .await;
        let mut ids = Vec::new();
        let mut open = vec![tree.unwrap_or_default()["frameTree"].clone()];
        while let Some(node) = open.pop() {
            if let Some(id) = node["frame"]["id"].as_str() {
                ids.push(id.to_owned());
            }
            open.extend(list(&node["childFrames"]).iter().cloned());
        }
        ids
    }

    /// Runs a script in an isolated world, where the page's own overrides have no effect.
    async fn evaluate(
        &mut self,
        session: &Session,
        frame: Option<&str>,
        script: &str,
    ) -> Result<Value, Failure> {
        let mut params = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        if let Some(frame) = frame {
            let world = json!({"frameId": frame, "worldName": "samtycke-scan"});
            let made = self
                .chromium
                .call(Some(session), "Page.createIsolatedWorld", &world)
                .await?;
            params["contextId"] = made["executionContextId"].clone();
        }
        let answer = self
            .chromium
            .call(Some(session), "Runtime.evaluate", &params)
            .await?;
        Ok(answer["result"]["value"].clone())
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
