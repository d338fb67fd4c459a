//! Calls to a provider: which one, under which key, and what a failed call means for its job.

use jiff::SignedDuration;
use kernel::{App, jobs::JobError};
use providers::{http::CallError, payments::Payments};
use store::queue::Claim;

/// So often a call is repeated under one key.
const SAME_KEY_ATTEMPTS: i64 = 3;
/// A payment can be told of before it can be read.
pub const NOT_THERE_YET: SignedDuration = SignedDuration::from_secs(5);

/// The provider with this name; its settings may come back, so a job that needs it is not given up.
pub fn provider_or_retry<'a>(app: &'a App, name: &str) -> Result<&'a Payments, JobError> {
    let gone = || JobError::Retry(format!("the payment provider {name} is not configured"));
    crate::provider(app, name).ok_or_else(gone)
}

/// The same key again answers what did take effect. But a provider may also keep an answer that says nothing: Stripe
/// repeats a 500 under its key for a day. So later attempts, which have looked before, ask anew.
pub fn key_of(key: &str, claim: &Claim) -> String {
    if claim.attempts <= SAME_KEY_ATTEMPTS { key.to_owned() } else { format!("{key}:{}", claim.attempts) }
}

pub fn call_failed(error: CallError) -> JobError {
    match error {
        CallError::Refused { .. } => JobError::Fail(error.to_string()),
        // Credentials that are not accepted may be mended by a person meanwhile: nothing is given up.
        CallError::Denied { .. } => {
            tracing::error!(%error, "the payment provider does not accept our credentials: a person must act");
            JobError::retry_after(SignedDuration::from_mins(1), error.to_string())
        }
        CallError::Retry { after: Some(after), .. } => {
            let after = SignedDuration::try_from(after).unwrap_or(NOT_THERE_YET);
            JobError::retry_after(after, error.to_string())
        }
        // The same idempotency key is sent again, so that what did take effect is answered and not repeated.
        CallError::Retry { .. } | CallError::Unknown { .. } => JobError::Retry(error.to_string()),
    }
}
