//! What a leaf commits to: the two openings of an event, as bytes.
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
//! `ctx` holds nothing of a person, and time to the hour; `sub` holds what singles somebody out. `v` is the kind's
//! [`EventKind::VERSION`](super::EventKind::VERSION) and `type` its [`EventKind::TYPE`](super::EventKind::TYPE), in both, so
//! that each says alone how it is to be read. What is absent is left out, `data` too where a kind has none.
//!
//! `results` says what became of the event, in the same way for every kind: one result for each cell that the data name,
//! in their order, else one for the subject as a whole, which has no `state`. So a decision is not repeated next to its
//! outcome, and an event of 64 scoped decisions stays within the 16 KiB of an opening.
//!
//! Both are canonical JSON (RFC 8785) with one spelling of everything: what is read here, written again, gives the same
//! bytes, or it is refused. The server writes with this code and an auditor reads with it.

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

/// Which of the two openings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The one without a person in it.
    Ctx,
    /// The one that singles somebody out.
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

/// Why openings are not those of an event. Whoever reads a log denies on each of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// A kind that this program does not have.
    #[error("the type '{name}' is unknown here")]
    UnknownType {
        /// Its name.
        name: String,
    },
    /// A version of a kind that this program does not have.
    #[error("version {version} of the type '{name}' is unknown here")]
    UnknownVersion {
        /// The kind.
        name: String,
        /// The version.
        version: u64,
    },
    /// Not an object in canonical form, or longer than 16 KiB.
    #[error("the opening {} is not in its canonical form", .0.as_str())]
    Form(Part),
    /// A field is missing, unknown or of another type.
    #[error("the opening {} has a field that is missing, unknown or of another type", .0.as_str())]
    Field(Part),
    /// The two do not fit each other, or the results do not fit the kind.
    #[error("the openings of an event do not fit each other: {0}")]
    Mismatch(&'static str),
}

impl OpeningError {
    /// Whether a newer program may be able to read them. Everything else is wrong for ever.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::UnknownType { .. } | Self::UnknownVersion { .. } => true,
            Self::Form(_) | Self::Field(_) | Self::Mismatch(_) => false,
        }
    }
}

/// Whose events are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stream {
    /// A subject's.
    Subject(SubjectId),
    /// The tenant's own: what is about no person, and is erased with none.
    Tenant,
}

/// What was shown, where, and with what evidence: all that is recorded of an event besides what the fold reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DisplayContext {
    /// Where.
    pub site: Option<SiteId>,
    /// In which variant: `adult`, `teen`, `child`.
    pub variant: Option<String>,
    /// On which surface: `web`, `app`, `paper`.
    pub surface: Option<ScopeValue>,
    /// SHA-256 of what was really drawn, hex.
    pub ui_hash: Option<String>,
    /// SHA-256 of evidence that the tenant keeps (a signed paper, a recording), hex.
    pub evidence: Option<String>,
    /// The prompt that was answered. No route takes one yet.
    pub prompt: Option<PromptId>,
    /// The device, as coarse as it is useful.
    pub device: Option<Device>,
}

/// What became of an event, for one of its cells or as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventResult {
    /// Whether it acts.
    pub outcome: Outcome,
    /// Why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
    /// Where the cell, or its objection, stands after it; absent for the subject as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateWord>,
}

/// An event as a log records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEvent {
    /// The log, so that a leaf cannot be moved to another.
    pub log: LogId,
    /// Whose.
    pub stream: Stream,
    /// Hash of the stream's leaf before it.
    pub prev: Option<Hash>,
    /// What happened, to whom, and when.
    pub event: Event,
    /// What was shown.
    pub display: DisplayContext,
    /// When the consent runs out; Unix milliseconds. Not written yet.
    pub expires: Option<i64>,
    /// What became of it.
    pub results: Vec<EventResult>,
}

/// What `ctx` says when it is read alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The kind.
    #[serde(rename = "type")]
    pub type_: String,
    /// The log.
    pub log: LogId,
    /// Where.
    pub site: Option<SiteId>,
    /// What was shown.
    pub notice: Option<NoticeHash>,
    /// In which language.
    pub language: Option<Language>,
    /// In which variant.
    pub variant: Option<String>,
    /// How it was said.
    pub method: Option<Method>,
    /// How strongly it is bound to the person.
    pub assurance: Assurance,
    /// When it was received, in hours since 1970.
    pub hour: i64,
    /// What it says.
    pub summary: Summary,
    /// What became of it.
    pub results: Vec<EventResult>,
}

/// Both openings' exact bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openings {
    /// The one without a person in it.
    pub ctx: Vec<u8>,
    /// The one that singles somebody out.
    pub sub: Vec<u8>,
}

/// The hour of a time in Unix milliseconds.
pub fn hour_of(at: i64) -> i64 {
    at.div_euclid(HOUR_MS)
}

impl Openings {
    /// As one plaintext: length of `ctx` (u32, big endian) | ctx | sub.
    ///
    /// # Panics
    /// On an opening beyond 4 GiB.
    pub fn pack(&self) -> Vec<u8> {
        let length = u32::try_from(self.ctx.len()).expect("an opening has at most 16 KiB");
        let mut bytes = Vec::with_capacity(4 + self.ctx.len() + self.sub.len());
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.ctx);
        bytes.extend_from_slice(&self.sub);
        bytes
    }

    /// The openings of a plaintext; `None` where it is shorter than it says.
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
    /// The bytes that the leaf commits to.
    pub fn write(&self) -> Openings {
        let (public, private) = self.event.body.clone().split();
        Openings {
            ctx: json::to_jcs(&CtxFrame::of(self, public.to_data())),
            sub: json::to_jcs(&SubFrame::of(self, private)),
        }
    }

    /// The event of these bytes.
    ///
    /// # Errors
    /// A kind, version or field that is unknown here, bytes in another form than they are written in, and openings that do
    /// not fit each other. Never an event that changes nothing.
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
    /// What these bytes of `ctx` say, without `sub`.
    ///
    /// # Errors
    /// As [`LoggedEvent::read`].
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
    // The kind before the frame: what a newer version adds to either is no error of this one.
    let public = PublicData::read(&name, version, value.get("data").cloned())?;
    let mut frame: CtxFrame = shaped(Part::Ctx, value)?;
    frame.data = public.to_data();
    same(Part::Ctx, &frame, bytes)?;
    if frame.results.is_empty() {
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
    // serde's own message can repeat a value.
    serde_json::from_value(value).map_err(|_| OpeningError::Field(part))
}

/// One event, one spelling: an optional field with its default, or an empty `data`, would be a second one.
fn same(part: Part, written: &impl Serialize, bytes: &[u8]) -> Result<(), OpeningError> {
    if json::to_jcs(written) == bytes {
        Ok(())
    } else {
        Err(OpeningError::Form(part))
    }
}

/// A kind's data as they stand in an opening: `None` for a kind that has none there.
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
