//! A payment, or a part of one, in the ledger.

use domain::{ledger::Posting, money::Money, payment::PaymentStatus};
use kernel::{Tx, jobs::JobError};
use store::{ledger, payment::Payment};

use crate::{dispute, open_task};

/// What moved at the provider since the last look, into the ledger: each movement once.
pub(crate) async fn post(tx: &mut Tx<'_>, row: &Payment) -> Result<(), JobError> {
    let (provider, id) = (row.provider.as_str(), row.provider_payment_id.as_str());
    let came_in =
        matches!(row.status, PaymentStatus::Approved | PaymentStatus::Refunded | PaymentStatus::ChargedBack);
    // What is nothing, or less, moved nothing: a person looks at it.
    if !came_in || !row.amount.is_positive() {
        return Ok(());
    }
    let owner = row.owner();
    ledger::post(&mut tx.session, &Posting::received(provider, id, owner, row.amount), tx.now).await?;
    let posted = ledger::returned_of(&mut tx.session, provider, id).await?;
    let refunded = Money::new(row.refunded.minor - (posted.gone - posted.kept), row.amount.currency);
    if refunded.is_positive() {
        let movement = format!("{id}:{}", posted.gone + refunded.minor);
        let posting = Posting::returned(provider, &movement, owner, refunded);
        let is_ours = dispute::sent_back(&mut tx.session, provider, id).await? >= row.refunded.minor;
        if ledger::post(&mut tx.session, &posting, tx.now).await? && !is_ours {
            let detail = "the provider shows a refund that was not made here";
            open_task(tx, provider, row.id_at_provider(), "foreign_refund", detail).await?;
        }
    }
    Ok(dispute::post(&mut tx.session, row, tx.now).await?)
}
