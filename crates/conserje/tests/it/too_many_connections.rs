//! More connections than there may be: those that are in are served, the others are told, the log is not flooded.

use std::time::Duration;

use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    holds::{HOLDS, hold, wish, with_cabin},
    raw_connection::Raw,
    serve_process::Desk,
    wait_until::until_true,
};

const LIMIT: Duration = Duration::from_secs(20);

/// A process of 256 files, as some systems have it, and more clients than that. It keeps files for its database.
#[tokio::test(flavor = "multi_thread")]
async fn with_few_files_guests_who_are_in_are_served_and_the_rest_is_told() {
    let db = TestDb::empty(Engine::Postgres).await;
    let desk = Desk::serve_with_open_files(256, db.url(), &[]).await;
    let cabin = with_cabin(&desk).await;
    let mut guest = Raw::connect(&desk.address).await;
    guest.write(b"GET /api/v1/readyz HTTP/1.1\r\nhost: desk\r\n\r\n").await.expect("the desk reads");
    guest.read_until("\"ready\":true", LIMIT).await;

    // One after another, so that the last to come is one of those for whom there is no room.
    let mut crowd = Vec::new();
    for _ in 0..300 {
        crowd.push(Raw::connect(&desk.address).await);
    }
    let refused = crowd.pop().expect("there are 300").read_to_end(LIMIT).await;
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused:?}");
    let body = wish(&cabin, 10, 2, 1).to_string();
    let head = format!(
        "POST {HOLDS} HTTP/1.1\r\nhost: desk\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    guest.write(format!("{head}{body}").as_bytes()).await.expect("the desk reads");
    guest.read_until("HTTP/1.1 201", LIMIT).await;

    drop(crowd);
    until_true("there is room again", LIMIT, async || {
        desk.http
            .try_send(reqwest::Method::GET, "/api/v1/readyz", None, &[], None)
            .await
            .is_ok_and(|answer| answer.status == 200)
    })
    .await;
    hold(&desk, &wish(&cabin, 20, 2, 2)).await.expect(201);
    let told: Vec<_> = desk.log_lines().into_iter().filter(|line| line["level"] == "WARN").collect();
    let count = |start: &str| {
        told.iter()
            .filter(|line| line["message"].as_str().is_some_and(|text| text.starts_with(start)))
            .count()
    };
    assert_eq!(count("connections are refused"), 1, "a hundred refusals are one line: {told:?}");
    assert_eq!(count("fewer connections than wanted"), 1, "{told:?}");
    assert_eq!(count("connections could not be accepted"), 0, "files were kept free: {told:?}");
    desk.stop().await;
}
