//! What was written down before migration 6 as a block over a stay is a conflict after it, on both engines.

use domain::period::Period;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{
    conflict::{self, Against},
    db::{Engine, Session, Value},
    migrate,
};
use testkit::{
    TestDb,
    noun_builders::{cabin, nights},
};

use crate::shared_cabins_and_rows::{insert_raw, now};

/// Name, PostgreSQL text, SQLite text, as they landed: what a database that stopped there has applied.
const FIRST_FIVE: [(&str, &str, &str); 5] = [
    (
        "0001_foundation",
        include_str!("../../../../migrations/postgres/0001_foundation.sql"),
        include_str!("../../../../migrations/sqlite/0001_foundation.sql"),
    ),
    (
        "0002_indexes_by_day",
        include_str!("../../../../migrations/postgres/0002_indexes_by_day.sql"),
        include_str!("../../../../migrations/sqlite/0002_indexes_by_day.sql"),
    ),
    (
        "0003_contact_keys",
        include_str!("../../../../migrations/postgres/0003_contact_keys.sql"),
        include_str!("../../../../migrations/sqlite/0003_contact_keys.sql"),
    ),
    (
        "0004_money",
        include_str!("../../../../migrations/postgres/0004_money.sql"),
        include_str!("../../../../migrations/sqlite/0004_money.sql"),
    ),
    (
        "0005_charges",
        include_str!("../../../../migrations/postgres/0005_charges.sql"),
        include_str!("../../../../migrations/sqlite/0005_charges.sql"),
    ),
];

/// As `migrate::run` of the version before left it.
async fn migrate_to_five(db: &TestDb) {
    db.commit(async |session| {
        let list = "create table migration (name text primary key not null, checksum text not null)";
        session.execute(list, vec![]).await?;
        for (name, postgres, sqlite) in FIRST_FIVE {
            let text = match session.engine() {
                Engine::Postgres => postgres,
                Engine::Sqlite => sqlite,
            };
            session.script(text).await?;
            let checksum = hex::encode(Sha256::digest(text));
            let done = "insert into migration (name, checksum) values ($1, $2)";
            session.execute(done, vec![name.into(), checksum.into()]).await?;
        }
        Ok(())
    })
    .await;
}

async fn insert(session: &mut Session, table: &'static str, columns: &'static str, values: Vec<Value>) {
    let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
    let sql = format!("insert into {table} ({columns}) values ({})", places.join(", "));
    session.execute(sql, values).await.unwrap();
}

async fn insert_block(session: &mut Session, uid: &str, period: Period) {
    let columns =
        "feed_id, uid, accommodation_id, check_in, check_out, summary, kind, created_at, updated_at";
    let values = vec![
        "airbnb-a".into(),
        uid.into(),
        "a".into(),
        period.check_in().into(),
        period.check_out().into(),
        "Reserved".into(),
        "stay".into(),
        now().into(),
        now().into(),
    ];
    insert(session, "block", columns, values).await;
}

async fn insert_clash(session: &mut Session, uid: &str, stay: &str, resolved_at: Option<Timestamp>) {
    let values = vec!["airbnb-a".into(), uid.into(), stay.into(), now().into(), resolved_at.into()];
    insert(session, "clash", "feed_id, uid, stay_id, found_at, resolved_at", values).await;
}

#[tokio::test]
async fn clashes_become_conflicts_with_the_nights_that_were_sold_twice() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        println!("on {engine:?}");
        let db = TestDb::empty(engine).await;
        migrate_to_five(&db).await;
        let later = now() + SignedDuration::from_hours(1);
        db.commit(async |session| {
            store::accommodation::create(session, &cabin("a"), now()).await?;
            let feed = vec!["airbnb-a".into(), "a".into(), "airbnb".into(), now().into()];
            insert(session, "feed", "id, accommodation_id, source, created_at", feed).await;
            for (stay, from, to) in [
                ("open", "2027-02-01", "2027-02-10"),
                ("seen", "2027-03-01", "2027-03-04"),
                ("moved", "2027-04-01", "2027-04-04"),
                ("gone", "2027-05-01", "2027-05-04"),
            ] {
                insert_raw(session, stay, "a", nights(from, to), "confirmed").await?;
            }
            for (uid, from, to) in [
                ("u1", "2027-01-30", "2027-02-03"),
                // The same nights once more under another name, and others of the same stay.
                ("u2", "2027-01-31", "2027-02-03"),
                ("u3", "2027-02-08", "2027-02-20"),
                ("u4", "2027-03-02", "2027-03-03"),
                // It lies beside its stay by now.
                ("u5", "2027-04-04", "2027-04-06"),
            ] {
                insert_block(session, uid, nights(from, to)).await;
            }
            for (uid, stay, resolved_at) in [
                ("u1", "open", None),
                ("u2", "open", None),
                ("u3", "open", None),
                ("u4", "seen", Some(later)),
                ("u5", "moved", None),
                ("u6", "gone", None),
            ] {
                insert_clash(session, uid, stay, resolved_at).await;
            }
            Ok(())
        })
        .await;

        let applied = migrate::run(&db.db, later).await.unwrap();
        assert_eq!(applied.first(), Some(&"0006_calendars"));
        let mut session = db.read().await;
        assert!(session.rows("select * from clash", vec![]).await.is_err(), "the old table is gone");
        let open = conflict::list_open(&mut db.read().await).await.unwrap();
        let told: Vec<_> = open.iter().map(|one| (one.against.clone(), one.period)).collect();
        let against = |stay: &str| Against::Stay(domain::ids::StayId::new(stay));
        assert_eq!(
            told,
            [
                (against("open"), nights("2027-02-01", "2027-02-03")),
                (against("open"), nights("2027-02-08", "2027-02-10")),
            ]
        );
        for one in &open {
            assert_eq!((one.accommodation_id.as_str(), one.feed_id.as_str()), ("a", "airbnb-a"));
            assert_eq!((one.source.as_str(), one.found_at, one.resolved_at), ("airbnb", now(), None));
        }
        let of_seen =
            conflict::list_of_stay(&mut db.read().await, &domain::ids::StayId::new("seen")).await.unwrap();
        assert_eq!(of_seen.len(), 1);
        assert_eq!(
            (of_seen[0].period, of_seen[0].resolved_at),
            (nights("2027-03-02", "2027-03-03"), Some(later))
        );
        let all = "select count(*) as n from conflict";
        let count = session.first(all, vec![], |row| row.int("n")).await.unwrap();
        assert_eq!(count, Some(3), "what lay over nothing any more is no conflict");
    }
}
