use serde::{Deserialize, Serialize};

/// What goes wrong with one webhook. The oldest planned fault meets the next webhook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WebhookFault {
    /// Nothing: lets one webhook through, so that a later one can be hit.
    None,
    /// Comes again, byte for byte, though it was accepted.
    Duplicate {
        #[serde(default = "one")]
        copies: u32,
    },
    /// Waits until another webhook has gone out, at most this long.
    Reorder {
        #[serde(default = "reorder_wait_ms")]
        at_most_ms: u64,
    },
    /// Goes out this late; others overtake it.
    Delay { delay_ms: u64 },
    /// Signed with a secret that nobody has, once and without retries: a forgery.
    WrongSignature,
    /// Without the signature header, once and without retries.
    NoSignature,
    /// Never goes out.
    Drop,
    /// From this webhook on, signs with this secret.
    RotateSecret { secret: String },
}

fn one() -> u32 {
    1
}

fn reorder_wait_ms() -> u64 {
    300
}
