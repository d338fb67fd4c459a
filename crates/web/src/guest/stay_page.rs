//! A stay as its guest sees it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{
    accommodation::Zone,
    actor::Actor,
    cancellation_policy::Policy,
    charges_of_stay::Purpose,
    stay::{Status, Stay},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kernel::App;
use serde::Serialize;
use stays::{Overview, money, stay::StayError};

use super::{by_token, unknown_link};
use crate::{api::availability::QuoteOut, problem::Result, render_templates};

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
    /// Where the next charge is paid, and how much it is.
    pub pay_url: Option<String>,
    pub pay_amount: Option<String>,
    /// What is asked for beside the deposit.
    pub charges: Vec<ChargeLine>,
    /// What is still to be paid, and by which day.
    pub due: Option<String>,
    pub due_by: Option<String>,
    /// Money on its way back, or back.
    pub refunds: Vec<RefundLine>,
    /// Of money that was taken by hand.
    pub receipts: Vec<ReceiptLine>,
    /// Equal nights that are kept for money that came too late.
    pub is_offer: bool,
    /// What comes back on cancelling, from the earliest deadline on; for a stay that has not ended.
    pub policy: Vec<PolicyStep>,
    /// What was received and is still here, where anything was.
    pub paid: Option<String>,
    /// What would come back now, for a confirmed stay.
    pub refund_now: Option<String>,
}

#[derive(Serialize)]
pub struct ChargeLine {
    pub purpose: &'static str,
    pub amount: String,
    pub note: Option<String>,
}

#[derive(Serialize)]
pub struct RefundLine {
    /// due, sent, done, failed or by_bank.
    pub status: &'static str,
    pub amount: String,
    pub currency: String,
}

#[derive(Serialize)]
pub struct ReceiptLine {
    pub number: i64,
    pub amount: String,
}

#[derive(Serialize)]
pub struct PolicyStep {
    pub percent: u8,
    /// Local time at the property.
    pub until: String,
}

pub async fn show_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Html<String>> {
    let overview = stays::overview(&app, &token).await?.ok_or_else(unknown_link)?;
    Ok(render_templates::render(&app, "stay.html", page(&app, &overview)))
}

/// Cancels, and gives back what the policy says: the page has told how much.
pub async fn cancel_stay(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    match stays::stay::cancel(&app, &stay.terms().id, Actor::Guest, None).await {
        // The page itself says what became of it.
        Ok(_) | Err(StayError::Refused(_) | StayError::Changed) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/stay/{token}")).into_response())
}

/// Takes the equal nights that are kept for money that came too late.
pub async fn accept_offer(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    match money::accept_offer(&app, &stay.terms().id, Actor::Guest).await {
        // The page itself says what became of it.
        Ok(_)
        | Err(StayError::Refused(_) | StayError::Dates(_) | StayError::Changed | StayError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/stay/{token}")).into_response())
}

fn page(app: &App, shown: &Overview) -> StayPage {
    let Overview { stay, accommodation, status, money, next_due, .. } = shown;
    let terms = stay.terms();
    let zone = accommodation.as_ref().map_or(&app.property.zone, |found| &found.zone);
    let held_until = match stay {
        Stay::Held(held) if *status == Status::Held => Some(local(zone, held.expires_at, app.now())),
        _ => None,
    };
    let lives = matches!(status, Status::Held | Status::Confirmed);
    let policy = shown.check_in_at.filter(|_| lives);
    let policy = policy.map(|at| policy_steps(&terms.policy, at, zone.time_zone()));
    let time =
        |time: Option<jiff::civil::Time>| time.map(|t| t.strftime("%H:%M").to_string()).unwrap_or_default();
    let payable = next_due.filter(|_| shown.pay_url.is_some());
    StayPage {
        token: terms.token.clone(),
        code: terms.code.to_string(),
        status: *status,
        check_in: terms.period.check_in().to_string(),
        check_out: terms.period.check_out().to_string(),
        check_in_time: time(accommodation.as_ref().map(|found| found.check_in_time)),
        check_out_time: time(accommodation.as_ref().map(|found| found.check_out_time)),
        accommodation: accommodation.as_ref().map(|found| found.name.clone()).unwrap_or_default(),
        nights: terms.period.nights(),
        guests: terms.guests,
        quote: shown.quote.as_ref().map(QuoteOut::of),
        total: terms.total.to_string(),
        deposit: terms.deposit.to_string(),
        currency: terms.total.currency.to_string(),
        policy: policy.unwrap_or_default(),
        paid: money.kept.is_positive().then(|| money.kept.to_string()),
        refund_now: shown.refund_now.map(|amount| amount.to_string()),
        pay_amount: payable.map(|next| next.amount.to_string()),
        pay_url: shown.pay_url.clone(),
        charges: money.charges.iter().filter_map(ChargeLine::of).collect(),
        due: money.due.is_positive().then(|| money.due.to_string()),
        due_by: next_due
            .filter(|next| next.purpose == Purpose::Balance)
            .map(|next| zone.time_zone().to_datetime(next.due_at).date().to_string()),
        refunds: money.refunds.iter().map(RefundLine::of).collect(),
        receipts: shown.receipts.iter().map(ReceiptLine::of).collect(),
        is_offer: shown.is_offer,
        held_until,
    }
}

/// The hour at the property, with its day where that is not today.
fn local(zone: &Zone, at: Timestamp, now: Timestamp) -> String {
    let at = zone.time_zone().to_datetime(at);
    let form = if at.date() == zone.today(now) { "%H:%M" } else { "%H:%M, %Y-%m-%d" };
    at.strftime(form).to_string()
}

impl ChargeLine {
    /// The deposit has its own line.
    fn of(charge: &payments::Charge) -> Option<Self> {
        let is_shown = charge.purpose != Purpose::Deposit && charge.amount.is_positive();
        is_shown.then(|| Self {
            purpose: charge.purpose.as_str(),
            amount: charge.amount.to_string(),
            note: charge.note.clone(),
        })
    }
}

impl RefundLine {
    fn of(refund: &payments::Refund) -> Self {
        Self {
            status: if payments::is_by_bank(refund) { "by_bank" } else { refund.status.as_str() },
            amount: refund.amount.to_string(),
            currency: refund.amount.currency.to_string(),
        }
    }
}

impl ReceiptLine {
    fn of(receipt: &payments::offline_payment::Receipt) -> Self {
        Self { number: receipt.number, amount: receipt.payment.amount.to_string() }
    }
}

fn policy_steps(policy: &Policy, check_in_at: Timestamp, zone: &TimeZone) -> Vec<PolicyStep> {
    let until = |hours| check_in_at - SignedDuration::from_hours(i64::from(hours));
    let step = |step: &domain::cancellation_policy::Step| PolicyStep {
        percent: step.percent,
        until: zone.to_datetime(until(step.hours_before)).strftime("%Y-%m-%d %H:%M").to_string(),
    };
    policy.steps().iter().map(step).collect()
}
