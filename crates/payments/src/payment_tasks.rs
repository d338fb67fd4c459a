//! Tasks for staff about payments, and what staff did about money.

use domain::{money::Money, payable::Payable, payment::Doubt, staff::Who, stay::Actor};
use jiff::Timestamp;
use kernel::{App, DbError, jobs::JobError, staff_tasks};
use serde_json::json;
use store::{audit, db::Session};

use crate::business::{Applied, Arrived};

/// What a staff task calls a payment.
pub fn subject_of(provider: &str, payment_id: &str) -> String {
    format!("payment:{provider}:{payment_id}")
}

/// Opens a task about a payment, once.
pub async fn open_task(
    app: &App,
    session: &mut Session,
    provider: &str,
    payment_id: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let subject = subject_of(provider, payment_id);
    if staff_tasks::open(app, session, &subject, reason, detail, now).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

/// Money that only a person can tell what to do with.
pub async fn wait_for_person(
    app: &App,
    session: &mut Session,
    arrived: &Arrived,
    doubt: Doubt,
    now: Timestamp,
) -> Result<Applied, JobError> {
    let detail = "an approved payment waits for a person";
    open_task(app, session, &arrived.provider, &arrived.id, doubt.as_str(), detail, now).await?;
    Ok(Applied::Waiting)
}

/// What staff did about the money of something.
pub fn audit_of(
    payable: &Payable,
    action: &'static str,
    amount: &Money,
    note: &Option<String>,
    who: Who,
) -> audit::Entry {
    audit::Entry {
        noun: payable.kind.as_str(),
        noun_id: payable.id.clone(),
        actor: Actor::Staff(who),
        action,
        before: None,
        after: Some(
            json!({ "amount": amount.to_string(), "currency": amount.currency.code(), "note": note }),
        ),
        cause: None,
    }
}
