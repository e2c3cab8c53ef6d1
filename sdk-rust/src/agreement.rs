//! Compares a program's register with the live one.

use std::fmt;

use samtycke_core::id::{PurposeId, TenantId};
use samtycke_core::purpose::{CheckMode, ScopeType};
use samtycke_core::wire::{RegisterResponse, RegisteredPurpose};

use crate::register::{Fact, Facts};
use crate::{Client, Error};

/// Why a program does not agree with the live register. `Display` writes one difference a line.
///
/// Example: see [`Client::register_agrees`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// The purposes that differ; never empty.
    Differs(Vec<Difference>),
    /// The live register could not be read.
    Unanswered(Error),
}

/// One difference of the live register. `Display` writes one line.
///
/// Example: see [`Client::register_agrees`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The key belongs to another tenant than the program's register.
    Tenant {
        /// The tenant of the program's register.
        built: &'static str,
        /// The tenant of the live register.
        live: TenantId,
    },
    /// The live register does not have the purpose: its checks are denied.
    Missing {
        /// The purpose.
        purpose: &'static str,
    },
    /// The controller has retired the purpose: its checks are denied.
    Retired {
        /// The purpose.
        purpose: &'static str,
    },
    /// The purpose was split: its checks are denied, and those of its parts are not.
    Split {
        /// The purpose.
        purpose: &'static str,
        /// Its parts.
        parts: Vec<PurposeId>,
    },
    /// Another check mode: other rows of the decision table answer.
    CheckMode {
        /// The purpose.
        purpose: &'static str,
        /// The program's check mode.
        built: CheckMode,
        /// The live check mode.
        live: CheckMode,
    },
    /// The need of explicit consent changed.
    ExplicitConsent {
        /// The purpose.
        purpose: &'static str,
        /// Whether explicit consent is needed now.
        live: bool,
    },
    /// The scope of consent changed: checks with the old scope are denied.
    ScopeType {
        /// The purpose.
        purpose: &'static str,
        /// The program's scope type.
        built: ScopeType,
        /// The live scope type.
        live: ScopeType,
    },
    /// Single use changed.
    SingleUse {
        /// The purpose.
        purpose: &'static str,
        /// Whether consent is for a single use now.
        live: bool,
    },
}

impl Client {
    /// Compares the live register with the one that the program's types were generated from. Each purpose must exist,
    /// must not be retired, and must have the same check mode, scope, single use and need of explicit consent.
    ///
    /// Texts, retention and purposes without a type do not count. Neither does a field that the register leaves out,
    /// because a controller may complete it without a new program. The key must be allowed to read the register:
    /// service, editor, publisher, auditor or data protection officer.
    ///
    /// The result changes nothing else: a program that disagrees is denied wherever the live register denies.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client) -> Result<(), samtycke::register::Disagreement> {
    /// use samtycke::register::{Disagreement, Facts};
    ///
    /// // Generated: `purposes::REGISTER`.
    /// const REGISTER: Facts = Facts { tenant: "ommej", hash: "sha256:..", purposes: &[] };
    ///
    /// match samtycke.register_agrees(&REGISTER).await {
    ///     // At start: samtycke may be away for a while, a program of another register is a mistake.
    ///     Err(Disagreement::Unanswered(error)) if error.is_transient() => eprintln!("later: {error}"),
    ///     other => other?,
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Disagreement::Differs`] with all differences in the order of the program's register, or
    /// [`Disagreement::Unanswered`] if the live register could not be read.
    pub async fn register_agrees(&self, facts: &Facts) -> Result<(), Disagreement> {
        let bytes = self.get("/v1/register").await?;
        let live: RegisterResponse = serde_json::from_slice(&bytes)
            .map_err(|_| Error::Decode("not a register that this version knows"))?;
        let differences = differences(facts, &live);
        if differences.is_empty() {
            Ok(())
        } else {
            Err(Disagreement::Differs(differences))
        }
    }
}

fn differences(facts: &Facts, live: &RegisterResponse) -> Vec<Difference> {
    if live.tenant.as_str() != facts.tenant {
        let (built, live) = (facts.tenant, live.tenant.clone());
        return vec![Difference::Tenant { built, live }];
    }
    let of = |fact: &Fact| {
        let mut purposes = live.purposes.iter();
        let found = purposes.find(|purpose| purpose.id.as_str() == fact.id);
        of_purpose(fact, found)
    };
    facts.purposes.iter().flat_map(of).collect()
}

fn of_purpose(fact: &Fact, live: Option<&RegisteredPurpose>) -> Vec<Difference> {
    let purpose = fact.id;
    let Some(live) = live else {
        return vec![Difference::Missing { purpose }];
    };
    if !live.parts.is_empty() {
        let parts = live.parts.clone();
        return vec![Difference::Split { purpose, parts }];
    }
    if live.retired {
        return vec![Difference::Retired { purpose }];
    }
    let mut differences = Vec::new();
    let (built, now) = (fact.check_mode, live.check_mode);
    if built != now {
        let live = now;
        differences.push(Difference::CheckMode {
            purpose,
            built,
            live,
        });
    }
    let explicit = live.needs_explicit_consent();
    if fact.explicit_consent != explicit {
        let live = explicit;
        differences.push(Difference::ExplicitConsent { purpose, live });
    }
    let (built, now) = (fact.scope_type, live.scope_type);
    if built != now {
        let live = now;
        differences.push(Difference::ScopeType {
            purpose,
            built,
            live,
        });
    }
    if fact.single_use != live.single_use {
        let live = live.single_use;
        differences.push(Difference::SingleUse { purpose, live });
    }
    differences
}

impl From<Error> for Disagreement {
    fn from(error: Error) -> Self {
        Self::Unanswered(error)
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Differs(differences) => {
                for (i, difference) in differences.iter().enumerate() {
                    let newline = if i == 0 { "" } else { "\n" };
                    write!(f, "{newline}{difference}")?;
                }
                Ok(())
            }
            Self::Unanswered(error) => write!(f, "the live register is unknown: {error}"),
        }
    }
}

impl std::error::Error for Disagreement {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Differs(_) => None,
            Self::Unanswered(error) => Some(error),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant { built, live } => write!(
                f,
                "the program was built with the register of {built}, and the key is one of {live}"
            ),
            Self::Missing { purpose } => write!(f, "{purpose}: no longer in the register"),
            Self::Retired { purpose } => write!(f, "{purpose}: retired"),
            Self::Split { purpose, parts } => {
                let parts: Vec<&str> = parts.iter().map(PurposeId::as_str).collect();
                write!(f, "{purpose}: split into {}", parts.join(", "))
            }
            Self::CheckMode {
                purpose,
                built,
                live,
            } => {
                let (built, live) = (built.as_str(), live.as_str());
                write!(f, "{purpose}: check mode {built}, and now {live}")
            }
            Self::ExplicitConsent { purpose, live } => {
                let (built, live) = if *live {
                    ("permitted without explicit consent", "by nothing else")
                } else {
                    ("permitted by explicit consent only", "without")
                };
                write!(f, "{purpose}: {built}, and now {live}")
            }
            Self::ScopeType {
                purpose,
                built,
                live,
            } => {
                let (built, live) = (limit(*built), limit(*live));
                write!(f, "{purpose}: limited to {built}, and now to {live}")
            }
            Self::SingleUse { purpose, live } => {
                let (built, live) = if *live {
                    ("used as often as it stands", "once")
                } else {
                    ("used once", "as often as it stands")
                };
                write!(f, "{purpose}: consent was {built}, and is now {live}")
            }
        }
    }
}

fn limit(scope_type: ScopeType) -> &'static str {
    match scope_type {
        ScopeType::None => "nothing",
        ScopeType::Recipient => "one recipient",
        ScopeType::Campaign => "one campaign, medium and surface",
        ScopeType::Vendor => "one vendor",
        ScopeType::Site => "one site",
    }
}

#[cfg(test)]
mod tests {
    use samtycke_core::register::Register;

    use super::*;
    use crate::purpose::{Many, Once, Purpose, Recipient, Unscoped};

    macro_rules! purposes {
        ($($name:ident $id:literal $explicit:literal $scope:ident $uses:ident;)+) => {
            $(
                enum $name {}
                impl Purpose for $name {
                    const ID: &'static str = $id;
                    const EXPLICIT_CONSENT: bool = $explicit;
                    type Scope = $scope;
                    type Uses = $uses;
                }
            )+
        };
    }

    purposes! {
        Same "example.same" false Unscoped Many;
        Missing "example.missing" false Unscoped Many;
        Retired "example.retired" true Unscoped Many;
        Split "example.split" false Unscoped Many;
        Other "example.other" true Recipient Once;
        Health "example.health" false Unscoped Many;
    }

    const FACTS: Facts = Facts {
        tenant: "example",
        hash: "sha256:of another register",
        purposes: &[
            Fact::of::<Same>(CheckMode::Consent),
            Fact::of::<Missing>(CheckMode::Consent),
            Fact::of::<Retired>(CheckMode::Consent),
            Fact::of::<Split>(CheckMode::Consent),
            Fact::of::<Other>(CheckMode::Consent),
            Fact::of::<Health>(CheckMode::Consent),
        ],
    };

    fn live() -> RegisterResponse {
        let head = "format = \"samtycke.register/1\"\n[register]\nid = \"example\"\ncontroller = \"Example AB\"\n\
            source_kind = \"art30_table\"\nlanguage = \"sv\"\n";
        let purpose = |id: &str, own: &str, reading: &str| {
            format!(
                "[[purpose]]\nid = \"example.{id}\"\n{own}\n[purpose.source]\ntitle_sv = \"En sak\"\n\
                 [purpose.analysis]\ntitle_en = \"A thing\"\n{reading}\n"
            )
        };
        let consent = "check_mode = \"consent\"\nspecial_category = \"no\"";
        let text = [
            head.to_owned(),
            purpose("same", "", consent),
            purpose("retired", "", &format!("{consent}\nretired = true")),
            purpose("split", "parts = [\"a\"]", consent),
            purpose("split.a", "", consent),
            purpose(
                "other",
                "",
                "check_mode = \"objection\"\nspecial_category = \"yes\"",
            ),
            purpose(
                "health",
                "",
                "check_mode = \"consent\"\nspecial_category = \"possible\"\nart9_ground = \"9(2)(h)\"",
            ),
        ];
        RegisterResponse::of(&Register::parse(&text.concat()).expect("a register"), 7)
    }

    /// A program learns of every difference, in order.
    #[test]
    fn every_difference_is_said_on_a_line() {
        let said = Disagreement::Differs(differences(&FACTS, &live())).to_string();
        let lines = [
            "example.missing: no longer in the register",
            "example.retired: retired",
            "example.split: split into example.split.a",
            "example.other: check mode consent, and now objection",
            "example.other: permitted by explicit consent only, and now without",
            "example.other: limited to one recipient, and now to nothing",
            "example.other: consent was used once, and is now as often as it stands",
            "example.health: permitted without explicit consent, and now by nothing else",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn another_tenant_is_the_one_difference() {
        let mut live = live();
        live.tenant = "other".parse().expect("a tenant");
        let said = Disagreement::Differs(differences(&FACTS, &live)).to_string();
        let line =
            "the program was built with the register of example, and the key is one of other";
        assert_eq!(said, line);
    }
}
