//! `/v1/payment_intents/{id}` and `/v1/account`.

use serde_json::json;

use super::json::{self, Charge};
use crate::{
    core::Reply,
    stripe::{
        account::{AccountState, ApiCall},
        api_call::ok,
        api_error::ApiError,
        bracket_form,
    },
};

/// `GET /v1/payment_intents/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let form = call.query()?;
    let payloads = state.settings.payloads.clone();
    let payment = state.find_payment(call.id()).ok_or_else(|| unknown(call.id()))?;
    if payment.hidden_for_gets > 0 {
        payment.hidden_for_gets -= 1;
        return Err(unknown(call.id()));
    }
    let charge = if bracket_form::expands(&form, "latest_charge") { Charge::Whole } else { Charge::Id };
    Ok(ok(&json::intent(payment, charge, &payloads)))
}

/// `GET /v1/account`: whose key it is. The cheapest call to find out whether a key works.
pub(crate) fn account(call: &ApiCall<'_>, _: &mut AccountState) -> Result<Reply, ApiError> {
    call.query()?;
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
}

pub(crate) fn unknown(id: &str) -> ApiError {
    ApiError::unknown("payment_intent", "intent", id)
}
