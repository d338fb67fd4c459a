//! `/users/me`: whose token it is.

use axum::http::StatusCode;
use serde_json::json;

use super::{
    account::{AccountState, ApiCall},
    api_error::ApiError,
};
use crate::core::Reply;

/// `GET /users/me`: whose token it is. The cheapest call to find out whether a token works.
pub(crate) fn get(call: &ApiCall<'_>, _: &mut AccountState) -> Result<Reply, ApiError> {
    let account = json!({
        "id": call.sim.account.collector_id,
        "nickname": "TESTVENDEDOR",
        "email": "vendedor@example.com",
        "site_id": "MLA",
        "country_id": "AR",
        "tags": ["normal", "test_user"],
    });
    Ok(Reply::json(StatusCode::OK, &account))
}
