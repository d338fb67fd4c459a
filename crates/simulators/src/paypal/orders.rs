//! `/v2/checkout/orders`: what is to be paid, and where the buyer goes.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;

use super::{
    api_error::ApiError,
    capturing, json,
    order::{Instrument, Order},
    order_check,
    shared::{Book, Shared},
};
use crate::{answer::Reply, faults::Call, incoming::Incoming};

/// `POST /v2/checkout/orders`.
pub(crate) async fn create(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    let wants_all = wants_all(&incoming);
    let work = |book: &mut Book, body: &Value| {
        let wanted = order_check::read(body)?;
        let now = shared.now();
        let order = Order {
            id: shared.id(),
            status: Order::waiting(&wanted),
            instrument: Instrument::Good,
            amount: wanted.amount.clone(),
            created_at: now,
            updated_at: now,
            capture: None,
            stale: None,
            wanted,
        };
        let value = match wants_all {
            true => json::order(&order, &book.settings),
            false => json::minimal(&order, &book.settings),
        };
        book.orders.push(order);
        Ok(reply(StatusCode::CREATED, &value))
    };
    shared.write(Call::CreateOrder, &incoming, work).await
}

/// `GET /v2/checkout/orders/{id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book| {
        let settings = book.settings.clone();
        let order = book.find_order(&id, shared.now()).ok_or_else(ApiError::not_found)?;
        let value = match &mut order.stale {
            Some((before, reads)) if *reads > 0 => {
                *reads -= 1;
                before.clone()
            }
            _ => json::order(order, &settings),
        };
        Ok(reply(StatusCode::OK, &value))
    };
    shared.read(Call::GetOrder, &incoming, work).await
}

/// `POST /v2/checkout/orders/{id}/capture`: takes the money of an order that the buyer has approved.
pub(crate) async fn capture(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book, _: &Value| {
        let value = capturing::capture(&shared, book, &id)?;
        Ok(reply(StatusCode::CREATED, &value))
    };
    shared.write(Call::CaptureOrder, &incoming, work).await
}

pub(crate) fn reply(status: StatusCode, value: &Value) -> Reply {
    Reply::bytes(status, "application/json", value.to_string().into())
}

/// `Prefer: return=representation`; otherwise PayPal answers the least.
fn wants_all(incoming: &Incoming) -> bool {
    incoming.header("prefer").is_some_and(|prefer| prefer.contains("return=representation"))
}
