//! `kill -9` while guests hold nights as fast as they can.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use store::db::Engine;
use testkit::TestDb;
use tokio::task::JoinSet;

use crate::support::{
    api_client::{Answer, Http},
    holds::{self, HOLDS, Row, wish, with_cabin},
    serve_process::Desk,
    wait_until::{until_true, within},
};

const GUESTS_AT_ONCE: usize = 16;
const CABINS: usize = 6;
const HOLD_MINUTES: i64 = 1;
const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn holds_survive_kill_9_on_sqlite() {
    kill_again_and_again(Engine::Sqlite, 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn holds_survive_kill_9_on_postgres() {
    kill_again_and_again(Engine::Postgres, 5).await;
}

/// A guest's request, which names itself so that it may be repeated.
struct Asked {
    key: String,
    wish: Value,
    /// None when the process died before it answered.
    answer: Option<Answer>,
}

async fn kill_again_and_again(engine: Engine, rounds: usize) {
    let db = TestDb::empty(engine).await;
    let mut desk = start(&db).await;
    let mut cabins = Vec::new();
    for _ in 0..CABINS {
        cabins.push(with_cabin(&desk).await);
    }
    let cabins = Arc::new(cabins);
    let next = Arc::new(AtomicUsize::new(0));
    let (mut told, mut lost) = (BTreeSet::new(), 0);
    for round in 0..rounds {
        // The moment varies: after the first hold, in the middle of many, in between.
        let moment = 1 + round * 17 % 60;
        let asked = hold_until_killed(desk, &cabins, &next, moment).await;
        desk = start(&db).await;
        lost += asked.iter().filter(|asked| asked.answer.is_none()).count();
        told.extend(check_answered(&desk, &asked).await);
        told.extend(ask_again(&desk, asked).await);

        let stays = holds::stays(&db.db).await;
        holds::assert_no_overlap(&stays);
        holds::assert_holds_end(&stays, HOLD_MINUTES);
        assert_known_to_guests(&stays, &told);
    }
    assert!(lost > 0, "no kill met a request under way: the test proves nothing");
}

async fn start(db: &TestDb) -> Desk {
    Desk::serve(db.url(), &[("HOLD_MINUTES", &HOLD_MINUTES.to_string())]).await
}

/// Guests hold nights at full speed until `moment` holds were given; then the process is killed.
async fn hold_until_killed(
    desk: Desk,
    cabins: &Arc<Vec<String>>,
    next: &Arc<AtomicUsize>,
    moment: usize,
) -> Vec<Asked> {
    let given = Arc::new(AtomicUsize::new(0));
    let mut guests = JoinSet::new();
    for _ in 0..GUESTS_AT_ONCE {
        guests.spawn(one_guest(desk.http.clone(), Arc::clone(cabins), Arc::clone(next), Arc::clone(&given)));
    }
    until_true("enough holds were given", LIMIT, async || given.load(Ordering::SeqCst) >= moment).await;
    desk.kill().await;
    within("the guests", LIMIT, guests.join_all()).await.into_iter().flatten().collect()
}

/// Asks for one stay after another until there is nobody to answer.
async fn one_guest(
    http: Http,
    cabins: Arc<Vec<String>>,
    next: Arc<AtomicUsize>,
    given: Arc<AtomicUsize>,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        // Scattered over a year, so that many are free and some are not.
        let scattered = number.wrapping_mul(7_919);
        let first = 1 + i32::try_from(scattered % 365).expect("below 365");
        let wish = wish(&cabins[scattered % CABINS], first, 1 + first % 3, number);
        let key = format!("hold-number-{number}");
        let answer = http.try_post(HOLDS, None, &[("idempotency-key", &key)], &wish).await.ok();
        let died = answer.is_none();
        if answer.as_ref().is_some_and(|answer| answer.status == 201) {
            given.fetch_add(1, Ordering::SeqCst);
        }
        asked.push(Asked { key, wish, answer });
        if died {
            return asked;
        }
    }
}

/// What a guest was told is true after the crash. Returns the codes that guests know.
async fn check_answered(desk: &Desk, asked: &[Asked]) -> Vec<String> {
    let mut codes = Vec::new();
    for answer in asked.iter().filter_map(|asked| asked.answer.as_ref()) {
        match answer.status {
            201 => {
                let (code, token) = (answer.text("code"), answer.text("token"));
                let path = format!("/api/v1/reservations/{code}");
                let found = desk.http.get(&path, Some(&token)).await.expect(200);
                assert_eq!(found.text("status"), "held", "{code} was promised");
                assert_eq!(found.text("check_in"), answer.text("check_in"));
                codes.push(code);
            }
            409 => assert_eq!(answer.code(), "date_overlap"),
            _ => panic!("{answer:?}"),
        }
    }
    codes
}

/// Who got no answer asks again with the same key: a hold that was committed is theirs, not in their own way.
async fn ask_again(desk: &Desk, asked: Vec<Asked>) -> Vec<String> {
    let mut codes = Vec::new();
    for unanswered in asked.into_iter().filter(|asked| asked.answer.is_none()) {
        let key = [("idempotency-key", unanswered.key.as_str())];
        let answer = desk.http.try_post(HOLDS, None, &key, &unanswered.wish).await.expect("the desk answers");
        match answer.status {
            201 => codes.push(answer.text("code")),
            409 => assert_eq!(answer.code(), "date_overlap"),
            _ => panic!("{answer:?}"),
        }
    }
    codes
}

/// No night is blocked by a stay that nobody knows of.
fn assert_known_to_guests(stays: &[Row], told: &BTreeSet<String>) {
    let by_code: HashMap<&str, &Row> = stays.iter().map(|stay| (stay.code.as_str(), stay)).collect();
    let unknown: Vec<_> = by_code.keys().filter(|code| !told.contains(**code)).collect();
    assert!(unknown.is_empty(), "nobody was told of {unknown:?}");
    let gone: Vec<_> = told.iter().filter(|code| !by_code.contains_key(code.as_str())).collect();
    assert!(gone.is_empty(), "{gone:?} were promised and are not there");
}
