//! Parses DATE, DATE-TIME and DURATION values, strict and misspelt.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::zone_ref::ZoneRef;
use crate::day_arithmetic;

/// When something starts or ends, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Moment {
    /// A whole day.
    Day(Date),
    /// The clock in a zone; floating times have [`ZoneRef::PROPERTY`], times with Z [`ZoneRef::UTC`].
    At(DateTime, ZoneRef),
}

/// A DURATION. Days are nominal (a day with 23 hours is a day), seconds exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Length {
    pub(crate) days: i64,
    pub(crate) seconds: i64,
}

impl Moment {
    /// `20260901`, `20260901T150000`, with `Z`; and what strays from that: dashes and colons, no seconds, a
    /// UTC offset, hour 24, a date with Z. The shape decides, not VALUE: writers get VALUE wrong.
    pub(crate) fn parse(value: &[u8], zone: ZoneRef) -> Option<Moment> {
        if let Some(date) = compact_date(value) {
            return Some(Moment::Day(date));
        }
        let text = std::str::from_utf8(value).ok()?.trim();
        let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
            return loose_date(text.trim_end_matches(['Z', 'z'])).map(Moment::Day);
        };
        let date = loose_date(date)?;
        let suffix = time.find(|char: char| !char.is_ascii_digit() && char != ':').unwrap_or(time.len());
        let (clock, suffix) = time.split_at(suffix);
        let at = at_clock(date, clock)?;
        // Fractions of a second, which only ISO 8601 has, change nothing.
        let suffix =
            suffix.trim_start_matches(|char: char| matches!(char, '.' | ',') || char.is_ascii_digit());
        match suffix.trim() {
            "" => Some(Moment::At(at, zone)),
            "Z" | "z" => Some(Moment::At(at, ZoneRef::UTC)),
            offset => {
                let seconds = offset_seconds(offset.as_bytes())?;
                Some(Moment::At(plus_seconds(at, -i64::from(seconds)), ZoneRef::UTC))
            }
        }
    }
}

impl Length {
    /// `P1W`, `P2D`, `PT48H`, `-P1DT2H3M4S`.
    pub(crate) fn parse(value: &[u8]) -> Option<Length> {
        let (sign, rest) = match value.split_first()? {
            (b'-', rest) => (-1, rest),
            (b'+', rest) => (1, rest),
            _ => (1, value),
        };
        let rest = rest.strip_prefix(b"P").or_else(|| rest.strip_prefix(b"p"))?;
        let mut length = Length { days: 0, seconds: 0 };
        let mut number: Option<i64> = None;
        let mut parts = 0;
        for byte in rest {
            if byte.is_ascii_digit() {
                let digit = i64::from(byte - b'0');
                number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
                continue;
            }
            if matches!(byte, b'T' | b't') && number.is_none() {
                continue;
            }
            // A bound so far beyond any calendar that the sums below cannot overflow.
            let count = number.take().filter(|count| *count < 1 << 32)?;
            parts += 1;
            match byte.to_ascii_uppercase() {
                b'W' => length.days += 7 * count,
                b'D' => length.days += count,
                b'H' => length.seconds += 3600 * count,
                b'M' => length.seconds += 60 * count,
                b'S' => length.seconds += count,
                _ => return None,
            }
            if parts > 8 {
                return None;
            }
        }
        let whole = number.is_none() && parts > 0;
        whole.then_some(Length { days: sign * length.days, seconds: sign * length.seconds })
    }
}

/// `+HHMM`, `-HH:MM`, `+HHMMSS` (local mean times such as `+000921`), in seconds east of Greenwich.
pub(crate) fn offset_seconds(value: &[u8]) -> Option<i32> {
    let (sign, rest) = match value.split_first()? {
        (b'-', rest) => (-1, rest),
        (b'+', rest) => (1, rest),
        _ => return None,
    };
    let mut digits = [0i32; 6];
    let mut count = 0;
    for byte in rest.iter().filter(|byte| **byte != b':') {
        *digits.get_mut(count)? = i32::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        count += 1;
    }
    if !matches!(count, 2 | 4 | 6) {
        return None;
    }
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let (hours, minutes, seconds) = (two(0), two(2), two(4));
    let sane = hours <= 15 && minutes < 60 && seconds < 60;
    sane.then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}

/// Civil arithmetic; outside jiff's years, the first or last moment.
pub(crate) fn plus_seconds(at: DateTime, seconds: i64) -> DateTime {
    at.saturating_add(SignedDuration::from_secs(seconds))
}

fn compact_date(digits: &[u8]) -> Option<Date> {
    let digits: &[u8; 8] = digits.try_into().ok()?;
    let mut number = 0u32;
    for byte in digits {
        number = number * 10 + u32::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
    }
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn loose_date(text: &str) -> Option<Date> {
    let text = text.trim();
    match text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            compact_date(&[*y1, *y2, *y3, *y4, *m1, *m2, *d1, *d2])
        }
        digits => compact_date(digits),
    }
}

fn at_clock(date: Date, clock: &str) -> Option<DateTime> {
    let mut numbers = [0i8; 3];
    let mut digits = clock.bytes().filter(u8::is_ascii_digit);
    let mut count = 0;
    while let Some(tens) = digits.next() {
        let units = digits.next()?;
        *numbers.get_mut(count)? = i8::try_from((tens - b'0') * 10 + (units - b'0')).ok()?;
        count += 1;
    }
    let [hour, minute, second] = numbers;
    match (count, hour) {
        (0, _) => None,
        (_, 24) if minute == 0 && second == 0 => {
            Some(day_arithmetic::plus(date, 1)?.to_datetime(Time::midnight()))
        }
        // A leap second has no night of its own.
        _ => Some(date.to_datetime(Time::new(hour, minute, second.min(59), 0).ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        let moment = Moment::parse(value.as_bytes(), ZoneRef::PROPERTY);
        let said = match moment {
            None => "none".to_string(),
            Some(Moment::Day(date)) => date.to_string(),
            Some(Moment::At(at, ZoneRef::UTC)) => format!("{at}Z"),
            Some(Moment::At(at, _)) => at.to_string(),
        };
        assert_eq!(said, expected, "{value}");
    }

    #[test]
    fn moments() {
        check("20260901", "2026-09-01");
        check("2026-09-01", "2026-09-01");
        check("20260901Z", "2026-09-01");
        check("20260901T150000", "2026-09-01T15:00:00");
        check("20260901T150000Z", "2026-09-01T15:00:00Z");
        check("20260901t1500z", "2026-09-01T15:00:00Z");
        check("2026-09-01T15:00:00.000-03:00", "2026-09-01T18:00:00Z");
        check("20260901T15", "2026-09-01T15:00:00");
        check("20260901T240000", "2026-09-02T00:00:00");
        check("20260901T235960Z", "2026-09-01T23:59:59Z");
        for bad in
            ["", "2026", "20260231", "20261301", "20260901T", "20260901T9", "20260901T250000", "T", "x"]
        {
            check(bad, "none");
        }
        check("20260901T150000+9999", "none");
        check("99991231T235959-0100", "9999-12-31T23:59:59.999999999Z");
        check("202609\u{e9}", "none");
    }

    #[test]
    fn lengths() {
        for (value, expected) in [
            ("P1D", Some((1, 0))),
            ("P2W", Some((14, 0))),
            ("PT48H", Some((0, 172_800))),
            ("-P1DT2H3M4S", Some((-1, -7384))),
            ("P", None),
            ("P1", None),
            ("1D", None),
            ("P1X", None),
            ("P99999999999999999999D", None),
            ("PT9999999999H", None),
            ("", None),
        ] {
            let length = Length::parse(value.as_bytes()).map(|length| (length.days, length.seconds));
            assert_eq!(length, expected, "{value}");
        }
    }

    #[test]
    fn offsets() {
        for (value, expected) in [
            ("-0300", Some(-10_800)),
            ("+05:30", Some(19_800)),
            ("+000921", Some(561)),
            ("-0000", Some(0)),
            ("+01", Some(3600)),
            ("0100", None),
            ("+1", None),
            ("+9900", None),
            ("+01000", None),
            ("", None),
        ] {
            assert_eq!(offset_seconds(value.as_bytes()), expected, "{value}");
        }
    }
}
