//! A stay as its guest sees it.

use std::sync::Arc;

use app::{
    App, accommodation, hold,
    stay::{self as stays, StayError},
};
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::stay::{Actor, Status, Stay};
use serde::Serialize;

use super::by_token;
use crate::{
    api::{availability::QuoteOut, reservations::wire::status_at},
    pages,
    problem::Result,
};

#[derive(Serialize)]
pub struct StayPage {
    pub token: String,
    pub code: String,
    pub status: Status,
    pub accommodation: String,
    pub check_in: String,
    pub check_out: String,
    pub check_in_time: String,
    pub check_out_time: String,
    pub nights: i64,
    pub guests: u16,
    pub quote: Option<QuoteOut>,
    pub total: String,
    pub deposit: String,
    pub currency: String,
    /// Local time at the property, for a hold.
    pub held_until: Option<String>,
    pub pay_url: Option<String>,
}

pub async fn show_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Html<String>> {
    let stay = by_token(&app, &token).await?;
    let page = page(&app, &stay).await?;
    Ok(pages::render(&app, "stay.html", page))
}

/// Cancels a hold; a confirmed stay is changed by a person, because there is money in it.
pub async fn cancel_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    match stays::cancel_hold(&app, &stay.terms().id, Actor::Guest).await {
        // The page itself says what became of it.
        Ok(_) | Err(StayError::Refused(_) | StayError::Changed) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/stay/{token}")).into_response())
}

async fn page(app: &App, stay: &Stay) -> Result<StayPage> {
    let terms = stay.terms();
    let accommodation = accommodation::find(app, &terms.accommodation_id).await?;
    let zone = accommodation.as_ref().map_or(&app.defaults.zone, |a| &a.zone);
    let status = status_at(stay, app.now());
    let held_until = match stay {
        Stay::Held(held) if status == Status::Held => {
            Some(zone.time_zone().to_datetime(held.expires_at).strftime("%H:%M").to_string())
        }
        _ => None,
    };
    let time =
        |time: Option<jiff::civil::Time>| time.map(|t| t.strftime("%H:%M").to_string()).unwrap_or_default();
    // Prices may have changed since: the lines are shown only when they still add up to what was agreed.
    let quote =
        accommodation.as_ref().map(|a| a.pricing.quote(&terms.period)).filter(|q| q.total == terms.total);
    Ok(StayPage {
        token: terms.token.clone(),
        code: terms.code.to_string(),
        status,
        check_in: terms.period.check_in().to_string(),
        check_out: terms.period.check_out().to_string(),
        check_in_time: time(accommodation.as_ref().map(|a| a.check_in_time)),
        check_out_time: time(accommodation.as_ref().map(|a| a.check_out_time)),
        accommodation: accommodation.map(|a| a.name).unwrap_or_default(),
        nights: terms.period.nights(),
        guests: terms.guests,
        quote: quote.as_ref().map(QuoteOut::of),
        total: terms.total.to_string(),
        deposit: terms.deposit.to_string(),
        currency: terms.total.currency.to_string(),
        pay_url: held_until.as_ref().and_then(|_| hold::pay_url(app, terms)),
        held_until,
    })
}
