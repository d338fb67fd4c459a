//! A payment at Mercado Pago, its states and its refunds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::mercadopago::{Amount, PaymentFault, preference::Preference};

/// One try of a buyer to pay.
#[derive(Clone)]
pub(crate) struct Payment {
    pub(crate) id: u64,
    pub(crate) preference_id: String,
    pub(crate) order_id: u64,
    pub(crate) status: PaymentStatus,
    pub(crate) status_detail: String,
    pub(crate) amount: Amount,
    pub(crate) currency_id: String,
    pub(crate) external_reference: Option<String>,
    pub(crate) collector_id: u64,
    pub(crate) live_mode: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) approved_at: Option<Timestamp>,
    pub(crate) updated_at: Timestamp,
    /// Until when a pending payment can be paid in cash.
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) refunds: Vec<Refund>,
    /// So many reads still find nothing.
    pub(crate) hidden_for_gets: u32,
    /// No notifications.
    pub(crate) silent: bool,
    /// Out of the preference.
    pub(crate) notification_url: Option<String>,
    pub(crate) items: Value,
    pub(crate) metadata: Value,
    pub(crate) payer_email: Option<String>,
}

/// Money given back.
#[derive(Clone)]
pub(crate) struct Refund {
    pub(crate) id: u64,
    pub(crate) amount: Amount,
    pub(crate) created_at: Timestamp,
}

/// The states of a payment (Mercado Pago's reference of payments).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Waiting for the buyer.
    Pending,
    /// The money is in.
    Approved,
    /// Reserved on a card.
    Authorized,
    /// Under review.
    InProcess,
    /// A dispute is open.
    InMediation,
    /// Refused; the buyer may try again, which is another payment.
    Rejected,
    /// Given up by somebody, or expired.
    Cancelled,
    /// All given back.
    Refunded,
    /// Taken back by the card's bank.
    ChargedBack,
    /// Something that nobody has heard of.
    #[serde(untagged)]
    Other(String),
}

impl PaymentStatus {
    /// As on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Authorized => "authorized",
            Self::InProcess => "in_process",
            Self::InMediation => "in_mediation",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::ChargedBack => "charged_back",
            Self::Other(name) => name,
        }
    }

    fn usual_detail(&self) -> &'static str {
        match self {
            Self::Pending => "pending_waiting_payment",
            Self::Approved => "accredited",
            Self::Authorized => "pending_capture",
            Self::InProcess => "pending_review_manual",
            Self::Rejected => "cc_rejected_insufficient_amount",
            Self::Cancelled => "by_collector",
            Self::Refunded => "refunded",
            Self::ChargedBack => "settled",
            Self::InMediation | Self::Other(_) => "pending",
        }
    }
}

impl Payment {
    /// A payment of what the preference asks, unless the fault says otherwise. It has no state yet: see [`Self::enter`].
    pub(crate) fn new(
        id: u64,
        preference: &Preference,
        collector_id: u64,
        live_mode: bool,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            preference_id: preference.id.clone(),
            order_id: preference.order_id,
            status: PaymentStatus::Pending,
            status_detail: String::new(),
            amount: preference.total(),
            currency_id: preference.currency(),
            external_reference: preference.text("external_reference").map(str::to_owned),
            collector_id,
            live_mode,
            created_at: now,
            approved_at: None,
            updated_at: now,
            expires_at: None,
            refunds: Vec::new(),
            hidden_for_gets: 0,
            silent: false,
            notification_url: preference.text("notification_url").map(str::to_owned),
            items: preference.value["items"].clone(),
            metadata: preference.value["metadata"].clone(),
            payer_email: preference.value["payer"]["email"]
                .as_str()
                .filter(|email| !email.is_empty())
                .map(str::to_owned),
        }
    }

    /// Makes the payment wrong in the planned way.
    pub(crate) fn corrupt(&mut self, fault: PaymentFault) {
        self.hidden_for_gets = fault.hidden_for_gets;
        self.silent = fault.silent;
        self.collector_id = fault.collector_id.unwrap_or(self.collector_id);
        self.live_mode = fault.live_mode.unwrap_or(self.live_mode);
        self.currency_id = fault.currency_id.unwrap_or_else(|| self.currency_id.clone());
        self.amount = fault.amount.unwrap_or(self.amount);
        if fault.external_reference.is_some() {
            self.external_reference = fault.external_reference;
        }
    }

    /// Goes into a state, with its usual detail unless another is given.
    pub(crate) fn enter(&mut self, status: PaymentStatus, detail: Option<String>, now: Timestamp) {
        if status == PaymentStatus::Approved && self.approved_at.is_none() {
            self.approved_at = Some(now);
        }
        self.status_detail = detail.unwrap_or_else(|| status.usual_detail().to_owned());
        self.status = status;
        self.updated_at = now;
    }

    /// Gives money back; the whole when nothing is left of it.
    pub(crate) fn refund(&mut self, id: u64, amount: Amount, now: Timestamp) {
        self.refunds.push(Refund { id, amount, created_at: now });
        if self.refunded() >= self.amount {
            self.enter(PaymentStatus::Refunded, None, now);
        } else {
            self.enter(PaymentStatus::Approved, Some("partially_refunded".to_owned()), now);
        }
    }

    /// What has been given back in all.
    pub(crate) fn refunded(&self) -> Amount {
        self.refunds.iter().fold(Amount::default(), |total, refund| total.plus(refund.amount))
    }

    /// Card or cash, as Mercado Pago names them.
    pub(crate) fn method(&self) -> (&'static str, &'static str) {
        if self.expires_at.is_some() { ("rapipago", "ticket") } else { ("visa", "credit_card") }
    }
}
