//! `/v1/reporting/transactions`: the search over captures and refunds.

use std::collections::HashMap;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use serde_json::{Value, json};

use super::{
    CaptureStatus, RefundStatus,
    account::{AccountState, ApiCall},
    api_error::ApiError,
    capture::{Capture, Refund},
    currency_amount::Money,
    json,
};
use crate::{core::Reply, exact_amount::Amount};

/// `GET /v1/reporting/transactions?start_date&end_date`: captures and refunds of at most 31 days, oldest first.
///
/// <https://developer.paypal.com/docs/api/transaction-search/v1/>
pub(crate) fn search(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    find(state, &query(&call.incoming.query), call.sim.now())
}

fn find(state: &AccountState, query: &HashMap<String, String>, now: Timestamp) -> Result<Reply, ApiError> {
    let (from, to) = (instant(query, "start_date")?, instant(query, "end_date")?);
    if to < from || to.duration_since(from) > SignedDuration::from_hours(31 * 24) {
        return Err(ApiError::invalid("INVALID_DATE_RANGE", "Date range is greater than 31 days"));
    }
    let page_size = number(query, "page_size", 100, 500)?;
    let page = number(query, "page", 1, usize::MAX)?;
    let delay = SignedDuration::from_secs(state.settings.reporting_delay_seconds);
    let mut rows: Vec<(Timestamp, Value)> = Vec::new();
    for capture in state.captures() {
        rows.push((capture.created_at, capture_row(capture, state)));
        let refunds = capture.refunds.iter();
        rows.extend(refunds.map(|refund| (refund.created_at, refund_row(capture, refund, state))));
    }
    rows.retain(|(at, _)| (from..=to).contains(at) && now.duration_since(*at) >= delay);
    rows.sort_by_key(|(at, _)| *at);
    if let Some(id) = query.get("transaction_id") {
        rows.retain(|(_, row)| row["transaction_id"] == **id);
    }
    let total = rows.len();
    let shown = rows.into_iter().skip(page_size.saturating_mul(page - 1)).take(page_size);
    let details: Vec<Value> = shown.map(|(_, row)| json!({ "transaction_info": row })).collect();
    let value = json!({
        "transaction_details": details,
        "account_number": json::MERCHANT_ID,
        "start_date": json::instant(from),
        "end_date": json::instant(to),
        "last_refreshed_datetime": json::instant(now.saturating_sub(delay).unwrap_or(now)),
        "page": page,
        "total_items": total,
        "total_pages": total.div_ceil(page_size),
        "links": [],
    });
    Ok(Reply::plain_json(StatusCode::OK, &value))
}

/// A payment through checkout is `T0006`.
fn capture_row(capture: &Capture, state: &AccountState) -> Value {
    let status = match capture.status {
        CaptureStatus::Pending => "P",
        CaptureStatus::Declined | CaptureStatus::Failed => "D",
        _ if capture.refunds.iter().any(|refund| refund.is_reversal) => "V",
        _ => "S",
    };
    let mut row = row(&capture.id, "T0006", status, capture.created_at, &capture.amount, state);
    row["paypal_reference_id"] = json!(capture.order_id);
    row["paypal_reference_id_type"] = json!("ODR");
    with_texts(row, capture)
}

/// Money that the seller gave back is `T1107`, what the bank took `T1106`. Both are less than nothing.
fn refund_row(capture: &Capture, refund: &Refund, state: &AccountState) -> Value {
    let code = if refund.is_reversal { "T1106" } else { "T1107" };
    let status = match refund.status {
        RefundStatus::Pending => "P",
        RefundStatus::Failed | RefundStatus::Cancelled => "D",
        _ => "S",
    };
    let amount = refund.amount.with(Amount::default().minus(refund.amount.value));
    let mut row = row(&refund.id, code, status, refund.created_at, &amount, state);
    row["paypal_reference_id"] = json!(capture.id);
    row["paypal_reference_id_type"] = json!("TXN");
    with_texts(row, capture)
}

fn row(id: &str, code: &str, status: &str, at: Timestamp, amount: &Money, state: &AccountState) -> Value {
    json!({
        "paypal_account_id": json::PAYER_ID,
        "transaction_id": id,
        "transaction_event_code": code,
        "transaction_initiation_date": json::instant(at),
        "transaction_updated_date": json::instant(at),
        "transaction_amount": amount.to_json(&state.settings.payloads),
        "transaction_status": status,
        "protection_eligibility": "01",
    })
}

fn with_texts(mut row: Value, capture: &Capture) -> Value {
    for (name, text) in [("custom_field", &capture.custom_id), ("invoice_id", &capture.invoice_id)] {
        if let Some(text) = text {
            row[name] = json!(text);
        }
    }
    row
}

fn instant(query: &HashMap<String, String>, name: &str) -> Result<Timestamp, ApiError> {
    let text = query.get(name).ok_or_else(|| ApiError::missing(name))?;
    text.parse().map_err(|_| ApiError::invalid("INVALID_PARAMETER_SYNTAX", "Invalid date passed").at(name))
}

fn number(query: &HashMap<String, String>, name: &str, usual: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = query.get(name) else { return Ok(usual) };
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| {
        ApiError::invalid("INVALID_PARAMETER_VALUE", "The value of a field is invalid.").at(name)
    })
}

fn query(text: &str) -> HashMap<String, String> {
    let mut url = Url::parse("query:/").ok();
    if let Some(url) = &mut url {
        url.set_query(Some(text));
    }
    url.iter()
        .flat_map(Url::query_pairs)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
