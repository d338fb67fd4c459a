//! The matrix of ranges, by every way in which a row can come to lie over another.

use domain::period::Period;
use store::{
    db::{DbError, Result, Session},
    stay,
};
use testkit::{
    TestDb,
    noun_builders::{cabin, day, held, nights},
};

use crate::shared_cabins_and_rows::{count_overlaps, insert_raw, now, with_cabin};

/// Against the nights of 10 to 15 January: check-in, check-out, refused, why.
const MATRIX: [(&str, &str, bool, &str); 10] = [
    ("10", "15", true, "the same range"),
    ("08", "11", true, "over the left end"),
    ("14", "18", true, "over the right end"),
    ("11", "13", true, "inside"),
    ("08", "18", true, "around"),
    ("10", "11", true, "the first night"),
    ("14", "15", true, "the last night"),
    ("15", "18", false, "arrives on the departure day"),
    ("08", "10", false, "departs on the arrival day"),
    ("20", "22", false, "elsewhere"),
];

/// How the second stay comes to lie there.
const WAYS: [&str; 7] =
    ["hold", "batch", "held row", "confirmed row", "moved dates", "revived", "moved house"];

async fn bring(session: &mut Session, way: &str, period: Period) -> Result<()> {
    let away = nights("2027-06-01", "2027-06-02");
    match way {
        "hold" => stay::create_many(session, &[held(&cabin("a"), period, now())]).await,
        "batch" => {
            let others = [held(&cabin("b"), period, now()), held(&cabin("a"), period, now())];
            stay::create_many(session, &others).await
        }
        "held row" => insert_raw(session, "new", "a", period, "held").await,
        "confirmed row" => insert_raw(session, "new", "a", period, "confirmed").await,
        "moved dates" => {
            insert_raw(session, "new", "a", away, "confirmed").await?;
            let sql = "update stay set check_in = $1, check_out = $2 where id = 'new'";
            let args = vec![period.check_in().into(), period.check_out().into()];
            session.execute(sql, args).await.map(|_| ())
        }
        "revived" => {
            insert_raw(session, "new", "a", period, "expired").await?;
            session.execute("update stay set status = 'confirmed' where id = 'new'", vec![]).await.map(|_| ())
        }
        _ => {
            insert_raw(session, "new", "b", period, "held").await?;
            session
                .execute("update stay set accommodation_id = 'a' where id = 'new'", vec![])
                .await
                .map(|_| ())
        }
    }
}

#[tokio::test]
async fn live_stays_never_overlap_whoever_writes() {
    TestDb::each(async |db| {
        with_cabin(db, "a").await;
        with_cabin(db, "b").await;
        for (kept_status, keeps) in [
            ("held", true),
            ("confirmed", true),
            ("cancelled", false),
            ("expired", false),
            ("completed", false),
            ("no_show", false),
        ] {
            for way in WAYS {
                for (check_in, check_out, overlaps, why) in MATRIX {
                    let case = format!("{kept_status}, {way}: {why}");
                    // Nothing is committed, so each case begins anew.
                    let mut session = db.begin().await;
                    let kept = nights("2027-01-10", "2027-01-15");
                    insert_raw(&mut session, "kept", "a", kept, kept_status).await.unwrap();
                    let period = nights(&format!("2027-01-{check_in}"), &format!("2027-01-{check_out}"));
                    let result = bring(&mut session, way, period).await;
                    if keeps && overlaps {
                        assert!(matches!(result, Err(DbError::Overlap)), "{case}: {result:?}");
                    } else {
                        assert!(result.is_ok(), "{case}: {result:?}");
                        assert_eq!(count_overlaps(&mut session).await, 0, "{case}");
                    }
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_accommodation_is_free() {
    TestDb::each(async |db| {
        let (a, b) = (with_cabin(db, "a").await, with_cabin(db, "b").await);
        let period = nights("2027-01-10", "2027-01-15");
        let holds = [held(&a, period, now()), held(&b, period, now())];
        db.commit(async |session| stay::create_many(session, &holds).await).await;
        assert_eq!(
            stay::list_in_the_way(&mut db.read().await, &[(a.id, period), (b.id, period)])
                .await
                .unwrap()
                .len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_batch_leaves_none_of_its_holds() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let over_each_other = [
            held(&cabin, nights("2027-01-01", "2027-01-03"), now()),
            held(&cabin, nights("2027-01-10", "2027-01-15"), now()),
            held(&cabin, nights("2027-01-14", "2027-01-16"), now()),
        ];
        // Committed although it failed, as a careless caller would: still none of them is there, whatever it is told.
        let mut session = db.begin().await;
        let refused = stay::create_many(&mut session, &over_each_other).await;
        assert!(matches!(refused, Err(DbError::Overlap)), "{refused:?}");
        drop(session.commit().await);
        let contact = over_each_other[0].terms.contact.key();
        assert_eq!(stay::list_by_contact(&mut db.read().await, &contact, 10).await.unwrap(), []);
    })
    .await;
}

/// A stay is not in its own way.
#[tokio::test]
async fn a_stay_may_move_within_its_own_nights() {
    TestDb::each(async |db| {
        with_cabin(db, "a").await;
        let mut session = db.begin().await;
        insert_raw(&mut session, "kept", "a", nights("2027-01-10", "2027-01-15"), "confirmed").await.unwrap();
        for (check_in, check_out) in [("11", "15"), ("11", "14"), ("09", "16"), ("15", "20")] {
            let sql = "update stay set check_in = $1, check_out = $2, status = 'confirmed' where id = 'kept'";
            let date = |number| day(&format!("2027-01-{number}")).into();
            assert_eq!(session.execute(sql, vec![date(check_in), date(check_out)]).await.unwrap(), 1);
        }
    })
    .await;
}
