//! Takes the money of an approved order.

use serde_json::Value;

use super::{Capture, CaptureStatus};
use crate::paypal::{
    account::{AccountState, Sim},
    api_error::ApiError,
    currency_amount::Money,
    json,
    order::{Instrument, Order, OrderStatus},
    webhook_events,
};

/// Takes the money of an approved order and tells of it. Returns the order as it is now.
pub(crate) fn capture(sim: &Sim, state: &mut AccountState, id: &str) -> Result<Value, ApiError> {
    let now = sim.now();
    let settings = state.settings.clone();
    let order = state.find_order(id, now).ok_or_else(ApiError::not_found)?;
    match order.status {
        OrderStatus::Completed => {
            let description =
                "Order already captured. If 'intent=CAPTURE' only one capture per order is allowed.";
            return Err(ApiError::refused("ORDER_ALREADY_CAPTURED", description));
        }
        OrderStatus::Created | OrderStatus::PayerActionRequired => {
            let description = "Payer has not yet approved the Order for payment. Please redirect the payer to the \
                               'rel':'approve' url returned as part of the HATEOAS links within the Create Order \
                               call or provide a valid payment_source in the request.";
            return Err(ApiError::refused("ORDER_NOT_APPROVED", description));
        }
        OrderStatus::Approved => {}
    }
    if order.instrument == Instrument::Refused {
        // The buyer has to go back to the page and choose another way to pay.
        order.status = Order::waiting(&order.request);
        order.updated_at = now;
        let description = "The instrument presented was either declined by the processor or bank, or it can't be \
                           used for this payment.";
        let page = format!("{}/checkoutnow?token={}", settings.public_base_url, order.id);
        let links = vec![json::link(&page, "redirect", "GET")];
        return Err(ApiError::refused("INSTRUMENT_DECLINED", description).linked(links));
    }
    let request = order.request.clone();
    let is_same =
        |capture: &Capture| request.invoice_id.is_some() && capture.invoice_id == request.invoice_id;
    if state.captures().any(is_same) {
        let description = "Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account \
                           setting requires that Invoice Id be unique for each transaction.";
        return Err(ApiError::refused("DUPLICATE_INVOICE_ID", description));
    }
    let fault = state.faults.payments.pop_front().unwrap_or_default();
    let order = state.find_order(id, now).ok_or_else(ApiError::not_found)?;
    let before = json::order(order, &settings);
    let capture = Capture {
        id: sim.id(),
        order_id: order.id.clone(),
        status: match order.instrument {
            Instrument::Good | Instrument::Refused => CaptureStatus::Completed,
            Instrument::Slow => CaptureStatus::Pending,
            Instrument::Declined => CaptureStatus::Declined,
        },
        amount: Money {
            value: fault.amount.unwrap_or(order.amount.value),
            currency_code: fault.currency_code.unwrap_or_else(|| order.amount.currency_code.clone()),
        },
        custom_id: fault.custom_id.or(request.custom_id),
        invoice_id: request.invoice_id,
        created_at: now,
        updated_at: now,
        dispute: None,
        refunds: Vec::new(),
        silent: fault.silent,
        hidden_for_gets: fault.stale_for_gets,
    };
    order.capture = Some(capture.clone());
    order.status = OrderStatus::Completed;
    order.updated_at = now;
    order.stale = (fault.stale_for_gets > 0).then_some((before, fault.stale_for_gets));
    let order = order.clone();
    webhook_events::capture(sim, state, &capture);
    if !capture.silent {
        webhook_events::order(sim, state, &order, "CHECKOUT.ORDER.COMPLETED");
    }
    Ok(json::order(&order, &settings))
}
