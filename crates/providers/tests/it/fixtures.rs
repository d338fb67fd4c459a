//! Payloads of third parties, where their folder is at hand. They are data of others and are not copied here.

use std::{fs, path::PathBuf};

use providers::{
    chat::{
        incoming::{Content, Incoming, Kind, StatusKind},
        whatsapp::{signature as whatsapp_signature, webhook},
    },
    payments::{
        PaymentStatus,
        mercadopago::{
            notification::{self, Query},
            signature::{self, Signed},
        },
    },
};
use serde_json::Value;

use crate::{
    mercadopago::{now, payments},
    server::Server,
};

/// The files of one vendor; empty where the folder does not exist.
pub fn files(vendor: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures").join(vendor);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("a listed file can be read").path());
    let name = |path: &PathBuf| path.file_name().expect("files have names").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read(&path).expect("a listed file can be read"))).collect()
}

pub fn file(vendor: &str, name: &str) -> Option<Vec<u8>> {
    files(vendor).into_iter().find(|(found, _)| found == name).map(|(_, bytes)| bytes)
}

pub fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("fixtures are JSON")
}

fn events(name: &str) -> Option<Vec<Incoming>> {
    file("whatsapp", name).map(|bytes| webhook::parse(&bytes).expect("fixtures are JSON"))
}

/// Unknown members and words everywhere must not fail: each fixture is read as it is and with every word changed.
#[test]
fn every_webhook_is_read() {
    for (name, bytes) in files("whatsapp") {
        if name.starts_with("vectors") || name.starts_with("send-response") {
            continue;
        }
        let events = webhook::parse(&bytes).unwrap();
        assert!(!events.is_empty(), "{name}");
        let account_level = name.starts_with("account_update");
        for event in &events {
            match &event.kind {
                Kind::Notice { field } => assert!(account_level || field == "errors", "{name}: {field}"),
                _ => assert!(!account_level, "{name}"),
            }
            assert_eq!(event.account.is_none(), account_level, "{name}");
        }
        let strange =
            String::from_utf8(bytes).unwrap().replace("\"type\"", "\"kind\"").replace("text", "novel");
        webhook::parse(strange.as_bytes()).unwrap();
    }
}

#[test]
fn a_batch_is_flattened_in_order() {
    let Some(events) = events("batch--3entries-2changes-2messages.json") else { return };
    let keys: Vec<_> = events.iter().map(Incoming::dedupe_key).collect();
    assert_eq!(
        keys,
        [
            "message:1122334455667:wamid.xyzxyz",
            "message:1122334455667:wamid.second",
            "message:1122334455667:wamid.xyzxyz",
            "status:1122334455667:wamid.xyzxyz:delivered",
            "status:1122334455667:wamid.xyzxyz:read",
        ]
    );
}

#[test]
fn a_guest_without_a_phone_has_a_user_id() {
    let Some(events) = events("doc--text-no-phone-bsuid-only.json") else { return };
    let Kind::Message(message) = &events[0].kind else { panic!() };
    assert_eq!(message.from.phone, None);
    assert_eq!(message.from.user_id.as_deref(), Some("US.13491208655302741918"));
    assert_eq!(message.from.username.as_deref(), Some("@realsheenanelson"));
}

#[test]
fn an_interactive_message_without_its_member_and_a_failure() {
    let Some(broken) = events("message--interactive_message_with_err.json") else { return };
    let Kind::Message(message) = &broken[0].kind else { panic!() };
    assert!(message.content == Content::Unsupported { kind: "interactive".to_owned() });
    assert_eq!(broken[1].kind, Kind::Notice { field: "errors".to_owned() });
    let Some(failed) = events("message_status--failed.json") else { return };
    let Kind::Status(status) = &failed[0].kind else { panic!() };
    assert_eq!(status.status, StatusKind::Failed);
    assert_eq!(status.error.as_ref().unwrap().code, Some(130_472));
}

#[test]
fn whatsapp_vectors() {
    let Some(bytes) = file("whatsapp", "vectors--x-hub-signature-256.json") else { return };
    for vector in json(&bytes)["vectors"].as_array().unwrap() {
        let text = |member: &str| vector[member].as_str().unwrap();
        let verify = |body: &[u8], header| whatsapp_signature::verify(&[text("secret")], body, Some(header));
        assert_eq!(verify(text("body").as_bytes(), text("header")), Ok(()));
        for at in 0..text("body").len() {
            let mut body = text("body").as_bytes().to_vec();
            body[at] ^= 0x20;
            assert!(verify(&body, text("header")).is_err());
        }
    }
}

#[test]
fn mercado_pago_vectors() {
    let Some(bytes) = file("mercadopago", "vectors--x-signature.json") else { return };
    for vector in json(&bytes)["vectors"].as_array().unwrap() {
        let text = |member: &str| vector[member].as_str();
        let secret = text("secret").unwrap();
        let verify = |header: &str| {
            let (data_id, request_id) = (text("data_id"), text("x_request_id"));
            signature::verify(&[secret], &Signed { data_id, request_id, signature: Some(header) })
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
fn mercado_pago_notifications() {
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
            assert!(signature::verify(&["your_secret_key_here"], &signed).is_ok(), "{name}");
        }
    }
}

#[tokio::test]
async fn mercado_pago_answers() {
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
