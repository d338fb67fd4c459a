//! Which accommodations are free for given dates, at what price.

use std::sync::Arc;

use axum::{Json as Answer, extract::State};
use domain::price::{LineKind, Quote};
use jiff::civil::Date;
use kernel::App;
use serde::{Deserialize, Serialize};
use stays::availability;
use utoipa::{IntoParams, ToSchema};

use super::accommodations::json_bodies::AccommodationOut;
use crate::{
    parse_request::Query,
    problem::{Problem, Result},
};

#[derive(Debug, Deserialize, IntoParams)]
pub struct Wanted {
    /// YYYY-MM-DD
    pub check_in: String,
    /// YYYY-MM-DD, the day of departure
    pub check_out: String,
    pub guests: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AvailabilityOut {
    #[schema(value_type = String, format = Date)]
    pub check_in: Date,
    #[schema(value_type = String, format = Date)]
    pub check_out: Date,
    pub nights: i64,
    pub guests: u16,
    pub accommodations: Vec<FreeOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FreeOut {
    pub accommodation: AccommodationOut,
    pub quote: QuoteOut,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteOut {
    pub currency: String,
    pub lines: Vec<LineOut>,
    pub total_price: String,
    pub deposit_amount: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    #[schema(value_type = String, example = "weekend_night")]
    pub kind: LineKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<String>,
    pub amount: String,
}

/// Lists the accommodations that are free, each with its quote.
#[utoipa::path(get, path = "/api/v1/availability", tag = "availability", params(Wanted),
    responses((status = 200, body = AvailabilityOut)))]
pub async fn search_availability(
    State(app): State<Arc<App>>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<AvailabilityOut>> {
    let check_in = date("/check_in", &wanted.check_in)?;
    let check_out = date("/check_out", &wanted.check_out)?;
    let guests = guests(wanted.guests.unwrap_or(1));
    let mut session = app.read().await?;
    let found = availability::search(&app, &mut session, check_in, check_out, guests).await?;
    let free = found?;
    let out = |free: &availability::Free| FreeOut {
        accommodation: AccommodationOut::of(&free.accommodation),
        quote: QuoteOut::of(&free.quote),
    };
    Ok(Answer(AvailabilityOut {
        check_in,
        check_out,
        nights: domain::period::days_between(check_in, check_out),
        guests,
        accommodations: free.iter().map(out).collect(),
    }))
}

impl QuoteOut {
    pub fn of(quote: &Quote) -> Self {
        let line = |line: &domain::price::QuoteLine| LineOut {
            kind: line.kind,
            date: line.date,
            season: line.season.clone(),
            amount: line.amount.to_string(),
        };
        Self {
            currency: quote.total.currency.to_string(),
            lines: quote.lines.iter().map(line).collect(),
            total_price: quote.total.to_string(),
            deposit_amount: quote.deposit.to_string(),
        }
    }
}

/// A civil date, or the error that the contract has for it.
pub fn date(pointer: &str, text: &str) -> Result<Date> {
    let plain = text.len() == 10;
    let parsed = if plain { text.parse().ok() } else { None };
    parsed.ok_or_else(|| Problem::invalid("invalid_dates", pointer, "give a date as YYYY-MM-DD"))
}

/// A number of people, however absurd, as far as the checks of a hold can tell it apart: they come in their order.
pub fn guests(count: i64) -> u16 {
    u16::try_from(count.max(0)).unwrap_or(u16::MAX)
}
