//! The providers' pages of a hold: opened, moved along, closed.

use domain::{
    cause::Cause,
    payable::Payable,
    stay::{Held, Stay},
};
use jiff::Timestamp;
use kernel::{App, jobs::Job as _};
use payments::{CloseCheckouts, OpenCheckout};
use store::{
    db::{DbError, Session},
    queue::{self, NewJob},
};

use crate::guest_links::takes_payment;

/// Opens the provider's pages of these holds, or moves their ends.
pub async fn enqueue_checkouts(
    app: &App,
    session: &mut Session,
    holds: &[Held],
    causes: &[Option<Cause>],
    now: Timestamp,
) -> Result<(), DbError> {
    let with_causes = holds.iter().zip(causes);
    let paid_online = with_causes.filter(|(held, _)| takes_payment(app, held.terms.deposit));
    let jobs: Vec<_> = paid_online
        .map(|(held, cause)| {
            let job = OpenCheckout::of(&Payable::from(&held.terms.id), None);
            NewJob { cause: cause.clone(), ..job.enqueue_at(now) }
        })
        .collect();
    queue::enqueue(session, &jobs, now).await
}

/// The providers' pages of a hold end with it, where there are any.
pub async fn close_pages(session: &mut Session, ended: &Stay, now: Timestamp) -> Result<(), DbError> {
    let payable = Payable::from(&ended.terms().id);
    if store::charge::list_checkouts(session, &payable).await?.is_empty() {
        return Ok(());
    }
    queue::enqueue(session, &[CloseCheckouts::of(&payable).enqueue_at(now)], now).await
}
