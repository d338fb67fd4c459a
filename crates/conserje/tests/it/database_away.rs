//! The database goes away and comes back; the desk says so, and needs no restart.

use std::time::Duration;

use store::db::Db;

use crate::support::{
    api_client::Answer,
    holds::{hold, in_days, wish, with_cabin},
    own_postgres::OwnPostgres,
    serve_process::{Desk, STAFF},
    wait_until::{until, within},
};

const SETTINGS: [(&str, &str); 2] = [("REQUEST_TIMEOUT_SECONDS", "2"), ("SHUTDOWN_SECONDS", "2")];
/// The time limit of a request, and some for a busy machine.
const LIMIT: Duration = Duration::from_secs(4);
const BACK: Duration = Duration::from_secs(20);

/// It keeps its connections and answers nothing, as behind a network that has lost its way.
#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_database_is_a_503_in_time_and_then_all_is_well_again() {
    let postgres = OwnPostgres::start().await;
    let desk = Desk::serve(&postgres.url(), &SETTINGS).await;
    let cabin = with_cabin(&desk).await;
    let code = hold(&desk, &wish(&cabin, 10, 1, 1)).await.expect(201).text("code");
    postgres.freeze();
    assert_says_unavailable(&desk, &cabin, &code).await;
    postgres.thaw();
    assert_works_again(&desk, &cabin).await;
}

/// Its connections break, new ones are refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_database_is_a_503_in_time_and_then_all_is_well_again() {
    let mut postgres = OwnPostgres::start().await;
    let desk = Desk::serve(&postgres.url(), &SETTINGS).await;
    let cabin = with_cabin(&desk).await;
    let code = hold(&desk, &wish(&cabin, 10, 1, 1)).await.expect(201).text("code");
    postgres.kill();
    assert_says_unavailable(&desk, &cabin, &code).await;
    postgres.start_again().await;
    assert_works_again(&desk, &cabin).await;
    // What was held before is held still.
    hold(&desk, &wish(&cabin, 10, 1, 2)).await.expect(409);
}

/// The server is there and lets nobody in: another password, a closed database, no connection left.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_refuses_connections_is_a_503_and_then_all_is_well_again() {
    let postgres = OwnPostgres::start().await;
    let admin = Db::open(&postgres.url(), 2).await.expect("the server lets us in");
    let order = async |sql: &'static str| {
        let mut session = admin.begin_single().await.expect("the server lets us in");
        session.rows(sql, vec![]).await.expect("the server obeys");
    };
    order("create database desk").await;
    let desk = Desk::serve(&postgres.url().replace("/postgres", "/desk"), &SETTINGS).await;
    let cabin = with_cabin(&desk).await;
    let code = hold(&desk, &wish(&cabin, 10, 1, 1)).await.expect(201).text("code");
    order("alter database desk with allow_connections false").await;
    order("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = 'desk'").await;
    assert_says_unavailable(&desk, &cabin, &code).await;
    order("alter database desk with allow_connections true").await;
    assert_works_again(&desk, &cabin).await;
    admin.close().await;
}

/// Whoever watches over the desk asks with less patience than a guest has.
#[tokio::test(flavor = "multi_thread")]
async fn the_health_of_a_desk_whose_database_is_frozen_is_told_in_two_seconds() {
    let postgres = OwnPostgres::start().await;
    let desk = Desk::serve(&postgres.url(), &[("REQUEST_TIMEOUT_SECONDS", "60")]).await;
    postgres.freeze();
    for path in ["/api/v1/healthz", "/api/v1/readyz", "/api/v1/healthz"] {
        let answer = within(path, LIMIT, desk.http.get(path, None)).await;
        assert_eq!(answer.status, 503, "{path}");
    }
    let health = within("the health", LIMIT, desk.http.get("/api/v1/healthz", None)).await.json();
    assert_eq!((&health["status"], &health["checks"][0]["name"]), (&"unhealthy".into(), &"database".into()));
    within("the metrics", LIMIT, desk.http.get("/metrics", None)).await.expect(200);
    postgres.thaw();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_whose_database_is_frozen_still_stops_within_its_limit() {
    let postgres = OwnPostgres::start().await;
    let mut desk = Desk::serve(&postgres.url(), &SETTINGS).await;
    let cabin = with_cabin(&desk).await;
    postgres.freeze();
    hold(&desk, &wish(&cabin, 10, 1, 1)).await.expect(503);
    desk.ask_to_stop();
    assert_eq!(desk.ended(Duration::from_secs(2) + LIMIT).await.code(), Some(0), "{}", desk.errors());
}

async fn assert_says_unavailable(desk: &Desk, cabin: &str, code: &str) {
    // More than one request and more than one kind: the first may not use up all patience.
    for guest in 0..3 {
        let refused = within("a hold", LIMIT, hold(desk, &wish(cabin, 20, 1, guest))).await;
        assert_unavailable(&refused.expect(503));
    }
    let (from, to) = (in_days(20), in_days(22));
    for path in [
        format!("/api/v1/availability?check_in={from}&check_out={to}&guests=2"),
        format!("/api/v1/accommodations/{cabin}/calendar?from={from}&to={to}"),
        format!("/api/v1/reservations/{code}"),
    ] {
        let refused = within("a look", LIMIT, desk.http.get(&path, Some(STAFF))).await;
        assert_unavailable(&refused.expect(503));
    }
    let ready = within("the readiness", LIMIT, desk.http.get("/api/v1/readyz", None)).await;
    assert_eq!(ready.status, 503, "nobody should send requests here");
    let health = within("the health", LIMIT, desk.http.get("/api/v1/healthz", None)).await;
    assert_eq!(health.status, 503);
}

fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.code(), "unavailable");
    assert!(answer.header("retry-after").is_some());
}

async fn assert_works_again(desk: &Desk, cabin: &str) {
    let held = until("holds work again", BACK, async || {
        let answer = hold(desk, &wish(cabin, 40, 1, 7)).await;
        // While it comes back the answer is still 503 and never worse. A hold that was given up by its request may
        // have been carried out: then these nights are taken by ourselves.
        assert!([201, 409, 503].contains(&answer.status), "{answer:?}");
        (answer.status != 503).then_some(answer)
    })
    .await;
    assert!([201, 409].contains(&held.status));
    until("the desk is ready again", BACK, async || {
        let ready = desk.http.get("/api/v1/readyz", None).await;
        (ready.status == 200).then_some(())
    })
    .await;
}
