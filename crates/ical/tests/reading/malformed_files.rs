//! Files that programs wrote wrongly.

use insta::assert_snapshot;
use jiff::civil::date;

use crate::{calendar, event, read_here, said};

const DAYS: &str = "DTSTART;VALUE=DATE:20260912\nDTEND;VALUE=DATE:20260914";

#[test]
fn line_breaks_blank_lines_and_byte_order_mark() {
    let crlf = event(DAYS);
    let expected = said(read_here(&crlf));
    assert_snapshot!(expected, @r#"
    2026-09-12 2026-09-14 stay One
    "#);
    let lf = crlf.replace("\r\n", "\n");
    for body in [
        lf.clone(),
        crlf.replace("\r\n", "\r"),
        crlf.replace("\r\n", "\n\n"),
        crlf.replace("\r\n", "\r\r\n"),
        format!("\u{feff}{crlf}"),
        format!("\r\n\r\n{crlf}\r\n\r\n"),
        lf.replace(":", "\n\n :"),
        lf.replace("DTSTART", "DT\n\tSTART").replace("END:VEVENT", "E\n ND:VE\n VENT"),
        lf.trim_end().to_string(),
        lf.to_lowercase().replace("summary:one", "summary:One"),
        lf.replace(";VALUE=DATE", ""),
        lf.replace(";VALUE=DATE", " ; VALUE = DATE-TIME "),
        lf.replace(";VALUE=DATE:", ";X=\"a:b;c\";VALUE=DATE:"),
    ] {
        assert_eq!(said(read_here(&body)), expected, "{body}");
    }
}

#[test]
fn a_fold_inside_a_character() {
    let mut body = event(DAYS).into_bytes();
    let at = body.windows(11).position(|bytes| bytes == b"SUMMARY:One").expect("a summary");
    body.splice(at + 8..at + 11, b"Caba\xC3\r\n \xB1a".iter().copied());
    assert_snapshot!(said(read_here(body)), @r#"
    2026-09-12 2026-09-14 stay Cabaña
    "#);
}

#[test]
fn ends() {
    assert_snapshot!(said(read_here(event("DTSTART:20260912"))), @r#"
    2026-09-12 2026-09-13 stay One
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDTEND:20260912"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 4: it ends on the day it starts, one night is blocked
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDTEND:20260910"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 4: it ends before it starts, one night is blocked
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDURATION:PT36H"))), @r#"
    2026-09-12 2026-09-14 stay One
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDURATION:-P1D"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 4: it ends before it starts, one night is blocked
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912T150000\nDTEND:20260914"))), @r#"
    2026-09-12 2026-09-14 stay One
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDTEND:20260914T110000"))), @r#"
    2026-09-12 2026-09-14 stay One
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912T150000"))), @r#"
    line 4: it touches no night, so it blocks nothing
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912T150000\nDTEND:20260911T150000"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 4: it ends before it starts, the night of its first day is blocked
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912T150000\nDURATION:P1DT20H"))), @r#"
    2026-09-12 2026-09-14 stay One
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDTSTART:20261012"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 8: a second DTSTART, the first counts
    "#);
    assert_snapshot!(said(read_here(event("DTSTART:19000101\nDTEND:99991231"))), @r#"
    2026-07-01 2029-09-01 stay One
    line 4: it is longer than events may be, the nights far from today are cut off
    "#);
}

#[test]
fn an_event_whose_days_cannot_be_read_is_not_taken_for_gone() {
    let feed = read_here(event("DTSTART:soon")).expect("a whole calendar");
    assert_eq!(feed.unreadable.len(), 1);
    assert_eq!(feed.unreadable[0].uid.as_deref(), Some("one@test"));
    assert_snapshot!(said(Ok(feed)), @r#"
    line 4: an event whose days cannot be read
    line 7: the DTSTART cannot be read
    "#);
}

#[test]
fn an_end_that_cannot_be_read_does_not_shorten_a_stay() {
    for end in [
        "DTEND;VALUE=DATE:null",
        "DTEND:tomorrow",
        "DTEND;VALUE=DATE:2026",
        "DTEND:",
        "DURATION:null",
        "DURATION:P",
        "DTEND:null\nDURATION:P4D",
    ] {
        for start in ["DTSTART;VALUE=DATE:20260912", "DTSTART:20260912T150000"] {
            let feed = read_here(event(&format!("{start}\n{end}"))).expect("a whole calendar");
            let unreadable: Vec<_> = feed.unreadable.iter().map(|event| event.uid.as_deref()).collect();
            assert_eq!(unreadable, [Some("one@test")], "{start} {end}");
            // The first night is sure, under a name that is not that of the stay.
            assert_eq!(feed.busy.len(), 1, "{start} {end}");
            assert_eq!(feed.busy[0].uid, "one@test/part");
            assert_eq!(
                (feed.busy[0].check_in, feed.busy[0].check_out),
                (date(2026, 9, 12), date(2026, 9, 13))
            );
        }
    }
    assert_snapshot!(said(read_here(event("DTSTART:20260912\nDTEND:tomorrow"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 4: its end cannot be read, the night of its first day is blocked
    line 8: the DTEND cannot be read
    "#);
}

/// An error message in the place of some events: nobody knows what else is missing.
#[test]
fn a_line_that_is_no_part_of_a_calendar() {
    let stay = |uid: &str| format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20260912\nEND:VEVENT");
    let between = |line: &str| said(read_here(calendar(&format!("{}\n{line}\n{}", stay("a"), stay("b")))));
    assert_snapshot!(between("{\"code\":500,\"message\":\"There was an error\"}"), @r#"
    refused: line 8: this is no part of a calendar: "{ code :500, message : There was an error }"
    "#);
    for line in
        ["Internal Server Error", "<html>", "<b>Warning</b>: Undefined index in /srv/a.php", "[]", "…"]
    {
        assert!(between(line).starts_with("refused: line 8: this is no part of a calendar"), "{line}");
        let first = said(read_here(calendar(&format!("{}\n{line}", stay("a")))));
        assert!(first.starts_with("refused: line 8"), "{line}");
    }
    // Before any event.
    let head =
        |line: &str| said(read_here(calendar(&format!("X-WR-CALDESC:Cabañas\n{line}\n{}", stay("a")))));
    assert!(head("{\"code\":500}").starts_with("refused: line 5"));
    // A text that was broken and not folded, with and without a colon in it; lines of white space.
    assert_snapshot!(head("al pie del cerro\nTeléfono: 351"), @r#"
    2026-09-12 2026-09-13 stay 
    line 5: a line that is no property, not read
    line 6: a line that is no property, not read
    "#);
    assert_eq!(between(" \n\t\n"), between(""));
    assert_eq!(between("X-MADE UP_BY.SOMEBODY/2;A=b:c"), between(""));
    // Inside an event it may be the rest of a text.
    let inside = event("DTSTART:20260912\nDESCRIPTION:Hola\n{llave}\n<b>sin plegar</b>\nGracias");
    assert_snapshot!(said(read_here(inside)), @r#"
    2026-09-12 2026-09-13 stay One
    "#);
    // What follows the end of a whole calendar takes nothing from it.
    let after = format!("{}<!-- cached -->\r\n", event("DTSTART:20260912"));
    assert_snapshot!(said(read_here(after)), @r#"
    2026-09-12 2026-09-13 stay One
    line 10: a line outside the calendar, not read
    "#);
}

#[test]
fn begins_and_ends_out_of_order() {
    let lines = |text: &str| said(read_here(calendar(text)));
    let days = "DTSTART:20260912";
    // The END of an event is missing before another event, and before the end.
    assert_snapshot!(lines(&format!("BEGIN:VEVENT\nUID:a\n{days}\nBEGIN:VEVENT\nUID:b\n{days}")), @r#"
    2026-09-12 2026-09-13 stay 
    2026-09-12 2026-09-13 stay 
    line 7: an END is missing before this line
    line 10: an END is missing before this line
    "#);
    // An alarm is never closed.
    assert_snapshot!(lines(&format!("BEGIN:VEVENT\nUID:a\n{days}\nBEGIN:VALARM\nEND:VEVENT")), @r#"
    2026-09-12 2026-09-13 stay 
    line 8: an END is missing before this line
    "#);
    // A task is never closed: the event after it still counts.
    assert_snapshot!(lines(&format!("BEGIN:VTODO\nBEGIN:VEVENT\nUID:a\n{days}\nEND:VEVENT")), @r#"
    2026-09-12 2026-09-13 stay 
    line 5: an END is missing before this line
    "#);
    // A misspelt END, and one of something that never began.
    assert_snapshot!(lines(&format!("BEGIN:VEVENT\nUID:a\n{days}\nEND:VEVNT\nEND:VTODO")), @r#"
    2026-09-12 2026-09-13 stay 
    line 7: a misspelt END, taken for the end of what was open
    line 8: an END without its BEGIN
    "#);
    // What may have been meant as an event is at least said.
    assert_snapshot!(lines("BEGIN:VEVNT\nEND:VEVNT\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nBEGIN:X-A\nEND:X-A"), @r#"
    line 4: a component "VEVNT", which is not known, is not read
    "#);
    let whole = event(days);
    assert_snapshot!(said(read_here(whole.replace("END:VCALENDAR", "END:VCALENDARD"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 9: a misspelt END, taken for the end of what was open
    "#);
    assert_snapshot!(said(read_here(whole.replace("END:VCALENDAR\r\n", "END:VCALENDA"))), @r#"
    refused: line 9: the calendar is cut off, its END:VCALENDAR is missing
    "#);
    assert_snapshot!(said(read_here(whole.replace("END:VCALENDAR", "END:CALENDAR"))), @r#"
    refused: line 9: the calendar is cut off, its END:VCALENDAR is missing
    "#);
}

#[test]
fn several_calendars_and_what_stands_between() {
    let one = event("DTSTART:20260912");
    let two = event("DTSTART:20261012").replace("one@test", "two@test");
    assert_snapshot!(said(read_here(format!("{one}\r\n{two}"))), @r#"
    2026-09-12 2026-09-13 stay One
    2026-10-12 2026-10-13 stay One
    "#);
    assert_snapshot!(said(read_here(format!("{one}<!-- served in 3 ms -->\r\n"))), @r#"
    2026-09-12 2026-09-13 stay One
    line 10: a line outside the calendar, not read
    "#);
    assert_snapshot!(said(read_here(format!("{one}BEGIN:VCAL"))), @r#"
    refused: line 10: the calendar is cut off, its END:VCALENDAR is missing
    "#);
    assert_snapshot!(said(read_here(format!("{one}BEG"))), @r#"
    refused: line 10: the calendar is cut off, its END:VCALENDAR is missing
    "#);
    assert_snapshot!(said(read_here(format!("{one}BEGIN:VEVENT\r\nEND:VEVENT\r\n"))), @r#"
    refused: line 10: an event stands outside the calendar
    "#);
    let cut = one.replace("END:VCALENDAR\r\n", "");
    assert_snapshot!(said(read_here(format!("{cut}{two}"))), @r#"
    refused: line 9: the calendar is cut off, its END:VCALENDAR is missing
    "#);
}

#[test]
fn events_that_share_a_uid() {
    let two = |first: &str, second: &str| {
        let event = |lines: &str| format!("BEGIN:VEVENT\nUID:same\n{lines}\nEND:VEVENT\n");
        let feed = read_here(calendar(&(event(first) + &event(second)))).expect("a whole calendar");
        let uids: Vec<_> = feed.busy.iter().map(|busy| busy.uid.clone()).collect();
        format!("{}\n{}", uids.join(" "), said(Ok(feed)))
    };
    assert_snapshot!(two("DTSTART:20260912", "DTSTART:20260912"), @r#"
    same
    2026-09-12 2026-09-13 stay 
    line 8: an event with the same UID already covers these nights
    "#);
    assert_snapshot!(two("DTSTART:20260912\nDTEND:20260914", "DTSTART:20260912\nDTEND:20260916"), @r#"
    same
    2026-09-12 2026-09-16 stay 
    line 4: an event with the same UID already covers these nights
    "#);
    // The name depends on the days, not on the order.
    assert_snapshot!(two("DTSTART:20260920", "DTSTART:20260912"), @r#"
    same same/2026-09-20
    2026-09-12 2026-09-13 stay 
    2026-09-20 2026-09-21 stay 
    line 4: another event has the same UID and other nights, both block
    "#);
    assert_snapshot!(two("DTSTART:20260912", "DTSTART:20260920"), @r#"
    same same/2026-09-20
    2026-09-12 2026-09-13 stay 
    2026-09-20 2026-09-21 stay 
    line 8: another event has the same UID and other nights, both block
    "#);
    // A revision counts instead of what it revises, and a cancellation too.
    assert_snapshot!(two("DTSTART:20260920\nSEQUENCE:2", "DTSTART:20260912\nSEQUENCE:1"), @r#"
    same
    2026-09-20 2026-09-21 stay 
    line 9: a later revision of this event stands in the feed
    "#);
    assert_snapshot!(two("DTSTART:20260920\nSEQUENCE:2\nSTATUS:CANCELLED", "DTSTART:20260920\nSEQUENCE:1"), @r#"
    line 4: it is cancelled, so it blocks nothing
    line 10: a later revision of this event stands in the feed
    "#);
    assert_snapshot!(two("SEQUENCE:9", "DTSTART:20260920\nSEQUENCE:1"), @r#"
    same
    2026-09-20 2026-09-21 stay 
    line 4: an event whose days cannot be read
    "#);
}

#[test]
fn very_long_texts_are_cut() {
    let body =
        event("DTSTART:20260912").replace("one@test", &"u".repeat(5000)).replace("One", &"ñ".repeat(5000));
    let feed = read_here(body).expect("a whole calendar");
    assert!(feed.busy[0].uid.len() <= 255 && feed.busy[0].summary.len() <= 255);
}

#[test]
fn notes_are_counted_past_a_hundred() {
    let many = "BEGIN:VEVENT\nEND:VEVENT\n".repeat(500);
    let feed = read_here(calendar(&many)).expect("a whole calendar");
    assert_eq!((feed.notes.len(), feed.unreadable.len()), (101, 500));
    assert_eq!(feed.notes[100].to_string(), "line 1002: 400 more notes are not shown");
}

/// Whoever pastes a calendar out of a document indents it: every line then belongs to the one before.
#[test]
fn an_indented_calendar_is_refused_and_told_why() {
    let whole = event("DTSTART:20260912");
    let indented = |from: usize, blanks: &str| {
        let lines = whole.lines().enumerate();
        let lines =
            lines.map(|(at, line)| if at < from { line.to_owned() } else { format!("{blanks}{line}") });
        lines.collect::<Vec<_>>().join("\r\n")
    };
    for blanks in [" ", "    ", "\t"] {
        for (from, line) in [(0, 4), (1, 4), (2, 4), (3, 4)] {
            let refused = said(read_here(indented(from, blanks)));
            let expected =
                format!("refused: line {line}: the calendar is indented: a line that begins with a blank");
            assert!(refused.starts_with(&expected), "from line {from}: {refused}");
        }
    }
    // Without events too; the first line alone does no harm, and neither does a text that is folded.
    let empty = " BEGIN:VCALENDAR\n VERSION:2.0\n END:VCALENDAR\n";
    assert!(said(read_here(empty)).starts_with("refused: line 3: the calendar is indented"));
    assert_eq!(said(read_here(format!("  {whole}"))), said(read_here(&whole)));
    let folded = whole.replace("SUMMARY:One", "SUMMARY:One\r\n  BEGIN:VEVENT of a text");
    assert!(read_here(folded).is_ok());
}
