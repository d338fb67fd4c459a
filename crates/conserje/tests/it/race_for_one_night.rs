//! One night, many guests, one winner: with one process and with two, on both engines, with Redis and without.

use store::db::Engine;
use testkit::{TestDb, redis_database::redis_url};

use crate::support::{
    holds::{self, hold_at_once, wish, with_cabin},
    serve_process::Desk,
};

const CLIENTS: usize = 64;
/// Nights that are fought over, one after another: a race that is lost rarely is met more often.
const NIGHTS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn of_64_guests_one_gets_the_night_on_sqlite() {
    race(Engine::Sqlite, 1, &[], &["date_overlap"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_guests_one_gets_the_night_on_postgres() {
    race(Engine::Postgres, 1, &[], &["date_overlap"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_guests_one_gets_the_night_of_two_processes() {
    race(Engine::Postgres, 2, &[], &["date_overlap"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_guests_one_gets_the_night_of_two_processes_with_redis() {
    let redis = redis_url().await;
    let refusals = ["date_overlap", "processing_or_unavailable"];
    race(Engine::Postgres, 2, &[("REDIS_URL", &redis)], &refusals).await;
}

/// Half of the guests want the night before as well: ranges that merely overlap exclude each other too.
#[tokio::test(flavor = "multi_thread")]
async fn overlapping_ranges_have_one_winner_of_two_processes() {
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [Desk::serve(db.url(), &[]).await, Desk::serve(db.url(), &[]).await];
    let cabin = with_cabin(&desks[0]).await;
    let range = |guest: usize| if guest.is_multiple_of(2) { (30, 1) } else { (29, 2) };
    let wishes: Vec<_> =
        (0..CLIENTS).map(|guest| wish(&cabin, range(guest / 2).0, range(guest / 2).1, guest)).collect();
    assert_one_winner(&hold_at_once(&[&desks[0], &desks[1]], &wishes).await, &["date_overlap"]);
    assert_eq!(holds::stays(&db.db).await.iter().filter(|stay| stay.is_live()).count(), 1);
}

async fn race(engine: Engine, processes: usize, settings: &[(&str, &str)], refusals: &[&str]) {
    let db = TestDb::empty(engine).await;
    let mut desks = Vec::new();
    for _ in 0..processes {
        desks.push(Desk::serve(db.url(), settings).await);
    }
    let cabin = with_cabin(&desks[0]).await;
    let desks: Vec<&Desk> = desks.iter().collect();
    for (round, night) in (0..NIGHTS).zip(10..) {
        // Other guests each time: who has won three nights gets no fourth.
        let guests = (0..CLIENTS).map(|number| round * CLIENTS + number);
        let wishes: Vec<_> = guests.map(|guest| wish(&cabin, night, 1, guest)).collect();
        assert_one_winner(&hold_at_once(&desks, &wishes).await, refusals);
        let stays = holds::stays(&db.db).await;
        let of_this_night =
            stays.iter().filter(|stay| stay.is_live() && stay.check_in == holds::in_days(night));
        assert_eq!(of_this_night.count(), 1, "exactly one live stay of this night");
        holds::assert_no_overlap(&stays);
    }
}

/// One 201, and for all others a 409 with one of these codes.
pub fn assert_one_winner(answers: &[crate::support::api_client::Answer], refusals: &[&str]) {
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.status, 409, "{answer:?}");
        assert!(refusals.contains(&answer.code().as_str()), "{}", answer.code());
    }
    assert_eq!(won, 1, "{won} of {} guests got the same night", answers.len());
}
