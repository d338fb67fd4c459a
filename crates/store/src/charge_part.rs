//! The parts of a charge that covers several payables.

use domain::{
    charges_of_stay::Purpose,
    money::{Currency, Money},
    payable::{Kind, Payable},
};

use crate::{
    db::{Result, Row, Session, insert_many},
    payable,
};

/// What one charge asks for one of its payables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargePart {
    pub payable: Payable,
    pub purpose: Purpose,
    pub amount: Money,
}

/// Writes the parts of a charge, in the order in which money covers them.
pub async fn create(session: &mut Session, charge_id: &str, parts: &[ChargePart]) -> Result<()> {
    let columns = ["charge_id", "number", "payable_kind", "payable_id", "purpose", "amount_minor"];
    let values = (1_i64..).zip(parts).flat_map(|(number, part)| {
        let [kind, id] = payable::values(&part.payable);
        let purpose = part.purpose.as_str().into();
        [charge_id.into(), number.into(), kind, id, purpose, part.amount.minor.into()]
    });
    session.execute(insert_many("charge_part", &columns, parts.len()), values.collect()).await?;
    Ok(())
}

/// The parts of a charge in their order; none where it is for one payable.
pub async fn list(session: &mut Session, charge_id: &str) -> Result<Vec<ChargePart>> {
    let sql = "select p.payable_kind, p.payable_id, p.purpose, p.amount_minor, c.currency
      from charge_part p join charge c on c.id = p.charge_id where p.charge_id = $1 order by p.number";
    session.all(sql, vec![charge_id.into()], read).await
}

/// The groups that something is charged with, oldest first.
pub async fn list_groups(session: &mut Session, part: &Payable) -> Result<Vec<Payable>> {
    let sql = "select c.payable_id from charge c where c.payable_kind = 'group' and exists (
        select 1 from charge_part p where p.charge_id = c.id and p.payable_kind = $1 and p.payable_id = $2)
      order by c.created_at, c.id";
    let read = |row: &Row| Ok(Payable::new(Kind::Group, row.text("payable_id")?));
    session.all(sql, payable::values(part).into(), read).await
}

fn read(row: &Row) -> Result<ChargePart> {
    let currency = row.named("currency", |code| Currency::parse(code).ok())?;
    Ok(ChargePart {
        payable: payable::read(row)?,
        purpose: row.named("purpose", Purpose::parse)?,
        amount: Money::new(row.int("amount_minor")?, currency),
    })
}
