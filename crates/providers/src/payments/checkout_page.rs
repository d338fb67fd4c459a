//! The page of a vendor where a guest pays: how it is asked for, and what became of moving or closing it.

use domain::money::Money;
use jiff::Timestamp;

/// A page where a guest pays one deposit.
#[derive(Clone)]
pub struct CheckoutRequest {
    /// Our id of what is paid, at most 256 characters; comes back in every payment of this page.
    pub reference: String,
    /// What the guest reads above the amount.
    pub title: String,
    pub amount: Money,
    /// When the page and its cash slips stop taking money.
    pub expires_at: Timestamp,
    /// Until when ways to pay that take days may take money; None keeps them off the page.
    pub slow_until: Option<Timestamp>,
    pub idempotency_key: String,
    /// Where the guest's browser returns to. What it says there is never trusted.
    pub back_url: String,
    pub notification_url: Option<String>,
    pub payer_email: Option<String>,
}

/// A page that exists.
#[derive(Clone, PartialEq, Eq)]
pub struct Checkout {
    pub provider_id: String,
    /// For the guest.
    pub url: String,
    /// When the page really ends, which may be later than what was asked for. `None` where the vendor does not say.
    pub expires_at: Option<Timestamp>,
}

/// What became of the wish to move a page's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndMoved {
    Moved,
    /// This vendor's pages keep the end that they were born with. For a longer one, open another page; to close one
    /// early, `expire_checkout`.
    Fixed,
}

/// What became of the wish to close a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expired {
    /// It takes no more money, except what was on its way already.
    Closed,
    /// The guest was faster: read the payment back.
    AlreadyPaid { payment_id: Option<String> },
    /// There is nothing to close: money moves only when this program captures the order, so do not.
    NeedsNoClosing,
}

impl std::fmt::Debug for Checkout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checkout").field("provider_id", &self.provider_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CheckoutRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckoutRequest").field("reference", &self.reference).finish_non_exhaustive()
    }
}
