//! The page of a diary. It has no script.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use maud::{DOCTYPE, Markup, html};
use samtycke_core::decide::{Verdict, in_words};
use samtycke_core::decision::Outcome;
use samtycke_core::id::Language;
use samtycke_core::scope::Scope;
use samtycke_core::wire::HistoryFact;
use samtycke_server::home::Lang;

use super::words::{self, say};
use super::{Cell, Change, Diary, Moment, PATH, STYLE_PATH};
use crate::demo::lives::Person;

/// The whole document.
pub(super) fn render(diary: &Diary<'_>, lang: Lang) -> String {
    let page = Page { diary, lang };
    let Person { sv, en, .. } = diary.person;
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (page.own(sv, en)) " – samtycke" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(STYLE_PATH);
            }
            body {
                (page.header())
                main id="main" tabindex="-1" {
                    section aria-labelledby="day" {
                        h2 id="day" { (say(words::DAY, lang)) }
                        ol.day { @for moment in &diary.moments { (page.moment(moment)) } }
                    }
                    section aria-labelledby="now" {
                        h2 id="now" { (say(words::NOW, lang)) }
                        p.note { (say(words::NOW_TEXT, lang)) }
                        ul.cells { @for (cell, verdict) in &diary.now { (page.standing(cell, verdict)) } }
                    }
                    (page.others())
                }
            }
        }
    }
    .into_string()
}

#[derive(Clone, Copy)]
struct Page<'a> {
    diary: &'a Diary<'a>,
    lang: Lang,
}

impl<'a> Page<'a> {
    fn own(self, sv: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Sv => sv,
            Lang::En => en,
        }
    }

    fn header(self) -> Markup {
        let Diary { person, tenant, .. } = self.diary;
        let lang = self.lang;
        let (other, name) = match lang {
            Lang::Sv => ("en", "English"),
            Lang::En => ("sv", "Svenska"),
        };
        html! {
            header { div {
                nav {
                    a href={ "/?lang=" (lang.as_str()) } { (say(words::BACK, lang)) }
                    a href={ "?lang=" (other) } lang=(other) hreflang=(other) { (name) }
                }
                h1 { (self.own(&person.sv, &person.en)) }
                p.lead { (self.own(&person.about_sv, &person.about_en)) }
                p.who { (say(words::AT, lang)) " " (tenant.controller) " · " code { (person.subject) } }
                p.who { (say(words::INVENTED, lang)) }
            } }
        }
    }

    fn moment(self, moment: &Moment) -> Markup {
        let first = moment.facts.first().map_or("", |fact| fact.what.as_str());
        let guardians = moment.by_guardian.then(|| words::guardian(first)).flatten();
        let title = guardians.or_else(|| words::kind(&moment.kind, first));
        let title = title.map(|text| say(text, self.lang));
        html! {
            li {
                p.when { (time(moment.at)) }
                div.event {
                    h3 { (title.unwrap_or(&moment.kind)) }
                    @for fact in &moment.facts { (self.fact(fact)) }
                    @if !moment.changes.is_empty() {
                        ul.cells { @for change in &moment.changes { (self.change(change)) } }
                    }
                    p.note { code { (moment.kind) } " · " (say(words::LEAF, self.lang)) " " (moment.index) }
                }
            }
        }
    }

    fn fact(self, fact: &HistoryFact) -> Markup {
        let outcome = match fact.outcome {
            Outcome::Effective => None,
            Outcome::Superseded => Some(words::NO_EFFECT),
            Outcome::NotApplicable => Some(words::NOT_APPLICABLE),
            Outcome::PendingGuardian => Some(words::PENDING),
        };
        let what = words::what(&fact.what).map(|text| say(text, self.lang));
        html! {
            @if let (Some(what), Some(purpose)) = (what, &fact.purpose) {
                p.fact {
                    (what) " " strong { (self.title(&(purpose.clone(), fact.scope.clone()))) }
                    @if let Some(outcome) = outcome { " – " (say(outcome, self.lang)) }
                }
            } @else if let Some(outcome) = outcome {
                p.fact { (say(outcome, self.lang)) }
            }
        }
    }

    fn change(self, change: &Change) -> Markup {
        let lang = self.lang;
        html! {
            li {
                @if change.before.reason == change.after.reason {
                    p.turn { span.side { (say(words::UNCHANGED, lang)) " " (self.verdict(&change.after)) } }
                    p.why { (self.title(&change.cell)) }
                } @else {
                    p.turn {
                        span.side { (say(words::BEFORE, lang)) " " (self.verdict(&change.before)) }
                        " " span.side { (say(words::AFTER, lang)) " " (self.verdict(&change.after)) }
                    }
                    p.why { (self.sentence(&change.cell, &change.after)) }
                }
            }
        }
    }

    fn standing(self, cell: &Cell, verdict: &Verdict) -> Markup {
        html! {
            li {
                p.turn { span.side { (self.verdict(verdict)) } }
                p.why { (self.sentence(cell, verdict)) }
            }
        }
    }

    fn verdict(self, verdict: &Verdict) -> Markup {
        let (class, text) = if verdict.allow {
            ("v yes", words::ALLOWED)
        } else {
            ("v", words::DENIED)
        };
        html! { span.(class) { (say(text, self.lang)) } " " code { (verdict.reason) } }
    }

    /// The verdict in words. What was is told as what is: the page says when.
    fn sentence(self, cell: &Cell, verdict: &Verdict) -> String {
        let language = Language::parse(self.lang.as_str()).expect("sv and en are languages");
        let told = Verdict {
            historic: false,
            valid_until: None,
            ..verdict.clone()
        };
        let sentence = in_words(&told, &self.title(cell), &language);
        match verdict.valid_until {
            Some(until) => format!(
                "{sentence} {} {}.",
                say(words::UNTIL, self.lang),
                local(until).strftime("%Y-%m-%d")
            ),
            None => sentence,
        }
    }

    /// The purpose in the register's words, with its scope.
    fn title(self, (purpose, scope): &Cell) -> String {
        let live = self.diary.tenant.register.as_ref();
        let found = live.and_then(|live| live.register.purpose(purpose));
        let title = found.map(|found| self.own(&found.title_sv, &found.title_en).to_owned());
        let title = title.unwrap_or_else(|| purpose.to_string());
        match scope {
            Scope::None => title,
            Scope::Recipient(one) | Scope::Vendor(one) | Scope::Site(one) => {
                format!("{title} ({one})")
            }
            Scope::Campaign {
                campaign,
                medium,
                surface,
            } => format!("{title} ({campaign}, {medium}, {surface})"),
        }
    }

    fn others(self) -> Markup {
        let people = self.diary.people.iter();
        let others = people.filter(|person| person.subject != self.diary.person.subject);
        html! {
            nav aria-labelledby="others" {
                h2 id="others" { (say(words::OTHERS, self.lang)) }
                ul.others {
                    @for person in others {
                        li {
                            a href={ (PATH) (person.subject) "?lang=" (self.lang.as_str()) } { (self.own(&person.sv, &person.en)) }
                            p { (self.own(&person.about_sv, &person.about_en)) }
                        }
                    }
                }
            }
        }
    }
}

/// Date and time of day in Stockholm.
fn time(at: i64) -> Markup {
    let local = local(at);
    html! {
        time datetime=(local.timestamp()) { span { (local.strftime("%H:%M")) } " " (local.strftime("%Y-%m-%d")) }
    }
}

fn local(at: i64) -> Zoned {
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    let instant = Timestamp::from_millisecond(at).unwrap_or_default();
    instant.to_zoned(zone)
}
