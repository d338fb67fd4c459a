//! Stripe's webhooks: events about sessions, payments, charges and refunds, signed with a secret.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    account::{AccountState, Sim},
    payment::{
        Payment, Refund,
        json::{self as payment_json, Charge},
    },
    session::Session,
};
use crate::{
    core::{Delivery, Headers, skewed},
    extra_fields, webhook_signatures,
};

/// The header that carries the signatures of an event.
pub(crate) const SIGNATURE_HEADER: &str = "stripe-signature";

/// Something to tell: what happened, to what, and what the thing was before.
pub(crate) struct Event<'a> {
    pub(crate) kind: &'a str,
    pub(crate) object: Value,
    pub(crate) previous: Option<Value>,
    pub(crate) livemode: bool,
    /// Events about one session go out in the order in which they happened.
    pub(crate) ordering_key: &'a str,
}

/// Tells of a session.
pub(crate) fn session(sim: &Sim, state: &AccountState, session: &Session, kind: &str) {
    if session.silent {
        return;
    }
    let object = session.to_json(&state.settings.payloads);
    let event = Event { kind, object, previous: None, livemode: session.livemode, ordering_key: &session.id };
    send(sim, state, &event);
}

/// Tells of a payment.
pub(crate) fn intent(sim: &Sim, state: &AccountState, payment: &Payment, kind: &str) {
    let object = payment_json::intent(payment, Charge::Id, &state.settings.payloads);
    about(sim, state, payment, kind, object, None);
}

/// Tells of a charge.
pub(crate) fn charge(
    sim: &Sim,
    state: &AccountState,
    payment: &Payment,
    kind: &str,
    previous: Option<Value>,
) {
    let object = payment_json::charge(payment, &state.settings.payloads);
    about(sim, state, payment, kind, object, previous);
}

/// Tells of a refund.
pub(crate) fn refund(
    sim: &Sim,
    state: &AccountState,
    payment: &Payment,
    refund: &Refund,
    kind: &str,
    previous: Option<Value>,
) {
    let object = payment_json::refund(payment, refund, &state.settings.payloads);
    about(sim, state, payment, kind, object, previous);
}

/// Tells of a refund that has just been made.
pub(crate) fn refunded(sim: &Sim, state: &AccountState, payment: &Payment, made: &Refund) {
    refund(sim, state, payment, made, "refund.created", None);
    let before = payment.refunded() - made.amount;
    charge(sim, state, payment, "charge.refunded", Some(json!({ "amount_refunded": before })));
}

/// Sends an event, if the endpoint is subscribed to it. False when there is nobody to tell.
pub(crate) fn send(sim: &Sim, state: &AccountState, event: &Event<'_>) -> bool {
    let is_enabled = |enabled: &String| enabled == "*" || enabled == event.kind;
    let Some(url) = &state.settings.webhook_url else { return false };
    if !state.settings.enabled_events.iter().any(is_enabled) {
        return false;
    }
    let skew_seconds = state.settings.clock_skew_seconds;
    let mut data = json!({ "object": event.object });
    if let Some(previous) = &event.previous {
        data["previous_attributes"] = previous.clone();
    }
    let mut body = json!({
        "id": format!("evt_1{}", sim.core.ids.hex(23)),
        "object": "event",
        "api_version": state.settings.api_version,
        "created": skewed(sim.now(), skew_seconds).as_second(),
        "data": data,
        "livemode": event.livemode,
        "pending_webhooks": 1,
        "request": state.model.cause,
        "type": event.kind,
    });
    if state.settings.payloads.unknown_fields {
        extra_fields::add(&mut body);
    }
    // Stripe writes its events over many lines, so that nobody can guess the signed bytes from the values.
    let text = serde_json::to_string_pretty(&body).unwrap_or_else(|_| body.to_string());
    sim.webhooks.send(Delivery {
        ordering_key: event.ordering_key.to_owned(),
        url: url.clone(),
        what: event.kind.to_owned(),
        subject: event.object["id"].as_str().unwrap_or_default().to_owned(),
        body: text.into_bytes(),
        headers: headers(sim, state),
    });
    true
}

fn about(
    sim: &Sim,
    state: &AccountState,
    payment: &Payment,
    kind: &str,
    object: Value,
    previous: Option<Value>,
) {
    if !payment.silent {
        let event =
            Event { kind, object, previous, livemode: payment.livemode, ordering_key: &payment.session_id };
        send(sim, state, &event);
    }
}

/// The headers of one attempt: each is signed at its own time.
fn headers(sim: &Sim, state: &AccountState) -> Headers {
    let clock = Arc::clone(&sim.core.clock);
    let (old_scheme, skew_seconds) = (state.settings.old_scheme, state.settings.clock_skew_seconds);
    Arc::new(move |secrets, body| {
        let t = skewed(clock(), skew_seconds).as_second();
        let mut header = webhook_signatures::stripe_header(secrets.iter(), t, body);
        if old_scheme {
            header.push_str(&format!(
                ",v0={}",
                webhook_signatures::stripe_signature("the test scheme's secret", t, body)
            ));
        }
        vec![
            (SIGNATURE_HEADER, header),
            ("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)".to_owned()),
        ]
    })
}
