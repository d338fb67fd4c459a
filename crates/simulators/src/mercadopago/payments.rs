//! `/v1/payments`: reading, searching, cancelling.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    PaymentStatus,
    api_error::{self, ApiError},
    notify,
    payment::Payment,
    payment_json,
    shared::{Book, Shared},
};
use crate::{answer::Reply, faults::Call, line::Line};

/// `GET /v1/payments/{id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let effect = || {
        if let Err(error) = api_error::check_token(&shared, &headers) {
            return error.reply();
        }
        let mut book = shared.book();
        match find(&mut book, &id) {
            Ok(payment) if payment.hidden_for_gets > 0 => {
                payment.hidden_for_gets -= 1;
                not_found().reply()
            }
            Ok(payment) => {
                let payment = payment.clone();
                Reply::json(StatusCode::OK, &payment_json::write(&payment, &book.settings.payloads))
            }
            Err(error) => error.reply(),
        }
    };
    shared.answering(&line).answer(Call::GetPayment, effect).await
}

#[derive(Deserialize)]
pub(crate) struct Search {
    external_reference: Option<String>,
    status: Option<String>,
    /// `date_created` unless given; other orders are not simulated.
    #[serde(default, rename = "sort")]
    _sort: String,
    /// `asc` or `desc`.
    #[serde(default)]
    criteria: String,
    #[serde(default)]
    offset: usize,
    #[serde(default = "default_limit")]
    limit: usize,
}

fn default_limit() -> usize {
    30
}

/// `GET /v1/payments/search`.
pub(crate) async fn search(
    State(shared): State<Arc<Shared>>,
    Query(search): Query<Search>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let effect = || {
        if let Err(error) = api_error::check_token(&shared, &headers) {
            return error.reply();
        }
        let book = shared.book();
        let is_wanted = |payment: &&Payment| {
            let reference = search.external_reference.as_ref();
            payment.hidden_for_gets == 0
                && (reference.is_none() || payment.external_reference.as_ref() == reference)
                && search.status.as_ref().is_none_or(|status| payment.status.as_str() == status)
        };
        let mut found: Vec<_> = book.payments.values().filter(is_wanted).collect();
        if !search.criteria.eq_ignore_ascii_case("asc") {
            found.reverse();
        }
        let total = found.len();
        let page = found.into_iter().skip(search.offset).take(search.limit);
        let results: Vec<_> =
            page.map(|payment| payment_json::write(payment, &book.settings.payloads)).collect();
        let paging = json!({ "total": total, "limit": search.limit, "offset": search.offset });
        Reply::json(StatusCode::OK, &json!({ "paging": paging, "results": results }))
    };
    shared.answering(&line).answer(Call::SearchPayments, effect).await
}

/// `PUT /v1/payments/{id}`: cancels a payment that is not yet paid.
pub(crate) async fn update(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let effect = || {
        let cancelled = api_error::check_token(&shared, &headers).and_then(|()| cancel(&shared, &id, &body));
        cancelled.unwrap_or_else(|error| error.reply())
    };
    shared.answering(&line).answer(Call::UpdatePayment, effect).await
}

/// The payment with this id, which stands in a path.
pub(crate) fn find<'a>(book: &'a mut Book, id: &str) -> Result<&'a mut Payment, ApiError> {
    let id: u64 = id.parse().map_err(|_| not_found())?;
    book.payments.get_mut(&id).ok_or_else(not_found)
}

/// What the state of the payment does not allow.
pub(crate) fn wrong_state() -> ApiError {
    ApiError::refused(2063, "The action requested is not valid for the current payment state")
}

fn cancel(shared: &Shared, id: &str, body: &Bytes) -> Result<Reply, ApiError> {
    let change: Value = serde_json::from_slice(body)
        .map_err(|_| ApiError::invalid("bad_request", "The body is not valid JSON"))?;
    if change["status"] != "cancelled" {
        return Err(ApiError::refused(2016, "Only the status cancelled can be set"));
    }
    let mut book = shared.book();
    let payment = find(&mut book, id)?;
    match payment.status {
        PaymentStatus::Pending | PaymentStatus::InProcess | PaymentStatus::Authorized => {
            payment.enter(PaymentStatus::Cancelled, None, shared.now());
        }
        _ => return Err(wrong_state()),
    }
    let payment = payment.clone();
    notify::updated(shared, &book, &payment);
    Ok(Reply::json(StatusCode::OK, &payment_json::write(&payment, &book.settings.payloads)))
}

fn not_found() -> ApiError {
    ApiError::not_found(2000, "Payment not found")
}
