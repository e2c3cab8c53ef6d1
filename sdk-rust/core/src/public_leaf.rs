//! The bodies of a log's public leaves, which every reader may open: a publication (leaf kind 1), a change of keys
//! and sites (leaf kind 2), or the succession of logs (leaf kind 4).
//!
//! ```text
//! {"v":1,"type":"notice.published","log":"..","at":<Unix ms>,"by":"<key id>","data":{..}}
//! ```
//!
//! `by` is absent if no key requested the change. The bytes are canonical JSON (RFC 8785) with one spelling for
//! everything. An unknown type, version or field is an error, as for events ([`crate::event::opening`]). A new type is
//! a line in the list below, and a golden file under `tests/vectors/leaves/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    campaign::LastDay,
    event::opening::{OpeningError, Part},
    id::{LogId, NoticeHash, PurposeId, ScopeValue, SiteId},
    json::{self, Limits},
    leaf::LeafKind,
    notice::{ChangeClass, Publication, PublicationKind},
};

macro_rules! public_types {
    ($(
        $(#[$doc:meta])*
        $name:ident = $type_:literal, $version:literal, $leaf:ident { $( $(#[$field_meta:meta])* $field:ident: $of:ty, )* }
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $( $(#[$field_meta])* pub $field: $of, )* }

            impl From<$name> for PublicBody {
                fn from(body: $name) -> Self {
                    Self::$name(body)
                }
            }
        )+

        /// The body of a public leaf.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum PublicBody {
            $( #[doc = concat!("See [`", stringify!($name), "`].")] $name($name), )+
        }

        impl PublicBody {
            /// The names of all types, in the order of the list.
            pub const TYPES: &'static [&'static str] = &[$( $type_, )+];

            /// The type's name.
            pub fn type_name(&self) -> &'static str {
                match self { $( Self::$name(_) => $type_, )+ }
            }

            /// The version in which this program writes the type.
            pub fn version(&self) -> u8 {
                match self { $( Self::$name(_) => $version, )+ }
            }

            /// The kind of leaf that holds it.
            pub fn leaf_kind(&self) -> LeafKind {
                match self { $( Self::$name(_) => LeafKind::$leaf, )+ }
            }

            fn data(&self) -> Value {
                let data = match self { $( Self::$name(body) => serde_json::to_value(body), )+ };
                data.expect("our own types always serialise")
            }

            fn read(name: &str, version: u64, data: Value) -> Result<Self, OpeningError> {
                $( if name == $type_ && version == $version {
                    let body = $name::deserialize(data).map_err(|_| OpeningError::Field(Part::Ctx))?;
                    return Ok(body.into());
                } )+
                Err(if Self::TYPES.contains(&name) {
                    OpeningError::UnknownVersion { name: name.to_owned(), version }
                } else {
                    OpeningError::UnknownType { name: name.to_owned() }
                })
            }
        }
    };
}

public_types! {
    /// The log was opened. The first leaf names the key that signs the log.
    LogOpened = "log.opened", 1, KeyChange {
        /// The checkpoint's origin.
        origin: String,
        /// The verifier key, in the form of a C2SP policy.
        vkey: String,
    }

    /// The log goes on where another one was closed, because entries of that one were lost. It is the first leaf, and names
    /// the key that signs this log.
    LogSucceeded = "log.succeeded", 1, Succession {
        /// The checkpoint's origin.
        origin: String,
        /// The verifier key, in the form of a C2SP policy.
        vkey: String,
        /// The log that was closed.
        predecessor: Predecessor,
        /// How many leaves of the predecessor the database held, right or wrong: what this log goes on from. The others are
        /// lost.
        kept: u64,
        /// Why the predecessor could not go on.
        cause: SuccessionCause,
        /// What happened, in the operator's words.
        reason: String,
    }

    /// Two operators accepted the loss that a succession states. From here on checks may allow again.
    LossAccepted = "loss.accepted", 1, KeyChange {
        /// The id of the key that proposed it; `by` of the record confirmed it.
        proposed_by: String,
        /// Leaves of the predecessor that were signed and are lost.
        lost: u64,
    }

    /// A key signs the log from here on, beside those that sign it already. Every tree that holds this leaf has its signature.
    SignerAdded = "signer.added", 1, KeyChange {
        /// The verifier key, in the form of a C2SP policy.
        vkey: String,
    }

    /// A key signs the log no more. No tree that holds this leaf has its signature.
    SignerRetired = "signer.retired", 1, KeyChange {
        /// The verifier key, in the form of a C2SP policy.
        vkey: String,
    }

    /// A register went live.
    RegisterPublished = "register.published", 1, Publication {
        /// The register's content address.
        hash: NoticeHash,
        /// The version, counted from 1.
        version: u32,
        /// The class of the change since the previous publication, per purpose; an absent purpose did not change.
        classes: BTreeMap<PurposeId, ChangeClass>,
        /// The previous register's content address, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous: Option<NoticeHash>,
    }

    /// A notice went live. The leaf proves that a text is older than the consents that cite it.
    NoticePublished = "notice.published", 1, Publication {
        /// The site.
        site: SiteId,
        /// The notice's content address.
        hash: NoticeHash,
        /// The version, counted from 1 for each site.
        version: u32,
        /// The class of the change since the previous publication, per purpose; an absent purpose did not change.
        classes: BTreeMap<PurposeId, ChangeClass>,
        /// The previous notice's content address, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous: Option<NoticeHash>,
    }

    /// A campaign of pictures, film or sound was published: begun, changed or ended. The leaf proves until when people
    /// were told that they would be shown.
    CampaignPublished = "campaign.published", 1, Publication {
        /// The campaign.
        campaign: ScopeValue,
        /// The version, counted from 1 for each campaign.
        version: u32,
        /// The last day.
        ends_on: LastDay,
        /// The media, ordered.
        media: Vec<ScopeValue>,
        /// The surfaces, ordered.
        surfaces: Vec<ScopeValue>,
        /// Whether it advertises.
        advertising: bool,
    }

    /// Every consent on a notice to these purposes was declared invalid. No event of a person records it.
    NoticeInvalidated = "notice.invalidated", 1, Publication {
        /// The notice's content address.
        hash: NoticeHash,
        /// The purposes.
        purposes: Vec<PurposeId>,
        /// Why, in the controller's words.
        cause: String,
        /// Since when the notice was wrong; Unix milliseconds, never later than the leaf's time.
        effective_from: i64,
    }

    /// A key was added.
    KeyAdded = "key.added", 1, KeyChange {
        /// The key's id.
        key_id: String,
        /// The key's role.
        role: String,
        /// The only site that the key may act for, if it is limited to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// From when it opens nothing; Unix milliseconds. Absent: it does not end by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<i64>,
    }

    /// A key was revoked.
    KeyRevoked = "key.revoked", 1, KeyChange {
        /// The key's id.
        key_id: String,
    }

    /// A site was added.
    SiteAdded = "site.added", 1, KeyChange {
        /// The site.
        site: SiteId,
        /// All of its origins.
        origins: Vec<String>,
    }

    /// A site's origins changed.
    SiteChanged = "site.changed", 1, KeyChange {
        /// The site.
        site: SiteId,
        /// All of its new origins.
        origins: Vec<String>,
    }

    /// A site was revoked.
    SiteRevoked = "site.revoked", 1, KeyChange {
        /// The site.
        site: SiteId,
    }
}

impl LogSucceeded {
    /// How many leaves of the predecessor were signed and are lost.
    pub fn lost(&self) -> u64 {
        self.predecessor.size.saturating_sub(self.kept)
    }
}

/// A log that was closed at its last signed head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// The log's id.
    pub log: LogId,
    /// Its origin.
    pub origin: String,
    /// Number of leaves of its last signed head.
    pub size: u64,
    /// Tree hash at `size`; hex.
    pub root: String,
}

/// Why a log could not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionCause {
    /// The database was older than the log's last signed head, and no journal held what was missing.
    EntriesLost,
    /// The database held other leaves than those that were signed.
    OtherHistory,
    /// The log anchor was lost, so that nobody could tell whether entries were.
    AnchorLost,
}

/// A public leaf's body, with its log, time and key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRecord {
    /// The log's id, which binds a leaf to its log.
    pub log: LogId,
    /// When it was recorded, by the log's clock; Unix milliseconds.
    pub at: i64,
    /// The id of the key that requested it.
    pub by: Option<String>,
    /// The change or publication.
    pub body: PublicBody,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    v: u8,
    #[serde(rename = "type")]
    type_: String,
    log: LogId,
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    data: Value,
}

impl PublicRecord {
    /// Writes the bytes that the leaf commits to.
    ///
    /// # Panics
    /// Never: canonical JSON is UTF-8.
    pub fn write(&self) -> String {
        let bytes = json::to_jcs(&Frame {
            v: self.body.version(),
            type_: self.body.type_name().to_owned(),
            log: self.log.clone(),
            at: self.at,
            by: self.by.clone(),
            data: self.body.data(),
        });
        String::from_utf8(bytes).expect("canonical JSON is UTF-8")
    }

    /// Reads a public leaf's bytes.
    ///
    /// # Errors
    /// An unknown type, version or field, and bytes that are not in canonical form.
    pub fn read(bytes: &[u8]) -> Result<Self, OpeningError> {
        let form = OpeningError::Form(Part::Ctx);
        let value = json::parse_canonical(bytes, Limits::default());
        let value = value.ok().flatten().filter(Value::is_object);
        let value = value.ok_or_else(|| form.clone())?;
        let name = value["type"].as_str().map(str::to_owned);
        let (Some(name), Some(version)) = (name, value["v"].as_u64()) else {
            return Err(OpeningError::Field(Part::Ctx));
        };
        let body = PublicBody::read(&name, version, value["data"].clone())?;
        let frame = Frame::deserialize(value).map_err(|_| OpeningError::Field(Part::Ctx))?;
        let record = Self {
            log: frame.log,
            at: frame.at,
            by: frame.by,
            body,
        };
        if record.write().as_bytes() == bytes {
            Ok(record)
        } else {
            Err(form)
        }
    }

    /// The publication of a register or notice that it records, if any.
    pub fn publication(self) -> Option<Publication> {
        let Self { at, by, body, .. } = self;
        let of = |kind, site, hash, version, classes, previous| Publication {
            kind,
            site,
            hash,
            version,
            effective_from: None,
            classes,
            previous,
            at,
            by,
        };
        match body {
            PublicBody::RegisterPublished(p) => Some(of(
                PublicationKind::Register,
                None,
                p.hash,
                p.version,
                p.classes,
                p.previous,
            )),
            PublicBody::NoticePublished(p) => Some(of(
                PublicationKind::Notice,
                Some(p.site),
                p.hash,
                p.version,
                p.classes,
                p.previous,
            )),
            PublicBody::NoticeInvalidated(p) => {
                let stale = |id| (id, ChangeClass::MaterialConsent);
                let classes = p.purposes.into_iter().map(stale).collect();
                Some(Publication {
                    effective_from: Some(p.effective_from),
                    ..of(
                        PublicationKind::Invalidation,
                        None,
                        p.hash,
                        0,
                        classes,
                        None,
                    )
                })
            }
            PublicBody::LogOpened(_)
            | PublicBody::LogSucceeded(_)
            | PublicBody::LossAccepted(_)
            | PublicBody::SignerAdded(_)
            | PublicBody::SignerRetired(_)
            | PublicBody::CampaignPublished(_)
            | PublicBody::KeyAdded(_)
            | PublicBody::KeyRevoked(_)
            | PublicBody::SiteAdded(_)
            | PublicBody::SiteChanged(_)
            | PublicBody::SiteRevoked(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
