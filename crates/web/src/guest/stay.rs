//! A stay as its guest sees it.

use std::sync::Arc;

use app::{
    App, accommodation, hold, payment,
    stay::{self as stays, StayError},
};
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{
    policy::Policy,
    stay::{Actor, Status, Stay},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
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
    /// What comes back on cancelling, from the earliest deadline on; for a stay that has not ended.
    pub policy: Vec<PolicyStep>,
    /// What was received and is still here, where anything was.
    pub paid: Option<String>,
    /// What would come back now, for a confirmed stay.
    pub refund_now: Option<String>,
}

#[derive(Serialize)]
pub struct PolicyStep {
    pub percent: u8,
    /// Local time at the property.
    pub until: String,
}

pub async fn show_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Html<String>> {
    let stay = by_token(&app, &token).await?;
    let page = page(&app, &stay).await?;
    Ok(pages::render(&app, "stay.html", page))
}

/// Cancels, and gives back what the policy says: the page has told how much.
pub async fn cancel_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    match stays::cancel(&app, &stay.terms().id, Actor::Guest, None).await {
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
    let money = payment::summary(app, stay).await?;
    let lives = matches!(status, Status::Held | Status::Confirmed);
    let check_in_at = accommodation.as_ref().map(|a| stays::check_in_at(stay, a));
    let policy = check_in_at.filter(|_| lives).map(|at| policy_steps(&terms.policy, at, zone.time_zone()));
    let refund_now = check_in_at
        .filter(|_| status == Status::Confirmed)
        .map(|at| terms.policy.refund_of(money.kept, at, app.now()).to_string());
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
        policy: policy.unwrap_or_default(),
        paid: money.kept.is_positive().then(|| money.kept.to_string()),
        refund_now,
        pay_url: held_until.as_ref().and_then(|_| hold::pay_url(app, terms)),
        held_until,
    })
}

fn policy_steps(policy: &Policy, check_in_at: Timestamp, zone: &TimeZone) -> Vec<PolicyStep> {
    let until = |hours| check_in_at - SignedDuration::from_hours(i64::from(hours));
    let step = |step: &domain::policy::Step| PolicyStep {
        percent: step.percent,
        until: zone.to_datetime(until(step.hours_before)).strftime("%Y-%m-%d %H:%M").to_string(),
    };
    policy.steps().iter().map(step).collect()
}
