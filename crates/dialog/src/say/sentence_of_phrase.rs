//! Which sentence a phrase is, and what fills it.

use jiff::civil::Date;

use super::{format_dates_and_amounts::Format, locale_texts::fill, money_sentences};
use crate::{
    message_reading::DateProblem,
    phrase::{Certainty, Phrase},
    step_facts::Offer,
};

/// A key of `[desk]` in the locale files, and the values for the names in braces.
pub(super) struct Sentence {
    pub key: &'static str,
    pub values: Values,
}

pub(super) type Values = Vec<(&'static str, String)>;

pub(super) fn of(phrase: &Phrase, format: &Format) -> Sentence {
    let key = key(phrase);
    Sentence { key, values: values(phrase, format) }
}

pub(super) fn key(phrase: &Phrase) -> &'static str {
    match phrase {
        Phrase::Greeting { .. } => "greeting",
        Phrase::YouAreWelcome => "you_are_welcome",
        Phrase::Goodbye => "goodbye",
        Phrase::AskDatesAndGuests => "ask_dates_and_guests",
        Phrase::AskDates { .. } => "ask_dates",
        Phrase::AskOtherDates { problem: DateProblem::NotExact, .. } => "ask_exact_dates",
        Phrase::AskOtherDates { problem: DateProblem::NoSuchDay { .. }, .. } => "no_such_day",
        Phrase::AskOtherDates { problem: DateProblem::Reversed { .. }, .. } => "dates_reversed",
        Phrase::AskCheckIn { .. } => "ask_check_in",
        Phrase::AskCheckOut { .. } => "ask_check_out",
        Phrase::AskGuests { reading: Certainty::Sure, .. } => "ask_guests",
        Phrase::AskGuests { reading: Certainty::Asking, .. } => "ask_guests_asking",
        Phrase::Offer { reading: Certainty::Sure, .. } => "offer",
        Phrase::Offer { reading: Certainty::Asking, .. } => "offer_asking",
        Phrase::Choices { reading: Certainty::Sure, .. } => "choices",
        Phrase::Choices { reading: Certainty::Asking, .. } => "choices_asking",
        Phrase::AskWhich { .. } => "ask_which",
        Phrase::Full { .. } => "full",
        Phrase::FullWithNearest { .. } => "full_with_nearest",
        Phrase::DatesPast { .. } => "dates_past",
        Phrase::TooShort { .. } => "too_short",
        Phrase::TooLong { .. } => "too_long",
        Phrase::TooFar => "too_far",
        Phrase::TooManyGuests { .. } => "too_many_guests",
        Phrase::Held { pay_url: None, .. } => "held",
        Phrase::Held { pay_url: Some(_), .. } => "held_with_link",
        Phrase::HoldJustTaken => "hold_just_taken",
        Phrase::TooManyHolds => "too_many_holds",
        Phrase::HoldDatesRefused => "hold_dates_refused",
        Phrase::HoldCapacityRefused => "hold_capacity_refused",
        Phrase::HoldBusy => "hold_busy",
        Phrase::AskCancel { .. } => "ask_cancel",
        Phrase::AskWhichCancel { .. } => "ask_which_cancel",
        Phrase::NothingToCancel => "nothing_to_cancel",
        Phrase::CancelKept { .. } => "cancel_kept",
        Phrase::CancelRefused { .. } => "cancel_refused",
        Phrase::StayCancelled { .. } => "stay_cancelled",
        Phrase::StayStatusHeld { .. } => "stay_status_held",
        Phrase::StayStatusConfirmed { .. } => "stay_status_confirmed",
        Phrase::NoStayFound => "no_stay_found",
        Phrase::CheckTimes { .. } => "check_times",
        Phrase::HowToPay { .. } => "how_to_pay",
        Phrase::PersonWillAnswer => "person_will_answer",
        Phrase::PersonWillAnswerComplaint => "person_will_answer_complaint",
        Phrase::PersonWillComplete => "person_will_complete",
        Phrase::NotSupported => "not_supported",
        Phrase::NotUnderstood => "not_understood",
        Phrase::Money(news) => money_sentences::key(news),
        Phrase::HoldExpiring { pay_url: None, .. } => "hold_expiring",
        Phrase::HoldExpiring { pay_url: Some(_), .. } => "hold_expiring_with_link",
        Phrase::HoldExpired { .. } => "hold_expired",
    }
}

fn values(phrase: &Phrase, format: &Format) -> Values {
    match phrase {
        Phrase::Greeting { property_name } => vec![("property", property_name.clone())],
        Phrase::AskDates { guests } | Phrase::TooManyGuests { max_capacity: guests } => {
            vec![("guests", format.guests(*guests))]
        }
        Phrase::AskOtherDates { problem, .. } => wrong_days(*problem, format),
        Phrase::AskCheckIn { check_out, .. } => vec![("check_out", format.day(*check_out))],
        Phrase::AskCheckOut { check_in, .. } | Phrase::DatesPast { check_in } => {
            vec![("check_in", format.day(*check_in))]
        }
        Phrase::AskGuests { check_in, check_out, .. } => period(*check_in, *check_out, format),
        Phrase::Offer { offer, hold_minutes, .. } => {
            let mut values = offer_values(offer, format);
            values.push(("minutes", format.minutes(*hold_minutes)));
            values
        }
        Phrase::Choices { offers, .. } => match offers.first() {
            Some(first) => {
                let mut values = party(first.check_in, first.check_out, first.guests, format);
                values.push(("list", list("choices_line", offers, format)));
                values
            }
            None => Vec::new(),
        },
        Phrase::AskWhich { offers, .. } => vec![("list", list(line_key(offers), offers, format))],
        Phrase::Full { check_in, check_out, guests, .. } => party(*check_in, *check_out, *guests, format),
        Phrase::FullWithNearest { check_in, check_out, guests, nearest, .. } => {
            let mut values = party(*check_in, *check_out, *guests, format);
            values.push(("list", list("nearest_line", nearest, format)));
            values
        }
        Phrase::TooShort { min_nights: nights } | Phrase::TooLong { max_nights: nights } => {
            vec![("nights", format.nights(*nights))]
        }
        _ => values_of_stays(phrase, format),
    }
}

fn values_of_stays(phrase: &Phrase, format: &Format) -> Values {
    match phrase {
        Phrase::Held {
            code,
            accommodation_name,
            check_in,
            check_out,
            guests,
            total,
            deposit,
            deadline,
            pay_url: _,
            today: _,
        } => {
            let mut values = named(code, accommodation_name, *check_in, *check_out, format);
            values.push(("guests", format.guests(*guests)));
            values.push(("total", format.money(*total)));
            values.push(("deposit", format.money(*deposit)));
            values.push(("deadline", format.deadline(*deadline)));
            values
        }
        Phrase::AskCancel { code, accommodation_name, check_in, check_out, .. }
        | Phrase::StayStatusConfirmed { code, accommodation_name, check_in, check_out, .. } => {
            named(code, accommodation_name, *check_in, *check_out, format)
        }
        Phrase::StayStatusHeld {
            code, accommodation_name, check_in, check_out, deposit, deadline, ..
        } => {
            let mut values = named(code, accommodation_name, *check_in, *check_out, format);
            values.push(("deposit", format.money(*deposit)));
            values.push(("deadline", format.deadline(*deadline)));
            values
        }
        Phrase::Money(news) => money_sentences::values(news, format),
        Phrase::AskWhichCancel { codes } => vec![("codes", codes.join(", "))],
        Phrase::CancelKept { code }
        | Phrase::CancelRefused { code }
        | Phrase::StayCancelled { code }
        | Phrase::HoldExpired { code } => vec![("code", code.clone())],
        Phrase::HoldExpiring { minutes, code, pay_url: _ } => {
            vec![("minutes", format.minutes(*minutes)), ("code", code.clone())]
        }
        Phrase::CheckTimes { check_in_time, check_out_time } => vec![
            ("check_in_time", format.time(*check_in_time)),
            ("check_out_time", format.time(*check_out_time)),
        ],
        Phrase::HowToPay { deposit_percent } => vec![("percent", deposit_percent.to_string())],
        // The others say the same to everybody.
        _ => Vec::new(),
    }
}

fn wrong_days(problem: DateProblem, format: &Format) -> Values {
    match problem {
        DateProblem::NoSuchDay { day, month, year } => {
            vec![("date", format.day_that_is_none(day, month, year))]
        }
        DateProblem::NotExact => Vec::new(),
        DateProblem::Reversed { check_in, check_out } => {
            vec![("check_in", format.day(check_in)), ("check_out", format.day(check_out))]
        }
    }
}

pub(super) fn period(check_in: Date, check_out: Date, format: &Format) -> Values {
    vec![("range", format.range(check_in, check_out)), ("nights", format.nights_between(check_in, check_out))]
}

fn party(check_in: Date, check_out: Date, guests: u16, format: &Format) -> Values {
    let mut values = period(check_in, check_out, format);
    values.push(("guests", format.guests(guests)));
    values
}

fn named(code: &str, name: &str, check_in: Date, check_out: Date, format: &Format) -> Values {
    let mut values = period(check_in, check_out, format);
    values.push(("code", code.to_owned()));
    values.push(("name", name.to_owned()));
    values
}

fn offer_values(offer: &Offer, format: &Format) -> Values {
    let mut values = party(offer.check_in, offer.check_out, offer.guests, format);
    values.push(("name", offer.name.clone()));
    values.push(("capacity", format.guests(offer.capacity)));
    values.push(("total", format.money(offer.total)));
    values.push(("deposit", format.money(offer.deposit)));
    values
}

/// Offers on different dates name their dates.
fn line_key(offers: &[Offer]) -> &'static str {
    let same_dates = offers.windows(2).all(|pair| pair[0].check_in == pair[1].check_in);
    if same_dates && offers.len() > 1 { "choices_line" } else { "nearest_line" }
}

/// A numbered list, one offer a line.
fn list(key: &str, offers: &[Offer], format: &Format) -> String {
    let template = format.texts().sentence(key, format.locale());
    let line = |(index, offer): (usize, &Offer)| {
        let mut values = offer_values(offer, format);
        values.push(("number", (index + 1).to_string()));
        fill(template, &values)
    };
    offers.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}
