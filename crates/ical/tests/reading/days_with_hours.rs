//! Whole days that are written with hours, and days that a host leaves out.

use ical::{LeaveOut, PersonalKind, read_without};
use insta::assert_snapshot;

use crate::{calendar, event, limits, read_here, said, zone};

/// What makes an event repeat is written in the same midnights.
#[test]
fn midnights_of_another_clock_that_repeat() {
    let body = event(
        "DTSTART:20260912T000000Z\nDTEND:20260914T000000Z\nRRULE:FREQ=WEEKLY;COUNT=4\n\
         EXDATE:20260919T000000Z\nRDATE:20261201T000000Z",
    );
    assert_snapshot!(said(read_here(&body)), @r#"
    2026-09-12 2026-09-14 stay One (of 2026-09-12)
    2026-09-26 2026-09-28 stay One (of 2026-09-26)
    2026-10-03 2026-10-05 stay One (of 2026-10-03)
    2026-12-01 2026-12-03 stay One (of 2026-12-01)
    line 4: no hour is told but midnights of another clock: they are read as whole days
    "#);
    let moved = body.replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:one@test\r\nSUMMARY:One\r\nRECURRENCE-ID:20260926T000000Z\r\n\
         DTSTART:20260929T000000Z\r\nDTEND:20260930T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    assert_snapshot!(said(read_here(moved)), @r#"
    2026-09-12 2026-09-14 stay One (of 2026-09-12)
    2026-09-29 2026-09-30 stay One (of 2026-09-26)
    2026-10-03 2026-10-05 stay One (of 2026-10-03)
    2026-12-01 2026-12-03 stay One (of 2026-12-01)
    line 4: no hour is told but midnights of another clock: they are read as whole days
    "#);
}

/// One real hour, and nobody knows any more what the midnights mean; a cancelled event tells one too.
#[test]
fn an_hour_anywhere_makes_hours_of_midnights() {
    let midnights = "BEGIN:VEVENT\nUID:a\nDTSTART:20260912T000000Z\nDTEND:20260914T000000Z\nEND:VEVENT";
    let with = |other: &str| said(read_here(calendar(&format!("{midnights}\n{other}"))));
    assert_snapshot!(with("BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20261001\nEND:VEVENT"), @r#"
    2026-09-12 2026-09-14 stay 
    2026-10-01 2026-10-02 stay 
    line 4: no hour is told but midnights of another clock: they are read as whole days
    "#);
    assert_snapshot!(with("BEGIN:VEVENT\nUID:b\nDTSTART:20261001T170000Z\nDTEND:20261001T180000Z\nEND:VEVENT"), @r#"
    2026-09-11 2026-09-14 stay 
    line 9: it touches no night, so it blocks nothing
    "#);
    // An end that is missing is no hour.
    assert_snapshot!(with("BEGIN:VEVENT\nUID:b\nDTSTART:20261001T000000Z\nEND:VEVENT"), @r#"
    2026-09-12 2026-09-14 stay 
    2026-10-01 2026-10-02 stay 
    line 4: no hour is told but midnights of another clock: they are read as whole days
    "#);
}

/// A time that calls itself a date is one, wherever it stands.
#[test]
fn dates_with_a_time_in_them() {
    let body = event(
        "DTSTART;VALUE=DATE:20260912T000000Z\nDTEND;VALUE=DATE:20260914T000000Z\nRRULE:FREQ=WEEKLY;COUNT=3\n\
         EXDATE;VALUE=DATE:20260919T000000Z\nRDATE;VALUE=DATE:20261201T000000Z",
    );
    let hours = "BEGIN:VEVENT\r\nUID:h\r\nDTSTART:20261101T180000Z\r\nDTEND:20261102T130000Z\r\nEND:VEVENT\r\nEND:VCALENDAR";
    assert_snapshot!(said(read_here(body.replace("END:VCALENDAR", hours))), @r#"
    2026-09-12 2026-09-14 stay One (of 2026-09-12)
    2026-09-26 2026-09-28 stay One (of 2026-09-26)
    2026-11-01 2026-11-02 stay 
    2026-12-01 2026-12-03 stay One (of 2026-12-01)
    "#);
}

#[test]
fn a_host_leaves_days_out() {
    let body = calendar(
        "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260912\nSUMMARY:Cumpleaños de Ana\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20260925\nSUMMARY:Feriado\nTRANSP:TRANSPARENT\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:c\nDTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261004\nSUMMARY:Paz\nTRANSP:TRANSPARENT\nEND:VEVENT",
    );
    let read = |leave_out: &[PersonalKind]| {
        let leave_out = LeaveOut::of(leave_out.iter().copied());
        read_without(body.as_bytes(), &zone("America/Argentina/Cordoba"), &limits(), &leave_out)
            .expect("a calendar")
    };
    let all = read(&[]);
    assert_eq!((all.busy.len(), all.passed_over.left_out), (4, 0));
    let named: Vec<_> =
        all.personal.iter().map(|one| (one.busy.check_in.to_string(), one.kind, one.left_out)).collect();
    use PersonalKind::{Birthday, Holiday, MarkedFree};
    assert_eq!(
        named,
        [
            ("2026-09-12".to_owned(), Birthday, false),
            ("2026-09-25".to_owned(), Holiday, false),
            ("2026-10-01".to_owned(), MarkedFree, false),
            ("2027-09-12".to_owned(), Birthday, false),
        ]
    );
    let some = read(&[Birthday, Holiday]);
    assert_eq!((some.busy.len(), some.passed_over.left_out), (1, 3));
    assert_eq!(some.busy[0].summary, "Paz");
    assert_eq!(some.personal.len(), 4, "what is left out is named too");
    assert_eq!(read(&[MarkedFree]).busy.len(), 3);
}
