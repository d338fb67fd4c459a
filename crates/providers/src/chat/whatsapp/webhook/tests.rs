//! Tests of what is read out of a WhatsApp webhook.

use serde_json::json;

use super::*;
use crate::chat::incoming::{Content, MediaKind};

fn envelope(field: &str, value: Value) -> Vec<u8> {
    let body = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}]});
    body.to_string().into_bytes()
}

fn messages(messages: Value, contacts: Value) -> Vec<Incoming> {
    let value = json!({"metadata": {"phone_number_id": "777"}, "contacts": contacts, "messages": messages});
    parse(&envelope("messages", value)).unwrap()
}

fn content(message: Value) -> Content {
    let mut message = message;
    message["id"] = json!("wamid.1");
    match messages(json!([message]), Value::Null).remove(0).kind {
        Kind::Message(message) => message.content,
        other => panic!("{other:?}"),
    }
}

/// The fields of notices; `-` for any other event.
fn fields(events: &[Incoming]) -> Vec<&str> {
    let field = |event| match event {
        &Incoming { kind: Kind::Notice { ref field }, .. } => field.as_str(),
        _ => "-",
    };
    events.iter().map(field).collect()
}

#[test]
fn a_text_is_read_in_full() {
    let events = messages(
        json!([{"from": "5493515550001", "from_user_id": "AR.1", "id": "wamid.1", "timestamp": "1697043223",
            "type": "text", "text": {"body": "Hola"}, "context": {"id": "wamid.0"}, "new": {"x": 1}}]),
        json!([{"wa_id": "5493515550001", "user_id": "AR.1", "profile": {"name": "Ana", "username": "@ana"}}]),
    );
    let Kind::Message(message) = &events[0].kind else { panic!() };
    assert_eq!(events[0].account.as_deref(), Some("777"));
    assert_eq!(events[0].dedupe_key(), "message:777:wamid.1");
    assert_eq!(events[0].raw["new"]["x"], 1);
    assert_eq!(message.content, Content::Text { body: "Hola".to_owned() });
    assert_eq!(message.at.unwrap().as_second(), 1_697_043_223);
    assert_eq!(message.reply_to.as_deref(), Some("wamid.0"));
    assert_eq!(message.from.phone.as_deref(), Some("5493515550001"));
    assert_eq!(message.from.user_id.as_deref(), Some("AR.1"));
    assert_eq!(message.from.profile_name.as_deref(), Some("Ana"));
    assert_eq!(message.from.username.as_deref(), Some("@ana"));
}

#[test]
fn each_sender_gets_their_own_contact() {
    let contacts =
        json!([{"wa_id": "1", "profile": {"name": "Uno"}}, {"user_id": "AR.2", "profile": {"name": "Dos"}}]);
    let events = messages(
        json!([{"id": "a", "from_user_id": "AR.2"}, {"id": "b", "from": "1"}, {"id": "c", "from": "3"}, {"id": "d"}]),
        contacts,
    );
    let name = |event: &Incoming| match &event.kind {
        Kind::Message(message) => message.from.profile_name.clone().unwrap_or_default(),
        _ => panic!(),
    };
    assert_eq!(events.iter().map(name).collect::<Vec<_>>(), ["Dos", "Uno", "", ""]);
}

#[test]
fn every_type_has_its_content() {
    let reply = |kind: &str| Content::ButtonReply { id: kind.to_owned(), title: "Sí".to_owned() };
    for (message, expected) in [
        (
            json!({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "Sí"}}}),
            reply("b"),
        ),
        (
            json!({"type": "interactive", "interactive": {"type": "list_reply", "list_reply": {"id": "l", "title": "Sí"}}}),
            reply("l"),
        ),
        (json!({"type": "button", "button": {"payload": "p", "text": "Sí"}}), reply("p")),
        (
            json!({"type": "reaction", "reaction": {"message_id": "m", "emoji": "👍"}}),
            Content::Reaction { to: "m".to_owned(), emoji: Some("👍".to_owned()) },
        ),
        (
            json!({"type": "reaction", "reaction": {"message_id": "m", "emoji": ""}}),
            Content::Reaction { to: "m".to_owned(), emoji: None },
        ),
        (
            json!({"type": "reaction", "reaction": {"message_id": "m"}}),
            Content::Reaction { to: "m".to_owned(), emoji: None },
        ),
        (
            json!({"type": "edit", "edit": {"original_message_id": "m", "message": {"text": {"body": "x"}}}}),
            Content::Edit { of: "m".to_owned(), body: Some("x".to_owned()) },
        ),
        (
            json!({"type": "revoke", "revoke": {"original_message_id": "m"}}),
            Content::Revoke { of: "m".to_owned() },
        ),
        (
            json!({"type": "location", "location": {"latitude": -31.4, "longitude": "-64.2", "name": "Casa"}}),
            Content::Location { latitude: -31.4, longitude: -64.2, name: Some("Casa".to_owned()) },
        ),
        (
            json!({"type": "contacts", "contacts": [{"phones": [{"phone": "+54 1", "wa_id": "541"}, {"phone": "2"}]}]}),
            Content::Contacts { phones: vec!["541".to_owned(), "2".to_owned()] },
        ),
    ] {
        assert!(content(message.clone()) == expected, "{message}");
    }
}

#[test]
fn media_keep_what_a_download_needs() {
    let message =
        json!({"type": "audio", "audio": {"id": 12, "mime_type": "audio/ogg; codecs=opus", "voice": true}});
    let Content::Media(media) = content(message) else { panic!() };
    assert_eq!((media.kind, media.id.as_str()), (MediaKind::Voice, "12"));
    assert_eq!(media.mime_type.as_deref(), Some("audio/ogg; codecs=opus"));
    let message = json!({"type": "document", "document": {"id": "1", "caption": "DNI", "filename": "a.pdf"}});
    let Content::Media(media) = content(message) else { panic!() };
    assert_eq!((media.kind, media.caption.as_deref()), (MediaKind::Document, Some("DNI")));
}

#[test]
fn what_lacks_its_member_is_unsupported() {
    for (message, name) in [
        (json!({"type": "interactive"}), "interactive"),
        (json!({"type": "interactive", "interactive": []}), "interactive"),
        (json!({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}}), "nfm_reply"),
        (json!({"type": "text"}), "text"),
        (json!({"type": "text", "text": {"body": ["x"]}}), "text"),
        (json!({"type": "image", "image": {}}), "image"),
        (json!({"type": "location", "location": {"latitude": "north"}}), "location"),
        (json!({"type": "order", "order": {}}), "order"),
        (json!({"type": "unsupported", "errors": [{"code": 131051}]}), "unsupported"),
        (json!({"type": "hologram"}), "hologram"),
        (json!({"type": {}}), "untyped"),
        (json!({}), "untyped"),
    ] {
        assert!(content(message.clone()) == Content::Unsupported { kind: name.to_owned() }, "{message}");
    }
}

#[test]
fn statuses_carry_our_id_and_their_reason() {
    let status = |status: &str| {
        json!({"id": "wamid.1", "status": status, "timestamp": 1_698_266_945,
            "biz_opaque_callback_data": "m1", "errors": [{"code": "131047", "title": "Re-engagement message"}]})
    };
    let known = ["sent", "delivered", "read", "played", "failed", "warning"];
    let value = json!({"metadata": {"phone_number_id": 777}, "statuses": known.map(status)});
    let events = parse(&envelope("messages", value)).unwrap();
    for (event, name) in events.iter().zip(known) {
        let Kind::Status(status) = &event.kind else { panic!() };
        assert_eq!(status.status.as_str(), name);
        assert_eq!(status.opaque.as_deref(), Some("m1"));
        assert_eq!(status.error.as_ref().unwrap().code, Some(131_047));
        assert_eq!(event.dedupe_key(), format!("status:777:wamid.1:{name}"));
    }
    let Kind::Status(last) = &events[5].kind else { panic!() };
    assert_eq!(last.status, StatusKind::Unknown("warning".to_owned()));
}

#[test]
fn an_echo_is_never_a_guests_message() {
    let value = json!({"metadata": {"phone_number_id": "777"}, "message_echoes": [
        {"from": "1", "to": "2", "to_user_id": "AR.2", "id": "wamid.9", "timestamp": "1", "type": "text",
            "text": {"body": "Ya voy"}}]});
    let events = parse(&envelope("smb_message_echoes", value)).unwrap();
    let Kind::Echo(echo) = &events[0].kind else { panic!() };
    assert_eq!(echo.to.phone.as_deref(), Some("2"));
    assert_eq!(events[0].dedupe_key(), "echo:777:wamid.9");
}

#[test]
fn whatever_is_not_understood_is_a_notice() {
    for (raw, expected) in [
        (json!({"object": "page", "entry": []}), vec!["envelope"]),
        (json!({"object": "whatsapp_business_account"}), vec!["envelope"]),
        (json!({"object": "whatsapp_business_account", "entry": {}}), vec!["envelope"]),
        (json!([1, 2]), vec!["envelope"]),
        (json!("hello"), vec!["envelope"]),
        (json!({"object": "whatsapp_business_account", "entry": []}), vec![]),
        (json!({"object": "whatsapp_business_account", "entry": [{"id": "1"}, 7]}), vec!["entry", "entry"]),
        (
            json!({"object": "whatsapp_business_account", "entry": [{"changes": [{}, null, {"field": "x"}]}]}),
            vec!["unnamed", "unnamed", "x"],
        ),
    ] {
        let events = parse(raw.to_string().as_bytes()).unwrap();
        assert_eq!(fields(&events), expected, "{raw}");
    }
    let value = json!({"messages": [{"type": "text"}, "x", null, []], "statuses": [{"id": "1"}], "errors": [{"code": 1}]});
    let events = parse(&envelope("messages", value)).unwrap();
    assert_eq!(fields(&events), ["messages", "messages", "messages", "messages", "statuses", "errors"]);
    assert_eq!(fields(&parse(&envelope("messages", Value::Null)).unwrap()), ["messages"]);
    assert_eq!(fields(&parse(&envelope("account_update", json!({}))).unwrap()), ["account_update"]);
}

#[test]
fn notices_differ_by_what_they_hold() {
    let key = |value: Value| parse(&envelope("account_update", value)).unwrap()[0].dedupe_key();
    assert_eq!(key(json!({"event": "A"})), key(json!({"event": "A"})));
    assert_ne!(key(json!({"event": "A"})), key(json!({"event": "B"})));
    assert!(key(json!({})).starts_with("notice:-:"));
}

#[test]
fn only_what_is_no_json_is_an_error() {
    for raw in
        [&b""[..], b"{", b"<html>", b"\xff\xfe", br#"{"object":"whatsapp_business_account","entry":[{"#]
    {
        assert_eq!(parse(raw).err(), Some(NotJson));
    }
}

#[test]
fn nothing_personal_is_printed() {
    let events = messages(
        json!([{"from": "5493515550001", "id": "w", "type": "text", "text": {"body": "secreto"}}]),
        json!([]),
    );
    let printed = format!("{events:?}");
    assert!(!printed.contains("5493515550001") && !printed.contains("secreto"), "{printed}");
}
