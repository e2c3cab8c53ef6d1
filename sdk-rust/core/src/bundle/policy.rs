//! The verifier's trust policy: a C2SP tlog-policy file. Source: <https://c2sp.org/tlog-policy>.
//!
//! ```text
//! log <vkey> [<url>]
//! witness <name> <vkey> [<url>]
//! group <name> all|any|<k> <name>...
//! quorum <name>|none
//! ```
//!
//! The format allows any octets in names and comments; this parser requires UTF-8. It compares names byte by byte.

use std::collections::{HashMap, HashSet};

use samtycke_tlog::{
    note::{KeyKind, VerifierKey},
    strict,
};

/// The largest policy file; bytes.
const POLICY_BYTES_MAX: usize = 64 * 1024;
/// The most logs, witnesses and groups, each. The format requires support for at least 32.
const EACH_MAX: usize = 64;

/// Why a policy file is rejected: the line and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("policy, line {line}: {what}")]
pub struct PolicyError {
    /// The line, counted from 1. If something is missing at the end, the number of lines.
    pub line: usize,
    /// What is wrong with the line.
    pub what: &'static str,
}

/// A log or witness that a policy names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The verification key; a log's key name is its origin.
    pub key: VerifierKey,
    /// The party's address; the verifier never uses it.
    pub url: Option<String>,
}

/// The trusted logs and witnesses, and the quorum of witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Party>,
    witnesses: Vec<Party>,
    /// Witnesses and groups by name; members precede the groups that contain them.
    groups: Vec<Member>,
    quorum: Option<usize>,
}

/// A witness or a group. The numbers are indexes into `witnesses` and `groups`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group { least: usize, members: Vec<usize> },
}

impl Policy {
    /// Parses a policy file strictly. Error: the first line that is wrong.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        Reader::default().read(text)
    }

    /// The trusted logs, in the order of the file.
    pub fn logs(&self) -> &[Party] {
        &self.logs
    }

    /// The known witnesses, in the order of the file.
    pub fn witnesses(&self) -> &[Party] {
        &self.witnesses
    }

    /// Whether the policy requires any cosignature.
    pub fn asks_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// Whether the witnesses that have cosigned, by index in [`Policy::witnesses`], meet the quorum.
    pub fn quorum_is_met(&self, cosigned: &HashSet<usize>) -> bool {
        let mut met: Vec<bool> = Vec::with_capacity(self.groups.len());
        for member in &self.groups {
            met.push(match member {
                Member::Witness(witness) => cosigned.contains(witness),
                // Members precede their group, so their results are already present.
                Member::Group { least, members } => {
                    members.iter().filter(|member| met[**member]).count() >= *least
                }
            });
        }
        self.quorum.is_none_or(|quorum| met[quorum])
    }
}

/// The quorum that the policy requires.
#[derive(Clone, Copy)]
enum Quorum {
    None,
    Of(usize),
}

#[derive(Default)]
struct Reader<'a> {
    logs: Vec<Party>,
    witnesses: Vec<Party>,
    members: Vec<Member>,
    names: HashMap<&'a str, usize>,
    /// Members that already belong to a group.
    taken: HashSet<usize>,
    groups: usize,
    quorum: Option<Quorum>,
}

impl<'a> Reader<'a> {
    fn read(mut self, text: &'a str) -> Result<Policy, PolicyError> {
        let at = |line: usize| move |what| PolicyError { line, what };
        if text.len() > POLICY_BYTES_MAX {
            return Err(at(1)("the file is too long"));
        }
        let body = text
            .strip_suffix('\n')
            .ok_or_else(|| at(text.lines().count().max(1))("the last line does not end"))?;
        let mut last = 0;
        for (line, number) in body.split('\n').zip(1..) {
            last = number;
            self.line(line).map_err(at(number))?;
        }
        let quorum = self
            .quorum
            .ok_or_else(|| at(last)("there is no quorum line"))?;
        Ok(Policy {
            logs: self.logs,
            witnesses: self.witnesses,
            groups: self.members,
            quorum: match quorum {
                Quorum::None => None,
                Quorum::Of(member) => Some(member),
            },
        })
    }

    fn line(&mut self, line: &'a str) -> Result<(), &'static str> {
        if line.contains(|c: char| c.is_ascii_control() && c != '\t') {
            return Err("a control character");
        }
        let items: Vec<&str> = line.split([' ', '\t']).filter(|i| !i.is_empty()).collect();
        match items.as_slice() {
            [] => Ok(()),
            [comment, ..] if comment.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, least, members @ ..] => self.group(name, least, members),
            ["quorum", name] => self.quorum(name),
            _ => Err("not a log, witness, group or quorum line"),
        }
    }

    fn log(&mut self, key: &str, url: Option<&str>) -> Result<(), &'static str> {
        let party = party(key, KeyKind::Ed25519, url)?;
        add(&mut self.logs, party, "the log's key is there already")
    }

    fn witness(&mut self, name: &'a str, key: &str, url: Option<&str>) -> Result<(), &'static str> {
        let party = party(key, KeyKind::CosignatureV1, url)?;
        add(
            &mut self.witnesses,
            party,
            "the witness's key is there already",
        )?;
        self.define(name, Member::Witness(self.witnesses.len() - 1))
    }

    fn group(&mut self, name: &'a str, least: &str, members: &[&str]) -> Result<(), &'static str> {
        self.groups += 1;
        let least = match least {
            "all" => members.len(),
            "any" => 1,
            number => strict::decimal(number)
                .and_then(|number| usize::try_from(number).ok())
                .ok_or("a group needs 'all', 'any' or a number")?,
        };
        if !(1..=members.len()).contains(&least) || self.groups > EACH_MAX {
            return Err(
                "the number is not between 1 and the number of members, or there are too many groups",
            );
        }
        let members = members
            .iter()
            .map(|member| {
                let member = *self
                    .names
                    .get(member)
                    .ok_or("a member is not defined above")?;
                let is_new = self.taken.insert(member);
                is_new
                    .then_some(member)
                    .ok_or("a member is in a group already")
            })
            .collect::<Result<_, _>>()?;
        self.define(name, Member::Group { least, members })
    }

    fn quorum(&mut self, name: &str) -> Result<(), &'static str> {
        if self.quorum.is_some() {
            return Err("there is a quorum line already");
        }
        self.quorum = Some(match (name, self.names.get(name)) {
            ("none", _) => Quorum::None,
            (_, Some(member)) => Quorum::Of(*member),
            (_, None) => return Err("the quorum is not defined above"),
        });
        Ok(())
    }

    fn define(&mut self, name: &'a str, member: Member) -> Result<(), &'static str> {
        let index = self.members.len();
        if name == "none" || self.names.insert(name, index).is_some() {
            return Err("the name is there already, or is 'none'");
        }
        self.members.push(member);
        Ok(())
    }
}

fn party(key: &str, kind: KeyKind, url: Option<&str>) -> Result<Party, &'static str> {
    let key = VerifierKey::parse(key).map_err(|_| "not a verifier key, or a weak one")?;
    if key.kind() != kind {
        return Err("the key is of another kind: logs sign with 01, witnesses with 04");
    }
    Ok(Party {
        key,
        url: url.map(str::to_owned),
    })
}

fn add(parties: &mut Vec<Party>, party: Party, twice: &'static str) -> Result<(), &'static str> {
    let public = party.key.public();
    if parties.iter().any(|other| other.key.public() == public) {
        return Err(twice);
    }
    if parties.len() == EACH_MAX {
        return Err("too many of them");
    }
    parties.push(party);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtycke_tlog::note::NoteSigner;

    fn key(kind: KeyKind, seed: u8) -> String {
        let signer = NoteSigner::from_seed(&format!("k{seed}.example"), kind, &[seed; 32]);
        signer.unwrap().verifier().to_string()
    }

    fn example() -> String {
        let [log, w1, w2, w3, w4, w5] = [
            key(KeyKind::Ed25519, 1),
            key(KeyKind::CosignatureV1, 11),
            key(KeyKind::CosignatureV1, 12),
            key(KeyKind::CosignatureV1, 13),
            key(KeyKind::CosignatureV1, 14),
            key(KeyKind::CosignatureV1, 15),
        ];
        format!(
            "# two of X and one of Y\nlog {log} https://k1.example/\n\nwitness X1 {w1}\n\twitness  X2\t{w2} https://x2.example \nwitness X3 {w3}\ngroup X 2 X1 X2 X3\nwitness Y1 {w4}\nwitness Y2 {w5}\ngroup Y any Y1 Y2\ngroup XY all X Y\nquorum XY\n"
        )
    }

    #[test]
    fn the_example_counts_its_witnesses() {
        let policy = Policy::parse(&example()).unwrap();
        assert_eq!(policy.logs()[0].url.as_deref(), Some("https://k1.example/"));
        assert_eq!(policy.witnesses().len(), 5);
        assert!(policy.asks_witnesses());
        let met = |cosigned: &[usize]| policy.quorum_is_met(&cosigned.iter().copied().collect());
        assert!(met(&[0, 1, 3]) && met(&[0, 2, 4]) && met(&[0, 1, 2, 3, 4]));
        assert!(!met(&[0, 1, 2]) && !met(&[0, 3, 4]) && !met(&[]));
        let one = Policy::parse(&example().replace("quorum XY", "quorum Y2")).unwrap();
        assert!(one.quorum_is_met(&HashSet::from([4])) && !one.quorum_is_met(&HashSet::from([3])));
        let none = Policy::parse(&example().replace("quorum XY", "quorum none")).unwrap();
        assert!(!none.asks_witnesses() && none.quorum_is_met(&HashSet::new()));
        assert!(Policy::parse("quorum none\n").is_ok());
    }

    #[test]
    fn an_invalid_policy_is_refused_with_its_line() {
        let good = example();
        for (line, text) in [
            (12, good.trim_end().to_owned()),
            (11, good.replace("quorum XY\n", "")),
            (13, format!("{good}quorum none\n")),
            (12, good.replace("quorum XY", "quorum Z")),
            (12, good.replace("quorum XY", "quorum X Y")),
            (7, good.replace("group X 2", "group X 4")),
            (7, good.replace("group X 2", "group X 0")),
            (7, good.replace("group X 2", "group X 02")),
            (7, good.replace("group X 2", "group X most")),
            (7, good.replace("X1 X2 X3", "X1 X2 X2")),
            (7, good.replace("X1 X2 X3", "X1 X2 Y1")),
            (7, good.replace("group X 2 X1 X2 X3", "group X any")),
            (11, good.replace("all X Y", "all X X1")),
            (6, good.replace("witness X3", "witness X1")),
            (6, good.replace("witness X3", "witness none")),
            (
                8,
                good.replace(
                    &key(KeyKind::CosignatureV1, 14),
                    &key(KeyKind::CosignatureV1, 11),
                ),
            ),
            (
                8,
                good.replace(&key(KeyKind::CosignatureV1, 14), &key(KeyKind::Ed25519, 14)),
            ),
            (
                2,
                good.replace(&key(KeyKind::Ed25519, 1), &key(KeyKind::CosignatureV1, 1)),
            ),
            (2, good.replace("log k1", "Log k1")),
            (1, good.replacen('\n', "\r\n", 1)),
            (1, "x".repeat(POLICY_BYTES_MAX + 1)),
            (1, String::new()),
        ] {
            assert_eq!(Policy::parse(&text).unwrap_err().line, line, "{text:.2000}");
        }
    }
}
