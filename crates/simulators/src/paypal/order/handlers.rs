//! `/v2/checkout/orders`: what is to be paid, and where the buyer goes.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;

use super::{Instrument, Order, validation};
use crate::{
    core::{Incoming, Reply},
    faults::Call,
    paypal::{
        api_error::ApiError,
        capture, json,
        model::{AccountState, Sim},
    },
};

/// `POST /v2/checkout/orders`.
pub(crate) async fn create(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let wants_all = wants_all(&incoming);
    let work = |state: &mut AccountState, body: &Value| {
        let request = validation::read(body)?;
        let now = sim.now();
        let order = Order {
            id: sim.id(),
            status: Order::waiting(&request),
            instrument: Instrument::Good,
            amount: request.amount.clone(),
            created_at: now,
            updated_at: now,
            capture: None,
            stale: None,
            request,
        };
        let value = match wants_all {
            true => json::order(&order, &state.settings),
            false => json::minimal(&order, &state.settings),
        };
        state.model.orders.push(order);
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    };
    sim.write(Call::CreateOrder, &incoming, work).await
}

/// `GET /v2/checkout/orders/{id}`.
pub(crate) async fn get(State(sim): State<Arc<Sim>>, Path(id): Path<String>, incoming: Incoming) -> Response {
    let work = |state: &mut AccountState| {
        let settings = state.settings.clone();
        let order = state.find_order(&id, sim.now()).ok_or_else(ApiError::not_found)?;
        let value = match &mut order.stale {
            Some((before, reads)) if *reads > 0 => {
                *reads -= 1;
                before.clone()
            }
            _ => json::order(order, &settings),
        };
        Ok(Reply::plain_json(StatusCode::OK, &value))
    };
    sim.respond(Call::GetOrder, &incoming, work).await
}

/// `POST /v2/checkout/orders/{id}/capture`: takes the money of an order that the buyer has approved.
pub(crate) async fn capture(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |state: &mut AccountState, _: &Value| {
        let value = capture::actions::capture(&sim, state, &id)?;
        Ok(Reply::plain_json(StatusCode::CREATED, &value))
    };
    sim.write(Call::CaptureOrder, &incoming, work).await
}

/// `Prefer: return=representation`; otherwise PayPal answers the least.
fn wants_all(incoming: &Incoming) -> bool {
    incoming.header("prefer").is_some_and(|prefer| prefer.contains("return=representation"))
}
