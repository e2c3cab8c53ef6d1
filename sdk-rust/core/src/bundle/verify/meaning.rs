//! Interprets the committed bodies by the program's list of kinds.

use super::{Step, Verifier};
use crate::{
    bundle::{Open, Opening, report::Reason},
    event::{
        EventKind as _,
        kinds::SubjectErased,
        opening::{Context, LoggedEvent, Openings},
    },
    leaf::{Leaf, LeafKind, erasure_salt},
    public_leaf::PublicRecord,
};
use samtycke_tlog::strict;

/// Kinds whose form may still change, because no route writes them (docs/formats.md): a verifier decides nothing by them.
const DRAFTS: [&str; 1] = [SubjectErased::TYPE];

impl Verifier<'_> {
    /// Checks that the openings belong to an event, and reports its content.
    pub(super) fn event(&mut self, open: &Open) -> Step {
        const NAME: &str = "event";
        let Some(ctx) = &open.ctx else {
            return Ok(());
        };
        let read = match &open.sub {
            None => Ok(()),
            Some(sub) => LoggedEvent::read(&Openings {
                ctx: ctx.bytes.clone().into_bytes(),
                sub: sub.bytes.clone().into_bytes(),
            })
            .map(|_| ()),
        };
        match read.and_then(|()| Context::read(ctx.bytes.as_bytes())) {
            Ok(context) if DRAFTS.contains(&context.type_.as_str()) => {
                self.unknown(NAME, Reason::BodyVersion);
            }
            Ok(context) => {
                self.expect(NAME, true, Reason::Body, &context.type_)?;
                self.report.event = Some(context);
            }
            Err(error) if error.is_unknown() => self.unknown(NAME, Reason::BodyVersion),
            Err(_) => self.step(NAME, Err(Reason::Body), "")?,
        }
        Ok(())
    }

    /// Checks that the bytes of a public leaf have a type that fits the leaf's kind.
    pub(super) fn public(&mut self, kind: LeafKind, open: &Open) -> Step {
        const NAME: &str = "record";
        let Some(ctx) = &open.ctx else {
            return Ok(());
        };
        match PublicRecord::read(ctx.bytes.as_bytes()) {
            Ok(record) => {
                let fits = record.body.leaf_kind() == kind;
                self.expect(NAME, fits, Reason::Body, record.body.type_name())
            }
            Err(error) if error.is_unknown() => {
                self.unknown(NAME, Reason::BodyVersion);
                Ok(())
            }
            Err(_) => self.step(NAME, Err(Reason::Body), ""),
        }
    }

    /// Checks that an event's bundle has the salt derived from its key, if it shows one, and that no other leaf's
    /// bundle has a salt.
    pub(super) fn salt(
        &mut self,
        leaf: Leaf,
        salt: Option<&str>,
        ctx: Option<&Opening>,
    ) -> Step<Option<[u8; 32]>> {
        let read = salt.and_then(strict::hex_array::<32>);
        let r = ctx
            .and_then(|ctx| ctx.r.as_deref())
            .and_then(strict::hex_array);
        let holds = match leaf.kind() {
            LeafKind::Event => read.is_some() && r.is_none_or(|r| read == Some(erasure_salt(&r))),
            LeafKind::Publication
            | LeafKind::KeyChange
            | LeafKind::Erasure
            | LeafKind::Succession => salt.is_none(),
        };
        self.expect(
            "salt",
            holds,
            Reason::Salt,
            "what finds an erasure of this event",
        )?;
        Ok(read)
    }
}
