//! Recorded answers of Mercado Pago, where the folder with them exists.

use providers::{http::CallError, payments::RefundStatus};
use serde_json::Value;

use crate::{
    fixtures::{file, files, json},
    mercadopago::{now, payments, request},
    server::Server,
};

fn answering(name: &str, status: u16) -> Option<Server> {
    let text = String::from_utf8(file("mercadopago", name)?).expect("fixtures are text");
    Some(Server::answering(&[(status, &text)]))
}

/// Which test reads which file; a new one has to find its place here.
#[test]
fn every_file_is_used() {
    for (name, _) in files("mercadopago") {
        let used = match name.as_str() {
            "error--404-payment-not-found.json" | "vectors--x-signature.json" => true,
            "response--payment--payment_base.json" | "response--payment--payment_pix.json" => true,
            "response--payment--payment_search_empty.json" => true,
            "response--payment--payment_card_token_error.json" => true,
            "response--refund--refund_base.json" | "response--preference--preference_base.json" => true,
            "request--preference--preference_base.json" => true,
            other => other.starts_with("notification--") || OTHER_OBJECTS.contains(&other),
        };
        assert!(used, "no test reads {name}");
    }
}

/// Objects of other calls: none of them may pass for a payment.
const OTHER_OBJECTS: [&str; 3] = [
    "response--merchant--order_base.json",
    "response--order--create_order_response.json",
    "request--refund--refund.json",
];

#[tokio::test]
async fn other_objects_are_no_payments() {
    for name in OTHER_OBJECTS {
        let Some(server) = answering(name, 200) else { return };
        let error = payments(&server.base_url).find_payment("17", now()).await.unwrap_err();
        assert!(matches!(error, CallError::Retry { .. }), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn a_refund_an_empty_search_and_a_refusal() {
    let Some(server) = answering("response--refund--refund_base.json", 201) else { return };
    let refund = payments(&server.base_url).refund("17014025134", None, now(), "k").await.unwrap();
    assert_eq!((refund.id.as_str(), refund.status), ("1245678203", RefundStatus::Approved));
    assert_eq!(refund.amount_decimal.as_deref(), Some("50"));
    let Some(server) = answering("response--payment--payment_search_empty.json", 200) else { return };
    assert_eq!(payments(&server.base_url).search_payments("x", &[], now()).await.unwrap(), []);
    let Some(server) = answering("response--payment--payment_card_token_error.json", 400) else { return };
    let error = payments(&server.base_url).find_payment("17", now()).await.unwrap_err();
    let code = Some("2006".to_owned());
    assert_eq!(error, CallError::Refused { status: 400, code, detail: "Card Token not found".to_owned() });
}

#[tokio::test]
async fn a_preference_is_asked_for_and_answered_in_their_shape() {
    let Some(server) = answering("response--preference--preference_base.json", 201) else { return };
    let Some(theirs) = file("mercadopago", "request--preference--preference_base.json") else { return };
    let checkout = payments(&server.base_url).create_checkout(&request(), now()).await.unwrap();
    assert_eq!(checkout.provider_id, "823549964-e8063b12-1c8b-4333-b075-3ae52a0371c8");
    assert!(checkout.url.starts_with("https://www.mercadopago.com.br/checkout/"));
    let (_, body) = server.only_request();
    assert_same_shape(&json(body.as_bytes()), &json(&theirs), "");
}

/// Each member that we send exists in their example, with the same type.
fn assert_same_shape(ours: &Value, theirs: &Value, path: &str) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (key, value) in ours {
                let theirs = theirs.get(key).unwrap_or_else(|| panic!("{path}/{key} is not theirs"));
                assert_same_shape(value, theirs, &format!("{path}/{key}"));
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => assert_same_shape(&ours[0], &theirs[0], path),
        _ => assert_eq!(std::mem::discriminant(ours), std::mem::discriminant(theirs), "{path}"),
    }
}
