//! Sentences of our own with what is read in them, a line each: a new way of saying something is added to one of the
//! tables under `readings`.

use jiff::civil::Date;

use crate::{Locale, Reading, read};

const DATES: &str = include_str!("readings/dates.tsv");
const PEOPLE: &str = include_str!("readings/people.tsv");
/// Days, numbers and names that are neither.
const NEITHER: &str = include_str!("readings/neither.tsv");
/// What other businesses write, and everyday talk.
const ELSEWHERE: &str = include_str!("readings/elsewhere.tsv");

struct Line<'a> {
    locale: Locale,
    today: Date,
    expected: &'a str,
    text: String,
}

fn lines(table: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| {
        let mut cells = line.splitn(4, '\t');
        let mut next = || cells.next().unwrap();
        let (locale, today, expected, text) = (next(), next(), next(), next());
        Line {
            locale: Locale::parse(locale).unwrap(),
            today: today.parse().unwrap(),
            expected,
            text: text.replace("\\n", "\n"),
        }
    })
}

fn describe(reading: &Reading) -> String {
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let mut parts = Vec::new();
    if reading.check_in.is_some() || reading.check_out.is_some() {
        parts.push(format!("{}..{}", day(reading.check_in), day(reading.check_out)));
    }
    match (reading.adults, reading.children, reading.guests) {
        (Some(adults), Some(children), Some(guests)) => parts.push(format!("{adults}+{children}={guests}")),
        (Some(adults), _, _) => parts.push(format!("{adults} adults")),
        (_, _, Some(guests)) => parts.push(format!("{guests} guests")),
        (_, Some(children), _) => parts.push(format!("{children} children")),
        (None, None, None) => {}
    }
    if reading.ambiguous {
        parts.push("ambiguous".to_owned());
    }
    if parts.is_empty() { "-".to_owned() } else { parts.join(" ") }
}

fn check(table: &str) {
    let wrong: Vec<String> = lines(table)
        .filter_map(|line| {
            let found = describe(&read(&line.text, line.today, line.locale));
            (found != line.expected).then(|| format!("{}\n   {found}, not {}", line.text, line.expected))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} are read wrong:\n{}",
        wrong.len(),
        lines(table).count(),
        wrong.join("\n")
    );
}

#[test]
fn dates_are_read() {
    check(DATES);
}

#[test]
fn people_are_read() {
    check(PEOPLE);
}

#[test]
fn what_is_neither_a_day_nor_a_guest_is_left_alone() {
    check(NEITHER);
}

#[test]
fn nothing_is_claimed_where_there_is_no_stay() {
    check(ELSEWHERE);
}
