//! The clients over real HTTP, and the payloads of third parties.

/// A server that answers as it is told.
mod scripted_server;

/// The shared client and how calls fail.
mod http_call;

/// Calendar feeds.
mod fetch_feed;

/// WhatsApp against scripted answers.
mod whatsapp_client;

/// Mercado Pago against scripted answers.
mod mercadopago_client;

/// Stripe against scripted answers.
mod stripe_client;

/// PayPal against scripted answers.
mod paypal_client;

/// PayPal's webhooks: certificates fetched, and the API asked.
mod paypal_webhook_check;

/// The folder with recorded payloads of third parties, where it is at hand.
mod recordings_folder;

/// WhatsApp's.
mod whatsapp_recordings;

/// Mercado Pago's.
mod mercadopago_recordings;

/// Stripe's.
mod stripe_recordings;

/// PayPal's, with a real signature.
mod paypal_recordings;

/// Those of Standard Webhooks.
mod standard_webhooks_vectors;

/// WhatsApp against the simulator.
mod whatsapp_client_on_simulator;

/// Mercado Pago against the simulator.
mod mercadopago_client_on_simulator;

/// Letters against the simulated mail server.
mod smtp_client;
