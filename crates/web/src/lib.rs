//! Conserje over HTTP: an API for programs, webhooks for providers, pages for guests.

/// For programs: `/api/v1`.
mod api;
/// Who asks: staff, or a guest with a token.
mod auth;
/// From which address, and how often.
mod client_address;
/// For guests: their stay, and the way to pay.
mod guest;
/// A request that names itself is carried out once.
mod idempotency;
/// Bodies, parsed into types or refused with a sentence.
mod parse_request;
/// The one way in which something is refused (RFC 9457).
pub mod problem;
/// The query of an address, decoded.
mod query_string;
/// Pages from templates.
pub mod render_templates;
/// What every request passes through.
mod request_layers;
/// Which address leads where: read this first.
pub mod router;
/// Listening, with time-outs that the router cannot see, and stopping gently.
pub mod serve;
/// For providers: signed, stored, answered.
mod webhooks;

pub use api::reservation_ledger::LedgerOut;
pub use problem::Problem;
pub use router::{openapi, router, router_with, worker_router};
pub use serve::serve;

/// What the page of the API shows, for the test that renders every template.
pub fn docs_data() -> serde_json::Value {
    api::openapi_and_docs_page::data(&openapi())
}
