//! The way to the provider's page.

use std::sync::Arc;

use app::{App, payment};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::stay::{Status, Stay};

use super::by_token;
use crate::{api::reservations::wire::status_at, pages, problem::Result};

/// Leads on to the provider as soon as its page is open; until then a page that looks again by itself.
pub async fn start_payment(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    let held = matches!(stay, Stay::Held(_)) && status_at(&stay, app.now()) == Status::Held;
    if !held {
        return Ok(Redirect::to(&format!("/stay/{token}")).into_response());
    }
    match payment::checkout_url(&app, &stay.terms().id).await? {
        Some(url) => Ok(Redirect::to(&url).into_response()),
        None => Ok(pages::render(&app, "pay_wait.html", serde_json::json!({})).into_response()),
    }
}
