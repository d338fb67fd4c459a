//! The desk over real HTTP: real router, real database, simulated providers, a clock that moves by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

/// Accommodations and availability.
mod accommodations_and_availability;
/// Keys of programs.
mod api_keys;
/// What comes after the deposit: the balance, other dates, a no-show, penalties.
mod balance_and_penalties;
/// The balance of a guest who wrote months ago.
mod balance_by_whatsapp_template;
/// Nights that the host blocks by hand.
mod calendar_blocks;
/// Busy nights of other calendars that could be read as free.
mod calendar_busy_nights;
/// Closures over stays of ours.
mod calendar_closures;
/// Nights that another calendar has sold over ours.
mod calendar_conflicts;
/// Calendar texts handed in, and ours for others.
mod calendar_export_and_import;
/// Addresses of calendars as people paste them.
mod calendar_feed_addresses;
/// A server with one calendar.
mod calendar_host;
/// The addresses under which others read our calendars.
mod calendar_links;
/// Slack, Discord and Telegram as a test plays them.
mod chat_receivers;
/// Money that comes late, short, twice, or in another coin.
mod deposit_payments;
/// A desk with a server before it and providers beside it.
mod desk_harness;
/// Payments that the guest's bank asks about.
mod disputes;
/// Money that came when the nights were gone: equal nights are offered, taken, declined.
mod equal_nights;
/// The exercise of `docs/adding-a-page.md`.
mod exercise_adding_a_page;
/// What the older system got wrong, a test each (numbers of its list).
mod faults_of_older_systems;
/// When a calendar is read anew, and when it is stale.
mod feed_zone_and_staleness;
/// Calendars that are read again before anything becomes a booking.
mod feeds_read_before_booking;
/// Calendars that are fetched.
mod fetched_feeds;
/// Two cabins of one family, charged together.
mod group_charge;
/// What a guest lives through, from hola to confirmed.
mod guest_chat_journey;
/// Pages and documents.
mod guest_pages_and_documents;
/// Calendars that mean harm.
mod hostile_feeds;
/// Requests that come twice.
mod idempotency_keys;
/// What an older version left in the database.
mod jobs_of_older_versions;
/// PayPal orders that are approved when their hold has ended.
mod late_paypal_orders;
/// What nobody should send to the payment webhooks.
mod malformed_payment_webhooks;
/// Notices from Mercado Pago.
mod mercadopago_webhooks;
/// What is counted.
mod metrics;
/// Steps of the stories about a stay's money: a guest who holds, pays, and pays what is due.
mod money_steps;
/// Slack, Discord and Telegram: once when an incident begins, once when it is over.
mod notifications_by_chat;
/// The same by e-mail.
mod notifications_by_email;
/// Cash that staff take, with a receipt, and give back by hand.
mod offline_payments;
/// One request at a time to each host of calendars, whoever asks.
mod one_feed_request_per_host;
/// Sending: order, failures, the window.
mod outbox_sending;
mod platforms_that_only_close_nights;
/// How often, how many.
mod rate_and_hold_limits;
/// Recurring work.
mod recurring_jobs;
/// Money that goes back: by staff, twice the same, and one that fails later.
mod refunds;
/// The contract of reservations.
mod reservations_api;
/// A second chat channel, registered by a test.
mod second_chat_channel;
/// Two thousand stays out of a seed, with everything that can go wrong with money.
mod seeded_world;
/// The loop that serves.
mod serving_connections;
/// Simulated calendar platforms beside a desk.
mod simulated_platforms;
/// A deposit by a slow slip, in parts, or beyond the price.
mod slips_and_parts_of_a_deposit;
/// What each endpoint answers and each template shows, word by word.
mod snapshots;
/// Money by Stripe and by PayPal.
mod stripe_and_paypal_deposits;
/// Stripe and PayPal beside a desk.
mod stripe_and_paypal_tills;
/// For each template something to show.
mod template_samples;
/// Messages and statuses from WhatsApp.
mod whatsapp_webhooks;
/// Two platforms for a year.
mod year_on_two_platforms;
