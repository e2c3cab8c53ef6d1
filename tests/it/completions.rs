//! Copies of the registers in which every purpose is complete. The registers leave bases and times open; a copy states
//! them, one named completion at a time. What a copy states is the tests' own, and never the controller's word.

use std::fmt;

use crate::support::register;

/// What a copy states where a register says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Completion {
    /// The basis of a purpose, and why a controller could state this one.
    Basis(&'static str, Basis, &'static str),
    /// One of the controller's own times under `[params]`.
    Time(&'static str, &'static str, &'static str),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Basis {
    Contract,
    Interest,
    ContractOrInterest,
}

use Basis::{Contract, ContractOrInterest, Interest};
use Completion::Time;

const fn rests(purpose: &'static str, basis: Basis, because: &'static str) -> Completion {
    Completion::Basis(purpose, basis, because)
}

const OMILON: &[Completion] = &[
    rests(
        "omilon.kundrelation",
        Contract,
        "the customer ordered the services",
    ),
    rests(
        "omilon.utveckling-tjansteutbud",
        Interest,
        "no service needs it",
    ),
    rests(
        "omilon.matverktyg-loggar",
        Interest,
        "security and quality of a network (recital 49)",
    ),
    rests("omilon.anvandarupplevelse", Interest, "no service needs it"),
    rests(
        "omilon.personanpassning",
        Interest,
        "profiling and marketing can be objected to (Art. 21)",
    ),
    rests("omilon.statistik", Interest, "no service needs it"),
    rests(
        "omilon.kommunikation",
        ContractOrInterest,
        "customers write, and others do",
    ),
    rests(
        "omilon.egen-utredning",
        Interest,
        "the policy names no law that requires it",
    ),
    Time("post_customer_period", "P24M", "\"en viss period\""),
    Time(
        "support_mail_period",
        "P12M",
        "\"kortare tid\" than the customer data",
    ),
];

const LOOMER: &[Completion] = &[
    rests(
        "loomer.kontakt-feedback",
        Interest,
        "users write of their own accord",
    ),
    rests(
        "loomer.anvandningsdata",
        Interest,
        "no service needs it; the device is asked first",
    ),
    rests("loomer.anvandarupplevelse", Interest, "no service needs it"),
    rests(
        "loomer.stavja-missbruk",
        Interest,
        "prevention of fraud (recital 47)",
    ),
    rests(
        "loomer.statistik-utveckling",
        Interest,
        "no service needs it",
    ),
    rests(
        "loomer.enhetsidentifiering",
        Interest,
        "security; no exemption is claimed, so the device is asked first",
    ),
];

const SUPPLIER: &[Completion] = &[
    rests(
        "supplier.tjansteleverans",
        Contract,
        "the customer ordered the services",
    ),
    rests(
        "supplier.medlemsidentifiering",
        Contract,
        "membership is paid for and supported",
    ),
    rests(
        "supplier.loggning-monitorering-backup",
        Interest,
        "security of a network (recital 49)",
    ),
    Time("reasonable_time", "P90D", "\"skälig tid\""),
    Time(
        "item.created",
        "P30D",
        "within the stated 7 days to 12 months",
    ),
];

impl Basis {
    /// The values of `check_mode` and `legal_basis`.
    fn values(self) -> [&'static str; 2] {
        match self {
            Contract => ["contract", r#"["contract"]"#],
            Interest => ["objection", r#"["legitimate_interest"]"#],
            ContractOrInterest => [
                "contract_or_objection",
                r#"["contract", "legitimate_interest"]"#,
            ],
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basis(purpose, basis, because) => {
                write!(f, "{purpose}: check_mode {}; {because}", basis.values()[0])
            }
            Time(name, value, because) => write!(f, "[params] {name}: {value}; {because}"),
        }
    }
}

/// What the copy of this register states. Nothing if the controller left nothing open.
pub(crate) fn completions(name: &str) -> &'static [Completion] {
    match name {
        "omilon" => OMILON,
        "loomer" => LOOMER,
        "supplier" => SUPPLIER,
        _ => &[],
    }
}

/// The register, completed.
pub(crate) fn completed(name: &str) -> String {
    let complete = |text: String, completion: &Completion| match *completion {
        Completion::Basis(purpose, basis, _) => {
            let [mode, bases] = basis.values();
            let text = stated(&text, purpose, "check_mode", &format!("{mode:?}"));
            stated(&text, purpose, "legal_basis", bases)
        }
        Time(key, value, because) => with_time(&text, key, value, because),
    };
    completions(name).iter().fold(register(name), complete)
}

fn with_time(text: &str, key: &str, value: &str, because: &str) -> String {
    let table = "\n[params]\n";
    let line = format!("{key:?} = {value:?}\n");
    if text.contains(table) {
        return changed(text, because, table, &format!("{table}{line}"));
    }
    let first = "\n[[purpose]]\n";
    changed(text, because, first, &format!("{table}{line}{first}"))
}

/// A register in which one reading is another, as a named change of a copy.
pub(crate) fn changed(text: &str, what: &str, from: &str, to: &str) -> String {
    let copy = text.replacen(from, to, 1);
    assert_ne!(copy, text, "{what}: the register does not have {from:?}");
    copy
}

/// A register in which one purpose has another value of one key, as a named change of a copy.
pub(crate) fn stated(text: &str, purpose: &str, key: &str, value: &str) -> String {
    let id = text
        .find(&format!("id = \"{purpose}\"\n"))
        .expect("a purpose of the register");
    let line = id + text[id..].find(&format!("\n{key} = ")).expect("its key") + 1;
    let end = line + text[line..].find('\n').expect("its end");
    format!("{}{key} = {value}{}", &text[..line], &text[end..])
}
