//! What staff do about the money of a reservation: cash and transfers, penalties, refunds.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    actor::Actor,
    ids::StayCode,
    money::{Currency, Money},
    stay::Stay,
};
use kernel::App;
use payments::Method;
use payments::offline_payment;
use payments::offline_payment::{ReturnError, Taken};
use serde::{Deserialize, Serialize};
use stays::money;
use stays::money::OfflineError;
use stays::stay;
use stays::stay::StayError;
use utoipa::ToSchema;

use super::{
    accommodations::answer,
    reservation_ledger::{ChargeOut, PaymentOut, RefundOut},
    reservations::json_bodies::StayOut,
};
use crate::{
    auth::{Cashier, Staff},
    idempotency,
    parse_request::Json,
    problem::{Problem, Result},
};

const MAX_NOTE: usize = 500;

#[derive(Debug, Deserialize, ToSchema)]
pub struct TakenIn {
    /// `cash` or `bank`
    pub method: String,
    #[schema(example = "90000.00")]
    pub amount: String,
    /// The reservation's own, where it is left out.
    pub currency: Option<String>,
    /// Your own words, such as the number of a transfer.
    pub note: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TakenOut {
    pub reservation: StayOut,
    pub payment: PaymentOut,
    /// The number of the receipt, and where the guest sees it.
    pub receipt_number: i64,
    pub receipt_url: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PenaltyIn {
    #[schema(example = "15000.00")]
    pub amount: String,
    /// What it is for; the guest is asked for it with the next message.
    pub note: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct RefundIn {
    #[schema(example = "15000.00")]
    pub amount: String,
    pub note: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RefundedOut {
    /// What is on its way back: at most what was received.
    pub amount: String,
    pub currency: String,
}

/// Lists what a reservation owes, in the order in which money covers it.
#[utoipa::path(get, path = "/api/v1/reservations/{code}/charges", tag = "payments",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = [ChargeOut])))]
pub async fn list_charges(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(code): Path<String>,
) -> Result<Answer<Vec<ChargeOut>>> {
    let summary = money::summary(&app, &by_code(&app, &code).await?).await?;
    Ok(Answer(summary.charges.into_iter().map(ChargeOut::of).collect()))
}

/// Lists the payments of a reservation, as they were first heard of.
#[utoipa::path(get, path = "/api/v1/reservations/{code}/payments", tag = "payments",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = [PaymentOut])))]
pub async fn list_payments(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(code): Path<String>,
) -> Result<Answer<Vec<PaymentOut>>> {
    let summary = money::summary(&app, &by_code(&app, &code).await?).await?;
    Ok(Answer(summary.payments.into_iter().map(PaymentOut::of).collect()))
}

/// Lists what went back of a reservation, or is on its way.
#[utoipa::path(get, path = "/api/v1/reservations/{code}/refunds", tag = "payments",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = [RefundOut])))]
pub async fn list_refunds(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(code): Path<String>,
) -> Result<Answer<Vec<RefundOut>>> {
    let summary = money::summary(&app, &by_code(&app, &code).await?).await?;
    Ok(Answer(summary.refunds.into_iter().map(RefundOut::of).collect()))
}

/// Writes down money that you took by hand. It confirms a hold, or is credited to what is open; the guest gets a
/// receipt.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/payments", tag = "payments",
    params(("code" = String, Path), ("Idempotency-Key" = Option<String>, Header)), security(("staff" = [])),
    request_body = TakenIn, responses((status = 201, body = TakenOut)))]
pub async fn take_payment(
    State(app): State<Arc<App>>,
    Cashier(who): Cashier,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Json<TakenIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("staff POST /reservations/{code}/payments"), &body.bytes)?;
    let stay = by_code(&app, &code).await?;
    let asked = body.value;
    let method = Method::parse(&asked.method)
        .ok_or_else(|| Problem::invalid("invalid_request", "/method", "give cash or bank"))?;
    let currency = match asked.currency.as_deref() {
        None => stay.terms().total.currency,
        Some(text) => Currency::parse(text)
            .map_err(|error| Problem::invalid("invalid_request", "/currency", error.to_string()))?,
    };
    let taken = Taken { method, amount: amount(&asked.amount, currency)?, note: note(asked.note)? };
    let id = stay.terms().id.clone();
    // Before the transaction, which must not wait for other people's servers.
    calendars::read_before_booking(&app, &id).await;
    let done =
        kernel::idempotency::once(
            &app,
            Actor::Staff(who),
            key.as_ref(),
            201,
            async |tx| match money::take_in(tx, &id, taken).await {
                Ok((stay, receipt)) => Ok(Ok(TakenOut {
                    receipt_url: money::receipt_url(&app, &stay, receipt.number),
                    receipt_number: receipt.number,
                    reservation: StayOut::of(&app, &stay),
                    payment: PaymentOut::of(receipt.payment),
                })),
                Err(OfflineError::Database(error)) => Err(error),
                Err(other) => Ok(Err(Problem::from(other))),
            },
        );
    answer(done.await?)
}

/// Asks the guest for something beyond the price: damage, a no-show.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/charges", tag = "payments",
    params(("code" = String, Path), ("Idempotency-Key" = Option<String>, Header)), security(("staff" = [])),
    request_body = PenaltyIn, responses((status = 201, body = ChargeOut)))]
pub async fn add_charge(
    State(app): State<Arc<App>>,
    Cashier(who): Cashier,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Json<PenaltyIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("staff POST /reservations/{code}/charges"), &body.bytes)?;
    let stay = by_code(&app, &code).await?;
    let amount = amount(&body.value.amount, stay.terms().total.currency)?;
    let note = note(Some(body.value.note))?
        .ok_or_else(|| Problem::invalid("invalid_request", "/note", "say what it is for"))?;
    let id = stay.terms().id.clone();
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 201, async |tx| {
        let charge = money::add_penalty_in(tx, &id, amount, note).await?;
        Ok(charge.map(ChargeOut::of).ok_or_else(|| StayError::NotFound.into()))
    });
    answer(done.await?)
}

/// Gives a part of what was received back, from the newest payment on.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/refunds", tag = "payments",
    params(("code" = String, Path), ("Idempotency-Key" = Option<String>, Header)), security(("staff" = [])),
    request_body = RefundIn, responses((status = 201, body = RefundedOut)))]
pub async fn refund(
    State(app): State<Arc<App>>,
    Cashier(who): Cashier,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Json<RefundIn>,
) -> Result<Response> {
    let key = idempotency::key(&headers, &format!("staff POST /reservations/{code}/refunds"), &body.bytes)?;
    let stay = by_code(&app, &code).await?;
    let amount = amount(&body.value.amount, stay.terms().total.currency)?;
    let note = note(body.value.note)?;
    let id = stay.terms().id.clone();
    let done = kernel::idempotency::once(&app, Actor::Staff(who), key.as_ref(), 201, async |tx| {
        match money::refund_by_staff(tx, &id, amount, note).await {
            Ok(started) if started.is_positive() => {
                Ok(Ok(RefundedOut { amount: started.to_string(), currency: started.currency.to_string() }))
            }
            Ok(_) => Ok(Err(ReturnError::NothingToReturn.into())),
            Err(StayError::Database(error)) => Err(error),
            Err(other) => Ok(Err(other.into())),
        }
    });
    answer(done.await?)
}

/// Notes that you have given money back by hand.
#[utoipa::path(post, path = "/api/v1/refunds/{id}/returned", tag = "payments",
    params(("id" = String, Path)), security(("staff" = [])), responses((status = 200, body = RefundOut)))]
pub async fn mark_returned(
    State(app): State<Arc<App>>,
    Cashier(who): Cashier,
    Path(id): Path<String>,
) -> Result<Answer<RefundOut>> {
    Ok(Answer(RefundOut::of(offline_payment::record_return(&app, &id, who).await?)))
}

/// Takes the equal nights that are kept for money that came too late, on the guest's word to you.
#[utoipa::path(post, path = "/api/v1/reservations/{code}/accept-offer", tag = "payments",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = StayOut)))]
pub async fn accept_offer(
    State(app): State<Arc<App>>,
    Cashier(who): Cashier,
    Path(code): Path<String>,
) -> Result<Answer<StayOut>> {
    let id = by_code(&app, &code).await?.terms().id.clone();
    let stay = money::accept_offer(&app, &id, Actor::Staff(who)).await?;
    Ok(Answer(StayOut::of(&app, &stay)))
}

async fn by_code(app: &App, code: &str) -> Result<Stay> {
    let code = StayCode::parse(code).ok_or(StayError::NotFound)?;
    Ok(stay::find(app, &code).await?.ok_or(StayError::NotFound)?)
}

fn amount(text: &str, currency: Currency) -> Result<Money> {
    let refused = |detail: String| Problem::invalid("invalid_request", "/amount", detail);
    let amount = Money::parse(text, currency).map_err(|error| refused(error.to_string()))?;
    if amount.is_positive() { Ok(amount) } else { Err(refused("more than nothing".to_owned())) }
}

fn note(note: Option<String>) -> Result<Option<String>> {
    let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    if note.as_ref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
        return Err(Problem::invalid("invalid_request", "/note", "at most 500 characters"));
    }
    Ok(note)
}

impl From<OfflineError> for Problem {
    fn from(error: OfflineError) -> Self {
        let detail = error.to_string();
        match error {
            OfflineError::NotFound => Self::not_found(detail),
            OfflineError::OtherCurrency { .. } => Self::invalid("invalid_request", "/currency", detail),
            OfflineError::TooMuch(_) => Self::invalid("invalid_request", "/amount", detail),
            OfflineError::NothingDue => Self::new(StatusCode::CONFLICT, "invalid_state", detail),
            OfflineError::NightsTaken => Self::new(StatusCode::CONFLICT, "date_overlap", detail),
            OfflineError::Stay(error) => error.into(),
            OfflineError::Database(error) => error.into(),
        }
    }
}

impl From<ReturnError> for Problem {
    fn from(error: ReturnError) -> Self {
        let detail = error.to_string();
        match error {
            ReturnError::NoSuchRefund => Self::not_found(detail),
            ReturnError::NothingToReturn => Self::new(StatusCode::CONFLICT, "invalid_state", detail),
            ReturnError::Changed => Self::from(StayError::Changed),
            ReturnError::Database(error) => error.into(),
        }
    }
}
