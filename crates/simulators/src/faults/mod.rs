//! What a simulator can be told to do wrong, on a call that it answers or on a webhook that it sends.

mod call;
mod payment;
mod webhook;

pub use call::{Call, CallFault, PlannedCallFault};
pub use payment::PaymentFaults;
pub use webhook::{PlannedWebhookFault, WebhookFault};

pub(crate) use call::CallFaults;
pub(crate) use webhook::WebhookFaults;
