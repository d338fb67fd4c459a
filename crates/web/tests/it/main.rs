//! The desk over real HTTP: real router, real database, simulated providers, a clock that moves by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where it stopped")]

/// Accommodations and availability.
mod accommodations;
/// The same by e-mail.
mod alert_mail;
/// What the host hears at once.
mod alerts;
/// Calendars that mean harm.
mod bad_feeds;
/// What nobody should send to the payment webhooks.
mod bad_money;
/// The balance of a guest who wrote months ago.
mod balance_template;
/// Calendars that are read again before anything becomes a booking.
mod before_booking;
/// The addresses under which others read our calendars.
mod calendar_links;
/// Two platforms for a year.
mod calendar_year;
/// Money by Stripe and by PayPal.
mod checkouts;
mod closures;
/// A desk with a server before it and providers beside it.
mod desk;
/// Payments that the guest's bank asks about.
mod disputes;
/// What the older system got wrong, a test each (numbers of its list).
mod faults;
/// Calendars that are fetched.
mod feeds;
/// Two cabins of one family, charged together.
mod group_charge;
/// One request at a time to each host of calendars, whoever asks.
mod host_queue;
/// Calendar texts handed in, and ours for others.
mod ical;
/// Requests that come twice.
mod idempotency;
/// Keys of programs.
mod keys;
/// PayPal orders that are approved when their hold has ended.
mod late_orders;
/// How often, how many.
mod limits;
/// Notices from Mercado Pago.
mod mercadopago;
/// What is counted.
mod metrics;
/// What comes after the deposit.
mod money;
/// Sending: order, failures, the window.
mod outbox;
/// Pages and documents.
mod pages;
/// What a guest lives through, from hola to confirmed.
mod path;
/// Money that comes late, short, twice, or in another coin.
mod payments;
/// Simulated calendar platforms beside a desk.
mod platforms;
/// The contract of reservations.
mod reservations;
/// For each template something to show.
mod samples;
/// A second chat channel, registered by a test.
mod second_channel;
/// The loop that serves.
mod serve;
/// What each endpoint answers and each template shows, word by word.
mod snapshots;
/// Nights that another calendar has sold over ours.
mod sold_twice;
/// Stripe and PayPal beside a desk.
mod till;
/// What an older version left in the database.
mod updates;
/// Recurring work.
mod upkeep;
/// Messages and statuses from WhatsApp.
mod whatsapp;
/// Two thousand stays out of a seed, with everything that can go wrong with money.
mod world;
