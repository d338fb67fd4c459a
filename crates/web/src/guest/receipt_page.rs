//! A receipt for an offline payment, to look at and to print.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Html,
};
use kernel::App;
use serde::Serialize;
use stays::money;

use super::by_token;
use crate::{
    problem::{Problem, Result},
    render_templates,
};

#[derive(Serialize)]
pub struct ReceiptPage {
    pub number: i64,
    pub property: String,
    /// Of the guest, as they gave it.
    pub name: String,
    pub code: String,
    pub amount: String,
    pub currency: String,
    /// `cash` or `bank`.
    pub method: String,
    /// The words of staff.
    pub note: Option<String>,
    /// Local time at the property.
    pub at: String,
}

pub async fn show_receipt(
    State(app): State<Arc<App>>,
    Path((token, number)): Path<(String, i64)>,
) -> Result<Html<String>> {
    let stay = by_token(&app, &token).await?;
    let receipt = money::find_receipt(&app, &stay, number).await?;
    let receipt = receipt.ok_or_else(|| Problem::not_found("there is no such receipt"))?;
    let at = app.property.zone.time_zone().to_datetime(receipt.at);
    let paid = receipt.payment;
    let page = ReceiptPage {
        number: receipt.number,
        property: app.property.name.clone(),
        name: stay.terms().contact.name.clone(),
        code: stay.terms().code.to_string(),
        amount: paid.amount.to_string(),
        currency: paid.amount.currency.to_string(),
        method: paid.provider,
        note: paid.note,
        at: at.strftime("%Y-%m-%d %H:%M").to_string(),
    };
    Ok(render_templates::render(&app, "receipt.html", page))
}
