//! Sending: in order per guest, once, with what to do about each failure.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk_harness::{Desk, PHONE};

const OTHER: &str = "5493515550102";

impl Desk {
    /// The next calls that the desk makes at WhatsApp go wrong in these ways.
    pub async fn next_calls(&self, faults: Value) {
        let url = format!("{}/sim/faults", self.whatsapp_url());
        let planned = self.send(self.http.post(url).json(&json!({ "calls": faults }))).await;
        assert!(planned.status.is_success(), "{}", planned.text);
    }

    async fn time_passes(&self, seconds: i64) {
        self.test.advance(SignedDuration::from_secs(seconds));
        self.settle().await;
    }
}

#[tokio::test]
async fn a_refusal_for_now_is_tried_again_and_the_order_is_kept() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.next_calls(
            json!([{ "kind": "error", "on": "send_message", "code": 131_056, "http_status": 400 }]),
        )
        .await;
        assert!(desk.guest_says(PHONE, "hola").await.is_empty(), "the first answer was not taken");
        assert!(
            desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await.is_empty(),
            "the second waits behind it"
        );
        desk.time_passes(20).await;
        let said = desk.heard(PHONE);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].contains("El Sauce"), "in the order in which they were written: {said:?}");
    })
    .await;
}

#[tokio::test]
async fn one_guests_trouble_holds_up_nobody_else() {
    Desk::each(async |desk| {
        desk.next_calls(json!([{ "kind": "rate_limited", "on": "send_message", "retry_after_seconds": 30 }]))
            .await;
        assert!(desk.guest_says(PHONE, "hola").await.is_empty());
        assert_eq!(desk.guest_says(OTHER, "hola").await.len(), 1);
        desk.time_passes(29).await;
        assert!(desk.heard(PHONE).is_empty(), "not before they asked for");
        desk.time_passes(5).await;
        assert_eq!(desk.heard(PHONE).len(), 1);
    })
    .await;
}

/// The message went out but its answer was lost: the status names it by our own id, and it is not sent again.
#[tokio::test]
async fn a_lost_answer_is_recognised_by_its_status() {
    Desk::each(async |desk| {
        desk.next_calls(json!([{ "kind": "lost_answer", "on": "send_message", "http_status": 502 }])).await;
        assert_eq!(desk.guest_says(PHONE, "hola").await.len(), 1);
        desk.time_passes(300).await;
        assert_eq!(desk.heard(PHONE).len(), 1, "once");
        let ours = desk.our_messages(PHONE).await.pop().unwrap();
        assert_eq!(ours.status.as_str(), "read");
        assert!(ours.external_id.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_dead_token_stops_the_channel_loses_nothing_and_a_person_starts_it_again() {
    Desk::each(async |desk| {
        desk.next_calls(json!([{ "kind": "error", "on": "send_message", "code": 190, "http_status": 401 }]))
            .await;
        assert!(desk.guest_says(PHONE, "hola").await.is_empty());
        assert!(desk.guest_says(OTHER, "hola").await.is_empty(), "the whole channel stands still");
        assert_eq!(desk.waiting().await, ["channel_stopped"]);
        assert_eq!(whatsapp_health(desk).await, ("degraded".to_owned(), "degraded".to_owned()));
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        let resolve = format!("/api/v1/attention/{}/resolve", open[0]["id"].as_str().unwrap());
        assert_eq!(desk.staff(Method::POST, &resolve, None).await.status.as_u16(), 204);
        assert_eq!(desk.staff(Method::POST, &resolve, None).await.status.as_u16(), 404);
        desk.time_passes(130).await;
        assert_eq!((desk.heard(PHONE).len(), desk.heard(OTHER).len()), (1, 1));
        assert_eq!(whatsapp_health(desk).await, ("healthy".to_owned(), "healthy".to_owned()));
    })
    .await;
}

/// Of the channel, and of the whole.
async fn whatsapp_health(desk: &Desk) -> (String, String) {
    let health = desk.get("/api/v1/healthz").await;
    assert_eq!(health.status.as_u16(), 200, "a desk that cannot write still takes bookings");
    let health = health.json();
    let rows = health["checks"].as_array().unwrap();
    let row = rows.iter().find(|row| row["name"] == "whatsapp").unwrap();
    (row["status"].as_str().unwrap().to_owned(), health["status"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_stopped_channel_tries_by_itself_after_a_while() {
    Desk::each(async |desk| {
        desk.next_calls(json!([{ "kind": "error", "on": "send_message", "code": 190, "http_status": 401 }]))
            .await;
        desk.guest_says(PHONE, "hola").await;
        desk.time_passes(300).await;
        assert!(desk.heard(PHONE).is_empty());
        desk.time_passes(320).await;
        desk.time_passes(130).await;
        assert_eq!(desk.heard(PHONE).len(), 1);
        assert_eq!(desk.guest_says(OTHER, "hola").await.len(), 1, "and works for all");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_good_lies_with_the_dead_letters_and_the_rest_goes_on() {
    Desk::each(async |desk| {
        desk.next_calls(
            json!([{ "kind": "error", "on": "send_message", "code": 131_009, "http_status": 400 }]),
        )
        .await;
        assert!(desk.guest_says(PHONE, "hola").await.is_empty());
        assert_eq!(desk.guest_says(PHONE, "hola de nuevo").await.len(), 1);
        let mut reasons = desk.waiting().await;
        reasons.sort();
        assert_eq!(reasons, ["dead_letter", "message_refused"]);
        assert_eq!(desk.get("/api/v1/healthz").await.json()["status"], "degraded");
        desk.forget_dead_letters().await;
    })
    .await;
}

/// Outside the window only templates may be sent, and there is none for these words: a person is told.
#[tokio::test]
async fn outside_the_24_hours_nothing_is_sent_and_a_person_is_told() {
    let long_hold = |config: &mut app::config::Config| config.booking.hold_minutes = 26 * 60;
    Desk::each_with(long_hold, async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let before = desk.heard(PHONE).len();
        desk.time_passes(27 * 3_600).await;
        assert_eq!(desk.heard(PHONE).len(), before, "neither reminder nor farewell");
        assert_eq!(desk.waiting().await, ["message_not_delivered"]);
        let last = desk.our_messages(PHONE).await.pop().unwrap();
        assert_eq!((last.status.as_str(), last.reason.as_deref()), ("failed", Some("window_closed")));
        // The guest writes, and the desk answers again.
        assert_eq!(desk.guest_says(PHONE, "hola").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn bad_answers_of_the_provider_lose_nothing() {
    Desk::each(async |desk| {
        let faults = json!([
            { "kind": "html", "on": "send_message", "http_status": 503 },
            { "kind": "server_error", "on": "send_message", "http_status": 503 },
            { "kind": "drop_connection", "on": "send_message", "after_effect": false },
        ]);
        desk.next_calls(faults).await;
        desk.guest_says(PHONE, "hola").await;
        for _ in 0..6 {
            desk.time_passes(70).await;
        }
        assert_eq!(desk.heard(PHONE).len(), 1);
    })
    .await;
}
