//! Payloads of our own in the shapes of the platforms.

use insta::assert_snapshot;

use crate::{read_here, said};

const AIRBNB: &str = "BEGIN:VCALENDAR\r\n\
    PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN\r\n\
    CALSCALE:GREGORIAN\r\n\
    VERSION:2.0\r\n\
    BEGIN:VEVENT\r\n\
    DTSTAMP:20260910T080000Z\r\n\
    DTSTART;VALUE=DATE:20260918\r\n\
    DTEND;VALUE=DATE:20260921\r\n\
    SUMMARY:Reserved\r\n\
    UID:1418fb94e984-00000000000000000000000000000001@airbnb.com\r\n\
    DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/de\r\n \
    tails/HMAAAAAAAA\\nPhone Number (Last 4 Digits): 9876\r\n\
    END:VEVENT\r\n\
    BEGIN:VEVENT\r\n\
    DTSTAMP:20260910T080000Z\r\n\
    DTSTART;VALUE=DATE:20260921\r\n\
    DTEND;VALUE=DATE:20260922\r\n\
    SUMMARY:Airbnb (Not available)\r\n\
    UID:7f662ec65913-00000000000000000000000000000002@airbnb.com\r\n\
    END:VEVENT\r\n\
    END:VCALENDAR\r\n";

#[test]
fn airbnb() {
    let feed = read_here(AIRBNB).expect("a whole calendar");
    assert_eq!(feed.product.as_deref(), Some("-//Airbnb Inc//Hosting Calendar 1.0//EN"));
    assert_eq!(feed.name, None);
    assert!(!format!("{feed:?}").contains("9876"), "digits of the guest's telephone are never kept");
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-18 2026-09-21 stay Reserved
    2026-09-21 2026-09-22 block Airbnb (Not available)
    "#);
}

#[test]
fn older_airbnb_with_a_parameter_on_prodid_and_an_end_before_the_start() {
    let body = AIRBNB
        .replace(
            "PRODID:-//Airbnb Inc//Hosting Calendar 1.0",
            "PRODID;X-RICAL-TZSOURCE=TZINFO:-//Airbnb Inc//0.8.8",
        )
        .replace("DTEND;VALUE=DATE:20260922", "DTEND;VALUE=DATE:20260920")
        .replace("7f662ec65913", "6fec1092d3fa")
        .replace("Airbnb (Not available)", "Not available");
    let feed = read_here(body).expect("a whole calendar");
    assert_eq!(feed.product.as_deref(), Some("-//Airbnb Inc//0.8.8//EN"));
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-18 2026-09-21 stay Reserved
    2026-09-21 2026-09-22 block Not available
    line 14: it ends before it starts, one night is blocked
    "#);
}

#[test]
fn booking_com() {
    let body = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//admin.booking.com\\\\\\, b.v.//NONSGML v1.0//EN\n\
        CALSCALE:GREGORIAN\nMETHOD:PUBLISH\n\
        BEGIN:VEVENT\nDTSTAMP:20260910T080000Z\nDTSTART;VALUE=DATE:20260912\nDTEND;VALUE=DATE:20260913\n\
        UID:00000000000000000000000000000001@booking.com\nSUMMARY:CLOSED - Not available\n\
        ORGANIZER:mailto:noreply@booking.com\nEND:VEVENT\n\
        BEGIN:VEVENT\nDTSTAMP:20260910T080000Z\nDTSTART;VALUE=DATE:20270701\nDTEND;VALUE=DATE:20281231\n\
        UID:00000000000000000000000000000002@booking.com\nSUMMARY:CLOSED - Not available\nEND:VEVENT\n\
        END:VCALENDAR\n";
    let feed = read_here(body).expect("a whole calendar");
    assert_eq!(feed.product.as_deref(), Some("-//admin.booking.com\\, b.v.//NONSGML v1.0//EN"));
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-12 2026-09-13 block CLOSED - Not available
    2027-07-01 2028-12-31 block CLOSED - Not available
    "#);
}

#[test]
fn vrbo_in_french_with_duration_and_without_end() {
    let body = "BEGIN:VCALENDAR\nVERSION:2.0\nCALSCALE:GREGORIAN\nPRODID:-//HomeAway.com, Inc.//EN\n\
        BEGIN:VEVENT\nUID:a1\nDTSTAMP:20260910T080000Z\nDTSTART;VALUE=DATE:20260912\nDTEND;VALUE=DATE:20260915\n\
        SUMMARY:Réservée - Luz\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:09202026-0920-2026-0922-202609222026\nDTSTART;VALUE=DATE:20260920\nDURATION:P2D\n\
        SUMMARY:Indisponible\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:a3\nDTSTART;VALUE=DATE:20260925\nSUMMARY:Provisoire - Sol\nEND:VEVENT\n\
        END:VCALENDAR\n";
    assert_snapshot!(said(read_here(body)), @r#"
    2026-09-12 2026-09-15 stay Réservée - Luz
    2026-09-20 2026-09-22 block Indisponible
    2026-09-25 2026-09-26 stay Provisoire - Sol
    "#);
}

#[test]
fn google_with_days_times_cancelled_and_free() {
    let body = "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n\
        CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Cabaña\\, la de abajo\r\n\
        X-WR-TIMEZONE:America/Argentina/Cordoba\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260912\r\nDTEND;VALUE=DATE:20260914\r\nUID:d@google.com\r\n\
        STATUS:CONFIRMED\r\nSUMMARY:Familia Paz\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20260918T180000Z\r\nDTEND:20260920T140000Z\r\nUID:t@google.com\r\n\
        STATUS:TENTATIVE\r\nSUMMARY:Con horario\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20260916T130000Z\r\nDTEND:20260916T150000Z\r\nUID:v@google.com\r\n\
        SUMMARY:Plomero\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P0DT0H10M0S\r\nDURATION:P9D\r\n\
        END:VALARM\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260922\r\nUID:c@google.com\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260923\r\nUID:f@google.com\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    let feed = read_here(body).expect("a whole calendar");
    assert_eq!(feed.name.as_deref(), Some("Cabaña, la de abajo"));
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-12 2026-09-14 stay Familia Paz
    2026-09-18 2026-09-20 stay Con horario
    2026-09-23 2026-09-24 stay 
    line 23: it touches no night, so it blocks nothing
    line 34: it is cancelled, so it blocks nothing
    line 39: whole days that are marked as free time (TRANSP:TRANSPARENT) block all the same: 1
    "#);
}

#[test]
fn outlook_with_tab_folds_quoted_zones_and_no_uid() {
    let body = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n\
        X-WR-CALNAME:Calendario\r\n\
        BEGIN:VEVENT\r\nSUMMARY: Alquiler de la casa grande\\, la que\r\n\t da al río\r\n\
        DTSTART;TZID=\"(UTC-03:00) City of Buenos Aires\":20260918T150000\r\n\
        DTEND;TZID=\"(UTC-03:00) City of Buenos Aires\":20260920T110000\r\n\
        CLASS:PUBLIC\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nSUMMARY:Todo el día\r\nDTSTART;TZID=Argentina Standard Time:20260925T000000\r\n\
        DTEND;TZID=Argentina Standard Time:20260926T000000\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    let feed = read_here(body).expect("a whole calendar");
    assert_eq!(feed.busy[0].uid, "no-uid-2026-09-18-2026-09-20-df869a4e87855a04");
    assert_snapshot!(said(Ok(feed)), @r#"
    2026-09-18 2026-09-20 stay Alquiler de la casa grande, la que da al río
    2026-09-25 2026-09-26 stay Todo el día
    line 6: it has no UID, one is made of its days and summary
    line 14: it has no UID, one is made of its days and summary
    "#);
}

#[test]
fn an_empty_calendar_is_read_and_a_cut_one_refused() {
    let (head, _) = AIRBNB.split_once("BEGIN:VEVENT").expect("it has events");
    assert_snapshot!(said(read_here(format!("{head}END:VCALENDAR\r\n"))), @"");
    assert_snapshot!(said(read_here(head)), @r#"
    refused: line 4: the calendar is cut off, its END:VCALENDAR is missing
    "#);
    let cut = AIRBNB.len() - 40;
    assert_snapshot!(said(read_here(&AIRBNB[..cut])), @r#"
    refused: line 19: the calendar is cut off, its END:VCALENDAR is missing
    "#);
}

#[test]
fn bodies_that_are_no_calendar() {
    assert_snapshot!(said(read_here("")), @r#"
    refused: the body is empty, which is no calendar (an empty calendar still has BEGIN and END:VCALENDAR)
    "#);
    assert_snapshot!(said(read_here(" \r\n\n \t")), @r#"
    refused: the body is empty, which is no calendar (an empty calendar still has BEGIN and END:VCALENDAR)
    "#);
    assert_snapshot!(said(read_here("\n<!DOCTYPE html>\n<html><title>Log in</title>")), @r#"
    refused: line 2: this is not a calendar, it starts with "<!DOCTYPE html>"
    "#);
    assert_snapshot!(said(read_here("{\"code\":500,\"message\":\"There was an error\"}")), @r#"
    refused: line 1: this is not a calendar, it starts with "{ code :500, message : There was an error }"
    "#);
    assert_snapshot!(said(read_here(b"\x1f\x8b\x08\x00\xff\xfe\xfd\xfc\xfb\x01")), @r#"
    refused: line 1: this is not a calendar, it starts with "(binary data)"
    "#);
    assert_snapshot!(said(read_here("BEGIN:VEVENT\nDTSTART:20260912\nEND:VEVENT\n")), @r#"
    refused: line 1: this is not a calendar, it starts with "BEGIN:VEVENT"
    "#);
    assert_snapshot!(said(read_here("BEGIN:VTIMEZONE\nTZID:x\ry\nEND:VTIMEZONE\n")), @r#"
    refused: line 1: this is not a calendar, it starts with "BEGIN:VTIMEZONE"
    "#);
}
