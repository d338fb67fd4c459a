//! Times in zones.

use ical::{ReadLimits, read};
use insta::assert_snapshot;
use jiff::civil::date;

use crate::{calendar, event, read_here, said, zone};

/// Friday 18 September 22:00 to Sunday 20 September 11:00 in some zone, read in Córdoba.
fn stay(tzid: &str, timezone: &str) -> String {
    said(read_here(calendar(&format!(
        "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID={tzid}:20260918T220000\n\
         DTEND;TZID={tzid}:20260920T110000\nEND:VEVENT\n{timezone}"
    ))))
}

#[test]
fn instants_are_nights_of_the_property() {
    // 03:00 UTC is midnight in Córdoba and nine in the evening of the day before in Los Angeles.
    let body = event("DTSTART:20260918T030000Z\nDTEND:20260920T030000Z");
    assert_snapshot!(said(read_here(&body)), @r#"
    2026-09-18 2026-09-20 stay One
    "#);
    let limits = ReadLimits::around(date(2026, 9, 10));
    assert_snapshot!(said(read(body.as_bytes(), &zone("America/Los_Angeles"), &limits)), @r#"
    2026-09-17 2026-09-19 stay One
    "#);
    assert_snapshot!(said(read(body.as_bytes(), &zone("Asia/Tokyo"), &limits)), @r#"
    2026-09-18 2026-09-20 stay One
    "#);
}

#[test]
fn floating_times_are_those_of_the_property() {
    assert_snapshot!(said(read_here(event("DTSTART:20260918T150000\nDTEND:20260920T110000"))), @r#"
    2026-09-18 2026-09-20 stay One
    "#);
    assert_snapshot!(stay("", ""), @r#"
    2026-09-18 2026-09-20 stay A
    line 7: the zone "" is unknown, times are read in the property's zone
    "#);
}

#[test]
fn floating_times_in_a_calendar_of_another_zone() {
    let times = "DTSTART:20260918T150000\nDTEND:20260920T110000";
    let in_zone = |zone: &str, lines: &str| {
        let body = event(lines).replace("BEGIN:VEVENT", &format!("X-WR-TIMEZONE:{zone}\r\nBEGIN:VEVENT"));
        said(read_here(body))
    };
    assert_snapshot!(in_zone("Asia/Tokyo", times), @r#"
    2026-09-18 2026-09-20 stay One
    line 5: times without a zone are read in the property's, not in "Asia/Tokyo" (X-WR-TIMEZONE)
    "#);
    let quiet = "2026-09-18 2026-09-20 stay One";
    assert_eq!(in_zone("America/Argentina/Cordoba", times), quiet);
    assert_eq!(in_zone("Asia/Tokyo", "DTSTART:20260918\nDTEND:20260920"), quiet);
    assert_eq!(in_zone("Asia/Tokyo", "DTSTART:20260918T180000Z\nDTEND:20260920T140000Z"), quiet);
}

#[test]
fn names() {
    // Ten in the evening in Madrid is five in the afternoon in Córdoba.
    for tzid in [
        "Europe/Madrid",
        "\"Europe/Madrid\"",
        "/freeassociation.sourceforge.net/Europe/Madrid",
        "Romance Standard Time",
        "\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\"",
        "\"(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris\"",
    ] {
        assert_eq!(stay(tzid, ""), "2026-09-18 2026-09-20 stay A", "{tzid}");
    }
    assert_snapshot!(stay("Pacific/Auckland", ""), @r#"
    2026-09-18 2026-09-19 stay A
    "#);
    assert_snapshot!(stay("Nowhere/At All", ""), @r#"
    2026-09-18 2026-09-20 stay A
    line 7: the zone "Nowhere/At All" is unknown, times are read in the property's zone
    "#);
    assert_snapshot!(stay("\"(UTC+12:00) Nowhere\"", ""), @r#"
    2026-09-18 2026-09-19 stay A
    line 7: the zone "(UTC+12:00) Nowhere" is unknown, its offset is used without summer time
    "#);
}

const SUMMER_RULES: &str = "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+1100\nTZOFFSETTO:+1200\n\
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n\
    BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+1200\nTZOFFSETTO:+1100\n\
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n";

#[test]
fn zones_that_the_file_defines() {
    let define = |id: &str, rest: &str| format!("BEGIN:VTIMEZONE\nTZID:{id}\n{rest}END:VTIMEZONE");
    // Twelve hours before UTC in September: ten in the evening there is seven in the morning here.
    assert_snapshot!(stay("Custom", &define("Custom", SUMMER_RULES)), @r#"
    2026-09-18 2026-09-19 stay A
    "#);
    // A morning there that ends at half past ten: that is 20:30 here in December, the evening of the day before, for
    // the clocks are at eleven hours then; in September it is 19:30 and no night is touched.
    let winter = calendar(&format!(
        "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Custom:20261218T090000\nDTEND;TZID=Custom:20261218T103000\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Custom:20260918T090000\nDTEND;TZID=Custom:20260918T103000\nEND:VEVENT\n{}",
        define("Custom", SUMMER_RULES)
    ));
    assert_snapshot!(said(read_here(winter)), @r#"
    2026-12-17 2026-12-18 stay 
    line 9: it touches no night, so it blocks nothing
    "#);
    // Summer time that was given up: the offset that stayed counts, although the other part is younger. The stay ends
    // an hour later here, in the evening.
    let given_up = SUMMER_RULES
        .replace("BYMONTH=3", "BYMONTH=3;UNTIL=20190331T000000Z")
        .replace("16010101T02", "20000101T02");
    assert_snapshot!(stay("Custom", &define("Custom", &given_up)), @r#"
    2026-09-18 2026-09-20 stay A
    "#);
    // One offset, a local mean time, and no offset at all.
    let fixed = |offset: &str| {
        format!("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:{offset}\nEND:STANDARD\n")
    };
    assert_snapshot!(stay("Custom", &define("Custom", &fixed("-0000"))), @r#"
    2026-09-18 2026-09-20 stay A
    "#);
    assert_snapshot!(stay("Custom", &define("Custom", &fixed("+000921"))), @r#"
    2026-09-18 2026-09-20 stay A
    "#);
    assert_snapshot!(stay("Custom", &define("Custom", &fixed("soon"))), @r#"
    2026-09-18 2026-09-20 stay A
    line 7: the zone "Custom" is unknown, times are read in the property's zone
    "#);
    assert_snapshot!(stay("\"(UTC-03:00) Brasília\"", &define("(UTC-03:00) Brasília", &fixed("-0300"))), @r#"
    2026-09-18 2026-09-20 stay A
    "#);
}

const MADRID: &str = "BEGIN:DAYLIGHT\nDTSTART:19810329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n\
    BEGIN:STANDARD\nDTSTART:19961027T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n";

/// The rules of the feed come first, whatever the zone is called.
#[test]
fn a_zone_with_a_known_name_is_read_by_its_own_rules() {
    let define = |id: &str, rest: &str| format!("BEGIN:VTIMEZONE\nTZID:{id}\n{rest}END:VTIMEZONE");
    let fixed =
        "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nEND:STANDARD\n";
    // From 10:00 to 13:00 five hours behind UTC is an afternoon in Córdoba; in Madrid it would be a morning that begins
    // at five here, when the night is not over.
    let event = |id: &str, rules: &str| {
        said(read_here(calendar(&format!(
            "BEGIN:VEVENT\nUID:a\nDTSTART;TZID={id}:20260701T100000\n\
             DTEND;TZID={id}:20260701T130000\nEND:VEVENT\n{}",
            define(id, rules)
        ))))
    };
    let no_night = "line 4: it touches no night, so it blocks nothing";
    let in_madrid = "2026-06-30 2026-07-01 stay ";
    for id in ["Custom", "Europe/Madrid", "Romance Standard Time", "/mozilla.org/20050126_1/Europe/Madrid"] {
        for left_out in ["", "TZOFFSETFROM:-0500\n", "DTSTART:19700101T000000\n"] {
            assert_eq!(event(id, &fixed.replace(left_out, "")), no_night, "{id} without {left_out}");
        }
        assert_eq!(event(id, MADRID), in_madrid, "{id}");
    }
    assert_eq!(event("Custom", &format!("X-LIC-LOCATION:Europe/Madrid\n{fixed}")), no_night);
    assert_eq!(event("Custom", "X-LIC-LOCATION:Europe/Madrid\n"), in_madrid);
}

/// Exporters write the rules of some years, or of winter only: where they are silent, the name speaks.
#[test]
fn rules_that_are_cut_short() {
    let madrid = |rules: &str, start: &str, end: &str| {
        said(read_here(calendar(&format!(
            "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Madrid:{start}\nDTEND;TZID=Europe/Madrid:{end}\nEND:VEVENT\n\
             BEGIN:VTIMEZONE\nTZID:Europe/Madrid\n{rules}END:VTIMEZONE"
        ))))
    };
    let part = |season: &str, starts: &str, from: &str, to: &str| {
        format!("BEGIN:{season}\nDTSTART:{starts}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\nEND:{season}\n")
    };
    let summer_of = |year: &str| part("DAYLIGHT", &format!("{year}0329T020000"), "+0100", "+0200");
    let winter_of = |year: &str| part("STANDARD", &format!("{year}1025T030000"), "+0200", "+0100");
    let winter_only = part("STANDARD", "19700101T000000", "+0100", "+0100");
    let winter_by_rule = winter_only.replace("END:", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:");
    let until = MADRID.replace("BYDAY=-1SU", "BYDAY=-1SU;UNTIL=20241231T000000Z");
    let noted =
        "\nline 6: the VTIMEZONE of \"Europe/Madrid\" says nothing of some days, they are read by its name";

    let july = |rules: &str| madrid(rules, "20260716T003000", "20260716T010000");
    let blocks_nothing = "line 4: it touches no night, so it blocks nothing";
    // 0:30 to 1:00 is 22:30 to 23:00 UTC in summer, 19:30 to 20:00 in Córdoba: no night. An hour later in winter's time.
    assert_eq!(july(MADRID), blocks_nothing);
    assert_eq!(july(&[summer_of("2026"), winter_of("2026")].concat()), blocks_nothing);
    assert_eq!(july(&part("DAYLIGHT", "20260329T020000", "+0100", "+0200")), blocks_nothing);
    for silent in [
        [summer_of("2020"), winter_of("2020")].concat(),
        [summer_of("2027"), winter_of("2027")].concat(),
        winter_only,
        winter_by_rule,
        until,
    ] {
        assert_eq!(july(&silent), format!("{blocks_nothing}{noted}"), "{silent}");
    }
    // Rules that are for ever in winter and agree with the name in nothing are meant.
    let fixed = part("STANDARD", "19700101T000000", "+0000", "+0000");
    assert_eq!(july(&fixed), "2026-07-15 2026-07-16 stay ");
    // No rule at all.
    assert_eq!(july(""), blocks_nothing);
}

#[test]
fn summer_time_that_begins_in_the_night() {
    let limits = ReadLimits::around(date(2026, 3, 1));
    // In Madrid the clocks jump from 2 to 3 on 29 March; an event in the hour that is not there still has its night.
    let body = event("DTSTART:20260329T023000\nDTEND:20260329T030000");
    assert_snapshot!(said(read(body.as_bytes(), &zone("Europe/Madrid"), &limits)), @r#"
    2026-03-28 2026-03-29 stay One
    "#);
}
