//! Parses a retention rule.

use super::{Anchor, CalendarDuration, Length, Rule};

/// The maximum nesting of `earliest` and `latest`. No register needs three levels.
const DEPTH_MAX: usize = 8;
/// The maximum number of rules in one `earliest` or `latest`.
const LIST_MAX: usize = 16;

/// Why a text is not a retention rule, with the position of the error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message}")]
pub struct RuleError {
    /// The position at which parsing stopped; characters, counted from 1.
    pub column: usize,
    /// What the parser expected there.
    pub message: String,
}

impl Rule {
    /// Parses a rule of docs/registers.md, "Retention grammar". Error: the position of the first character that does
    /// not fit.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let mut reader = Reader { text, at: 0 };
        let rule = reader.rule(0)?;
        reader.space();
        if reader.at < text.len() {
            return Err(reader.error("the rule ends here, but the text goes on"));
        }
        Ok(rule)
    }
}

impl std::str::FromStr for Rule {
    type Err = RuleError;
    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::parse(text)
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rule(&mut self, depth: usize) -> Result<Rule, RuleError> {
        self.space();
        let start = self.at;
        let name = self.word();
        if name == "none" {
            return Ok(Rule::None);
        }
        let known = [
            "after", "range", "min", "max", "while", "earliest", "latest", "hold",
        ];
        if !known.contains(&name) {
            self.at = start;
            return Err(self
                .error("expected after, range, min, max, while, earliest, latest, hold or none"));
        }
        self.expect('(')?;
        let rule = match name {
            "after" => {
                let (anchor, length) = self.anchor_and_length(depth)?;
                Rule::After(anchor, length)
            }
            "min" => {
                let (anchor, length) = self.anchor_and_length(depth)?;
                Rule::Min(anchor, length)
            }
            "max" => {
                let (anchor, length) = self.anchor_and_length(depth)?;
                Rule::Max(anchor, length)
            }
            "range" => self.range(depth)?,
            "while" => Rule::While(self.event()?),
            "hold" => Rule::Hold(self.event()?),
            "earliest" => Rule::Earliest(self.list(depth, Self::rule)?),
            _ => Rule::Latest(self.list(depth, Self::rule)?),
        };
        self.expect(')')?;
        Ok(rule)
    }

    fn range(&mut self, depth: usize) -> Result<Rule, RuleError> {
        let anchor = self.anchor(depth)?;
        self.expect(',')?;
        let min = self.duration()?;
        self.expect(',')?;
        let start = self.at;
        let max = self.duration()?;
        if !min.never_longer_than(&max) {
            self.at = start;
            self.space();
            return Err(self.error("the upper bound of a range may not be below the lower"));
        }
        Ok(Rule::Range(anchor, min, max))
    }

    fn anchor_and_length(&mut self, depth: usize) -> Result<(Anchor, Length), RuleError> {
        let anchor = self.anchor(depth)?;
        self.expect(',')?;
        Ok((anchor, self.length()?))
    }

    fn anchor(&mut self, depth: usize) -> Result<Anchor, RuleError> {
        self.space();
        let start = self.at;
        let name = self.word();
        self.space();
        let nested = self.text[self.at..].starts_with('(');
        match name {
            "earliest" | "latest" if nested => {
                self.expect('(')?;
                let anchors = self.list(depth, Self::anchor)?;
                self.expect(')')?;
                Ok(if name == "earliest" {
                    Anchor::Earliest(anchors)
                } else {
                    Anchor::Latest(anchors)
                })
            }
            _ => {
                self.at = start;
                self.event().map(Anchor::Name)
            }
        }
    }

    fn list<T>(
        &mut self,
        depth: usize,
        item: impl Fn(&mut Self, usize) -> Result<T, RuleError>,
    ) -> Result<Vec<T>, RuleError> {
        if depth >= DEPTH_MAX {
            return Err(self.error("nested too deep"));
        }
        let mut items = vec![item(self, depth + 1)?];
        loop {
            self.space();
            if !self.text[self.at..].starts_with(',') {
                return Ok(items);
            }
            if items.len() >= LIST_MAX {
                return Err(self.error("too many alternatives"));
            }
            self.at += 1;
            items.push(item(self, depth + 1)?);
        }
    }

    fn length(&mut self) -> Result<Length, RuleError> {
        self.space();
        match self.text[self.at..].strip_prefix("PARAM:") {
            Some(_) => {
                self.at += "PARAM:".len();
                let name = self.word();
                if name.is_empty() {
                    return Err(self.error("expected the name of a parameter"));
                }
                Ok(Length::Param(name.to_owned()))
            }
            None => self.duration().map(Length::Fixed),
        }
    }

    fn duration(&mut self) -> Result<CalendarDuration, RuleError> {
        self.space();
        let start = self.at;
        let rest = &self.text[start..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        self.at += end;
        CalendarDuration::parse(&rest[..end]).map_err(|error| {
            self.at = start;
            self.error(&format!("`{}` {error}", &rest[..end]))
        })
    }

    /// Parses an event, condition or reason: lower-case words joined by dots.
    fn event(&mut self) -> Result<String, RuleError> {
        self.space();
        let start = self.at;
        let rest = &self.text[start..];
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c)))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || name.split('.').any(str::is_empty) {
            return Err(self.error("expected a name such as contract.ended"));
        }
        self.at += end;
        Ok(name.to_owned())
    }

    fn word(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn expect(&mut self, sign: char) -> Result<(), RuleError> {
        self.space();
        if self.text[self.at..].starts_with(sign) {
            self.at += sign.len_utf8();
            Ok(())
        } else {
            Err(self.error(&format!("expected `{sign}`")))
        }
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn error(&self, message: &str) -> RuleError {
        RuleError {
            column: self.text[..self.at].chars().count() + 1,
            message: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written_back() {
        for text in [
            "while(purpose.active)",
            "after(contract.ended, P13M)",
            "range(cookie.set, P1D, P365D)",
            "earliest(after(case.closed, P7D), after(file.received, P12M))",
            "none",
            "min(fiscal_year.calendar_year_end, P7Y)",
            "max(account.deregistered, P1Y)",
            "hold(legal_requirement)",
            "earliest(after(latest(service.fully_ended, contract.obligations_ended), PARAM:reasonable_time), \
             after(erasure.requested, PARAM:reasonable_time))",
            "latest(after(a.b, P1D), earliest(after(c.d, P1Y), none))",
        ] {
            assert_eq!(Rule::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Rule::parse("  after ( contract.ended ,P1Y ) ")
                .unwrap()
                .to_string(),
            "after(contract.ended, P1Y)"
        );
    }

    #[test]
    fn an_error_names_the_column() {
        let error = |text: &str| Rule::parse(text).unwrap_err().to_string();
        assert!(error("").starts_with("column 1: expected after"));
        assert!(error("aftr(contract.ended, P1Y)").starts_with("column 1: expected after"));
        assert_eq!(
            error("after(contract.ended; P1Y)"),
            "column 21: expected `,`"
        );
        assert!(error("after(contract.ended, 1 år)").starts_with("column 23: `1` is not"));
        assert_eq!(
            error("after(contract.ended, P1Y"),
            "column 26: expected `)`"
        );
        assert!(error("none of it").starts_with("column 6: the rule ends"));
        assert!(error("range(cookie.set, P2Y, P1Y)").starts_with("column 24: the upper"));
        assert!(error("after(Contract.ended, P1Y)").starts_with("column 7: expected a name"));
        assert!(error("max(a.b, PARAM:)").starts_with("column 16: expected the name"));
        assert!(error("after(åäö, P1Y)").starts_with("column 7:"));
    }

    #[test]
    fn depth_and_length_are_limited() {
        let deep = format!("{}none{}", "earliest(".repeat(50), ")".repeat(50));
        assert!(Rule::parse(&deep).unwrap_err().message.contains("deep"));
        let long = format!("earliest({})", vec!["none"; 50].join(","));
        assert!(Rule::parse(&long).unwrap_err().message.contains("many"));
    }
}
