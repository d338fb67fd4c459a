//! Money that staff take and give by hand: cash, bank transfers. It counts like any other, with a receipt.

use domain::{
    actor::Actor,
    charges_of_stay::Purpose,
    ledger::{Account, Movement, Posting},
    money::Money,
    payable::{Kind, Payable},
    payment::PaymentStatus,
    staff::Who,
};
use jiff::Timestamp;
use kernel::{App, DbError, Tx, jobs::JobError};
use store::{
    audit,
    db::Session,
    ledger as books,
    payment::{self, Payment},
    refund::{self, BY_HAND, Refund, RefundStatus},
    staff_task,
};

use crate::{
    Applied, Arrived, News, PaymentLabels, audit_of, group, is_by_bank,
    kept_in_context::{business, business_of, room},
    offline_method::Method,
};

/// What staff write down.
#[derive(Clone, Debug)]
pub struct Taken {
    pub method: Method,
    pub amount: Money,
    /// Their own words, such as the number of a transfer; at most 500 characters.
    pub note: Option<String>,
}

/// A payment by hand, and the number of its receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub payment: Payment,
    pub number: i64,
    pub at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    #[error("nothing is left that could be returned")]
    NothingToReturn,
    #[error("there is no such refund that is to be made by hand")]
    NoSuchRefund,
    #[error("the refund is being changed by somebody else; look at it again")]
    Changed,
    #[error("the payment could not be written down")]
    Database(#[from] DbError),
}

/// Writes down money that staff took, within the caller's transaction, and uses it as if a provider had told of it. The
/// caller has locked what it is for. None where nothing of it is kept: the money is still in the payer's hand, and the
/// transaction must be dropped.
pub async fn record(
    tx: &mut Tx<'_>,
    payable: &Payable,
    taken: &Taken,
    purpose: Purpose,
) -> Result<Option<Receipt>, JobError> {
    if payable.kind == Kind::Group {
        return Err(JobError::fail("money by hand is taken for each part of a group by itself"));
    }
    let provider = taken.method.as_str();
    let id = tx.app.rng.id(tx.now);
    let arrived = Arrived { provider: provider.to_owned(), id: id.clone(), purpose, amount: taken.amount };
    let applied = business_of(tx.app, payable)?.use_money(tx, payable, &arrived).await?;
    if matches!(applied, Applied::Returned | Applied::Offered) {
        return Ok(None);
    }
    let row = Payment {
        provider: provider.to_owned(),
        provider_payment_id: id,
        part_of: None,
        payable: Some(payable.clone()),
        purpose,
        status: PaymentStatus::Approved,
        amount: taken.amount,
        refunded: Money::zero(taken.amount.currency),
        returning: Money::zero(taken.amount.currency),
        dispute: None,
        note: taken.note.clone(),
        applied: Some(applied.as_str().to_owned()),
        events: 0,
        updated_at: tx.now,
    };
    payment::put(&mut tx.session, &row, tx.now).await?;
    group::post(tx, &row).await?;
    audit::write(
        &mut tx.session,
        &[audit_of(payable, "take_by_hand", &row.amount, &row.note, tx.actor)],
        tx.now,
    )
    .await?;
    let labels = PaymentLabels::of(provider, purpose, PaymentStatus::Approved.as_str());
    room(tx.app).metrics.payments.get_or_create(&labels).inc();
    Ok(Some(receipt_of(&mut tx.session, row, tx.now).await?))
}

async fn receipt_of(session: &mut Session, payment: Payment, at: Timestamp) -> Result<Receipt, DbError> {
    let (provider, id) = (&payment.provider, &payment.provider_payment_id);
    let number = books::find_seq(session, Movement::Payment, provider, id).await?;
    let number = number.ok_or(DbError::Corrupt("a payment by hand without its posting"))?;
    Ok(Receipt { payment, number, at })
}

/// The receipts for something, oldest first.
pub async fn list_receipts(session: &mut Session, payable: &Payable) -> Result<Vec<Receipt>, DbError> {
    let lines = books::list(session, &Account::Payable(payable.clone())).await?;
    let mut receipts = Vec::new();
    for payment in payment::list_of(session, payable).await? {
        let is_its = |line: &&books::Line| {
            line.movement == Movement::Payment && line.external_id == payment.provider_payment_id
        };
        if let Some(line) = lines.iter().find(is_its).filter(|_| Method::parse(&payment.provider).is_some()) {
            let at = line.at;
            receipts.push(receipt_of(session, payment, at).await?);
        }
    }
    Ok(receipts)
}

/// Staff have given money back by hand: the refund is done and posted.
pub async fn record_return(app: &App, refund_id: &str, who: Who) -> Result<Refund, ReturnError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let due = refund::lock(&mut tx.session, refund_id).await?.ok_or(ReturnError::NoSuchRefund)?;
    let is_offline = Method::parse(&due.provider).is_some();
    let by_hand = is_offline || due.status == RefundStatus::Failed;
    if !by_hand || due.status == RefundStatus::Done || is_by_bank(&due) {
        return Err(ReturnError::NoSuchRefund);
    }
    let paid = payment::lock(&mut tx.session, &due.provider, &due.provider_payment_id).await?;
    let paid = paid.ok_or(ReturnError::NoSuchRefund)?;
    if due.status == RefundStatus::Failed && paid.kept().minor < due.amount.minor {
        return Err(ReturnError::NothingToReturn);
    }
    if is_offline {
        record_offline(&mut tx, &due, paid).await?;
    } else {
        // What the provider refused comes out of the till: the provider's own account does not move.
        refund::mark(&mut tx.session, refund_id, RefundStatus::Done, Some(BY_HAND), tx.now).await?;
        let cash = Method::Cash.as_str();
        let posting = Posting::returned(cash, refund_id, due.payable.as_ref(), due.amount);
        books::post(&mut tx.session, &posting, tx.now).await?;
    }
    close_task(&mut tx.session, refund_id, tx.now).await?;
    if let Some(payable) = &due.payable {
        audit::write(
            &mut tx.session,
            &[audit_of(payable, "return_by_hand", &due.amount, &None, tx.actor)],
            tx.now,
        )
        .await?;
        if let Some(business) = business(app, payable.kind) {
            business.tell(&mut tx, payable, News::ReturnedByHand(due.amount)).await?;
        }
    }
    tx.commit().await?;
    Ok(Refund { status: RefundStatus::Done, ..due })
}

async fn record_offline(tx: &mut Tx<'_>, due: &Refund, paid: Payment) -> Result<(), ReturnError> {
    refund::mark(&mut tx.session, &due.id, RefundStatus::Done, None, tx.now).await?;
    let refunded = paid.refunded.plus(due.amount);
    let all = refunded.minor >= paid.amount.minor;
    let status = if all { paid.status.after(PaymentStatus::Refunded) } else { paid.status };
    let row = Payment { refunded, status, ..paid };
    payment::put(&mut tx.session, &row, tx.now).await?;
    group::post(tx, &row).await.map_err(|error| match error {
        JobError::Database(error) => ReturnError::Database(error),
        _ => ReturnError::Changed,
    })
}

async fn close_task(session: &mut Session, refund_id: &str, now: Timestamp) -> Result<(), DbError> {
    let subject = format!("refund:{refund_id}");
    let open = staff_task::list_open(session).await?;
    if let Some(task) = open.iter().find(|task| task.subject == subject) {
        staff_task::resolve(session, &task.id, now).await?;
    }
    Ok(())
}
