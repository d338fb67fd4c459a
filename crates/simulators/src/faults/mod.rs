/// Faults of the answers to calls.
mod call;

/// Faults of the webhooks that are sent.
mod webhook;

/// Faults of payments and refunds.
mod payment;

pub use call::{Call, CallFault, PlannedCallFault};
pub use payment::PaymentFaults;
pub use webhook::{PlannedWebhookFault, WebhookFault};

pub(crate) use call::CallFaults;
pub(crate) use webhook::WebhookFaults;
