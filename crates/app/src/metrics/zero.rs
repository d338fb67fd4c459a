//! Lines that are there before anything has happened: what does not move can be alerted on only if it exists.

use domain::{charge::Purpose, guest::Channel, payment::PaymentStatus};

use super::{
    ByChannel, ErrorLabels, JobLabels, LimitLabels, Metrics, NluLabels, OperationLabels, OutcomeLabels,
    PaymentLabels, RefundLabels, StateLabels, WebhookLabels,
};
use crate::{jobs::Job, payment::Hand};

const PROVIDERS: [&str; 3] = ["mercadopago", "stripe", "paypal"];

pub(super) fn fill(metrics: &Metrics) {
    for channel in Channel::ALL {
        for family in [
            &metrics.reservations_created,
            &metrics.reservations_confirmed,
            &metrics.reservations_date_overlap,
            &metrics.reservations_lock_failed,
        ] {
            drop(family.get_or_create(&ByChannel::of(channel)));
        }
    }
    for action in ["pre_reserved", "error"] {
        drop(metrics.nlu_pre_reserve.get_or_create(&NluLabels { action, source: "whatsapp" }));
    }
    for verdict in [
        "accepted",
        "duplicate",
        "bad_signature",
        "not_json",
        "not_understood",
        "ignored",
        "too_large",
        "broken_off",
    ] {
        for source in PROVIDERS.into_iter().chain(["whatsapp"]) {
            drop(metrics.webhooks.get_or_create(&WebhookLabels { source, verdict }));
        }
    }
    for outcome in ["sent", "retry", "unknown", "failed", "dropped", "channel_stopped"] {
        drop(metrics.messages_sent.get_or_create(&OutcomeLabels { outcome }));
    }
    for outcome in ["read", "same_body", "not_modified", "failed"] {
        drop(metrics.ical_fetches.get_or_create(&OutcomeLabels { outcome }));
    }
    for outcome in ["full", "not_modified", "refused"] {
        drop(metrics.ical_exports.get_or_create(&OutcomeLabels { outcome }));
    }
    for provider in PROVIDERS {
        let states = PaymentStatus::ALL.into_iter().map(PaymentStatus::as_str);
        for outcome in states {
            drop(metrics.payments.get_or_create(&PaymentLabels::of(provider, Purpose::Deposit, outcome)));
        }
        for outcome in ["done", "refused"] {
            drop(metrics.refunds.get_or_create(&RefundLabels { provider, outcome }));
        }
    }
    for hand in Hand::ALL.map(Hand::as_str) {
        let labels = PaymentLabels::of(hand, Purpose::Deposit, PaymentStatus::Approved.as_str());
        drop(metrics.payments.get_or_create(&labels));
    }
    for kind in Job::KINDS {
        for outcome in ["done", "retry", "dead"] {
            drop(metrics.jobs.get_or_create(&JobLabels { kind, outcome }));
        }
        for family in [&metrics.retry_attempts, &metrics.retry_success, &metrics.retry_exhausted] {
            drop(family.get_or_create(&OperationLabels { operation: kind }));
        }
    }
    for error_type in ["key_reused", "key_busy"] {
        drop(metrics.idempotency_errors.get_or_create(&ErrorLabels { error_type }));
    }
    for status in ["found", "not_found"] {
        drop(metrics.conversation_state_get.get_or_create(&StateLabels { status }));
    }
    drop(metrics.conversation_state_set.get_or_create(&StateLabels { status: "success" }));
    for limit in ["client", "contact", "calendar"] {
        drop(metrics.rate_limit_requests_blocked.get_or_create(&LimitLabels { limit }));
    }
}
