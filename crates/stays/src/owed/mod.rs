//! What a stay owes, what was received for it, and what of that waits with an offer.

use dialog::{MoneyNews, Phrase};
use domain::{money::Money, payable::Payable, stay::Stay};
use kernel::{DbError, Tx};
use store::db::Session;

/// What stays owe.
mod charges_of_stay;
/// Equal nights that are kept for money that came too late.
mod equal_night_offers;
/// What was received for a stay, what went back, what is due.
mod money_of_stay;

pub use charges_of_stay::{add_penalty_in, next_due};
pub use equal_night_offers::is_offer;
pub use money_of_stay::{Summary, summary};

pub(crate) use charges_of_stay::{charges_of, follow_price, missing_of, next_due_in};
pub(crate) use equal_night_offers::{end_offer, is_offer_in, is_open_offer};
pub(crate) use money_of_stay::summary_in;

pub fn payable_of(stay: &Stay) -> Payable {
    Payable::from(&stay.terms().id)
}

/// What was received for a stay, in one sum.
pub(crate) async fn received(session: &mut Session, stay: &Stay) -> Result<Money, DbError> {
    payments::received(session, &payable_of(stay), stay.terms().total.currency).await
}

/// What was received for the price of a stay: all but penalties.
pub(crate) async fn received_for_price(session: &mut Session, stay: &Stay) -> Result<Money, DbError> {
    payments::received_for_price(session, &payable_of(stay), stay.terms().total.currency).await
}

/// News of money for the guest of a stay, where the stay began in a chat.
pub(crate) async fn tell_money(tx: &mut Tx<'_>, stay: &Stay, news: MoneyNews) -> Result<(), DbError> {
    let conversation_id = stay.terms().conversation_id.as_deref();
    tx.tell(conversation_id, &Phrase::Money(news)).await
}
