//! When recurring work is due.

use jiff::SignedDuration;
use store::queue::schedule;
use testkit::TestDb;
use tokio::task::JoinSet;

use super::*;

const EVERY: SignedDuration = SignedDuration::from_secs(60);

#[tokio::test]
async fn a_turn_comes_once_per_interval() {
    TestDb::each(async |db| {
        let take = async |name, at| db.commit(async |s| schedule::take_turn(s, name, EVERY, at).await).await;
        let next = async || schedule::next_due(&mut db.read().await).await.unwrap();
        assert_eq!(next().await, None);
        assert!(take("tidy", now()).await, "at once the first time");
        assert!(!take("tidy", now()).await);
        assert!(!take("tidy", seconds(59)).await);
        assert!(take("tidy", seconds(60)).await);
        assert!(take("fetch", seconds(61)).await);
        assert_eq!(next().await, Some(seconds(120)));
        // After a long pause there is one turn, not one for each that was missed.
        assert!(take("tidy", seconds(6_000)).await);
        assert!(!take("tidy", seconds(6_059)).await);
    })
    .await;
}

/// The clock was a year ahead for a moment, and is right again.
#[tokio::test]
async fn a_turn_further_ahead_than_its_interval_is_due() {
    TestDb::each(async |db| {
        let take = async |every, at| {
            db.commit(async |s| schedule::take_turn(s, "tidy", SignedDuration::from_secs(every), at).await)
                .await
        };
        assert!(take(60, seconds(400 * 86_400)).await);
        assert!(take(60, now()).await, "nobody waits a year");
        assert!(!take(60, seconds(59)).await, "and once is enough");
        assert!(take(30, seconds(1)).await, "an interval that was shortened counts at once");
        assert!(!take(3_600, seconds(2)).await, "one that was lengthened begins with the next turn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_processes_one_is_told_to_go() {
    TestDb::each(async |db| {
        for at in [now(), seconds(60)] {
            let mut asking = JoinSet::new();
            for _ in 0..8 {
                let own = db.db.clone();
                asking.spawn(async move {
                    let mut session = own.begin().await.unwrap();
                    let mine = schedule::take_turn(&mut session, "tidy", EVERY, at).await.unwrap();
                    session.commit().await.unwrap();
                    mine
                });
            }
            let told = asking.join_all().await.into_iter().filter(|mine| *mine).count();
            assert_eq!(told, 1);
        }
    })
    .await;
}
