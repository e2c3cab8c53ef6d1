//! Browsers' signals (GDPR Art. 21(5)), one per browser.

use serde::{Deserialize, Serialize};

use super::{ApplyContext, SubjectState, is_default};
use crate::{actor::Role, decision::SignalSource};

/// The most browsers whose signals are kept apart. The signals of more count as one without a source.
const SOURCES_MAX: usize = 16;

/// The signals of one browser that are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSignals {
    /// The browser; `None` for senders that name none.
    #[serde(rename = "i", default, skip_serializing_if = "is_default")]
    pub source: Option<SignalSource>,
    /// The seq since which it signals GPC.
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    pub gpc: Option<u64>,
    /// The seq since which it signals DNT.
    #[serde(rename = "q", default, skip_serializing_if = "is_default")]
    pub dnt: Option<u64>,
}

impl SubjectState {
    /// A signal that turns on is a refusal and counts on receipt. It ends only by the browser that sent it, and only if
    /// that browser had seen it on: an old submission from a queue must not lift a newer objection. A sender without a
    /// source ends the signals without a source, while no browser with one signals (rule E7).
    pub(crate) fn note_signals(&mut self, cx: &ApplyContext<'_>) {
        let Some(signals) = cx.signals.filter(|_| cx.actor.role == Role::Subject) else {
            return;
        };
        let mut all = self.signals_by_source();
        let index = match all.iter().position(|s| s.source == signals.source) {
            Some(index) => index,
            None if !signals.gpc && !signals.dnt => return,
            None => with_source(&mut all, signals.source),
        };
        let others = all.iter().any(|s| s.source.is_some());
        let known = &mut all[index];
        let may_end = known.source.is_some() || !others;
        // A browser too many has no entry of its own, so what it signals counts as new.
        let is_shared = known.source != signals.source;
        for (on, since) in [(signals.gpc, &mut known.gpc), (signals.dnt, &mut known.dnt)] {
            if on && is_shared {
                *since = Some(cx.seq);
            } else if on {
                since.get_or_insert(cx.seq);
            } else if may_end && since.is_some_and(|seq| cx.based_on >= seq) {
                *since = None;
            }
        }
        self.set_signals(all);
    }

    /// The signals that are on, each with its source.
    pub(crate) fn signals_by_source(&self) -> Vec<SourceSignals> {
        if !self.signals.is_empty() || (self.gpc_since.is_none() && self.dnt_since.is_none()) {
            return self.signals.clone();
        }
        vec![SourceSignals {
            source: None,
            gpc: self.gpc_since,
            dnt: self.dnt_since,
        }]
    }

    /// The signals of one browser that the state knows to be on. A sender that names no browser may be any of them, and
    /// so may one for which there was no room.
    pub(crate) fn signals_of(&self, source: Option<SignalSource>) -> SourceSignals {
        let all = self.signals_by_source();
        let named = all.iter().find(|s| s.source == source && source.is_some());
        match named {
            Some(known) => *known,
            None if source.is_some() && all.len() < SOURCES_MAX => SourceSignals {
                source,
                gpc: None,
                dnt: None,
            },
            None => SourceSignals {
                source,
                gpc: self.gpc_since,
                dnt: self.dnt_since,
            },
        }
    }

    /// Sets what is on. An acknowledgement must be newer than the newest signal.
    pub(crate) fn set_signals(&mut self, mut all: Vec<SourceSignals>) {
        all.retain(|s| s.gpc.is_some() || s.dnt.is_some());
        self.gpc_since = all.iter().filter_map(|s| s.gpc).max();
        self.dnt_since = all.iter().filter_map(|s| s.dnt).max();
        // Signals without a source need no list.
        if all.iter().all(|s| s.source.is_none()) {
            all.clear();
        }
        self.signals = all;
    }
}

/// The index of a browser's entry, which is new.
fn with_source(all: &mut Vec<SourceSignals>, source: Option<SignalSource>) -> usize {
    let source = source.filter(|_| all.len() < SOURCES_MAX);
    if let Some(index) = all.iter().position(|s| s.source == source) {
        return index;
    }
    all.push(SourceSignals {
        source,
        gpc: None,
        dnt: None,
    });
    all.len() - 1
}
