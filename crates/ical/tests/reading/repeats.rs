use insta::assert_snapshot;

use crate::{calendar, event, read_here, said};

/// The check-ins of an event that starts on 12 September 2026, a Saturday, as `0912`; a `!` for each note.
fn days(rule: &str) -> String {
    starting("DTSTART:20260912", rule)
}

fn starting(start: &str, rule: &str) -> String {
    let feed = read_here(event(&format!("{start}\n{rule}"))).expect("a whole calendar");
    let mut days: Vec<String> =
        feed.busy.iter().map(|busy| busy.check_in.strftime("%m%d").to_string()).collect();
    days.extend(feed.notes.iter().map(|_| "!".to_string()));
    days.join(" ")
}

fn check(rule: &str, expected: &str) {
    assert_eq!(days(&format!("RRULE:{rule}")), expected, "{rule}");
}

#[test]
fn daily() {
    check("FREQ=DAILY;COUNT=3", "0912 0913 0914");
    check("FREQ=DAILY;INTERVAL=10;COUNT=4", "0912 0922 1002 1012");
    check("FREQ=DAILY;UNTIL=20260914", "0912 0913 0914");
    check("FREQ=DAILY;UNTIL=20260914T030000Z", "0912 0913 0914");
    check("FREQ=DAILY;BYDAY=MO,WE;COUNT=3", "0912 0914 0916 0921");
    check("freq=daily;count=2;", "0912 0913");
}

#[test]
fn weekly() {
    check("FREQ=WEEKLY;COUNT=3", "0912 0919 0926");
    check("FREQ=WEEKLY;BYDAY=SA,SU;COUNT=4", "0912 0913 0919 0920");
    check("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;COUNT=4", "0912 0913 0926 0927");
    // With weeks from Sunday on, Sunday the 13th is in the next week already.
    check("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SA,SU;COUNT=4", "0912 0920 0926 1004");
    check("FREQ=WEEKLY;BYDAY=MO, TU;UNTIL=20260922", "0912 0914 0915 0921 0922");
}

#[test]
fn monthly() {
    check("FREQ=MONTHLY;COUNT=3", "0912 1012 1112");
    check("FREQ=MONTHLY;BYDAY=2SA;COUNT=3", "0912 1010 1114");
    check("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "0912 0925 1030 1127");
    check("FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=4", "0912 0930 1001 1031 1101");
    check("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "0912 1031 1231 0131");
    check("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "0912 1113 0813");
    check("FREQ=MONTHLY;BYDAY=SA;COUNT=4", "0912 0919 0926 1003");
    check("FREQ=MONTHLY;BYMONTH=10;UNTIL=20271101", "0912 1012 1012");
}

#[test]
fn yearly() {
    check("FREQ=YEARLY;COUNT=3", "0912 0912 0912");
    check("FREQ=YEARLY;BYMONTH=12;BYDAY=-1SU;COUNT=2", "0912 1227 1226");
    check("FREQ=YEARLY;BYMONTH=1,7;COUNT=3", "0912 0112 0712 0112");
    check("FREQ=YEARLY;BYMONTHDAY=20;COUNT=3", "0912 0920 1020 1120");
    assert_eq!(starting("DTSTART:20240229", "RRULE:FREQ=YEARLY"), "0229");
}

#[test]
fn a_rule_from_long_ago_reaches_the_window_only() {
    // From 12 July 2026 (sixty days back) to September 2029.
    assert_eq!(starting("DTSTART:19010719", "RRULE:FREQ=YEARLY"), "0719 0719 0719 0719");
    assert_eq!(starting("DTSTART:19010713", "RRULE:FREQ=MONTHLY;UNTIL=20260913"), "0713 0813 0913");
    assert_eq!(starting("DTSTART:16010101", "RRULE:FREQ=DAILY;INTERVAL=7;UNTIL=20260730"), "0713 0720 0727");
    // A stay that began before the window reaches into it.
    assert_eq!(starting("DTSTART:20250710\nDTEND:20250716", "RRULE:FREQ=YEARLY;COUNT=2"), "0710");
    // COUNT is counted from the start.
    assert_eq!(starting("DTSTART:20260601", "RRULE:FREQ=MONTHLY;COUNT=3"), "0801");
    assert_eq!(starting("DTSTART:20200101", "RRULE:FREQ=DAILY;COUNT=10"), "!");
}

#[test]
fn what_is_not_understood_blocks_once() {
    for rule in [
        "FREQ=HOURLY;COUNT=5",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;UNTIL=someday",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "COUNT=3",
        "nonsense",
        "",
    ] {
        check(rule, "0912 !");
    }
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nRRULE:FREQ=SECONDLY"))), @r#"
    2026-09-12 2026-09-13 stay One (of 2026-09-12)
    line 8: FREQ=SECONDLY is not understood, so only the first occurrence blocks
    "#);
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=2\nEXRULE:FREQ=DAILY"), "0912 0913 !");
}

#[test]
fn extra_and_excluded_days() {
    assert_eq!(days("RDATE:20260920,20260922\nRDATE:\nRDATE:20260924Z"), "0912 0920 0922 0924");
    assert_eq!(days("RDATE;VALUE=PERIOD:20260920T150000/20260922T110000"), "0912 0920");
    assert_eq!(days("RDATE;VALUE=PERIOD:20260920T150000/P1D,soon"), "0912 0920 !");
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260913\nEXDATE:20260914,20260999"), "0912 0915 !");
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260913T000000Z"), "0912 0914");
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260913T030000Z"), "0912 0914");
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=1\nEXDATE:20260912"), "!");
    assert_eq!(days("RRULE:FREQ=DAILY;COUNT=2\nRDATE:20260913,20260913"), "0912 0913");
}

#[test]
fn timed_events_repeat_at_the_same_hour_all_year() {
    let madrid = "DTSTART;TZID=Europe/Madrid:20261023T220000\nDTEND;TZID=Europe/Madrid:20261024T110000";
    assert_eq!(starting(madrid, "RRULE:FREQ=DAILY;COUNT=4"), "1023 1024 1025 1026");
    // UNTIL is an instant: 21:00 UTC is past 22:00 in Madrid in summer, not in winter.
    assert_eq!(starting(madrid, "RRULE:FREQ=DAILY;UNTIL=20261024T203000Z"), "1023 1024");
    assert_eq!(starting(madrid, "RRULE:FREQ=DAILY;UNTIL=20261026T203000Z"), "1023 1024 1025");
    // An exception by instant, by local time, by day.
    let rule = "RRULE:FREQ=DAILY;COUNT=3\nEXDATE";
    assert_eq!(starting(madrid, &format!("{rule}:20261024T200000Z")), "1023 1025");
    assert_eq!(starting(madrid, &format!("{rule};TZID=Europe/Madrid:20261024T220000")), "1023 1025");
    assert_eq!(starting(madrid, &format!("{rule};VALUE=DATE:20261024")), "1023 1025");
    // One that fits no start frees nothing.
    assert_eq!(starting(madrid, &format!("{rule}:20261024T210000Z")), "1023 1024 1025");
    // Cleaning every Saturday morning takes no night.
    assert_eq!(starting("DTSTART:20260912T100000\nDTEND:20260912T120000", "RRULE:FREQ=WEEKLY"), "!");
}

/// A weekly stay of one night on three Saturdays, and an event that replaces the second.
fn replacing(lines: &str) -> String {
    said(read_here(calendar(&format!(
        "BEGIN:VEVENT\nUID:r\nSUMMARY:Each week\nDTSTART:20260912\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:r\nSUMMARY:Instead\n{lines}\nEND:VEVENT"
    ))))
}

#[test]
fn replaced_occurrences() {
    assert_snapshot!(replacing("RECURRENCE-ID:20260919\nDTSTART:20260921"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-21 2026-09-22 stay Instead (of 2026-09-19)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    "#);
    assert_snapshot!(replacing("RECURRENCE-ID;VALUE=DATE:20260919\nDTSTART:20260919\nSTATUS:CANCELLED"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    line 10: it is cancelled, so it blocks nothing
    "#);
    assert_snapshot!(replacing("RECURRENCE-ID:20260920\nDTSTART:20260921"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-19 2026-09-20 stay Each week (of 2026-09-19)
    2026-09-21 2026-09-22 stay Instead (of 2026-09-20)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    "#);
    assert_snapshot!(replacing("RECURRENCE-ID;RANGE=THISANDFUTURE:20260919\nDTSTART:20260921"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-21 2026-09-22 stay Instead (of 2026-09-19)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    line 13: RANGE=THISANDFUTURE is not understood: this occurrence is moved, later ones block as before
    "#);
}

#[test]
fn a_replacement_without_its_event_stands_alone() {
    let feed = read_here(event("DTSTART:20260912\nRECURRENCE-ID:20260911")).expect("a whole calendar");
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-12 2026-09-13 stay One (of 2026-09-11)
    "#);
}
