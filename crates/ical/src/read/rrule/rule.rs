//! Parses RRULE, the repeat rule of RFC 5545.

use jiff::civil::Weekday;

use crate::read::date_time_values::Moment;
use crate::read::zone_ref::ZoneRef;

/// An RRULE (RFC 5545 3.3.10) of the sorts that calendars of stays have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) frequency: Frequency,
    /// Every so many days, weeks, months or years; at least 1.
    pub(crate) interval: i64,
    pub(crate) count: Option<u32>,
    /// The last moment at which an occurrence may start. Without Z it is in the zone of the event.
    pub(crate) until: Option<Moment>,
    /// Bit 1 is January; none means any.
    pub(super) months: u16,
    /// Bit 1 is the first day of the month.
    pub(super) month_days: u32,
    /// Bit 1 is the last day of the month.
    pub(super) month_days_from_end: u32,
    /// Bit 0 is Monday: BYDAY without a number.
    pub(super) weekdays: u8,
    /// BYDAY with a number: the second Tuesday, the last Friday of the month.
    pub(super) nth_weekdays: Vec<(i8, Weekday)>,
    pub(super) week_start: Weekday,
    /// BYSETPOS: which of the days of a period, from its start or, negative, from its end; none means all.
    pub(super) positions: Vec<i16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// More numbered weekdays than the weeks and days of a month is noise.
const MOST_NTH_WEEKDAYS: usize = 70;
/// As many as a year has days, and from its end.
const MOST_POSITIONS: usize = 2 * 366;

impl Rule {
    /// The rule, or in words what of it is not understood.
    pub(crate) fn parse(value: &[u8]) -> Result<Rule, String> {
        let text = String::from_utf8_lossy(value).to_ascii_uppercase();
        let mut frequency = None;
        let mut rule = Rule {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            months: 0,
            month_days: 0,
            month_days_from_end: 0,
            weekdays: 0,
            nth_weekdays: Vec::new(),
            week_start: Weekday::Monday,
            positions: Vec::new(),
        };
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or("the RRULE cannot be read")?;
            let (key, value) = (key.trim(), value.trim());
            let unreadable =
                || format!("the {} of the RRULE cannot be read", crate::text_escapes::cut(key, 20));
            match key {
                "FREQ" => frequency = Some(frequency_of(value)?),
                "INTERVAL" => {
                    let interval = value.parse().ok().filter(|n| (1..=1 << 20).contains(n));
                    rule.interval = interval.ok_or_else(unreadable)?;
                }
                "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0).ok_or_else(unreadable)?),
                "UNTIL" => {
                    let until = Moment::parse(value.as_bytes(), ZoneRef::PROPERTY);
                    rule.until = Some(until.ok_or_else(unreadable)?);
                }
                "BYMONTH" => {
                    for month in list(value) {
                        let month: Option<u16> = month.parse().ok().filter(|n| (1..=12).contains(n));
                        rule.months |= 1u16 << month.ok_or_else(unreadable)?;
                    }
                }
                "BYMONTHDAY" => {
                    for day in list(value) {
                        let day: i32 =
                            day.parse().ok().filter(|n| (-31..=31).contains(n)).ok_or_else(unreadable)?;
                        match day {
                            0 => return Err(unreadable()),
                            1.. => rule.month_days |= 1 << day,
                            _ => rule.month_days_from_end |= 1 << -day,
                        }
                    }
                }
                "BYDAY" => {
                    for day in list(value) {
                        rule.take_weekday(day).ok_or_else(unreadable)?;
                    }
                }
                "BYSETPOS" => {
                    for position in list(value) {
                        let position: Option<i16> = position.parse().ok().filter(|n| *n != 0);
                        let position = position.filter(|n| n.abs() <= 366);
                        rule.positions.push(position.ok_or_else(unreadable)?);
                    }
                    if rule.positions.is_empty() || rule.positions.len() > MOST_POSITIONS {
                        return Err(unreadable());
                    }
                }
                "WKST" => rule.week_start = weekday(value).ok_or_else(unreadable)?,
                _ => {
                    return Err(format!(
                        "{} in an RRULE is not understood",
                        crate::text_escapes::cut(key, 20)
                    ));
                }
            }
        }
        rule.frequency = frequency.ok_or("the RRULE has no FREQ")?;
        rule.check()?;
        Ok(rule)
    }

    fn take_weekday(&mut self, text: &str) -> Option<()> {
        let name_at = text.find(|char: char| char.is_ascii_alphabetic())?;
        let (number, name) = text.split_at(name_at);
        let weekday = weekday(name)?;
        if number.trim().is_empty() {
            self.weekdays |= 1 << weekday.to_monday_zero_offset();
            return Some(());
        }
        let nth = number.trim().parse().ok().filter(|n: &i8| *n != 0)?;
        self.nth_weekdays.push((nth, weekday));
        (self.nth_weekdays.len() <= MOST_NTH_WEEKDAYS).then_some(())
    }

    /// Combinations whose meaning RFC 5545 does not give, or which nobody has been seen to use.
    fn check(&self) -> Result<(), String> {
        let numbered = !self.nth_weekdays.is_empty();
        let days_of_month = self.month_days != 0 || self.month_days_from_end != 0;
        // Numbers count in the month, but in a yearly rule without months in the year.
        let of_year = self.frequency == Frequency::Yearly && self.months == 0;
        let weeks = if of_year { 53 } else { 5 };
        let what = match self.frequency {
            Frequency::Daily | Frequency::Weekly if numbered => "a numbered BYDAY in a daily or weekly RRULE",
            Frequency::Weekly if days_of_month => "BYMONTHDAY in a weekly RRULE",
            Frequency::Yearly if numbered && days_of_month && self.months == 0 => {
                "a numbered BYDAY with BYMONTHDAY in a yearly RRULE"
            }
            _ if self.nth_weekdays.iter().any(|(nth, _)| nth.abs() > weeks) => "a BYDAY beyond the last week",
            _ => return Ok(()),
        };
        Err(format!("{what} is not understood"))
    }
}

fn list(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn frequency_of(value: &str) -> Result<Frequency, String> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        other => Err(format!("FREQ={} is not understood", crate::text_escapes::cut(other, 20))),
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.trim() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}
