//! `/v1/checkout/sessions`: what is to be paid, and where the buyer goes.

use serde_json::{Value, json};

use super::{Session, SessionStatus, buyer_outcome, validation};
use crate::{
    core::Reply,
    stripe::{
        account::{AccountState, ApiCall, Sim},
        api_call::ok,
        api_error::ApiError,
        bracket_form,
        list_pagination::{self, Row},
        payment::json::{self, Charge},
    },
};

/// `POST /v1/checkout/sessions`.
pub(crate) fn create(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, form| add(call.sim, state, form))
}

/// `GET /v1/checkout/sessions/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let form = call.query()?;
    let payloads = state.settings.payloads.clone();
    let session = state.find_session(call.id()).ok_or_else(|| unknown(call.id()))?;
    let mut value = session.read(&payloads);
    let params = session.params.clone();
    if bracket_form::expands(&form, "line_items") {
        value["line_items"] = line_items(&params);
    }
    if bracket_form::expands(&form, "payment_intent")
        && let Some(payment) = value["payment_intent"].as_str().and_then(|id| state.find_payment(id))
    {
        let deep = bracket_form::expands(&form, "payment_intent.latest_charge");
        let charge = if deep { Charge::Whole } else { Charge::Id };
        value["payment_intent"] = json::intent(payment, charge, &payloads);
    }
    Ok(ok(&value))
}

/// `GET /v1/checkout/sessions`: by time, state and payment.
pub(crate) fn list(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let form = call.query()?;
    let rows = state.model.sessions.iter().map(|session| Row {
        id: session.id.clone(),
        created_at: session.created_at,
        value: session.listed(&state.settings.payloads),
    });
    let is_wanted = |row: &Row| {
        let has = |name: &str| bracket_form::text(&form, name).is_none_or(|wanted| row.value[name] == wanted);
        has("status") && has("payment_intent")
    };
    list_pagination::page("/v1/checkout/sessions", &form, rows.filter(is_wanted).collect())
}

/// `POST /v1/checkout/sessions/{id}/expire`: only while nobody has paid.
pub(crate) fn expire(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state, _| {
        let not_found = || unknown(call.id());
        let status = state.find_session(call.id()).ok_or_else(not_found)?.status;
        if status != SessionStatus::Open {
            return Err(ApiError::refused(format!(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a \
                 status of `{}`.",
                status.as_str()
            )));
        }
        Ok(ok(&buyer_outcome::expire(call.sim, state, call.id()).ok_or_else(not_found)?))
    })
}

fn add(sim: &Sim, state: &mut AccountState, form: &Value) -> Result<Reply, ApiError> {
    let now = sim.now();
    let params = validation::read(form, now)?;
    let livemode = state.settings.livemode;
    let kind = if livemode { "live" } else { "test" };
    let id = format!("cs_{kind}_a1{}", sim.core.ids.hex(58));
    let session = Session {
        url: format!("{}/c/pay/{id}", state.settings.public_base_url),
        status: SessionStatus::Open,
        is_paid: false,
        amount: params.amount,
        currency: params.currency.code.to_owned(),
        client_reference_id: params.client_reference_id.clone(),
        livemode,
        created_at: now,
        payment_intent: None,
        silent: false,
        stale: None,
        id,
        params,
    };
    let mut value = session.to_json(&state.settings.payloads);
    if bracket_form::expands(form, "line_items") {
        value["line_items"] = line_items(&session.params);
    }
    state.model.sessions.push(session);
    Ok(ok(&value))
}

fn line_items(params: &validation::SessionParams) -> Value {
    let data = params.lines.iter().map(|line| {
        json!({
            "object": "item",
            "amount_total": line.unit_amount * line.quantity,
            "currency": params.currency.code,
            "description": line.name,
            "quantity": line.quantity,
        })
    });
    json!({ "object": "list", "data": data.collect::<Vec<_>>(), "has_more": false })
}

fn unknown(id: &str) -> ApiError {
    ApiError::unknown("checkout.session", "session", id)
}
