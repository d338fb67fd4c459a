//! Webhook events: `{"id", "object": "event", "type", "livemode", "data": {"object": …}}`.
//!
//! Source: docs.stripe.com/api/events/types. They come twice and in any order, and their object has the shape of the
//! endpoint's API version, so only ids are taken from it.

use serde_json::Value;

use super::client::MAX_ID_LENGTH;
use crate::{
    lenient_json::text_at,
    payments::{About, Notice, NoticeError, path_id},
};

/// Reads an event.
///
/// # Errors
/// `BadId` for an id with slashes, dots or other signs: it would end up in the path of a call.
pub fn parse(body: &[u8]) -> Result<Notice, NoticeError> {
    let event: Value = serde_json::from_slice(body).map_err(|_| NoticeError::NotJson)?;
    if !event.is_object() {
        return Err(NoticeError::NotJson);
    }
    let is_event = text_at(&event, "/object").is_none_or(|object| object == "event");
    let (Some(event_id), Some(kind), true) = (text_at(&event, "/id"), text_at(&event, "/type"), is_event)
    else {
        return Err(NoticeError::NotAnEvent);
    };
    let event_id = sound(event_id)?;
    let object = event.pointer("/data/object").filter(|object| object.is_object());
    let about = about(&kind, object.ok_or(NoticeError::NotAnEvent)?)?;
    let live_mode =
        event.get("livemode").and_then(|flag| flag.as_bool().or_else(|| flag.as_str()?.parse().ok()));
    Ok(Notice { event_id, kind, about, live_mode })
}

fn about(kind: &str, object: &Value) -> Result<About, NoticeError> {
    let own_id = || text_at(object, "/id").ok_or(NoticeError::NotAnEvent).and_then(sound);
    let payment_id = || {
        let named = text_at(object, "/payment_intent").or_else(|| text_at(object, "/payment_intent/id"));
        named.map(sound).transpose()
    };
    if kind.starts_with("checkout.session.") {
        return Ok(About::CheckoutSession(own_id()?));
    }
    if kind.starts_with("payment_intent.") {
        return Ok(About::Payment(own_id()?));
    }
    if kind.starts_with("charge.dispute.") {
        return Ok(About::Dispute { id: own_id()?, payment_id: payment_id()?, end: None });
    }
    if kind.starts_with("refund.") || kind.starts_with("charge.refund.") {
        return Ok(About::Refund { id: own_id()?, payment_id: payment_id()? });
    }
    match payment_id()? {
        Some(payment_id) if kind.starts_with("charge.") => Ok(About::Payment(payment_id)),
        // A charge without a PaymentIntent was not made on a page of ours.
        _ => Ok(About::Ignored(kind.to_owned())),
    }
}

fn sound(named: String) -> Result<String, NoticeError> {
    if path_id::is_sound(&named, MAX_ID_LENGTH) { Ok(named) } else { Err(NoticeError::BadId) }
}

#[cfg(test)]
mod tests;
