//! The providers' pages of a hold: opened, moved along, closed.

use domain::{
    cause::Cause,
    payable::Payable,
    stay::{Held, Stay},
};
use kernel::{Tx, jobs::Job as _};
use payments::{CloseCheckouts, OpenCheckout};
use store::{db::DbError, queue::NewJob};

use crate::guest_links::takes_payment;

/// Opens the provider's pages of these holds, or moves their ends.
pub async fn enqueue_checkouts(
    tx: &mut Tx<'_>,
    holds: &[Held],
    causes: &[Option<Cause>],
) -> Result<(), DbError> {
    let with_causes = holds.iter().zip(causes);
    let paid_online = with_causes.filter(|(held, _)| takes_payment(tx.app, held.terms.deposit));
    let jobs: Vec<_> = paid_online
        .map(|(held, cause)| {
            let job = OpenCheckout::of(&Payable::from(&held.terms.id), None);
            NewJob { cause: cause.clone(), ..job.enqueue_at(tx.now) }
        })
        .collect();
    tx.enqueue(&jobs).await
}

/// The providers' pages of a hold end with it, where there are any.
pub async fn close_pages(tx: &mut Tx<'_>, ended: &Stay) -> Result<(), DbError> {
    let payable = Payable::from(&ended.terms().id);
    if store::checkout::list(&mut tx.session, &payable).await?.is_empty() {
        return Ok(());
    }
    tx.enqueue(&[CloseCheckouts::of(&payable).enqueue_at(tx.now)]).await
}
