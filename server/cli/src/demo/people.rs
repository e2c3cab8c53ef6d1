//! Invented people: when they visit, what they are asked, and how they answer. None of them is real.

use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::id::{EventId, Language, NoticeHash, ScopeValue, SubjectId};
use samtycke_core::purpose::{CheckMode, ConsentKind, Purpose, ScopeType};
use samtycke_core::register::Register;
use samtycke_core::scope::Scope;
use samtycke_core::wire::{Choice, ConsentRequest, WithdrawalRequest};

use super::day::{Day, Dice, HOUR_MS, MINUTE_MS, Rhythm, SECOND_MS};
use samtycke_server::clock::{UnixMs, random};

/// An action and its time.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) at: UnixMs,
    pub(super) what: What,
    /// The user agent of the device.
    pub(super) user_agent: &'static str,
}

/// One action.
#[derive(Debug)]
pub(super) enum What {
    /// Answers a notice.
    Answer(Box<ConsentRequest>),
    /// Withdraws or objects.
    Narrow(Box<WithdrawalRequest>),
    /// Refuses or closes the banner without a subject.
    Tally(Choice),
    /// Sees the notice.
    Shown,
}

const USER_AGENTS: [&str; 5] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
];
const RECIPIENTS: [&str; 5] = [
    "norrskens-el-ab",
    "bryggeriet-kok-ab",
    "takbyran-ab",
    "malarlaget-ab",
    "vvs-huset-ab",
];
const CAMPAIGNS: [&str; 3] = ["host-2026", "kursdagen", "arsberattelsen"];
const MEDIA: [&str; 3] = ["photo", "film", "audio"];
const SURFACES: [&str; 3] = ["web", "print", "social"];

/// The visitors of one controller's day.
pub(super) struct Crowd<'a> {
    pub(super) register: &'a Register,
    pub(super) notice: &'a NoticeHash,
    /// A seed for each controller.
    pub(super) seed: u64,
    pub(super) day: Day,
    pub(super) rhythm: &'a Rhythm,
}

impl Crowd<'_> {
    /// The day's actions of this many visitors, in order.
    pub(super) fn day(&self, visitors: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        for visitor in 0..visitors {
            // A generator for each person: one person's actions do not change the next person's.
            let seed = self.seed * 1_000_003 + u64::try_from(visitor).unwrap_or(0);
            Visitor {
                crowd: self,
                dice: Dice::new(seed),
            }
            .visit(&mut steps);
        }
        steps.sort_by_key(|step| step.at);
        steps
    }
}

/// One person.
struct Visitor<'a> {
    crowd: &'a Crowd<'a>,
    dice: Dice,
}

impl Visitor<'_> {
    fn visit(&self, steps: &mut Vec<Step>) {
        let (dice, day) = (&self.dice, self.crowd.day);
        let at = day.moment(self.crowd.rhythm, dice);
        let user_agent = *dice.one_of(&USER_AGENTS);
        let subject = SubjectId::from_bytes(random(dice));
        let asked = self.occasion();
        let mut step = |at, what| {
            steps.push(Step {
                at,
                what,
                user_agent,
            });
        };
        step(at, What::Shown);
        if asked.is_empty() {
            // This controller asks for no consent: people read the notice, and some object.
            return match dice.weighted(&[6, 4]) {
                0 => {}
                _ => step(at, What::Narrow(Box::new(self.objection(at, subject)))),
            };
        }
        let mood = dice.weighted(&[12, 4, 40, 22, 22]);
        match mood {
            0 => return step(at, What::Tally(Choice::Refused)),
            1 => return step(at, What::Tally(Choice::Deferred)),
            _ => {}
        }
        let yes = |i: usize| match mood {
            2 => true,
            3 => i == 0 || dice.in_hundred(35),
            _ => false,
        };
        let decisions: Vec<Decision> = asked
            .iter()
            .enumerate()
            .map(|(i, p)| self.decision(p, yes(i)))
            .collect();
        let given: Vec<Decision> = decisions
            .iter()
            .filter(|d| d.decision == DecisionKind::Given)
            .cloned()
            .collect();
        let method = self.method(asked[0], mood == 3);
        for (answered, decisions) in (0_u8..).zip(apart(decisions)) {
            let at = at + i64::from(answered) * SECOND_MS;
            let mut answer = self.answer(at, subject.clone(), method, decisions);
            answer.based_on = Some(answered.into());
            if answer.decisions.iter().any(|said| said.explicit) && method == Method::ToggleSave {
                answer.method = Method::Button;
            }
            step(at, What::Answer(Box::new(answer)));
        }

        let later = at + dice.between(4 * MINUTE_MS, 6 * HOUR_MS);
        if !given.is_empty() && later < day.end && dice.in_hundred(22) {
            let back = Decision {
                decision: DecisionKind::Withdrawn,
                explicit: false,
                ..dice.one_of(&given).clone()
            };
            let back = self.narrowing(later, subject, vec![back]);
            step(later, What::Narrow(Box::new(back)));
        } else if later < day.end && dice.in_hundred(9) {
            step(
                later,
                What::Narrow(Box::new(self.objection(later, subject))),
            );
        }
    }

    /// The purposes of one question: a page's cookies, or an app's sign-up; any other purpose by itself.
    fn occasion(&self) -> Vec<&Purpose> {
        const WEIGHTS: [u64; 7] = [10, 9, 5, 5, 2, 2, 2];
        let of = |occasion: usize| -> Vec<&Purpose> {
            let asked = |p: &&Purpose| {
                p.asks_consent() && p.incomplete.is_empty() && p.parts.is_empty() && !p.retired
            };
            self.crowd
                .register
                .purposes
                .iter()
                .filter(asked)
                .filter(|p| occasion_of(p) == occasion)
                .collect()
        };
        let all: Vec<Vec<&Purpose>> = (0..WEIGHTS.len()).map(of).collect();
        let weights: Vec<u64> = all
            .iter()
            .zip(WEIGHTS)
            .map(|(asked, weight)| if asked.is_empty() { 0 } else { weight })
            .collect();
        if weights.iter().sum::<u64>() == 0 {
            return Vec::new();
        }
        all.into_iter()
            .nth(self.dice.weighted(&weights))
            .unwrap_or_default()
    }

    fn decision(&self, purpose: &Purpose, yes: bool) -> Decision {
        Decision {
            purpose: purpose.id.clone(),
            decision: if yes {
                DecisionKind::Given
            } else {
                DecisionKind::Refused
            },
            scope: self.scope(purpose.scope_type),
            // Special categories need a statement of their own.
            explicit: yes && purpose.special_category.needs_ground(),
            gpc_acknowledged: false,
            all_scopes: false,
        }
    }

    fn scope(&self, scope: ScopeType) -> Scope {
        let pick = |all: &[&'static str]| {
            let code: &'static str = self.dice.one_of::<&'static str>(all);
            ScopeValue::parse(code).expect("the codes above are valid")
        };
        match scope {
            ScopeType::None => Scope::None,
            ScopeType::Recipient => Scope::Recipient(pick(&RECIPIENTS)),
            ScopeType::Campaign => Scope::Campaign {
                campaign: pick(&CAMPAIGNS),
                medium: pick(&MEDIA),
                surface: pick(&SURFACES),
            },
            ScopeType::Vendor => Scope::Vendor(pick(&RECIPIENTS)),
            ScopeType::Site => Scope::Site(pick(&SURFACES)),
        }
    }

    fn method(&self, purpose: &Purpose, chosen_one_by_one: bool) -> Method {
        match purpose.consent_kind {
            ConsentKind::PhotoFilmAudio | ConsentKind::Tester | ConsentKind::AdvisoryBoard => *self
                .dice
                .one_of(&[Method::Form, Method::Form, Method::Signature]),
            _ if chosen_one_by_one => Method::ToggleSave,
            _ => Method::Button,
        }
    }

    fn event_id(&self, at: UnixMs) -> EventId {
        EventId::from_parts(at, random(&self.dice))
    }

    fn language(&self) -> Language {
        let tag = if self.dice.in_hundred(85) { "sv" } else { "en" };
        Language::parse(tag).expect("sv and en are languages")
    }

    fn answer(
        &self,
        at: UnixMs,
        subject: SubjectId,
        method: Method,
        decisions: Vec<Decision>,
    ) -> ConsentRequest {
        ConsentRequest {
            event_id: self.event_id(at),
            subject,
            notice: self.crowd.notice.clone(),
            language: self.language(),
            variant: None,
            method,
            based_on: Some(0),
            after: Vec::new(),
            decisions,
            occurred_at: None,
            signals: None,
            ui_hash: None,
            surface: None,
            evidence: None,
            actor: None,
            prompt: None,
        }
    }

    fn narrowing(
        &self,
        at: UnixMs,
        subject: SubjectId,
        decisions: Vec<Decision>,
    ) -> WithdrawalRequest {
        WithdrawalRequest {
            event_id: self.event_id(at),
            subject,
            decisions,
            notice: Some(self.crowd.notice.clone()),
            language: Some(self.language()),
            variant: None,
            method: Some(Method::Button),
            based_on: None,
            after: Vec::new(),
            occurred_at: None,
            signals: None,
            ui_hash: None,
            surface: None,
            evidence: None,
            actor: None,
            prompt: None,
        }
    }

    /// Objects to a purpose that rests on legitimate interest, or whose basis the register does not state.
    fn objection(&self, at: UnixMs, subject: SubjectId) -> WithdrawalRequest {
        let rests = |p: &&Purpose| {
            let unscoped = p.scope_type == ScopeType::None;
            unscoped && (p.check_mode.takes_objection() || p.check_mode == CheckMode::NotStated)
        };
        let all: Vec<&Purpose> = self.crowd.register.purposes.iter().filter(rests).collect();
        let all = if all.is_empty() {
            self.crowd.register.purposes.iter().collect()
        } else {
            all
        };
        let decision = Decision {
            purpose: self.dice.one_of(&all).id.clone(),
            decision: DecisionKind::Objected,
            scope: Scope::None,
            explicit: false,
            gpc_acknowledged: false,
            all_scopes: false,
        };
        self.narrowing(at, subject, vec![decision])
    }
}

/// The events of one answer: an explicit decision has a statement, and so an event, of its own (rule E14).
fn apart(decisions: Vec<Decision>) -> Vec<Vec<Decision>> {
    let (explicit, plain): (Vec<_>, Vec<_>) = decisions.into_iter().partition(|d| d.explicit);
    let plain = (!plain.is_empty()).then_some(plain);
    let explicit = explicit.into_iter().map(|decision| vec![decision]);
    plain.into_iter().chain(explicit).collect()
}

fn occasion_of(purpose: &Purpose) -> usize {
    match purpose.consent_kind {
        ConsentKind::Cookie | ConsentKind::None => 0,
        ConsentKind::AppSignup | ConsentKind::SpecialCategoryAnswers => 1,
        ConsentKind::PanelNewsletter => 2,
        ConsentKind::ForwardContactDetails => 3,
        ConsentKind::PhotoFilmAudio => 4,
        ConsentKind::Tester => 5,
        ConsentKind::AdvisoryBoard => 6,
    }
}
