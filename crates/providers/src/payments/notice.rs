//! What a vendor's notification points at. It is a hint that something changed, never a fact.

use serde::{Deserialize, Serialize};

/// A notification, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The vendor's id of the event, the same in every delivery of it.
    pub event_id: String,
    /// The vendor's word for what happened, such as `charge.refunded`.
    pub kind: String,
    pub about: About,
    /// `Some(false)` is play money; `None` where the vendor does not say.
    pub live_mode: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeEnd {
    ForBuyer,
    ForSeller,
}

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Payment(String),
    /// A page at Stripe: its payment is found by `Payments::find_payment_of_checkout`.
    CheckoutSession(String),
    /// An order at PayPal: money moves when `Payments::capture_order` is called.
    Order(String),
    /// A payment at PayPal.
    Capture(String),
    Refund {
        id: String,
        payment_id: Option<String>,
    },
    /// A buyer's bank asks for the money back, or has taken it.
    Dispute {
        id: String,
        payment_id: Option<String>,
        /// In whose favour it ended, where the notice says so.
        end: Option<DisputeEnd>,
    },
    /// Nothing that concerns a booking; the vendor's word for it.
    Ignored(String),
}

impl About {
    /// The payment to read back, where it is named.
    pub fn payment_id(&self) -> Option<&str> {
        match self {
            Self::Payment(id) | Self::Capture(id) => Some(id),
            Self::Refund { payment_id, .. } | Self::Dispute { payment_id, .. } => payment_id.as_deref(),
            Self::CheckoutSession(_) | Self::Order(_) | Self::Ignored(_) => None,
        }
    }
}

/// Why a body is no notification. Nothing of this comes from the vendor, so it need not be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    #[error("the notification is not a JSON object")]
    NotJson,
    #[error("the notification has another shape than the vendor's events")]
    NotAnEvent,
    #[error("the notification's id holds characters that no id of theirs has")]
    BadId,
}
