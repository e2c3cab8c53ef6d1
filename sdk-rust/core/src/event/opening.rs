//! The two openings of an event, as bytes. A leaf commits to them.
//!
//! ```text
//! ctx {"v":1,"type":"decisions","log":"..","stream":"subject","site":..,"notice":..,"language":..,"variant":..,
//!      "method":..,"surface":..,"ui_hash":..,"assurance":"browser","hour":490410,
//!      "data":{<the kind's public data>},
//!      "results":[{"outcome":"effective","state":"given"}]}
//! sub {"v":1,"type":"decisions","subject":"s_..","event_id":"..","seq":2,"prev":"<hex>","received_at":..,
//!      "occurred_at":..,"based_on":..,"after_seqs":[..],"actor":{..},"signals":{..},"device":{..},"evidence":"<hex>",
//!      "prompt":"p_..","expires":..,"data":{<the kind's private data>}}
//! ```
//!
//! `ctx` holds nothing that identifies a person, and gives time by the hour. `sub` holds what singles out a person. In
//! both, `v` is the kind's [`EventKind::VERSION`](super::EventKind::VERSION) and `type` its
//! [`EventKind::TYPE`](super::EventKind::TYPE), so that each can be read alone. Absent fields are left out. `data` is
//! left out for a kind without data.
//!
//! `results` states the outcome of the event in the same form for every kind. It has one result for each cell that the
//! data name, in their order. Otherwise it has one result for the subject as a whole, without `state`. So the outcome
//! does not repeat a decision, and an event of 64 scoped decisions fits into the 16 KiB of an opening.
//!
//! Both are canonical JSON (RFC 8785) with one spelling for everything. The reader rejects bytes that differ from what
//! the writer would produce. The server writes with this code and an auditor reads with it.

mod frame;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use self::frame::{CtxFrame, SubFrame};
use super::{Actor, Event, Summary, kinds::PublicData};
use crate::{
    decision::{Method, Outcome, SupersededReason},
    device::Device,
    id::{Language, LogId, NoticeHash, PromptId, ScopeValue, SiteId, SubjectId},
    json::{self, Limits},
    purpose::Assurance,
    state::StateWord,
};
use samtycke_tlog::merkle::Hash;

/// One hour in milliseconds: the precision of time in `ctx`.
const HOUR_MS: i64 = 3_600_000;

/// One of the two openings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The opening without personal data.
    Ctx,
    /// The opening that singles out a person.
    Sub,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ctx => "ctx",
            Self::Sub => "sub",
        }
    }
}

/// Why openings are not those of an event. A reader of the log must deny on every one of these errors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// This program does not know the kind.
    #[error("the type '{name}' is unknown here")]
    UnknownType {
        /// The kind's name.
        name: String,
    },
    /// This program does not know the version of the kind.
    #[error("version {version} of the type '{name}' is unknown here")]
    UnknownVersion {
        /// The kind's name.
        name: String,
        /// The kind's version.
        version: u64,
    },
    /// The opening is not an object in canonical form, or is longer than 16 KiB.
    #[error("the opening {} is not in its canonical form", .0.as_str())]
    Form(Part),
    /// A field is missing, unknown or of another type.
    #[error("the opening {} has a field that is missing, unknown or of another type", .0.as_str())]
    Field(Part),
    /// The two openings contradict each other, or the results do not fit the kind.
    #[error("the openings of an event do not fit each other: {0}")]
    Mismatch(&'static str),
}

impl OpeningError {
    /// Whether a newer program may be able to read the openings. All other errors are permanent.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::UnknownType { .. } | Self::UnknownVersion { .. } => true,
            Self::Form(_) | Self::Field(_) | Self::Mismatch(_) => false,
        }
    }
}

/// The stream in which an event has its sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stream {
    /// A subject's stream.
    Subject(SubjectId),
    /// The tenant's own stream: its events concern no person, and no erasure removes them.
    Tenant,
}

/// What the person was shown, where, and with what evidence: everything recorded of an event that the fold does not
/// read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DisplayContext {
    /// The site.
    pub site: Option<SiteId>,
    /// The notice's variant: `adult`, `teen`, `child`.
    pub variant: Option<String>,
    /// The surface: `web`, `app`, `paper`.
    pub surface: Option<ScopeValue>,
    /// SHA-256 of what the client rendered, hex.
    pub ui_hash: Option<String>,
    /// SHA-256 of evidence that the tenant keeps (a signed paper, a recording), hex.
    pub evidence: Option<String>,
    /// The prompt that the person answered. No route accepts one yet.
    pub prompt: Option<PromptId>,
    /// The device, as coarsely as is useful.
    pub device: Option<Device>,
}

/// The outcome of an event, for one of its cells or for the subject as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventResult {
    /// Whether the event takes effect.
    pub outcome: Outcome,
    /// Why it does not take effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
    /// The state of the cell, or of its objection, after the event; absent for the subject as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateWord>,
}

/// An event as a log records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// The log's id, which binds a leaf to its log.
    pub log: LogId,
    /// The stream.
    pub stream: Stream,
    /// Hash of the previous leaf of the stream.
    pub prev: Option<Hash>,
    /// The event: what happened, to which subject, and when.
    pub event: Event,
    /// The display context.
    pub display: DisplayContext,
    /// When the consent expires; Unix milliseconds. Not written yet.
    pub expires: Option<i64>,
    /// The outcome, one result per cell.
    pub results: Vec<EventResult>,
}

/// The content of `ctx`, read without `sub`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The kind's name.
    #[serde(rename = "type")]
    pub type_: String,
    /// The log's id.
    pub log: LogId,
    /// The site.
    pub site: Option<SiteId>,
    /// The notice that was shown.
    pub notice: Option<NoticeHash>,
    /// The language of the notice.
    pub language: Option<Language>,
    /// The variant of the notice.
    pub variant: Option<String>,
    /// The method by which the person expressed the decision.
    pub method: Option<Method>,
    /// How strongly the decision is bound to the person.
    pub assurance: Assurance,
    /// When the server received it; hours since 1970.
    pub hour: i64,
    /// The summary of the public data.
    pub summary: Summary,
    /// The outcome, one result per cell.
    pub results: Vec<EventResult>,
}

/// The exact bytes of both openings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openings {
    /// The opening without personal data.
    pub ctx: Vec<u8>,
    /// The opening that singles out a person.
    pub sub: Vec<u8>,
}

/// The hour of a time; hours since 1970 from Unix milliseconds.
pub fn hour_of(at: i64) -> i64 {
    at.div_euclid(HOUR_MS)
}

impl Openings {
    /// Packs both openings into one plaintext: length of `ctx` (u32, big endian) | ctx | sub.
    ///
    /// # Panics
    /// If an opening exceeds 4 GiB.
    pub fn pack(&self) -> Vec<u8> {
        let length = u32::try_from(self.ctx.len()).expect("an opening has at most 16 KiB");
        let mut bytes = Vec::with_capacity(4 + self.ctx.len() + self.sub.len());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.ctx);
        bytes.extend_from_slice(&self.sub);
        bytes
    }

    /// Unpacks the openings of a plaintext; `None` if it is shorter than its length field requires.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (ctx, sub) = rest.split_at_checked(length)?;
        Some(Self {
            ctx: ctx.to_vec(),
            sub: sub.to_vec(),
        })
    }
}

impl LoggedEvent {
    /// Writes the bytes that the leaf commits to.
    pub fn write(&self) -> Openings {
        let (public, private) = self.event.body.clone().split();
        Openings {
            ctx: json::to_jcs(&CtxFrame::of(self, public.to_data())),
            sub: json::to_jcs(&SubFrame::of(self, private)),
        }
    }

    /// Reads the event from these bytes.
    ///
    /// # Errors
    /// An unknown kind, version or field; bytes that are not in canonical form; openings that contradict each other. It
    /// never returns an event without effect in place of an error.
    pub fn read(openings: &Openings) -> Result<Self, OpeningError> {
        let (ctx, public) = read_ctx(&openings.ctx)?;
        let value = object(Part::Sub, &openings.sub)?;
        if value["type"] != *ctx.type_ || value["v"] != ctx.v {
            return Err(OpeningError::Mismatch("kind and version"));
        }
        let mut sub: SubFrame = shaped(Part::Sub, value)?;
        let (body, written) = public.join(sub.data.take())?;
        sub.data = written;
        same(Part::Sub, &sub, &openings.sub)?;
        if body.cells().result_count() != ctx.results.len() {
            return Err(OpeningError::Mismatch("the number of results"));
        }
        sub.with(ctx, body)
    }
}

impl Context {
    /// Reads the bytes of `ctx` without `sub`.
    ///
    /// # Errors
    /// The same as [`LoggedEvent::read`].
    pub fn read(ctx: &[u8]) -> Result<Self, OpeningError> {
        let (frame, public) = read_ctx(ctx)?;
        Ok(Self {
            summary: public.summary(),
            type_: frame.type_,
            log: frame.log,
            site: frame.site,
            notice: frame.notice,
            language: frame.language,
            variant: frame.variant,
            method: frame.method,
            assurance: frame.assurance,
            hour: frame.hour,
            results: frame.results,
        })
    }
}

fn read_ctx(bytes: &[u8]) -> Result<(CtxFrame, PublicData), OpeningError> {
    let value = object(Part::Ctx, bytes)?;
    let name = value["type"].as_str().map(str::to_owned);
    let (Some(name), Some(version)) = (name, value["v"].as_u64()) else {
        return Err(OpeningError::Field(Part::Ctx));
    };
    // The kind is read before the frame, so that additions of a newer version are not reported as errors of this one.
    let public = PublicData::read(&name, version, value.get("data").cloned())?;
    let mut frame: CtxFrame = shaped(Part::Ctx, value)?;
    frame.data = public.to_data();
    same(Part::Ctx, &frame, bytes)?;
    if frame.results.len() != public.result_count() {
        return Err(OpeningError::Mismatch("the number of results"));
    }
    Ok((frame, public))
}

fn object(part: Part, bytes: &[u8]) -> Result<Value, OpeningError> {
    let value = json::parse_canonical(bytes, Limits::default());
    let value = value.ok().flatten().filter(Value::is_object);
    value.ok_or(OpeningError::Form(part))
}

fn shaped<T: DeserializeOwned>(part: Part, value: Value) -> Result<T, OpeningError> {
    // serde's own message can contain a value from the input.
    serde_json::from_value(value).map_err(|_| OpeningError::Field(part))
}

/// Ensures one spelling per event: an optional field with its default value, or an empty `data`, would be a second one.
fn same(part: Part, written: &impl Serialize, bytes: &[u8]) -> Result<(), OpeningError> {
    if json::to_jcs(written) == bytes {
        Ok(())
    } else {
        Err(OpeningError::Form(part))
    }
}

/// A kind's data as an opening holds them; `None` for a kind without data.
pub(super) fn data_of(data: &impl Serialize) -> Option<Value> {
    let value = serde_json::to_value(data).expect("our own types always serialise");
    let is_empty = value.as_object().is_some_and(serde_json::Map::is_empty);
    (!is_empty).then_some(value)
}

pub(super) fn from_data<T: DeserializeOwned>(
    part: Part,
    data: Option<Value>,
) -> Result<T, OpeningError> {
    shaped(
        part,
        data.unwrap_or_else(|| Value::Object(serde_json::Map::new())),
    )
}
