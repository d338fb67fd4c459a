//! The simulators as a client meets them, over real HTTP.

mod calendar_control;
mod calendar_echo;
mod calendar_faults;
mod calendar_feeds;
mod calendar_fixtures;
mod calendar_year;
mod call_faults;
mod control_paths;
mod mercadopago;
mod notifications;
mod paypal;
mod paypal_events;
mod paypal_limits;
mod signatures;
mod smallest_vendor;
mod smtp;
mod stripe;
mod stripe_events;
mod stripe_keys;
mod support;
mod webhook_faults;
mod whatsapp;
mod whatsapp_limits;
