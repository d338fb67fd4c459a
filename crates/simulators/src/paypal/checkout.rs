//! The buyer's side: choosing an outcome and going back to the shop.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use reqwest::Url;
use serde::Deserialize;

use super::{
    Outcome, buyer, json,
    order::{Order, OrderStatus},
    page,
    shared::Shared,
};

#[derive(Deserialize)]
pub(crate) struct Visit {
    token: String,
}

/// `GET /checkoutnow?token=…`: the page behind the link `payer-action` or `approve`.
pub(crate) async fn show(State(shared): State<Arc<Shared>>, Query(visit): Query<Visit>) -> Response {
    let mut book = shared.book();
    let base_url = book.settings.public_base_url.clone();
    match book.find_order(&visit.token, shared.now()) {
        Some(order) => show_order(order, &base_url),
        None => missing(),
    }
}

#[derive(Deserialize)]
pub(crate) struct Decide {
    token: String,
    outcome: Outcome,
}

/// `POST /checkoutnow`: what the buttons of the page do.
pub(crate) async fn decide(State(shared): State<Arc<Shared>>, Form(decide): Form<Decide>) -> Response {
    let mut book = shared.book();
    let base_url = book.settings.public_base_url.clone();
    let done = buyer::act(&shared, &mut book, &decide.token, decide.outcome);
    let Some(order) = book.find_order(&decide.token, shared.now()) else { return missing() };
    match (decide.outcome, done) {
        // The page may have been open since before the order was captured.
        (_, Err(_)) | (Outcome::Arrived | Outcome::Failed, Ok(())) => show_order(order, &base_url),
        (Outcome::Abandoned, Ok(())) => go_back(order, order.wanted.cancel_url.as_deref(), None),
        (_, Ok(())) => go_back(order, order.wanted.return_url.as_deref(), Some(json::PAYER_ID)),
    }
}

/// To the shop with the query that PayPal adds, which proves nothing; to a page of its own without an address.
fn go_back(order: &Order, url: Option<&str>, payer_id: Option<&str>) -> Response {
    let Some(mut url) = url.and_then(|url| Url::parse(url).ok()) else {
        return Html(page::closed(order)).into_response();
    };
    url.query_pairs_mut().append_pair("token", &order.id);
    if let Some(payer_id) = payer_id {
        url.query_pairs_mut().append_pair("PayerID", payer_id);
    }
    Redirect::to(url.as_str()).into_response()
}

fn show_order(order: &Order, base_url: &str) -> Response {
    let page = match order.status {
        OrderStatus::Completed => page::complete(order, base_url),
        _ => page::approval(order, base_url),
    };
    Html(page).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, Html(page::missing())).into_response()
}
