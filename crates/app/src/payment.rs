//! Money: a page at a provider, claimed before the call; payments read back from the provider's own API; refunds,
//! written down before they are sent. A notification is only a reason to look.

use jiff::SignedDuration;
use providers::{http::CallError, payments::Payments};

use crate::{App, jobs::JobError};

/// What a payment means for its stay, in one transaction.
mod apply;
/// The providers' pages of a stay.
mod checkout;
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

pub use apply::apply;
pub use checkout::{checkout_url, close_checkouts, open_checkout, start_checkout};
pub use providers_of::providers;
pub use read_back::{Look, read_back};
pub use reconcile::{Reconciled, reconcile, run_reconciliation};
pub use refund::{refund_stay, send_refund};
pub use summary::{Summary, summary};

pub use store::{ledger::Line, payment::Payment, refund::Refund};

/// A payment can be told of before it can be read.
const NOT_THERE_YET: SignedDuration = SignedDuration::from_secs(5);

fn provider<'a>(app: &'a App, name: &str) -> Result<&'a Payments, JobError> {
    // Its settings may come back: nothing is given up.
    let gone = || JobError::Again(format!("the payment provider {name} is not configured"));
    app.provider(name).ok_or_else(gone)
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
