//! `/v2/payments/captures` and `/v2/payments/refunds`.

use axum::http::StatusCode;

use super::refund;
use crate::{
    core::Reply,
    paypal::{
        account::{AccountState, ApiCall},
        api_error::ApiError,
        json,
    },
};

/// `GET /v2/payments/captures/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let settings = state.settings.clone();
    let capture = state.find_capture(call.id()).ok_or_else(ApiError::not_found)?;
    if capture.hidden_for_gets > 0 {
        capture.hidden_for_gets -= 1;
        return Err(ApiError::not_found());
    }
    Ok(Reply::plain_json(StatusCode::OK, &json::capture(capture, &settings)))
}

/// `POST /v2/payments/captures/{id}/refund`: all that is left, or `{"amount": …}`.
pub(crate) fn refund(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, body| {
        let value = refund::refund(call.sim, state, call.id(), body)?;
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    })
}

/// `GET /v2/payments/refunds/{id}`.
pub(crate) fn get_refund(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let mut all =
        state.captures().flat_map(|capture| capture.refunds.iter().map(move |refund| (capture, refund)));
    let found = all.find(|(_, refund)| refund.id == call.id());
    let (capture, refund) = found.ok_or_else(ApiError::not_found)?;
    Ok(Reply::plain_json(StatusCode::OK, &json::refund(capture, refund, &state.settings)))
}
