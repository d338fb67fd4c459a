//! Money on its way back: written down where it is decided, sent by a job.

use domain::{
    money::{Currency, Money},
    payable::Payable,
};
use jiff::Timestamp;

use crate::{
    db::{Engine, Result, Row, Session},
    payable,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Refund {
    /// Also the key under which the provider is asked: asking twice returns once.
    pub id: String,
    pub payable: Option<Payable>,
    pub provider: String,
    pub provider_payment_id: String,
    pub amount: Money,
    pub reason: String,
    pub status: RefundStatus,
    pub provider_refund_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// Written down.
    Due,
    /// The provider was asked; the outcome may not be known.
    Sent,
    /// The provider has taken it on, or had done it before.
    Done,
    /// The provider refuses it: a person must act.
    Failed,
}

impl RefundStatus {
    pub const ALL: [Self; 4] = [Self::Due, Self::Sent, Self::Done, Self::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// In the place of the provider's id: a refund that the provider refused and that staff made by hand.
pub const BY_HAND: &str = "by-hand";

const COLUMNS: &str = "id, payable_kind, payable_id, provider, provider_payment_id, amount_minor, currency, reason, status, provider_refund_id";

pub async fn create(session: &mut Session, refund: &Refund, now: Timestamp) -> Result<()> {
    let sql = "insert into refund (id, payable_kind, payable_id, provider, provider_payment_id, amount_minor, currency,
        reason, status, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
    let [kind, payable_id] = payable::opt_values(refund.payable.as_ref());
    let args = vec![
        refund.id.as_str().into(),
        kind,
        payable_id,
        refund.provider.as_str().into(),
        refund.provider_payment_id.as_str().into(),
        refund.amount.minor.into(),
        refund.amount.currency.code().into(),
        refund.reason.as_str().into(),
        refund.status.as_str().into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

/// Reads a refund and keeps others from changing it until the transaction ends.
pub async fn lock(session: &mut Session, id: &str) -> Result<Option<Refund>> {
    let lock = match session.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "for update",
    };
    session.first(format!("select {COLUMNS} from refund where id = $1 {lock}"), vec![id.into()], read).await
}

/// Moves a refund on; the provider's id is kept once it is known.
pub async fn mark(
    session: &mut Session,
    id: &str,
    status: RefundStatus,
    provider_refund_id: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let sql = "update refund set status = $2, provider_refund_id = coalesce($3, provider_refund_id), updated_at = $4
      where id = $1";
    let provider_refund_id = provider_refund_id.map(str::to_owned);
    session
        .execute(sql, vec![id.into(), status.as_str().into(), provider_refund_id.into(), now.into()])
        .await?;
    Ok(())
}

/// A refund that was settled in another way is owed after all: what stood for its outcome is gone.
pub async fn reopen(session: &mut Session, id: &str, now: Timestamp) -> Result<()> {
    let sql = "update refund set status = 'due', provider_refund_id = null, updated_at = $2 where id = $1";
    session.execute(sql, vec![id.into(), now.into()]).await.map(drop)
}

/// Refunds that are written down and neither done nor given up.
pub async fn count_pending(session: &mut Session) -> Result<i64> {
    let sql = "select count(*) as number from refund where status in ('due', 'sent')";
    Ok(session.first(sql, vec![], |row| row.int("number")).await?.unwrap_or(0))
}

/// The refunds of a payment and of its parts, oldest first.
pub async fn list_of_payment(
    session: &mut Session,
    provider: &str,
    provider_payment_id: &str,
) -> Result<Vec<Refund>> {
    let sql = format!(
        "select {COLUMNS} from refund where provider = $1 and (provider_payment_id = $2 or provider_payment_id in (
        select y.provider_payment_id from payment y where y.provider = $1 and y.part_of = $2))
      order by created_at, id"
    );
    session.all(sql, vec![provider.into(), provider_payment_id.into()], read).await
}

pub async fn list_of(session: &mut Session, payable: &Payable) -> Result<Vec<Refund>> {
    let sql = format!(
        "select {COLUMNS} from refund where payable_kind = $1 and payable_id = $2 order by created_at, id"
    );
    session.all(sql, payable::values(payable).into(), read).await
}

fn read(row: &Row) -> Result<Refund> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Refund {
        id: row.text("id")?,
        payable: payable::read_opt(row)?,
        provider: row.text("provider")?,
        provider_payment_id: row.text("provider_payment_id")?,
        amount: Money::new(row.int("amount_minor")?, currency),
        reason: row.text("reason")?,
        status: row.named("status", RefundStatus::parse)?,
        provider_refund_id: row.opt_text("provider_refund_id")?,
    })
}
