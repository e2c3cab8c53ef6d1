//! Writes the doc comment of a purpose's type: the controller's words and their consequences.

use crate::{
    notice,
    purpose::{CheckMode, Purpose, RetentionRule, ScopeType, SpecialCategory},
    retention::Rule,
};

/// The doc comment. A line exceeds `width` only if a single word does.
pub(super) fn lines(purpose: &Purpose, width: usize) -> Vec<String> {
    let paragraphs = [
        title(purpose),
        checked(purpose),
        denied(purpose),
        retention(purpose),
    ];
    let mut lines = Vec::new();
    for paragraph in paragraphs.iter().filter(|text| !text.is_empty()) {
        if !lines.is_empty() {
            lines.push("///".to_owned());
        }
        wrap(paragraph, width, &mut lines);
    }
    lines
}

fn title(purpose: &Purpose) -> String {
    let (own, english) = (plain(&purpose.title_sv), plain(&purpose.title_en));
    if own == english {
        format!("\"{own}\".")
    } else {
        format!("\"{own}\" ({english}).")
    }
}

fn checked(purpose: &Purpose) -> String {
    let mode = purpose.check_mode.as_str();
    let rests = rests_on(purpose);
    let limited = limited_to(purpose);
    format!("Check mode `{mode}`: {rests}.{limited}")
}

fn rests_on(purpose: &Purpose) -> String {
    const OBJECTION: &str = "legitimate interest, until the person objects (GDPR Art. 21)";
    match purpose.check_mode {
        CheckMode::Consent if purpose.needs_explicit_consent() => {
            let are = match purpose.special_category {
                SpecialCategory::Yes => "are",
                _ => "can be",
            };
            format!(
                "rests on explicit consent and on nothing else (GDPR Art. 9(2)(a)), for the data {are} of a special category"
            )
        }
        CheckMode::Consent => "rests on consent".to_owned(),
        CheckMode::Objection => format!("rests on {OBJECTION}"),
        CheckMode::Contract => "rests on a contract".to_owned(),
        CheckMode::ContractOrObjection => {
            format!("rests on a contract, and where there is none on {OBJECTION}")
        }
        CheckMode::ContractAndLegalObligation => {
            "rests on a contract, and after it on a legal obligation".to_owned()
        }
        CheckMode::LegalObligation => "rests on a legal obligation".to_owned(),
        CheckMode::TerminalConsentAndObjection => format!(
            "storing in the terminal, or reading from it, needs consent; what follows rests on {OBJECTION}"
        ),
        CheckMode::Processor => "another controller answers".to_owned(),
        CheckMode::NotStated => "the controller has not said what it rests on".to_owned(),
    }
}

fn limited_to(purpose: &Purpose) -> String {
    let to = match purpose.scope_type {
        ScopeType::None => None,
        ScopeType::Recipient => Some("one recipient"),
        ScopeType::Campaign => Some("one campaign, medium and surface"),
        ScopeType::Vendor => Some("one vendor"),
        ScopeType::Site => Some("one site"),
    };
    match (to, purpose.single_use) {
        (None, false) => String::new(),
        (None, true) => " Spent by one use.".to_owned(),
        (Some(to), false) => format!(" Limited to {to}."),
        (Some(to), true) => format!(" Limited to {to}, and spent by one use."),
    }
}

/// Why checks of the purpose always deny, or what they wait for.
fn denied(purpose: &Purpose) -> String {
    let mut sentences = Vec::new();
    if !purpose.incomplete.is_empty() {
        let codes: Vec<String> = purpose
            .incomplete
            .iter()
            .map(|c| format!("`{c}`"))
            .collect();
        let codes = codes.join(", ");
        sentences.push(format!(
            "Every check denies until the register is complete: {codes}."
        ));
    }
    if purpose.check_mode != CheckMode::Consent && purpose.lacks_art9_ground() {
        let sentence = "Every check denies until a ground of GDPR Art. 9(2) is stated, for the data can be of a special category.";
        sentences.push(sentence.to_owned());
    }
    if !purpose.depends_on.is_empty() {
        let others: Vec<String> = purpose
            .depends_on
            .iter()
            .map(|id| format!("`{id}`"))
            .collect();
        let others = others.join(" and ");
        sentences.push(format!("Denied unless {others} is allowed too."));
    }
    sentences.join(" ")
}

fn retention(purpose: &Purpose) -> String {
    let rules: Vec<String> = purpose.retention.iter().filter_map(rule).collect();
    if rules.is_empty() {
        return "Retention: not stated.".to_owned();
    }
    format!("Retention: {}.", rules.join("; "))
}

fn rule(rule: &RetentionRule) -> Option<String> {
    let words = plain(&notice::in_english(&Rule::parse(&rule.rule).ok()?));
    Some(match &rule.applies_to {
        Some(part) => format!("{words} ({})", plain(part)),
        None => words,
    })
}

/// Prepares a text for a comment: on one line, with words that Markdown or a lint would misread set as code.
pub(super) fn plain(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let word: String = word.chars().filter(|c| !is_hidden(*c)).collect();
        if is_code(&word) {
            format!("`{}`", word.replace('`', "'"))
        } else {
            word
        }
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Whether a character is invisible. Compilers reject those that change the direction of a comment.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_code(word: &str) -> bool {
    let marks = word.contains(|c: char| "*_[]<>`\\|#~^$".contains(c));
    let joined = word.contains("::") || word.contains("://") || word.contains("()");
    let entity = word.contains('&') && word.contains(';');
    marks || joined || entity || is_camel_case(word)
}

/// Whether a word mixes capitals as identifiers do: `KundID`, `GitHub`.
fn is_camel_case(word: &str) -> bool {
    word.split(|c: char| !c.is_alphanumeric()).any(|piece| {
        let capitals = piece.chars().filter(|c| c.is_uppercase()).count();
        capitals > 1 && piece.chars().any(char::is_lowercase)
            || piece
                .chars()
                .zip(piece.chars().skip(1))
                .any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    })
}

/// Wraps a paragraph. It never starts a line with a word that Markdown reads as a list, a heading or a quotation.
fn wrap(paragraph: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = "///".to_owned();
    for word in paragraph.split(' ') {
        let begins = word.starts_with(|c: char| c.is_alphabetic() || "\"`(".contains(c));
        let fits = line.chars().count() + 1 + word.chars().count() <= width;
        if line.len() > 3 && begins && !fits {
            lines.push(std::mem::replace(&mut line, "///".to_owned()));
        }
        line.push(' ');
        line.push_str(word);
    }
    lines.push(line);
}
