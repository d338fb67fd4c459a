//! The simulators as a client meets them, over real HTTP.

mod calendar_control_and_page;
mod calendar_echo;
mod calendar_faults;
mod calendar_feeds;
mod calendar_real_feed_shapes;
mod calendar_seeded_year;
mod call_faults;
mod mercadopago_notifications;
mod mercadopago_payments;
mod paypal_events;
mod paypal_orders_and_refunds;
mod paypal_request_ids_and_refusals;
mod signature_vectors;
mod sim_control_paths;
mod smallest_vendor;
mod smtp_emails_and_faults;
mod stripe_events;
mod stripe_idempotency_and_refusals;
mod stripe_sessions_and_refunds;
mod support;
mod webhook_faults;
mod whatsapp_messages;
mod whatsapp_refusals;
