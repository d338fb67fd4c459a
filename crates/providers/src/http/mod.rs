//! The one HTTP client, how a call can fail, and the guarded fetch of calendar feeds.
//!
//! Redirects are never followed by the client: an API that redirects is misconfigured, and a token must not travel.

/// Reading a body with a limit.
mod bounded_body;

/// One request and its answer, and what a failure means for who wants to try again.
mod call;

/// Fetching an iCal feed from an address that a person typed in.
pub mod fetch_feed;

/// Which addresses a feed may come from.
mod address_guard;

/// The `Retry-After` header.
mod retry_after;

/// One request to a host at a time.
mod host_queue;

use std::{sync::Once, time::Duration};

pub use address_guard::{Lookup, Names, Network};
pub use bounded_body::{BodyError, read_bounded};
pub use call::{Answer, CallError, Effect, exchange};
pub use retry_after::retry_after;

/// How long a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    pub connect: Duration,
    /// From the start of connecting until the last byte of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(15) }
    }
}

/// The client cannot be built; practically always a machine without CA certificates.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up TLS for outgoing calls; is the package ca-certificates installed?")]
pub struct ClientError(#[source] reqwest::Error);

/// The client that every vendor shares: connections are pooled, redirects and proxies are off.
pub fn client(timeouts: Timeouts) -> Result<reqwest::Client, ClientError> {
    builder(timeouts).build().map_err(ClientError)
}

/// The settings that every client has. Proxy variables of the environment are not read: an address that was
/// checked must be the address that is called.
fn builder(timeouts: Timeouts) -> reqwest::ClientBuilder {
    install_crypto();
    #[expect(clippy::disallowed_methods, reason = "this is the one home of the client")]
    reqwest::Client::builder()
        .user_agent(concat!("Conserje/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

/// Makes ring the TLS cryptography of the process, once.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that the program has chosen one already, which serves as well.
        let _chosen_already = rustls::crypto::ring::default_provider().install_default();
    });
}
