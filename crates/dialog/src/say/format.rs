//! Dates, times, amounts and counts, as each language writes them.

use domain::money::Money;
use jiff::civil::{Date, Time, Weekday};

use super::texts::{self, Texts, fill};
use crate::{
    locale::{Language, Locale},
    phrase::Deadline,
};

pub(super) struct Format {
    locale: Locale,
    texts: &'static Texts,
}

impl Format {
    pub fn of(locale: Locale) -> Self {
        Self { locale, texts: texts::of(locale.language()) }
    }

    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// `viernes 8 de enero`
    pub fn day(&self, date: Date) -> String {
        fill(
            &self.texts.dates.day,
            &[("weekday", self.weekday(date)), ("day", date.day().to_string()), ("month", self.month(date))],
        )
    }

    /// `del viernes 8 al domingo 10 de enero`
    pub fn range(&self, check_in: Date, check_out: Date) -> String {
        let in_month = (check_in.year(), check_in.month()) == (check_out.year(), check_out.month());
        let template = if in_month { &self.texts.dates.range_in_month } else { &self.texts.dates.range };
        let values = [
            ("from_weekday", self.weekday(check_in)),
            ("from_day", check_in.day().to_string()),
            ("from_month", self.month(check_in)),
            ("to_weekday", self.weekday(check_out)),
            ("to_day", check_out.day().to_string()),
            ("month", self.month(check_out)),
        ];
        fill(template, &values)
    }

    pub fn nights_between(&self, check_in: Date, check_out: Date) -> String {
        let nights = check_in.until(check_out).map_or(0, |length| length.get_days());
        self.nights(u16::try_from(nights).unwrap_or(0))
    }

    pub fn nights(&self, count: u16) -> String {
        self.count("night", count)
    }

    pub fn guests(&self, count: u16) -> String {
        self.count("guest", count)
    }

    pub fn minutes(&self, count: u16) -> String {
        self.count("minute", count)
    }

    /// `15:30`
    pub fn time(&self, time: Time) -> String {
        format!("{}:{:02}", time.hour(), time.minute())
    }

    pub fn deadline(&self, deadline: Deadline) -> String {
        match deadline {
            Deadline::Today(time) => fill(&self.texts.dates.deadline_today, &[("time", self.time(time))]),
            Deadline::On(date, time) => {
                fill(&self.texts.dates.deadline_on, &[("time", self.time(time)), ("date", self.day(date))])
            }
        }
    }

    /// `$ 51.000`; every currency but the Argentine peso in Spanish has its code: `$ 1.200,50 MXN`, `EUR 90`.
    pub fn money(&self, money: Money) -> String {
        let (point, comma) = match self.locale.language() {
            Language::Es | Language::Pt => ('.', ','),
            Language::En => (',', '.'),
        };
        let plain = money.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
        let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
        let mut number = grouped(whole, point);
        if cents.bytes().any(|digit| digit != b'0') {
            number.push(comma);
            number.push_str(cents);
        }
        let code = money.currency.code();
        match code {
            "ARS" if self.locale.language() == Language::Es => format!("{sign}$ {number}"),
            "ARS" | "MXN" | "CLP" | "COP" | "UYU" | "USD" => format!("{sign}$ {number} {code}"),
            _ => format!("{sign}{code} {number}"),
        }
    }

    fn weekday(&self, date: Date) -> String {
        let nth = usize::try_from(date.weekday().since(Weekday::Monday)).unwrap_or(0);
        self.texts.dates.weekdays[nth].clone()
    }

    fn month(&self, date: Date) -> String {
        let nth = usize::try_from(date.month() - 1).unwrap_or(0);
        self.texts.dates.months[nth].clone()
    }

    fn count(&self, noun: &str, count: u16) -> String {
        let form = if count == 1 { "one" } else { "many" };
        let template = self.texts.counts.get(&format!("{noun}_{form}")).map_or("", String::as_str);
        fill(template, &[("count", count.to_string())])
    }
}

/// `51000` as `51.000`.
fn grouped(whole: &str, point: char) -> String {
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(point);
        }
        grouped.push(digit);
    }
    grouped
}
