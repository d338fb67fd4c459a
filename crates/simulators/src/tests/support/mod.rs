//! What the tests of all simulators share: a desk that gets their webhooks, a clock, a client, simulators that are started.

mod movable_clock;
mod start_simulators;
mod vendor_client;
mod webhook_receiver;

pub(crate) use movable_clock::MovableClock;
pub(crate) use start_simulators::{
    CLIENT_ID, COLLECTOR_ID, PHONE_NUMBER_ID, SECRET, TOKEN, WEBHOOK_ID, calendars, listener, mercadopago,
    paypal, stripe, whatsapp,
};
pub(crate) use vendor_client::{Answer, Caller, GUEST};
pub(crate) use webhook_receiver::{Desk, Received};
