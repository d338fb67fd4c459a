//! Feeds that are valid calendars and say something wrong.

use super::{
    FeedFault, Nights,
    feed::{Event, Feed, day_of},
    night_range::later,
};
use crate::core::{Ids, digest};

/// Changes what a feed says, for the faults that are in the calendar itself.
pub(crate) fn feed(feed: &mut Feed, fault: &FeedFault, ids: &Ids) {
    match fault {
        FeedFault::EmptyCalendar => feed.events.clear(),
        FeedFault::HalfGone => halve(feed),
        FeedFault::FarBlockGone => {
            let last = feed.events.iter().map(|event| event.nights.check_out).max();
            feed.events.retain(|event| Some(event.nights.check_out) != last);
        }
        FeedFault::MovedUids => {
            let salt = ids.hex(16);
            for event in &mut feed.events {
                event.uid = moved(&event.uid, &salt);
            }
        }
        FeedFault::ManyEvents { count } => {
            let more: Vec<Event> = (0..*count).filter_map(|index| one_of_many(feed, index)).collect();
            feed.events.extend(more);
        }
        FeedFault::EndlessRule { rrule } => {
            let mut event = extra(feed, 30, "for-ever");
            event.iter_mut().for_each(|event| event.rrule = Some(rrule.clone()));
            feed.events.extend(event);
        }
        FeedFault::ManyFolds { .. }
        | FeedFault::None
        | FeedFault::EmptyBody
        | FeedFault::JsonError
        | FeedFault::Html
        | FeedFault::Truncated
        | FeedFault::Status { .. }
        | FeedFault::SlowDrip { .. }
        | FeedFault::NeverAnswers
        | FeedFault::EndlessRedirect
        | FeedFault::Redirect { .. }
        | FeedFault::GzipBomb { .. }
        | FeedFault::EndlessBody
        | FeedFault::Announced { .. }
        | FeedFault::WrongContentType { .. }
        | FeedFault::ClockSkew { .. } => {}
    }
}

/// Changes the text of a calendar, for the faults that no writer of calendars would make.
pub(crate) fn text(text: String, fault: &FeedFault) -> String {
    match fault {
        FeedFault::Truncated => text.chars().take(text.chars().count() / 2).collect(),
        FeedFault::ManyFolds { count } => {
            let break_at = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let folds = format!("{break_at} a").repeat(usize::try_from(*count).unwrap_or(usize::MAX));
            let event = [
                "BEGIN:VEVENT",
                "UID:folded@example.com",
                "DTSTART;VALUE=DATE:20991001",
                "DTEND;VALUE=DATE:20991002",
                &format!("SUMMARY:{folds}"),
                "END:VEVENT",
                "END:VCALENDAR",
            ];
            text.replacen("END:VCALENDAR", &event.join(break_at), 1)
        }
        _ => text,
    }
}

/// Keeps the earlier half of the nights.
fn halve(feed: &mut Feed) {
    let mut kept = feed.events.iter().map(|event| event.nights.count()).sum::<i32>() / 2;
    feed.events.retain_mut(|event| {
        let shortened = Nights::from(event.nights.check_in, kept.min(event.nights.count()));
        kept -= shortened.map_or(0, Nights::count);
        event.nights = shortened.unwrap_or(event.nights);
        shortened.is_some()
    });
}

/// Another UID of the same shape: each hexadecimal digit becomes another's, but for Airbnb's word for the kind of event.
fn moved(uid: &str, salt: &str) -> String {
    let digits = hex::encode(digest(&format!("{uid}/{salt}")));
    let mut digits = digits.chars().cycle();
    let kind = if uid.ends_with("@airbnb.com") { 13 } else { 0 };
    let host = uid.find('@').unwrap_or(uid.len());
    let change = |(index, old): (usize, char)| {
        let is_free = (kind..host).contains(&index) && old.is_ascii_hexdigit();
        let new = if is_free { digits.next() } else { None };
        new.map_or(old, |new| if old.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new })
    };
    uid.char_indices().map(change).collect()
}

fn one_of_many(feed: &Feed, index: u32) -> Option<Event> {
    // A thousand days, so that many lie on the same night, as in a feed that repeats itself.
    extra(feed, 365 + i32::try_from(index % 1_000).ok()?, &index.to_string())
}

fn extra(feed: &Feed, days_ahead: i32, id: &str) -> Option<Event> {
    let nights = Nights::from(later(day_of(feed.stamped_at), days_ahead), 1)?;
    Some(Event::new(format!("{id}-extra@example.com"), nights, "Not available"))
}
