//! C2SP tlog-checkpoint: the tree head that a log signs. Source: <https://c2sp.org/tlog-checkpoint>.

use std::fmt;

use crate::{merkle::Hash, strict};

/// The longest origin; bytes. tlog-cosignature's newer kind has one byte for its length.
pub const ORIGIN_BYTES_MAX: usize = 255;

/// The text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint")]
pub struct CheckpointError;

/// A tree head: the log, its number of leaves, and their root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: Box<str>,
    size: u64,
    root: Hash,
    extensions: Vec<Box<str>>,
}

impl Checkpoint {
    /// A checkpoint without extension lines; samtycke writes none, because they could not be audited. Error: an origin
    /// that is empty, longer than [`ORIGIN_BYTES_MAX`], or has a control character.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        let fits = (1..=ORIGIN_BYTES_MAX).contains(&origin.len());
        if !fits || origin.contains(|c: char| c < ' ') {
            return Err(CheckpointError);
        }
        Ok(Self {
            origin: origin.into(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Reads a note's text. Other logs' extension lines are kept; see [`Checkpoint::extensions`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let text = text.strip_suffix('\n').ok_or(CheckpointError)?;
        let mut lines = text.split('\n');
        let mut next = || lines.next().ok_or(CheckpointError);
        let origin = next()?;
        let size = strict::decimal(next()?).ok_or(CheckpointError)?;
        let root = strict::base64_hash(next()?).ok_or(CheckpointError)?;
        let mut checkpoint = Self::new(origin, size, root)?;
        for line in lines {
            if line.is_empty() || line.contains(|c: char| c < ' ') {
                return Err(CheckpointError);
            }
            checkpoint.extensions.push(line.into());
        }
        Ok(checkpoint)
    }

    /// The log's identity: `<host>/logs/<log id>` for ours.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The last path element of the origin: the log id, for ours.
    pub fn log(&self) -> &str {
        self.origin.rsplit('/').next().unwrap_or(&self.origin)
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// Opaque lines after the root. Ours has none, and the bundle verifier refuses a checkpoint that has.
    pub fn extensions(&self) -> impl Iterator<Item = &str> {
        self.extensions.iter().map(|line| &**line)
    }
}

/// The text that is signed, with its last newline.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = strict::to_base64(&self.root);
        write!(f, "{}\n{}\n{root}\n", self.origin, self.size)?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's example.
    const EXAMPLE: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_example_reads_and_writes() {
        let checkpoint = Checkpoint::parse(EXAMPLE).unwrap();
        assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
        assert_eq!(checkpoint.log(), "behind-the-sofa");
        assert_eq!(checkpoint.size(), 20_852_163);
        assert_eq!(checkpoint.to_string(), EXAMPLE);
        let again = Checkpoint::new(checkpoint.origin(), checkpoint.size(), *checkpoint.root());
        assert_eq!(again, Ok(checkpoint));
    }

    #[test]
    fn extensions_are_kept_and_empty_ones_refused() {
        let text = format!("{EXAMPLE}an extension\n");
        let checkpoint = Checkpoint::parse(&text).unwrap();
        assert_eq!(
            checkpoint.extensions().collect::<Vec<_>>(),
            ["an extension"]
        );
        assert_eq!(checkpoint.to_string(), text);
        assert!(Checkpoint::parse(&format!("{EXAMPLE}\n")).is_err());
        assert!(Checkpoint::parse(&format!("{EXAMPLE}\nan extension\n")).is_err());
    }

    #[test]
    fn second_spellings_are_refused() {
        for text in [
            EXAMPLE.trim_end(),
            &EXAMPLE.replace("20852163", "020852163"),
            &EXAMPLE.replace("20852163", "+20852163"),
            &EXAMPLE.replace("20852163", " 20852163"),
            &EXAMPLE.replace("20852163", "18446744073709551616"),
            &EXAMPLE.replace("q2I=", "q2J="),
            &EXAMPLE.replace("q2I=", "q2I"),
            &EXAMPLE.replace("example.com/behind-the-sofa", ""),
            &EXAMPLE.replace('\n', "\r\n"),
            "a\n0\n",
            "",
        ] {
            assert_eq!(Checkpoint::parse(text), Err(CheckpointError), "{text:?}");
        }
    }
}
