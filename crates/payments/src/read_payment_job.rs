//! What is to be read back at a provider. Many ask for it, so it lies below them; `read_back` does it.

use providers::payments::{About, DisputeEnd};
use serde::{Deserialize, Serialize};

/// Reads a payment back at its provider and applies what it says. The fields are named as rows of older versions have
/// them.
#[derive(Serialize, Deserialize)]
pub struct ReadPayment {
    pub provider: String,
    pub look: PaymentRef,
    /// The webhook event that asked for it.
    pub asked_by: Option<String>,
}

/// What to look at, by the provider's own ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentRef {
    Payment(String),
    /// A page: whatever was paid on it.
    Page(String),
    /// An order at PayPal that the payer has approved: the money moves when we say so.
    Order(String),
    /// A payment that a payer's bank asks about. PayPal shows that nowhere but in the notice.
    Dispute {
        payment_id: String,
        end: Option<DisputeEnd>,
    },
}

impl PaymentRef {
    /// None for what concerns no payment of ours.
    pub fn of(about: &About) -> Option<Self> {
        match about {
            About::Dispute { payment_id: Some(id), end, .. } => {
                Some(Self::Dispute { payment_id: id.clone(), end: *end })
            }
            About::CheckoutSession(id) => Some(Self::Page(id.clone())),
            About::Order(id) => Some(Self::Order(id.clone())),
            other => other.payment_id().map(|id| Self::Payment(id.to_owned())),
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Payment(id) | Self::Page(id) | Self::Order(id) => id,
            Self::Dispute { payment_id, .. } => payment_id,
        }
    }
}
