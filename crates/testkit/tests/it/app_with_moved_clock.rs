//! Tests of the application whose clock the test moves.

use app::config::Secret;
use domain::{guest::Channel, hold_checks::Refusal, ids::StayCode};
use jiff::SignedDuration;
use kernel::jobs::Job as _;
use stays::hold;
use stays::hold::HoldAnswer;
use stays::hold::HoldError;
use stays::hold::HoldRequest;
use testkit::{
    TestApp, TestDb,
    noun_builders::{cabin, contact, nights},
};

fn request() -> HoldRequest {
    let wanted = nights("2027-01-08", "2027-01-11");
    HoldRequest {
        accommodation_id: cabin("a").id,
        check_in: wanted.check_in(),
        check_out: wanted.check_out(),
        guests: 2,
        channel: Channel::Web,
        contact: contact(),
        conversation_id: None,
        actor: domain::actor::Actor::Guest,
        cause: None,
        named: None,
    }
}

async fn with_cabin(desk: &TestApp) {
    desk.db
        .commit(async |session| store::accommodation::create(session, &cabin("a"), desk.now()).await)
        .await;
}

async fn hold(desk: &TestApp) -> StayCode {
    match hold::place(&desk.app, request()).await.unwrap() {
        HoldAnswer::Granted(held) => held.terms.code,
        HoldAnswer::Replayed(_) => panic!("there was no key"),
    }
}

async fn status(desk: &TestApp, code: &StayCode) -> &'static str {
    let stay = store::stay::find_by_code(&mut desk.db.read().await, code).await.unwrap().unwrap();
    stay.status().as_str()
}

#[tokio::test]
async fn time_passes_when_the_test_says_so() {
    TestApp::each(async |desk| {
        with_cabin(desk).await;
        let code = hold(desk).await;
        desk.drain().await;
        assert_eq!(status(desk, &code).await, "held");
        let twice = hold::place(&desk.app, request()).await;
        assert!(matches!(twice, Err(HoldError::Refused(Refusal::DatesTaken))), "{twice:?}");

        desk.advance(SignedDuration::from_mins(30));
        assert_eq!(status(desk, &code).await, "held", "nothing happens by itself");
        assert!(desk.drain().await > 0);
        assert_eq!(status(desk, &code).await, "expired");
    })
    .await;
}

#[tokio::test]
async fn the_same_test_makes_the_same_codes() {
    let mut codes = Vec::new();
    for _ in 0..2 {
        let desk = TestApp::sqlite().await;
        with_cabin(&desk).await;
        codes.push(hold(&desk).await);
        desk.finish().await;
    }
    assert_eq!(codes[0], codes[1]);
}

#[tokio::test]
#[should_panic(expected = "jobs are left")]
async fn work_that_is_left_fails_the_test() {
    let desk = TestApp::sqlite().await;
    let job = kernel::forget_old_rows::ForgetOldRows::default().enqueue_at(desk.now());
    desk.db.commit(async |session| store::queue::enqueue(session, &[job], desk.now()).await).await;
    desk.finish().await;
}

#[tokio::test]
async fn a_desk_with_redis() {
    let redis = testkit::redis_database::redis_url().await;
    let desk = TestApp::start_with(TestDb::postgres().await, |config| {
        config.redis.url = Secret::new(redis);
    })
    .await;
    with_cabin(&desk).await;
    hold(&desk).await;
    assert!(hold::place(&desk.app, request()).await.is_err());
    desk.finish().await;
}
