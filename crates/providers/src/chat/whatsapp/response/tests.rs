//! Tests of what an answer of WhatsApp means.

use super::*;
use crate::http::BodyError;

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, retry_after: None, should_retry: None, body: Ok(body.as_bytes().to_vec()) }
}

fn soon() -> SendError {
    SendError::Retry { after: None, pace: Pace::Soon }
}

#[test]
fn an_accepted_message_has_an_id() {
    let body = r#"{"messaging_product":"whatsapp","contacts":[{"input":"1","wa_id":"1"}],
        "messages":[{"id":"wamid.A","message_status":"accepted"}],"new":1}"#;
    assert_eq!(sent(&answer(200, body)), Ok("wamid.A".to_owned()));
    assert_eq!(sent(&answer(201, body)), Ok("wamid.A".to_owned()));
}

#[test]
fn an_unreadable_success_is_unknown() {
    let broken = Answer { status: 200, retry_after: None, should_retry: None, body: Err(BodyError::Broken) };
    assert_eq!(sent(&broken), Err(SendError::Unknown));
    for body in [
        "",
        "<html>ok</html>",
        r#"{"messages":[{"id":"wam"#,
        r#"{"messages":[]}"#,
        r#"{"messages":{}}"#,
        "[]",
    ] {
        assert_eq!(sent(&answer(200, body)), Err(SendError::Unknown), "{body}");
    }
}

#[test]
fn errors_go_by_code_wherever_they_stand() {
    for (status, code, expected) in [
        (400, "131047", SendError::WindowClosed),
        (400, "\"131047\"", SendError::WindowClosed),
        (200, "131047", SendError::WindowClosed),
        (429, "131056", SendError::Retry { after: None, pace: Pace::Pair }),
        (400, "\"131056\"", SendError::Retry { after: None, pace: Pace::Pair }),
        (401, "190", SendError::StopChannel { code: Some(190) }),
        (500, "131000", soon()),
        (400, "424242", SendError::DeadLetter { code: Some(424_242) }),
        (200, "424242", SendError::DeadLetter { code: Some(424_242) }),
        (500, "424242", soon()),
        (400, "\"often\"", SendError::DeadLetter { code: None }),
        (400, "null", SendError::DeadLetter { code: None }),
        (500, "-1", soon()),
    ] {
        let body = format!(r#"{{"error":{{"message":"(#1) …","type":"OAuthException","code":{code}}}}}"#);
        assert_eq!(sent(&answer(status, &body)), Err(expected), "{status} {code}");
    }
}

#[test]
fn a_transient_error_is_tried_again() {
    let body = r#"{"error":{"code":424242,"is_transient":true}}"#;
    assert_eq!(sent(&answer(400, body)), Err(soon()));
}

#[test]
fn pages_of_gateways_go_by_status() {
    for (status, expected) in [
        (502, SendError::Unknown),
        (503, soon()),
        (429, soon()),
        (404, soon()),
        (400, soon()),
        (302, SendError::StopChannel { code: None }),
        (403, SendError::StopChannel { code: None }),
    ] {
        assert_eq!(sent(&answer(status, "<html><h1>Nope</h1></html>")), Err(expected), "{status}");
    }
}

#[test]
fn a_number_that_is_not_ours_stops_the_channel() {
    let body = r#"{"error":{"code":100,"error_subcode":33,"type":"GraphMethodException"}}"#;
    assert_eq!(sent(&answer(400, body)), Err(SendError::StopChannel { code: Some(100) }));
    let body = r#"{"error":{"code":100,"error_subcode":2494010}}"#;
    assert_eq!(sent(&answer(400, body)), Err(SendError::DeadLetter { code: Some(100) }));
    assert_eq!(sent(&answer(400, "{}")), Err(SendError::DeadLetter { code: None }));
}

#[test]
fn the_wait_the_server_asks_for_is_kept() {
    let after = Some(std::time::Duration::from_secs(17));
    let busy = Answer {
        status: 429,
        retry_after: after,
        should_retry: None,
        body: Ok(br#"{"error":{"code":130429}}"#.to_vec()),
    };
    assert_eq!(sent(&busy), Err(SendError::Retry { after, pace: Pace::Soon }));
}

#[test]
fn marking_as_read_is_never_unknown() {
    assert_eq!(marked_read(&answer(200, r#"{"success":true}"#)), Ok(()));
    assert_eq!(marked_read(&answer(502, "")), Err(soon()));
    let body = r#"{"error":{"code":100}}"#;
    assert_eq!(marked_read(&answer(400, body)), Err(SendError::DeadLetter { code: Some(100) }));
}
