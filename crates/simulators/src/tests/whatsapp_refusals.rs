//! WhatsApp: what is refused.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::{Caller, Desk, GUEST, MovableClock, PHONE_NUMBER_ID, whatsapp};
use crate::whatsapp::{PairRate, WindowError};

/// What Meta answers to a message from a desk whose guest has just written.
async fn check(message: Value, status: u16, code: Option<i64>) {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    running.control.guest_writes(GUEST, "Hola");
    let answer = Caller::new(&running.base_url).message(message).await;
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.json()["error"]["code"].as_i64(), code);
    // Nothing that was refused reaches the guest.
    assert_eq!(running.control.transcript(GUEST).len(), if code.is_some() { 1 } else { 2 });
}

fn text(length: usize) -> Value {
    json!({ "type": "text", "text": { "body": "ñ".repeat(length) } })
}

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<_> = titles
        .iter()
        .enumerate()
        .map(|(index, title)| json!({ "type": "reply", "reply": { "id": format!("b{index}"), "title": title } }))
        .collect();
    let interactive = json!({ "type": "button", "body": { "text": "¿?" }, "action": { "buttons": buttons } });
    json!({ "type": "interactive", "interactive": interactive })
}

fn list(rows: usize, button: &str) -> Value {
    let rows: Vec<_> =
        (0..rows).map(|row| json!({ "id": row.to_string(), "title": format!("Fila {row}") })).collect();
    let action = json!({ "button": button, "sections": [{ "rows": rows }] });
    json!({ "type": "interactive", "interactive": { "type": "list", "body": { "text": "¿?" }, "action": action } })
}

fn link(label: &str, url: &str) -> Value {
    let action = json!({ "name": "cta_url", "parameters": { "display_text": label, "url": url } });
    json!({ "type": "interactive", "interactive": { "type": "cta_url", "body": { "text": "¿?" }, "action": action } })
}

#[tokio::test]
async fn texts_have_a_longest_length_in_characters() {
    check(text(4096), 200, None).await;
    check(text(4097), 400, Some(100)).await;
    check(text(0), 400, Some(131_008)).await;
    check(json!({ "type": "smell" }), 400, Some(100)).await;
}

#[tokio::test]
async fn buttons_are_three_with_short_titles() {
    check(buttons(&["Sí", "No", "Quizás"]), 200, None).await;
    check(buttons(&["a", "b", "c", "d"]), 400, Some(100)).await;
    check(buttons(&["veintiún caracteres.."]), 400, Some(100)).await;
    check(buttons(&["Sí", "Sí"]), 400, Some(100)).await;
    check(buttons(&[]), 400, Some(131_008)).await;
}

#[tokio::test]
async fn lists_have_ten_rows() {
    check(list(10, "Ver"), 200, None).await;
    check(list(11, "Ver"), 400, Some(100)).await;
    check(list(1, "un botón demasiado largo"), 400, Some(100)).await;
}

#[tokio::test]
async fn a_link_needs_an_address() {
    check(link("Pagar", "http://127.0.0.1:9/x"), 200, None).await;
    check(link("Pagar", "pay.example"), 400, Some(100)).await;
    check(link("un botón demasiado largo", "https://pay.example"), 400, Some(100)).await;
}

#[tokio::test]
async fn a_template_parameter_is_one_line() {
    let template = |text: &str| {
        let parameters = json!([{ "type": "text", "text": text }]);
        let components = json!([{ "type": "body", "parameters": parameters }]);
        let language = json!({ "code": "es_AR" });
        json!({ "type": "template", "template": { "name": "recordatorio", "language": language, "components": components } })
    };
    check(template("Ana"), 200, None).await;
    check(template("Ana\nGómez"), 400, Some(132_012)).await;
}

#[tokio::test]
async fn templates_must_be_approved_once_some_are() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let approved = json!({ "templates": [{ "name": "aviso", "language": "es_AR", "body_parameters": 1 }] });
    running.control.patch_settings(&approved).unwrap();
    let caller = Caller::new(&running.base_url);
    let template = |name: &str, parameters: Value| {
        let components = json!([{ "type": "body", "parameters": parameters }]);
        let language = json!({ "code": "es_AR" });
        json!({ "type": "template", "template": { "name": name, "language": language, "components": components } })
    };
    let ana = json!([{ "type": "text", "text": "Ana" }]);
    assert_eq!(caller.message(template("aviso", ana.clone())).await.status, 200);
    assert_eq!(caller.message(template("aviso", json!([]))).await.json()["error"]["code"], 132_000);
    let unknown = caller.message(template("otro", ana)).await;
    assert_eq!((unknown.status, unknown.json()["error"]["code"].as_i64()), (404, Some(132_001)));
}

#[tokio::test]
async fn strangers_are_refused() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    let message =
        json!({ "messaging_product": "whatsapp", "to": GUEST, "type": "text", "text": { "body": "a" } });
    let path = format!("/v23.0/{PHONE_NUMBER_ID}/messages");
    let wrong = Caller::stranger(&running.base_url).post(&path, &message).await;
    assert_eq!((wrong.status, wrong.json()["error"]["code"].as_i64()), (401, Some(190)));
    let other = caller.post("/v23.0/999/messages", &message).await;
    assert_eq!((other.status, other.json()["error"]["error_subcode"].as_i64()), (400, Some(33)));
    assert_eq!(caller.get("/nothing/at/all").await.status, 400);
}

#[tokio::test]
async fn the_window_closes_after_a_day() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let caller = Caller::new(&running.base_url);
    assert_eq!(caller.text("antes de todo").await.json()["error"]["code"], 131_047);
    running.control.guest_writes(GUEST, "Hola");
    clock.forward(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(caller.text("a tiempo").await.status, 200);
    clock.forward(SignedDuration::from_secs(1));
    let late = caller.text("tarde").await;
    assert_eq!((late.status, late.json()["error"]["code"].as_i64()), (400, Some(131_047)));
    let language = json!({ "code": "es_AR" });
    let template = json!({ "type": "template", "template": { "name": "aviso", "language": language } });
    assert_eq!(caller.message(template).await.status, 200);

    // The other way in which Meta says so: accepted, and failed later.
    running.control.change_settings(|settings| settings.window_error = WindowError::Status);
    assert_eq!(caller.text("tarde").await.status, 200);
    running.control.settle().await;
    let status = desk.received().last().unwrap().value()["statuses"][0].clone();
    assert_eq!((&status["status"], &status["errors"][0]["code"]), (&json!("failed"), &json!(131_047)));
}

#[tokio::test]
async fn the_pair_rate_is_earned_back() {
    let (desk, clock) = (Desk::open().await, MovableClock::new());
    let running = whatsapp(&desk, &clock).await;
    let rate = PairRate { burst: 2, seconds_per_message: 6 };
    running.control.change_settings(|settings| settings.pair_rate = Some(rate));
    running.control.guest_writes(GUEST, "Hola");
    let caller = Caller::new(&running.base_url);
    assert_eq!(caller.text("uno").await.status, 200);
    assert_eq!(caller.text("dos").await.status, 200);
    assert_eq!(caller.text("tres").await.json()["error"]["code"], 131_056);
    clock.forward(SignedDuration::from_secs(6));
    assert_eq!(caller.text("tres").await.status, 200);
    assert_eq!(caller.text("cuatro").await.json()["error"]["code"], 131_056);
}
