//! Deposits: a page at the provider, claimed before the call, and money read back from the provider's own API.
//! A notification is only a reason to look.

use jiff::SignedDuration;
use providers::http::CallError;

use crate::jobs::JobError;

/// What a payment means for its stay, in one transaction.
mod apply;
/// The provider's page for a deposit.
mod checkout;
/// Looking a payment up at the provider.
mod read_back;

pub use apply::apply;
pub use checkout::{checkout_url, open_checkout};
pub use read_back::read_back;

const PROVIDER: &str = "mercadopago";
/// A payment can be told of before it can be read.
const NOT_THERE_YET: SignedDuration = SignedDuration::from_secs(5);

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
