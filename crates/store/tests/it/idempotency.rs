//! Answers kept for repeated requests.

use jiff::SignedDuration;
use store::{
    db::Engine,
    idempotency::{self, Kept, Key},
};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

fn key(name: &str) -> Key {
    Key { scope: "web POST /x".to_owned(), key: name.to_owned(), fingerprint: "print".to_owned() }
}

#[tokio::test]
async fn an_answer_is_kept_byte_for_byte_until_it_expires() {
    TestDb::each(async |db| {
        let body = [0_u8, 255, 10, b'{'];
        let ends = now() + SignedDuration::from_hours(48);
        db.commit(async |session| idempotency::keep(session, &key("k"), 201, &body, now(), ends).await).await;
        let find = async |key: &Key, at| idempotency::find(&mut db.read().await, key, at).await.unwrap();
        let kept = Kept { fingerprint: "print".to_owned(), status: 201, body: body.to_vec() };
        assert_eq!(find(&key("k"), now()).await, Some(kept));
        assert_eq!(find(&key("other"), now()).await, None);
        let elsewhere = Key { scope: "web POST /y".to_owned(), ..key("k") };
        assert_eq!(find(&elsewhere, now()).await, None);
        assert_eq!(find(&key("k"), ends).await, None);

        let later = ends + SignedDuration::from_hours(1);
        let changed = Key { fingerprint: "new".to_owned(), ..key("k") };
        db.commit(async |session| idempotency::keep(session, &changed, 200, b"", ends, later).await).await;
        let kept = Kept { fingerprint: "new".to_owned(), status: 200, body: vec![] };
        assert_eq!(find(&key("k"), ends).await, Some(kept), "an expired answer is overwritten");

        let delete =
            async |at| db.commit(async |session| idempotency::delete_expired(session, at).await).await;
        assert_eq!(delete(ends).await, 0);
        assert_eq!(delete(later).await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_process_at_a_time_works_on_a_key() {
    TestDb::each(async |db| {
        let mut first = db.begin().await;
        assert!(idempotency::claim(&mut first, &key("k")).await.unwrap());
        // On SQLite nobody else can have begun to write.
        if db.engine() == Engine::Postgres {
            let mut second = db.begin().await;
            assert!(!idempotency::claim(&mut second, &key("k")).await.unwrap());
            assert!(idempotency::claim(&mut second, &key("other")).await.unwrap());
        }
        first.commit().await.unwrap();
        let mut third = db.begin().await;
        assert!(
            idempotency::claim(&mut third, &key("k")).await.unwrap(),
            "the claim ended with its transaction"
        );
    })
    .await;
}
