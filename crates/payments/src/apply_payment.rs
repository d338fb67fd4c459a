//! A payment as its provider shows it, written down: everything is read, then decided by [`domain::payment::change_seen`],
//! then written.

use std::slice;

use domain::{
    charges_of_stay::Purpose,
    money::Money,
    payable::Payable,
    payment::{
        Doubt, PaymentStatus, Reference,
        change_seen::{Bank, Change, Known, Shown as Look, change},
        dispute::Dispute,
    },
};
use jiff::Timestamp;
use kernel::{App, Tx, jobs::JobError};
use providers::payments::{PaymentSeen, PaymentStatus as Theirs};
use store::{
    checkout,
    db::{DbError, Session},
    payment::{self, Payment},
};

use crate::{
    PaymentLabels,
    business::{Applied, Arrived, Business},
    dispute, group,
    kept_in_context::{business, room},
    open_task, provider_or_retry, refund, wait_for_person,
};

/// A payment as its provider showed it.
pub struct Shown {
    pub payment: PaymentSeen,
    /// When the provider was asked.
    pub asked_at: Timestamp,
    /// The provider's ids of refunds that failed after they had been taken on.
    pub undone: Vec<String>,
    /// What a signed notice said of a dispute.
    pub noted: Option<Dispute>,
}

/// What was read before anything is decided.
struct Facts<'a> {
    vendor: &'static str,
    seen: &'a PaymentSeen,
    purpose: Purpose,
    /// Whose money it is, where there is such a payable and a room that knows its kind.
    owner: Option<Owner<'a>>,
    before: Option<Payment>,
    known: Option<Payment>,
}

/// What money is for, and what its business does with it.
struct Owner<'a> {
    business: &'a dyn Business,
    payable: Payable,
}

/// Applies a payment as the provider shows it: states only forwards, each approved payment once.
pub async fn apply(tx: &mut Tx<'_>, provider_name: &str, shown: &Shown) -> Result<(), JobError> {
    let facts = read(tx, provider_name, shown).await?;
    let Facts { vendor, seen, .. } = facts;
    let Some(look) = look(&mut tx.session, &facts, shown).await? else {
        let detail = "the provider shows an amount or a currency that cannot be read";
        open_task(tx, vendor, &seen.id, Doubt::UnreadableAmount.as_str(), detail).await?;
        return Ok(());
    };
    let (before, known) = (facts.before.as_ref().map(of_row), facts.known.as_ref().map(of_row));
    let change = change(before.as_ref(), known.as_ref(), &look);
    write(tx, &facts, &look, &change).await
}

/// Locks what the money is for, then the payment; refunds that failed after all are undone on the way.
async fn read<'s, 'a: 's>(
    tx: &mut Tx<'a>,
    provider_name: &str,
    shown: &'s Shown,
) -> Result<Facts<'s>, JobError> {
    let seen = &shown.payment;
    let vendor = provider_or_retry(tx.app, provider_name)?.name();
    let reference = seen.reference.as_deref().map(Reference::parse);
    let owner = match &reference {
        Some(reference) => lock_owner(tx, &reference.payable).await?,
        None => None,
    };
    let before = payment::lock(&mut tx.session, vendor, &seen.id).await?;
    let known = if shown.undone.is_empty() {
        before.clone()
    } else {
        refund::undo(tx, vendor, &seen.id, &shown.undone).await?;
        payment::lock(&mut tx.session, vendor, &seen.id).await?
    };
    let purpose = reference.map_or(Purpose::Deposit, |reference| reference.purpose);
    Ok(Facts { vendor, seen, purpose, owner, before, known })
}

async fn lock_owner<'a>(tx: &mut Tx<'a>, payable: &Payable) -> Result<Option<Owner<'a>>, DbError> {
    let Some(business) = business(tx.app, payable.kind) else { return Ok(None) };
    if !business.lock(tx, slice::from_ref(payable)).await? {
        tracing::warn!(kind = payable.kind.as_str(), "a payment names something that does not exist");
        return Ok(None);
    }
    Ok(Some(Owner { business, payable: payable.clone() }))
}

/// What the provider shows, in our terms; None where an amount cannot be read.
async fn look(session: &mut Session, facts: &Facts<'_>, shown: &Shown) -> Result<Option<Look>, DbError> {
    let seen = facts.seen;
    let Some((amount, given_back)) = seen.amount().zip(seen.refunded()) else { return Ok(None) };
    let status = seen.status.to_domain();
    let bank = if seen.knows_disputes() {
        Bank::Shown {
            asks: seen.status == Theirs::InMediation,
            has_taken: seen.status == Theirs::ChargedBack,
            reimbursed: seen.is_reimbursed(),
        }
    } else {
        Bank::Noted(shown.noted)
    };
    let may_be_the_banks = matches!(bank, Bank::Noted(_)) && status == PaymentStatus::Refunded;
    let sent_back_minor = match may_be_the_banks {
        true => dispute::sent_back(session, facts.vendor, &seen.id).await?,
        false => 0,
    };
    let is_newer = facts.before.as_ref().is_none_or(|before| before.updated_at <= shown.asked_at);
    Ok(Some(Look { status, amount, given_back, bank, sent_back_minor, is_newer }))
}

fn of_row(row: &Payment) -> Known {
    let Payment { status, refunded, dispute, ref applied, .. } = *row;
    Known { status, refunded, dispute, is_applied: applied.is_some() }
}

/// Uses the money where it has to be used, and writes down what changed.
async fn write(tx: &mut Tx<'_>, facts: &Facts<'_>, look: &Look, change: &Change) -> Result<(), JobError> {
    let Facts { vendor, seen, purpose, .. } = *facts;
    let mut row = row(facts, look, change, tx.now);
    if change.is_news {
        let labels = PaymentLabels::of(vendor, purpose, row.status.as_str());
        room(tx.app).metrics.payments.get_or_create(&labels).inc();
    }
    if change.is_to_be_used {
        let amount = row.amount.minus(row.refunded);
        let arrived = Arrived { provider: vendor.to_owned(), id: seen.id.clone(), purpose, amount };
        let used = use_money(tx, facts, &arrived).await?;
        row.applied = Some(used.as_str().to_owned());
    }
    tell_of_progress(tx, facts, change).await?;
    if change.has_shrunk {
        let detail = "the provider shows less given back than before, and no refund of ours that failed";
        open_task(tx, vendor, &seen.id, "refund_undone", detail).await?;
    }
    payment::put(&mut tx.session, &row, tx.now).await?;
    if change.is_given_back && !refund::owe_again(&mut tx.session, vendor, &seen.id, tx.now).await? {
        dispute::ask_whose(tx, &row).await?;
    }
    if change.is_news
        && row.status == PaymentStatus::ChargedBack
        && let Some(payable) = &row.payable
    {
        // Its page is paid: what is due again needs another one.
        checkout::end(&mut tx.session, payable, vendor, tx.now).await?;
    }
    let dispute_before = facts.before.as_ref().and_then(|before| before.dispute);
    dispute::tell(tx, dispute_before, &row).await?;
    group::post(tx, &row).await
}

fn row(facts: &Facts<'_>, look: &Look, change: &Change, now: Timestamp) -> Payment {
    let known = facts.known.as_ref();
    // Money that was decided on stays where it is, whatever its reference says: it may have moved to something equal.
    let assigned = known.filter(|known| known.applied.is_some()).and_then(|known| known.payable.clone());
    Payment {
        provider: facts.vendor.to_owned(),
        provider_payment_id: facts.seen.id.clone(),
        part_of: None,
        payable: assigned.or_else(|| facts.owner.as_ref().map(|owner| owner.payable.clone())),
        purpose: facts.purpose,
        status: change.status,
        amount: look.amount,
        refunded: change.refunded,
        returning: known.map_or(Money::zero(look.amount.currency), |known| known.returning),
        dispute: change.dispute,
        note: None,
        applied: known.and_then(|known| known.applied.clone()),
        events: 0,
        updated_at: now,
    }
}

async fn use_money(tx: &mut Tx<'_>, facts: &Facts<'_>, arrived: &Arrived) -> Result<Applied, JobError> {
    let owner = match (&facts.owner, doubt_about(tx.app, facts.vendor, facts.seen)) {
        (Some(owner), None) => owner,
        (_, doubt) => {
            let doubt = doubt.unwrap_or(Doubt::NoSuchStay);
            return wait_for_person(tx, arrived, doubt).await;
        }
    };
    owner.business.use_money(tx, &owner.payable, arrived).await
}

async fn tell_of_progress(tx: &mut Tx<'_>, facts: &Facts<'_>, change: &Change) -> Result<(), JobError> {
    let Some(Owner { business, payable }) = facts.owner.as_ref().filter(|_| change.is_news) else {
        return Ok(());
    };
    match change.status {
        PaymentStatus::Pending => business.pending(tx, payable, facts.seen.takes_days()).await,
        PaymentStatus::Rejected => business.rejected(tx, payable).await,
        PaymentStatus::Approved | PaymentStatus::Refunded | PaymentStatus::ChargedBack => Ok(()),
    }
}

/// Money that came to the wrong account, or play money in earnest, decides nothing.
fn doubt_about(app: &App, vendor: &str, seen: &PaymentSeen) -> Option<Doubt> {
    let ours = room(app).settings.account_at(vendor);
    if !ours.is_empty() && seen.collector_id.as_deref().is_some_and(|collector| collector != ours) {
        return Some(Doubt::OtherAccount);
    }
    let test_money = seen.live_mode == Some(false) && app.settings.is_production();
    test_money.then_some(Doubt::TestMoney)
}
