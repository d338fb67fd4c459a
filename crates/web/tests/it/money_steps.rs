//! Steps of the stories about a stay's money: a guest who holds, pays, and pays what is due.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk_harness::{Answer, Desk, PHONE};

/// A guest who holds 5 to 8 March at 15000 pesos a night (a weekend among them where the calendar says so).
pub async fn holding(desk: &Desk) -> String {
    desk.guest_says(PHONE, "del 5 al 8 de marzo para 4").await;
    desk.guest_says(PHONE, "sí").await;
    desk.only_code(PHONE).await
}

pub async fn confirmed(desk: &Desk) -> String {
    let code = holding(desk).await;
    desk.paid(json!({ "preference_id": desk.preference() })).await;
    assert_eq!(desk.status_of(&code).await, "confirmed");
    code
}

/// The guest follows the way to pay what is due next, and pays it.
pub async fn pays_what_is_due(desk: &Desk, code: &str) {
    let token = desk.token(code).await;
    let before = desk.mercadopago.preferences().len();
    let choice = desk.get(&format!("/pay/{token}")).await;
    assert!(choice.status.is_success() && choice.text.contains("Mercado Pago"), "{}", choice.text);
    desk.call(Method::POST, &format!("/pay/{token}/mercadopago"), None, None).await;
    desk.settle().await;
    assert_eq!(desk.mercadopago.preferences().len(), before + 1, "one page for it");
    desk.paid(json!({ "preference_id": desk.preference() })).await;
}

pub async fn act(desk: &Desk, code: &str, what: &str, body: Value) -> Answer {
    let done = desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/{what}"), Some(body)).await;
    desk.settle().await;
    done
}

pub fn charge(ledger: &Value, purpose: &str) -> Option<String> {
    let charges = ledger["charges"].as_array().unwrap();
    let found = charges.iter().find(|one| one["purpose"] == purpose);
    found.map(|one| one["amount"].as_str().unwrap().to_owned())
}

pub fn news(said: &[String], word: &str) -> usize {
    said.iter().filter(|words| words.contains(word)).count()
}

/// What lies with the provider, and what it withholds, in minor units.
pub async fn at_provider(desk: &Desk, provider: &str) -> (i64, i64) {
    let mut held = [0, 0];
    for (at, account) in ["provider", "disputed"].into_iter().enumerate() {
        held[at] = desk.account(&format!("{account}:{provider}")).await.iter().map(|money| money.minor).sum();
    }
    (held[0], held[1])
}
