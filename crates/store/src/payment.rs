//! Money as the providers report it: one row per payment at a provider, whose status never goes backwards.

use domain::{
    ids::StayId,
    money::{Currency, Money},
    payment::PaymentStatus,
};
use jiff::Timestamp;

use crate::db::{Engine, Result, Row, Session};

#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub provider: String,
    pub provider_payment_id: String,
    pub stay_id: Option<StayId>,
    pub status: PaymentStatus,
    /// As it was paid, whatever went back since.
    pub amount: Money,
    /// What the provider shows as given back.
    pub refunded: Money,
    /// What an approved payment was used for; None until it was decided.
    pub applied: Option<String>,
    /// How often the provider told us of it.
    pub events: i64,
}

/// Written on money that covers nothing until a person has looked.
pub const WAITING: &str = "waiting";
/// Written on money that goes back by itself.
pub const RETURNED: &str = "returned";

impl Payment {
    /// Whether its money stands in the stay that it names.
    pub fn counts(&self) -> bool {
        let used = self.applied.as_deref().is_some_and(|applied| applied != WAITING && applied != RETURNED);
        self.status == PaymentStatus::Approved && used
    }

    /// What is left of it.
    pub fn kept(&self) -> Money {
        self.amount.minus(self.refunded)
    }
}

const COLUMNS: &str =
    "provider, provider_payment_id, stay_id, status, amount_minor, refunded_minor, currency, applied, events";

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
    let sql = "insert into payment (provider, provider_payment_id, stay_id, status, amount_minor, currency, applied,
        first_seen_at, updated_at, refunded_minor, events)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, 1)
      on conflict (provider, provider_payment_id) do update set stay_id = excluded.stay_id, status = excluded.status,
        amount_minor = excluded.amount_minor, currency = excluded.currency, applied = excluded.applied,
        refunded_minor = excluded.refunded_minor, updated_at = excluded.updated_at, events = payment.events + 1";
    let args = vec![
        payment.provider.as_str().into(),
        payment.provider_payment_id.as_str().into(),
        payment.stay_id.as_ref().map(|id| id.as_str().to_owned()).into(),
        payment.status.as_str().into(),
        payment.amount.minor.into(),
        payment.amount.currency.code().into(),
        payment.applied.clone().into(),
        now.into(),
        payment.refunded.minor.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

pub async fn list_of_stay(session: &mut Session, stay_id: &StayId) -> Result<Vec<Payment>> {
    let sql = format!(
        "select {COLUMNS} from payment where stay_id = $1 order by first_seen_at, provider_payment_id"
    );
    session.all(sql, vec![stay_id.into()], read).await
}

fn read(row: &Row) -> Result<Payment> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Payment {
        provider: row.text("provider")?,
        provider_payment_id: row.text("provider_payment_id")?,
        stay_id: row.opt_text("stay_id")?.map(StayId::new),
        status: row.named("status", PaymentStatus::parse)?,
        amount: Money::new(row.int("amount_minor")?, currency),
        refunded: Money::new(row.int("refunded_minor")?, currency),
        applied: row.opt_text("applied")?,
        events: row.int("events")?,
    })
}
