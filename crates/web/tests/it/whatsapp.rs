//! Messages and statuses from WhatsApp.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{APP_SECRET, Answer, Desk, NUMBER, PHONE, VERIFY_TOKEN};

const PATHS: [&str; 3] = ["/api/v1/whatsapp/webhook", "/api/v1/webhooks/whatsapp", "/api/webhook"];

async fn deliver(desk: &Desk, body: &[u8], signature: Option<String>) -> Answer {
    let mut request = desk.http.post(format!("{}{}", desk.url, PATHS[0])).body(body.to_vec());
    if let Some(signature) = signature {
        request = request.header("x-hub-signature-256", signature);
    }
    desk.send(request).await
}

fn signed(body: &[u8]) -> Option<String> {
    Some(providers::chat::whatsapp::signature::sign(APP_SECRET, body))
}

fn text_message(wamid: &str, phone: &str, text: &str) -> Value {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "5493515550100", "phone_number_id": NUMBER },
        "contacts": [{ "wa_id": phone, "profile": { "name": "Ana" } }],
        "messages": [{ "from": phone, "id": wamid, "timestamp": "1798804800", "type": "text", "text": { "body": text } }],
    }}]}]})
}

/// Meta's own check fails unless the challenge comes back bare and a wrong token is refused.
#[tokio::test]
async fn the_address_is_verified() {
    Desk::each(async |desk| {
        for path in PATHS {
            let query = |token: &str| {
                format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}")
            };
            let right = desk.get(&query(VERIFY_TOKEN)).await;
            assert_eq!((right.status, right.text.as_str()), (StatusCode::OK, "1158201444"));
            assert_eq!(desk.get(&query("wrong")).await.status, StatusCode::FORBIDDEN);
            assert_eq!(desk.get(path).await.status, StatusCode::FORBIDDEN);
        }
    })
    .await;
}

#[tokio::test]
async fn only_signed_bytes_are_accepted() {
    Desk::each(async |desk| {
        let body = text_message("wamid.1", PHONE, "hola").to_string().into_bytes();
        for signature in
            [None, Some("sha256=00".to_owned()), Some("sha256=".to_owned()), signed(b"other bytes")]
        {
            let refused = deliver(desk, &body, signature).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
            assert_eq!(refused.json()["detail"], "Invalid signature");
        }
        assert_eq!(deliver(desk, b"{nope", signed(b"{nope")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(deliver(desk, b"[1,2]", signed(b"[1,2]")).await.status, StatusCode::OK);
        assert_eq!(desk.test.drain().await, 7, "the recurring jobs and nothing else");
        assert!(desk.heard(PHONE).is_empty());
        assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeated_message_is_answered_once() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.whatsapp.guest_writes(PHONE, "abre la ventana");
        desk.settle().await;
        let before = desk.heard(PHONE).len();
        let body = text_message("wamid.twice", PHONE, "del 5 al 8 de enero para 2").to_string().into_bytes();
        for _ in 0..3 {
            assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
        }
        desk.settle().await;
        assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
        desk.settle().await;
        assert_eq!(desk.heard(PHONE).len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_batch_are_handled_in_their_order() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let said =
            ["del 5 al 8 de enero", "somos 4", "sí"].map(|text| json!({ "phone": PHONE, "text": text }));
        let url = format!("{}/sim/batch", desk.whatsapp_url());
        assert!(desk.send(desk.http.post(url).json(&json!({ "messages": said }))).await.status.is_success());
        desk.settle().await;
        assert_eq!(desk.hold_count(&cabin).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_read_yet_gets_one_polite_sentence() {
    Desk::each(async |desk| {
        for message in [
            json!({ "type": "image" }),
            json!({ "type": "audio" }),
            json!({ "type": "location", "latitude": -31.4, "longitude": -64.2 }),
            json!({ "type": "unsupported" }),
            json!({ "type": "document", "filename": "dni.pdf" }),
        ] {
            let kind = message["type"].clone();
            let before = desk.heard(PHONE).len();
            let url = format!("{}/sim/guests/{PHONE}/messages", desk.whatsapp_url());
            let sent = desk.send(desk.http.post(url).json(&message)).await;
            assert!(sent.status.is_success(), "{kind}: {}", sent.text);
            desk.settle().await;
            assert_eq!(desk.heard(PHONE).len(), before + 1, "{kind}");
        }
        let before = desk.heard(PHONE).len();
        desk.whatsapp.owner_writes(PHONE, "yo le respondo");
        desk.settle().await;
        assert_eq!(desk.heard(PHONE).len(), before, "the owner's own words are never answered");
    })
    .await;
}

#[tokio::test]
async fn statuses_move_a_message_by_the_lattice() {
    Desk::each(async |desk| {
        desk.guest_says(PHONE, "hola").await;
        let ours = desk.our_messages(PHONE).await.pop().unwrap();
        let wamid = ours.external_id.clone().unwrap();
        assert_eq!(ours.status.as_str(), "read", "sent, delivered, read came by themselves");
        for late in ["delivered", "sent", "failed", "unheard-of"] {
            let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages",
                "value": { "metadata": { "phone_number_id": NUMBER }, "statuses": [
                    { "id": wamid, "status": late, "timestamp": "1798804801", "recipient_id": PHONE }] } }] }] });
            let body = body.to_string().into_bytes();
            assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
            desk.settle().await;
            assert_eq!(desk.our_messages(PHONE).await.pop().unwrap().status.as_str(), "read", "after {late}");
        }
    })
    .await;
}

/// Third-party samples stay where they are; each goes through without an error.
#[tokio::test]
async fn every_known_shape_goes_through() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/whatsapp");
    let files: Vec<_> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        // A checkout alone has only our own shapes; those are in the tests above.
        Err(_) => Vec::new(),
    };
    Desk::each(async |desk| {
        for file in &files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("vectors")
                || name.starts_with("send-response")
                || name.starts_with("outgoing")
            {
                continue;
            }
            let body = std::fs::read(file).unwrap();
            assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK, "{name}");
            desk.test.drain().await;
        }
        // Nothing died of it. Answers to numbers that do not exist may have been refused by the simulator.
        let dead = store::queue::list_dead(&mut desk.test.app.read().await.unwrap(), 50).await.unwrap();
        assert!(dead.iter().all(|job| job.kind == "send_message"), "{dead:?}");
        desk.forget_dead_letters().await;
    })
    .await;
}

impl Desk {
    pub fn whatsapp_url(&self) -> String {
        let config = &self.test.app.config.whatsapp.base_url;
        config.trim_end_matches("/v26.0").to_owned()
    }

    pub async fn our_messages(&self, phone: &str) -> Vec<store::message::Message> {
        let mut session = self.test.app.read().await.unwrap();
        let chat =
            store::conversation::find_person(&mut session, "whatsapp", NUMBER, None, Some(phone)).await;
        let chat = chat.unwrap().expect("there is a conversation");
        let all = store::message::list(&mut session, &chat.id).await.unwrap();
        all.into_iter().filter(|message| message.direction == store::message::Direction::Out).collect()
    }

    pub async fn forget_dead_letters(&self) {
        let mut session = self.test.app.begin().await.unwrap();
        let later = self.test.now() + jiff::SignedDuration::from_hours(1);
        store::queue::delete_dead(&mut session, later).await.unwrap();
        session.commit().await.unwrap();
    }
}
