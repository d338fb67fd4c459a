//! PayPal's webhooks: events about orders, captures and refunds, signed with a certificate.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    CaptureStatus, RefundStatus,
    account::{AccountState, Sim},
    capture::{Capture, Refund},
    json,
    order::Order,
};
use crate::{
    core::{Delivery, Headers, skewed},
    extra_fields, webhook_signatures,
};

/// The header that carries the signature of an event.
pub(crate) const SIGNATURE_HEADER: &str = "paypal-transmission-sig";

/// Something to tell.
pub(crate) struct Event<'a> {
    pub(crate) kind: &'a str,
    pub(crate) resource_type: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) resource: Value,
    /// Events about one order go out in the order in which they happened.
    pub(crate) ordering_key: &'a str,
}

/// Tells of an order.
pub(crate) fn order(sim: &Sim, state: &AccountState, order: &Order, kind: &str) {
    let resource = json::order(order, &state.settings);
    let summary = if kind.ends_with("APPROVED") {
        "An order has been approved by buyer"
    } else {
        "Checkout Order Completed"
    };
    send(
        sim,
        state,
        &Event { kind, resource_type: "checkout-order", summary, resource, ordering_key: &order.id },
    );
}

/// Tells how a capture is now.
pub(crate) fn capture(sim: &Sim, state: &AccountState, capture: &Capture) {
    if capture.silent {
        return;
    }
    let (kind, word) = match capture.status {
        CaptureStatus::Pending => ("PAYMENT.CAPTURE.PENDING", "pending"),
        CaptureStatus::Declined | CaptureStatus::Failed => ("PAYMENT.CAPTURE.DENIED", "denied"),
        _ => ("PAYMENT.CAPTURE.COMPLETED", "completed"),
    };
    let amount = &capture.amount;
    let summary = format!("Payment {word} for {} {}", amount.text(), amount.currency_code);
    let resource = json::capture(capture, &state.settings);
    let ordering_key = &capture.order_id;
    send(sim, state, &Event { kind, resource_type: "capture", summary: &summary, resource, ordering_key });
}

/// Tells of money that was given back, or taken back. The capture stands in the links of the refund alone.
pub(crate) fn refund(sim: &Sim, state: &AccountState, capture: &Capture, refund: &Refund) {
    if capture.silent {
        return;
    }
    let (kind, word) = match (refund.is_reversal, &refund.status) {
        (true, _) => ("PAYMENT.CAPTURE.REVERSED", "reversed"),
        (false, RefundStatus::Failed) => ("PAYMENT.REFUND.FAILED", "not refunded"),
        (false, RefundStatus::Pending) => ("PAYMENT.REFUND.PENDING", "being refunded"),
        (false, _) => ("PAYMENT.CAPTURE.REFUNDED", "refunded"),
    };
    let amount = &refund.amount;
    let summary = format!("A {} {} capture payment was {word}", amount.text(), amount.currency_code);
    let resource = json::refund(capture, refund, &state.settings);
    let ordering_key = &capture.order_id;
    send(sim, state, &Event { kind, resource_type: "refund", summary: &summary, resource, ordering_key });
}

/// Sends an event, if the endpoint is subscribed to it. False when there is nobody to tell.
pub(crate) fn send(sim: &Sim, state: &AccountState, event: &Event<'_>) -> bool {
    let settings = &state.settings;
    let is_enabled = |enabled: &String| enabled == "*" || event.kind.starts_with(enabled.as_str());
    let Some(url) = &settings.webhook_url else { return false };
    if !settings.enabled_events.iter().any(is_enabled) {
        return false;
    }
    let id = format!("WH-{}-{}", sim.core.ids.hex(17), sim.core.ids.hex(17));
    let own = format!("{}/v1/notifications/webhooks-events/{id}", settings.api_base_url);
    let mut body = json!({
        "event_version": "1.0",
        "create_time": skewed(sim.now(), settings.clock_skew_seconds).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        "resource_type": event.resource_type,
        "resource_version": "2.0",
        "event_type": event.kind,
        "summary": event.summary,
        "resource": event.resource,
        "links": [json::link(&own, "self", "GET"), json::link(&format!("{own}/resend"), "resend", "POST")],
    });
    if settings.payloads.unknown_fields {
        extra_fields::add(&mut body);
    }
    // The id stands first, out of the order of the alphabet: whoever parses and writes the body again gets other bytes.
    let text = format!("{{\"id\":\"{id}\",{}", &body.to_string()[1..]);
    let subject = event.resource["id"].as_str().or(event.resource["order_id"].as_str());
    sim.webhooks.send(Delivery {
        ordering_key: event.ordering_key.to_owned(),
        url: url.clone(),
        what: event.kind.to_owned(),
        subject: subject.unwrap_or_default().to_owned(),
        body: text.into_bytes(),
        headers: headers(sim, state),
    });
    true
}

/// The headers of one attempt. The transmission keeps its id and is signed at its own time: what PayPal does is not known.
///
/// The secret of the dispatcher is the id of the webhook: who does not know it cannot say what was signed.
fn headers(sim: &Sim, state: &AccountState) -> Headers {
    let (clock, signing_key) = (Arc::clone(&sim.core.clock), Arc::clone(&sim.account.signing_key));
    let transmission_id = sim.core.ids.uuid();
    let settings = &state.settings;
    let skew_seconds = settings.clock_skew_seconds;
    let cert_url =
        format!("{}/v1/notifications/certs/{}", settings.api_base_url, settings.certificate.name());
    Arc::new(move |secrets, body| {
        let time = json::instant(skewed(clock(), skew_seconds));
        let message = webhook_signatures::paypal_message(&transmission_id, &time, &secrets.newest, body);
        vec![
            ("paypal-transmission-id", transmission_id.clone()),
            ("paypal-transmission-time", time),
            (SIGNATURE_HEADER, signing_key.sign(&message)),
            ("paypal-cert-url", cert_url.clone()),
            ("paypal-auth-algo", "SHA256withRSA".to_owned()),
            ("paypal-auth-version", "v2".to_owned()),
            ("user-agent", "PayPal/AUHD-214.0-58682014".to_owned()),
        ]
    })
}
