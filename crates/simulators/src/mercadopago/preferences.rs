//! `/checkout/preferences`: what is to be paid, and where the buyer goes.

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
    api_error::{self, ApiError},
    dates,
    preference::Preference,
    preference_check,
    shared::{Book, Shared, idempotency_key},
};
use crate::{answer::Reply, faults::Call, line::Line};

/// `POST /checkout/preferences`.
pub(crate) async fn create(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let effect = || {
        if let Err(error) = api_error::check_token(&shared, &headers) {
            return error.reply();
        }
        let work = |book: &mut Book| {
            read(&body).and_then(|body| add(&shared, book, &body)).unwrap_or_else(|error| error.reply())
        };
        shared.book().once("preference", idempotency_key(&headers), work)
    };
    shared.answering(&line).answer(Call::CreatePreference, effect).await
}

/// `GET /checkout/preferences/{id}`.
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
        match shared.book().find_preference(&id) {
            Some(preference) => Reply::json(StatusCode::OK, &preference.value),
            None => not_found().reply(),
        }
    };
    shared.answering(&line).answer(Call::GetPreference, effect).await
}

/// `PUT /checkout/preferences/{id}`: replaces the members that are sent.
pub(crate) async fn update(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let effect = || {
        let done =
            api_error::check_token(&shared, &headers).and_then(|()| change(&shared, &id, &read(&body)?));
        done.unwrap_or_else(|error| error.reply())
    };
    shared.answering(&line).answer(Call::UpdatePreference, effect).await
}

#[derive(Deserialize)]
pub(crate) struct Search {
    external_reference: Option<String>,
}

/// `GET /checkout/preferences/search`.
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
        let wanted = search.external_reference.as_deref();
        let is_wanted =
            |preference: &&Preference| wanted.is_none() || preference.text("external_reference") == wanted;
        let elements: Vec<_> =
            book.preferences.iter().filter(is_wanted).map(|preference| preference.value.clone()).collect();
        let total = elements.len();
        Reply::json(StatusCode::OK, &json!({ "elements": elements, "next_offset": total, "total": total }))
    };
    shared.answering(&line).answer(Call::GetPreference, effect).await
}

fn read(body: &Bytes) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|_| ApiError::invalid("bad_request", "The body is not valid JSON"))
}

fn add(shared: &Shared, book: &mut Book, body: &Value) -> Result<Reply, ApiError> {
    preference_check::check(body)?;
    let id = format!("{}-{}", shared.collector_id, shared.works.ids.uuid());
    let base_url = &book.settings.public_base_url;
    let order_id = shared.works.ids.number();
    let preference = Preference::new(id, order_id, shared.collector_id, body, base_url, shared.now());
    let reply = Reply::json(StatusCode::CREATED, &preference.value);
    book.preferences.push(preference);
    Ok(reply)
}

fn change(shared: &Shared, id: &str, body: &Value) -> Result<Reply, ApiError> {
    let mut book = shared.book();
    let preference =
        book.preferences.iter_mut().find(|preference| preference.id == id).ok_or_else(not_found)?;
    let mut changed = preference.clone();
    changed.merge(body);
    // The whole must be valid, not the sent members alone; an empty auto_return stands for none.
    let mut whole = changed.value.clone();
    if whole["auto_return"] == "" {
        whole["auto_return"] = Value::Null;
    }
    preference_check::check(&whole)?;
    changed.value["last_updated"] = json!(dates::write(shared.now()));
    *preference = changed;
    Ok(Reply::json(StatusCode::OK, &preference.value))
}

fn not_found() -> ApiError {
    ApiError::not_found(0, "preference_id not found")
}
