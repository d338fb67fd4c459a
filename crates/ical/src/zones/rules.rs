use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::names;
use crate::moment::{Moment, offset_seconds};
use crate::property::Property;
use crate::recur::{Frequency, Rule};
use crate::text;
use crate::zones::ZoneRef;

/// A VTIMEZONE as written.
#[derive(Debug, Default)]
pub(crate) struct RawTimezone {
    pub(crate) id: String,
    location: Option<String>,
    pub(crate) observances: Vec<Observance>,
}

/// A STANDARD or DAYLIGHT part: from when on, and each year from when on, the clocks show which offset.
#[derive(Debug)]
pub(crate) struct Observance {
    season: Season,
    starts: Option<DateTime>,
    /// East of Greenwich.
    offset_seconds: Option<i32>,
    rule: Option<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Season {
    Standard,
    Daylight,
}

impl RawTimezone {
    /// Takes one property of the VTIMEZONE or of its latest part; they share no names that matter.
    pub(crate) fn take(&mut self, property: &Property<'_>) {
        let is = |word: &str| property.name.eq_ignore_ascii_case(word.as_bytes());
        if is("TZID") {
            self.id = text::unescape(property.value).into_owned();
        } else if is("X-LIC-LOCATION") {
            self.location = Some(text::unescape(property.value).into_owned());
        }
        let Some(part) = self.observances.last_mut() else { return };
        if is("DTSTART") {
            if let Some(Moment::At(starts, _)) = Moment::parse(property.value, ZoneRef::PROPERTY) {
                part.starts = Some(starts);
            }
        } else if is("TZOFFSETTO") {
            part.offset_seconds = offset_seconds(property.value);
        } else if is("RRULE") {
            part.rule = Rule::parse(property.value).ok();
        }
    }

    /// The zone it names, else the zone its rules describe; `None` when it has neither.
    pub(crate) fn zone(&self) -> Option<TimeZone> {
        let named = self.location.as_deref().and_then(names::iana).or_else(|| names::iana(&self.id));
        named.or_else(|| self.by_rules())
    }

    /// The rules in force. History is left out: a feed is about nights to come, and an hour seldom moves one.
    fn by_rules(&self) -> Option<TimeZone> {
        if let (Some(standard), Some(daylight)) =
            (self.yearly(Season::Standard), self.yearly(Season::Daylight))
        {
            let (offset, summer_offset) = (standard.offset_seconds?, daylight.offset_seconds?);
            if offset != summer_offset {
                let text = format!(
                    "STD{}DST{},{},{}",
                    posix_offset(offset),
                    posix_offset(summer_offset),
                    daylight.posix_rule()?,
                    standard.posix_rule()?,
                );
                return TimeZone::posix(&text).ok();
            }
        }
        let usable = self.observances.iter().filter(|part| part.offset_seconds.is_some());
        let latest =
            usable.max_by_key(|part| (!part.ends(), part.starts, part.season == Season::Standard))?;
        Some(TimeZone::fixed(Offset::from_seconds(latest.offset_seconds?).ok()?))
    }

    /// The latest part that comes back every year without end.
    fn yearly(&self, season: Season) -> Option<&Observance> {
        let parts = self.observances.iter().filter(|part| part.season == season);
        parts.filter(|part| part.posix_rule().is_some()).max_by_key(|part| part.starts)
    }
}

impl Observance {
    /// By the name of the component, STANDARD or DAYLIGHT.
    pub(crate) fn of(name: &[u8]) -> Observance {
        let daylight = name.eq_ignore_ascii_case(b"DAYLIGHT");
        let season = if daylight { Season::Daylight } else { Season::Standard };
        Observance { season, starts: None, offset_seconds: None, rule: None }
    }

    fn ends(&self) -> bool {
        self.rule.as_ref().is_some_and(|rule| rule.until.is_some() || rule.count.is_some())
    }

    /// `M10.5.0/3:00:00`, the form of POSIX TZ for "the last Sunday of October at three".
    fn posix_rule(&self) -> Option<String> {
        let (rule, starts) = (self.rule.as_ref()?, self.starts?);
        if rule.frequency != Frequency::Yearly || self.ends() || self.offset_seconds.is_none() {
            return None;
        }
        let month = rule.only_month()?;
        let (nth, weekday) = rule.only_weekday_of_month()?;
        let week = if nth == -1 { 5 } else { nth };
        let at = starts.time();
        let weekday = weekday.to_sunday_zero_offset();
        (1..=5)
            .contains(&week)
            .then(|| format!("M{month}.{week}.{weekday}/{}:{:02}:{:02}", at.hour(), at.minute(), at.second()))
    }
}

/// POSIX counts west of Greenwich.
fn posix_offset(seconds_east: i32) -> String {
    let sign = if seconds_east > 0 { "-" } else { "" };
    let seconds = seconds_east.abs();
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
