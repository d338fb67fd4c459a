//! Payments, charges and refunds as Stripe writes them.

use serde_json::{Value, json};

use super::{IntentStatus, Payment, Refund, RefundStatus};
use crate::stripe::{StripePayloads, undocumented_json};

/// How much of what belongs to a payment is written out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charge {
    /// Its id alone.
    Id,
    /// The whole, as `expand[]=latest_charge` asks.
    Whole,
}

/// The PaymentIntent as Stripe answers it.
pub(crate) fn intent(payment: &Payment, charge: Charge, payloads: &StripePayloads) -> Value {
    let succeeded = payment.status == IntentStatus::Succeeded;
    let mut value = json!({
        "id": payment.id,
        "object": "payment_intent",
        "amount": payment.amount,
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": if succeeded { payment.amount } else { 0 },
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic_async",
        "client_secret": format!("{}_secret_of_the_simulator", payment.id),
        "confirmation_method": "automatic",
        "created": payment.created_at.as_second(),
        "currency": payment.currency,
        "customer": null,
        "description": null,
        "last_payment_error": last_error(payment),
        "latest_charge": payment.charge,
        "livemode": payment.livemode,
        "metadata": payment.metadata,
        "next_action": null,
        "on_behalf_of": null,
        "payment_method": payment.charge.as_ref().map(|charge| charge.replacen("ch_", "pm_", 1)),
        "payment_method_options": {},
        "payment_method_types": [payment.method],
        "processing": null,
        "receipt_email": null,
        "setup_future_usage": null,
        "shipping": null,
        "source": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": payment.status.as_str(),
        "transfer_data": null,
        "transfer_group": null,
    });
    undocumented_json::apply(&mut value, payloads);
    if charge == Charge::Whole && payment.charge.is_some() {
        value["latest_charge"] = self::charge(payment, payloads);
    }
    value
}

/// The charge of a payment, which is where refunds and disputes are counted.
pub(crate) fn charge(payment: &Payment, payloads: &StripePayloads) -> Value {
    let succeeded = payment.status == IntentStatus::Succeeded;
    let failed = payment.status == IntentStatus::RequiresPaymentMethod;
    let status = match payment.status {
        IntentStatus::Succeeded => "succeeded",
        IntentStatus::Processing => "pending",
        IntentStatus::RequiresPaymentMethod => "failed",
    };
    let mut value = json!({
        "id": payment.charge,
        "object": "charge",
        "amount": payment.amount,
        "amount_captured": if succeeded { payment.amount } else { 0 },
        "amount_refunded": payment.refunded(),
        "application": null,
        "balance_transaction": null,
        "billing_details": { "address": null, "email": null, "name": null, "phone": null },
        "captured": succeeded,
        "created": payment.created_at.as_second(),
        "currency": payment.currency,
        "customer": null,
        "description": null,
        "disputed": !payment.disputes.is_empty(),
        "failure_code": if failed { json!("card_declined") } else { Value::Null },
        "failure_message": if failed { json!("Your card was declined.") } else { Value::Null },
        "fraud_details": {},
        "livemode": payment.livemode,
        "metadata": payment.metadata,
        "outcome": null,
        "paid": succeeded,
        "payment_intent": payment.id,
        "payment_method": payment.charge.as_ref().map(|charge| charge.replacen("ch_", "pm_", 1)),
        "payment_method_details": { "type": payment.method },
        "receipt_url": null,
        "refunded": payment.refunded() >= payment.amount,
        "status": status,
    });
    undocumented_json::apply(&mut value, payloads);
    value
}

/// A refund as the refund calls answer it.
pub(crate) fn refund(payment: &Payment, refund: &Refund, payloads: &StripePayloads) -> Value {
    let mut value = json!({
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": null,
        "charge": payment.charge,
        "created": refund.created_at.as_second(),
        "currency": payment.currency,
        "destination_details": { "card": { "type": "refund" }, "type": payment.method },
        "metadata": refund.metadata,
        "payment_intent": payment.id,
        "reason": refund.reason,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": refund.status.as_str(),
        "transfer_reversal": null,
    });
    if refund.status == RefundStatus::Failed {
        value["failure_reason"] = json!("lost_or_stolen_card");
    }
    undocumented_json::apply(&mut value, payloads);
    value
}

fn last_error(payment: &Payment) -> Value {
    match payment.status {
        IntentStatus::RequiresPaymentMethod => json!({
            "type": "card_error",
            "code": "card_declined",
            "decline_code": "generic_decline",
            "message": "Your card was declined.",
            "doc_url": "https://stripe.com/docs/error-codes/card-declined",
        }),
        _ => Value::Null,
    }
}
