//! The way to the provider's page, for whatever is to be paid next.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use kernel::App;
use serde::{Deserialize, Serialize};
use stays::money;

use super::by_token;
use crate::{
    problem::{Problem, Result},
    render_templates,
};

#[derive(Deserialize)]
pub struct Chosen {
    /// The provider that the guest chose.
    with: Option<String>,
}

/// The page on which a guest chooses how to pay.
#[derive(Serialize)]
pub struct ChoicePage<'a> {
    pub token: &'a str,
    /// deposit, balance, extra or penalty.
    pub purpose: &'static str,
    pub amount: String,
    pub currency: String,
    pub providers: Vec<&'static str>,
}

/// The page that waits for the provider's, with a way to ask again.
#[derive(Serialize)]
pub struct WaitPage<'a> {
    pub token: &'a str,
    pub provider: &'a str,
}

/// Leads on to the provider as soon as its page is open; until then a page that looks again by itself. Where several
/// providers take the currency, or no page is being opened, the guest is asked first.
pub async fn start_payment(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    let Some(due) = money::next_due(&app, &stay).await? else {
        return Ok(Redirect::to(&format!("/stay/{token}")).into_response());
    };
    let currency = due.amount.currency;
    let providers: Vec<_> = payments::providers_for(&app, currency).map(|one| one.name()).collect();
    let only = if let [only] = providers.as_slice() { Some(*only) } else { None };
    let wanted = chosen.with.as_deref().filter(|name| providers.contains(name));
    if let Some(provider) = wanted.or(only) {
        if let Some(url) =
            payments::checkout_url(&app, &money::payable_of(&stay), &due, Some(provider)).await?
        {
            return Ok(Redirect::to(&url).into_response());
        }
        // Who has chosen waits. Who holds nights has their only page opened with the hold.
        if wanted.is_some() || matches!(stay, domain::stay::Stay::Held(_)) {
            let page = WaitPage { token: &token, provider };
            return Ok(render_templates::render(&app, "pay_wait.html", page).into_response());
        }
    }
    let page = ChoicePage {
        token: &token,
        purpose: due.purpose.as_str(),
        amount: due.amount.to_string(),
        currency: currency.to_string(),
        providers,
    };
    Ok(render_templates::render(&app, "pay_choice.html", page).into_response())
}

/// Opens the page of the provider that the guest chose, and leads to it.
pub async fn choose_provider(
    State(app): State<Arc<App>>,
    Path((token, provider)): Path<(String, String)>,
) -> Result<Response> {
    let stay = by_token(&app, &token).await?;
    let Some(due) = money::next_due(&app, &stay).await? else {
        return Ok(Redirect::to(&format!("/stay/{token}")).into_response());
    };
    let Some(vendor) = payments::providers_for(&app, due.amount.currency).find(|one| one.name() == provider)
    else {
        return Err(Problem::not_found("there is no such way to pay"));
    };
    payments::start_checkout(&app, &money::payable_of(&stay), &due, vendor.name()).await?;
    Ok(Redirect::to(&format!("/pay/{token}?with={}", vendor.name())).into_response())
}
