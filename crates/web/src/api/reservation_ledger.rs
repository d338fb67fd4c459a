//! The money of a reservation: what was paid, what went back, and every posting.

use std::sync::Arc;

use axum::{
    Json as Answer,
    extract::{Path, State},
};
use domain::{ids::StayCode, stay::Stay};
use jiff::Timestamp;
use kernel::App;
use serde::Serialize;
use stays::money;
use stays::money::Summary;
use stays::stay;
use stays::stay::StayError;
use utoipa::ToSchema;

use crate::{auth::Staff, problem::Result};

#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerOut {
    pub code: String,
    pub currency: String,
    pub total_price: String,
    pub deposit_amount: String,
    /// Received, without what was given back or is on its way back.
    pub paid: String,
    /// On its way back, and not shown by the provider yet.
    pub refunds_pending: String,
    /// What is still to be paid: of the total for a stay that lives, of penalties for one that has ended.
    pub due: String,
    pub charges: Vec<ChargeOut>,
    pub payments: Vec<PaymentOut>,
    pub refunds: Vec<RefundOut>,
    pub lines: Vec<LineOut>,
}

/// What the reservation owes for one purpose.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChargeOut {
    /// deposit, balance, extra or penalty.
    #[schema(example = "balance")]
    pub purpose: &'static str,
    pub amount: String,
    pub currency: String,
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// When the guest was asked for it by message.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub asked_at: Option<Timestamp>,
    pub note: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentOut {
    /// mercadopago, stripe, paypal, cash or bank.
    pub provider: String,
    pub provider_payment_id: String,
    /// What it was asked for.
    #[schema(example = "deposit")]
    pub purpose: &'static str,
    #[schema(example = "approved")]
    pub status: &'static str,
    pub amount: String,
    pub refunded: String,
    pub currency: String,
    /// confirmed, retaken, short, credit, returned, offered or waiting; absent until it was decided.
    pub applied: Option<String>,
    /// open, won or lost, where the guest's bank disputes it.
    pub dispute: Option<&'static str>,
    pub note: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RefundOut {
    pub id: String,
    pub provider: String,
    pub provider_payment_id: String,
    pub amount: String,
    pub currency: String,
    pub reason: String,
    /// due, sent, done, failed, or by_bank: the guest's bank has returned it.
    pub status: &'static str,
}

/// Positive: the guest got money back; negative: the guest gave it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[schema(example = "payment")]
    pub movement: &'static str,
    pub provider: String,
    pub external_id: String,
    pub amount: String,
    pub currency: String,
}

/// Shows the money of a reservation.
#[utoipa::path(get, path = "/api/v1/reservations/{code}/ledger", tag = "payments",
    params(("code" = String, Path)), security(("staff" = [])), responses((status = 200, body = LedgerOut)))]
pub async fn get_ledger(
    State(app): State<Arc<App>>,
    _staff: Staff,
    Path(code): Path<String>,
) -> Result<Answer<LedgerOut>> {
    let code = StayCode::parse(&code).ok_or(StayError::NotFound)?;
    let stay = stay::find(&app, &code).await?.ok_or(StayError::NotFound)?;
    let summary = money::summary(&app, &stay).await?;
    Ok(Answer(LedgerOut::of(&stay, summary)))
}

impl LedgerOut {
    pub fn of(stay: &Stay, summary: Summary) -> Self {
        let terms = stay.terms();
        Self {
            code: terms.code.to_string(),
            currency: terms.total.currency.to_string(),
            total_price: terms.total.to_string(),
            deposit_amount: terms.deposit.to_string(),
            paid: summary.kept.to_string(),
            refunds_pending: summary.on_its_way.to_string(),
            due: summary.due.to_string(),
            charges: summary.charges.into_iter().map(ChargeOut::of).collect(),
            payments: summary.payments.into_iter().map(PaymentOut::of).collect(),
            refunds: summary.refunds.into_iter().map(RefundOut::of).collect(),
            lines: summary.lines.into_iter().map(LineOut::of).collect(),
        }
    }
}

impl ChargeOut {
    pub fn of(charge: payments::Charge) -> Self {
        Self {
            purpose: charge.purpose.as_str(),
            amount: charge.amount.to_string(),
            currency: charge.amount.currency.to_string(),
            due_at: charge.due_at,
            asked_at: charge.asked_at,
            note: charge.note,
        }
    }
}

impl PaymentOut {
    pub fn of(payment: payments::Payment) -> Self {
        Self {
            purpose: payment.purpose.as_str(),
            dispute: payment.dispute.map(|dispute| dispute.as_str()),
            note: payment.note,
            status: payment.status.as_str(),
            amount: payment.amount.to_string(),
            refunded: payment.refunded.to_string(),
            currency: payment.amount.currency.to_string(),
            provider: payment.provider,
            provider_payment_id: payment.provider_payment_id,
            applied: payment.applied,
        }
    }
}

impl RefundOut {
    pub fn of(refund: payments::Refund) -> Self {
        Self {
            status: if payments::is_by_bank(&refund) { "by_bank" } else { refund.status.as_str() },
            id: refund.id,
            amount: refund.amount.to_string(),
            currency: refund.amount.currency.to_string(),
            provider: refund.provider,
            provider_payment_id: refund.provider_payment_id,
            reason: refund.reason,
        }
    }
}

impl LineOut {
    fn of(line: payments::Line) -> Self {
        Self {
            at: line.at,
            movement: line.movement.as_str(),
            amount: line.amount.to_string(),
            currency: line.amount.currency.to_string(),
            provider: line.provider,
            external_id: line.external_id,
        }
    }
}
