//! `/v1/payments`: reading, searching, cancelling.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Payment, PaymentStatus, json as payment_json};
use crate::{
    core::Reply,
    mercadopago::{
        account::{AccountState, ApiCall, Sim},
        api_error::ApiError,
        notifications,
    },
};

/// `GET /v1/payments/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let payment = find(state, call.id())?;
    if payment.hidden_for_gets > 0 {
        payment.hidden_for_gets -= 1;
        return Err(not_found());
    }
    let payment = payment.clone();
    Ok(Reply::json(StatusCode::OK, &payment_json::write(&payment, &state.settings.payloads)))
}

#[derive(Deserialize)]
struct Search {
    external_reference: Option<String>,
    status: Option<String>,
    /// `date_created` unless given; other orders are not simulated.
    #[serde(default, rename = "sort")]
    _sort: String,
    /// `asc` or `desc`.
    #[serde(default)]
    criteria: String,
    #[serde(default)]
    offset: usize,
    #[serde(default = "default_limit")]
    limit: usize,
}

fn default_limit() -> usize {
    30
}

/// `GET /v1/payments/search`.
pub(crate) fn search(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let search: Search = call.query()?;
    let is_wanted = |payment: &&Payment| {
        let reference = search.external_reference.as_ref();
        payment.hidden_for_gets == 0
            && (reference.is_none() || payment.external_reference.as_ref() == reference)
            && search.status.as_ref().is_none_or(|status| payment.status.as_str() == status)
    };
    let mut found: Vec<_> = state.model.payments.values().filter(is_wanted).collect();
    if !search.criteria.eq_ignore_ascii_case("asc") {
        found.reverse();
    }
    let total = found.len();
    let page = found.into_iter().skip(search.offset).take(search.limit);
    let results: Vec<_> =
        page.map(|payment| payment_json::write(payment, &state.settings.payloads)).collect();
    let paging = json!({ "total": total, "limit": search.limit, "offset": search.offset });
    Ok(Reply::json(StatusCode::OK, &json!({ "paging": paging, "results": results })))
}

/// `PUT /v1/payments/{id}`: cancels a payment that is not yet paid.
pub(crate) fn update(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    cancel(call.sim, state, call.id(), &call.body()?)
}

/// The payment with this id, which stands in a path.
pub(super) fn find<'a>(state: &'a mut AccountState, id: &str) -> Result<&'a mut Payment, ApiError> {
    let id: u64 = id.parse().map_err(|_| not_found())?;
    state.model.payments.get_mut(&id).ok_or_else(not_found)
}

/// What the state of the payment does not allow.
pub(super) fn wrong_state() -> ApiError {
    ApiError::refused(2063, "The action requested is not valid for the current payment state")
}

fn cancel(sim: &Sim, state: &mut AccountState, id: &str, change: &Value) -> Result<Reply, ApiError> {
    if change["status"] != "cancelled" {
        return Err(ApiError::refused(2016, "Only the status cancelled can be set"));
    }
    let payment = find(state, id)?;
    match payment.status {
        PaymentStatus::Pending | PaymentStatus::InProcess | PaymentStatus::Authorized => {
            payment.enter(PaymentStatus::Cancelled, None, sim.now());
        }
        _ => return Err(wrong_state()),
    }
    let payment = payment.clone();
    notifications::updated(sim, state, &payment);
    Ok(Reply::json(StatusCode::OK, &payment_json::write(&payment, &state.settings.payloads)))
}

fn not_found() -> ApiError {
    ApiError::not_found(2000, "Payment not found")
}
