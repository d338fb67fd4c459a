//! Reads Stripe's answers.

use jiff::Timestamp;

use super::{amount, error_response::fields, request::REFERENCE};
use crate::{
    http::{Answer, CallError, Effect},
    lenient_json::Fields,
    payments::{Checkout, PaymentSeen, PaymentStatus, Refund, RefundStatus},
};

/// A page as Stripe shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub status: SessionStatus,
    /// The PaymentIntent; newer versions of their API make it only when somebody pays.
    pub payment_id: Option<String>,
    pub reference: Option<String>,
    pub url: Option<String>,
    pub expires_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    Open,
    /// The guest has finished; with delayed methods the money may still be on its way.
    Complete,
    Expired,
    Unknown(String),
}

/// One page of a list or search.
pub struct Page {
    pub payments: Vec<PaymentSeen>,
    /// Where the next page begins, while there is one.
    pub next: Option<String>,
}

/// A payment, and whether a dispute has to be read to know its state.
pub struct Read {
    pub seen: PaymentSeen,
    pub disputed: bool,
}

pub fn session(answer: &Answer, effect: Effect) -> Result<Session, CallError> {
    let fields = fields(answer, effect)?;
    let status = match fields.text("status").unwrap_or_default().as_str() {
        "open" => SessionStatus::Open,
        "complete" => SessionStatus::Complete,
        "expired" => SessionStatus::Expired,
        other => SessionStatus::Unknown(other.to_owned()),
    };
    let id = fields.text("id").ok_or_else(|| CallError::lost(effect, "the answer is no checkout session"))?;
    Ok(Session {
        id,
        status,
        payment_id: id_of(&fields, "payment_intent"),
        reference: fields.text("client_reference_id").or_else(|| fields.object("metadata").text(REFERENCE)),
        url: fields.text("url"),
        expires_at: fields.unix("expires_at"),
    })
}

pub fn checkout(answer: &Answer, asked: Timestamp) -> Result<Checkout, CallError> {
    let session = session(answer, Effect::Write)?;
    let opens = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    let Some(url) = session.url.filter(opens) else {
        return Err(CallError::lost(Effect::Write, "the answer names no page to pay on"));
    };
    Ok(Checkout { provider_id: session.id, url, expires_at: Some(session.expires_at.unwrap_or(asked)) })
}

/// `None` for a 404 that they gave themselves; one of another server says nothing about the payment.
pub fn payment(answer: &Answer, asked: &str, account_id: Option<&str>) -> Result<Option<Read>, CallError> {
    let fields = match fields(answer, Effect::Read) {
        Err(CallError::Refused { status: 404, .. }) => return Ok(None),
        fields => fields?,
    };
    match seen(&fields, account_id) {
        Some(seen) if seen.id == asked => Ok(Some(Read { disputed: is_disputed(&fields), seen })),
        _ => Err(CallError::lost(Effect::Read, "the answer is not the payment asked for")),
    }
}

pub fn page(answer: &Answer, account_id: Option<&str>) -> Result<Page, CallError> {
    let fields = list(answer)?;
    let payments = fields.objects("data").iter().filter_map(|fields| seen(fields, account_id)).collect();
    let more = fields.flag("has_more") == Some(true);
    Ok(Page { payments, next: fields.text("next_page").filter(|_| more) })
}

/// What open and lost disputes make of a payment that was approved; `None` where they change nothing.
///
/// docs.stripe.com/api/disputes/object#dispute_object-status: a `warning_…` is a question of the bank, and the money
/// stays.
pub fn dispute(answer: &Answer) -> Result<Option<PaymentStatus>, CallError> {
    let states: Vec<_> = list(answer)?.objects("data").iter().filter_map(|one| one.text("status")).collect();
    let any = |words: &[&str]| states.iter().any(|state| words.contains(&state.as_str()));
    Ok(if any(&["lost"]) {
        Some(PaymentStatus::ChargedBack)
    } else if any(&["needs_response", "under_review"]) || states.is_empty() {
        Some(PaymentStatus::InMediation)
    } else {
        None
    })
}

pub fn refund(answer: &Answer) -> Result<Refund, CallError> {
    let fields = fields(answer, Effect::Write)?;
    one_refund(&fields).ok_or_else(|| CallError::lost(Effect::Write, "the answer names no refund"))
}

pub fn refunds(answer: &Answer) -> Result<Vec<Refund>, CallError> {
    Ok(list(answer)?.objects("data").iter().filter_map(one_refund).collect())
}

fn list(answer: &Answer) -> Result<Fields, CallError> {
    let fields = fields(answer, Effect::Read)?;
    if fields.has_list("data") {
        Ok(fields)
    } else {
        Err(CallError::lost(Effect::Read, "the answer holds no list"))
    }
}

fn seen(fields: &Fields, account_id: Option<&str>) -> Option<PaymentSeen> {
    let charge = charge(fields);
    let currency = fields.text("currency").map(|code| code.to_ascii_uppercase());
    let amount = |of: &Fields, key| amount::decimal(of, key, currency.as_deref()?);
    let status = payment_status(&fields.text("status").unwrap_or_default(), &charge);
    let succeeded = fields.text("status").as_deref() == Some("succeeded");
    let received = amount(fields, "amount_received").filter(|_| succeeded);
    let means = charge.object("payment_method_details");
    let kind = means.text("type");
    let brand = kind.as_deref().and_then(|kind| means.object(kind).text("brand"));
    Some(PaymentSeen {
        id: fields.text("id")?,
        status,
        status_detail: detail(fields, &charge),
        reference: fields.object("metadata").text(REFERENCE),
        amount_decimal: received.or_else(|| amount(fields, "amount")),
        refunded_decimal: amount(&charge, "amount_refunded"),
        currency: currency.clone(),
        // Our key reads payments of our own account only; with Connect the payment names another.
        collector_id: id_of(fields, "on_behalf_of").or_else(|| account_id.map(str::to_owned)),
        live_mode: fields.flag("livemode"),
        approved_at: charge.unix("created").filter(|_| succeeded),
        method: brand.or(kind),
    })
}

/// docs.stripe.com/payments/paymentintents/lifecycle. A declined card leaves a PaymentIntent that the guest can pay
/// with another card, so it is pending, not rejected; the end of the page cancels it.
fn payment_status(word: &str, charge: &Fields) -> PaymentStatus {
    match word {
        "requires_payment_method" | "requires_confirmation" | "requires_action" => PaymentStatus::Pending,
        "requires_capture" => PaymentStatus::Authorized,
        "processing" => PaymentStatus::InProcess,
        "canceled" => PaymentStatus::Cancelled,
        "succeeded" if charge.flag("refunded") == Some(true) => PaymentStatus::Refunded,
        "succeeded" => PaymentStatus::Approved,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn detail(fields: &Fields, charge: &Fields) -> Option<String> {
    let error = fields.object("last_payment_error");
    error
        .text("decline_code")
        .or_else(|| error.text("code"))
        .or_else(|| fields.text("cancellation_reason"))
        .or_else(|| charge.object("outcome").text("type"))
        .or_else(|| fields.text("status"))
}

/// The last attempt to charge: expanded in `latest_charge`; before API version 2022-11-15 the first of a list.
fn charge(fields: &Fields) -> Fields {
    let latest = fields.object("latest_charge");
    if !latest.is_empty() {
        return latest;
    }
    fields.object("charges").objects("data").into_iter().next().unwrap_or_default()
}

fn is_disputed(fields: &Fields) -> bool {
    charge(fields).flag("disputed") == Some(true)
}

/// A reference to another object, expanded or not.
fn id_of(fields: &Fields, key: &str) -> Option<String> {
    fields.text(key).or_else(|| fields.object(key).text("id"))
}

/// docs.stripe.com/api/refunds/object#refund_object-status
fn one_refund(fields: &Fields) -> Option<Refund> {
    let status = match fields.text("status").unwrap_or_default().as_str() {
        "succeeded" => RefundStatus::Approved,
        "pending" | "requires_action" => RefundStatus::InProcess,
        "failed" => RefundStatus::Rejected,
        "canceled" => RefundStatus::Cancelled,
        other => RefundStatus::Unknown(other.to_owned()),
    };
    let currency = fields.text("currency").map(|code| code.to_ascii_uppercase());
    let amount_decimal = currency.and_then(|currency| amount::decimal(fields, "amount", &currency));
    Some(Refund { id: fields.text("id")?, status, amount_decimal })
}

/// The guest's address of the page is for the guest alone.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("id", &self.id).field("status", &self.status).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
