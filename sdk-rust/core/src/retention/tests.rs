//! Tests the calendar rules and the retention table of docs/registers.md by value.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;

fn ms(text: &str) -> i64 {
    let full = match text.len() {
        10 => format!("{text}T12:00:00Z"),
        _ => text.to_owned(),
    };
    full.parse::<Timestamp>().unwrap().as_millisecond()
}

fn anchors(pairs: &[(&str, &str)]) -> Anchors {
    let mut anchors = Anchors::default();
    for (name, at) in pairs {
        anchors.set(name, calendar::day_of(ms(at)));
    }
    anchors
}

fn term(rule: &str) -> Term {
    Rule::parse(rule).unwrap().into()
}

fn eval(terms: &[Term], pairs: &[(&str, &str)], now: &str) -> Retention {
    erase_due(terms, &anchors(pairs), &Params::new(), ms(now))
}

/// The last day on which the item may exist: it is due at 00:00 local time the day after.
fn through(rule: &str, pairs: &[(&str, &str)]) -> String {
    match eval(&[term(rule)], pairs, "2026-11-22").due {
        Some(due) => calendar::day_of(due - 1).to_string(),
        None => "open".to_owned(),
    }
}

#[test]
fn the_calendar_paragraph() {
    for (rule, anchor, last) in [
        ("after(a, P1Y)", "2024-02-29", "2025-02-28"),
        ("after(a, P13M)", "2025-12-31", "2027-01-31"),
        ("after(a, P6M)", "2025-08-31", "2026-02-28"),
        ("after(a, P60D)", "2026-03-01", "2026-04-30"),
        ("after(a, P30D)", "2026-01-31", "2026-03-02"),
        ("after(a, P0D)", "2026-06-30T22:30:00Z", "2026-07-01"),
        ("after(a, P1Y)", "2026-06-30T22:30:00Z", "2027-07-01"),
        ("after(a, P0D)", "2026-06-30T21:30:00Z", "2026-06-30"),
    ] {
        assert_eq!(through(rule, &[("a", anchor)]), last, "{rule} {anchor}");
    }
    let due = eval(
        &[term("after(a, P1Y)")],
        &[("a", "2024-02-29")],
        "2024-03-01",
    )
    .due;
    // 00:00 in Stockholm in winter is 23:00 UTC the day before.
    assert_eq!(due, Some(ms("2025-02-28T23:00:00Z")));
    let summer = eval(
        &[term("after(a, P1M)")],
        &[("a", "2026-06-15")],
        "2026-06-15",
    )
    .due;
    assert_eq!(summer, Some(ms("2026-07-15T22:00:00Z")));
}

#[test]
fn a_fiscal_year_is_kept_seven_calendar_years() {
    let rule = "after(fiscal_year.calendar_year_end, P7Y)";
    for pairs in [
        [("fiscal_year.ended", "2025-04-30")],
        [("fiscal_year.calendar_year_end", "2025-04-30")],
        [("fiscal_year.calendar_year_end", "2025-12-31")],
    ] {
        assert_eq!(through(rule, &pairs), "2032-12-31");
    }
    let mut held = term(rule);
    held.hold = true;
    let out = eval(
        &[held],
        &[("fiscal_year.ended", "2025-04-30")],
        "2030-01-01",
    );
    assert_eq!(out.due, Some(ms("2032-12-31T23:00:00Z")));
    assert_eq!(out.erase_refused_before, out.due);
    assert!(out.refuses_erasure(ms("2030-01-01")) && !out.refuses_erasure(ms("2033-01-01")));
}

#[test]
fn the_retention_table() {
    let case = "earliest(after(case.closed, P7D), after(file.received, P12M))";
    let photo = "earliest(after(campaign.ended, P0D), after(consent.withdrawn, P0D))";
    for (rule, pairs, last) in [
        (
            "after(contract.ended, P1Y)",
            vec![("contract.ended", "2026-05-31")],
            "2027-05-31",
        ),
        (
            "after(contract.ended, P3Y)",
            vec![("contract.ended", "2026-05-31")],
            "2029-05-31",
        ),
        (
            "after(contract.ended, P30D)",
            vec![("contract.ended", "2026-05-31")],
            "2026-06-30",
        ),
        // 13 months are not always 395 days: this year they are 396.
        (
            "after(contract.ended, P13M)",
            vec![("contract.ended", "2027-02-15")],
            "2028-03-15",
        ),
        (
            "after(item.collected, P60D)",
            vec![("item.collected", "2026-01-01")],
            "2026-03-02",
        ),
        (
            "after(item.collected, P2Y)",
            vec![("item.collected", "2024-02-29")],
            "2026-02-28",
        ),
        (
            "after(item.collected, P3Y)",
            vec![("item.collected", "2026-01-01")],
            "2029-01-01",
        ),
        (
            "after(item.collected, P5Y)",
            vec![("item.collected", "2026-01-01")],
            "2031-01-01",
        ),
        (
            "after(request.closed, P10Y)",
            vec![("request.closed", "2026-01-01")],
            "2036-01-01",
        ),
        (
            "after(incident.closed, P10Y)",
            vec![("incident.closed", "2024-02-29")],
            "2034-02-28",
        ),
        (
            "range(cookie.set, P1D, P365D)",
            vec![("cookie.set", "2027-03-01")],
            "2028-02-29",
        ),
        (
            "after(recruitment.closed, P2Y)",
            vec![("recruitment.closed", "2026-01-01")],
            "2028-01-01",
        ),
        (
            case,
            vec![
                ("file.received", "2025-01-10"),
                ("case.closed", "2026-01-08"),
            ],
            "2026-01-10",
        ),
        (
            case,
            vec![
                ("file.received", "2025-12-01"),
                ("case.closed", "2026-01-08"),
            ],
            "2026-01-15",
        ),
        (case, vec![("file.received", "2025-12-01")], "2026-12-01"),
        ("none", vec![], "open"),
        (photo, vec![("campaign.ended", "2026-08-01")], "2026-08-01"),
        (
            photo,
            vec![
                ("campaign.ended", "2026-08-01"),
                ("consent.withdrawn", "2026-07-01"),
            ],
            "2026-07-01",
        ),
        (
            "after(file.downloaded, P6M)",
            vec![("file.downloaded", "2025-08-31")],
            "2026-02-28",
        ),
        (
            "max(account.deregistered, P1Y)",
            vec![("account.deregistered", "2026-01-01")],
            "2027-01-01",
        ),
        ("after(contract.ended, P1Y)", vec![], "open"),
    ] {
        assert_eq!(through(rule, &pairs), last, "{rule} {pairs:?}");
    }
    assert!(eval(&[term("none")], &[], "2026-01-01").none);
}

/// "i minst 7 år": a lower bound alone refuses erasure and sets no date.
#[test]
fn a_minimum_refuses_erasure() {
    let min = term("min(fiscal_year.calendar_year_end, P7Y)");
    let out = eval(
        std::slice::from_ref(&min),
        &[("fiscal_year.ended", "2025-04-30")],
        "2026-01-01",
    );
    assert_eq!(out.due, None);
    assert_eq!(out.erase_refused_before, Some(ms("2032-12-31T23:00:00Z")));
    let out = eval(std::slice::from_ref(&min), &[], "2026-01-01");
    assert_eq!(out.erase_refused_before, Some(i64::MAX));
    assert!(out.refuses_erasure(ms("2026-01-01")));
    // A lower bound overrides an upper bound.
    let both = [min, term("max(account.deregistered, P1Y)")];
    let pairs = [
        ("fiscal_year.ended", "2025-04-30"),
        ("account.deregistered", "2026-01-01"),
    ];
    assert_eq!(
        eval(&both, &pairs, "2026-01-01").due,
        Some(ms("2032-12-31T23:00:00Z"))
    );
}

#[test]
fn a_maximum_cuts_everything_but_a_hold() {
    let terms = [
        term("while(purpose.active)"),
        term("max(account.deregistered, P1Y)"),
        term("hold(legal_requirement)"),
    ];
    let gone = ("account.deregistered", "2025-01-01");
    let out = eval(&terms, &[gone], "2026-06-01");
    assert_eq!(out.due, Some(ms("2026-01-01T23:00:00Z")));
    assert!(out.is_due(ms("2026-06-01")) && out.hold.is_none());

    let held = [gone, ("hold.legal_requirement", "2025-06-01")];
    let out = eval(&terms, &held, "2026-06-01");
    assert_eq!((out.due, out.hold.as_ref().unwrap().until), (None, None));
    assert!(out.refuses_erasure(ms("2026-06-01")));

    let ending = [
        held[0],
        held[1],
        ("hold.legal_requirement.ended", "2026-09-01"),
    ];
    let out = eval(&terms, &ending, "2026-06-01");
    // A hold ends with its last day.
    assert_eq!(out.due, Some(ms("2026-09-01T22:00:00Z")));
    assert_eq!(eval(&terms, &ending, "2026-10-01").hold, None);
    assert!(eval(&terms, &ending, "2026-10-01").is_due(ms("2026-10-01")));
}

#[test]
fn a_while_lasts_until_its_first_end_event() {
    let mut open = term("while(purpose.active)");
    open.end_events = vec!["consent.withdrawn".into(), "account.closed".into()];
    let terms = [open];
    assert!(eval(&terms, &[], "2026-01-01").open_ended);
    let out = eval(
        &terms,
        &[
            ("account.closed", "2026-03-01"),
            ("consent.withdrawn", "2026-04-01"),
        ],
        "2026-05-01",
    );
    assert_eq!(out.due, Some(ms("2026-03-01T23:00:00Z")));
    assert!(!out.open_ended);
}

#[test]
fn parameters_have_no_default() {
    let rule = "earliest(after(latest(service.fully_ended, contract.obligations_ended), PARAM:reasonable_time), \
                after(erasure.requested, PARAM:reasonable_time))";
    let terms = [term(rule)];
    let now = ms("2026-06-01");
    let asked = anchors(&[("erasure.requested", "2026-03-01")]);
    let out = erase_due(&terms, &asked, &Params::new(), now);
    assert_eq!(
        (out.due, out.missing),
        (None, vec!["reasonable_time".to_owned()])
    );

    let params = Params::from([("reasonable_time".to_owned(), CalendarDuration::of_days(30))]);
    let out = erase_due(&terms, &asked, &params, now);
    assert_eq!(out.due, Some(ms("2026-03-31T22:00:00Z")));
    // The service has ended and the contract's obligations have not: the first alternative still waits.
    let half = anchors(&[("service.fully_ended", "2026-01-01")]);
    assert_eq!(erase_due(&terms, &half, &params, now).due, None);
    let both = anchors(&[
        ("service.fully_ended", "2026-01-01"),
        ("contract.obligations_ended", "2026-01-31"),
    ]);
    assert_eq!(
        erase_due(&terms, &both, &params, now).due,
        Some(ms("2026-03-02T23:00:00Z"))
    );
}

#[test]
fn a_range_takes_the_declared_value_inside_its_bounds() {
    let terms = [term("range(item.created, P7D, P12M)")];
    let created = anchors(&[("item.created", "2026-01-01")]);
    let due = |value: Option<&str>| {
        let params = value
            .map(|v| ("item.created".to_owned(), v.parse().unwrap()))
            .into_iter()
            .collect();
        let out = erase_due(&terms, &created, &params, 0);
        (
            calendar::day_of(out.due.unwrap() - 1).to_string(),
            out.missing.len(),
        )
    };
    assert_eq!(due(Some("P30D")), ("2026-01-31".into(), 0));
    assert_eq!(due(Some("P1D")), ("2026-01-08".into(), 0));
    assert_eq!(due(Some("P2Y")), ("2027-01-01".into(), 0));
    assert_eq!(due(None), ("2027-01-01".into(), 1));
}

#[test]
fn the_latest_waits_for_all_and_holds_name_the_longest() {
    let rule = "latest(after(a, P1D), after(b, P1D))";
    assert_eq!(through(rule, &[("a", "2026-01-01")]), "open");
    assert_eq!(
        through(rule, &[("a", "2026-01-01"), ("b", "2026-02-01")]),
        "2026-02-02"
    );
    let terms = [term("hold(x)"), term("hold(y)")];
    let pairs = [
        ("hold.x", "2026-01-01"),
        ("hold.y", "2026-01-01"),
        ("hold.x.ended", "2027-01-01"),
    ];
    assert_eq!(eval(&terms, &pairs, "2026-06-01").hold.unwrap().reason, "y");
}

/// Moments from 1990 to 2090, far from the calendar's limits.
fn moments() -> impl Strategy<Value = i64> {
    631_152_000_000i64..3_786_912_000_000
}

fn durations() -> impl Strategy<Value = CalendarDuration> {
    (0u16..12, 0u16..40, 0u16..9, 0u16..400)
        .prop_map(|(y, m, w, d)| format!("P{y}Y{m}M{w}W{d}D").parse().unwrap())
}

fn names() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,6}(\\.[a-z][a-z_]{0,6})?"
        .prop_filter("words of the grammar", |n| n != "earliest" && n != "latest")
}

fn rules() -> impl Strategy<Value = Rule> {
    let length = prop_oneof![
        durations().prop_map(Length::Fixed),
        "[a-z][a-z_]{0,8}".prop_map(Length::Param),
    ];
    let anchor = names()
        .prop_map(Anchor::Name)
        .prop_recursive(2, 4, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..3).prop_map(Anchor::Earliest),
                prop::collection::vec(inner, 1..3).prop_map(Anchor::Latest),
            ]
        });
    let leaf = prop_oneof![
        (anchor.clone(), length.clone()).prop_map(|(a, l)| Rule::After(a, l)),
        (anchor.clone(), length.clone()).prop_map(|(a, l)| Rule::Min(a, l)),
        (anchor.clone(), length).prop_map(|(a, l)| Rule::Max(a, l)),
        (anchor, 0u16..50, 50u16..400).prop_map(|(a, min, max)| {
            Rule::Range(
                a,
                CalendarDuration::of_days(min),
                CalendarDuration::of_days(max),
            )
        }),
        names().prop_map(Rule::While),
        names().prop_map(Rule::Hold),
        Just(Rule::None),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Rule::Earliest),
            prop::collection::vec(inner, 1..4).prop_map(Rule::Latest),
        ]
    })
}

proptest! {
    #[test]
    fn a_rule_survives_being_written_and_read(rule in rules()) {
        prop_assert_eq!(Rule::parse(&rule.to_string()), Ok(rule));
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,60}") {
        let _ = Rule::parse(&text);
        let _ = CalendarDuration::parse(&text);
    }

    #[test]
    fn due_grows_with_the_anchor(at in moments(), more in 0i64..100_000_000_000, length in durations()) {
        let due = |at: i64| {
            let rule = Rule::After(Anchor::Name("a".into()), Length::Fixed(length));
            let mut anchors = Anchors::default();
            anchors.set("a", calendar::day_of(at));
            erase_due(&[rule.into()], &anchors, &Params::new(), at).due
        };
        prop_assert!(due(at) <= due(at + more));
        prop_assert!(due(at) > Some(at));
        prop_assert!(add_calendar(at, &length) >= at);
    }

    #[test]
    fn due_grows_with_each_unit(at in moments(), length in durations(), more in durations()) {
        let sum: Vec<u16> = length.units().iter().zip(more.units()).map(|(a, b)| a + b).collect();
        let longer: CalendarDuration =
            format!("P{}Y{}M{}W{}D", sum[0], sum[1], sum[2], sum[3]).parse().unwrap();
        let day = calendar::day_of(at);
        prop_assert!(length.added_to(day) <= longer.added_to(day));
        prop_assert!(length.never_longer_than(&longer));
    }

    /// Adding months and years keeps the day of the month or clamps it to the month's end.
    #[test]
    fn months_clamp(at in moments(), months in 0u16..600) {
        let day = calendar::day_of(at);
        let end = CalendarDuration::of_months(months).added_to(day);
        let whole = (i32::from(day.year()) - 1) * 12 + i32::from(day.month()) + i32::from(months);
        prop_assert_eq!((i32::from(end.year()) - 1) * 12 + i32::from(end.month()), whole);
        prop_assert_eq!(end.day(), day.day().min(end.days_in_month()));
    }
}
