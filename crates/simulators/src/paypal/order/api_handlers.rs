//! `/v2/checkout/orders`: what is to be paid, and where the buyer goes.

use axum::http::StatusCode;

use super::{Instrument, Order, validation};
use crate::{
    core::{Incoming, Reply},
    paypal::{
        account::{AccountState, ApiCall},
        api_error::ApiError,
        capture, json,
    },
};

/// `POST /v2/checkout/orders`.
pub(crate) fn create(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, body| {
        let request = validation::read(body)?;
        let now = call.sim.now();
        let order = Order {
            id: call.sim.id(),
            status: Order::waiting(&request),
            instrument: Instrument::Good,
            amount: request.amount.clone(),
            created_at: now,
            updated_at: now,
            capture: None,
            stale: None,
            request,
        };
        let value = match wants_all(call.incoming) {
            true => json::order(&order, &state.settings),
            false => json::minimal(&order, &state.settings),
        };
        state.model.orders.push(order);
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    })
}

/// `GET /v2/checkout/orders/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let settings = state.settings.clone();
    let order = state.find_order(call.id(), call.sim.now()).ok_or_else(ApiError::not_found)?;
    let value = match &mut order.stale {
        Some((before, reads)) if *reads > 0 => {
            *reads -= 1;
            before.clone()
        }
        _ => json::order(order, &settings),
    };
    Ok(Reply::plain_json(StatusCode::OK, &value))
}

/// `POST /v2/checkout/orders/{id}/capture`: takes the money of an order that the buyer has approved.
pub(crate) fn capture(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, _| {
        let value = capture::take_money::capture(call.sim, state, call.id())?;
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    })
}

/// `Prefer: return=representation`; otherwise PayPal answers the least.
fn wants_all(incoming: &Incoming) -> bool {
    incoming.header("prefer").is_some_and(|prefer| prefer.contains("return=representation"))
}
