//! Deposits: checkouts, payments read back, refunds, notifications.

/// Mercado Pago.
pub mod mercadopago;

/// The words that all payment vendors share.
mod types;

pub use types::{Checkout, CheckoutRequest, PaymentSeen, PaymentStatus, Refund, RefundStatus};

use domain::money::Money;
use jiff::Timestamp;

use crate::http::CallError;

/// A vendor that takes money.
#[derive(Clone, Debug)]
pub enum Payments {
    MercadoPago(mercadopago::Client),
}

impl Payments {
    /// Opens a page where the guest pays. The same key gives the same page, so `Unknown` can be repeated.
    pub async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, CallError> {
        match self {
            Self::MercadoPago(client) => client.create_checkout(request).await,
        }
    }

    /// Moves the end of a page: a longer hold, or now, so that a lapsed hold cannot be paid any more.
    pub async fn update_checkout_expiry(
        &self,
        provider_id: &str,
        expires_at: Timestamp,
        idempotency_key: &str,
    ) -> Result<(), CallError> {
        match self {
            Self::MercadoPago(client) => {
                client.update_checkout_expiry(provider_id, expires_at, idempotency_key).await
            }
        }
    }

    /// The payment as the vendor's API shows it: the only truth about money. `None` where the vendor does not know
    /// it (yet: a notification can be faster than their own database).
    pub async fn find_payment(&self, payment_id: &str) -> Result<Option<PaymentSeen>, CallError> {
        match self {
            Self::MercadoPago(client) => client.find_payment(payment_id).await,
        }
    }

    /// All payments of one reference, newest first: reconciliation when notifications were lost.
    pub async fn search_payments(&self, reference: &str) -> Result<Vec<PaymentSeen>, CallError> {
        match self {
            Self::MercadoPago(client) => client.search_payments(reference).await,
        }
    }

    /// Gives money back: `amount`, or all that is left of the payment.
    pub async fn refund(
        &self,
        payment_id: &str,
        amount: Option<Money>,
        idempotency_key: &str,
    ) -> Result<Refund, CallError> {
        match self {
            Self::MercadoPago(client) => client.refund(payment_id, amount, idempotency_key).await,
        }
    }

    /// The refunds of a payment: where to look after a refund whose outcome is unknown.
    pub async fn list_refunds(&self, payment_id: &str) -> Result<Vec<Refund>, CallError> {
        match self {
            Self::MercadoPago(client) => client.list_refunds(payment_id).await,
        }
    }

    /// Withdraws a payment that is still pending, such as a cash slip of a hold that has ended.
    pub async fn cancel_payment(&self, payment_id: &str, idempotency_key: &str) -> Result<(), CallError> {
        match self {
            Self::MercadoPago(client) => client.cancel_payment(payment_id, idempotency_key).await,
        }
    }
}
