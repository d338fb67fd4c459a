//! A payment as a vendor shows it when it is read back, or when an order is captured.
//!
//! Its amounts are exact decimal text beside their currency code, because they may be in a currency that this program
//! does not know, or have more decimals than they should.

use domain::money::{Currency, Money};
use jiff::Timestamp;

use super::notice::DisputeEnd;

/// A payment as read back at the vendor.
/// Its id names the vendor's object that money moves on: a payment at Mercado Pago, a PaymentIntent at Stripe, a
/// capture at PayPal.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentSeen {
    pub id: String,
    pub status: PaymentStatus,
    pub status_detail: Option<String>,
    /// `CheckoutRequest::reference`. One reference may own several payments.
    pub reference: Option<String>,
    /// Exact decimal text: `12.34`, `100`.
    pub amount_decimal: Option<String>,
    pub refunded_decimal: Option<String>,
    /// ISO 4217 code as the vendor wrote it.
    pub currency: Option<String>,
    /// Whose account the money went to.
    pub collector_id: Option<String>,
    /// `Some(false)` is play money.
    pub live_mode: Option<bool>,
    pub approved_at: Option<Timestamp>,
    /// `visa`, `pix`, `rapipago`…
    pub method: Option<String>,
}

/// How a dispute stands, as its vendor shows it apart from the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeSeen {
    Open,
    Over(DisputeEnd),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    Pending,
    /// Reserved on the card, not taken.
    Authorized,
    InProcess,
    /// The buyer disputes it.
    InMediation,
    Approved,
    /// The buyer may try again, which is a new payment of the same reference.
    Rejected,
    Cancelled,
    Refunded,
    ChargedBack,
    /// A word that we do not know counts as pending: no money in, nothing given up.
    Unknown(String),
}

/// What became of the capture of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Captured {
    /// The capture, new or from before, in whatever state: a capture may be pending or declined.
    Payment(Box<PaymentSeen>),
    /// The guest has not agreed on the vendor's page, or took it back.
    NotApproved,
    /// The guest's means of payment was refused; the page can be opened again for another one.
    Declined,
}

/// Mercado Pago's word, in `status_detail`, for money that a bank had taken and the seller has again.
pub(super) const REIMBURSED: &str = "reimbursed";

impl PaymentSeen {
    /// The amount, where currency and decimals are ones that this program knows. Else a person must look.
    pub fn amount(&self) -> Option<Money> {
        self.money(self.amount_decimal.as_deref()?)
    }

    /// What was given back so far; zero where the vendor says nothing.
    pub fn refunded(&self) -> Option<Money> {
        self.money(self.refunded_decimal.as_deref().unwrap_or("0"))
    }

    /// Whether the money is on its way for hours or days: a cash slip, a transfer, a review.
    ///
    /// Mercado Pago, "status_detail": `pending_waiting_payment`, `pending_waiting_transfer`. Stripe, `processing`.
    pub fn takes_days(&self) -> bool {
        let waits = self.status_detail.as_deref().is_some_and(|detail| detail.starts_with("pending_waiting"));
        match self.status {
            PaymentStatus::Pending => waits,
            PaymentStatus::InProcess => true,
            _ => false,
        }
    }

    /// Whether the vendor shows that a dispute about it was won.
    pub fn is_reimbursed(&self) -> bool {
        self.status == PaymentStatus::Approved && self.status_detail.as_deref() == Some(REIMBURSED)
    }

    /// Whether the vendor shows a dispute with its payment. PayPal does not: there, the notice says it.
    pub fn knows_disputes(&self) -> bool {
        self.method.as_deref() != Some("paypal")
    }

    fn money(&self, decimal: &str) -> Option<Money> {
        Money::parse(decimal, Currency::parse(self.currency.as_deref()?).ok()?).ok()
    }
}

impl PaymentStatus {
    /// The few states that decide about a stay.
    pub fn to_domain(&self) -> domain::payment::PaymentStatus {
        use domain::payment::PaymentStatus as Domain;
        match self {
            Self::Pending | Self::Authorized | Self::InProcess | Self::Unknown(_) => Domain::Pending,
            // The money came, or there would be nothing to dispute.
            Self::Approved | Self::InMediation => Domain::Approved,
            Self::Rejected | Self::Cancelled => Domain::Rejected,
            Self::Refunded => Domain::Refunded,
            Self::ChargedBack => Domain::ChargedBack,
        }
    }
}

/// Ids and states only: who paid stays out of logs.
impl std::fmt::Debug for PaymentSeen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaymentSeen")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
