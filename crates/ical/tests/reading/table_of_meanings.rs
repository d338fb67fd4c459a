//! What each kind of event means: the table of `docs/calendars.md`, row by row.

use ical::{BusyKind, Feed, NightSet, Provider, read};
use jiff::civil::{Date, date};

use crate::{calendar, limits, zone};

const DOCUMENT: &str = include_str!("../../../../docs/calendars.md");
const HEADING: &str = "## What each kind of event means";

/// One row, its cells trimmed.
struct Row<'a> {
    whose: Provider,
    lines: Vec<&'a str>,
    zone: &'a str,
    blocks: &'a str,
    is: &'a str,
    over_ours: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let section = DOCUMENT.split(HEADING).nth(1).expect("the document has the table");
    let table = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let rows = table.take_while(|line| line.starts_with('|')).filter(|line| !line.starts_with("| **"));
    rows.map(row).collect()
}

fn row(line: &'static str) -> Row<'static> {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let [whose, lines, zone, blocks, rest @ ..] = &cells[..] else { panic!("too few cells: {line}") };
    Row {
        whose: whose.parse().expect(line),
        lines: lines.split('`').skip(1).step_by(2).collect(),
        zone: if *zone == "C" { "America/Argentina/Cordoba" } else { zone },
        blocks,
        is: rest.first().unwrap_or(&"").trim_matches([' ', '|']),
        over_ours: rest.get(1).unwrap_or(&"").trim_matches([' ', '|']),
    }
}

/// The calendar that a row describes.
fn body(lines: &[&str]) -> String {
    let mut event = Vec::new();
    let mut beside = "";
    for line in lines {
        match *line {
            "days" => event.extend(["DTSTART;VALUE=DATE:20261210", "DTEND;VALUE=DATE:20261214"]),
            "hours" => event.extend(["DTSTART:20261210T180000Z", "DTEND:20261214T130000Z"]),
            "+ hours" => {
                beside = "BEGIN:VEVENT\nUID:beside\nDTSTART:20261103T180000Z\nDTEND:20261105T130000Z\nEND:VEVENT\n";
            }
            line => event.push(line),
        }
    }
    let event = event.join("\n");
    if event.starts_with("BEGIN:") {
        return calendar(&format!("{beside}{event}"));
    }
    calendar(&format!("{beside}BEGIN:VEVENT\nUID:one\n{event}\nEND:VEVENT"))
}

/// Nights from the first to the last, `10 to 13`; of December unless another month stands before them.
fn nights(text: &str) -> NightSet {
    let (month, text) = text.strip_prefix("September ").map_or((12, text), |rest| (9, rest));
    let day = |text: &str| -> Date { date(2026, month, text.trim().parse().expect("a day")) };
    let (first, last) = text.split_once(" to ").unwrap_or((text, text));
    NightSet::of([(day(first), day(last).tomorrow().expect("a day near today"))])
}

/// What the reader says of a row, without the event beside.
fn said(feed: &Feed) -> NightSet {
    let own = feed.busy.iter().filter(|busy| busy.uid != "beside");
    NightSet::of(own.map(|busy| (busy.check_in, busy.check_out)))
        .without(&NightSet::of([(date(2027, 1, 1), date(2031, 1, 1))]))
}

#[test]
fn each_row_of_the_document_is_true() {
    let rows = rows();
    assert!(rows.len() > 50, "the table has {} rows", rows.len());
    for row in rows {
        let body = body(&row.lines);
        let feed = read(body.as_bytes(), &zone(row.zone), &limits())
            .unwrap_or_else(|error| panic!("{error}: {body}"));
        let (blocks, unreadable) = match row.blocks {
            "none" => (NightSet::default(), 0),
            "something unreadable" => (NightSet::default(), 1),
            text => match text.strip_suffix(", and something unreadable") {
                Some(text) => (nights(text), 1),
                None => (nights(text), 0),
            },
        };
        let shown = format!("{} in {}: {:#?}", row.whose, row.zone, row.lines);
        assert_eq!(said(&feed), blocks, "{shown}\n{feed:#?}");
        assert_eq!(feed.unreadable.len(), unreadable, "{shown}\n{feed:#?}");
        let kind = feed.busy.iter().find(|busy| busy.uid != "beside").map(|busy| busy.kind);
        let is = match kind {
            Some(BusyKind::Stay) => "stay",
            Some(BusyKind::Block) => "closure",
            None => "",
        };
        assert_eq!(is, row.is, "{shown}");
        let over_ours = match kind {
            Some(kind) if row.whose.may_be_sold(kind) => "asks",
            Some(_) => "quiet",
            None => "",
        };
        assert_eq!(over_ours, row.over_ours, "{shown}");
    }
}
