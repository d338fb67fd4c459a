//! Looking a payment up at the provider.

use store::queue::Claim;

use super::{NOT_THERE_YET, PROVIDER, apply, call_failed};
use crate::{
    App, attention,
    jobs::{Done, JobError, finish},
};

/// After so many looks a payment that nobody knows is no payment.
const MAX_LOOKS: i64 = 8;

/// Reads a payment back at the provider and applies what it says.
pub async fn read_back(
    app: &App,
    claim: &Claim,
    payment_id: &str,
    asked_by: Option<&str>,
) -> Result<Done, JobError> {
    let Some(provider) = &app.payments else {
        return Err(JobError::fail("no payment provider is configured"));
    };
    let now = app.now();
    let seen = provider.find_payment(payment_id, now).await.map_err(call_failed)?;
    let mut session = app.begin().await?;
    match seen {
        Some(seen) => apply(app, &mut session, &seen, now).await?,
        None if claim.attempts < MAX_LOOKS => {
            return Err(JobError::wait(
                NOT_THERE_YET * i32::try_from(claim.attempts).unwrap_or(1),
                "the payment cannot be read yet",
            ));
        }
        None => {
            let detail = "a notice named a payment that cannot be read";
            let subject = format!("payment:{PROVIDER}:{payment_id}");
            attention::raise(app, &mut session, &subject, "payment_not_found", detail, now).await?;
        }
    }
    if let Some(inbox_id) = asked_by {
        store::inbox::mark_handled(&mut session, &[inbox_id], "read back", now).await?;
    }
    finish(app, session, claim).await
}
