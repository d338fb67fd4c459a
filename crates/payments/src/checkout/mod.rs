//! The providers' pages: one per charge, amount and provider, claimed in our table before the provider is called.

/// Closing pages.
mod close;
/// Opening a page, or moving its end.
mod open;
/// The jobs that open and close pages.
mod page_jobs;
/// The address of a page that is open.
mod start_or_find_page;

pub use page_jobs::{CloseCheckouts, OpenCheckout};
pub use start_or_find_page::{checkout_url, start_checkout};
