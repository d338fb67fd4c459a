//! The days on which a repeat rule falls, within a budget of work.

use jiff::civil::Date;

use super::{
    budget::{Budget, Spent},
    rule::{Frequency, Rule},
};
use crate::day_arithmetic;

/// The days on which a rule repeats, as [`expand`].
pub(crate) fn days_of_rule(
    rule: &Rule,
    start: Date,
    window: (Date, Date),
    may_start: impl Fn(Date) -> bool,
    budget: &mut Budget,
) -> Result<Vec<Date>, Spent> {
    let mut found = Vec::new();
    expand(rule, start, window, may_start, budget, &mut found)?;
    Ok(found)
}

/// Appends the days on which the rule repeats, from `start` on, that lie in `from..to`, in order. `may_start` says
/// whether UNTIL still allows a day; once it says no, no later day is asked. `start` itself comes only if it fits.
pub(crate) fn expand(
    rule: &Rule,
    start: Date,
    (from, to): (Date, Date),
    may_start: impl Fn(Date) -> bool,
    budget: &mut Budget,
    found: &mut Vec<Date>,
) -> Result<(), Spent> {
    let mut left = rule.count.map_or(u64::MAX, u64::from);
    // Only COUNT makes it matter what was before the window.
    let first_period = if rule.count.is_some() { 0 } else { periods_before(rule, start, from) };
    let mut candidates = Vec::new();
    for period in first_period.. {
        candidates.clear();
        let Some(begins) = candidates_of(rule, start, period, budget, &mut candidates)? else {
            return Ok(());
        };
        if !rule.positions.is_empty() {
            budget.spend(rule.positions.len() as u64)?;
            candidates = at_positions(&rule.positions, &candidates);
        }
        if begins >= to {
            return Ok(());
        }
        for day in candidates.iter().copied().filter(|day| *day >= start) {
            if left == 0 || day >= to || !may_start(day) {
                return Ok(());
            }
            left -= 1;
            if day >= from {
                found.push(day);
            }
        }
    }
    Ok(())
}

/// Those of the days of a period that BYSETPOS names, in order.
fn at_positions(positions: &[i16], days: &[Date]) -> Vec<Date> {
    let index = |position: i16| match usize::from(position.unsigned_abs()) {
        from_end if position < 0 => days.len().checked_sub(from_end),
        from_start => from_start.checked_sub(1),
    };
    let mut named: Vec<Date> =
        positions.iter().filter_map(|position| days.get(index(*position)?).copied()).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whole periods that end before `from`, for certain.
fn periods_before(rule: &Rule, start: Date, from: Date) -> i64 {
    let days = day_arithmetic::between(start, from).max(0);
    let shortest = match rule.frequency {
        Frequency::Daily => days,
        Frequency::Weekly => days / 7,
        Frequency::Monthly => days / 31,
        Frequency::Yearly => days / 366,
    };
    (shortest / rule.interval - 1).max(0)
}

/// Collects the days of one period in order, and returns where the period begins; `None` past the last year.
fn candidates_of(
    rule: &Rule,
    start: Date,
    period: i64,
    budget: &mut Budget,
    out: &mut Vec<Date>,
) -> Result<Option<Date>, Spent> {
    let Some(step) = period.checked_mul(rule.interval) else { return Ok(None) };
    match rule.frequency {
        Frequency::Daily => {
            budget.spend(1)?;
            let Some(day) = day_arithmetic::plus(start, step) else { return Ok(None) };
            let by_weekday = rule.weekdays == 0 || has_weekday(rule, day);
            let by_month_day = !has_month_days(rule) || month_day_bits(rule, day) & bit(day.day()) != 0;
            if in_month(rule, day) && by_weekday && by_month_day {
                out.push(day);
            }
            Ok(Some(day))
        }
        Frequency::Weekly => {
            budget.spend(7)?;
            let since_week_start = start.weekday().since(rule.week_start);
            let week = step
                .checked_mul(7)
                .and_then(|step| day_arithmetic::plus(start, step - i64::from(since_week_start)));
            let Some(week) = week else { return Ok(None) };
            let same_weekday = |day: Date| rule.weekdays == 0 && day.weekday() == start.weekday();
            let all = (0..7).filter_map(|count| day_arithmetic::plus(week, count));
            out.extend(
                all.filter(|day| in_month(rule, *day) && (has_weekday(rule, *day) || same_weekday(*day))),
            );
            Ok(Some(week))
        }
        Frequency::Monthly => {
            budget.spend(31)?;
            let months = i64::from(start.year()) * 12 + i64::from(start.month()) - 1;
            let Some(month) = months.checked_add(step).and_then(first_of_month) else { return Ok(None) };
            if in_month(rule, month) {
                days_of_month(rule, start, month, out);
            }
            Ok(Some(month))
        }
        Frequency::Yearly => {
            budget.spend(31 * 12)?;
            let january = i64::from(start.year()).checked_add(step).and_then(|year| year.checked_mul(12));
            let Some(january) = january.filter(|month| first_of_month(*month).is_some()) else {
                return Ok(None);
            };
            if rule.months == 0 && !rule.nth_weekdays.is_empty() {
                weekdays_of_year(rule, first_of_month(january), out);
                return Ok(first_of_month(january));
            }
            let any_month = rule.months == 0 && (has_month_days(rule) || rule.weekdays != 0);
            for month in (0..12).filter_map(|count| first_of_month(january + count)) {
                let same_month = rule.months == 0 && month.month() == start.month();
                let named = rule.months & (1 << month.month()) != 0;
                if any_month || same_month || named {
                    days_of_month(rule, start, month, out);
                }
            }
            Ok(first_of_month(january))
        }
    }
}

/// Days of the month by BYMONTHDAY and BYDAY together, or else the day of the start, in order. A day that the month
/// does not have is left out, as RFC 5545 says.
fn days_of_month(rule: &Rule, start: Date, month: Date, out: &mut Vec<Date>) {
    let mut bits = u32::MAX;
    if has_month_days(rule) {
        bits &= month_day_bits(rule, month);
    }
    if rule.weekdays != 0 || !rule.nth_weekdays.is_empty() {
        bits &= weekday_bits(rule, month);
    }
    if bits == u32::MAX {
        bits = bit(start.day());
    }
    let days = 1..=month.days_in_month();
    out.extend(days.filter(|day| bits & bit(*day) != 0).filter_map(|day| month.with().day(day).build().ok()));
}

/// BYDAY in a year as a whole: the first Friday of it, the last Sunday, and all of those without a number, in order.
fn weekdays_of_year(rule: &Rule, january: Option<Date>, out: &mut Vec<Date>) {
    let Some(first_day) = january else { return };
    let length = i64::from(first_day.days_in_year());
    let first =
        |weekday: i8| i64::from((weekday - first_day.weekday().to_monday_zero_offset()).rem_euclid(7));
    let mut days: Vec<i64> = Vec::new();
    for (nth, weekday) in &rule.nth_weekdays {
        let first = first(weekday.to_monday_zero_offset());
        let count = (length - 1 - first) / 7 + 1;
        let from_first = if *nth > 0 { i64::from(*nth) - 1 } else { count + i64::from(*nth) };
        days.extend((0..count).contains(&from_first).then_some(first + 7 * from_first));
    }
    for weekday in (0..7).filter(|weekday| rule.weekdays & (1 << weekday) != 0) {
        days.extend((first(weekday)..length).step_by(7));
    }
    days.sort_unstable();
    days.dedup();
    out.extend(days.into_iter().filter_map(|day| day_arithmetic::plus(first_day, day)));
}

fn weekday_bits(rule: &Rule, month: Date) -> u32 {
    let nth =
        rule.nth_weekdays.iter().filter_map(|(nth, weekday)| month.nth_weekday_of_month(*nth, *weekday).ok());
    let mut bits = nth.fold(0, |bits, day| bits | bit(day.day()));
    for weekday in (0..7).filter(|weekday| rule.weekdays & (1 << weekday) != 0) {
        let first = (weekday - month.weekday().to_monday_zero_offset()).rem_euclid(7) + 1;
        bits |= (first..=month.days_in_month()).step_by(7).fold(0, |bits, day| bits | bit(day));
    }
    bits
}

/// BYMONTHDAY as days counted from the start of the month of `day`.
fn month_day_bits(rule: &Rule, day: Date) -> u32 {
    let length = day.days_in_month();
    let from_end = (1..=length).filter(|back| rule.month_days_from_end & bit(*back) != 0);
    from_end.fold(rule.month_days, |bits, back| bits | bit(length + 1 - back))
}

fn has_month_days(rule: &Rule) -> bool {
    rule.month_days != 0 || rule.month_days_from_end != 0
}

fn has_weekday(rule: &Rule, day: Date) -> bool {
    rule.weekdays & (1 << day.weekday().to_monday_zero_offset()) != 0
}

fn in_month(rule: &Rule, day: Date) -> bool {
    rule.months == 0 || rule.months & (1 << day.month()) != 0
}

fn bit(day: i8) -> u32 {
    1 << day
}

/// By months counted from January of the year 0.
fn first_of_month(months: i64) -> Option<Date> {
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    Date::new(year, i8::try_from(months.rem_euclid(12) + 1).ok()?, 1).ok()
}
