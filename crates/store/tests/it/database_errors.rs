//! Database errors, sorted by what a caller can do.

use jiff::SignedDuration;
use serde_json::json;
use store::{
    db::{DbError, Engine},
    queue,
    staff_task::{self, Attention},
    stay, webhook_event,
};
use testkit::{
    TestDb,
    noun_builders::{cabin, held, nights},
};

use crate::shared_cabins_and_rows::{insert_raw, now, with_cabin, with_hold};

#[tokio::test]
async fn errors_say_what_a_caller_can_do() {
    TestDb::each(async |db| {
        let home = with_cabin(db, "a").await;
        let kept = with_hold(db, &home, nights("2027-01-10", "2027-01-12")).await;

        let mut twin = held(&home, nights("2027-02-10", "2027-02-12"), now());
        twin.terms.code = kept.terms.code.clone();
        let refused = db.try_commit(async |session| stay::create_many(session, &[twin]).await).await;
        assert!(matches!(&refused, Err(DbError::Unique(what)) if what.contains("code")), "{refused:?}");

        let homeless = held(&cabin("nowhere"), nights("2027-01-10", "2027-01-12"), now());
        let refused = db.try_commit(async |session| stay::create_many(session, &[homeless]).await).await;
        assert!(matches!(refused, Err(DbError::MissingReference)), "{refused:?}");

        let over = held(&home, nights("2027-01-11", "2027-01-13"), now());
        let refused = db.try_commit(async |session| stay::create_many(session, &[over]).await).await;
        assert!(matches!(refused, Err(DbError::Overlap)), "{refused:?}");

        for nonsense in ["asleep", "Held", ""] {
            let refused = db
                .try_commit(async |session| {
                    insert_raw(session, "x", "a", nights("2027-03-01", "2027-03-02"), nonsense).await
                })
                .await;
            assert!(matches!(refused, Err(DbError::Other(_))), "{nonsense}: {refused:?}");
        }
        for error in [DbError::Overlap, DbError::MissingReference, DbError::Unique(String::new())] {
            assert!(!error.is_passing());
        }
    })
    .await;
}

/// What the columns' own checks refuse, whatever code wrote it.
#[tokio::test]
async fn rows_that_make_no_sense_are_refused() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        for sql in [
            "update stay set check_out = check_in",
            "update stay set guests = 0",
            "update stay set total_minor = -1",
            "update stay set expires_at = null",
            "update stay set version = null",
            "update accommodation set capacity = 0",
            "update accommodation set id = null",
            "insert into schedule (name, next_run_at) select null, created_at from stay",
        ] {
            let refused = db.try_commit(async |session| session.execute(sql, vec![]).await).await;
            assert!(matches!(refused, Err(DbError::Other(_))), "{sql}: {refused:?}");
        }
        let delete = "delete from accommodation";
        let refused = db.try_commit(async |session| session.execute(delete, vec![]).await).await;
        assert!(matches!(refused, Err(DbError::MissingReference)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing() {
    TestDb::each(async |db| {
        let mut session = db.begin().await;
        store::accommodation::create(&mut session, &cabin("a"), now()).await.unwrap();
        assert_eq!(session.engine(), db.engine());
        drop(session);
        assert_eq!(store::accommodation::list(&mut db.read().await).await.unwrap(), []);
        // The one writer of SQLite is free again.
        with_cabin(db, "a").await;
    })
    .await;
}

/// A guest may send any character. PostgreSQL keeps no U+0000, so both engines keep its visible stand-in:
/// an event that cannot be stored would be sent again for a week.
#[tokio::test]
async fn a_nul_character_is_stored_as_its_stand_in() {
    TestDb::each(async |db| {
        let event = webhook_event::Event {
            id: "e".to_owned(),
            source: "whatsapp",
            account: "desk".to_owned(),
            external_id: "wamid.1".to_owned(),
            payload: json!({"text": {"body": "a\u{0}b", "k\u{0}": ["\u{0}", "\\u0000"]}}),
            to_be_handled: true,
        };
        db.commit(async |session| webhook_event::accept(session, &[(event, None)], now()).await).await;
        let stored = webhook_event::find(&mut db.read().await, "e").await.unwrap().unwrap();
        let kept = json!({"text": {"body": "a\u{FFFD}b", "k\u{FFFD}": ["\u{FFFD}", "\\u0000"]}});
        assert_eq!(stored.payload, kept);

        let told = Attention {
            id: "1".to_owned(),
            subject: "s".to_owned(),
            reason: "r".to_owned(),
            detail: "x\u{0}y".to_owned(),
            created_at: now(),
        };
        db.commit(async |session| staff_task::raise(session, &told).await).await;
        let open = staff_task::list_open(&mut db.read().await).await.unwrap();
        assert_eq!(open[0].detail, "x\u{FFFD}y");
    })
    .await;
}

/// On SQLite a reader cannot write, so that writers wait in one fair queue.
#[tokio::test]
async fn a_reading_session_of_sqlite_cannot_write() {
    let db = TestDb::sqlite().await;
    assert_eq!(db.engine(), Engine::Sqlite);
    let mut session = db.read().await;
    let lease = now() + SignedDuration::from_mins(1);
    assert!(queue::heartbeat(&mut session, "w", &[1], lease).await.is_err());
}
