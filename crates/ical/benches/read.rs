//! How fast feeds are read, in megabytes a second, beside two other readers in the same run:
//! `cargo bench -p ical`. Each figure is the best of many rounds, for the machine is shared and only ever makes things
//! slower. Ours goes all the way to nights; theirs stop at parsed properties. `-- --json` prints lines for
//! `scripts/bench`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ical::{Followed, Poll, Provider, ReadLimits, Terms, WaitingRules, follow, read};
use jiff::civil::date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// For each reader and body.
const TIME: Duration = Duration::from_millis(400);

fn main() {
    let json = std::env::args().any(|argument| argument == "--json");
    let zone =
        TimeZoneDatabase::bundled().get("America/Argentina/Cordoba").expect("a zone of the bundled table");
    for (name, body) in [
        ("Airbnb 2 KB", airbnb(6)),
        ("Airbnb 63 KB", airbnb(190)),
        ("Booking.com 2 KB", booking(8)),
        ("hours and zones 60 KB", hours(300)),
        ("weekly rules 60 KB", rules(400)),
    ] {
        let rates = [
            ("ours", rate(&body, |body| ours(body, &zone))),
            ("calcard", rate(&body, |body| calcard::icalendar::ICalendar::parse(body).is_ok())),
            ("icalendar", rate(&body, |body| body.parse::<icalendar::Calendar>().is_ok())),
        ];
        if json {
            let rates = rates.map(|(reader, rate)| format!("\"{reader}\": {rate:.1}")).join(", ");
            println!("{{\"body\": \"{name}\", {rates}}}");
        } else {
            let rates = rates.map(|(reader, rate)| format!("{reader} {rate:>5.0} MB/s")).join("   ");
            println!("{name:24} {:>7} bytes   {rates}", body.len());
        }
    }
    if !json {
        println!("{:24} {:>12.1?}", "a poll that follows", following(&zone));
    }
}

fn ours(body: &str, zone: &TimeZone) -> bool {
    let limits = ReadLimits { max_ranges: 1_000_000, ..ReadLimits::around(date(2026, 9, 10)) };
    read(body.as_bytes(), zone, &limits).is_ok()
}

/// Megabytes a second, in the best of the rounds.
fn rate(body: &str, read: impl Fn(&str) -> bool) -> f64 {
    body.len() as f64 / best(|| assert!(read(black_box(body)), "a whole calendar")).as_secs_f64() / 1e6
}

fn best(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    let begun = Instant::now();
    while begun.elapsed() < TIME {
        let started = Instant::now();
        work();
        best = best.min(started.elapsed());
    }
    best
}

/// One poll of a feed of 190 stays of which one is gone, the reading itself not counted.
fn following(zone: &TimeZone) -> Duration {
    let limits = ReadLimits::around(date(2026, 9, 10));
    let [before, now] =
        [190, 189].map(|stays| read(airbnb(stays).as_bytes(), zone, &limits).expect("a whole calendar"));
    let rules = WaitingRules::default();
    let terms = Terms { provider: Provider::Airbnb, zone, rules: &rules };
    let at: Timestamp = "2026-09-10T12:00:00Z".parse().expect("an instant");
    let state = follow(&Followed::default(), Poll::Read(&before), at, &terms).state;
    let later = at + SignedDuration::from_mins(5);
    let state = follow(&state, Poll::Read(&now), later, &terms).state;
    best(|| {
        black_box(follow(&state, Poll::Read(&now), later + SignedDuration::from_mins(60), &terms));
    })
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
