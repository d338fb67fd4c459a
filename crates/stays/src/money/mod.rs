//! What a stay does with money.

/// Asking for what is due.
mod asking;
/// A stay as a payable: what payments ask of it.
mod business;
/// What stays owe.
mod charges;
/// Money that came after its hold had ended.
mod late;
/// Cash and bank transfers for a stay.
mod offline;
/// What was received for a stay, what went back, what is due.
mod summary;
/// What money that arrived is used for.
mod use_money;

use dialog::{MoneyNews, Phrase};
use domain::{money::Money, payable::Payable, stay::Stay};
use jiff::Timestamp;
use kernel::{App, DbError, messages};
use store::db::Session;

pub use asking::{AskForCharges, AskStaffForCharge};
pub use business::StayMoney;
pub(crate) use charges::next_due_in;
pub use charges::{add_penalty_in, next_due};
pub use late::{accept_offer, is_offer};
pub use offline::{OfflineError, find_receipt, list_receipts, receipt_url, refund_by_staff, take_in};
pub(crate) use summary::summary_in;
pub use summary::{Summary, summary};

pub(crate) use charges::follow_price;
pub(crate) use late::{end_offer, is_offer_in, is_open_offer};

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
pub(crate) async fn tell_money(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    news: MoneyNews,
    now: Timestamp,
) -> Result<(), DbError> {
    let conversation_id = stay.terms().conversation_id.as_deref();
    messages::tell(app, session, conversation_id, &Phrase::Money(news), now).await
}
