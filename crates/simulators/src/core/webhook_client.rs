//! The HTTP client that webhooks leave through.

use reqwest::redirect::Policy;

/// A client for webhooks: no redirects (a vendor counts a 3xx as a failure) and no proxy (the program is on loopback).
#[expect(
    clippy::disallowed_methods,
    reason = "the simulators stand outside the product and have their own client"
)]
pub(crate) fn build() -> reqwest::Result<reqwest::Client> {
    // Another part of the process may have chosen a provider already; then this one is not needed.
    let _already_chosen = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(Policy::none()).no_proxy().tcp_nodelay(true).build()
}
