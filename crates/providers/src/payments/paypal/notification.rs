//! Webhook events: `{"id": "WH-…", "event_type", "resource_type", "resource", …}`.
//!
//! Source: developer.paypal.com/api/rest/webhooks/event-names. They come up to 25 times in three days, in any order.
//! Nothing in them says whether the money is real: that is known from the webhook id they are signed for.

use serde_json::Value;

use super::{client::MAX_ID_LENGTH, response};
use crate::{
    lenient_json::{each, text_at},
    payments::{About, DisputeEnd, Notice, NoticeError, path_id},
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
    let (Some(event_id), Some(kind)) = (text_at(&event, "/id"), text_at(&event, "/event_type")) else {
        return Err(NoticeError::NotAnEvent);
    };
    let event_id = sound(event_id)?;
    let resource = event.get("resource").filter(|resource| resource.is_object());
    let about = about(&kind, resource.ok_or(NoticeError::NotAnEvent)?)?;
    Ok(Notice { event_id, kind, about, live_mode: None })
}

fn about(kind: &str, resource: &Value) -> Result<About, NoticeError> {
    let named = |pointer: &str| text_at(resource, pointer).ok_or(NoticeError::NotAnEvent).and_then(sound);
    match kind {
        "CHECKOUT.ORDER.APPROVED" | "CHECKOUT.ORDER.COMPLETED" => return Ok(About::Order(named("/id")?)),
        "CHECKOUT.PAYMENT-APPROVAL.REVERSED" => return Ok(About::Order(named("/order_id")?)),
        // What these carry is the refund, not the capture.
        "PAYMENT.CAPTURE.REVERSED" => {
            let end = Some(DisputeEnd::ForBuyer);
            return Ok(About::Dispute { id: named("/id")?, payment_id: capture_above(resource)?, end });
        }
        "PAYMENT.CAPTURE.REFUNDED" => {
            return Ok(About::Refund { id: named("/id")?, payment_id: capture_above(resource)? });
        }
        _ => {}
    }
    if kind.starts_with("PAYMENT.CAPTURE.") {
        return Ok(About::Capture(named("/id")?));
    }
    if kind.starts_with("PAYMENT.REFUND.") {
        return Ok(About::Refund { id: named("/id")?, payment_id: capture_above(resource)? });
    }
    if kind.starts_with("CUSTOMER.DISPUTE.") {
        let disputed = each(resource.get("disputed_transactions"));
        let payment_id = disputed.iter().find_map(|one| text_at(one, "/seller_transaction_id"));
        let payment_id = payment_id.map(sound).transpose()?;
        let id = named("/dispute_id").or_else(|_| named("/id"))?;
        // A word that we do not know leaves it open, for a person.
        let end = text_at(resource, "/dispute_outcome/outcome_code").and_then(|word| response::end_of(&word));
        return Ok(About::Dispute { id, payment_id, end });
    }
    Ok(About::Ignored(kind.to_owned()))
}

/// The capture that a refund is of, which only its link `up` tells. The rest of the address is not used: we know where
/// to ask.
fn capture_above(resource: &Value) -> Result<Option<String>, NoticeError> {
    let links = each(resource.get("links"));
    let up = links.iter().find(|link| text_at(link, "/rel").as_deref() == Some("up"));
    let Some(href) = up.and_then(|link| text_at(link, "/href")) else { return Ok(None) };
    match href.split_once("/captures/") {
        Some((_, id)) => sound(id.trim_end_matches('/').to_owned()).map(Some),
        None => Ok(None),
    }
}

fn sound(named: String) -> Result<String, NoticeError> {
    if path_id::is_sound(&named, MAX_ID_LENGTH) { Ok(named) } else { Err(NoticeError::BadId) }
}

#[cfg(test)]
mod tests;
