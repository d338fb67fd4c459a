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

use self::circuit::Circuits;

/// Services that are left alone after a failure.
pub mod circuit;
/// Lines before the first event.
mod zero;

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
    pub ical_fetches: Family<OutcomeLabels, Counter>,
    pub ical_fetch_duration: Histogram,
    pub ical_held_back_nights: Gauge<i64>,
    pub ical_open_conflicts: Gauge<i64>,
    pub ical_exports: Family<OutcomeLabels, Counter>,
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
    pub rate_limit_requests_blocked: Family<LimitLabels, Counter>,
    pub rate_limit_redis_errors: Counter,
    pub idempotency_cache_hits: Counter,
    pub idempotency_cache_misses: Counter,
    pub idempotency_keys_created: Counter,
    pub idempotency_keys_expired: Counter,
    pub idempotency_errors: Family<ErrorLabels, Counter>,
    pub retry_attempts: Family<OperationLabels, Counter>,
    pub retry_success: Family<OperationLabels, Counter>,
    pub retry_exhausted: Family<OperationLabels, Counter>,
    pub conversation_state_get: Family<StateLabels, Counter>,
    pub conversation_state_set: Family<StateLabels, Counter>,
    pub circuits: Circuits,
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
pub struct LimitLabels {
    pub limit: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct ErrorLabels {
    pub error_type: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct OperationLabels {
    pub operation: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct StateLabels {
    pub status: &'static str,
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
            ical_fetches: Family::default(),
            ical_fetch_duration: seconds(),
            ical_held_back_nights: Gauge::default(),
            ical_open_conflicts: Gauge::default(),
            ical_exports: Family::default(),
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
            rate_limit_requests_blocked: Family::default(),
            rate_limit_redis_errors: Counter::default(),
            idempotency_cache_hits: Counter::default(),
            idempotency_cache_misses: Counter::default(),
            idempotency_keys_created: Counter::default(),
            idempotency_keys_expired: Counter::default(),
            idempotency_errors: Family::default(),
            retry_attempts: Family::default(),
            retry_success: Family::default(),
            retry_exhausted: Family::default(),
            conversation_state_get: Family::default(),
            conversation_state_set: Family::default(),
            circuits: Circuits::default(),
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
        self.register_calendars();
        let r = &mut self.registry;
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
        r.register(
            "rate_limit_requests_blocked",
            "Requests refused for coming too often",
            self.rate_limit_requests_blocked.clone(),
        );
        r.register(
            "rate_limit_redis_errors",
            "Requests that this process counted alone because Redis did not answer",
            self.rate_limit_redis_errors.clone(),
        );
        self.register_idempotency();
        self.register_retries();
        let r = &mut self.registry;
        r.register(
            "conversation_state_get",
            "Conversations looked up for a message",
            self.conversation_state_get.clone(),
        );
        r.register(
            "conversation_state_set",
            "Conversations written after a message",
            self.conversation_state_set.clone(),
        );
        self.circuits.register(r);
        zero::fill(self);
    }

    fn register_calendars(&mut self) {
        let r = &mut self.registry;
        r.register("ical_sync_errors", "Feed readings that failed", self.ical_sync_errors.clone());
        r.register("ical_events_imported", "Blocks put in by feeds", self.ical_events_imported.clone());
        r.register(
            "ical_fetches",
            "Feed readings by outcome; not_modified and same_body brought nothing new",
            self.ical_fetches.clone(),
        );
        r.register(
            "ical_fetch_duration_seconds",
            "Time until a calendar's server has answered",
            self.ical_fetch_duration.clone(),
        );
        r.register(
            "ical_held_back_nights",
            "Nights gone from a feed and still blocked",
            self.ical_held_back_nights.clone(),
        );
        r.register(
            "ical_open_conflicts",
            "Nights sold twice that wait for a person",
            self.ical_open_conflicts.clone(),
        );
        r.register("ical_exports", "Our calendars asked for, by outcome", self.ical_exports.clone());
    }

    fn register_idempotency(&mut self) {
        let r = &mut self.registry;
        r.register(
            "idempotency_cache_hits",
            "Answers given a second time",
            self.idempotency_cache_hits.clone(),
        );
        r.register(
            "idempotency_cache_misses",
            "Requests with a key that were carried out",
            self.idempotency_cache_misses.clone(),
        );
        r.register("idempotency_keys_created", "Answers kept", self.idempotency_keys_created.clone());
        r.register("idempotency_keys_expired", "Answers forgotten", self.idempotency_keys_expired.clone());
        r.register("idempotency_errors", "Keys that were refused", self.idempotency_errors.clone());
    }

    fn register_retries(&mut self) {
        let r = &mut self.registry;
        r.register("retry_attempts", "Attempts of a job that failed for now", self.retry_attempts.clone());
        r.register("retry_success", "Jobs that went well after a failure", self.retry_success.clone());
        r.register("retry_exhausted", "Jobs given up after many attempts", self.retry_exhausted.clone());
    }
}
