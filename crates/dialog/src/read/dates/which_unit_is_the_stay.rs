//! Which of the units is the stay.

use jiff::civil::Date;

use super::{
    Aim, At,
    arrival_or_departure::Role,
    day_mention::Mention,
    impossible_days,
    join_days_into_unit::{Shape, Unit, in_month_of},
    link,
    settle_to_calendar_dates::{self, Span},
    weekends, whose,
};
use crate::{
    message_reading::DateProblem,
    read::{length_of_stay::Length, lexicon::Words, resolve_to_calendar_date::plus_days, token::Sentence},
};

pub(super) enum Choice {
    Nothing,
    /// Days were named, but which are meant stays open: there are two of them.
    Open,
    Wrong(DateProblem),
    Stay(Chosen),
}

/// The dates, and where they were said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chosen {
    pub span: Span,
    pub check_in_at: At,
    pub check_out_at: At,
    /// A weekend, a feast, a fortnight.
    pub is_period: bool,
    /// `24 y 25`
    pub is_row: bool,
}

impl Chosen {
    /// The same, to be repeated back.
    pub fn asked(self) -> Self {
        Self { span: Span { ambiguous: true, ..self.span }, ..self }
    }
}

/// `today` is the day from which days without a month are counted.
pub(super) fn choose(sentence: &Sentence, units: &[Unit], aim: Aim, today: Date, length: &Length) -> Choice {
    if units.is_empty() {
        return Choice::Nothing;
    }
    if units.iter().any(|unit| unit.is_alternative) {
        return Choice::Open;
    }
    let of_days = |shape: &Shape, about: bool| of_days(today, length, shape, about);
    if let Some(shape) = nights_and_departure(units, today) {
        return of_days(&shape, false);
    }
    if let Some(unit) = units.iter().rev().find(|unit| !matches!(unit.shape, Shape::Single(_))) {
        return of_range(sentence, unit, units, aim, today, length);
    }
    let single = |unit: &Unit| *unit.shape.first();
    if let Some(shape) = arrival_and_nights(units, today, length) {
        return of_days(&shape, units.iter().any(|unit| unit.is_about));
    }
    let departure = units.iter().rev().find(|unit| unit.role == Role::Departure);
    if let [coming, other] = units
        && coming.role != Role::Departure
        && other.role == Role::Unsaid
        && (coming.role == Role::Arrival
            || is_done_by_us(sentence, coming.start) && is_done_by_us(sentence, other.start))
        && length.nights.is_none()
        && aim == Aim::Book
        && is_joined(sentence, coming.end, other.start)
    {
        // "Bajamos el 3 y subimos el 6": most likely the departure, and worth a question.
        return of_days(&Shape::Range(single(coming), single(other)), true);
    }
    let mut arrivals = units.iter().filter(|unit| unit.role != Role::Departure);
    let said = units.iter().find(|unit| unit.role == Role::Arrival);
    // Two days of coming and none of going: which one is it?
    let comes_twice =
        units.iter().filter(|unit| unit.role == Role::Arrival).count() > 1 && departure.is_none();
    let said =
        if aim == Aim::Change { units.iter().rev().find(|unit| unit.role == Role::Arrival) } else { said };
    let arrival = said.or_else(|| if aim == Aim::Change { arrivals.next_back() } else { arrivals.next() });
    match (arrival, departure) {
        (Some(unit), None) if weekends::is_weekend_of(sentence, unit.start) => {
            let day = single(unit);
            chosen(
                settle_to_calendar_dates::date_of(&day, today).and_then(weekends::weekend_of),
                &Shape::Single(day),
                true,
            )
        }
        (Some(unit), None) => {
            // Two days that nothing joins, and no word of coming: which one is it?
            let is_open = (comes_twice || said.is_none() && units.len() > 1) && aim == Aim::Book;
            of_days(&unit.shape, unit.is_about || is_open)
        }
        (Some(unit), Some(leaving)) => {
            of_days(&Shape::Range(single(unit), single(leaving)), unit.is_about || leaving.is_about)
        }
        (None, Some(leaving)) => {
            departure_alone(of_days(&Shape::Single(single(leaving)), leaving.is_about), today)
        }
        (None, None) => Choice::Nothing,
    }
}

fn of_days(today: Date, length: &Length, shape: &Shape, about: bool) -> Choice {
    match impossible_days::problem(shape, today, length.nights) {
        Some(problem) => Choice::Wrong(problem),
        None => chosen(settle_to_calendar_dates::settle(shape, today), shape, about),
    }
}

/// The stay, when a range, a row or a night is said.
fn of_range(
    sentence: &Sentence,
    unit: &Unit,
    units: &[Unit],
    aim: Aim,
    today: Date,
    length: &Length,
) -> Choice {
    // "Finde del 16 y 17": both days are named, and no question is left.
    if let (Shape::Row(first, last), true) = (unit.shape, weekends::is_weekend_of(sentence, unit.start)) {
        return of_days(today, length, &Shape::Range(first, last), unit.is_about);
    }
    if let (Shape::Range(_, last), Some(end)) = (unit.shape, moved_end(sentence, unit.start)) {
        let moved = of_days(today, length, &Shape::Single(last), unit.is_about);
        return if end == Role::Departure { departure_alone(moved, today) } else { moved };
    }
    match with_other_end(sentence, unit, units, today) {
        // Where a booking is moved, or drawn out, the range is the booking as it is.
        Some((end, Role::Departure)) if aim == Aim::Change || is_drawn_out(sentence, end.start) => {
            return departure_alone(of_days(today, length, &Shape::Single(end), false), today);
        }
        Some((end, Role::Arrival)) if aim == Aim::Change => {
            return of_days(today, length, &Shape::Single(end), false);
        }
        Some((end, role)) => {
            let (first, last) = (*unit.shape.first(), *unit.shape.last());
            let shape =
                if role == Role::Arrival { Shape::Range(end, last) } else { Shape::Range(first, end) };
            return of_days(today, length, &shape, true);
        }
        None => {}
    }
    // A day that follows the range where a booking is moved may be the new one.
    let is_open = aim == Aim::Change
        && units.last().is_some_and(|last| last.start > unit.end && last.role != Role::Departure);
    of_days(today, length, &unit.shape, unit.is_about || is_open)
}

/// `del 5 al 8 … al final nos iríamos el 9`: another end that the writers name behind the range, and which.
fn with_other_end(sentence: &Sentence, unit: &Unit, units: &[Unit], today: Date) -> Option<(Mention, Role)> {
    let Shape::Range(first, last) = unit.shape else { return None };
    let speaks = |other: &&Unit| {
        other.start > unit.end
            && (whose::moves_himself(sentence, other) || is_drawn_out(sentence, other.start))
    };
    let (arrival, departure) = settle_to_calendar_dates::both(&first, &last, today)?;
    let dated = if last.is_dated() { last } else { first };
    units.iter().filter(speaks).find_map(|later| {
        let Shape::Single(day) = later.shape else { return None };
        let day = in_month_of(&dated, day);
        let differs = match later.role {
            Role::Departure => settle_to_calendar_dates::after(&day, arrival, today)? != departure,
            Role::Arrival => {
                let date = settle_to_calendar_dates::date_of(&day, today)?;
                date != arrival && date < departure
            }
            Role::Unsaid => false,
        };
        differs.then_some((day, later.role))
    })
}

/// `alargar hasta el 17`, `esticar até o dia 19`, `extend to the 9th`
fn is_drawn_out(sentence: &Sentence, start: usize) -> bool {
    (start.saturating_sub(6)..start).any(|index| {
        sentence.starts_with(
            index,
            &["extend", "extiend", "estend", "prolong", "alarg", "prorrog", "estir", "estic"],
        )
    })
}

/// `moverla del 5 al 12`, `move our arrival from the 8th to the 9th`, `extend from the 11th to the 13th`: from the old day
/// to the new one, and which end it is.
fn moved_end(sentence: &Sentence, start: usize) -> Option<Role> {
    static MOVES: Words = Words::new(
        "moverla moverlo pasarla pasarlo cambiarla cambiarlo correrla correrlo pasarnos pasarme movernos moverme corrernos move moving \
         bump push shift change changing switch extend extending extender estender adelantar atrasar retrasar postergar mover correr",
    );
    static BETWEEN: Words = Words::new(
        "back forward up out ahead over by pra para it us me our my the la el mi nuestra minha arrival departure llegada salida chegada saida checkout checkin entrada ingreso \
         nossa a stay",
    );
    static LEAVING: Words = Words::new("departure salida saida checkout extend extending extender estender");
    let at = sentence.skip_articles_back(start);
    if !sentence.was(at, 1, &["del", "from", "de", "do"]) {
        return None;
    }
    let from = at.checked_sub(2)?;
    let verb = (from.saturating_sub(3)..=from)
        .rev()
        .find(|index| sentence.has(*index, &MOVES) || !sentence.has(*index, &BETWEEN))?;
    let leaves = (verb..=from).any(|index| sentence.has(index, &LEAVING));
    sentence.has(verb, &MOVES).then_some(if leaves { Role::Departure } else { Role::Arrival })
}

/// `subimos el viernes`: a verb of the first person right before the day.
fn is_done_by_us(sentence: &Sentence, start: usize) -> bool {
    (start.saturating_sub(3)..start).any(|index| sentence.word(index).ends_with("mos"))
}

/// Whether "and" stands between two days: `… el 3 y … el 6`.
fn is_joined(sentence: &Sentence, from: usize, to: usize) -> bool {
    to <= from + 8
        && (from..to).any(|index| sentence.is(index, &["y", "e", "and"]))
        && !(from..to).any(|index| sentence.is(index, &["?", "!"]))
}

fn chosen(span: Option<Span>, shape: &Shape, is_about: bool) -> Choice {
    let Some(span) = span else { return Choice::Open };
    let at = |mention: &Mention| Some((mention.start, mention.end));
    let is_pair = !matches!(shape, Shape::Single(_) | Shape::Night(_));
    Choice::Stay(Chosen {
        span: Span { ambiguous: span.ambiguous || is_about, ..span },
        check_in_at: at(shape.first()),
        check_out_at: if is_pair { at(shape.last()) } else { None },
        is_period: false,
        is_row: matches!(shape, Shape::Row(..)),
    })
}

fn departure_alone(choice: Choice, today: Date) -> Choice {
    let Choice::Stay(chosen) = choice else { return choice };
    let check_out = chosen.span.check_in;
    let ambiguous = chosen.span.ambiguous || check_out.is_some_and(|date| date < today);
    Choice::Stay(Chosen {
        span: Span { check_in: None, check_out, ambiguous },
        check_in_at: None,
        check_out_at: chosen.check_in_at,
        ..chosen
    })
}

/// `qua e qui, saio na sex`: nights in a row, and the departure after them, agree.
fn nights_and_departure(units: &[Unit], today: Date) -> Option<Shape> {
    let row = units.iter().find_map(|unit| match unit.shape {
        Shape::Row(first, last) | Shape::Nights(first, last) => Some((first, last)),
        _ => None,
    })?;
    let leaving = units.iter().find(|unit| unit.role == Role::Departure)?;
    let Shape::Single(departure) = leaving.shape else { return None };
    let (first, last) = settle_to_calendar_dates::both(&row.0, &row.1, today)?;
    let date = settle_to_calendar_dates::after(&departure, first, today)?;
    let agrees = date == last || plus_days(last, 1) == Some(date);
    agrees.then_some(Shape::Range(row.0, departure))
}

/// `llegar el 8, quedarnos dos noches y el 10 seguir viaje`: a second day that lies as many nights behind the first as
/// are said is the departure.
fn arrival_and_nights(units: &[Unit], today: Date, length: &Length) -> Option<Shape> {
    let nights = i64::from(length.nights.or(length.implied)?);
    let [first, second] = units else { return None };
    let (Shape::Single(coming) | Shape::Night(coming), Shape::Single(going)) = (first.shape, second.shape)
    else {
        return None;
    };
    let (arrival, departure) = settle_to_calendar_dates::both(&coming, &going, today)?;
    let agrees = first.role != Role::Departure && plus_days(arrival, nights) == Some(departure);
    agrees.then_some(Shape::Range(coming, going))
}

/// `entre el 3 y el 17`, `algún momento del 3 al 17`: the stay lies within.
pub(super) fn is_window(sentence: &Sentence, units: &[Unit]) -> bool {
    static ANY: Words = Words::new(
        "cualquier cualquiera alguna algun algum alguma any sometime anytime somewhere anywhere qualquer dentro within flexible flexibles flexivel",
    );
    units.iter().any(|unit| {
        let is_range = matches!(unit.shape, Shape::Range(..));
        let clause = sentence.clause(unit.start);
        is_range
            && (link::is_between(sentence, unit.start)
                || (clause.start.max(unit.start.saturating_sub(8))..unit.start)
                    .any(|index| sentence.has(index, &ANY)))
    })
}

/// The span has more nights than were said: by so many that it is a window.
pub(super) fn is_longer(span: &Span, nights: u16, is_window: bool) -> bool {
    let (Some(check_in), Some(check_out)) = (span.check_in, span.check_out) else { return false };
    let days = check_in.until(check_out).map_or(0, |length| length.get_days());
    let spare = days - i32::from(nights);
    if is_window { spare > 0 && !(spare == 1 && nights > 5) } else { spare >= 5 && !is_habitual(span) }
}

/// A span of habit (a feast, a weekend, days in a row), which a count corrects.
pub(super) fn is_habitual(span: &Span) -> bool {
    let short = match (span.check_in, span.check_out) {
        (Some(check_in), Some(check_out)) => {
            check_in.until(check_out).is_ok_and(|length| length.get_days() <= 4)
        }
        _ => false,
    };
    span.ambiguous && short
}
