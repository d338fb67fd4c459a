//! What is due, and the checkouts opened for it.

use domain::{
    ids::StayId,
    money::{Currency, Money},
};
use jiff::Timestamp;

use crate::db::{Result, Row, Session};

/// An amount that is due for a stay. One per purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub id: String,
    pub stay_id: StayId,
    pub purpose: String,
    pub amount: Money,
    pub due_at: Timestamp,
}

/// One attempt to be paid: a page at a provider. Claimed here before the provider is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkout {
    pub id: String,
    pub charge_id: String,
    pub provider: String,
    /// The provider answers the same to the same key, so that a lost answer can be asked for again.
    pub idempotency_key: String,
    pub provider_ref: Option<String>,
    /// Where the guest pays; None until the provider has answered.
    pub url: Option<String>,
    pub expires_at: Timestamp,
}

/// The stay's charge for this purpose, made from `new` if there is none.
pub async fn ensure(session: &mut Session, new: &Charge, now: Timestamp) -> Result<Charge> {
    let sql = "insert into charge (id, stay_id, purpose, amount_minor, currency, due_at, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (stay_id, purpose) do update set due_at = excluded.due_at, amount_minor = excluded.amount_minor
      returning id, stay_id, purpose, amount_minor, currency, due_at";
    let args = vec![
        new.id.as_str().into(),
        (&new.stay_id).into(),
        new.purpose.as_str().into(),
        new.amount.minor.into(),
        new.amount.currency.code().into(),
        new.due_at.into(),
        now.into(),
    ];
    let rows = session.all(sql, args, read_charge).await?;
    Ok(rows.into_iter().next().expect("an upsert returns its row"))
}

/// The open checkout of this charge at this provider, made from `new` if there is none.
pub async fn claim_checkout(session: &mut Session, new: &Checkout, now: Timestamp) -> Result<Checkout> {
    let sql = "insert into checkout (id, charge_id, provider, idempotency_key, expires_at, created_at)
      values ($1, $2, $3, $4, $5, $6) on conflict (idempotency_key) do nothing";
    let args = vec![
        new.id.as_str().into(),
        new.charge_id.as_str().into(),
        new.provider.as_str().into(),
        new.idempotency_key.as_str().into(),
        new.expires_at.into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    let sql = "select id, charge_id, provider, idempotency_key, provider_ref, url, expires_at from checkout
      where idempotency_key = $1";
    let found = session.first(sql, vec![new.idempotency_key.as_str().into()], read_checkout).await?;
    Ok(found.expect("the row was inserted or was there"))
}

/// The provider's answer to a claimed checkout.
pub async fn open_checkout(
    session: &mut Session,
    id: &str,
    provider_ref: &str,
    url: &str,
    expires_at: Timestamp,
) -> Result<()> {
    let sql = "update checkout set provider_ref = $2, url = $3, expires_at = $4 where id = $1";
    session.execute(sql, vec![id.into(), provider_ref.into(), url.into(), expires_at.into()]).await?;
    Ok(())
}

/// The checkouts of a stay, the latest first.
pub async fn list_checkouts(session: &mut Session, stay_id: &StayId) -> Result<Vec<Checkout>> {
    let sql = "select c.id, c.charge_id, c.provider, c.idempotency_key, c.provider_ref, c.url, c.expires_at
      from checkout c join charge g on g.id = c.charge_id where g.stay_id = $1
      order by c.created_at desc, c.id desc";
    session.all(sql, vec![stay_id.into()], read_checkout).await
}

/// The stay for which the provider's page was opened.
pub async fn find_stay_of(
    session: &mut Session,
    provider: &str,
    provider_ref: &str,
) -> Result<Option<StayId>> {
    let sql = "select g.stay_id from checkout c join charge g on g.id = c.charge_id
      where c.provider = $1 and c.provider_ref = $2";
    session
        .first(sql, vec![provider.into(), provider_ref.into()], |row| row.text("stay_id").map(StayId::new))
        .await
}

/// Pages that were opened since an instant, with the stay that each is for: where a lost notification may hide.
pub async fn list_pages_since(
    session: &mut Session,
    since: Timestamp,
) -> Result<Vec<(StayId, String, String)>> {
    let sql =
        "select g.stay_id, c.provider, c.provider_ref from checkout c join charge g on g.id = c.charge_id
      where c.created_at >= $1 and c.provider_ref is not null order by g.stay_id, c.provider, c.id";
    session
        .all(sql, vec![since.into()], |row| {
            Ok((StayId::new(row.text("stay_id")?), row.text("provider")?, row.text("provider_ref")?))
        })
        .await
}

fn read_charge(row: &Row) -> Result<Charge> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Charge {
        id: row.text("id")?,
        stay_id: StayId::new(row.text("stay_id")?),
        purpose: row.text("purpose")?,
        amount: Money::new(row.int("amount_minor")?, currency),
        due_at: row.instant("due_at")?,
    })
}

fn read_checkout(row: &Row) -> Result<Checkout> {
    Ok(Checkout {
        id: row.text("id")?,
        charge_id: row.text("charge_id")?,
        provider: row.text("provider")?,
        idempotency_key: row.text("idempotency_key")?,
        provider_ref: row.opt_text("provider_ref")?,
        url: row.opt_text("url")?,
        expires_at: row.instant("expires_at")?,
    })
}
