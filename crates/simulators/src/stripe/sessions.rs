//! `/v1/checkout/sessions`: what is to be paid, and where the buyer goes.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Value, json};

use super::{
    api_error::ApiError,
    buyer, form,
    listing::{self, Row},
    payment_json::{self, Charge},
    session::{Session, SessionStatus},
    session_check,
    shared::{Book, Shared},
};
use crate::{answer::Reply, faults::Call, incoming::Incoming};

/// `POST /v1/checkout/sessions`.
pub(crate) async fn create(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    shared.write(Call::CreateSession, &incoming, |book, form| add(&shared, book, form)).await
}

/// `GET /v1/checkout/sessions/{id}`.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book, form: &Value| {
        let payloads = book.settings.payloads.clone();
        let session = book.find_session(&id).ok_or_else(|| unknown(&id))?;
        let mut value = session.read(&payloads);
        let wanted = session.wanted.clone();
        if form::expands(form, "line_items") {
            value["line_items"] = lines(&wanted);
        }
        if form::expands(form, "payment_intent")
            && let Some(payment) = value["payment_intent"].as_str().and_then(|id| book.find_payment(id))
        {
            let deep = form::expands(form, "payment_intent.latest_charge");
            let charge = if deep { Charge::Whole } else { Charge::Id };
            value["payment_intent"] = payment_json::intent(payment, charge, &payloads);
        }
        Ok(ok(&value))
    };
    shared.read(Call::GetSession, &incoming, work).await
}

/// `GET /v1/checkout/sessions`: by time, state and payment.
pub(crate) async fn list(State(shared): State<Arc<Shared>>, incoming: Incoming) -> Response {
    let work = |book: &mut Book, form: &Value| {
        let rows = book.sessions.iter().map(|session| Row {
            id: session.id.clone(),
            created_at: session.created_at,
            value: session.listed(&book.settings.payloads),
        });
        let is_wanted = |row: &Row| {
            let has = |name: &str| form::text(form, name).is_none_or(|wanted| row.value[name] == wanted);
            has("status") && has("payment_intent")
        };
        listing::page("/v1/checkout/sessions", form, rows.filter(is_wanted).collect())
    };
    shared.read(Call::ListSessions, &incoming, work).await
}

/// `POST /v1/checkout/sessions/{id}/expire`: only while nobody has paid.
pub(crate) async fn expire(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    incoming: Incoming,
) -> Response {
    let work = |book: &mut Book, _: &Value| {
        let status = book.find_session(&id).ok_or_else(|| unknown(&id))?.status;
        if status != SessionStatus::Open {
            return Err(ApiError::refused(format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a \
                 status of `{}`.",
                status.as_str()
            )));
        }
        let value = buyer::expire(&shared, book, &id).ok_or_else(|| unknown(&id))?;
        Ok(ok(&value))
    };
    shared.write(Call::ExpireSession, &incoming, work).await
}

/// 200 with this.
pub(crate) fn ok(value: &Value) -> Reply {
    Reply::bytes(StatusCode::OK, "application/json", value.to_string().into())
}

fn add(shared: &Shared, book: &mut Book, form: &Value) -> Result<Reply, ApiError> {
    let now = shared.now();
    let wanted = session_check::read(form, now)?;
    let livemode = book.settings.livemode;
    let kind = if livemode { "live" } else { "test" };
    let id = format!("cs_{kind}_a1{}", shared.works.ids.hex(58));
    let session = Session {
        url: format!("{}/c/pay/{id}", book.settings.public_base_url),
        status: SessionStatus::Open,
        is_paid: false,
        amount: wanted.amount,
        currency: wanted.currency.code.to_owned(),
        client_reference_id: wanted.client_reference_id.clone(),
        livemode,
        created_at: now,
        payment_intent: None,
        silent: false,
        stale: None,
        id,
        wanted,
    };
    let mut value = session.to_json(&book.settings.payloads);
    if form::expands(form, "line_items") {
        value["line_items"] = lines(&session.wanted);
    }
    book.sessions.push(session);
    Ok(ok(&value))
}

fn lines(wanted: &session_check::Wanted) -> Value {
    let data = wanted.lines.iter().map(|line| {
        json!({
            "object": "item",
            "amount_total": line.unit_amount * line.quantity,
            "currency": wanted.currency.code,
            "description": line.name,
            "quantity": line.quantity,
        })
    });
    json!({ "object": "list", "data": data.collect::<Vec<_>>(), "has_more": false })
}

fn unknown(id: &str) -> ApiError {
    ApiError::unknown("checkout.session", "session", id)
}
