//! Messages and statuses from WhatsApp.

use kernel::jobs::Job as _;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk_harness::{APP_SECRET, Answer, Desk, NUMBER, PHONE, VERIFY_TOKEN};

const PATHS: [&str; 3] = ["/api/v1/whatsapp/webhook", "/api/v1/webhooks/whatsapp", "/api/webhook"];

async fn deliver(desk: &Desk, body: &[u8], signature: Option<String>) -> Answer {
    let mut request = desk.http.post(format!("{}{}", desk.url, PATHS[0])).body(body.to_vec());
    if let Some(signature) = signature {
        request = request.header("x-hub-signature-256", signature);
    }
    desk.send(request).await
}

fn signed(body: &[u8]) -> Option<String> {
    Some(providers::chat::whatsapp::webhook_signature::sign(APP_SECRET, body))
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
        let recurring = desk.test.app.jobs.recurring().len();
        assert_eq!(desk.test.drain().await, recurring, "the recurring jobs and nothing else");
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
        desk.whatsapp.guest_writes(PHONE, "hola");
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

/// A name that was cut in the middle of an emoji comes as half of a surrogate pair.
#[tokio::test]
async fn half_a_character_spoils_no_other_message_of_the_batch() {
    Desk::each(async |desk| {
        let mut body = text_message("wamid.half", PHONE, "hola HALF");
        let other = text_message("wamid.whole", "5493515550102", "hola");
        body["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
        let body = body.to_string().replace("HALF", r"\ud83d").into_bytes();
        assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
        desk.settle().await;
        let mut session = desk.test.app.read().await.unwrap();
        for (phone, heard) in [(PHONE, "hola \u{FFFD}"), ("5493515550102", "hola")] {
            let chat =
                store::conversation::find_person(&mut session, "whatsapp", NUMBER, None, Some(phone)).await;
            let all = store::message::list(&mut session, &chat.unwrap().unwrap().id).await.unwrap();
            assert_eq!(all[0].body["body"], heard);
        }
    })
    .await;
}

/// The business has another number beside ours: what comes for it is kept for a person, and nobody hears from us.
#[tokio::test]
async fn a_message_to_another_number_is_recorded_and_not_answered_from_ours() {
    Desk::each(async |desk| {
        let mut body = text_message("wamid.other", PHONE, "hola");
        body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = json!("100000000000009");
        let body = body.to_string().into_bytes();
        assert_eq!(deliver(desk, &body, signed(&body)).await.status, StatusCode::OK);
        desk.settle().await;
        assert!(desk.heard(PHONE).is_empty(), "{:?}", desk.heard(PHONE));
        assert_eq!(desk.waiting().await, ["other_number"]);
        let mut session = desk.test.app.read().await.unwrap();
        let other =
            store::conversation::find_person(&mut session, "whatsapp", "100000000000009", None, Some(PHONE));
        let other = other.await.unwrap().expect("the conversation is kept");
        assert_eq!(store::message::list(&mut session, &other.id).await.unwrap().len(), 1);
        drop(session);
        // What waits from a time when that number was ours does not leave by another one either, though the guest
        // writes to that one too.
        assert_eq!(desk.guest_says(PHONE, "hola").await.len(), 1);
        let mut session = desk.test.app.begin().await.unwrap();
        store::message::create(&mut session, &greeting(&other.id, desk.test.now())).await.unwrap();
        let job = kernel::messages::SendMessage { message_id: "m-other".into(), conversation_id: other.id };
        store::queue::enqueue(&mut session, &[job.enqueue_at(desk.test.now())], desk.test.now())
            .await
            .unwrap();
        session.commit().await.unwrap();
        desk.settle().await;
        assert_eq!(desk.heard(PHONE).len(), 1, "{:?}", desk.heard(PHONE));
        let mut waiting = desk.waiting().await;
        waiting.sort();
        assert_eq!(waiting, ["message_not_delivered", "other_number"]);
    })
    .await;
}

fn greeting(conversation_id: &str, now: jiff::Timestamp) -> store::message::Message {
    store::message::Message {
        id: "m-other".to_owned(),
        conversation_id: conversation_id.to_owned(),
        direction: store::message::Direction::Out,
        body: json!({ "kind": "text", "body": "hola" }),
        external_id: None,
        status: domain::message_delivery::Delivery::Queued,
        reason: None,
        created_at: now,
    }
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
            let as_it_is = std::fs::read(file).unwrap();
            // And once more for our own number, so that it is not only recorded.
            let ours = serde_json::from_slice(&as_it_is).map(|body| addressed_to(NUMBER, body).to_string());
            for body in [as_it_is, ours.unwrap_or_default().into_bytes()] {
                let answer = deliver(desk, &body, signed(&body)).await;
                assert_eq!(answer.status, StatusCode::OK, "{name}");
                desk.test.drain().await;
            }
        }
        // Nothing died of it. Answers to numbers that do not exist may have been refused by the simulator.
        let dead = store::queue::list_dead(&mut desk.test.app.read().await.unwrap(), 50).await.unwrap();
        assert!(dead.iter().all(|job| job.kind == "send_message"), "{dead:?}");
        desk.forget_dead_letters().await;
    })
    .await;
}

fn addressed_to(number: &str, mut body: Value) -> Value {
    for entry in body["entry"].as_array_mut().into_iter().flatten() {
        for change in entry["changes"].as_array_mut().into_iter().flatten() {
            if let Some(id) = change.pointer_mut("/value/metadata/phone_number_id") {
                *id = number.into();
            }
        }
    }
    body
}

impl Desk {
    pub fn whatsapp_url(&self) -> String {
        let config = &conversations::room(&self.test.app).whatsapp.base_url;
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

/// A message is being handled while somebody resolves what the guest waited for: what the message wrote stays.
#[tokio::test]
async fn handing_a_conversation_back_waits_for_a_message_that_is_being_handled() {
    let desk = Desk::start(store::db::Engine::Postgres, |_| {}).await;
    desk.guest_says(PHONE, "quiero hablar con una persona").await;
    let waiting = desk.staff(reqwest::Method::GET, "/api/v1/attention", None).await.json();
    let resolve = format!("/api/v1/attention/{}/resolve", waiting[0]["id"].as_str().unwrap());

    let mut handling = desk.test.app.begin().await.unwrap();
    let chat = store::conversation::find_person(&mut handling, "whatsapp", NUMBER, None, Some(PHONE)).await;
    let chat = chat.unwrap().unwrap();
    let mut state = chat.state.unwrap();
    assert_eq!(state["with_person"], true);
    state["locale"] = "en".into();
    store::conversation::save_state(&mut handling, &chat.id, state, desk.test.now()).await.unwrap();
    let handled = async {
        // Until the other one waits for us.
        let blocked = "select count(*) as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'";
        let mut looking = desk.test.app.read().await.unwrap();
        while looking.first(blocked, vec![], |row| row.int("n")).await.unwrap() == Some(0) {}
        handling.commit().await.unwrap();
    };
    let (resolved, ()) = tokio::join!(desk.staff(reqwest::Method::POST, &resolve, None), handled);
    assert_eq!(resolved.status, StatusCode::NO_CONTENT);
    let after = store::conversation::find(&mut desk.test.app.read().await.unwrap(), &chat.id).await;
    let state = after.unwrap().unwrap().state.unwrap();
    assert_eq!((&state["with_person"], &state["locale"]), (&json!(false), &json!("en")));
    desk.finish().await;
}
