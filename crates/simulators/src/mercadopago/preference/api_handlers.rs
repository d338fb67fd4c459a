//! `/checkout/preferences`: what is to be paid, and where the buyer goes.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Preference, validation};
use crate::{
    core::Reply,
    mercadopago::{
        account::{AccountState, ApiCall, Sim},
        api_error::ApiError,
        dates,
    },
};

/// `POST /checkout/preferences`.
pub(crate) fn create(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    call.once(state, |state| add(call.sim, state, &call.body()?))
}

/// `GET /checkout/preferences/{id}`.
pub(crate) fn get(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let preference = state.find_preference(call.id()).ok_or_else(not_found)?;
    Ok(Reply::json(StatusCode::OK, &preference.value))
}

/// `PUT /checkout/preferences/{id}`: replaces the members that are sent.
pub(crate) fn update(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    change(call.sim, state, call.id(), &call.body()?)
}

#[derive(Deserialize)]
struct Search {
    external_reference: Option<String>,
}

/// `GET /checkout/preferences/search`.
pub(crate) fn search(call: &ApiCall<'_>, state: &mut AccountState) -> Result<Reply, ApiError> {
    let search: Search = call.query()?;
    let wanted = search.external_reference.as_deref();
    let is_wanted =
        |preference: &&Preference| wanted.is_none() || preference.text("external_reference") == wanted;
    let found = state.model.preferences.iter().filter(is_wanted);
    let elements: Vec<_> = found.map(|preference| preference.value.clone()).collect();
    let total = elements.len();
    let page = json!({ "elements": elements, "next_offset": total, "total": total });
    Ok(Reply::json(StatusCode::OK, &page))
}

fn add(sim: &Sim, state: &mut AccountState, body: &Value) -> Result<Reply, ApiError> {
    validation::check(body)?;
    let collector_id = sim.account.collector_id;
    let id = format!("{collector_id}-{}", sim.core.ids.uuid());
    let base_url = &state.settings.public_base_url;
    let order_id = sim.core.ids.number();
    let preference = Preference::new(id, order_id, collector_id, body, base_url, sim.now());
    let reply = Reply::json(StatusCode::CREATED, &preference.value);
    state.model.preferences.push(preference);
    Ok(reply)
}

fn change(sim: &Sim, state: &mut AccountState, id: &str, body: &Value) -> Result<Reply, ApiError> {
    let mut preferences = state.model.preferences.iter_mut();
    let preference = preferences.find(|preference| preference.id == id).ok_or_else(not_found)?;
    let mut changed = preference.clone();
    changed.merge(body);
    // The whole must be valid, not the sent members alone; an empty auto_return stands for none.
    let mut whole = changed.value.clone();
    if whole["auto_return"] == "" {
        whole["auto_return"] = Value::Null;
    }
    validation::check(&whole)?;
    changed.value["last_updated"] = json!(dates::write(sim.now()));
    *preference = changed;
    Ok(Reply::json(StatusCode::OK, &preference.value))
}

fn not_found() -> ApiError {
    ApiError::not_found(0, "preference_id not found")
}
