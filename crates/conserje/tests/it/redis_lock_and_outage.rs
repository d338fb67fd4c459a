//! Redis helps and never decides: a key while somebody books, gone right after; and no Redis is no harm.

use std::time::{Duration, Instant};

use serde_json::json;
use store::db::Engine;
use testkit::{TestDb, redis_database::redis_url};

use crate::{
    race_for_one_night::assert_one_winner,
    support::{
        free_port,
        holds::{hold, hold_at_once, wish, with_cabin},
        own_redis::{OwnRedis, booking_key, connect, exists},
        serve_process::Desk,
        wait_until::{until_true, within},
    },
};

/// Much shorter than the key's own time-out of ten seconds: it went because it was let go.
const SOON: Duration = Duration::from_secs(3);
/// What a guest may wait when Redis is gone.
const PATIENCE: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn being_booked_this_instant_is_answered_at_once() {
    let (db, url) = (TestDb::empty(Engine::Sqlite).await, redis_url().await);
    let desk = Desk::serve(db.url(), &[("REDIS_URL", &url)]).await;
    let (cabin, other) = (with_cabin(&desk).await, with_cabin(&desk).await);
    let mut redis = connect(&url).await;
    let key = booking_key(&cabin);
    let mut set = redis::cmd("SET");
    set.arg(&key).arg("somebody else").arg("PX").arg(5_000);
    set.exec_async(&mut redis).await.expect("Redis takes the key");

    let refused = hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(409);
    assert_eq!(refused.code(), "processing_or_unavailable");
    assert!(exists(&mut redis, &key).await, "the key of somebody else is not ours to remove");
    hold(&desk, &wish(&other, 10, 2, 1)).await.expect(201);
    redis::cmd("DEL").arg(&key).exec_async(&mut redis).await.expect("Redis removes the key");
    hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(201);
}

/// Item 3 of the old faults: an older system kept its lock for half an hour.
#[tokio::test(flavor = "multi_thread")]
async fn cancelled_dates_can_be_held_at_once() {
    let (db, url) = (TestDb::empty(Engine::Postgres).await, redis_url().await);
    let desk = Desk::serve(db.url(), &[("REDIS_URL", &url)]).await;
    let cabin = with_cabin(&desk).await;
    for guest in 0..5 {
        let held = hold(&desk, &wish(&cabin, 10, 2, guest)).await.expect(201);
        let path = format!("/api/v1/reservations/{}/cancel", held.text("code"));
        desk.http.post(&path, Some(&held.text("token")), &json!({})).await.expect(200);
    }
    let overlapping = wish(&cabin, 11, 3, 9);
    hold(&desk, &overlapping).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_gone_after_success_and_after_refusal() {
    let (db, url) = (TestDb::empty(Engine::Sqlite).await, redis_url().await);
    let desk = Desk::serve(db.url(), &[("REDIS_URL", &url)]).await;
    let cabin = with_cabin(&desk).await;
    let mut redis = connect(&url).await;
    let key = booking_key(&cabin);
    for (guest, status) in [(1, 201), (2, 409), (3, 409)] {
        hold(&desk, &wish(&cabin, 10, 2, guest)).await.expect(status);
        until_true("the key is gone", SOON, async || !exists(&mut redis, &key).await).await;
    }
    let mut too_many = wish(&cabin, 20, 2, 4);
    too_many["guests"] = json!(99);
    hold(&desk, &too_many).await.expect(422);
    until_true("the key is gone", SOON, async || !exists(&mut redis, &key).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_gone_when_the_client_is() {
    let (db, url) = (TestDb::empty(Engine::Postgres).await, redis_url().await);
    let desk = Desk::serve(db.url(), &[("REDIS_URL", &url)]).await;
    let cabin = with_cabin(&desk).await;
    let mut redis = connect(&url).await;
    let key = booking_key(&cabin);
    // The row is locked, so the hold waits while the test looks at it.
    let mut lock = db.begin().await;
    let id = domain::ids::AccommodationId::new(cabin.as_str());
    store::accommodation::lock(&mut lock, &[id]).await.expect("the test locks the cabin");
    {
        let asked = wish(&cabin, 10, 2, 1);
        let waiting = hold(&desk, &asked);
        tokio::pin!(waiting);
        tokio::select! {
            answer = &mut waiting => panic!("answered although the cabin is locked: {answer:?}"),
            () = until_true("the guest is inside", SOON, async || exists(&mut redis, &key).await) => {}
        }
        // Here the guest goes away.
    }
    until_true("the key is gone", SOON, async || !exists(&mut redis, &key).await).await;
    lock.commit().await.expect("the test lets the cabin go");
    // What the guest had asked for is done or not done; either way nobody else is kept out of other nights.
    hold(&desk, &wish(&cabin, 30, 2, 2)).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_at_its_address_holds_work_and_one_guest_wins() {
    let dead = format!("redis://127.0.0.1:{}", free_port::free());
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [with_limits(&db, &dead).await, with_limits(&db, &dead).await];
    let cabin = with_cabin(&desks[0]).await;
    assert_works([&desks[0], &desks[1]], &cabin, 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_killed_in_the_middle_is_no_harm() {
    let mut redis = OwnRedis::start().await;
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [with_limits(&db, redis.url()).await, with_limits(&db, redis.url()).await];
    let cabin = with_cabin(&desks[0]).await;
    hold(&desks[0], &wish(&cabin, 5, 1, 99)).await.expect(201);
    redis.kill();
    assert_works([&desks[0], &desks[1]], &cabin, 10).await;
}

/// It takes connections and answers nothing: worse than dead.
#[tokio::test(flavor = "multi_thread")]
async fn redis_frozen_in_the_middle_is_no_harm() {
    let redis = OwnRedis::start().await;
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [with_limits(&db, redis.url()).await, with_limits(&db, redis.url()).await];
    let cabin = with_cabin(&desks[0]).await;
    hold(&desks[0], &wish(&cabin, 5, 1, 99)).await.expect(201);
    redis.freeze();
    assert_works([&desks[0], &desks[1]], &cabin, 10).await;
}

/// With the limits on, because these ask Redis too.
async fn with_limits(db: &TestDb, redis: &str) -> Desk {
    let settings = [("REDIS_URL", redis), ("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_REQUESTS", "1000")];
    Desk::serve(db.url(), &settings).await
}

async fn assert_works(desks: [&Desk; 2], cabin: &str, first: i32) {
    for guest in 0..4 {
        let begun = Instant::now();
        let asked = wish(cabin, first + 2 * i32::try_from(guest).expect("a few"), 1, guest);
        within("a hold without Redis", PATIENCE, hold(desks[guest % 2], &asked)).await.expect(201);
        println!("a hold without Redis took {:?}", begun.elapsed());
    }
    let wishes: Vec<_> = (0..16).map(|guest| wish(cabin, first + 20, 1, 100 + guest)).collect();
    assert_one_winner(&hold_at_once(&desks, &wishes).await, &["date_overlap"]);
    let health = desks[0].http.get("/api/v1/healthz", None).await.expect(200);
    assert_eq!(health.text("status"), "degraded", "what is missing is said");
    let metrics = desks[0].http.get("/metrics", None).await.expect(200);
    let metrics = String::from_utf8_lossy(&metrics.body);
    assert!(metrics.contains("circuit_breaker_state{circuit_name=\"redis\"} 1\n"), "{metrics}");
    assert!(!metrics.contains("rate_limit_redis_errors_total 0\n"), "{metrics}");
}
