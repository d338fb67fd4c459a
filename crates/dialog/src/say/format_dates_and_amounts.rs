//! Dates, times, amounts and counts, as each language writes them.

use domain::money::Money;
use jiff::{
    Span,
    civil::{Date, Time, Weekday},
};

use super::locale_texts::{self, Texts, fill};
use crate::{
    locale::{Language, Locale},
    phrase::Deadline,
};

/// Dates this near are said without their year, even across the end of the year.
const NEAR_MONTHS: i32 = 6;

pub(super) struct Format {
    locale: Locale,
    /// The day on which it is said; without it every date is said with its year.
    today: Option<Date>,
    texts: &'static Texts,
}

impl Format {
    pub fn of(locale: Locale, today: Option<Date>) -> Self {
        Self { locale, today, texts: locale_texts::of(locale.language()) }
    }

    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// `viernes 8 de enero`, with the year where it matters.
    pub fn day(&self, date: Date) -> String {
        let year = if self.tells_year(date) { self.year(date.year()) } else { String::new() };
        let values = [
            ("weekday", self.weekday(date)),
            ("day", date.day().to_string()),
            ("month", self.month(date.month())),
            ("year", year),
        ];
        fill(&self.texts.dates.day, &values)
    }

    /// `31 de febrero`: a day that does not exist.
    pub fn day_that_is_none(&self, day: i8, month: i8, year: Option<i16>) -> String {
        let year = year.map_or(String::new(), |year| self.year(year));
        let values = [("day", day.to_string()), ("month", self.month(month)), ("year", year)];
        fill(&self.texts.dates.day_without_weekday, &values)
    }

    /// `del viernes 8 al domingo 10 de enero`; the year stands once when it is the same for both.
    pub fn range(&self, check_in: Date, check_out: Date) -> String {
        let in_month = (check_in.year(), check_in.month()) == (check_out.year(), check_out.month());
        let template = if in_month { &self.texts.dates.range_in_month } else { &self.texts.dates.range };
        let one_year = check_in.year() == check_out.year();
        let (tells_from, tells_to) = (self.tells_year(check_in), self.tells_year(check_out));
        let year_if = |told: bool, date: Date| if told { self.year(date.year()) } else { String::new() };
        let values = [
            ("from_weekday", self.weekday(check_in)),
            ("from_day", check_in.day().to_string()),
            ("from_month", self.month(check_in.month())),
            ("from_year", year_if(tells_from && !one_year, check_in)),
            ("to_weekday", self.weekday(check_out)),
            ("to_day", check_out.day().to_string()),
            ("month", self.month(check_out.month())),
            ("year", year_if(tells_to || tells_from && one_year, check_out)),
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

    fn month(&self, month: i8) -> String {
        let nth = usize::try_from(month - 1).unwrap_or(0);
        self.texts.dates.months.get(nth).cloned().unwrap_or_default()
    }

    /// ` de 2028`
    fn year(&self, year: i16) -> String {
        fill(&self.texts.dates.year, &[("year", year.to_string())])
    }

    /// A guest may have another year in mind than we have, and would not see it in "5 de enero". Nobody mistakes the
    /// current year, nor days within the next half year: in November, "5 de enero" is the coming one.
    fn tells_year(&self, date: Date) -> bool {
        let Some(today) = self.today else { return true };
        let is_near = today <= date && date <= today.saturating_add(Span::new().months(NEAR_MONTHS));
        date.year() != today.year() && !is_near
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
