//! Money that staff take and give by hand: cash, bank transfers. It counts like any other, with a receipt.

use dialog::MoneyNews;
use domain::{
    charge::{Purpose, Reference},
    ids::StayId,
    ledger::{Account, Movement, Posting},
    money::{Currency, Money},
    payment::PaymentStatus,
    stay::Stay,
};
use jiff::Timestamp;
use store::{
    attention as waiting, audit,
    db::{DbError, Session},
    ledger as books,
    payment::{self, OFFERED, Payment, RETURNED},
    refund::{self, BY_HAND, Refund, RefundStatus},
};

use super::{
    apply::{lock_stay, post},
    arrived::{Arrived, use_money},
    audit_of,
    charges::next_due_in,
    refund::is_by_bank,
};
use crate::{App, conversation::tell_money, hold, jobs::JobError, metrics::PaymentLabels, stay::StayError};

/// Where money by hand lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Cash,
    Bank,
}

impl Hand {
    pub const ALL: [Self; 2] = [Self::Cash, Self::Bank];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hand| hand.as_str() == text)
    }
}

/// What staff write down.
#[derive(Clone, Debug)]
pub struct Taken {
    pub hand: Hand,
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
pub enum HandError {
    #[error("there is no such reservation")]
    NotFound,
    #[error("the reservation is paid in {expected}")]
    OtherCurrency { expected: Currency },
    #[error("only {} is to be paid for this reservation", .0)]
    TooMuch(Money),
    #[error("nothing is to be paid for this reservation")]
    NothingDue,
    #[error("nothing is left that could be returned")]
    NothingToReturn,
    #[error("the nights of this reservation have been sold to somebody else: do not take the money")]
    NightsTaken,
    #[error("there is no such refund that is to be made by hand")]
    NoSuchRefund,
    #[error(transparent)]
    Stay(#[from] StayError),
    #[error("the payment could not be written down")]
    Database(#[from] DbError),
}

/// Writes down money that staff took for a stay, within the caller's transaction, and uses it as if a provider had told
/// of it. After a refusal the transaction must be dropped.
pub async fn take_by_hand_in(
    app: &App,
    session: &mut Session,
    id: &StayId,
    taken: Taken,
    now: Timestamp,
) -> Result<(Stay, Receipt), HandError> {
    let reference = Reference { stay_id: id.clone(), purpose: Purpose::Deposit };
    let stay = lock_stay(app, session, &reference, now).await.map_err(HandError::Database)?;
    let stay = stay.ok_or(HandError::NotFound)?;
    // What waits with an offer is its money: nothing more is to be taken for it.
    if store::offer::find_open(session, id).await?.is_some() {
        return Err(HandError::NothingDue);
    }
    let due = due_by_hand(session, &stay, now).await?;
    check(&stay, &taken, due.map(|due| due.1))?;
    let purpose = due.map_or(reference.purpose, |due| due.0);

    let mut row = Payment {
        provider: taken.hand.as_str().to_owned(),
        provider_payment_id: app.entropy.id(now),
        stay_id: Some(id.clone()),
        purpose,
        status: PaymentStatus::Approved,
        amount: taken.amount,
        refunded: Money::zero(taken.amount.currency),
        returning: Money::zero(taken.amount.currency),
        dispute: None,
        note: taken.note.clone(),
        applied: None,
        events: 0,
        updated_at: now,
    };
    let arrived = Arrived {
        provider: taken.hand.as_str(),
        id: &row.provider_payment_id.clone(),
        purpose,
        amount: taken.amount,
        doubt: None,
    };
    let applied = use_money(app, session, &arrived, Some(stay.clone()), now).await;
    let applied = applied.map_err(as_hand_error)?;
    if [RETURNED, OFFERED].contains(&applied) {
        // Nothing of this is kept: the money is still in the guest's hand.
        return Err(HandError::NightsTaken);
    }
    row.applied = Some(applied.to_owned());
    payment::put(session, &row, now).await?;
    post(app, session, taken.hand.as_str(), &row, now).await.map_err(as_hand_error)?;
    audit::write(session, &[audit_of(&stay, "take_by_hand", &row.amount, &row.note)], now).await?;

    let receipt = receipt_of(session, row, now).await?;
    let url = receipt_url(app, &stay, receipt.number);
    let news = MoneyNews::Receipt { number: receipt.number, amount: receipt.payment.amount, url };
    tell_money(app, session, &stay, news, now).await?;
    let labels = PaymentLabels::of(taken.hand.as_str(), purpose, "approved");
    app.metrics.payments.get_or_create(&labels).inc();
    let after = store::stay::find_by_id(session, id).await?.ok_or(HandError::NotFound)?;
    Ok((after, receipt))
}

/// The purpose and the whole of what may be taken: for a hold that has ended, its deposit and more.
async fn due_by_hand(
    session: &mut Session,
    stay: &Stay,
    now: Timestamp,
) -> Result<Option<(Purpose, Money)>, DbError> {
    if matches!(stay, Stay::Held(_) | Stay::Expired(_)) {
        let received = super::arrived::received(session, stay).await?;
        return Ok(Some((Purpose::Deposit, stay.terms().total.minus(received))));
    }
    let open = super::charges::missing_of(session, stay).await?;
    let Some(next) = next_due_in(session, stay, now).await? else { return Ok(None) };
    // A penalty is taken apart from the price, because it is settled apart.
    let is_penalty = |purpose| purpose == Purpose::Penalty;
    let alike = open.iter().filter(|one| is_penalty(one.purpose) == is_penalty(next.purpose));
    let zero = Money::zero(stay.terms().total.currency);
    Ok(Some((next.purpose, alike.fold(zero, |sum, one| sum.plus(one.amount)))))
}

fn check(stay: &Stay, taken: &Taken, due: Option<Money>) -> Result<(), HandError> {
    let expected = stay.terms().total.currency;
    if taken.amount.currency != expected {
        return Err(HandError::OtherCurrency { expected });
    }
    let due = due.filter(Money::is_positive).ok_or(HandError::NothingDue)?;
    if taken.amount.minor > due.minor { Err(HandError::TooMuch(due)) } else { Ok(()) }
}

fn as_hand_error(error: JobError) -> HandError {
    match error {
        JobError::Database(error) => HandError::Database(error),
        _ => HandError::Stay(StayError::Changed),
    }
}

async fn receipt_of(session: &mut Session, payment: Payment, at: Timestamp) -> Result<Receipt, DbError> {
    let (provider, id) = (&payment.provider, &payment.provider_payment_id);
    let number = books::find_seq(session, Movement::Payment, provider, id).await?;
    let number = number.ok_or(DbError::Corrupt("a payment by hand without its posting"))?;
    Ok(Receipt { payment, number, at })
}

/// The receipts of a stay, oldest first.
pub async fn list_receipts(app: &App, stay: &Stay) -> Result<Vec<Receipt>, DbError> {
    let mut session = app.read().await?;
    let lines = books::list(&mut session, &Account::Stay(stay.terms().id.clone())).await?;
    let mut receipts = Vec::new();
    for payment in payment::list_of_stay(&mut session, &stay.terms().id).await? {
        let is_its = |line: &&books::Line| {
            line.movement == Movement::Payment && line.external_id == payment.provider_payment_id
        };
        if let Some(line) = lines.iter().find(is_its).filter(|_| Hand::parse(&payment.provider).is_some()) {
            let at = line.at;
            receipts.push(receipt_of(&mut session, payment, at).await?);
        }
    }
    Ok(receipts)
}

/// The receipt of a stay with this number.
pub async fn find_receipt(app: &App, stay: &Stay, number: i64) -> Result<Option<Receipt>, DbError> {
    Ok(list_receipts(app, stay).await?.into_iter().find(|receipt| receipt.number == number))
}

/// Where the guest sees a receipt.
pub fn receipt_url(app: &App, stay: &Stay, number: i64) -> String {
    format!("{}/receipts/{number}", hold::manage_url(app, &stay.terms().token))
}

/// Staff have given money back by hand: the refund is done and posted.
pub async fn returned_by_hand(app: &App, refund_id: &str) -> Result<Refund, HandError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let due = refund::lock(&mut session, refund_id).await?.ok_or(HandError::NoSuchRefund)?;
    let by_hand = Hand::parse(&due.provider).is_some() || due.status == RefundStatus::Failed;
    if !by_hand || due.status == RefundStatus::Done || is_by_bank(&due) {
        return Err(HandError::NoSuchRefund);
    }
    let paid = payment::lock(&mut session, &due.provider, &due.provider_payment_id).await?;
    let paid = paid.ok_or(HandError::NoSuchRefund)?;
    if due.status == RefundStatus::Failed && paid.kept().minor < due.amount.minor {
        return Err(HandError::NothingToReturn);
    }
    if Hand::parse(&due.provider).is_some() {
        refund::mark(&mut session, refund_id, RefundStatus::Done, None, now).await?;
        let refunded = paid.refunded.plus(due.amount);
        let all = refunded.minor >= paid.amount.minor;
        let status = if all { paid.status.after(PaymentStatus::Refunded) } else { paid.status };
        let row = Payment { refunded, status, ..paid };
        payment::put(&mut session, &row, now).await?;
        post(app, &mut session, &row.provider, &row, now).await.map_err(as_hand_error)?;
    } else {
        // What the provider refused comes out of the till: the provider's own account does not move.
        refund::mark(&mut session, refund_id, RefundStatus::Done, Some(BY_HAND), now).await?;
        let (till, owner) = (Hand::Cash.as_str(), due.stay_id.as_ref());
        let posting = Posting::returned(till, refund_id, owner, due.amount);
        books::post(&mut session, &posting, now).await?;
    }
    let item = waiting::list_open(&mut session).await?;
    let subject = format!("refund:{refund_id}");
    if let Some(item) = item.iter().find(|item| item.subject == subject) {
        waiting::resolve(&mut session, &item.id, now).await?;
    }
    if let Some(stay) = stay_of(&mut session, due.stay_id.as_ref()).await? {
        audit::write(&mut session, &[audit_of(&stay, "return_by_hand", &due.amount, &None)], now).await?;
        let news = MoneyNews::ReturnedByHand { code: stay.terms().code.to_string(), amount: due.amount };
        tell_money(app, &mut session, &stay, news, now).await?;
    }
    app.commit(session).await?;
    Ok(Refund { status: RefundStatus::Done, ..due })
}

async fn stay_of(session: &mut Session, id: Option<&StayId>) -> Result<Option<Stay>, DbError> {
    match id {
        Some(id) => store::stay::find_by_id(session, id).await,
        None => Ok(None),
    }
}
