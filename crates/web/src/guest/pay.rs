//! The way to the provider's page.

use std::sync::Arc;

use app::{App, payment};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::stay::{Status, Stay};
use serde::{Deserialize, Serialize};

use super::by_token;
use crate::{
    api::reservations::wire::status_at,
    pages,
    problem::{Problem, Result},
};

#[derive(Deserialize)]
pub struct Chosen {
    /// The provider that the guest chose.
    with: Option<String>,
}

/// The page on which a guest chooses how to pay.
#[derive(Serialize)]
pub struct ChoicePage<'a> {
    token: &'a str,
    amount: String,
    currency: String,
    providers: Vec<&'static str>,
}

/// Leads on to the provider as soon as its page is open; until then a page that looks again by itself. Where several
/// providers take the currency, the guest is asked first.
pub async fn start_payment(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    let terms = stay.terms();
    if !is_payable(&app, &stay) {
        return Ok(Redirect::to(&format!("/stay/{token}")).into_response());
    }
    let providers: Vec<_> = app.providers_for(terms.deposit.currency).map(|one| one.name()).collect();
    if chosen.with.is_none() && providers.len() > 1 {
        let (amount, currency) = (terms.deposit.to_string(), terms.deposit.currency.to_string());
        let page = ChoicePage { token: &token, amount, currency, providers };
        return Ok(pages::render(&app, "pay_choice.html", page).into_response());
    }
    match payment::checkout_url(&app, &terms.id, chosen.with.as_deref()).await? {
        Some(url) => Ok(Redirect::to(&url).into_response()),
        None => Ok(pages::render(&app, "pay_wait.html", serde_json::json!({})).into_response()),
    }
}

/// Opens the page of the provider that the guest chose, and leads to it.
pub async fn choose_provider(
    State(app): State<Arc<App>>,
    Path((token, provider)): Path<(String, String)>,
) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    if !is_payable(&app, &stay) {
        return Ok(Redirect::to(&format!("/stay/{token}")).into_response());
    }
    let currency = stay.terms().deposit.currency;
    let Some(vendor) = app.providers_for(currency).find(|one| one.name() == provider) else {
        return Err(Problem::not_found("there is no such way to pay"));
    };
    payment::start_checkout(&app, &stay.terms().id, vendor.name()).await?;
    Ok(Redirect::to(&format!("/pay/{token}?with={}", vendor.name())).into_response())
}

fn is_payable(app: &App, stay: &Stay) -> bool {
    matches!(stay, Stay::Held(_)) && status_at(stay, app.now()) == Status::Held
}
