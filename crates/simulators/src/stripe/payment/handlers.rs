//! `/v1/payment_intents/{id}` and `/v1/account`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::json::{self, Charge};
use crate::{
    core::Incoming,
    faults::Call,
    stripe::{
        api_error::ApiError,
        form,
        model::{AccountState, Sim, ok},
    },
};

/// `GET /v1/payment_intents/{id}`.
pub(crate) async fn get(State(sim): State<Arc<Sim>>, Path(id): Path<String>, incoming: Incoming) -> Response {
    let work = |state: &mut AccountState, form: &Value| {
        let payloads = state.settings.payloads.clone();
        let payment = state.find_payment(&id).ok_or_else(|| unknown(&id))?;
        if payment.hidden_for_gets > 0 {
            payment.hidden_for_gets -= 1;
            return Err(unknown(&id));
        }
        let charge = if form::expands(form, "latest_charge") { Charge::Whole } else { Charge::Id };
        Ok(ok(&json::intent(payment, charge, &payloads)))
    };
    sim.read(Call::GetPaymentIntent, &incoming, work).await
}

/// `GET /v1/account`: whose key it is. The cheapest call to find out whether a key core.
pub(crate) async fn account(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let work = |_: &mut AccountState, _: &Value| {
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
    sim.read(Call::GetAccount, &incoming, work).await
}

pub(crate) fn unknown(id: &str) -> ApiError {
    ApiError::unknown("payment_intent", "intent", id)
}
