//! Repeating events.

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

/// Expected days by python-dateutil 2.9.
#[test]
fn positions_in_a_period() {
    check("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;COUNT=4", "0912 1005 1102 1207 0104");
    check("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", "0912 0930 1030 1130");
    check("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1;COUNT=4", "0912 0927 1003 1031 1101");
    check("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4", "0912 0930 1031 1130 1231");
    check("FREQ=YEARLY;BYMONTH=12;BYDAY=FR,SA;BYSETPOS=-2,2;COUNT=4", "0912 1205 1225 1204 1225");
    check("FREQ=WEEKLY;BYDAY=TH,FR,SA;BYSETPOS=2;COUNT=3", "0912 0918 0925 1002");
    check("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6;UNTIL=20270101", "0912");
}

/// As above.
#[test]
fn weekdays_of_a_year() {
    check("FREQ=YEARLY;BYDAY=1SU;COUNT=2", "0912 0103 0102");
    check("FREQ=YEARLY;BYDAY=-1FR,20MO;COUNT=4", "0912 1225 0517 1231 0515");
    check("FREQ=YEARLY;BYDAY=SA;COUNT=3", "0912 0919 0926");
    check("FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "0912 1113 0813");
    check("FREQ=YEARLY;BYDAY=53FR;COUNT=1", "0912 1231");
    // Either of them, by RFC 5545; dateutil takes those that are both.
    check("FREQ=YEARLY;BYDAY=SA,1MO;BYSETPOS=-1;COUNT=2", "0912 1226 1225");
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
fn what_is_not_understood_blocks_once_and_is_told() {
    for rule in [
        "FREQ=HOURLY;COUNT=5",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=0",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=3",
        "FREQ=YEARLY;BYDAY=54MO",
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
        let feed = read_here(event(&format!("DTSTART:20260912\nRRULE:{rule}"))).expect("a whole calendar");
        assert_eq!(feed.unreadable.len(), 1, "{rule}");
        assert_eq!(feed.busy[0].uid, "one@test/part", "{rule}");
    }
    let unreadable = |lines: &str| read_here(event(lines)).expect("a whole calendar").unreadable.len();
    assert_eq!(unreadable("DTSTART:20260912\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=9"), 1);
    assert_eq!(unreadable("DTSTART:20260912\nRDATE:20260914,soon"), 1);
    // An EXDATE that cannot be read frees nothing, and what is over or takes no night anyway matters to nobody.
    assert_eq!(unreadable("DTSTART:20260912\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:soon"), 0);
    assert_eq!(unreadable("DTSTART:20260101\nRRULE:FREQ=HOURLY;UNTIL=20260201"), 0);
    assert_eq!(unreadable("DTSTART:20260912T100000\nDTEND:20260912T110000\nRRULE:FREQ=HOURLY"), 0);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nRRULE:FREQ=SECONDLY"))), @r#"
    2026-09-12 2026-09-13 stay One (of 2026-09-12)
    line 8: FREQ=SECONDLY is not understood, so nobody knows all days of this event
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
}

/// From the second of three on.
#[test]
fn replaced_with_all_that_follow() {
    let later = |lines: &str| replacing(&format!("RECURRENCE-ID;RANGE=THISANDFUTURE:20260919\n{lines}"));
    assert_snapshot!(later("DTSTART:20260921"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-21 2026-09-22 stay Instead (of 2026-09-19)
    2026-09-28 2026-09-29 stay Each week (of 2026-09-26)
    "#);
    assert_snapshot!(later("DTSTART:20260918\nDTEND:20260921"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-18 2026-09-21 stay Instead (of 2026-09-19)
    2026-09-25 2026-09-28 stay Each week (of 2026-09-26)
    "#);
    // What frees later ones is not believed, nor what cannot be read.
    assert_snapshot!(later("DTSTART:20260919\nSTATUS:CANCELLED"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    line 10: it is cancelled, so it blocks nothing
    line 10: later ones of the same event (RANGE=THISANDFUTURE) block as before
    "#);
    assert_snapshot!(later("DTSTART:20260919\nDTEND:null"), @r#"
    2026-09-12 2026-09-13 stay Each week (of 2026-09-12)
    2026-09-19 2026-09-20 stay Instead (of 2026-09-19)
    2026-09-26 2026-09-27 stay Each week (of 2026-09-26)
    line 10: its end cannot be read, the night of its first day is blocked
    line 15: the DTEND cannot be read
    "#);
    // A stay of years ago that was moved by a month: what reaches the window does so by the change.
    let body = calendar(
        "BEGIN:VEVENT\nUID:r\nDTSTART:20240704\nRRULE:FREQ=YEARLY;COUNT=3\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20250704\nDTSTART:20250804\nEND:VEVENT",
    );
    assert_snapshot!(said(read_here(body)), @r#"
    2025-08-04 2025-08-05 stay  (of 2025-07-04)
    2026-08-04 2026-08-05 stay  (of 2026-07-04)
    "#);
    let timed = calendar(
        "BEGIN:VEVENT\nUID:r\nDTSTART;TZID=Europe/Madrid:20260912T220000\n\
         DTEND;TZID=Europe/Madrid:20260913T110000\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260919T200000Z\n\
         DTSTART;TZID=Europe/Madrid:20260920T220000\nDTEND;TZID=Europe/Madrid:20260922T110000\nEND:VEVENT",
    );
    assert_snapshot!(said(read_here(timed)), @r#"
    2026-09-12 2026-09-13 stay  (of 2026-09-12)
    2026-09-20 2026-09-22 stay  (of 2026-09-19)
    2026-09-27 2026-09-29 stay  (of 2026-09-26)
    "#);
}

#[test]
fn a_replacement_without_its_event_stands_alone() {
    let feed = read_here(event("DTSTART:20260912\nRECURRENCE-ID:20260911")).expect("a whole calendar");
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-12 2026-09-13 stay One (of 2026-09-11)
    "#);
}
