//! No client, however slow or greedy, holds a request or a connection for ever.

use std::time::Duration;

use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    holds::{HOLDS, hold, wish, with_cabin},
    raw_connection::Raw,
    serve_process::Desk,
    wait_until::within,
};

/// Headers must be there within ten seconds; and some for a busy machine.
const LET_GO: Duration = Duration::from_secs(15);
const SHORT: [(&str, &str); 1] = [("REQUEST_TIMEOUT_SECONDS", "1")];
/// With a limit of one second.
const SOON: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_drips_its_headers_is_let_go() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let mut client = Raw::connect(&desk.address).await;
    client.write(b"GET /api/v1/readyz HTTP/1.1\r\nhost: desk\r\n").await.expect("the desk reads");
    let drip = async {
        // Each header alone is quick enough; all together never end.
        for number in 0.. {
            tokio::time::sleep(Duration::from_millis(500)).await;
            if client.write(format!("x-{number}: drip\r\n").as_bytes()).await.is_err() {
                return;
            }
        }
    };
    within("letting a dripping client go", LET_GO, drip).await;
    assert_works(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_in_its_headers_is_let_go() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let mut client = Raw::connect(&desk.address).await;
    client.write(b"GET /api/v1/readyz HTTP/1.1\r\nhost: desk\r\n").await.expect("the desk reads");
    client.read_to_end(LET_GO).await;
    assert_works(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_connects_and_says_nothing_is_let_go() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    Raw::connect(&desk.address).await.read_to_end(LET_GO).await;
    assert_works(&desk).await;
}

/// As if HTTP/2 were about to begin.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_in_the_first_word_of_http_2_is_let_go() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let mut client = Raw::connect(&desk.address).await;
    client.write(b"PRI * HT").await.expect("the desk reads");
    client.read_to_end(LET_GO).await;
    assert_works(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_is_answered_within_the_limit() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &SHORT).await;
    for path in [HOLDS, "/api/v1/whatsapp/webhook", "/api/v1/mercadopago/webhook"] {
        let mut client = begun_post(&desk, path, "content-length: 1000").await;
        client.write(b"{\"accommodation_id\":").await.expect("the desk reads");
        let answer = client.read_to_end(SOON).await;
        assert!(answer.starts_with("HTTP/1.1 503"), "{path}: {answer}");
        assert!(answer.contains("\"code\":\"unavailable\""), "{path}: {answer}");
    }
    assert_works(&desk).await;
}

/// A chunk now and then keeps the connection busy; the time for the whole request counts all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_answered_within_the_limit() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &SHORT).await;
    let mut client = begun_post(&desk, HOLDS, "transfer-encoding: chunked").await;
    let drip = async {
        while client.write(b"1\r\n{\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    within("letting a dripping client go", SOON, drip).await;
    assert_works(&desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_100_megabytes_is_refused_before_it_is_read() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    const LENGTH: usize = 100_000_000;
    for (path, head) in [
        (HOLDS, format!("content-length: {LENGTH}")),
        (HOLDS, "transfer-encoding: chunked".to_owned()),
        ("/api/v1/whatsapp/webhook", format!("content-length: {LENGTH}")),
        ("/api/v1/mercadopago/webhook", "transfer-encoding: chunked".to_owned()),
    ] {
        let mut client = begun_post(&desk, path, &head).await;
        let piece = vec![b' '; 65_536];
        let chunk = if head.starts_with("transfer") {
            [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat()
        } else {
            piece
        };
        let mut sent = 0;
        let flood = async {
            while sent < LENGTH && client.write(&chunk).await.is_ok() {
                sent += chunk.len();
            }
        };
        within("sending as much as the desk takes", LET_GO, flood).await;
        assert!(sent < LENGTH / 4, "{path} with {head}: the desk read {sent} bytes of it");
        let answer = client.read_to_end(LET_GO).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{path} with {head}: {answer}");
        assert!(answer.contains("\"code\":\"body_too_large\""), "{path} with {head}: {answer}");
    }
    assert_works(&desk).await;
}

/// Many of them at once, as if behind a proxy: they cost nobody else anything.
#[tokio::test(flavor = "multi_thread")]
async fn guests_are_served_beside_500_clients_that_do_not_go_on() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let mut clients = Vec::new();
    for _ in 0..500 {
        let mut client = Raw::connect(&desk.address).await;
        client.write(b"POST /api/v1/reservations/pre-reserve HTTP/1.1\r\n").await.expect("the desk reads");
        clients.push(client);
    }
    within("a hold beside them", SOON, assert_works(&desk)).await;
}

async fn begun_post(desk: &Desk, path: &str, header: &str) -> Raw {
    let mut client = Raw::connect(&desk.address).await;
    let head =
        format!("POST {path} HTTP/1.1\r\nhost: desk\r\ncontent-type: application/json\r\n{header}\r\n\r\n");
    client.write(head.as_bytes()).await.expect("the desk reads");
    client
}

async fn assert_works(desk: &Desk) {
    let cabin = with_cabin(desk).await;
    hold(desk, &wish(&cabin, 10, 2, 1)).await;
}
