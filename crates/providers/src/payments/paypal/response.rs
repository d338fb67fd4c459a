//! Reads PayPal's answers.

use domain::money::{Currency, Money};
use jiff::Timestamp;

use super::{Environment, error_response::fields};
use crate::{
    http::{Answer, CallError, Effect},
    lenient_json::Fields,
    payments::{Checkout, DisputeEnd, PaymentSeen, PaymentStatus, Refund, RefundStatus},
};

/// An order, as far as its money goes.
#[derive(Debug)]
pub struct Order {
    pub captures: Vec<PaymentSeen>,
    pub refunds: Vec<RefundOf>,
}

/// A refund and the capture that it belongs to.
#[derive(Debug)]
pub struct RefundOf {
    pub capture_id: Option<String>,
    pub refund: Refund,
}

/// A capture, and where to learn what was given back of it.
pub struct Read {
    pub seen: PaymentSeen,
    pub order_id: Option<String>,
    pub is_partly_refunded: bool,
}

/// The page is `payer-action`, or `approve` where the order has no `payment_source`.
pub fn checkout(answer: &Answer) -> Result<Checkout, CallError> {
    let fields = fields(answer, Effect::Write)?;
    let links = fields.objects("links");
    let link = |rel: &str| {
        let link = links.iter().find(|link| link.text("rel").as_deref() == Some(rel))?;
        link.text("href").filter(|href| href.starts_with("https://") || href.starts_with("http://"))
    };
    match (fields.text("id"), link("payer-action").or_else(|| link("approve"))) {
        (Some(provider_id), Some(url)) => Ok(Checkout { provider_id, url, expires_at: None }),
        _ => Err(CallError::lost(Effect::Write, "the answer names no page to pay on")),
    }
}

pub fn order(answer: &Answer, effect: Effect, environment: Environment) -> Result<Order, CallError> {
    let fields = fields(answer, effect)?;
    if fields.text("id").is_none() {
        return Err(CallError::lost(effect, "the answer is no order"));
    }
    let mut order = Order { captures: Vec::new(), refunds: Vec::new() };
    for unit in fields.objects("purchase_units") {
        let payments = unit.object("payments");
        for capture in payments.objects("captures") {
            let Some(Read { mut seen, .. }) = read(&capture, environment) else { continue };
            // The parts of an order do not repeat what the whole says.
            seen.reference = seen.reference.or_else(|| unit.text("custom_id"));
            seen.collector_id = seen.collector_id.or_else(|| unit.object("payee").text("merchant_id"));
            order.captures.push(seen);
        }
        let refunds = payments.objects("refunds");
        order.refunds.extend(refunds.iter().filter_map(|fields| {
            Some(RefundOf { capture_id: linked(fields, "captures"), refund: one_refund(fields)? })
        }));
    }
    for seen in &mut order.captures {
        if seen.status == PaymentStatus::Approved && seen.status_detail.as_deref() == Some(PARTLY_REFUNDED) {
            seen.refunded_decimal = given_back(&order.refunds, seen);
        }
    }
    Ok(order)
}

impl Order {
    /// The capture that counts: after a declined one, an order may have another.
    pub fn capture(self) -> Option<PaymentSeen> {
        let mut captures = self.captures;
        let counts = |seen: &PaymentSeen| seen.status != PaymentStatus::Rejected;
        let at = captures.iter().position(counts).or_else(|| captures.len().checked_sub(1))?;
        Some(captures.swap_remove(at))
    }
}

/// `None` for a 404 that they gave themselves; one of another server says nothing about the capture.
pub fn capture(answer: &Answer, asked: &str, environment: Environment) -> Result<Option<Read>, CallError> {
    let fields = match fields(answer, Effect::Read) {
        Err(CallError::Refused { status: 404, .. }) => return Ok(None),
        fields => fields?,
    };
    match read(&fields, environment) {
        Some(read) if read.seen.id == asked => Ok(Some(read)),
        _ => Err(CallError::lost(Effect::Read, "the answer is not the capture asked for")),
    }
}

pub fn refund(answer: &Answer) -> Result<Refund, CallError> {
    let fields = fields(answer, Effect::Write)?;
    one_refund(&fields).ok_or_else(|| CallError::lost(Effect::Write, "the answer names no refund"))
}

/// `POST /v1/oauth2/token`: the token, and for how many seconds it holds.
pub fn token(answer: &Answer) -> Result<(String, i64), CallError> {
    let fields = fields(answer, Effect::Read)?;
    match (fields.text("access_token"), fields.text("expires_in").and_then(|text| text.parse().ok())) {
        (Some(token), Some(seconds)) => Ok((token, seconds)),
        _ => Err(CallError::lost(Effect::Read, "the answer holds no access token")),
    }
}

/// `{"verification_status": "SUCCESS"}`, or `FAILURE`.
pub fn is_verified(answer: &Answer) -> Result<bool, CallError> {
    match fields(answer, Effect::Read)?.text("verification_status").as_deref() {
        Some("SUCCESS") => Ok(true),
        Some("FAILURE") => Ok(false),
        _ => Err(CallError::lost(Effect::Read, "the answer does not say whether the event is theirs")),
    }
}

/// A dispute in a list.
pub struct Listed {
    pub id: String,
    pub is_over: bool,
    pub created_at: Option<Timestamp>,
}

/// `{"items": [{"dispute_id", "status", "create_time"}]}`; an empty list may be left out.
pub fn disputes(answer: &Answer) -> Result<Vec<Listed>, CallError> {
    let items = fields(answer, Effect::Read)?.objects("items");
    let listed = items.iter().filter_map(|one| {
        let is_over = one.text("status").as_deref() == Some("RESOLVED");
        Some(Listed { id: one.text("dispute_id")?, is_over, created_at: one.instant("create_time") })
    });
    Ok(listed.collect())
}

pub fn dispute_end(answer: &Answer) -> Result<Option<DisputeEnd>, CallError> {
    let outcome = fields(answer, Effect::Read)?.object("dispute_outcome").text("outcome_code");
    Ok(outcome.and_then(|word| end_of(&word)))
}

/// developer.paypal.com/api/customer-disputes/v1, `dispute_outcome.outcome_code`: with a payout, PayPal pays the buyer and
/// the seller keeps the money. What other words mean is not said.
pub fn end_of(word: &str) -> Option<DisputeEnd> {
    match word {
        "RESOLVED_BUYER_FAVOUR" => Some(DisputeEnd::ForBuyer),
        "RESOLVED_SELLER_FAVOUR" | "RESOLVED_WITH_PAYOUT" | "CANCELED_BY_BUYER" | "DENIED" => {
            Some(DisputeEnd::ForSeller)
        }
        _ => None,
    }
}

const PARTLY_REFUNDED: &str = "PARTIALLY_REFUNDED";

fn read(fields: &Fields, environment: Environment) -> Option<Read> {
    let word = fields.text("status").unwrap_or_default();
    let status = capture_status(&word);
    let amount = fields.object("amount");
    let amount_decimal = amount.decimal("value");
    let money_moved = matches!(status, PaymentStatus::Approved | PaymentStatus::Refunded);
    let refunded_decimal = amount_decimal.clone().filter(|_| status == PaymentStatus::Refunded);
    let related = fields.object("supplementary_data").object("related_ids");
    let seen = PaymentSeen {
        id: fields.text("id")?,
        status,
        status_detail: fields.object("status_details").text("reason").or_else(|| Some(word.clone())),
        reference: fields.text("custom_id"),
        amount_decimal,
        refunded_decimal,
        currency: amount.text("currency_code"),
        collector_id: fields.object("payee").text("merchant_id"),
        // Nothing in it says so, but credentials of one world do not open the other.
        live_mode: Some(environment == Environment::Live),
        approved_at: fields.instant("create_time").filter(|_| money_moved),
        method: Some("paypal".to_owned()),
    };
    Some(Read {
        seen,
        order_id: related.text("order_id").or_else(|| linked(fields, "orders")),
        is_partly_refunded: word == PARTLY_REFUNDED,
    })
}

/// developer.paypal.com/docs/api/payments/v2/#captures_get, `status`. `REVERSED` is not in that list, but the event
/// PAYMENT.CAPTURE.REVERSED is: the buyer's bank took the money back.
fn capture_status(word: &str) -> PaymentStatus {
    match word {
        "COMPLETED" | PARTLY_REFUNDED => PaymentStatus::Approved,
        "PENDING" => PaymentStatus::Pending,
        "DECLINED" | "DENIED" | "FAILED" => PaymentStatus::Rejected,
        "REFUNDED" => PaymentStatus::Refunded,
        "REVERSED" => PaymentStatus::ChargedBack,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

/// developer.paypal.com/docs/api/payments/v2/#refunds_get, `status`.
fn one_refund(fields: &Fields) -> Option<Refund> {
    let status = match fields.text("status").unwrap_or_default().as_str() {
        "COMPLETED" => RefundStatus::Approved,
        "PENDING" => RefundStatus::InProcess,
        "FAILED" => RefundStatus::Rejected,
        "CANCELLED" => RefundStatus::Cancelled,
        other => RefundStatus::Unknown(other.to_owned()),
    };
    Some(Refund { id: fields.text("id")?, status, amount_decimal: fields.object("amount").decimal("value") })
}

/// What the refunds of a capture come to; `None` where one of them cannot be read.
pub fn given_back(refunds: &[RefundOf], seen: &PaymentSeen) -> Option<String> {
    let currency = Currency::parse(seen.currency.as_deref()?).ok()?;
    let mut total = Money::zero(currency);
    for RefundOf { refund, capture_id } in refunds {
        let counts = capture_id.as_deref().is_none_or(|id| id == seen.id);
        if counts && matches!(refund.status, RefundStatus::Approved | RefundStatus::InProcess) {
            let amount = Money::parse(refund.amount_decimal.as_deref()?, currency).ok()?;
            total.minor = total.minor.checked_add(amount.minor)?;
        }
    }
    crate::decimal_text::canonical(&total.to_string())
}

/// The id at the end of the link `up`, where that link leads to such a thing: `…/v2/checkout/orders/4K51`.
fn linked(fields: &Fields, kind: &str) -> Option<String> {
    let links = fields.objects("links");
    let up = links.iter().find(|link| link.text("rel").as_deref() == Some("up"))?.text("href")?;
    let (before, id) = up.trim_end_matches('/').rsplit_once('/')?;
    before.ends_with(&format!("/{kind}")).then(|| id.to_owned())
}

#[cfg(test)]
mod tests;
