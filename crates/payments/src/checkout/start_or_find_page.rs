//! The address of a page that is open.

use domain::{actor::Actor, charges_of_stay::Missing, payable::Payable};
use kernel::{App, jobs::Job as _};
use store::{
    charge,
    checkout::{self, Checkout},
    db::DbError,
};

use super::OpenCheckout;

/// The open page of a provider for what is due now, of the first one that has one where none is named.
pub async fn checkout_url(
    app: &App,
    payable: &Payable,
    due: &Missing,
    provider: Option<&str>,
) -> Result<Option<String>, DbError> {
    let mut session = app.read().await?;
    let charges = charge::list_of(&mut session, payable).await?;
    let Some(asked) = charges.into_iter().find(|one| one.purpose == due.purpose) else { return Ok(None) };
    let pages = checkout::list(&mut session, payable).await?;
    let now = app.now();
    let is_open = |page: &Checkout| {
        page.charge_id == asked.id && page.amount_minor == due.amount.minor && page.expires_at > now
    };
    let wanted = |page: &Checkout| provider.is_none_or(|name| page.provider == name);
    Ok(pages.into_iter().find(|page| wanted(page) && is_open(page)).and_then(|page| page.url))
}

/// The payer chose how to pay: that provider's page is opened, unless it is already. A page that was being opened and
/// never was is tried again.
pub async fn start_checkout(
    app: &App,
    payable: &Payable,
    due: &Missing,
    provider: &str,
) -> Result<(), DbError> {
    if checkout_url(app, payable, due, Some(provider)).await?.is_some() {
        return Ok(());
    }
    let mut tx = app.begin_as(Actor::System).await?;
    let job = OpenCheckout::of(payable, Some(provider.to_owned()));
    tx.enqueue(&[job.enqueue_at(tx.now)]).await?;
    tx.commit().await
}
