//! What a simulator can be told to do wrong, on a call that it answers or on a webhook that it sends.

mod call;
mod payment;
mod planned;
mod queues;
mod webhook;

pub use call::{Call, CallFault, PlannedCallFault};
pub use payment::{PaymentFaults, RefundFault};
pub use planned::Planned;
pub use queues::FaultQueues;
pub use webhook::{PlannedWebhookFault, WebhookFault};

pub(crate) use call::CallFaults;
pub(crate) use planned::FaultQueue;
pub(crate) use webhook::WebhookFaults;
