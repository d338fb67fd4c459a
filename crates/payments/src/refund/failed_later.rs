//! Refunds that failed after they had been taken on.

use domain::{ledger::Posting, payment::PaymentStatus};
use jiff::Timestamp;
use kernel::{App, DbError, Tx, jobs::JobError};
use providers::payments::{PaymentSeen, Payments, RefundStatus as Theirs};
use store::{
    db::Session,
    ledger, payment,
    refund::{self, Refund, RefundStatus},
};

use crate::{RefundLabels, call_failed, kept_in_context::room};

/// The provider's ids of refunds of a payment that failed after they had been taken on: asked for only when the provider
/// shows less given back than we know.
pub(crate) async fn find_undone(
    app: &App,
    vendor: &Payments,
    seen: &PaymentSeen,
) -> Result<Vec<String>, JobError> {
    let known = payment::find(&mut app.read().await?, vendor.name(), &seen.id).await?;
    let shows_less = known.zip(seen.refunded()).is_some_and(|(known, shown)| {
        known.refunded.currency == shown.currency && shown.minor < known.refunded.minor
    });
    if !shows_less {
        return Ok(Vec::new());
    }
    let listed = vendor.list_refunds(&seen.id, app.now()).await.map_err(call_failed)?;
    let failed = listed.into_iter().filter(|one| matches!(one.status, Theirs::Rejected | Theirs::Cancelled));
    Ok(failed.map(|one| one.id).collect())
}

/// Refunds that failed after all: the money is here again, in the row of its payment and in the books, and a person
/// returns it by hand.
pub(crate) async fn undo(
    tx: &mut Tx<'_>,
    vendor: &'static str,
    payment_id: &str,
    undone: &[String],
) -> Result<(), DbError> {
    for one in refund::list_of_payment(&mut tx.session, vendor, payment_id).await? {
        let is_undone = one.provider_refund_id.as_ref().is_some_and(|id| undone.contains(id));
        if one.status != RefundStatus::Done || !is_undone {
            continue;
        }
        refund::mark(&mut tx.session, &one.id, RefundStatus::Failed, None, tx.now).await?;
        room(tx.app)
            .metrics
            .refunds
            .get_or_create(&RefundLabels { provider: vendor, outcome: "refused" })
            .inc();
        keep(&mut tx.session, &one, tx.now).await?;
        let detail = "the provider could not return the money after all: return it by hand";
        tx.open_task(&format!("refund:{}", one.id), "refund_refused", detail).await?;
        tracing::error!(refund = one.id, "a refund failed after it had been taken on: return it by hand");
    }
    Ok(())
}

/// The money of a refund that failed, in the books and in the row of its payment; of a part, in that of the whole too.
async fn keep(session: &mut Session, failed: &Refund, now: Timestamp) -> Result<(), DbError> {
    let Refund { provider, provider_payment_id: payment_id, amount, .. } = failed;
    let Some(paid) = payment::lock(session, provider, payment_id).await? else { return Ok(()) };
    // What was never shown as gone was never posted.
    let posted = ledger::returned_of(session, provider, payment_id).await?;
    if posted.gone - posted.kept < amount.minor || paid.refunded.minor < amount.minor {
        return Ok(());
    }
    let movement = format!("{payment_id}:{}", failed.id);
    ledger::post(session, &Posting::kept(provider, &movement, paid.owner(), *amount), now).await?;
    let whole = match &paid.part_of {
        Some(whole) => payment::lock(session, provider, whole).await?,
        None => None,
    };
    for mut row in whole.into_iter().chain([paid]) {
        row.refunded = row.refunded.minus(*amount);
        // The one way back that there is: what was given back whole is not any more.
        if row.status == PaymentStatus::Refunded {
            row.status = PaymentStatus::Approved;
        }
        payment::put(session, &row, now).await?;
    }
    Ok(())
}
