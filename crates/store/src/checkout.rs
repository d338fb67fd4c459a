//! Checkouts: the pages at a provider that were opened for a charge.

use domain::{charges_of_stay::Purpose, money::Money, payable::Payable, payment::Reference};
use jiff::Timestamp;

use crate::{
    db::{Result, Row, Session},
    payable,
};

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

const COLUMNS: &str =
    "c.id, c.charge_id, c.provider, c.amount_minor, c.idempotency_key, c.provider_ref, c.url, c.expires_at";

/// The newest checkout of this charge for this amount at this provider that has not ended.
pub async fn find(
    session: &mut Session,
    charge_id: &str,
    provider: &str,
    amount: Money,
    now: Timestamp,
) -> Result<Option<Checkout>> {
    let sql = format!(
        "select {COLUMNS} from checkout c where c.charge_id = $1 and c.provider = $2 and c.amount_minor = $3
        and c.expires_at > $4 order by c.created_at desc, c.id desc limit 1"
    );
    let args = vec![charge_id.into(), provider.into(), amount.minor.into(), now.into()];
    session.first(sql, args, read).await
}

/// The pages of something at a provider are not offered again.
pub async fn end(session: &mut Session, payable: &Payable, provider: &str, now: Timestamp) -> Result<()> {
    let sql = "update checkout set expires_at = $4 where provider = $3 and expires_at > $4
      and charge_id in (select id from charge where payable_kind = $1 and payable_id = $2)";
    let [kind, id] = payable::values(payable);
    session.execute(sql, vec![kind, id, provider.into(), now.into()]).await.map(drop)
}

/// How many pages were opened, or begun, for a charge at a provider.
pub async fn count(session: &mut Session, charge_id: &str, provider: &str) -> Result<i64> {
    let sql = "select count(*) as number from checkout where charge_id = $1 and provider = $2";
    Ok(session
        .first(sql, vec![charge_id.into(), provider.into()], |row| row.int("number"))
        .await?
        .unwrap_or(0))
}

/// The checkout with this key, made from `new` if there is none.
pub async fn claim(session: &mut Session, new: &Checkout, now: Timestamp) -> Result<Checkout> {
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
    let sql = format!("select {COLUMNS} from checkout c where c.idempotency_key = $1");
    let found = session.first(sql, vec![new.idempotency_key.as_str().into()], read).await?;
    Ok(found.expect("the row was inserted or was there"))
}

/// The provider's answer to a claimed checkout.
pub async fn open(
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
pub async fn list(session: &mut Session, payable: &Payable) -> Result<Vec<Checkout>> {
    let sql = format!(
        "select {COLUMNS} from checkout c join charge g on g.id = c.charge_id
      where g.payable_kind = $1 and g.payable_id = $2 order by c.created_at desc, c.id desc"
    );
    session.all(sql, payable::values(payable).into(), read).await
}

/// What the provider's page was opened for.
pub async fn find_reference(
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

fn read(row: &Row) -> Result<Checkout> {
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
