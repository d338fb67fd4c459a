//! What stays keep in the context.

use domain::{cancellation_policy::Policy, guest::Channel};
use jiff::SignedDuration;
use kernel::{App, metrics::Series};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
};

use crate::{
    accommodation_cache::Catalogue,
    settings::{Booking, Money},
};

pub struct Room {
    pub booking: Booking,
    pub money: Money,
    /// Agreed with every hold that is made from now on.
    pub policy: Policy,
    /// Asks guests for the balance who wrote long ago; None where the owner has none.
    pub template: Option<Template>,
    /// How often ended holds are tidied and guests reminded.
    pub expiration_interval: SignedDuration,
    pub catalogue: Catalogue,
    pub metrics: Metrics,
}

/// A message that lies with the channel's vendor, under the name that the vendor has approved.
#[derive(Clone, Debug)]
pub struct Template {
    pub name: String,
    /// As the vendor writes it: `es_AR`.
    pub language: String,
    pub locale: dialog::Locale,
}

pub struct Metrics {
    pub reservations_created: Family<ByChannel, Counter>,
    pub reservations_confirmed: Family<ByChannel, Counter>,
    pub reservations_date_overlap: Family<ByChannel, Counter>,
    pub reservations_lock_failed: Family<ByChannel, Counter>,
    pub prereservations_expired: Counter,
    pub prereservation_reminders_sent: Counter,
    pub prereservation_reminders_processed: Counter,
    pub prereservation_expiry_job_duration: Histogram,
    pub payment_time_to_paid: Histogram,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct ByChannel {
    pub channel: &'static str,
}

impl ByChannel {
    pub fn of(channel: Channel) -> Self {
        Self { channel: channel.as_str() }
    }
}

impl Metrics {
    pub(crate) fn new(series: &mut Series<'_>) -> Self {
        let mut by_channel = |name, help| series.counters(name, help, Channel::ALL.map(ByChannel::of));
        Self {
            reservations_created: by_channel("reservations_created", "Holds that were given"),
            reservations_confirmed: by_channel("reservations_confirmed", "Stays that were confirmed"),
            reservations_date_overlap: by_channel("reservations_date_overlap", "Holds refused: nights taken"),
            reservations_lock_failed: by_channel("reservations_lock_failed", "Holds refused: being booked"),
            prereservations_expired: series.counter("prereservations_expired", "Holds that ended unpaid"),
            prereservation_reminders_sent: series
                .counter("prereservation_reminders_sent", "Reminders written"),
            prereservation_reminders_processed: series
                .counter("prereservation_reminders_processed", "Holds looked at for a reminder"),
            prereservation_expiry_job_duration: series.histogram(
                "prereservation_expiry_job_duration_seconds",
                "Time to tidy up ended holds",
                kernel::metrics::seconds,
            ),
            payment_time_to_paid: series.histogram(
                "payment_time_to_paid_seconds",
                "From the hold to its confirmation by a payment",
                minutes_to_days,
            ),
        }
    }
}

/// From a minute to three days.
fn minutes_to_days() -> Histogram {
    Histogram::new(exponential_buckets(60.0, 2.0, 13))
}

pub fn room(app: &App) -> &Room {
    app.room()
}
