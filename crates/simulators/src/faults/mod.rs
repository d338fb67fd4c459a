//! What a simulator can be told to do wrong, on a call that it answers or on a webhook that it sends.

mod fault_queue;
mod http_answer;
mod payment_and_refund;
mod vendor_fault_queues;
mod webhook;

pub use fault_queue::Planned;
pub use http_answer::{Call, CallFault, PlannedCallFault};
pub use payment_and_refund::{PaymentFaults, RefundFault};
pub use vendor_fault_queues::FaultQueues;
pub use webhook::{PlannedWebhookFault, WebhookFault};

pub(crate) use fault_queue::FaultQueue;
pub(crate) use http_answer::CallFaults;
pub(crate) use webhook::WebhookFaults;
