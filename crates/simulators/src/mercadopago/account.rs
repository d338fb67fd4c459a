//! `/users/me`: whose token it is.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

use super::model::Sim;
use crate::{
    core::{Incoming, Reply},
    faults::Call,
};

/// `GET /users/me`: whose token it is. The cheapest call to find out whether a token works.
pub(crate) async fn get(State(sim): State<Arc<Sim>>, incoming: Incoming) -> Response {
    let account = json!({
        "id": sim.account.collector_id,
        "nickname": "TESTVENDEDOR",
        "email": "vendedor@example.com",
        "site_id": "MLA",
        "country_id": "AR",
        "tags": ["normal", "test_user"],
    });
    sim.respond(Call::GetAccount, &incoming, |_| Ok(Reply::json(StatusCode::OK, &account))).await
}
