//! WhatsApp: sending, receiving, statuses, media.

use jiff::SignedDuration;
use serde_json::json;

use super::support::{Caller, Desk, GUEST, MovableClock, PHONE_NUMBER_ID, SECRET, TOKEN, whatsapp};
use crate::{
    webhook_signatures::hub_signature_256,
    whatsapp::{Direction, Inbound, InboundKind, Status, StatusFault},
};

#[tokio::test]
async fn a_guests_message_reaches_the_desk_signed_and_in_ascii() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let wamid = running.control.guest_writes(GUEST, "¿Hay lugar? 😀");
    running.control.settle().await;

    let received = desk.received();
    assert_eq!(received.len(), 1);
    assert!(received[0].body.is_ascii());
    assert_eq!(received[0].header("x-hub-signature-256"), hub_signature_256(SECRET, &received[0].body));
    let value = received[0].value();
    assert_eq!(value["metadata"]["phone_number_id"], PHONE_NUMBER_ID);
    assert_eq!(value["contacts"][0]["wa_id"], GUEST);
    let message = &value["messages"][0];
    assert_eq!(message["from"], GUEST);
    assert_eq!(message["id"], json!(wamid));
    assert_eq!(message["timestamp"], "1788264000");
    assert_eq!(message["text"]["body"], "¿Hay lugar? 😀");
    assert_eq!(message["from_user_id"], value["contacts"][0]["user_id"]);
    running.stop().await;
}

#[tokio::test]
async fn an_answer_is_accepted_and_its_statuses_follow_with_our_mark() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.guest_writes(GUEST, "Hola");
    let answer = caller
        .message(json!({
            "type": "interactive",
            "biz_opaque_callback_data": "outbox-7",
            "interactive": {
                "type": "cta_url",
                "body": { "text": "La seña es de $ 30.000." },
                "action": { "name": "cta_url", "parameters": { "display_text": "Pagar", "url": "https://pay.example/1" } },
            },
        }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer = answer.json();
    assert_eq!(answer["contacts"][0], json!({ "input": GUEST, "wa_id": GUEST }));
    running.control.settle().await;

    let statuses: Vec<_> =
        desk.received().iter().skip(1).map(|webhook| webhook.value()["statuses"][0].clone()).collect();
    let names: Vec<_> = statuses.iter().map(|status| status["status"].as_str().unwrap()).collect();
    assert_eq!(names, ["sent", "delivered", "read"]);
    for status in &statuses {
        assert_eq!(status["id"], answer["messages"][0]["id"]);
        assert_eq!(status["biz_opaque_callback_data"], "outbox-7");
        assert_eq!(status["conversation"].get("expiration_timestamp").is_some(), status["status"] == "sent");
    }

    let transcript = running.control.transcript(GUEST);
    assert_eq!(transcript.len(), 2);
    assert_eq!(transcript[1].direction, Direction::ToGuest);
    let link = transcript[1].link.as_ref().unwrap();
    assert_eq!((link.label.as_str(), link.url.as_str()), ("Pagar", "https://pay.example/1"));
    assert_eq!(transcript[1].statuses.last().unwrap().status, Status::Read);
}

#[tokio::test]
async fn a_button_that_a_guest_presses_names_the_message_that_offered_it() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.guest_writes(GUEST, "Hola");
    let offer = Caller::new(&running.base_url)
        .message(json!({
            "type": "interactive",
            "interactive": {
                "type": "button",
                "body": { "text": "¿Confirmamos?" },
                "action": { "buttons": [{ "type": "reply", "reply": { "id": "yes:1", "title": "Sí, confirmar" } }] },
            },
        }))
        .await
        .json();
    let kind = InboundKind::ButtonReply { id: "yes:1".into(), title: None };
    running.control.guest_sends(GUEST, Inbound { kind, ..Inbound::default() }).unwrap();
    running.control.settle().await;

    let message = desk.received().last().unwrap().value()["messages"][0].clone();
    assert_eq!(message["interactive"]["button_reply"], json!({ "id": "yes:1", "title": "Sí, confirmar" }));
    assert_eq!(message["context"]["id"], offer["messages"][0]["id"]);
}

#[tokio::test]
async fn a_guest_with_a_username_hides_the_phone_and_is_reached_by_the_other_id() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let inbound = Inbound {
        username: Some("@ana".into()),
        kind: InboundKind::Text { text: "Hola".into() },
        ..Inbound::default()
    };
    running.control.guest_sends(GUEST, inbound).unwrap();
    running.control.settle().await;
    let value = desk.received()[0].value();
    assert_eq!(value["contacts"][0].get("wa_id"), None);
    assert_eq!(value["messages"][0].get("from"), None);
    let user_id = value["messages"][0]["from_user_id"].clone();

    let message = json!({ "recipient": user_id, "type": "text", "text": { "body": "Hola, Ana" } });
    let answer = Caller::new(&running.base_url).message(message).await.json();
    assert_eq!(answer["contacts"][0], json!({ "input": user_id, "user_id": user_id }));
    running.control.settle().await;
    let status = desk.received().last().unwrap().value()["statuses"][0].clone();
    assert_eq!(status.get("recipient_id"), None);
    assert_eq!(status["recipient_user_id"], user_id);
}

#[tokio::test]
async fn marking_as_read_shows_in_the_transcript() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let wamid = running.control.guest_writes(GUEST, "Hola");
    let path = format!("/v23.0/{PHONE_NUMBER_ID}/messages");
    let read = json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid,
        "typing_indicator": { "type": "text" },
    });
    let caller = Caller::new(&running.base_url);
    assert_eq!(caller.post(&path, &read).await.json(), json!({ "success": true }));
    let entry = running.control.transcript(GUEST).remove(0);
    assert_eq!(entry.statuses[0].status, Status::Read);
    assert!(entry.typing_at.is_some());
}

#[tokio::test]
async fn a_voice_note_can_be_fetched_for_five_minutes() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let kind = InboundKind::Audio { voice: true, data_base64: Some("T2dnUw==".into()) };
    running.control.guest_sends(GUEST, Inbound { kind, ..Inbound::default() }).unwrap();
    running.control.settle().await;
    let audio = desk.received()[0].value()["messages"][0]["audio"].clone();
    assert_eq!(audio["mime_type"], "audio/ogg; codecs=opus");
    assert_eq!(audio["voice"], true);

    let caller = Caller::new(&running.base_url);
    let described = caller.get(&format!("/v23.0/{}", audio["id"].as_str().unwrap())).await.json();
    let url = described["url"].as_str().unwrap();
    let path = url.strip_prefix(&running.base_url).unwrap();
    assert_eq!(caller.get(path).await.text, "OggS");
    clock.forward(SignedDuration::from_mins(5));
    assert_eq!(caller.get(path).await.status, 404);
}

#[tokio::test]
async fn statuses_can_be_scrambled_or_end_in_failure() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    running.control.guest_writes(GUEST, "Hola");
    running.control.fail_statuses(StatusFault::Scrambled);
    running.control.fail_statuses(StatusFault::Failed { code: 131_049, details: None });
    caller.text("uno").await;
    caller.text("dos").await;
    running.control.settle().await;

    let statuses: Vec<_> =
        desk.received().iter().skip(1).map(|webhook| webhook.value()["statuses"][0].clone()).collect();
    let names: Vec<_> = statuses.iter().map(|status| status["status"].as_str().unwrap()).collect();
    assert_eq!(names, ["read", "delivered", "sent", "failed"]);
    assert_eq!(statuses[3]["errors"][0]["code"], 131_049);
    assert_eq!(statuses[3].get("pricing"), None);
}

#[tokio::test]
async fn every_other_kind_of_message_has_its_member() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    for message in [
        json!({ "type": "image", "caption": "el comprobante" }),
        json!({ "type": "document", "filename": "dni.pdf" }),
        json!({ "type": "location", "latitude": -31.4, "longitude": -64.2 }),
        json!({ "type": "list_reply", "id": "cabin:2", "title": "Cabaña 2" }),
        json!({ "type": "template_button", "payload": "p", "text": "Sí" }),
        json!({ "type": "reaction", "message_id": "wamid.x", "emoji": "👍" }),
        json!({ "type": "contacts", "formatted_name": "Ana", "phone": "5493511111111" }),
        json!({ "type": "edit", "message_id": "wamid.x", "text": "mejor el viernes" }),
        json!({ "type": "revoke", "message_id": "wamid.x" }),
        json!({ "type": "unheard", "payload": { "depth": 3 } }),
    ] {
        running.control.guest_sends(GUEST, serde_json::from_value(message).unwrap()).unwrap();
    }
    running.control.settle().await;
    for webhook in desk.received() {
        let message = webhook.value()["messages"][0].clone();
        let kind = message["type"].as_str().unwrap();
        assert!(message.get(kind).is_some(), "{message}");
    }

    for kind in [InboundKind::Unsupported, InboundKind::BrokenInteractive] {
        running.control.guest_sends(GUEST, Inbound { kind, ..Inbound::default() }).unwrap();
    }
    running.control.settle().await;
    let odd = desk.received().split_off(10);
    assert_eq!(odd[0].value()["messages"][0]["errors"][0]["code"], 131_051);
    assert_eq!(odd[1].value()["errors"][0]["code"], 131_000);
    assert_eq!(odd[1].value()["messages"][0].get("interactive"), None);
}

#[tokio::test]
async fn the_number_and_the_address_can_be_checked() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let number = Caller::new(&running.base_url).get(&format!("/v23.0/{PHONE_NUMBER_ID}")).await.json();
    assert_eq!(number["id"], PHONE_NUMBER_ID);
    assert_eq!(running.control.verify_webhook(TOKEN).await, Ok((200, "1158201444".to_owned())));
}
