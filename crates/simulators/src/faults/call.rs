//! Faults of the answers to calls.

use std::{collections::VecDeque, sync::Mutex};

use serde::{Deserialize, Serialize};

use crate::sync::lock;

/// A call that a simulator answers, to aim a fault at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// WhatsApp: sending a message.
    SendMessage,
    /// WhatsApp: marking as read, with or without the typing indicator.
    MarkRead,
    /// WhatsApp: the address of a media file, and the file itself.
    Media,
    /// WhatsApp: what the number is called.
    PhoneNumber,
    /// Mercado Pago: `POST /checkout/preferences`.
    CreatePreference,
    /// Mercado Pago: `PUT /checkout/preferences/{id}`.
    UpdatePreference,
    /// Mercado Pago: reading or searching preferences.
    GetPreference,
    /// Mercado Pago: `GET /v1/payments/{id}`.
    GetPayment,
    /// Mercado Pago: `GET /v1/payments/search`.
    SearchPayments,
    /// Mercado Pago: `PUT /v1/payments/{id}`.
    UpdatePayment,
    /// Mercado Pago, Stripe, PayPal: giving money back.
    CreateRefund,
    /// Mercado Pago, Stripe, PayPal: reading refunds.
    GetRefund,
    /// Mercado Pago, Stripe: whose token it is.
    GetAccount,
    /// Stripe: `POST /v1/checkout/sessions`.
    CreateSession,
    /// Stripe: `GET /v1/checkout/sessions/{id}`.
    GetSession,
    /// Stripe: `GET /v1/checkout/sessions`.
    ListSessions,
    /// Stripe: `POST /v1/checkout/sessions/{id}/expire`.
    ExpireSession,
    /// Stripe: `GET /v1/payment_intents/{id}`.
    GetPaymentIntent,
    /// PayPal: `POST /v1/oauth2/token`.
    CreateToken,
    /// PayPal: `POST /v2/checkout/orders`.
    CreateOrder,
    /// PayPal: `GET /v2/checkout/orders/{id}`.
    GetOrder,
    /// PayPal: `POST /v2/checkout/orders/{id}/capture`.
    CaptureOrder,
    /// PayPal: `GET /v2/payments/captures/{id}`.
    GetCapture,
    /// PayPal: `GET /v1/reporting/transactions`.
    SearchTransactions,
    /// PayPal: `POST /v1/notifications/verify-webhook-signature`.
    VerifySignature,
    /// PayPal: `GET /v1/notifications/certs/{name}`.
    GetCertificate,
}

/// What goes wrong with the answer to one call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CallFault {
    /// Nothing: lets one call through, so that a later one can be hit.
    None,
    /// The vendor's error with this code; nothing is done. `code_as_string` is what some proxies make of it.
    Error {
        code: i64,
        #[serde(default)]
        http_status: Option<u16>,
        #[serde(default)]
        details: Option<String>,
        #[serde(default)]
        code_as_string: bool,
    },
    /// The vendor's error with this name, for those that have names instead of numbers; nothing is done.
    NamedError {
        name: String,
        #[serde(default)]
        http_status: Option<u16>,
        #[serde(default)]
        details: Option<String>,
    },
    /// 429, with a `Retry-After` header or without; nothing is done.
    RateLimited {
        #[serde(default)]
        retry_after_seconds: Option<u32>,
    },
    /// The vendor's own failure; nothing is done.
    ServerError {
        #[serde(default = "internal_error")]
        http_status: u16,
    },
    /// The call takes effect and its answer is lost on the way: the caller sees a 500.
    LostAnswer {
        #[serde(default = "internal_error")]
        http_status: u16,
    },
    /// The call takes effect; status and first half come at once, the rest after this long.
    SlowBody { delay_ms: u64 },
    /// The call takes effect; not even the status comes before this long.
    SlowAnswer { delay_ms: u64 },
    /// The call takes effect; the body ends in the middle.
    TruncatedJson,
    /// A page of a proxy or a login instead of JSON; nothing is done.
    Html {
        #[serde(default = "ok")]
        http_status: u16,
    },
    /// Status 200 with the vendor's error as body; nothing is done.
    ErrorInOk { code: i64 },
    /// Status 200 and no body; nothing is done.
    EmptyBody,
    /// The connection closes without an answer. `after_effect`: the call took effect first.
    DropConnection {
        #[serde(default)]
        after_effect: bool,
    },
}

/// A fault that waits for its call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedCallFault {
    /// Which call to hit; any when absent.
    #[serde(default)]
    pub on: Option<Call>,
    /// How many calls to hit.
    #[serde(default = "once")]
    pub times: u32,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: CallFault,
}

impl CallFault {
    /// Only for calls of this kind.
    pub fn on(self, call: Call) -> PlannedCallFault {
        PlannedCallFault { on: Some(call), times: 1, fault: self }
    }
}

impl From<CallFault> for PlannedCallFault {
    fn from(fault: CallFault) -> Self {
        Self { on: None, times: 1, fault }
    }
}

/// The faults that have not yet met their calls, oldest first.
#[derive(Default)]
pub(crate) struct CallFaults(Mutex<VecDeque<PlannedCallFault>>);

impl CallFaults {
    pub(crate) fn add(&self, planned: impl IntoIterator<Item = PlannedCallFault>) {
        lock(&self.0).extend(planned.into_iter().filter(|planned| planned.times > 0));
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    pub(crate) fn list(&self) -> Vec<PlannedCallFault> {
        lock(&self.0).iter().cloned().collect()
    }

    pub(crate) fn take(&self, call: Call) -> Option<CallFault> {
        let mut queue = lock(&self.0);
        let index = queue.iter().position(|planned| planned.on.is_none_or(|on| on == call))?;
        let planned = queue.get_mut(index)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        if planned.times == 0 {
            queue.remove(index);
        }
        Some(fault)
    }
}

fn once() -> u32 {
    1
}

fn ok() -> u16 {
    200
}

fn internal_error() -> u16 {
    500
}
