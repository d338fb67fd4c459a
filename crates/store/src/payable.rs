//! What money is for, in two columns: `payable_kind` and `payable_id`.

use domain::payable::{Kind, Payable};

use crate::db::{Result, Row, Value};

pub fn values(payable: &Payable) -> [Value; 2] {
    [payable.kind.as_str().into(), payable.id.as_str().into()]
}

pub fn opt_values(payable: Option<&Payable>) -> [Value; 2] {
    let kind = payable.map(|payable| payable.kind.as_str().to_owned());
    [kind.into(), payable.map(|payable| payable.id.clone()).into()]
}

pub fn read(row: &Row) -> Result<Payable> {
    Ok(Payable::new(row.named("payable_kind", Kind::parse)?, row.text("payable_id")?))
}

pub fn read_opt(row: &Row) -> Result<Option<Payable>> {
    if row.opt_text("payable_id")?.is_none() {
        return Ok(None);
    }
    read(row).map(Some)
}
