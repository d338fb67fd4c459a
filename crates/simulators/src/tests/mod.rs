/// A small desk that receives webhooks, a clock that can be moved, a client.
mod support;

/// Vectors of the vendors' signatures.
mod signatures;

/// WhatsApp: sending, receiving, statuses, media.
mod whatsapp;

/// WhatsApp: what is refused.
mod whatsapp_limits;

/// Mercado Pago: preferences, the checkout page, payments, refunds.
mod mercadopago;

/// Mercado Pago: how notifications look.
mod notifications;

/// Stripe: sessions, the checkout page, payments, refunds.
mod stripe;

/// Stripe: events, their signatures and what is read after them.
mod stripe_events;

/// Stripe: keys that come again, and what is refused.
mod stripe_keys;

/// PayPal: tokens, orders, the approval page, captures, refunds.
mod paypal;

/// PayPal: events, their signatures, the transaction search.
mod paypal_events;

/// PayPal: request ids that come again, and what is refused.
mod paypal_limits;

/// Calls that go wrong.
mod call_faults;

/// Webhooks that go wrong.
mod webhook_faults;

/// The paths under `/sim`.
mod control_paths;

/// Calendars: the platforms' feeds.
mod calendar_feeds;

/// Calendars: the shapes of real feeds.
mod calendar_fixtures;

/// Calendars: platforms that read one another.
mod calendar_echo;

/// Calendars: readings that go wrong.
mod calendar_faults;

/// Calendars: a planned year.
mod calendar_year;

/// Calendars: the paths under `/control` and the page.
mod calendar_control;

/// Mail: letters, signing in, what goes wrong.
mod smtp;
