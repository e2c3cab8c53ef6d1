//! The kinds of damage: what each means, and what to do.

use serde::{Serialize, Serializer};

macro_rules! damages {
    ($( $(#[$doc:meta])* $kind:ident = $name:literal, $cure:ident, $root:literal, $meaning:literal; )+) => {
        /// A kind of damage.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Damage { $( $(#[$doc])* $kind, )+ }

        impl Damage {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$( Self::$kind, )+];

            /// The stable name in reports.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$kind => $name, )+ }
            }

            /// What it means, as one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $( Self::$kind => $meaning, )+ }
            }

            /// Whether the leaves and a root contradict each other, so that nothing more may be signed.
            pub fn contradicts_a_root(self) -> bool {
                match self { $( Self::$kind => $root, )+ }
            }

            fn cure(self) -> Cure {
                match self { $( Self::$kind => Cure::$cure, )+ }
            }
        }
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cure {
    /// It is computed from what was recorded.
    Repair,
    /// What was recorded is damaged: only a copy has it.
    Copy,
    /// The database and the log anchor disagree.
    Anchor,
    /// The log anchor is not where it should be.
    Place,
    /// Somebody has to look.
    Look,
}

damages! {
    /// A leaf is not there.
    LeafMissing = "leaf.missing", Copy, true, "a leaf of the log is gone, and no proof of later leaves can be made";
    /// A leaf's stored hash is not the hash of its bytes.
    LeafHash = "leaf.hash", Copy, true, "a leaf's bytes and its stored hash contradict each other";
    /// A leaf's bytes are none.
    LeafForm = "leaf.form", Copy, false, "a leaf is not of any known form";
    /// A leaf stands beyond the head.
    LeafBeyond = "leaf.beyond", Copy, true, "the log's head is older than its leaves: somebody wrote one of them by hand";
    /// The head's root is not that of the leaves.
    HeadRoot = "head.root", Copy, true, "the log's head states a root that its leaves do not have";
    /// The head's compact range is not that of the leaves.
    HeadFrontier = "head.frontier", Copy, true, "the log cannot be appended to: its compact range is not that of its leaves";
    /// A tile is not there.
    TileMissing = "tile.missing", Repair, false, "a full tile is gone, and proofs that need it fail";
    /// A tile does not hold what its leaves give.
    TileWrong = "tile.wrong", Repair, false, "a tile contradicts its leaves, and proofs that need it are invalid";
    /// A tile is there whose leaves are not.
    TileBeyond = "tile.beyond", Repair, false, "a tile stands where the log has no leaves yet";
    /// A signed head does not verify.
    CheckpointSignature = "checkpoint.signature", Copy, false, "a signed head is not what the log's key has signed";
    /// A late cosignature does not verify.
    Cosignature = "checkpoint.cosignature", Look, false, "a cosignature that came after its head was stored is not what its witness has signed, and proofs under that head fail";
    /// A signed head has another root than the leaves.
    CheckpointRoot = "checkpoint.root", Copy, true, "a signed head states another root than its leaves have: two neighbouring heads are not consistent";
    /// A signed head has more leaves than the log.
    CheckpointBeyond = "checkpoint.beyond", Anchor, true, "a head was signed for more leaves than the database holds: entries are lost";
    /// What the public sees is no signed head.
    Published = "published.pointer", Repair, false, "the public is pointed to a size for which no head is signed";
    /// The anchor has another root.
    AnchorRoot = "anchor.root", Anchor, true, "the log anchor holds another tree than the database";
    /// The anchor has more leaves.
    AnchorAhead = "anchor.ahead", Anchor, true, "the log anchor holds more leaves than the database: an older copy was restored, and a withdrawal may be missing";
    /// The anchor cannot be read.
    AnchorUnreadable = "anchor.unreadable", Place, false, "the log anchor is missing or cannot be read: nothing was compared with it, and nothing will be signed";
    /// A leaf's event is not there.
    EventMissing = "event.missing", Copy, false, "an event that the log committed to is gone";
    /// An event stands where the log has none.
    EventExtra = "event.extra", Look, false, "an event stands at an index where the log has no event";
    /// An event does not open.
    EventUnreadable = "event.unreadable", Copy, false, "an event does not open under its subject's key, or is not what this program knows";
    /// An event is not what the leaf commits to.
    EventCommitment = "event.commitment", Copy, false, "an event is not the one that the log committed to";
    /// A public leaf's body is not there.
    PublicationMissing = "publication.missing", Copy, false, "the body of a public leaf is gone";
    /// A body stands where the log has none.
    PublicationExtra = "publication.extra", Look, false, "a public body stands at an index where the log has no public leaf";
    /// A public leaf's body is another.
    PublicationCommitment = "publication.commitment", Copy, false, "a public body is not the one that the log committed to";
    /// A register or notice is not the published one.
    Document = "document.hash", Copy, false, "a register or a notice that was published is gone, or is not the one whose hash was published";
    /// A subject's row is not there.
    SubjectMissing = "subject.missing", Copy, false, "a subject with events has no row: its key and its state are gone, and its checks deny";
    /// A subject's numbers have a gap.
    StreamNumber = "stream.number", Copy, false, "a subject's events are not numbered without gaps";
    /// An event does not name the leaf before it.
    StreamLink = "stream.link", Copy, false, "an event of a subject does not name the subject's leaf before it";
    /// A state is not the fold of its events.
    State = "state.fold", Repair, false, "a subject's state is not what its events add up to, so checks about it may be wrong";
    /// Guardians or merges are not what the state says.
    Kept = "state.lists", Repair, false, "the lists of guardians and merged subjects contradict a subject's state";
    /// A count is wrong.
    Counts = "counts.decisions", Repair, false, "the numbers of decisions of an hour are not those of its events";
    /// A row of pictures points at nothing.
    OrphanMedia = "orphan.media", Look, false, "a row about an asset or a take-down points at something that is not there";
    /// A pseudonym leads to an erased subject.
    OrphanPseudonym = "orphan.pseudonym", Look, false, "a pseudonym leads to a subject that was erased";
}

impl Damage {
    /// Whether it is computed from what was recorded, so that it can be written anew.
    pub fn is_projection(self) -> bool {
        self.cure() == Cure::Repair
    }

    /// What to do, with the command to type.
    pub fn what_to_do(self, log: &str) -> String {
        match self.cure() {
            Cure::Repair => format!("write it anew: samtycke fsck {log} --repair"),
            Cure::Copy => {
                "stop the server and restore a copy into a new data folder: samtycke restore FILE".into()
            }
            Cure::Anchor => format!("let the anchor bring the database back: samtycke recover {log}"),
            Cure::Place => "mount or name the folder that is the log anchor (anchor_dir), and look again".into(),
            Cure::Look => "look at the row with the database's own tools, and at who can write to the database".into(),
        }
    }
}

impl Serialize for Damage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
