//! What is counted, under the names that operators of the older system know.

use app::config::Config;
use serde_json::json;

use crate::desk_harness::{Desk, PHONE, hold_body};

/// A counter that appears only with its first event cannot be alerted on when that event comes.
#[tokio::test]
async fn every_counter_has_a_line_before_anything_has_happened() {
    let desk = Desk::start(store::db::Engine::Sqlite, |_| {}).await;
    let page = desk.get("/metrics").await.text;
    let counters = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.strip_suffix(" counter"));
    let counters: Vec<&str> = counters.collect();
    assert!(counters.len() > 20, "{counters:?}");
    for counter in counters {
        let name = format!("{counter}_total");
        let line =
            |line: &&str| line.starts_with(&format!("{name} ")) || line.starts_with(&format!("{name}{{"));
        assert!(page.lines().any(|each| line(&each)), "{name} has no line");
    }
    for older in [
        "reservations_created_total",
        "reservations_confirmed_total",
        "reservations_date_overlap_total",
        "reservations_lock_failed_total",
        "prereservations_expired_total",
        "prereservation_expiry_job_duration_seconds_count",
        "prereservation_reminders_sent_total",
        "prereservation_reminders_processed_total",
        "ical_last_sync_age_minutes",
        "ical_sync_errors_total",
        "ical_events_imported_total",
        "nlu_pre_reserve_total",
        "idempotency_cache_hits_total",
        "idempotency_cache_misses_total",
        "idempotency_keys_created_total",
        "idempotency_keys_expired_total",
        "idempotency_errors_total",
        "retry_attempts_total",
        "circuit_breaker_state",
        "circuit_breaker_failures_total",
        "circuit_breaker_successes_total",
        "circuit_breaker_rejections_total",
        "circuit_breaker_state_changes_total",
        "conversation_state_get_total",
        "conversation_state_set_total",
        "rate_limit_requests_blocked_total",
        "rate_limit_redis_errors_total",
    ] {
        assert!(page.lines().any(|line| line.starts_with(older)), "{older} is missing");
    }
    desk.finish().await;
}

#[tokio::test]
async fn keys_limits_and_conversations_are_counted() {
    let limited = |config: &mut Config| {
        config.rate_limit.enabled = true;
        config.rate_limit.contact_requests = 3;
    };
    Desk::each_with(limited, async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let hold = async |key: &str, check_in: &str| {
            let body = hold_body(&cabin, check_in, "2027-01-30", PHONE);
            let url = format!("{}/api/v1/reservations/pre-reserve", desk.url);
            desk.send(desk.http.post(url).header("idempotency-key", key).json(&body)).await.status.as_u16()
        };
        assert_eq!(hold("a", "2027-01-28").await, 201);
        assert_eq!(hold("a", "2027-01-28").await, 201);
        assert_eq!(hold("a", "2027-01-29").await, 422);
        assert_eq!(hold("b", "2027-01-29").await, 409);
        assert_eq!(hold("c", "2027-01-29").await, 429);
        desk.guest_says("5493515550177", "hola").await;
        desk.guest_says("5493515550177", "gracias").await;
        desk.test.advance(jiff::SignedDuration::from_hours(49));
        desk.settle().await;
        for (line, want) in [
            ("idempotency_cache_hits_total", 1),
            ("idempotency_cache_misses_total", 2),
            ("idempotency_keys_created_total", 1),
            ("idempotency_keys_expired_total", 1),
            ("idempotency_errors_total{error_type=\"key_reused\"}", 1),
            ("rate_limit_requests_blocked_total{limit=\"contact\"}", 1),
            ("rate_limit_requests_blocked_total{limit=\"client\"}", 0),
            ("conversation_state_get_total{status=\"not_found\"}", 1),
            ("conversation_state_get_total{status=\"found\"}", 1),
            ("conversation_state_set_total{status=\"success\"}", 2),
        ] {
            assert_eq!(desk.measured(line).await, want, "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stopped_channel_is_an_open_circuit_and_its_messages_are_tried_again() {
    Desk::each(async |desk| {
        desk.next_calls(json!([{ "kind": "error", "on": "send_message", "code": 190, "http_status": 401 }]))
            .await;
        desk.guest_says(PHONE, "hola").await;
        let state = "circuit_breaker_state{circuit_name=\"whatsapp\"}";
        assert_eq!(desk.measured(state).await, 1);
        desk.test.advance(jiff::SignedDuration::from_mins(11));
        assert_eq!(desk.measured(state).await, 2, "the next message tries");
        desk.settle().await;
        let change = |from, to| {
            format!(
                "circuit_breaker_state_changes_total{{circuit_name=\"whatsapp\",from_state=\"{from}\",to_state=\"{to}\"}}"
            )
        };
        for (line, want) in [
            (state.to_owned(), 0),
            (change("closed", "open"), 1),
            (change("open", "closed"), 1),
            ("circuit_breaker_failures_total{circuit_name=\"whatsapp\"}".to_owned(), 1),
            ("circuit_breaker_successes_total{circuit_name=\"whatsapp\"}".to_owned(), 1),
            ("retry_attempts_total{operation=\"send_message\"}".to_owned(), 1),
            ("retry_success_total{operation=\"send_message\"}".to_owned(), 1),
        ] {
            assert_eq!(desk.measured(&line).await, want, "{line}");
        }
    })
    .await;
}

impl Desk {
    /// The number on the line that begins so.
    async fn measured(&self, line: &str) -> i64 {
        let page = self.get("/metrics").await.text;
        let found = page.lines().find_map(|each| each.strip_prefix(line)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("{line} is not there: {page}")).parse().unwrap()
    }
}
