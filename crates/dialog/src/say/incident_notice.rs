//! The words for incidents: what the host reads when one begins and when it is over.

use super::{
    format_dates_and_amounts::Format,
    locale_texts::{self, fill},
    sentence_of_phrase::Values,
};
use crate::{
    incident_facts::{ClashBy, ClashWith, IncidentFacts, Notice},
    locale::{Language, Locale},
};

/// Something is wrong.
pub fn begun(facts: &IncidentFacts, locale: Locale) -> Notice {
    let keys = keys(facts);
    Notice { title: say(keys.title, facts, locale), text: say(keys.begun, facts, locale) }
}

/// It is not any more.
pub fn over(facts: &IncidentFacts, locale: Locale) -> Notice {
    let keys = keys(facts);
    let title = say(keys.title, facts, locale);
    let over_title = locale_texts::of(locale.language()).alert("over_title");
    Notice { title: fill(over_title, &[("title", title)]), text: say(keys.over, facts, locale) }
}

/// Nothing is wrong: somebody tries the alerts out.
pub fn trial(locale: Locale) -> Notice {
    let texts = locale_texts::of(locale.language());
    Notice { title: texts.alert("trial_title").to_owned(), text: texts.alert("trial").to_owned() }
}

/// Keys of `[alerts]` in the locale files.
pub(super) struct Keys {
    pub title: &'static str,
    pub begun: &'static str,
    pub over: &'static str,
}

pub(super) fn keys(facts: &IncidentFacts) -> Keys {
    let [title, begun, over] = match facts {
        IncidentFacts::CalendarFailing { .. } => {
            ["calendar_failing_title", "calendar_failing", "calendar_failing_over"]
        }
        IncidentFacts::CalendarStale { .. } => {
            ["calendar_stale_title", "calendar_stale", "calendar_stale_over"]
        }
        IncidentFacts::CalendarSlow { .. } => ["calendar_slow_title", "calendar_slow", "calendar_slow_over"],
        IncidentFacts::CalendarShrunk { .. } => {
            ["calendar_shrunk_title", "calendar_shrunk", "calendar_shrunk_over"]
        }
        IncidentFacts::CalendarUnreadable { .. } => {
            ["calendar_unreadable_title", "calendar_unreadable", "calendar_unreadable_over"]
        }
        IncidentFacts::CalendarClash { with, by: ClashBy::Stay, .. } => {
            let begun = match with {
                ClashWith::Stay => "calendar_clash",
                ClashWith::Calendar => "calendar_clash_feeds",
            };
            ["calendar_clash_title", begun, "calendar_clash_over"]
        }
        IncidentFacts::CalendarClash { with, by: ClashBy::Closure, .. } => {
            let begun = match with {
                ClashWith::Stay => "calendar_clash_closed",
                ClashWith::Calendar => "calendar_clash_closed_feeds",
            };
            ["calendar_clash_closed_title", begun, "calendar_clash_over"]
        }
        IncidentFacts::CalendarClashes { .. } => {
            ["calendar_clashes_title", "calendar_clashes", "calendar_clashes_over"]
        }
        IncidentFacts::CalendarProbed { .. } => {
            ["calendar_probed_title", "calendar_probed", "calendar_probed_over"]
        }
        IncidentFacts::CalendarLinkReplaced { .. } => {
            ["calendar_link_replaced_title", "calendar_link_replaced", "calendar_link_replaced_over"]
        }
    };
    Keys { title, begun, over }
}

fn say(key: &str, facts: &IncidentFacts, locale: Locale) -> String {
    fill(locale_texts::of(locale.language()).alert(key), &values(facts, locale))
}

pub(super) fn values(facts: &IncidentFacts, locale: Locale) -> Values {
    // A message may be read on another day than it is written: dates have their year.
    let format = Format::of(locale, None);
    let of = |name: &String, source: &String| vec![("name", name.clone()), ("source", source.clone())];
    let (mut values, more) = match facts {
        IncidentFacts::CalendarFailing { name, source, times } => {
            (of(name, source), ("count", times.to_string()))
        }
        IncidentFacts::CalendarStale { name, source, minutes } => {
            (of(name, source), ("minutes", format.minutes(*minutes)))
        }
        IncidentFacts::CalendarSlow { name, source, milliseconds } => {
            (of(name, source), ("seconds", seconds(*milliseconds, locale)))
        }
        IncidentFacts::CalendarShrunk { name, source, nights } => {
            (of(name, source), ("nights", format.nights(*nights)))
        }
        IncidentFacts::CalendarUnreadable { name, source, events } => {
            (of(name, source), ("count", events.to_string()))
        }
        IncidentFacts::CalendarClash { name, source, with: _, by: _, check_in, check_out } => {
            (of(name, source), ("range", format.range(*check_in, *check_out)))
        }
        IncidentFacts::CalendarClashes { name, source, count, check_in, check_out } => {
            let mut values = of(name, source);
            values.push(("count", count.to_string()));
            (values, ("range", format.range(*check_in, *check_out)))
        }
        IncidentFacts::CalendarProbed { times } => (Vec::new(), ("count", times.to_string())),
        IncidentFacts::CalendarLinkReplaced { name, source, hours } => {
            (of(name, source), ("hours", hours.to_string()))
        }
    };
    values.push(more);
    values
}

/// `6,2`
fn seconds(milliseconds: u32, locale: Locale) -> String {
    let comma = match locale.language() {
        Language::Es | Language::Pt => ',',
        Language::En => '.',
    };
    format!("{}{comma}{}", milliseconds / 1_000, milliseconds % 1_000 / 100)
}
