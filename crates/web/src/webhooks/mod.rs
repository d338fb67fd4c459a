//! For providers: the signature over the raw bytes, a durable row, an answer. Work is done later.

/// Mercado Pago: "look at this payment".
pub mod mercadopago;
/// WhatsApp: messages and statuses.
pub mod whatsapp;

use app::{App, inbox::AcceptError, metrics::WebhookLabels};

use crate::problem::Problem;

fn count(app: &App, source: &'static str, verdict: &'static str) {
    app.metrics.webhooks.get_or_create(&WebhookLabels { source, verdict }).inc();
}

/// Not stored is not accepted: the provider will come again.
fn not_stored(error: AcceptError) -> Problem {
    match error {
        AcceptError::Database(error) => error.into(),
        AcceptError::NotDone(_) => Problem::unavailable(),
    }
}
