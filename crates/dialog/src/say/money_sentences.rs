//! Which sentence a piece of news about money is, and what fills it.

use super::{
    format_dates_and_amounts::Format,
    sentence_of_phrase::{Values, period},
};
use crate::{locale::Locale, phrase::MoneyNews};

/// What fills a template that asks for a balance, in this order: the reservation's code, the amount with its currency,
/// the day by which, the address to pay at. None for any other news, and where there is no address.
pub fn balance_parameters(news: &MoneyNews, locale: Locale) -> Option<[String; 4]> {
    let MoneyNews::BalanceDue { code, amount, by, today, pay_url: Some(url) } = news else { return None };
    let format = Format::of(locale, Some(*today));
    Some([code.clone(), format.money(*amount), format.day(*by), url.clone()])
}

pub(super) fn key(news: &MoneyNews) -> &'static str {
    match news {
        MoneyNews::Confirmed { .. } => "payment_received",
        MoneyNews::Short { .. } => "payment_short",
        MoneyNews::Credited { left: Some(_), .. } => "payment_credited",
        MoneyNews::Credited { left: None, .. } => "payment_credited_whole",
        MoneyNews::Receipt { .. } => "receipt",
        MoneyNews::Pending => "payment_pending",
        MoneyNews::PendingHeld { .. } => "payment_pending_held",
        MoneyNews::Declined { .. } => "payment_declined",
        MoneyNews::NotCharged => "not_charged",
        MoneyNews::LateReturned { .. } => "payment_late_returned",
        MoneyNews::EqualOffered { .. } => "equal_offered",
        MoneyNews::Returned { .. } => "money_returned",
        MoneyNews::SurplusReturned { .. } => "surplus_returned",
        MoneyNews::ReturnedByHand { .. } => "returned_by_hand",
        MoneyNews::BalanceDue { .. } => "balance_due",
        MoneyNews::ExtraDue { .. } => "extra_due",
        MoneyNews::PenaltyDue { .. } => "penalty_due",
        MoneyNews::HoldExpiredShort { .. } => "hold_expired_short",
    }
}

pub(super) fn values(news: &MoneyNews, format: &Format) -> Values {
    match news {
        MoneyNews::Confirmed { code, amount, accommodation_name, check_in, check_out } => {
            let mut values = period(*check_in, *check_out, format);
            values.push(("code", code.clone()));
            values.push(("name", accommodation_name.clone()));
            values.push(("amount", format.money(*amount)));
            values
        }
        MoneyNews::Short { paid, due } => vec![("paid", format.money(*paid)), ("due", format.money(*due))],
        MoneyNews::Credited { code, amount, left } => {
            let mut values = vec![("code", code.clone()), ("amount", format.money(*amount))];
            values.extend(left.map(|left| ("left", format.money(left))));
            values
        }
        MoneyNews::Receipt { number, amount, url: _ } => {
            vec![("number", number.to_string()), ("amount", format.money(*amount))]
        }
        MoneyNews::PendingHeld { code, deadline } => {
            vec![("code", code.clone()), ("deadline", format.deadline(*deadline))]
        }
        MoneyNews::LateReturned { amount } => vec![("amount", format.money(*amount))],
        MoneyNews::EqualOffered {
            amount,
            accommodation_name,
            check_in,
            check_out,
            deadline,
            today: _,
            url: _,
        } => {
            let mut values = period(*check_in, *check_out, format);
            values.push(("name", accommodation_name.clone()));
            values.push(("amount", format.money(*amount)));
            values.push(("deadline", format.deadline(*deadline)));
            values
        }
        MoneyNews::BalanceDue { code, amount, by, today: _, pay_url: _ } => {
            vec![("code", code.clone()), ("amount", format.money(*amount)), ("date", format.day(*by))]
        }
        MoneyNews::Returned { code, amount }
        | MoneyNews::SurplusReturned { code, amount }
        | MoneyNews::ReturnedByHand { code, amount }
        | MoneyNews::ExtraDue { code, amount, pay_url: _ }
        | MoneyNews::PenaltyDue { code, amount, pay_url: _ } => {
            vec![("code", code.clone()), ("amount", format.money(*amount))]
        }
        MoneyNews::HoldExpiredShort { code } => vec![("code", code.clone())],
        MoneyNews::Pending | MoneyNews::Declined { .. } | MoneyNews::NotCharged => Vec::new(),
    }
}
