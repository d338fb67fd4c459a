//! Money as the providers report it: one row per payment at a provider, whose status never goes backwards.

use domain::{
    charges_of_stay::Purpose,
    money::{Currency, Money},
    payable::Payable,
    payment::PaymentStatus,
    payment::dispute::Dispute,
};
use jiff::Timestamp;

use crate::{
    db::{Engine, Result, Row, Session},
    payable,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub provider: String,
    /// The provider's own id of it; of a part, our own (see [`part_id`]).
    pub provider_payment_id: String,
    /// The payment at the provider, where this is the part of it that one payable got.
    pub part_of: Option<String>,
    /// What it is for, as far as is known.
    pub payable: Option<Payable>,
    /// What it was asked for.
    pub purpose: Purpose,
    pub status: PaymentStatus,
    /// As it was paid, whatever went back since.
    pub amount: Money,
    /// What the provider shows as given back.
    pub refunded: Money,
    /// What this program has sent back or is about to, whether or not the provider shows it; read, never written.
    pub returning: Money,
    /// Where the guest's bank disputes it.
    pub dispute: Option<Dispute>,
    /// The words of staff, for money by hand.
    pub note: Option<String>,
    /// What an approved payment was used for; None until it was decided.
    pub applied: Option<String>,
    /// How often the provider told us of it.
    pub events: i64,
    /// When anything of this was last written; read, never written.
    pub updated_at: Timestamp,
}

/// Written on money that covers nothing until a person has looked.
pub const WAITING: &str = "waiting";
/// Written on money that goes back by itself.
pub const RETURNED: &str = "returned";
/// Written on money that waits until its guest takes equal nights, or does not.
pub const OFFERED: &str = "offered";
/// Written on money that was divided: its parts say what it was used for.
pub const DIVIDED: &str = "divided";

/// Our id of one part of a payment: that of the payment, and the number of the part, from one. No provider has the sign
/// between them in its ids.
pub fn part_id(provider_payment_id: &str, number: usize) -> String {
    format!("{provider_payment_id}#{number}")
}

/// The id by which the provider knows a payment, or the one that this is a part of.
pub fn id_at_provider(payment_id: &str) -> &str {
    payment_id.split_once('#').map_or(payment_id, |(id, _)| id)
}

impl Payment {
    /// The id by which the provider knows it.
    pub fn id_at_provider(&self) -> &str {
        id_at_provider(&self.provider_payment_id)
    }

    /// Whether its money was divided among several payables.
    pub fn is_divided(&self) -> bool {
        self.applied.as_deref() == Some(DIVIDED)
    }

    /// Whether its money stands with what it names.
    pub fn counts(&self) -> bool {
        let used =
            self.applied.as_deref().is_some_and(|applied| ![WAITING, RETURNED, OFFERED].contains(&applied));
        self.status == PaymentStatus::Approved && used
    }

    /// Whether its money belongs to nothing yet.
    pub fn is_unassigned(&self) -> bool {
        matches!(self.applied.as_deref(), Some(WAITING | OFFERED))
    }

    /// What its money belongs to: money that waits belongs to nothing, though it may name something.
    pub fn owner(&self) -> Option<&Payable> {
        self.payable.as_ref().filter(|_| !self.is_unassigned())
    }

    /// What is left of it when all that is on its way back has arrived.
    pub fn kept(&self) -> Money {
        let back = if self.returning.minor > self.refunded.minor { self.returning } else { self.refunded };
        self.amount.minus(back)
    }
}

const COLUMNS: &str =
    "provider, provider_payment_id, payable_kind, payable_id, purpose, status, amount_minor, refunded_minor, currency,
  applied, dispute, note, events, updated_at, part_of,
  (select cast(coalesce(sum(r.amount_minor), 0) as bigint) from refund r where r.provider = payment.provider
    and r.provider_payment_id = payment.provider_payment_id and r.status <> 'failed') as returning_minor";

pub async fn find(
    session: &mut Session,
    provider: &str,
    provider_payment_id: &str,
) -> Result<Option<Payment>> {
    let sql = format!("select {COLUMNS} from payment where provider = $1 and provider_payment_id = $2");
    session.first(sql, vec![provider.into(), provider_payment_id.into()], read).await
}

/// Reads a payment and keeps others from changing it until the transaction ends.
pub async fn lock(
    session: &mut Session,
    provider: &str,
    provider_payment_id: &str,
) -> Result<Option<Payment>> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    let sql =
        format!("select {COLUMNS} from payment where provider = $1 and provider_payment_id = $2 {lock}");
    session.first(sql, vec![provider.into(), provider_payment_id.into()], read).await
}

/// Writes what is known of a payment now. The caller has applied the order of states.
pub async fn put(session: &mut Session, payment: &Payment, now: Timestamp) -> Result<()> {
    let sql = "insert into payment (provider, provider_payment_id, payable_kind, payable_id, status, amount_minor, currency, applied,
        first_seen_at, updated_at, refunded_minor, purpose, dispute, note, part_of, events)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14, 1)
      on conflict (provider, provider_payment_id) do update set payable_kind = excluded.payable_kind,
        payable_id = excluded.payable_id, status = excluded.status,
        amount_minor = excluded.amount_minor, currency = excluded.currency, applied = excluded.applied,
        refunded_minor = excluded.refunded_minor, dispute = excluded.dispute, updated_at = excluded.updated_at, events = payment.events + 1";
    let [kind, payable_id] = payable::opt_values(payment.payable.as_ref());
    let args = vec![
        payment.provider.as_str().into(),
        payment.provider_payment_id.as_str().into(),
        kind,
        payable_id,
        payment.status.as_str().into(),
        payment.amount.minor.into(),
        payment.amount.currency.code().into(),
        payment.applied.clone().into(),
        now.into(),
        payment.refunded.minor.into(),
        payment.purpose.as_str().into(),
        payment.dispute.map(|dispute| dispute.as_str().to_owned()).into(),
        payment.note.clone().into(),
        payment.part_of.clone().into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

/// When a payment was first heard of, and when it was last looked at without a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub provider: String,
    pub provider_payment_id: String,
    pub first_seen_at: Timestamp,
    pub checked_at: Option<Timestamp>,
}

/// Payments whose money came, first heard of since an instant, and not looked at by themselves since another.
pub async fn list_unchecked(
    session: &mut Session,
    first_seen_since: Timestamp,
    checked_before: Timestamp,
) -> Result<Vec<Checked>> {
    let sql = "select provider, provider_payment_id, first_seen_at, checked_at from payment
      where part_of is null and status in ('approved', 'refunded', 'charged_back') and first_seen_at >= $1
        and coalesce(checked_at, first_seen_at) <= $2 order by first_seen_at, provider_payment_id";
    session
        .all(sql, vec![first_seen_since.into(), checked_before.into()], |row| {
            Ok(Checked {
                provider: row.text("provider")?,
                provider_payment_id: row.text("provider_payment_id")?,
                first_seen_at: row.instant("first_seen_at")?,
                checked_at: row.opt_instant("checked_at")?,
            })
        })
        .await
}

/// Notes that a payment is being looked at.
pub async fn mark_checked(
    session: &mut Session,
    provider: &str,
    provider_payment_id: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "update payment set checked_at = $3 where provider = $1 and provider_payment_id = $2";
    session.execute(sql, vec![provider.into(), provider_payment_id.into(), now.into()]).await?;
    Ok(())
}

/// The payments for something, the oldest first.
pub async fn list_of(session: &mut Session, payable: &Payable) -> Result<Vec<Payment>> {
    let sql = format!(
        "select {COLUMNS} from payment where payable_kind = $1 and payable_id = $2
      order by first_seen_at, provider_payment_id"
    );
    session.all(sql, payable::values(payable).into(), read).await
}

/// The parts of a payment that was divided, in their order.
pub async fn list_parts(
    session: &mut Session,
    provider: &str,
    provider_payment_id: &str,
) -> Result<Vec<Payment>> {
    let sql = format!(
        "select {COLUMNS} from payment where provider = $1 and part_of = $2
      order by length(provider_payment_id), provider_payment_id"
    );
    session.all(sql, vec![provider.into(), provider_payment_id.into()], read).await
}

fn read(row: &Row) -> Result<Payment> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Payment {
        provider: row.text("provider")?,
        provider_payment_id: row.text("provider_payment_id")?,
        part_of: row.opt_text("part_of")?,
        payable: payable::read_opt(row)?,
        purpose: row.named("purpose", Purpose::parse)?,
        status: row.named("status", PaymentStatus::parse)?,
        amount: Money::new(row.int("amount_minor")?, currency),
        refunded: Money::new(row.int("refunded_minor")?, currency),
        returning: Money::new(row.int("returning_minor")?, currency),
        dispute: row.opt_text("dispute")?.as_deref().and_then(Dispute::parse),
        note: row.opt_text("note")?,
        applied: row.opt_text("applied")?,
        events: row.int("events")?,
        updated_at: row.instant("updated_at")?,
    })
}
