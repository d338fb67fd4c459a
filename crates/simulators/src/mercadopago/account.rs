//! `/users/me`: whose token it is.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;

use super::{api_error, shared::Shared};
use crate::{answer::Reply, faults::Call, line::Line};

/// `GET /users/me`: whose token it is. The cheapest call to find out whether a token works.
pub(crate) async fn get(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    headers: HeaderMap,
) -> Response {
    let effect = || match api_error::check_token(&shared, &headers) {
        Err(error) => error.reply(),
        Ok(()) => {
            let account = json!({
                "id": shared.collector_id,
                "nickname": "TESTVENDEDOR",
                "email": "vendedor@example.com",
                "site_id": "MLA",
                "country_id": "AR",
                "tags": ["normal", "test_user"],
            });
            Reply::json(StatusCode::OK, &account)
        }
    };
    shared.answering(&line).answer(Call::GetAccount, effect).await
}
