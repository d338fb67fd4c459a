//! SIGTERM: no new work, the running work to its end, within a limit.

use std::time::{Duration, Instant};

use simulators::faults::{Call, CallFault};
use store::db::{Db, Engine};
use testkit::TestDb;
use tokio::net::TcpStream;

use crate::support::{
    free_port,
    holds::{self, HOLDS, wish, with_cabin},
    raw_connection::Raw,
    serve_process::Desk,
    wait_until::until_true,
    whatsapp_simulator,
};

const SOON: Duration = Duration::from_secs(5);
/// What a stop may take beyond its limit on a busy machine.
const GRACE: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_being_sent_is_finished_after_sigterm() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let mut desk = Desk::serve(db.url(), &[]).await;
    let body = wish(&with_cabin(&desk).await, 10, 2, 1).to_string();
    let (first_half, second_half) = body.split_at(body.len() / 2);
    let mut client = begun_post(&desk, body.len()).await;
    client.write(first_half.as_bytes()).await.expect("the desk reads");

    desk.ask_to_stop();
    until_true("no new connection is taken", SOON, async || is_closed(&desk).await).await;
    client.write(second_half.as_bytes()).await.expect("the desk still reads");
    let answer = client.read_to_end(SOON).await;
    assert!(answer.contains("HTTP/1.1 201"), "{answer}");
    assert_eq!(desk.ended(SOON).await.code(), Some(0), "{}", desk.errors());
    assert_eq!(holds::stays(&db.db).await.len(), 1);
}

/// A browser keeps its connection open for minutes: nothing runs on it.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_request_does_not_delay_the_end() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let mut desk = Desk::serve(db.url(), &[]).await;
    let mut idle = Raw::connect(&desk.address).await;
    idle.write(b"GET /api/v1/readyz HTTP/1.1\r\nhost: desk\r\n\r\n").await.expect("the desk reads");
    idle.read_until("\"ready\":true", SOON).await;
    // This one has not even begun.
    let _silent = Raw::connect(&desk.address).await;
    desk.ask_to_stop();
    assert_eq!(desk.ended(SOON).await.code(), Some(0), "{}", desk.errors());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_does_not_delay_the_end_beyond_the_limit() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let mut desk =
        Desk::serve(db.url(), &[("SHUTDOWN_SECONDS", "1"), ("REQUEST_TIMEOUT_SECONDS", "60")]).await;
    let mut client = begun_post(&desk, 1_000).await;
    client.write(b"{").await.expect("the desk reads");
    desk.ask_to_stop();
    let ended = desk.ended(Duration::from_secs(1) + GRACE).await;
    assert_eq!(ended.code(), Some(0), "{}", desk.errors());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_at_sigterm_is_finished() {
    let (db, mut desk, _whatsapp) = desk_that_sends_for(1_000, &[("SHUTDOWN_SECONDS", "20")]).await;
    desk.ask_to_stop();
    assert_eq!(desk.ended(SOON).await.code(), Some(0), "{}", desk.errors());
    assert_eq!(sending(&db.db).await, None, "the job is done");
    assert_eq!(statuses(&db.db).await, ["sent"]);
}

/// The next process need not wait until the lease runs out.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_outlasts_the_limit_is_given_back() {
    let (db, mut desk, _whatsapp) = desk_that_sends_for(14_000, &[("SHUTDOWN_SECONDS", "1")]).await;
    let begun = Instant::now();
    desk.ask_to_stop();
    assert_eq!(desk.ended(Duration::from_secs(1) + GRACE).await.code(), Some(0), "{}", desk.errors());
    println!("stopped after {:?}", begun.elapsed());
    assert_eq!(sending(&db.db).await.as_deref(), Some("ready"));
}

/// Headers are through and the desk asks for the body.
async fn begun_post(desk: &Desk, length: usize) -> Raw {
    let mut client = Raw::connect(&desk.address).await;
    let head = format!(
        "POST {HOLDS} HTTP/1.1\r\nhost: desk\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         expect: 100-continue\r\n\r\n"
    );
    client.write(head.as_bytes()).await.expect("the desk reads");
    client.read_until("100 Continue", SOON).await;
    client
}

async fn is_closed(desk: &Desk) -> bool {
    TcpStream::connect(&desk.address).await.is_err()
}

/// A desk in the middle of sending a message that takes so long.
async fn desk_that_sends_for(
    delay_ms: u64,
    extra: &[(&str, &str)],
) -> (TestDb, Desk, simulators::Running<simulators::WhatsAppControl>) {
    let db = TestDb::empty(Engine::Sqlite).await;
    let port = free_port::free();
    let whatsapp = whatsapp_simulator::start(port).await;
    let own = whatsapp_simulator::settings(&whatsapp.base_url);
    let port = port.to_string();
    let mut settings: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.push(("PORT", &port));
    settings.extend_from_slice(extra);
    let desk = Desk::serve(db.url(), &settings).await;
    whatsapp.control.change_settings(|settings| settings.statuses.clear());
    whatsapp.control.fail_call(CallFault::SlowAnswer { delay_ms }.on(Call::SendMessage));
    whatsapp.control.guest_writes("5493515550299", "hola");
    until_true("the answer is on its way", SOON, async || statuses(&db.db).await == ["sending"]).await;
    (db, desk, whatsapp)
}

/// The state of the job that sends, while there is one.
async fn sending(db: &Db) -> Option<String> {
    let sql = "select state from job where kind = 'send_message'";
    let mut session = db.read().await.expect("the test's database is read");
    session.first(sql, vec![], |row| row.text("state")).await.expect("jobs can be listed")
}

/// What became of the messages to guests.
async fn statuses(db: &Db) -> Vec<String> {
    let sql = "select status from message where direction = 'out' order by id";
    let mut session = db.read().await.expect("the test's database is read");
    session.all(sql, vec![], |row| row.text("status")).await.expect("messages can be listed")
}
