//! What is counted and measured. A room declares its metrics with [`Series`], which registers each and creates its
//! lines before the first event: what does not move can be alerted on only if it exists.

use std::{fmt::Debug, hash::Hash};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::{Family, MetricConstructor},
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use self::circuit_breakers::Circuits;

/// Services that are left alone after a failure.
pub mod circuit_breakers;

pub use self::labels::*;

/// Which lines a metric has. Values come from closed sets: no caller can make a new line.
mod labels;

/// Metrics of the kernel, and the registry of all.
pub struct Metrics {
    registry: Registry,
    pub webhooks: Family<WebhookLabels, Counter>,
    pub messages_sent: Family<OutcomeLabels, Counter>,
    pub jobs: Family<JobLabels, Counter>,
    pub http_requests: Family<HttpLabels, Counter>,
    pub http_request_duration: Family<RouteLabels, Histogram, fn() -> Histogram>,
    pub rate_limit_requests_blocked: Family<LimitLabels, Counter>,
    pub connections_refused: Family<LimitLabels, Counter>,
    pub rate_limit_redis_errors: Counter,
    pub idempotency_cache_hits: Counter,
    pub idempotency_cache_misses: Counter,
    pub idempotency_keys_created: Counter,
    pub idempotency_keys_expired: Counter,
    pub idempotency_errors: Family<ErrorLabels, Counter>,
    pub retry_attempts: Family<OperationLabels, Counter>,
    pub retry_success: Family<OperationLabels, Counter>,
    pub retry_exhausted: Family<OperationLabels, Counter>,
    pub circuits: Circuits,
}

/// Declares metrics: each constructor registers the metric and creates its lines.
pub struct Series<'a>(&'a mut Registry);

impl Series<'_> {
    /// The encoder adds `_total` to the name.
    pub fn counter(&mut self, name: &str, help: &str) -> Counter {
        let counter = Counter::default();
        self.0.register(name, help, counter.clone());
        counter
    }

    pub fn counters<L: Label>(
        &mut self,
        name: &str,
        help: &str,
        lines: impl IntoIterator<Item = L>,
    ) -> Family<L, Counter> {
        let family = Family::default();
        self.0.register(name, help, family.clone());
        for line in lines {
            drop(family.get_or_create(&line));
        }
        family
    }

    pub fn gauge(&mut self, name: &str, help: &str) -> Gauge<i64> {
        let gauge = Gauge::default();
        self.0.register(name, help, gauge.clone());
        gauge
    }

    pub fn histogram(&mut self, name: &str, help: &str, new: fn() -> Histogram) -> Histogram {
        let histogram = new.new_metric();
        self.0.register(name, help, histogram.clone());
        histogram
    }

    pub fn histograms<L: Label>(
        &mut self,
        name: &str,
        help: &str,
        new: fn() -> Histogram,
    ) -> Family<L, Histogram, fn() -> Histogram> {
        let family = Family::new_with_constructor(new);
        self.0.register(name, help, family.clone());
        family
    }
}

/// A set of labels.
pub trait Label: Clone + Debug + Hash + Eq + EncodeLabelSet + Send + Sync + 'static {}
impl<L: Clone + Debug + Hash + Eq + EncodeLabelSet + Send + Sync + 'static> Label for L {}

/// From a millisecond to eight seconds.
pub fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let mut series = Series(&mut registry);
        let limits = ["client", "contact", "calendar"].map(|limit| LimitLabels { limit });
        let outcomes = ["sent", "retry", "unknown", "failed", "dropped", "channel_stopped"]
            .map(|outcome| OutcomeLabels { outcome });
        let errors = ["key_reused", "key_busy"].map(|error_type| ErrorLabels { error_type });
        let redis_errors = "Requests that this process counted alone because Redis did not answer";
        Self {
            webhooks: series.counters("webhooks", "Webhook requests by source and verdict", []),
            messages_sent: series.counters("messages_sent", "Outgoing messages by outcome", outcomes),
            jobs: series.counters("jobs", "Jobs by outcome", []),
            http_requests: series.counters("http_requests", "Requests by route and status", []),
            http_request_duration: series.histograms(
                "http_request_duration_seconds",
                "Time to answer by route",
                seconds,
            ),
            rate_limit_requests_blocked: series.counters(
                "rate_limit_requests_blocked",
                "Requests refused for coming too often",
                limits,
            ),
            connections_refused: series.counters(
                "connections_refused",
                "Connections closed at once because too many are open",
                ["all", "address"].map(|limit| LimitLabels { limit }),
            ),
            rate_limit_redis_errors: series.counter("rate_limit_redis_errors", redis_errors),
            idempotency_cache_hits: series.counter("idempotency_cache_hits", "Answers given a second time"),
            idempotency_cache_misses: series
                .counter("idempotency_cache_misses", "Requests with a key that were carried out"),
            idempotency_keys_created: series.counter("idempotency_keys_created", "Answers kept"),
            idempotency_keys_expired: series.counter("idempotency_keys_expired", "Answers forgotten"),
            idempotency_errors: series.counters("idempotency_errors", "Keys that were refused", errors),
            retry_attempts: series.counters("retry_attempts", "Attempts of a job that failed for now", []),
            retry_success: series.counters("retry_success", "Jobs that went well after a failure", []),
            retry_exhausted: series.counters("retry_exhausted", "Jobs given up after many attempts", []),
            circuits: Circuits::registered(&mut registry),
            registry,
        }
    }
}

impl Metrics {
    /// The page that Prometheus reads.
    pub fn render(&self) -> String {
        let mut page = String::new();
        encode(&mut page, &self.registry).expect("writing into a String does not fail");
        page
    }

    pub(crate) fn series(&mut self) -> Series<'_> {
        Series(&mut self.registry)
    }

    /// Lines of the webhooks of one sender.
    pub fn init_webhooks(&self, source: &'static str) {
        for verdict in WEBHOOK_VERDICTS {
            drop(self.webhooks.get_or_create(&WebhookLabels { source, verdict }));
        }
    }

    /// Lines of every kind of job that there is.
    pub(crate) fn init_jobs(&self, kinds: impl Iterator<Item = &'static str>) {
        for kind in kinds {
            for outcome in ["done", "retry", "dead"] {
                drop(self.jobs.get_or_create(&JobLabels { kind, outcome }));
            }
            for family in [&self.retry_attempts, &self.retry_success, &self.retry_exhausted] {
                drop(family.get_or_create(&OperationLabels { operation: kind }));
            }
        }
    }
}
