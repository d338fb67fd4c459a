//! Recorded webhooks of WhatsApp and vectors of their signature, where the folder with them exists.

use providers::chat::{
    incoming::{Content, Incoming, Kind, StatusKind},
    whatsapp::{webhook, webhook_signature},
};

use crate::recordings_folder::{file, files, json};

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
fn signature_vectors() {
    let Some(bytes) = file("whatsapp", "vectors--x-hub-signature-256.json") else { return };
    for vector in json(&bytes)["vectors"].as_array().unwrap() {
        let text = |member: &str| vector[member].as_str().unwrap();
        let verify = |body: &[u8], header| webhook_signature::verify(&[text("secret")], body, Some(header));
        assert_eq!(verify(text("body").as_bytes(), text("header")), Ok(()));
        for at in 0..text("body").len() {
            let mut body = text("body").as_bytes().to_vec();
            body[at] ^= 0x20;
            assert!(verify(&body, text("header")).is_err());
        }
    }
}
