//! The shared HTTP client, and how calls fail.

use std::{net::TcpListener, time::Duration};

use providers::http::{self, BodyError, CallError, Effect, Timeouts};

use crate::scripted_server::{Server, Step, answer};

fn client() -> reqwest::Client {
    let timeouts = Timeouts { connect: Duration::from_secs(1), total: Duration::from_millis(300) };
    http::client(timeouts).expect("this machine has CA certificates")
}

async fn call(server: &Server, effect: Effect) -> Result<http::Answer, CallError> {
    http::exchange(client().post(&server.base_url).body("x"), effect).await
}

#[tokio::test]
async fn we_say_who_we_are_and_follow_no_redirect() {
    let server = Server::start(vec![vec![answer(302, "Location: http://127.0.0.1:1/\r\n", b"")]]);
    let answer = call(&server, Effect::Read).await.unwrap();
    assert_eq!(answer.status, 302);
    let (head, _) = server.only_request();
    assert!(head.contains(&format!("user-agent: conserje/{}", env!("CARGO_PKG_VERSION"))), "{head}");
}

#[tokio::test]
async fn nobody_listening_can_be_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let request = client().post(format!("http://127.0.0.1:{port}/secret-token"));
    let error = http::exchange(request, Effect::Write).await.unwrap_err();
    assert_eq!(error, CallError::Retry { after: None, detail: "no connection".to_owned() });
}

#[tokio::test]
async fn what_happened_to_a_lost_write_is_unknown() {
    let silent = || vec![Step::Silence];
    let server = Server::start(vec![silent(), vec![], silent(), vec![]]);
    for _ in 0..2 {
        let error = call(&server, Effect::Write).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { .. }), "{error:?}");
    }
    for _ in 0..2 {
        let error = call(&server, Effect::Read).await.unwrap_err();
        assert!(matches!(error, CallError::Retry { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_the_status() {
    let head =
        |length: usize| format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{{\"id\":").into_bytes();
    let server = Server::start(vec![
        vec![Step::Send(head(100))],
        vec![Step::Send(head(100)), Step::Silence],
        vec![Step::Send(head(3_000_000))],
    ]);
    for expected in
        [BodyError::Broken, BodyError::TimedOut, BodyError::TooLarge { limit_bytes: 2 * 1024 * 1024 }]
    {
        let answer = call(&server, Effect::Write).await.unwrap();
        assert_eq!((answer.status, answer.body), (200, Err(expected)));
    }
}

#[tokio::test]
async fn a_broken_base_url_is_no_reason_to_try_again() {
    let error = http::exchange(client().get("not a url"), Effect::Read).await.unwrap_err();
    assert!(matches!(error, CallError::Refused { status: 0, .. }), "{error:?}");
}

#[tokio::test]
async fn the_wait_the_server_asks_for_is_read() {
    let server = Server::start(vec![vec![answer(429, "Retry-After: 12\r\n", b"{}")]]);
    let answer = call(&server, Effect::Write).await.unwrap();
    assert_eq!(answer.retry_after, Some(Duration::from_secs(12)));
}
