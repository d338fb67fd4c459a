//! The clients over real HTTP, and the payloads of third parties.

/// A server that answers as it is told.
mod server;

/// The shared client and how calls fail.
mod calls;

/// Calendar feeds.
mod feeds;

/// WhatsApp against scripted answers.
mod whatsapp;

/// Mercado Pago against scripted answers.
mod mercadopago;

/// Stripe against scripted answers.
mod stripe;

/// PayPal against scripted answers.
mod paypal;

/// PayPal's webhooks: certificates fetched, and the API asked.
mod paypal_webhooks;

/// Payloads of third parties, where their folder is at hand.
mod fixtures;

/// Mercado Pago's, besides notifications and signatures.
mod fixtures_mercadopago;

/// Stripe's.
mod fixtures_stripe;

/// PayPal's, with a real signature.
mod fixtures_paypal;

/// Those of Standard Webhooks.
mod fixtures_standard_webhooks;

/// WhatsApp against the simulator.
mod sim_whatsapp;

/// Mercado Pago against the simulator.
mod sim_mercadopago;

/// Letters against the simulated mail server.
mod mail;
