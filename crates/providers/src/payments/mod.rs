//! Deposits: checkouts, payments read back, refunds, notifications.

/// The page where a guest pays.
mod checkout_page;

/// A payment as it is read back.
mod payment_seen;

/// Money on its way back.
mod refund;

/// What a notification points at.
mod notice;

/// What a refusal means, and what of its words may be logged.
mod refusal;

/// Ids as they may stand in a path.
mod path_id;

/// Mercado Pago.
pub mod mercadopago;

/// Stripe.
pub mod stripe;

/// PayPal.
pub mod paypal;

pub use checkout_page::{Checkout, CheckoutRequest, EndMoved, Expired};
pub use notice::{About, DisputeEnd, Notice, NoticeError};
pub use payment_seen::{Captured, DisputeSeen, PaymentSeen, PaymentStatus};
pub use refund::{Refund, RefundStatus};
pub use refusal::{is_already_refunded, is_disputed};

use domain::money::{Currency, Money};
use jiff::Timestamp;

use crate::http::CallError;

/// A vendor that takes money. `now` is the time of the call: pages and access tokens end by it.
#[derive(Clone, Debug)]
pub enum Payments {
    MercadoPago(mercadopago::Client),
    Stripe(stripe::Client),
    PayPal(paypal::Client),
}

impl Payments {
    /// The vendor in our tables, settings and addresses.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MercadoPago(_) => "mercadopago",
            Self::Stripe(_) => "stripe",
            Self::PayPal(_) => "paypal",
        }
    }

    /// Whether the vendor charges in this currency. An account may take fewer.
    pub fn takes(&self, currency: Currency) -> bool {
        match self {
            Self::MercadoPago(_) => mercadopago::CURRENCIES.contains(&currency.code()),
            // docs.stripe.com/currencies: every one that this program knows, except those of Cuba and Venezuela.
            Self::Stripe(_) => !["CUP", "VES"].contains(&currency.code()),
            Self::PayPal(_) => paypal::CURRENCIES.contains(&currency.code()),
        }
    }

    /// Opens a page where the guest pays. The same key gives the same page, so `Unknown` can be repeated.
    pub async fn create_checkout(
        &self,
        request: &CheckoutRequest,
        now: Timestamp,
    ) -> Result<Checkout, CallError> {
        match self {
            Self::MercadoPago(client) => client.create_checkout(request).await,
            Self::Stripe(client) => client.create_checkout(request, now).await,
            Self::PayPal(client) => client.create_checkout(request, now).await,
        }
    }

    /// Moves the end of a page along with its hold, where the vendor can.
    pub async fn update_checkout_expiry(
        &self,
        provider_id: &str,
        expires_at: Timestamp,
        idempotency_key: &str,
    ) -> Result<EndMoved, CallError> {
        match self {
            Self::MercadoPago(client) => {
                let moved = client.update_checkout_expiry(provider_id, expires_at, idempotency_key).await;
                moved.map(|()| EndMoved::Moved)
            }
            Self::Stripe(_) | Self::PayPal(_) => Ok(EndMoved::Fixed),
        }
    }

    /// Closes a page, so that a hold that has ended cannot be paid any more.
    pub async fn expire_checkout(
        &self,
        provider_id: &str,
        now: Timestamp,
        idempotency_key: &str,
    ) -> Result<Expired, CallError> {
        match self {
            Self::MercadoPago(client) => {
                let ended = client.update_checkout_expiry(provider_id, now, idempotency_key).await;
                ended.map(|()| Expired::Closed)
            }
            Self::Stripe(client) => client.expire_checkout(provider_id, idempotency_key).await,
            Self::PayPal(_) => Ok(Expired::NeedsNoClosing),
        }
    }

    /// The payment as the vendor's API shows it: the only truth about money. `None` where the vendor does not know
    /// it (yet: a notification can be faster than their own database).
    pub async fn find_payment(
        &self,
        payment_id: &str,
        now: Timestamp,
    ) -> Result<Option<PaymentSeen>, CallError> {
        match self {
            Self::MercadoPago(client) => client.find_payment(payment_id).await,
            Self::Stripe(client) => client.find_payment(payment_id).await,
            Self::PayPal(client) => client.find_payment(payment_id, now).await,
        }
    }

    /// The payment that was made on a page; `None` where nobody has paid there yet. At Mercado Pago a page may have
    /// several payments and names none of them: there, `search_payments`.
    pub async fn find_payment_of_checkout(
        &self,
        provider_id: &str,
        now: Timestamp,
    ) -> Result<Option<PaymentSeen>, CallError> {
        match self {
            Self::MercadoPago(_) => {
                Err(refusal::not_offered("a page of Mercado Pago does not name its payments"))
            }
            Self::Stripe(client) => client.find_payment_of_checkout(provider_id).await,
            Self::PayPal(client) => client.find_payment_of_checkout(provider_id, now).await,
        }
    }

    /// All payments of one reference, newest first: reconciliation when notifications were lost.
    ///
    /// `provider_ids` are the pages that we have opened for it. PayPal can be asked only by them; at Stripe they
    /// show what its search, which lags by a minute or more, does not know yet.
    pub async fn search_payments(
        &self,
        reference: &str,
        provider_ids: &[&str],
        now: Timestamp,
    ) -> Result<Vec<PaymentSeen>, CallError> {
        match self {
            Self::MercadoPago(client) => client.search_payments(reference).await,
            Self::Stripe(client) => client.search_payments(reference, provider_ids).await,
            Self::PayPal(client) => client.search_payments(reference, provider_ids, now).await,
        }
    }

    /// Takes the money of an order that the guest has approved: only at PayPal, where approval moves nothing.
    pub async fn capture_order(
        &self,
        order_id: &str,
        now: Timestamp,
        idempotency_key: &str,
    ) -> Result<Captured, CallError> {
        match self {
            Self::MercadoPago(_) | Self::Stripe(_) => {
                Err(refusal::not_offered("this vendor takes the money by itself"))
            }
            Self::PayPal(client) => client.capture_order(order_id, now, idempotency_key).await,
        }
    }

    /// Gives money back: `amount`, or all that is left of the payment. `is_already_refunded` tells the refusal that
    /// means that nothing is left.
    pub async fn refund(
        &self,
        payment_id: &str,
        amount: Option<Money>,
        now: Timestamp,
        idempotency_key: &str,
    ) -> Result<Refund, CallError> {
        match self {
            Self::MercadoPago(client) => client.refund(payment_id, amount, idempotency_key).await,
            Self::Stripe(client) => client.refund(payment_id, amount, idempotency_key).await,
            Self::PayPal(client) => client.refund(payment_id, amount, now, idempotency_key).await,
        }
    }

    /// The refunds of a payment: where to look after a refund whose outcome is unknown.
    pub async fn list_refunds(&self, payment_id: &str, now: Timestamp) -> Result<Vec<Refund>, CallError> {
        match self {
            Self::MercadoPago(client) => client.list_refunds(payment_id).await,
            Self::Stripe(client) => client.list_refunds(payment_id).await,
            Self::PayPal(client) => client.list_refunds(payment_id, now).await,
        }
    }

    /// How the dispute about a payment stands, where `find_payment` does not show it.
    pub async fn find_dispute(
        &self,
        payment_id: &str,
        now: Timestamp,
    ) -> Result<Option<DisputeSeen>, CallError> {
        match self {
            Self::MercadoPago(_) | Self::Stripe(_) => Ok(None),
            Self::PayPal(client) => client.find_dispute(payment_id, now).await,
        }
    }

    /// Withdraws a payment that is still pending, such as a cash slip of a hold that has ended. A page of Stripe is
    /// closed by `expire_checkout` instead, which withdraws its payment too.
    pub async fn cancel_payment(&self, payment_id: &str, idempotency_key: &str) -> Result<(), CallError> {
        match self {
            Self::MercadoPago(client) => client.cancel_payment(payment_id, idempotency_key).await,
            Self::Stripe(client) => client.cancel_payment(payment_id, idempotency_key).await,
            Self::PayPal(_) => Err(refusal::not_offered("a pending capture cannot be withdrawn")),
        }
    }
}
