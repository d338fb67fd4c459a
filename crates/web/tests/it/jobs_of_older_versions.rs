//! What an older version left in the database goes on after the update: jobs with their payloads of then, events in the
//! envelope of then.

use serde_json::{Value, json};
use store::{
    queue::{self, NewJob},
    webhook_event::Event,
};

use crate::desk_harness::{Desk, NUMBER, PHONE};

/// As the enum of the versions until 0009 wrote it: the kind stands in the payload too.
fn old_job(queue: &'static str, kind: &'static str, fields: Value, now: jiff::Timestamp) -> NewJob {
    let mut payload = fields;
    payload["kind"] = kind.into();
    NewJob { queue, kind, payload, dedupe_key: None, order_key: None, run_at: now, cause: None }
}

#[tokio::test]
async fn jobs_of_the_version_before_still_run() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let hold = desk.hold(&cabin, "2027-02-01", "2027-02-03").await.json();
        desk.settle().await;
        let code = domain::ids::StayCode::parse(hold["code"].as_str().unwrap()).unwrap();
        let stay = stays::stay::find(&desk.test.app, &code).await.unwrap().unwrap();
        let stay_id = stay.terms().id.as_str();
        let paid = desk.paid(json!({ "preference_id": desk.preference() })).await;
        let now = desk.test.now();
        let jobs = [
            old_job("payments", "open_checkout", json!({ "stay_id": stay_id, "provider": null }), now),
            old_job("feeds", "fetch_feed", json!({ "feed_id": "gone" }), now),
            old_job(
                "payments",
                "read_payment",
                json!({ "provider": "mercadopago", "look": { "payment": paid.to_string() }, "asked_by": null }),
                now,
            ),
            old_job(
                "alerts",
                "send_alert",
                json!({ "incident_id": "gone", "target": "slack", "phase": "begun" }),
                now,
            ),
            old_job("upkeep", "expire_holds", json!({}), now),
            old_job("upkeep", "remind_holds", json!({}), now),
            old_job("upkeep", "complete_stays", json!({}), now),
            old_job("upkeep", "fetch_feeds", json!({}), now),
            old_job("upkeep", "reconcile_payments", json!({}), now),
            old_job("upkeep", "ask_for_charges", json!({}), now),
            old_job("upkeep", "clean_up", json!({}), now),
        ];
        let mut session = desk.test.app.begin().await.unwrap();
        queue::enqueue(&mut session, &jobs, now).await.unwrap();
        desk.test.app.commit(session).await.unwrap();
        // Fails where one is left waiting, running or dead.
        desk.settle().await;

        // The pages of a stay that is over, by the job of then.
        let cancel = format!("/api/v1/reservations/{}/cancel", code);
        desk.staff(reqwest::Method::POST, &cancel, None).await;
        desk.settle().await;
        let close = old_job("payments", "close_checkouts", json!({ "stay_id": stay_id }), now);
        let mut session = desk.test.app.begin().await.unwrap();
        queue::enqueue(&mut session, &[close], now).await.unwrap();
        desk.test.app.commit(session).await.unwrap();
        desk.settle().await;
        desk.test.assert_queue_is_empty().await;
    })
    .await;
}

/// The versions until 0009 stored an envelope of WhatsApp around each event.
#[tokio::test]
async fn a_message_that_the_version_before_had_stored_is_answered() {
    Desk::each(async |desk| {
        desk.guest_says(PHONE, "hola").await;
        let now = desk.test.now();
        let payload = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "changes": [{ "field": "messages", "value": {
                "metadata": { "phone_number_id": NUMBER },
                "contacts": [{ "wa_id": PHONE, "profile": { "name": "Ana" } }],
                "messages": [{ "from": PHONE, "id": "wamid.OLD", "timestamp": "1798804800", "type": "text",
                    "text": { "body": "aceptan mascotas?" } }],
            } }] }],
        });
        let event = Event {
            id: "old-event".to_owned(),
            source: "whatsapp",
            account: NUMBER.to_owned(),
            external_id: "message:old".to_owned(),
            payload,
            to_be_handled: true,
        };
        let fields = json!({ "inbox_id": "old-event", "order_key": format!("in:whatsapp:{NUMBER}:{PHONE}") });
        let job = old_job("inbox", "handle_message", fields, now);
        let before = desk.heard(PHONE).len();
        let mut session = desk.test.app.begin().await.unwrap();
        store::webhook_event::accept(&mut session, &[(event, Some(job))], now).await.unwrap();
        desk.test.app.commit(session).await.unwrap();
        desk.settle().await;
        assert_eq!(desk.heard(PHONE).len(), before + 1);
    })
    .await;
}
