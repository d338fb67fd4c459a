//! Recorded answers and notifications of Mercado Pago, where the folder with them exists.

use providers::{
    http::CallError,
    payments::{
        PaymentStatus, RefundStatus,
        mercadopago::{
            notification::{self, Query},
            webhook_signature::{self, Signed},
        },
    },
};
use serde_json::Value;

use crate::{
    mercadopago_client::{now, payments, request},
    recordings_folder::{file, files, json},
    scripted_server::Server,
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

#[test]
fn signature_vectors() {
    let Some(bytes) = file("mercadopago", "vectors--x-signature.json") else { return };
    for vector in json(&bytes)["vectors"].as_array().unwrap() {
        let text = |member: &str| vector[member].as_str();
        let secret = text("secret").unwrap();
        let verify = |header: &str| {
            let (data_id, request_id) = (text("data_id"), text("x_request_id"));
            webhook_signature::verify(&[secret], &Signed { data_id, request_id, signature: Some(header) })
        };
        let header = text("x_signature").unwrap();
        assert!(verify(header).is_ok(), "{}", vector["name"]);
        for at in 0..header.len() {
            let mut changed = header.as_bytes().to_vec();
            changed[at] ^= 1;
            assert!(verify(&String::from_utf8(changed).unwrap()).is_err(), "{} {at}", vector["name"]);
        }
    }
}

#[test]
fn notifications_point_at_their_payment() {
    for (name, bytes) in files("mercadopago") {
        if !name.starts_with("notification") {
            continue;
        }
        let fixture = json(&bytes);
        let query = fixture["query"].as_object().unwrap().iter();
        let query: Vec<_> = query.map(|(key, value)| format!("{key}={}", value.as_str().unwrap())).collect();
        let query = Query::parse(&query.join("&"));
        let notice = notification::parse(&query, fixture["body"].to_string().as_bytes()).unwrap();
        assert_eq!(notice.topic, "payment", "{name}");
        assert_eq!(notice.payment_id.as_deref(), query.data_id().or(query.get("id")), "{name}");
        if let Some(header) = fixture["headers"]["x-signature"].as_str() {
            let request_id = fixture["headers"]["x-request-id"].as_str();
            let signed = Signed { data_id: query.data_id(), request_id, signature: Some(header) };
            assert!(webhook_signature::verify(&["your_secret_key_here"], &signed).is_ok(), "{name}");
        }
    }
}

#[tokio::test]
async fn recorded_payments_are_read() {
    for (name, id, status, amount) in [
        ("response--payment--payment_base.json", "17014025134", PaymentStatus::Approved, 1234),
        ("response--payment--payment_pix.json", "21071815560", PaymentStatus::Pending, 10_000),
    ] {
        let Some(bytes) = file("mercadopago", name) else { return };
        let server = Server::answering(&[(200, &String::from_utf8(bytes).unwrap())]);
        let seen = payments(&server.base_url).find_payment(id, now()).await.unwrap().unwrap();
        assert_eq!((seen.status.clone(), seen.amount().unwrap().minor), (status, amount), "{name}");
    }
    let Some(missing) = file("mercadopago", "error--404-payment-not-found.json") else { return };
    let server = Server::answering(&[(404, &String::from_utf8(missing).unwrap())]);
    assert_eq!(payments(&server.base_url).find_payment("1", now()).await.unwrap(), None);
}
