//! Reads Mercado Pago's answers and errors.

use jiff::Timestamp;

use super::Mode;
use crate::{
    http::{Answer, CallError, Effect},
    lenient_json::Fields,
    payments::{
        Checkout, PaymentSeen, PaymentStatus, Refund, RefundStatus,
        payment_seen::REIMBURSED,
        refusal::{not_theirs, plain},
    },
};

/// The object in an answer of success.
///
/// # Errors
/// By status; an error object within a 200 counts by the status it names. An answer that is not an object, or broke
/// off, may follow an effect: `CallError::lost`.
pub fn fields(answer: &Answer, effect: Effect) -> Result<Fields, CallError> {
    let Some(fields) = Fields::parse(answer.bytes()) else { return Err(not_theirs(answer, effect)) };
    let status = if answer.is_success() { inner_status(&fields) } else { Some(answer.status) };
    match status {
        None => Ok(fields),
        Some(status) => Err(refusal(status, effect, answer, &fields)),
    }
}

pub fn checkout(answer: &Answer, mode: Mode, expires_at: Timestamp) -> Result<Checkout, CallError> {
    let fields = fields(answer, Effect::Write)?;
    let url = match mode {
        Mode::Live => fields.text("init_point"),
        Mode::Sandbox => fields.text("sandbox_init_point").or_else(|| fields.text("init_point")),
    };
    let opens = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    match (fields.text("id"), url.filter(opens)) {
        (Some(provider_id), Some(url)) => Ok(Checkout { provider_id, url, expires_at: Some(expires_at) }),
        _ => Err(CallError::lost(Effect::Write, "the answer names no page to pay on")),
    }
}

/// `None` for a 404 that they gave themselves; one of another server says nothing about the payment.
pub fn payment(answer: &Answer, asked: &str) -> Result<Option<PaymentSeen>, CallError> {
    let fields = match fields(answer, Effect::Read) {
        Err(CallError::Refused { status: 404, .. }) => return Ok(None),
        fields => fields?,
    };
    match seen(&fields) {
        Some(seen) if seen.id == asked => Ok(Some(seen)),
        _ => Err(CallError::lost(Effect::Read, "the answer is not the payment asked for")),
    }
}

/// One page of a search, `{"paging": …, "results": [payments]}`.
pub struct Page {
    pub payments: Vec<PaymentSeen>,
    /// How many objects the page held, readable as payments or not: it tells whether another page follows.
    pub size: usize,
}

pub fn page(answer: &Answer) -> Result<Page, CallError> {
    let fields = fields(answer, Effect::Read)?;
    if !fields.has_list("results") {
        return Err(CallError::lost(Effect::Read, "the answer holds no list of payments"));
    }
    let results = fields.objects("results");
    Ok(Page { payments: results.iter().filter_map(seen).collect(), size: results.len() })
}

pub fn refund(answer: &Answer) -> Result<Refund, CallError> {
    let fields = fields(answer, Effect::Write)?;
    one_refund(&fields).ok_or_else(|| CallError::lost(Effect::Write, "the answer names no refund"))
}

/// A bare list.
pub fn refunds(answer: &Answer) -> Result<Vec<Refund>, CallError> {
    if !answer.is_success() {
        fields(answer, Effect::Read)?;
    }
    let listed = [b"{\"refunds\":", answer.bytes(), b"}"].concat();
    match Fields::parse(&listed) {
        Some(fields) if fields.has_list("refunds") => {
            Ok(fields.objects("refunds").iter().filter_map(one_refund).collect())
        }
        _ => Err(CallError::lost(Effect::Read, "the answer holds no list of refunds")),
    }
}

fn seen(fields: &Fields) -> Option<PaymentSeen> {
    let detail = fields.text("status_detail");
    Some(PaymentSeen {
        id: fields.text("id")?,
        status: payment_status(&fields.text("status").unwrap_or_default(), detail.as_deref()),
        status_detail: detail,
        reference: fields.text("external_reference"),
        amount_decimal: fields.decimal("transaction_amount"),
        refunded_decimal: fields.decimal("transaction_amount_refunded"),
        currency: fields.text("currency_id"),
        collector_id: fields.text("collector_id"),
        live_mode: fields.flag("live_mode"),
        approved_at: fields.instant("date_approved"),
        method: fields.text("payment_method_id"),
    })
}

/// A chargeback says in its detail how it stands: `in_process`, then `settled` where the seller has lost and `reimbursed`
/// where the seller has won (mercadopago.com.ar/developers, "Chargebacks", transaction status).
fn payment_status(word: &str, detail: Option<&str>) -> PaymentStatus {
    match word {
        "charged_back" if detail == Some("in_process") => PaymentStatus::InMediation,
        "charged_back" if detail == Some(REIMBURSED) => PaymentStatus::Approved,
        "pending" => PaymentStatus::Pending,
        "authorized" => PaymentStatus::Authorized,
        "in_process" => PaymentStatus::InProcess,
        "in_mediation" => PaymentStatus::InMediation,
        "approved" => PaymentStatus::Approved,
        "rejected" => PaymentStatus::Rejected,
        "cancelled" => PaymentStatus::Cancelled,
        "refunded" => PaymentStatus::Refunded,
        "charged_back" => PaymentStatus::ChargedBack,
        other => PaymentStatus::Unknown(other.to_owned()),
    }
}

fn one_refund(fields: &Fields) -> Option<Refund> {
    let status = match fields.text("status").unwrap_or_default().as_str() {
        "approved" => RefundStatus::Approved,
        "in_process" => RefundStatus::InProcess,
        "rejected" => RefundStatus::Rejected,
        "cancelled" => RefundStatus::Cancelled,
        other => RefundStatus::Unknown(other.to_owned()),
    };
    Some(Refund { id: fields.text("id")?, status, amount_decimal: fields.decimal("amount") })
}

/// `{"message", "error", "status": 400, "cause": [{"code", "description", "data"}]}`, also seen with status 200.
fn inner_status(fields: &Fields) -> Option<u16> {
    fields.text("error")?;
    let status = fields.text("status").and_then(|status| status.parse().ok());
    Some(status.filter(|status| *status >= 400).unwrap_or(400))
}

fn refusal(status: u16, effect: Effect, answer: &Answer, fields: &Fields) -> CallError {
    let causes = fields.objects("cause");
    let code = causes.iter().find_map(|cause| cause.text("code")).or_else(|| fields.text("error"));
    let message = fields.text("message").unwrap_or_else(|| "no reason given".to_owned());
    CallError::from_status(status, effect, answer.retry_after, code.map(|code| plain(&code)), plain(&message))
}

#[cfg(test)]
mod tests;
