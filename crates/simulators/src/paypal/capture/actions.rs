//! Taking the money of an approved order, and giving it back.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Capture, CaptureStatus, Refund, RefundStatus};
use crate::paypal::{
    api_error::ApiError,
    disputes::Dispute,
    events, json,
    model::{AccountState, Sim},
    money::Money,
    order::{Instrument, Order, OrderStatus},
};

/// How long after a capture money can be given back.
const REFUND_LIMIT: SignedDuration = SignedDuration::from_hours(180 * 24);

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
    events::capture(sim, state, &capture);
    if !capture.silent {
        events::order(sim, state, &order, "CHECKOUT.ORDER.COMPLETED");
    }
    Ok(json::order(&order, &settings))
}

/// Gives money back and tells of it. Returns the refund.
pub(crate) fn refund(sim: &Sim, state: &mut AccountState, id: &str, body: &Value) -> Result<Value, ApiError> {
    let now = sim.now();
    let settings = state.settings.clone();
    let asked = match &body["amount"] {
        Value::Null => None,
        amount => Some(Money::read(amount, "/amount")?),
    };
    let capture = state.find_capture(id).ok_or_else(ApiError::not_found)?;
    let amount = refundable(capture, asked, now)?;
    let status = state.faults.refunds.pop_front().map_or(RefundStatus::Completed, |fault| fault.status);
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let refund = Refund {
        id: sim.id(),
        status,
        amount,
        note_to_payer: text("note_to_payer"),
        invoice_id: text("invoice_id"),
        created_at: now,
        is_reversal: false,
    };
    let capture = state.find_capture(id).ok_or_else(ApiError::not_found)?;
    capture.refunds.push(refund.clone());
    capture.recount(now);
    let capture = capture.clone();
    // What is still on its way is told of when it is done.
    if refund.status == RefundStatus::Completed {
        events::refund(sim, state, &capture, &refund);
    }
    Ok(json::refund(&capture, &refund, &settings))
}

/// How much goes back.
fn refundable(capture: &Capture, asked: Option<Money>, now: Timestamp) -> Result<Money, ApiError> {
    let refused = |issue: &str, description: &str| Err(ApiError::refused(issue, description));
    if capture.dispute.as_ref().is_some_and(Dispute::bars_refunds) {
        let description =
            "Refund for an amount equal to or more than the disputed transaction is not allowed.";
        return refused("TRANSACTION_DISPUTED", description);
    }
    match capture.status {
        CaptureStatus::Pending => {
            return refused("PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.");
        }
        CaptureStatus::Refunded => {
            return refused("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.");
        }
        CaptureStatus::Completed | CaptureStatus::PartiallyRefunded => {}
        _ => return refused("REFUND_NOT_ALLOWED", "There is nothing that could be given back."),
    }
    if now.duration_since(capture.created_at) > REFUND_LIMIT {
        let description = "You are over the time limit to perform a refund on this capture.";
        return refused("REFUND_TIME_LIMIT_EXCEEDED", description);
    }
    let left = capture.amount.with(capture.amount.value.minus(capture.refunded()));
    let Some(asked) = asked else { return Ok(left) };
    if asked.currency_code != left.currency_code {
        let description = "Refund must be in the same currency as the capture.";
        return refused("REFUND_CAPTURE_CURRENCY_MISMATCH", description);
    }
    if asked.value > left.value {
        let description = "The refund amount must be less than or equal to the capture amount that has not yet been \
                           refunded.";
        return refused("REFUND_AMOUNT_EXCEEDED", description);
    }
    Ok(asked)
}
