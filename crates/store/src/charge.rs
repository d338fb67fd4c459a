//! Charges: what is due, for what, and whether it was asked for.

use domain::{
    charges_of_stay::{Due, Purpose},
    money::{Currency, Money},
    payable::Payable,
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

const CHARGE: &str = "id, payable_kind, payable_id, purpose, amount_minor, currency, due_at, asked_at, note";

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
