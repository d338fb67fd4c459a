//! Faults of the answers to calls.

use serde::{Deserialize, Serialize};

use super::fault_queue::{FaultQueue, Planned};

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
pub type PlannedCallFault = Planned<Call, CallFault>;

pub(crate) type CallFaults = FaultQueue<Call, CallFault>;

impl CallFault {
    /// Only for calls of this kind.
    pub fn on(self, call: Call) -> PlannedCallFault {
        Planned::on(self, call)
    }
}

fn ok() -> u16 {
    200
}

fn internal_error() -> u16 {
    500
}
