//! What the buttons of the approval page do: the buyer chooses an outcome and goes back to the shop.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use reqwest::Url;
use serde::Deserialize;

use super::{Order, OrderStatus, Outcome, approval_page, buyer_outcome};
use crate::paypal::{account::Sim, json};

#[derive(Deserialize)]
pub(crate) struct Visit {
    token: String,
}

/// `GET /checkoutnow?token=…`: the page behind the link `payer-action` or `approve`.
pub(crate) async fn show(State(sim): State<Arc<Sim>>, Query(visit): Query<Visit>) -> Response {
    let mut state = sim.state();
    let base_url = state.settings.public_base_url.clone();
    match state.find_order(&visit.token, sim.now()) {
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
pub(crate) async fn decide(State(sim): State<Arc<Sim>>, Form(decide): Form<Decide>) -> Response {
    let mut state = sim.state();
    let base_url = state.settings.public_base_url.clone();
    let done = buyer_outcome::act(&sim, &mut state, &decide.token, decide.outcome);
    let Some(order) = state.find_order(&decide.token, sim.now()) else { return missing() };
    match (decide.outcome, done) {
        // The page may have been open since before the order was captured.
        (_, Err(_)) | (Outcome::Arrived | Outcome::Failed, Ok(())) => show_order(order, &base_url),
        (Outcome::Abandoned, Ok(())) => go_back(order, order.request.cancel_url.as_deref(), None),
        (_, Ok(())) => go_back(order, order.request.return_url.as_deref(), Some(json::PAYER_ID)),
    }
}

/// To the shop with the query that PayPal adds, which proves nothing; to a page of its own without an address.
fn go_back(order: &Order, url: Option<&str>, payer_id: Option<&str>) -> Response {
    let Some(mut url) = url.and_then(|url| Url::parse(url).ok()) else {
        return Html(approval_page::closed(order)).into_response();
    };
    url.query_pairs_mut().append_pair("token", &order.id);
    if let Some(payer_id) = payer_id {
        url.query_pairs_mut().append_pair("PayerID", payer_id);
    }
    Redirect::to(url.as_str()).into_response()
}

fn show_order(order: &Order, base_url: &str) -> Response {
    let page = match order.status {
        OrderStatus::Completed => approval_page::complete(order, base_url),
        _ => approval_page::approval(order, base_url),
    };
    Html(page).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, Html(approval_page::missing())).into_response()
}
