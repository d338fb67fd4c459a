//! The WhatsApp client against the simulator.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use providers::{
    Secret,
    chat::{
        Channel, Outgoing, Pace, Recipient, SendError,
        incoming::{Content, Incoming, Kind, StatusKind},
        whatsapp::{Client, Config, webhook, webhook_signature},
    },
    http::{self, Timeouts},
};
use simulators::{
    Running, WhatsApp, WhatsAppConfig, WhatsAppControl,
    faults::CallFault,
    whatsapp::{Inbound, InboundKind, PairRate, StatusFault, WindowError},
};
use tokio::net::TcpListener;

use crate::scripted_server::Server;

const PHONE: &str = "5493515550001";
const SECRET: &str = "app-secret";

async fn start(webhook_url: &str) -> Running<WhatsAppControl> {
    let now: Timestamp = "2026-09-01T12:00:00Z".parse().expect("an instant");
    let config = WhatsAppConfig {
        listener: TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port"),
        phone_number_id: "777".to_owned(),
        display_phone_number: "5493515559999".to_owned(),
        access_token: "token-1".to_owned(),
        app_secret: SECRET.to_owned(),
        webhook_url: webhook_url.to_owned(),
        now: Arc::new(move || now),
    };
    WhatsApp::start(config).expect("the simulator starts")
}

fn chat_as(simulator: &Running<WhatsAppControl>, phone_number_id: &str, token: &str) -> Client {
    let timeouts = Timeouts { total: Duration::from_millis(400), ..Timeouts::default() };
    let config = Config {
        base_url: format!("{}/v23.0", simulator.base_url),
        phone_number_id: phone_number_id.to_owned(),
        access_token: Secret::new(token),
    };
    Client::new(http::client(timeouts).expect("this machine has CA certificates"), config)
}

fn chat(simulator: &Running<WhatsAppControl>) -> Client {
    chat_as(simulator, "777", "token-1")
}

fn phone() -> Recipient {
    Recipient { phone: Some(PHONE.to_owned()), user_id: None }
}

fn text(body: &str) -> Outgoing {
    Outgoing::Text { body: body.to_owned() }
}

/// A desk that takes `count` webhooks.
fn desk(count: usize) -> Server {
    Server::answering(&vec![(200, ""); count])
}

/// What the desk was told; every signature must be good.
fn events(desk: &Server) -> Vec<Incoming> {
    let read = |request: String| {
        let (head, body) = request.split_once("\r\n\r\n").expect("a request has a head");
        let header = head.lines().find_map(|line| line.strip_prefix("x-hub-signature-256: "));
        webhook_signature::verify(&[SECRET], body.as_bytes(), header).expect("the simulator signs");
        webhook::parse(body.as_bytes()).expect("the simulator sends JSON")
    };
    desk.requests().into_iter().flat_map(read).collect()
}

#[tokio::test]
async fn a_conversation() {
    let desk = desk(4);
    let simulator = start(&desk.base_url).await;
    let chat = chat(&simulator);
    let asked = simulator.control.guest_writes(PHONE, "¿Hay lugar? 😀");
    simulator.control.settle().await;
    chat.mark_read(&asked).await.unwrap();
    let link = Outgoing::Link {
        body: "Sí. La seña:".to_owned(),
        label: "Pagar".to_owned(),
        url: "https://pay.example/1".to_owned(),
    };
    let sent = chat.send(&phone(), &link, "m1").await.unwrap();
    simulator.control.settle().await;

    let events = events(&desk);
    let Kind::Message(message) = &events[0].kind else { panic!("{events:?}") };
    assert!(message.content == Content::Text { body: "¿Hay lugar? 😀".to_owned() });
    assert_eq!(message.external_id, asked);
    assert_eq!(message.from.phone.as_deref(), Some(PHONE));
    assert_eq!(message.at.unwrap().to_string(), "2026-09-01T12:00:00Z");
    for (event, expected) in
        events[1..].iter().zip([StatusKind::Sent, StatusKind::Delivered, StatusKind::Read])
    {
        let Kind::Status(status) = &event.kind else { panic!("{events:?}") };
        assert_eq!(status.status, expected);
        assert_eq!((&status.external_id, status.opaque.as_deref()), (&sent.external_id, Some("m1")));
    }
    let answer = &simulator.control.transcript(PHONE)[1];
    assert_eq!(answer.link.as_ref().unwrap().url, "https://pay.example/1");
    simulator.stop().await;
}

#[tokio::test]
async fn a_guest_with_a_username_is_answered_without_a_phone() {
    let desk = desk(8);
    let simulator = start(&desk.base_url).await;
    let kind = InboundKind::Text { text: "Hola".to_owned() };
    let inbound = Inbound { kind, username: Some("@ana".to_owned()), ..Inbound::default() };
    simulator.control.guest_sends(PHONE, inbound).unwrap();
    simulator.control.settle().await;
    let Kind::Message(message) = events(&desk).remove(0).kind else { panic!() };
    assert_eq!((message.from.phone, message.from.username.as_deref()), (None, Some("@ana")));
    let to = Recipient { phone: None, user_id: message.from.user_id };
    chat(&simulator).send(&to, &text("¡Hola!"), "m1").await.unwrap();
    assert_eq!(simulator.control.transcript(PHONE).len(), 2);
    simulator.stop().await;
}

#[tokio::test]
async fn everything_a_guest_can_send_is_read() {
    let desk = desk(20);
    let simulator = start(&desk.base_url).await;
    let id = || "wamid.x".to_owned();
    let kinds = [
        InboundKind::Image { caption: Some("DNI".to_owned()), data_base64: None },
        InboundKind::Audio { voice: true, data_base64: None },
        InboundKind::Document { filename: None, caption: None, data_base64: None },
        InboundKind::Location { latitude: -31.4, longitude: -64.2, name_of_place: None, address: None },
        InboundKind::ButtonReply { id: "b".to_owned(), title: Some("Sí".to_owned()) },
        InboundKind::ListReply { id: "l".to_owned(), title: Some("Sí".to_owned()) },
        InboundKind::TemplateButton { payload: "p".to_owned(), text: "Sí".to_owned() },
        InboundKind::Reaction { message_id: id(), emoji: None },
        InboundKind::Contacts { formatted_name: "Ana".to_owned(), phone: PHONE.to_owned() },
        InboundKind::Edit { message_id: id(), text: "x".to_owned() },
        InboundKind::Revoke { message_id: id() },
    ];
    let known = kinds.len();
    let strange = [
        InboundKind::Unsupported,
        InboundKind::BrokenInteractive,
        InboundKind::Unheard { payload: serde_json::json!({"a": []}) },
    ];
    for kind in kinds.into_iter().chain(strange) {
        simulator.control.guest_sends(PHONE, Inbound { kind, ..Inbound::default() }).unwrap();
    }
    simulator.control.owner_writes(PHONE, "Ya te respondo");
    simulator.control.settle().await;
    let mut messages = Vec::new();
    let mut echoes = 0;
    for event in events(&desk) {
        match event.kind {
            Kind::Message(message) => messages.push(message.content),
            Kind::Echo(_) => echoes += 1,
            Kind::Notice { field } => assert_eq!(field, "errors"),
            Kind::Status(_) => panic!("nothing was sent"),
        }
    }
    let unsupported = |content: &Content| matches!(content, Content::Unsupported { .. });
    let names: Vec<_> = messages.iter().map(unsupported).collect();
    assert_eq!(names, [vec![false; known], vec![true; 3]].concat());
    assert_eq!(echoes, 1);
    simulator.stop().await;
}

#[tokio::test]
async fn every_way_of_failing_has_its_verdict() {
    let desk = desk(60);
    let simulator = start(&desk.base_url).await;
    simulator.control.guest_writes(PHONE, "Hola");
    let soon = |after| SendError::Retry { after, pace: Pace::Soon };
    let error =
        |code, code_as_string| CallFault::Error { code, http_status: None, details: None, code_as_string };
    for (fault, expected) in [
        (error(131_047, false), SendError::WindowClosed),
        (error(131_056, true), SendError::Retry { after: None, pace: Pace::Pair }),
        (error(131_026, false), SendError::Undeliverable { code: 131_026 }),
        (error(131_048, false), SendError::SlowDown { code: 131_048, after: None }),
        (error(132_001, true), SendError::DeadLetter { code: Some(132_001) }),
        (error(368, false), SendError::StopChannel { code: Some(368) }),
        (error(123_456, false), SendError::DeadLetter { code: Some(123_456) }),
        (CallFault::RateLimited { retry_after_seconds: Some(9) }, soon(Some(Duration::from_secs(9)))),
        (CallFault::RateLimited { retry_after_seconds: None }, soon(None)),
        (CallFault::ServerError { http_status: 500 }, soon(None)),
        // They say that it failed (131000), so it is sent again, even if that was a lie.
        (CallFault::LostAnswer { http_status: 500 }, soon(None)),
        (CallFault::ErrorInOk { code: 131_047 }, SendError::WindowClosed),
        (CallFault::Html { http_status: 200 }, SendError::Unknown),
        (CallFault::Html { http_status: 502 }, SendError::Unknown),
        (CallFault::Html { http_status: 503 }, soon(None)),
        (CallFault::EmptyBody, SendError::Unknown),
        (CallFault::TruncatedJson, SendError::Unknown),
        (CallFault::SlowBody { delay_ms: 900 }, SendError::Unknown),
        (CallFault::SlowAnswer { delay_ms: 900 }, SendError::Unknown),
        (CallFault::DropConnection { after_effect: true }, SendError::Unknown),
        (CallFault::DropConnection { after_effect: false }, SendError::Unknown),
    ] {
        simulator.control.fail_call(fault.clone());
        let sent = chat(&simulator).send(&phone(), &text("Hola"), "m1").await;
        assert_eq!(sent, Err(expected), "{fault:?}");
    }
    chat(&simulator).send(&phone(), &text("Hola"), "m1").await.unwrap();
    simulator.stop().await;
}

/// A template goes to who has been silent for long, and its own troubles stop nothing else.
#[tokio::test]
async fn a_template_needs_no_window() {
    let desk = desk(0);
    let simulator = start(&desk.base_url).await;
    let parameters = vec!["ABC".to_owned(), "dos\nlíneas".to_owned()];
    let template = Outgoing::Template { name: "saldo".to_owned(), language: "es_AR".to_owned(), parameters };
    let send = async |message: &Outgoing| chat(&simulator).send(&phone(), message, "m1").await;
    assert_eq!(send(&text("Hola")).await, Err(SendError::WindowClosed));
    send(&template).await.unwrap();
    let said = simulator.control.transcript(PHONE).pop().unwrap();
    assert_eq!((said.kind.as_str(), said.text.as_deref()), ("template", Some("[saldo] ABC dos líneas")));

    let unpaid =
        || CallFault::Error { code: 131_042, http_status: None, details: None, code_as_string: false };
    simulator.control.fail_call(unpaid());
    assert_eq!(send(&template).await, Err(SendError::DeadLetter { code: Some(131_042) }));
    simulator.control.guest_writes(PHONE, "Hola");
    simulator.control.fail_call(unpaid());
    assert_eq!(send(&text("Hola")).await, Err(SendError::StopChannel { code: Some(131_042) }));
    simulator.stop().await;
}

#[tokio::test]
async fn the_rules_of_the_vendor_reach_us() {
    let desk = desk(20);
    let simulator = start(&desk.base_url).await;
    let hola = text("Hola");
    let send = async |chat: Client| chat.send(&phone(), &hola, "m1").await;
    assert_eq!(send(chat(&simulator)).await, Err(SendError::WindowClosed));
    simulator.control.guest_writes(PHONE, "Hola");
    let stop = SendError::StopChannel { code: Some(190) };
    assert_eq!(send(chat_as(&simulator, "777", "old token")).await, Err(stop));
    let wrong_number = SendError::StopChannel { code: Some(100) };
    assert_eq!(send(chat_as(&simulator, "778", "token-1")).await, Err(wrong_number));
    simulator.control.change_settings(|settings| {
        settings.pair_rate = Some(PairRate { burst: 1, seconds_per_message: 6 });
    });
    assert!(send(chat(&simulator)).await.is_ok());
    let pair = SendError::Retry { after: None, pace: Pace::Pair };
    assert_eq!(send(chat(&simulator)).await, Err(pair));
    simulator.stop().await;
}

#[tokio::test]
async fn a_failure_can_come_later() {
    let desk = desk(20);
    let simulator = start(&desk.base_url).await;
    simulator.control.change_settings(|settings| settings.window_error = WindowError::Status);
    chat(&simulator).send(&phone(), &text("Hola"), "m1").await.unwrap();
    simulator.control.guest_writes(PHONE, "Hola");
    simulator.control.fail_statuses(StatusFault::Failed { code: 131_049, details: None });
    chat(&simulator).send(&phone(), &text("Hola"), "m2").await.unwrap();
    simulator.control.settle().await;
    let failed = events(&desk).into_iter().filter_map(|event| match event.kind {
        Kind::Status(status) => Some((status.opaque, status.error.and_then(|error| error.code))),
        _ => None,
    });
    let expected = [("m1", 131_047), ("m2", 131_049)];
    let expected = expected.map(|(opaque, code)| (Some(opaque.to_owned()), Some(code)));
    assert_eq!(failed.collect::<Vec<_>>(), expected);
    simulator.stop().await;
}

#[tokio::test]
async fn long_messages_pass_the_vendors_limits() {
    let desk = desk(60);
    let simulator = start(&desk.base_url).await;
    simulator.control.guest_writes(PHONE, "Hola");
    let chat = chat(&simulator);
    let long = "Una frase larga con eñes. ".repeat(400);
    let url = "https://pay.example/1".to_owned();
    for message in [
        text(&long),
        Outgoing::Link { body: long.clone(), label: "Pagar".to_owned(), url: url.clone() },
        Outgoing::Link { body: "Seña".to_owned(), label: "Una etiqueta demasiado larga".to_owned(), url },
    ] {
        chat.send(&phone(), &message, "whole").await.unwrap();
        for part in chat.split(message) {
            chat.send(&phone(), &part, "part").await.unwrap();
        }
    }
    let entries = simulator.control.transcript(PHONE);
    let last = |at: usize| entries[at].text.clone().unwrap_or_default();
    assert!(last(1).ends_with('…'));
    assert!(last(5).ends_with("…\nhttps://pay.example/1"), "{}", last(5));
    assert_eq!(last(entries.len() - 1), "Seña\nhttps://pay.example/1");
    simulator.stop().await;
}
