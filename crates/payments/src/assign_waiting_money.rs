//! Money that waited, and now belongs to something.

use domain::{ledger::Posting, payable::Payable};
use jiff::Timestamp;
use kernel::DbError;
use store::{
    db::Session,
    ledger,
    payment::{self, Payment},
};

use crate::business::Applied;

/// Money that waited belongs to something from now on, in its row and in the books.
pub async fn assign(
    session: &mut Session,
    waiting: Payment,
    payable: &Payable,
    applied: Applied,
    now: Timestamp,
) -> Result<(), DbError> {
    let left = waiting.amount.minus(waiting.refunded);
    if left.is_positive() {
        let (provider, id) = (&waiting.provider, &waiting.provider_payment_id);
        ledger::post(session, &Posting::assigned(provider, id, payable, left), now).await?;
    }
    let applied = Some(applied.as_str().to_owned());
    let row = Payment { payable: Some(payable.clone()), applied, ..waiting };
    payment::put(session, &row, now).await
}
