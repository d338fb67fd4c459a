//! What each error code of WhatsApp means for the outbox.
//!
//! Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. Many public tables swap codes
//! (131047 is the closed window, not a rate; 131056 is the pair rate, not a template).

use std::time::Duration;

use crate::chat::{Pace, SendError};

/// The advice for a code, in an answer or in a `failed` status. `after` is the wait the server asked for.
/// `None` for a code that the table does not know.
pub fn verdict(code: u32, after: Option<Duration>) -> Option<SendError> {
    let verdict = match code {
        // Token invalid or expired; permission missing or withdrawn.
        0 | 190 | 3 | 10 | 200..=299 => SendError::StopChannel { code: Some(code) },
        // Restricted or locked account; unpaid account; bad certificate; display name; number not registered.
        368 | 131_031 | 131_042 | 131_045 | 131_037 | 133_010 => SendError::StopChannel { code: Some(code) },
        // Rate of the app or of the business account; too many messages that people call spam.
        4 | 80_007 | 131_048 => SendError::SlowDown { code, after },
        // Throughput of the number; faults of theirs; maintenance of the account.
        130_429 | 1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 => {
            SendError::Retry { after, pace: Pace::Soon }
        }
        131_056 => SendError::Retry { after, pace: Pace::Pair },
        131_047 => SendError::WindowClosed,
        // Sender and recipient are the same number.
        131_021 => SendError::Drop { code },
        // Not on WhatsApp or cannot receive; not delivered by Meta's choice; experiment; stopped marketing; country.
        131_026 | 131_049 | 130_472 | 131_050 | 130_497 => SendError::Undeliverable { code },
        // This kind of message cannot go to a business-scoped user id.
        131_062 => SendError::Undeliverable { code },
        // Our mistakes: wrong id or parameter, access, missing, invalid; recipient not in the test list.
        33 | 100 | 131_005 | 131_008 | 131_009 | 131_030 => SendError::DeadLetter { code: Some(code) },
        // Message or media of a kind they do not take.
        131_051..=131_053 => SendError::DeadLetter { code: Some(code) },
        // Templates: count, missing, too long, policy, value, format, paused, disabled.
        132_000..=132_999 => SendError::DeadLetter { code: Some(code) },
        _ => return None,
    };
    Some(verdict)
}

/// The advice for an answer whose code, if any, the table does not know.
pub fn verdict_of_status(status: u16, code: Option<u32>, after: Option<Duration>) -> SendError {
    match status {
        // A redirect, too, means that base URL or credentials are wrong, for every message alike.
        300..=399 | 401 | 403 => SendError::StopChannel { code },
        408 | 425 | 429 | 503 => SendError::Retry { after, pace: Pace::Soon },
        // With a code, they say themselves that it failed. Without one, a gateway may have lost the answer to a
        // message that was accepted.
        500.. if code.is_some() => SendError::Retry { after, pace: Pace::Soon },
        500.. => SendError::Unknown,
        // An accepted message would have an id: nothing else can be said.
        200..300 if code.is_none() => SendError::Unknown,
        _ => SendError::DeadLetter { code },
    }
}

#[cfg(test)]
mod tests;
