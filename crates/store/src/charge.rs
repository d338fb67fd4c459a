//! Charges: what is due, and the checkouts opened for it.

use domain::{
    charges_of_stay::{Due, Purpose},
    money::{Currency, Money},
    payable::Payable,
    payment::Reference,
};
use jiff::Timestamp;

use crate::{
    db::{Result, Row, Session},
    payable,
};

/// An amount that is due for something. One per purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub id: String,
    pub payable: Payable,
    pub purpose: Purpose,
    pub amount: Money,
    pub due_at: Timestamp,
    /// When the guest was asked for it by message.
    pub asked_at: Option<Timestamp>,
    /// The words of staff, where they set it.
    pub note: Option<String>,
}

impl Charge {
    pub fn due(&self) -> Due {
        Due { purpose: self.purpose, amount: self.amount, due_at: self.due_at }
    }
}

/// One attempt to be paid: a page at a provider. Claimed here before the provider is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkout {
    pub id: String,
    pub charge_id: String,
    pub provider: String,
    /// In minor units of the charge's currency; another amount is another page.
    pub amount_minor: i64,
    /// The provider answers the same to the same key, so that a lost answer can be asked for again.
    pub idempotency_key: String,
    pub provider_ref: Option<String>,
    /// Where the guest pays; None until the provider has answered.
    pub url: Option<String>,
    pub expires_at: Timestamp,
}

const CHARGE: &str = "id, payable_kind, payable_id, purpose, amount_minor, currency, due_at, asked_at, note";
const CHECKOUT: &str =
    "c.id, c.charge_id, c.provider, c.amount_minor, c.idempotency_key, c.provider_ref, c.url, c.expires_at";

/// The charge for this purpose, made from `new` if there is none. Its amount and date are those of `new`; a
/// larger amount is asked for again.
pub async fn ensure(session: &mut Session, new: &Charge, now: Timestamp) -> Result<Charge> {
    let sql = format!(
        "insert into charge (id, payable_kind, payable_id, purpose, amount_minor, currency, due_at, note, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (payable_kind, payable_id, purpose) do update set due_at = excluded.due_at, amount_minor = excluded.amount_minor,
        note = coalesce(excluded.note, charge.note),
        asked_at = case when excluded.amount_minor > charge.amount_minor then null else charge.asked_at end
      returning {CHARGE}"
    );
    let [kind, payable_id] = payable::values(&new.payable);
    let args = vec![
        new.id.as_str().into(),
        kind,
        payable_id,
        new.purpose.as_str().into(),
        new.amount.minor.into(),
        new.amount.currency.code().into(),
        new.due_at.into(),
        new.note.clone().into(),
        now.into(),
    ];
    let rows = session.all(sql, args, read_charge).await?;
    Ok(rows.into_iter().next().expect("an upsert returns its row"))
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Charge>> {
    let sql = format!("select {CHARGE} from charge where id = $1");
    session.first(sql, vec![id.into()], read_charge).await
}

/// What is due for something, in the order in which money covers it.
pub async fn list_of(session: &mut Session, payable: &Payable) -> Result<Vec<Charge>> {
    let sql = format!("select {CHARGE} from charge where payable_kind = $1 and payable_id = $2");
    let mut charges = session.all(sql, payable::values(payable).into(), read_charge).await?;
    charges.sort_by_key(|charge| charge.purpose);
    Ok(charges)
}

/// Charges whose day has come and which nobody was asked for, of stays that are confirmed or were not left in peace:
/// balances and extras of confirmed stays, penalties of any.
pub async fn list_of_stays_to_ask(session: &mut Session, now: Timestamp, limit: i64) -> Result<Vec<Charge>> {
    let sql = format!(
        "select {CHARGE} from charge where asked_at is null and due_at <= $1 and amount_minor > 0
        and payable_kind = 'stay' and (purpose = 'penalty' or (purpose in ('balance', 'extra')
          and exists (select 1 from stay s where s.id = charge.payable_id and s.status = 'confirmed')))
      order by due_at, id limit $2"
    );
    session.all(sql, vec![now.into(), limit.into()], read_charge).await
}

/// Writes down that the guest was asked. False when somebody else has done so.
pub async fn mark_asked(session: &mut Session, id: &str, now: Timestamp) -> Result<bool> {
    let sql = "update charge set asked_at = $2 where id = $1 and asked_at is null";
    Ok(session.execute(sql, vec![id.into(), now.into()]).await? == 1)
}

/// The newest checkout of this charge for this amount at this provider that has not ended.
pub async fn find_checkout(
    session: &mut Session,
    charge_id: &str,
    provider: &str,
    amount: Money,
    now: Timestamp,
) -> Result<Option<Checkout>> {
    let sql = format!(
        "select {CHECKOUT} from checkout c where c.charge_id = $1 and c.provider = $2 and c.amount_minor = $3
        and c.expires_at > $4 order by c.created_at desc, c.id desc limit 1"
    );
    let args = vec![charge_id.into(), provider.into(), amount.minor.into(), now.into()];
    session.first(sql, args, read_checkout).await
}

/// The pages of something at a provider are not offered again.
pub async fn end_checkouts(
    session: &mut Session,
    payable: &Payable,
    provider: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "update checkout set expires_at = $4 where provider = $3 and expires_at > $4
      and charge_id in (select id from charge where payable_kind = $1 and payable_id = $2)";
    let [kind, id] = payable::values(payable);
    session.execute(sql, vec![kind, id, provider.into(), now.into()]).await.map(drop)
}

/// How many pages were opened, or begun, for a charge at a provider.
pub async fn count_checkouts(session: &mut Session, charge_id: &str, provider: &str) -> Result<i64> {
    let sql = "select count(*) as number from checkout where charge_id = $1 and provider = $2";
    Ok(session
        .first(sql, vec![charge_id.into(), provider.into()], |row| row.int("number"))
        .await?
        .unwrap_or(0))
}

/// The checkout with this key, made from `new` if there is none.
pub async fn claim_checkout(session: &mut Session, new: &Checkout, now: Timestamp) -> Result<Checkout> {
    let sql = "insert into checkout (id, charge_id, provider, amount_minor, idempotency_key, expires_at, created_at)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict (idempotency_key) do nothing";
    let args = vec![
        new.id.as_str().into(),
        new.charge_id.as_str().into(),
        new.provider.as_str().into(),
        new.amount_minor.into(),
        new.idempotency_key.as_str().into(),
        new.expires_at.into(),
        now.into(),
    ];
    session.execute(sql, args).await?;
    let sql = format!("select {CHECKOUT} from checkout c where c.idempotency_key = $1");
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

/// The checkouts of something, the latest first.
pub async fn list_checkouts(session: &mut Session, payable: &Payable) -> Result<Vec<Checkout>> {
    let sql = format!(
        "select {CHECKOUT} from checkout c join charge g on g.id = c.charge_id
      where g.payable_kind = $1 and g.payable_id = $2 order by c.created_at desc, c.id desc"
    );
    session.all(sql, payable::values(payable).into(), read_checkout).await
}

/// What the provider's page was opened for.
pub async fn find_charge_of(
    session: &mut Session,
    provider: &str,
    provider_ref: &str,
) -> Result<Option<Reference>> {
    let sql =
        "select g.payable_kind, g.payable_id, g.purpose from checkout c join charge g on g.id = c.charge_id
      where c.provider = $1 and c.provider_ref = $2";
    session.first(sql, vec![provider.into(), provider_ref.into()], read_reference).await
}

/// A page that was opened, and what it was opened for.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub reference: Reference,
    pub provider: String,
    pub provider_ref: String,
}

/// Pages that were opened since an instant, those of one charge and provider together: where a lost notification may
/// hide.
pub async fn list_pages_since(session: &mut Session, since: Timestamp) -> Result<Vec<Page>> {
    let sql = "select g.payable_kind, g.payable_id, g.purpose, c.provider, c.provider_ref
      from checkout c join charge g on g.id = c.charge_id
      where c.created_at >= $1 and c.provider_ref is not null
      order by g.payable_kind, g.payable_id, g.purpose, c.provider, c.id";
    session
        .all(sql, vec![since.into()], |row| {
            Ok(Page {
                reference: read_reference(row)?,
                provider: row.text("provider")?,
                provider_ref: row.text("provider_ref")?,
            })
        })
        .await
}

fn read_reference(row: &Row) -> Result<Reference> {
    Ok(Reference { payable: payable::read(row)?, purpose: row.named("purpose", Purpose::parse)? })
}

fn read_charge(row: &Row) -> Result<Charge> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(Charge {
        id: row.text("id")?,
        payable: payable::read(row)?,
        purpose: row.named("purpose", Purpose::parse)?,
        amount: Money::new(row.int("amount_minor")?, currency),
        due_at: row.instant("due_at")?,
        asked_at: row.opt_instant("asked_at")?,
        note: row.opt_text("note")?,
    })
}

fn read_checkout(row: &Row) -> Result<Checkout> {
    Ok(Checkout {
        id: row.text("id")?,
        charge_id: row.text("charge_id")?,
        provider: row.text("provider")?,
        amount_minor: row.int("amount_minor")?,
        idempotency_key: row.text("idempotency_key")?,
        provider_ref: row.opt_text("provider_ref")?,
        url: row.opt_text("url")?,
        expires_at: row.instant("expires_at")?,
    })
}
