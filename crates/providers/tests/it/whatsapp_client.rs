//! The WhatsApp client against scripted answers.

use std::time::Duration;

use providers::{
    Secret,
    chat::{
        Channel, Outgoing, Pace, Recipient, SendError, Sent,
        whatsapp::{Client, Config},
    },
    http::{self, Timeouts},
};
use serde_json::{Value, json};

use crate::scripted_server::{Server, Step, answer};

fn chat(server: &Server) -> Client {
    let timeouts = Timeouts { total: Duration::from_millis(300), ..Timeouts::default() };
    let config = Config {
        base_url: format!("{}/v23.0/", server.base_url),
        phone_number_id: "777".to_owned(),
        access_token: Secret::new("token-1"),
    };
    let http = http::client(timeouts).expect("this machine has CA certificates");
    Client::new(http, config)
}

fn guest() -> Recipient {
    Recipient { phone: Some("5493515550001".to_owned()), user_id: None }
}

async fn send(server: &Server) -> Result<Sent, SendError> {
    chat(server).send(&guest(), &Outgoing::Text { body: "¡Hola!".to_owned() }, "m1").await
}

#[tokio::test]
async fn a_message_goes_out_as_documented() {
    let server = Server::answering(&[(200, r#"{"messages":[{"id":"wamid.A"}]}"#)]);
    assert_eq!(send(&server).await, Ok(Sent { external_id: "wamid.A".to_owned() }));
    let (head, body) = server.only_request();
    assert!(head.starts_with("post /v23.0/777/messages http/1.1"), "{head}");
    assert!(head.contains("authorization: bearer token-1"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["to"], "5493515550001");
    assert_eq!(body["biz_opaque_callback_data"], "m1");
}

#[tokio::test]
async fn a_message_is_marked_as_read() {
    let server = Server::answering(&[(200, r#"{"success":true}"#)]);
    chat(&server).mark_read("wamid.G").await.unwrap();
    let (_, body) = server.only_request();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body, json!({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.G"}));
}

#[tokio::test]
async fn answers_become_verdicts() {
    let server = Server::answering(&[
        (400, r#"{"error":{"code":131047}}"#),
        (400, r#"{"error":{"code":"131056"}}"#),
        (502, "<html>Bad gateway</html>"),
        (200, r#"{"messages":[{"id":"wam"#),
    ]);
    assert_eq!(send(&server).await, Err(SendError::WindowClosed));
    assert_eq!(send(&server).await, Err(SendError::Retry { after: None, pace: Pace::Pair }));
    assert_eq!(send(&server).await, Err(SendError::Unknown));
    assert_eq!(send(&server).await, Err(SendError::Unknown));
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_no_connection_is_not() {
    let mut server = Server::start(vec![
        vec![Step::Silence],
        vec![],
        vec![answer(429, "Retry-After: 3\r\n", b"slow down")],
    ]);
    assert_eq!(send(&server).await, Err(SendError::Unknown));
    assert_eq!(send(&server).await, Err(SendError::Unknown));
    let after = Some(Duration::from_secs(3));
    assert_eq!(send(&server).await, Err(SendError::Retry { after, pace: Pace::Soon }));
    server.wait_until_closed();
    assert_eq!(send(&server).await, Err(SendError::Retry { after: None, pace: Pace::Soon }));
}

#[tokio::test]
async fn nobody_to_write_to_is_not_even_tried() {
    let server = Server::answering(&[]);
    let text = Outgoing::Text { body: "x".to_owned() };
    let sent = chat(&server).send(&Recipient::default(), &text, "m1").await;
    assert_eq!(sent, Err(SendError::DeadLetter { code: None }));
    assert!(!format!("{:?}", chat(&server)).contains("token-1"));
}
