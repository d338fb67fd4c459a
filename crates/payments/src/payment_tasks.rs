//! Tasks for staff about payments, and what staff did about money.

use domain::{actor::Actor, money::Money, payable::Payable, payment::Doubt};
use kernel::{DbError, Tx, jobs::JobError};
use serde_json::json;
use store::audit;

use crate::business::{Applied, Arrived};

/// What a staff task calls a payment.
pub fn subject_of(provider: &str, payment_id: &str) -> String {
    format!("payment:{provider}:{payment_id}")
}

/// Opens a task about a payment, once.
pub async fn open_task(
    tx: &mut Tx<'_>,
    provider: &str,
    payment_id: &str,
    reason: &str,
    detail: &str,
) -> Result<(), DbError> {
    let subject = subject_of(provider, payment_id);
    if tx.open_task(&subject, reason, detail).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

/// Money that only a person can tell what to do with.
pub async fn wait_for_person(tx: &mut Tx<'_>, arrived: &Arrived, doubt: Doubt) -> Result<Applied, JobError> {
    let detail = "an approved payment waits for a person";
    open_task(tx, &arrived.provider, &arrived.id, doubt.as_str(), detail).await?;
    Ok(Applied::Waiting)
}

/// What somebody did about the money of something, for the audit trail.
pub fn audit_of(
    payable: &Payable,
    action: &'static str,
    amount: &Money,
    note: &Option<String>,
    actor: Actor,
) -> audit::Entry {
    audit::Entry {
        noun: payable.kind.as_str(),
        noun_id: payable.id.clone(),
        actor,
        action,
        before: None,
        after: Some(
            json!({ "amount": amount.to_string(), "currency": amount.currency.code(), "note": note }),
        ),
        cause: None,
    }
}
