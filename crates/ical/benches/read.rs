//! How fast feeds are read, in megabytes a second: `cargo bench -p ical`. Each figure is the best of many rounds,
//! for the machine is shared and only ever makes things slower.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ical::{ReadLimits, read};
use jiff::civil::date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

fn main() {
    let zone =
        TimeZoneDatabase::bundled().get("America/Argentina/Cordoba").expect("a zone of the bundled table");
    for (name, body) in [
        ("Airbnb 2 KB", airbnb(6)),
        ("Airbnb 63 KB", airbnb(190)),
        ("Booking.com 2 KB", booking(8)),
        ("hours and zones 60 KB", hours(300)),
        ("weekly rules 60 KB", rules(400)),
    ] {
        measure(name, &body, &zone);
    }
}

fn measure(name: &str, body: &str, zone: &TimeZone) {
    let limits = ReadLimits { max_ranges: 1_000_000, ..ReadLimits::around(date(2026, 9, 10)) };
    let ranges = read(body.as_bytes(), zone, &limits).expect("a whole calendar").busy.len();
    let mut best = Duration::MAX;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(500) {
        let started = Instant::now();
        let feed = read(black_box(body.as_bytes()), zone, &limits);
        best = best.min(started.elapsed());
        drop(black_box(feed));
    }
    let rate = body.len() as f64 / best.as_secs_f64() / 1e6;
    println!("{name:24} {:>7} bytes {ranges:>6} ranges {best:>12.1?} {rate:>7.0} MB/s", body.len());
}

fn airbnb(stays: usize) -> String {
    let event = |n: usize| {
        let start = 1 + n % 27;
        format!(
            "BEGIN:VEVENT\r\nDTSTAMP:20260910T080000Z\r\nDTSTART;VALUE=DATE:2027{:02}{start:02}\r\n\
             DTEND;VALUE=DATE:2027{:02}{:02}\r\nSUMMARY:Reserved\r\nUID:1418fb94e984-{:032x}@airbnb.com\r\n\
             DESCRIPTION:Reservation URL: https://www.airbnb.com/hosting/reservations/de\r\n \
             tails/HM{n:08}\\nPhone Number (Last 4 Digits): 0000\r\nEND:VEVENT\r\n",
            1 + n % 12,
            1 + n % 12,
            start + 1,
            n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        )
    };
    let events: String = (0..stays).map(event).collect();
    format!(
        "BEGIN:VCALENDAR\r\nPRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN\r\nCALSCALE:GREGORIAN\r\n\
         VERSION:2.0\r\n{events}END:VCALENDAR\r\n"
    )
}

fn booking(closures: usize) -> String {
    let event = |n: usize| {
        format!(
            "BEGIN:VEVENT\nDTSTAMP:20260910T080000Z\nDTSTART;VALUE=DATE:202610{:02}\nDTEND;VALUE=DATE:202610{:02}\n\
             UID:{:032x}@booking.com\nSUMMARY:CLOSED - Not available\nORGANIZER:mailto:noreply@booking.com\n\
             END:VEVENT\n",
            1 + n % 27,
            2 + n % 27,
            n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        )
    };
    let events: String = (0..closures).map(event).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//admin.booking.com//EN\n{events}END:VCALENDAR\n")
}

fn hours(stays: usize) -> String {
    let event = |n: usize| {
        format!(
            "BEGIN:VEVENT\r\nUID:{n}@google.com\r\nDTSTAMP:20260910T080000Z\r\nSTATUS:CONFIRMED\r\nSUMMARY:Familia {n}\r\n\
             DTSTART;TZID=Europe/Madrid:202611{:02}T150000\r\nDTEND;TZID=Europe/Madrid:202611{:02}T110000\r\n\
             END:VEVENT\r\n",
            1 + n % 28,
            2 + n % 28,
        )
    };
    let events: String = (0..stays).map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//EN\r\n{events}END:VCALENDAR\r\n")
}

fn rules(stays: usize) -> String {
    let event = |n: usize| {
        format!(
            "BEGIN:VEVENT\r\nUID:{n}@google.com\r\nSUMMARY:Familia {n}\r\nDTSTART;VALUE=DATE:202611{:02}\r\n\
             RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=FR,SA\r\nEXDATE;VALUE=DATE:20261204\r\nEND:VEVENT\r\n",
            1 + n % 28,
        )
    };
    let events: String = (0..stays).map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//EN\r\n{events}END:VCALENDAR\r\n")
}
