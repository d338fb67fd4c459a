//! What a guest and their bank can do that takes time, done at once: a hold that ends now, money that arrives now.
//! Only the demo has these paths; what they set off is the program's own.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use domain::{
    actor::Actor,
    ids::StayCode,
    staff::Who,
    stay::{Held, Stay},
};
use kernel::App;
use kernel::DbError;
use simulators::{
    MercadoPagoControl,
    mercadopago::{PaymentChange, PaymentStatus},
};

#[derive(Clone)]
struct FastForward {
    app: Arc<App>,
    mercadopago: MercadoPagoControl,
}

pub fn router(app: Arc<App>, mercadopago: MercadoPagoControl) -> Router {
    Router::new()
        .route("/demo/money/{code}/end-hold", post(end_hold))
        .route("/demo/arrivals/{payment}", post(let_money_arrive))
        .with_state(FastForward { app, mercadopago })
}

/// Moves the clock of one hold: its half hour is over.
async fn end_hold(State(demo): State<FastForward>, Path(code): Path<String>) -> StatusCode {
    let Some(code) = StayCode::parse(&code) else { return StatusCode::NOT_FOUND };
    match end_now(&demo.app, &code).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::CONFLICT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// False when it is no hold that could end. The stay stays held, as it does until somebody meets it: the program itself
/// ends it, tells the guest and closes the providers' pages.
async fn end_now(app: &App, code: &StayCode) -> Result<bool, DbError> {
    let mut tx = app.begin_as(Actor::Staff(Who::Operator)).await?;
    let Some(stay) = store::stay::find_by_code(&mut tx.session, code).await? else { return Ok(false) };
    let Some(Stay::Held(held)) = store::stay::lock_by_id(&mut tx.session, &stay.terms().id).await? else {
        return Ok(false);
    };
    if held.has_ended(tx.now) {
        return Ok(false);
    }
    let ended = Held { expires_at: tx.now, ..held };
    let written = store::stay::update(&mut tx.session, &ended.into()).await?;
    tx.commit().await?;
    Ok(written)
}

/// A coupon is paid, or a review passed. The pages of the others have buttons for that themselves.
async fn let_money_arrive(State(demo): State<FastForward>, Path(payment): Path<u64>) -> StatusCode {
    let change = PaymentChange { status: PaymentStatus::Approved, status_detail: None, amount: None };
    match demo.mercadopago.change_payment(payment, change) {
        true => StatusCode::NO_CONTENT,
        false => StatusCode::NOT_FOUND,
    }
}
