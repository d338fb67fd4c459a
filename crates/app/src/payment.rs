//! Money: a page at a provider, claimed before the call; payments read back from the provider's own API; refunds,
//! written down before they are sent. A notification is only a reason to look.

use domain::{
    money::Money,
    stay::{Actor, Stay},
};
use jiff::{SignedDuration, Timestamp};
use providers::{http::CallError, payments::Payments};
use serde_json::json;
use store::{
    audit,
    db::{DbError, Session},
    queue::Claim,
};

use crate::{App, attention, jobs::JobError};

/// A payment as its provider shows it, written down and posted.
mod apply;
/// What money that arrived is used for.
mod arrived;
/// Asking for what is due.
mod asking;
/// Cash and bank transfers.
mod by_hand;
/// What stays owe.
mod charges;
/// The providers' pages of a stay.
mod checkout;
/// Payments that a guest's bank asks about.
mod dispute;
/// Money that came after its hold had ended.
mod late;
/// Which providers there are.
mod providers_of;
/// Looking a payment up at the provider.
mod read_back;
/// Payments whose notification was lost.
mod reconcile;
/// Money back to the guest.
mod refund;
/// What was received for a stay and what went back.
mod summary;

pub use apply::{Shown, apply};
pub use asking::ask_for_charges;
pub use by_hand::{
    Hand, HandError, Receipt, Taken, find_receipt, list_receipts, receipt_url, returned_by_hand,
    take_by_hand_in,
};
pub use charges::{add_penalty_in, next_due};
pub use checkout::{checkout_url, close_checkouts, open_checkout, start_checkout};
pub use late::{accept_offer, is_offer};
pub use providers_of::providers;
pub use read_back::{Look, read_back};
pub use reconcile::{Reconciled, reconcile, run_reconciliation};
pub use refund::{is_by_bank, refund_by_staff, refund_stay, send_refund};
pub use summary::{Summary, summary};

pub use store::{charge::Charge, ledger::Line, payment::Payment, refund::Refund};

pub(crate) use arrived::{received, received_for_price};
pub(crate) use asking::ask_host_instead;
pub(crate) use charges::follow_price;
pub(crate) use late::{end_offer, is_offer_in, is_open_offer};

/// So often a call is repeated under one key.
const SAME_KEY_ATTEMPTS: i64 = 3;
/// A payment can be told of before it can be read.
const NOT_THERE_YET: SignedDuration = SignedDuration::from_secs(5);

fn provider<'a>(app: &'a App, name: &str) -> Result<&'a Payments, JobError> {
    // Its settings may come back: nothing is given up.
    let gone = || JobError::Again(format!("the payment provider {name} is not configured"));
    app.provider(name).ok_or_else(gone)
}

/// The same key again answers what did take effect. But a provider may also keep an answer that says nothing: Stripe
/// repeats a 500 under its key for a day. So later attempts, which have looked before, ask anew.
fn key_of(key: &str, claim: &Claim) -> String {
    if claim.attempts <= SAME_KEY_ATTEMPTS { key.to_owned() } else { format!("{key}:{}", claim.attempts) }
}

fn call_failed(error: CallError) -> JobError {
    match error {
        CallError::Refused { .. } => JobError::Fail(error.to_string()),
        // Credentials that are not accepted may be mended by a person meanwhile: nothing is given up.
        CallError::Denied { .. } => {
            tracing::error!(%error, "the payment provider does not accept our credentials: a person must act");
            JobError::wait(SignedDuration::from_mins(1), error.to_string())
        }
        CallError::Retry { after: Some(after), .. } => {
            JobError::wait(SignedDuration::try_from(after).unwrap_or(NOT_THERE_YET), error.to_string())
        }
        // The same idempotency key is sent again, so that what did take effect is answered and not repeated.
        CallError::Retry { .. } | CallError::Unknown { .. } => JobError::Again(error.to_string()),
    }
}

/// What an item for a person calls a payment.
fn about(provider: &str, payment_id: &str) -> String {
    format!("payment:{provider}:{payment_id}")
}

/// Lists a payment for a person, once.
async fn raise(
    app: &App,
    session: &mut Session,
    provider: &str,
    payment_id: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    if attention::raise(app, session, &about(provider, payment_id), reason, detail, now).await? {
        tracing::error!(payment = payment_id, reason, "a payment waits for a person");
    }
    Ok(())
}

/// What staff did about the money of a stay.
fn audit_of(stay: &Stay, action: &'static str, amount: &Money, note: &Option<String>) -> audit::Entry {
    audit::Entry {
        noun: "stay",
        noun_id: stay.terms().id.as_str().to_owned(),
        actor: Actor::Staff,
        action,
        before: None,
        after: Some(
            json!({ "amount": amount.to_string(), "currency": amount.currency.code(), "note": note }),
        ),
    }
}
