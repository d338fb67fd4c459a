//! `/v1/payment_intents/{id}` and `/v1/account`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    api_error::ApiError,
    form,
    payment_json::{self, Charge},
    sessions::ok,
    shared::{Book, Shared},
};
use crate::{faults::Call, incoming::Incoming};

/// `GET /v1/payment_intents/{id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book, form: &Value| {
        let payloads = book.settings.payloads.clone();
        let payment = book.find_payment(&id).ok_or_else(|| unknown(&id))?;
        if payment.hidden_for_gets > 0 {
            payment.hidden_for_gets -= 1;
            return Err(unknown(&id));
        }
        let charge = if form::expands(form, "latest_charge") { Charge::Whole } else { Charge::Id };
        Ok(ok(&payment_json::intent(payment, charge, &payloads)))
    };
    shared.read(Call::GetPaymentIntent, &incoming, work).await
}

/// `GET /v1/account`: whose key it is. The cheapest call to find out whether a key works.
pub(crate) async fn account(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    let work = |_: &mut Book, _: &Value| {
        Ok(ok(&json!({
            "id": "acct_1SIMULATOR0000000",
            "object": "account",
            "charges_enabled": true,
            "country": "MX",
            "default_currency": "mxn",
            "email": "vendedor@example.com",
            "payouts_enabled": true,
            "type": "standard",
        })))
    };
    shared.read(Call::GetAccount, &incoming, work).await
}

pub(crate) fn unknown(id: &str) -> ApiError {
    ApiError::unknown("payment_intent", "intent", id)
}
