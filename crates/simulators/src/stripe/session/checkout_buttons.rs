//! What the buttons of the checkout page do: the buyer chooses an outcome and goes back to the shop.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{Outcome, Session, SessionStatus, buyer_outcome, checkout_page};
use crate::stripe::account::Sim;

/// `GET /c/pay/{id}`: the page behind a session's `url`.
pub(crate) async fn show(State(sim): State<Arc<Sim>>, Path(id): Path<String>) -> Response {
    let mut state = sim.state();
    let base_url = state.settings.public_base_url.clone();
    match state.find_session(&id) {
        Some(session) => show_session(session, &base_url, checkout_page::Notice::None),
        None => missing(),
    }
}

#[derive(Deserialize)]
pub(crate) struct Pay {
    outcome: Outcome,
}

/// `POST /c/pay/{id}`: what the buttons of the page do.
pub(crate) async fn pay(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Form(pay): Form<Pay>,
) -> Response {
    let mut state = sim.state();
    let base_url = state.settings.public_base_url.clone();
    let done = buyer_outcome::act(&sim, &mut state, &id, pay.outcome);
    let Some(session) = state.find_session(&id) else { return missing() };
    match (pay.outcome, done) {
        // The page may have been open since before the session ended.
        (_, Err(_)) => show_session(session, &base_url, checkout_page::Notice::None),
        (Outcome::Declined, Ok(())) => show_session(session, &base_url, checkout_page::Notice::Declined),
        (Outcome::Abandoned, Ok(())) => match &session.params.cancel_url {
            Some(url) => Redirect::to(url).into_response(),
            None => Html(checkout_page::closed()).into_response(),
        },
        (Outcome::Arrived | Outcome::Failed, Ok(())) => {
            Html(checkout_page::complete(session, &base_url)).into_response()
        }
        (Outcome::Paid | Outcome::Delayed, Ok(())) => {
            let url = session.params.success_url.replace("{CHECKOUT_SESSION_ID}", &session.id);
            Redirect::to(&url).into_response()
        }
    }
}

fn show_session(session: &Session, base_url: &str, notice: checkout_page::Notice) -> Response {
    match session.status {
        SessionStatus::Open => Html(checkout_page::checkout(session, base_url, notice)).into_response(),
        SessionStatus::Complete => Html(checkout_page::complete(session, base_url)).into_response(),
        SessionStatus::Expired => (StatusCode::GONE, Html(checkout_page::expired(session))).into_response(),
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, Html(checkout_page::missing())).into_response()
}
