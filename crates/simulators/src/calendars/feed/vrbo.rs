//! The feed of Vrbo: `Reserved - Ana` for stays, and `Blocked`.

use jiff::civil::Date;

use super::{Event, Requested, content_lines};
use crate::calendars::{
    Nights,
    listing::{Language, Listing, Stay, StayState},
    night_range::merge,
};

/// Stays with the guest's first name, and blocks.
pub(super) fn events(listing: &Listing, today: Date, requested: Requested) -> Vec<Event> {
    let language = listing.settings.language;
    let stayed = listing.stayed();
    let is_shown = |stay: &&Stay| requested == Requested::Shown || stay.state != StayState::Tentative;
    let stays = listing.stays.iter().filter(is_shown).map(|stay| {
        let word = match (language, stay.state) {
            (Language::En, StayState::Tentative) => "Tentative",
            (Language::En, _) => "Reserved",
            (Language::Fr, StayState::Tentative) => "Provisoire",
            (Language::Fr, _) => "Réservée",
        };
        Event::new(stay.uid.clone(), stay.nights, format!("{word} - {}", stay.guest))
    });
    let closed = match language {
        Language::En => "Blocked",
        Language::Fr => "Indisponible",
    };
    let blocks = merge(listing.closed()).into_iter().flat_map(|nights| nights.without(&stayed));
    let blocks = blocks.map(|nights| Event::new(block_uid(nights), nights, closed));
    stays.chain(blocks).filter(|event| event.nights.check_out > today).collect()
}

pub(super) fn text(events: &[Event], stamp: &str) -> String {
    let head = ["VERSION:2.0", "CALSCALE:GREGORIAN", "PRODID:-//HomeAway.com, Inc.//EN"];
    let events = events.iter().map(|event| {
        let mut lines = vec![
            format!("UID:{}", event.uid),
            format!("DTSTAMP:{stamp}"),
            event.starts_on(),
            event.ends_on(),
            format!("SUMMARY:{}", event.summary),
        ];
        lines.extend(event.rest());
        lines
    });
    content_lines::lf(content_lines::calendar(head.map(str::to_owned), events, []))
}

/// A block's UID is made of its dates: `02292020-0229-2020-0305-202003052020`.
fn block_uid(nights: Nights) -> String {
    let (first, last) = (nights.check_in, nights.check_out);
    format!("{}-{}-{}", first.strftime("%m%d%Y-%m%d-%Y"), last.strftime("%m%d"), last.strftime("%Y%m%d%Y"))
}
