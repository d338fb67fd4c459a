//! What is counted and measured. The names are those that operators of the older system know.

use domain::{charge::Purpose, guest::Channel};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

pub struct Metrics {
    registry: Registry,
    pub reservations_created: Family<ByChannel, Counter>,
    pub reservations_confirmed: Family<ByChannel, Counter>,
    pub reservations_date_overlap: Family<ByChannel, Counter>,
    pub reservations_lock_failed: Family<ByChannel, Counter>,
    pub prereservations_expired: Counter,
    pub prereservation_reminders_sent: Counter,
    pub prereservation_reminders_processed: Counter,
    pub prereservation_expiry_job_duration: Histogram,
    pub ical_last_sync_age_minutes: Gauge<i64>,
    pub ical_sync_errors: Counter,
    pub ical_events_imported: Counter,
    pub nlu_pre_reserve: Family<NluLabels, Counter>,
    pub webhooks: Family<WebhookLabels, Counter>,
    pub messages_sent: Family<OutcomeLabels, Counter>,
    pub payments: Family<PaymentLabels, Counter>,
    pub payment_time_to_paid: Histogram,
    pub refunds: Family<RefundLabels, Counter>,
    pub refunds_pending: Gauge<i64>,
    pub jobs: Family<JobLabels, Counter>,
    pub http_requests: Family<HttpLabels, Counter>,
    pub http_request_duration: Histogram,
    pub rate_limited: Counter,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct ByChannel {
    pub channel: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct NluLabels {
    pub action: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct WebhookLabels {
    pub source: &'static str,
    pub verdict: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct OutcomeLabels {
    pub outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PaymentLabels {
    pub provider: &'static str,
    pub purpose: &'static str,
    pub outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RefundLabels {
    pub provider: &'static str,
    pub outcome: &'static str,
}

impl PaymentLabels {
    pub fn of(provider: &'static str, purpose: Purpose, outcome: &'static str) -> Self {
        Self { provider, purpose: purpose.as_str(), outcome }
    }
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct JobLabels {
    pub kind: &'static str,
    pub outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct HttpLabels {
    pub method: String,
    /// The route's pattern, never the path: paths hold codes.
    pub route: String,
    pub status: u16,
}

impl ByChannel {
    pub fn of(channel: Channel) -> Self {
        Self { channel: channel.as_str() }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds = || Histogram::new(exponential_buckets(0.001, 2.0, 14));
        let mut metrics = Self {
            registry: Registry::default(),
            reservations_created: Family::default(),
            reservations_confirmed: Family::default(),
            reservations_date_overlap: Family::default(),
            reservations_lock_failed: Family::default(),
            prereservations_expired: Counter::default(),
            prereservation_reminders_sent: Counter::default(),
            prereservation_reminders_processed: Counter::default(),
            prereservation_expiry_job_duration: seconds(),
            ical_last_sync_age_minutes: Gauge::default(),
            ical_sync_errors: Counter::default(),
            ical_events_imported: Counter::default(),
            nlu_pre_reserve: Family::default(),
            webhooks: Family::default(),
            messages_sent: Family::default(),
            payments: Family::default(),
            // From a minute to three days.
            payment_time_to_paid: Histogram::new(exponential_buckets(60.0, 2.0, 13)),
            refunds: Family::default(),
            refunds_pending: Gauge::default(),
            jobs: Family::default(),
            http_requests: Family::default(),
            http_request_duration: seconds(),
            rate_limited: Counter::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    /// The page that Prometheus reads.
    pub fn render(&self) -> String {
        let mut page = String::new();
        encode(&mut page, &self.registry).expect("writing into a String does not fail");
        page
    }

    fn register(&mut self) {
        let r = &mut self.registry;
        // The encoder adds `_total` to the name of a counter.
        r.register("reservations_created", "Holds that were given", self.reservations_created.clone());
        r.register(
            "reservations_confirmed",
            "Stays that were confirmed",
            self.reservations_confirmed.clone(),
        );
        r.register(
            "reservations_date_overlap",
            "Holds refused: nights taken",
            self.reservations_date_overlap.clone(),
        );
        r.register(
            "reservations_lock_failed",
            "Holds refused: being booked",
            self.reservations_lock_failed.clone(),
        );
        r.register(
            "prereservations_expired",
            "Holds that ended unpaid",
            self.prereservations_expired.clone(),
        );
        r.register(
            "prereservation_reminders_sent",
            "Reminders written",
            self.prereservation_reminders_sent.clone(),
        );
        r.register(
            "prereservation_reminders_processed",
            "Holds looked at for a reminder",
            self.prereservation_reminders_processed.clone(),
        );
        r.register(
            "prereservation_expiry_job_duration_seconds",
            "Time to tidy up ended holds",
            self.prereservation_expiry_job_duration.clone(),
        );
        r.register(
            "ical_last_sync_age_minutes",
            "Age of the oldest last good reading of a feed",
            self.ical_last_sync_age_minutes.clone(),
        );
        r.register("ical_sync_errors", "Feed readings that failed", self.ical_sync_errors.clone());
        r.register("ical_events_imported", "Blocks put in by feeds", self.ical_events_imported.clone());
        r.register("nlu_pre_reserve", "What the dialogue did about a hold", self.nlu_pre_reserve.clone());
        r.register("webhooks", "Webhooks by verdict", self.webhooks.clone());
        r.register("messages_sent", "Outgoing messages by outcome", self.messages_sent.clone());
        r.register("payments", "Payments by provider, purpose and outcome", self.payments.clone());
        r.register(
            "payment_time_to_paid_seconds",
            "From the hold to its confirmation by a payment",
            self.payment_time_to_paid.clone(),
        );
        r.register("refunds", "Refunds by provider and outcome", self.refunds.clone());
        r.register(
            "refunds_pending",
            "Refunds that are written down and not done, by hand too",
            self.refunds_pending.clone(),
        );
        r.register("jobs", "Jobs by outcome", self.jobs.clone());
        r.register("http_requests", "Requests by route and status", self.http_requests.clone());
        r.register("http_request_duration_seconds", "Time to answer", self.http_request_duration.clone());
        r.register("rate_limited", "Requests refused for coming too often", self.rate_limited.clone());
        for provider in ["mercadopago", "stripe", "paypal", "cash", "bank"] {
            drop(self.payments.get_or_create(&PaymentLabels::of(provider, Purpose::Deposit, "approved")));
            drop(self.refunds.get_or_create(&RefundLabels { provider, outcome: "done" }));
        }
        // A counter that exists from the start can be alerted on when it does not move.
        for channel in Channel::ALL {
            for family in [
                &self.reservations_created,
                &self.reservations_confirmed,
                &self.reservations_date_overlap,
                &self.reservations_lock_failed,
            ] {
                drop(family.get_or_create(&ByChannel::of(channel)));
            }
        }
    }
}
