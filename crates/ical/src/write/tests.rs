//! Tests of the written calendar: its exact text, an empty one, folded lines.

use super::*;

fn event(uid: &str, check_in: &str, check_out: &str, summary: &str) -> ExportEvent {
    ExportEvent {
        uid: uid.into(),
        check_in: check_in.parse().unwrap(),
        check_out: check_out.parse().unwrap(),
        summary: summary.into(),
        sequence: 2,
        created_at: "2026-08-01T12:00:00.75Z".parse().unwrap(),
        modified_at: "2026-08-02T09:30:00Z".parse().unwrap(),
    }
}

fn calendar(name: &str) -> ExportCalendar {
    ExportCalendar { name: name.into(), product: "-//Conserje//Calendar//EN".into() }
}

#[test]
fn a_calendar_to_the_letter() {
    let events = [
        event("b@desk.example", "2026-10-01", "2026-10-04", "Not available"),
        event("a@desk.example", "2026-09-04", "2026-09-06", "Reserved"),
    ];
    let text = write(&calendar("Cabaña 1, la del río; arriba"), &events);
    insta::assert_snapshot!(text.replace('\r', "␍"), @r#"
    BEGIN:VCALENDAR␍
    VERSION:2.0␍
    PRODID:-//Conserje//Calendar//EN␍
    CALSCALE:GREGORIAN␍
    NAME:Cabaña 1\, la del río\; arriba␍
    X-WR-CALNAME:Cabaña 1\, la del río\; arriba␍
    REFRESH-INTERVAL;VALUE=DURATION:PT15M␍
    X-PUBLISHED-TTL:PT15M␍
    BEGIN:VEVENT␍
    UID:a@desk.example␍
    DTSTAMP:20260802T093000Z␍
    DTSTART;VALUE=DATE:20260904␍
    DTEND;VALUE=DATE:20260906␍
    SUMMARY:Reserved␍
    SEQUENCE:2␍
    CREATED:20260801T120000Z␍
    LAST-MODIFIED:20260802T093000Z␍
    STATUS:CONFIRMED␍
    TRANSP:OPAQUE␍
    END:VEVENT␍
    BEGIN:VEVENT␍
    UID:b@desk.example␍
    DTSTAMP:20260802T093000Z␍
    DTSTART;VALUE=DATE:20261001␍
    DTEND;VALUE=DATE:20261004␍
    SUMMARY:Not available␍
    SEQUENCE:2␍
    CREATED:20260801T120000Z␍
    LAST-MODIFIED:20260802T093000Z␍
    STATUS:CONFIRMED␍
    TRANSP:OPAQUE␍
    END:VEVENT␍
    END:VCALENDAR␍
    "#);
    let backwards = [events[1].clone(), events[0].clone()];
    assert_eq!(write(&calendar("Cabaña 1, la del río; arriba"), &backwards), text);
}

#[test]
fn an_empty_calendar_is_whole() {
    insta::assert_snapshot!(write(&calendar(""), &[]).replace('\r', "␍"), @r#"
    BEGIN:VCALENDAR␍
    VERSION:2.0␍
    PRODID:-//Conserje//Calendar//EN␍
    CALSCALE:GREGORIAN␍
    REFRESH-INTERVAL;VALUE=DURATION:PT15M␍
    X-PUBLISHED-TTL:PT15M␍
    END:VCALENDAR␍
    "#);
}

#[test]
fn folds_by_octets_and_between_characters() {
    let long = "ñ".repeat(200);
    let text = write(&calendar(&long), &[event(&"u".repeat(180), "2026-09-04", "2026-09-04", &long)]);
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{long}\r\n")));
    assert!(text.contains("DTEND;VALUE=DATE:20260905"), "a stay without length is one night");
}
