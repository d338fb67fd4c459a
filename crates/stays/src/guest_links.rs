//! Addresses of a stay's pages, and instants as guests read them.

use dialog::Deadline;
use domain::{money::Money, stay::Terms};
use jiff::Timestamp;
use kernel::App;
use payments::providers_for;

/// The guest's own page of a stay.
pub fn manage_url(app: &App, token: &str) -> String {
    format!("{}/stay/{token}", app.settings.base_url())
}

/// Where the guest pays the deposit; it leads on to the provider's page as soon as that is open.
pub fn pay_url(app: &App, terms: &Terms) -> Option<String> {
    pay_url_for(app, terms, terms.deposit)
}

/// The same for any amount of a stay; None where no provider takes it.
pub fn pay_url_for(app: &App, terms: &Terms, amount: Money) -> Option<String> {
    takes_payment(app, amount).then(|| format!("{}/pay/{}", app.settings.base_url(), terms.token))
}

/// An instant as a guest reads it, by the clock of the property.
pub fn deadline(app: &App, until: Timestamp, now: Timestamp) -> Deadline {
    let zone = app.property.zone.time_zone();
    let at = zone.to_datetime(until);
    if at.date() == app.property.zone.today(now) {
        Deadline::Today(at.time())
    } else {
        Deadline::On(at.date(), at.time())
    }
}

pub(crate) fn takes_payment(app: &App, deposit: Money) -> bool {
    deposit.is_positive() && providers_for(app, deposit.currency).next().is_some()
}
