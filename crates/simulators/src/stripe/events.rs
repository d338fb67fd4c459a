//! Signed events.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    payment::{Payment, Refund},
    payment_json::{self, Charge},
    session::Session,
    shared::{Book, Shared},
};
use crate::{
    courier::{Parcel, Stamp},
    extra_fields, signatures,
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
    pub(crate) lane: &'a str,
}

/// Tells of a session.
pub(crate) fn session(shared: &Shared, book: &Book, session: &Session, kind: &str) {
    if session.silent {
        return;
    }
    let object = session.to_json(&book.settings.payloads);
    let event = Event { kind, object, previous: None, livemode: session.livemode, lane: &session.id };
    send(shared, book, &event);
}

/// Tells of a payment.
pub(crate) fn intent(shared: &Shared, book: &Book, payment: &Payment, kind: &str) {
    let object = payment_json::intent(payment, Charge::Id, &book.settings.payloads);
    about(shared, book, payment, kind, object, None);
}

/// Tells of a charge.
pub(crate) fn charge(shared: &Shared, book: &Book, payment: &Payment, kind: &str, previous: Option<Value>) {
    let object = payment_json::charge(payment, &book.settings.payloads);
    about(shared, book, payment, kind, object, previous);
}

/// Tells of a refund.
pub(crate) fn refund(
    shared: &Shared,
    book: &Book,
    payment: &Payment,
    refund: &Refund,
    kind: &str,
    previous: Option<Value>,
) {
    let object = payment_json::refund(payment, refund, &book.settings.payloads);
    about(shared, book, payment, kind, object, previous);
}

/// Tells of a refund that has just been made.
pub(crate) fn refunded(shared: &Shared, book: &Book, payment: &Payment, made: &Refund) {
    refund(shared, book, payment, made, "refund.created", None);
    let before = payment.refunded() - made.amount;
    charge(shared, book, payment, "charge.refunded", Some(json!({ "amount_refunded": before })));
}

/// Sends an event, if the endpoint is subscribed to it. False when there is nobody to tell.
pub(crate) fn send(shared: &Shared, book: &Book, event: &Event<'_>) -> bool {
    let is_enabled = |enabled: &String| enabled == "*" || enabled == event.kind;
    let Some(url) = &book.settings.webhook_url else { return false };
    if !book.settings.enabled_events.iter().any(is_enabled) {
        return false;
    }
    let skew = SignedDuration::from_secs(book.settings.clock_skew_seconds);
    let mut data = json!({ "object": event.object });
    if let Some(previous) = &event.previous {
        data["previous_attributes"] = previous.clone();
    }
    let mut body = json!({
        "id": format!("evt_1{}", shared.works.ids.hex(23)),
        "object": "event",
        "api_version": book.settings.api_version,
        "created": moved(shared.now(), skew).as_second(),
        "data": data,
        "livemode": event.livemode,
        "pending_webhooks": 1,
        "request": book.cause,
        "type": event.kind,
    });
    if book.settings.payloads.unknown_fields {
        extra_fields::add(&mut body);
    }
    // Stripe writes its events over many lines, so that nobody can guess the signed bytes from the values.
    let text = serde_json::to_string_pretty(&body).unwrap_or_else(|_| body.to_string());
    shared.works.courier.post(Parcel {
        lane: event.lane.to_owned(),
        url: url.clone(),
        what: event.kind.to_owned(),
        subject: event.object["id"].as_str().unwrap_or_default().to_owned(),
        body: text.into_bytes(),
        stamp: stamp(shared, book, skew),
    });
    true
}

fn about(
    shared: &Shared,
    book: &Book,
    payment: &Payment,
    kind: &str,
    object: Value,
    previous: Option<Value>,
) {
    if !payment.silent {
        let event = Event { kind, object, previous, livemode: payment.livemode, lane: &payment.session_id };
        send(shared, book, &event);
    }
}

/// The headers of one try: each is signed at its own time.
fn stamp(shared: &Shared, book: &Book, skew: SignedDuration) -> Stamp {
    let clock = Arc::clone(&shared.works.clock);
    let old_scheme = book.settings.old_scheme;
    Arc::new(move |secrets, body| {
        let t = moved(clock(), skew).as_second();
        let mut header = signatures::stripe_header(secrets.iter(), t, body);
        if old_scheme {
            header.push_str(&format!(
                ",v0={}",
                signatures::stripe_signature("the test scheme's secret", t, body)
            ));
        }
        vec![
            (SIGNATURE_HEADER, header),
            ("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)".to_owned()),
        ]
    })
}

fn moved(at: Timestamp, skew: SignedDuration) -> Timestamp {
    at.saturating_add(skew).unwrap_or(at)
}
