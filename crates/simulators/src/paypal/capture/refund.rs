//! Gives money of a capture back.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Capture, CaptureStatus, Refund, RefundStatus};
use crate::paypal::{
    account::{AccountState, Sim},
    api_error::ApiError,
    currency_amount::Money,
    disputes::Dispute,
    json, webhook_events,
};

/// How long after a capture money can be given back.
const REFUND_LIMIT: SignedDuration = SignedDuration::from_hours(180 * 24);

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
        webhook_events::refund(sim, state, &capture, &refund);
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
