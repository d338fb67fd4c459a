//! Migrations: pending, applied once, together, edited, unknown.

use std::collections::BTreeSet;

use domain::{
    charges_of_stay::Purpose,
    payable::{Kind, Payable},
    payment::dispute::Dispute,
};
use serde_json::{Value as Json, json};
use store::{
    audit, charge, checkout,
    db::{Db, Engine, Value},
    message,
    migrate::{self, MigrateError},
    payment, queue, refund,
};
use testkit::{TestDb, noun_builders::nights};
use tokio::task::JoinSet;

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

#[tokio::test]
async fn an_empty_database_lacks_every_file_of_the_folder() {
    for (engine, folder) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
        let db = TestDb::empty(engine).await;
        let path = format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files: BTreeSet<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        let pending = migrate::pending(&db.db).await.unwrap();
        let expected: Vec<_> = files.iter().map(|name| name.trim_end_matches(".sql")).collect();
        assert_eq!(pending, expected, "a file is not on the list of store::migrate, or out of order");
        assert_eq!(migrate::run(&db.db, now()).await.unwrap(), expected);
        assert!(migrate::pending(&db.db).await.unwrap().is_empty());
        assert!(migrate::run(&db.db, now()).await.unwrap().is_empty(), "the second run has nothing to do");
    }
}

/// Two processes that start together, from an address alone.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_at_once_apply_once() {
    for engine in ENGINES {
        let db = TestDb::empty(engine).await;
        let mut starting = JoinSet::new();
        for _ in 0..2 {
            let url = db.url().to_owned();
            starting.spawn(async move {
                let own = Db::open(&url, 2).await.unwrap();
                let applied = migrate::run(&own, now()).await.unwrap();
                own.close().await;
                applied.len()
            });
        }
        let mut applied = starting.join_all().await;
        applied.sort_unstable();
        let all = migrate::run(&db.db, now()).await.map(|applied| applied.len()).unwrap();
        assert_eq!((applied[0], all), (0, 0), "on {engine:?}");
        assert!(applied[1] > 0);
    }
}

#[tokio::test]
async fn an_edited_migration_is_noticed() {
    TestDb::each(async |db| {
        let edit = "update migration set checksum = 'other' where name = '0001_foundation'";
        db.commit(async |session| session.execute(edit, vec![]).await).await;
        for result in [migrate::run(&db.db, now()).await, migrate::pending(&db.db).await] {
            assert!(matches!(&result, Err(MigrateError::Edited("0001_foundation"))), "{result:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_database() {
    TestDb::each(async |db| {
        let newer = "insert into migration (name, checksum) values ('9999_future', 'x')";
        db.commit(async |session| session.execute(newer, vec![]).await).await;
        for result in [migrate::run(&db.db, now()).await, migrate::pending(&db.db).await] {
            assert!(
                matches!(&result, Err(MigrateError::Unknown(name)) if name == "9999_future"),
                "{result:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing() {
    for engine in ENGINES {
        let db = TestDb::empty(engine).await;
        // A table of ours is in the way of one that comes late in the file.
        let in_the_way = "create table schedule (x text)";
        db.commit(async |session| session.execute(in_the_way, vec![]).await).await;
        let failed = migrate::run(&db.db, now()).await;
        assert!(matches!(failed, Err(MigrateError::Failed { name: "0001_foundation", .. })), "{failed:?}");
        let stay = db.read().await.rows("select * from stay", vec![]).await;
        assert!(stay.is_err(), "half a migration was kept on {engine:?}");
        db.commit(async |session| session.execute("drop table schedule", vec![]).await).await;
        assert!(!migrate::run(&db.db, now()).await.unwrap().is_empty());
    }
}

/// Another program's tables may live in the same PostgreSQL database, in a schema of their own.
#[tokio::test]
async fn a_table_of_another_schema_is_not_ours() {
    let db = TestDb::empty(Engine::Postgres).await;
    db.commit(async |session| {
        session.execute("create schema other", vec![]).await?;
        session.execute("create table other.migration (id bigint)", vec![]).await
    })
    .await;
    assert!(!migrate::pending(&db.db).await.unwrap().is_empty());
    assert!(!migrate::run(&db.db, now()).await.unwrap().is_empty());
}

#[test]
fn the_engines_have_fingerprints_of_their_own() {
    assert_ne!(migrate::fingerprint(Engine::Sqlite), migrate::fingerprint(Engine::Postgres));
}

/// The database of the version before, in which money was for stays only: charges, pages, payments in every state,
/// refunds, messages, jobs.
async fn fill_0009(db: &TestDb) -> String {
    let cabin = with_cabin(db, "a").await;
    let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
    let id = || Value::from(stay.as_str());
    let body = |body: Json| Value::from(body);
    let rows: Vec<(&'static str, Vec<Value>)> = vec![
        (
            "insert into charge (id, stay_id, purpose, amount_minor, currency, due_at, created_at, asked_at, note)
             values ('ch', $1, 'deposit', 900, 'ARS', $2, $2, $2, 'n')",
            vec![id(), now().into()],
        ),
        (
            "insert into checkout (id, charge_id, provider, idempotency_key, provider_ref, url, expires_at, created_at,
               amount_minor) values ('co', 'ch', 'stripe', 'key', 'cs', 'https://pay', $1, $1, 900)",
            vec![now().into()],
        ),
        (
            "insert into payment (provider, provider_payment_id, stay_id, status, amount_minor, currency, applied,
               first_seen_at, updated_at, events, refunded_minor, purpose, note, dispute, checked_at)
             values ('stripe', 'pi', $1, 'approved', 900, 'ARS', 'confirmed', $2, $2, 2, 100, 'balance', 'n', 'won', $2)",
            vec![id(), now().into()],
        ),
        (
            "insert into payment (provider, provider_payment_id, status, amount_minor, currency, applied,
               first_seen_at, updated_at, events) values ('paypal', 'cap', 'approved', 5, 'USD', 'waiting', $1, $1, 1)",
            vec![now().into()],
        ),
        (
            "insert into refund (id, stay_id, provider, provider_payment_id, amount_minor, currency, reason, status,
               provider_refund_id, created_at, updated_at)
             values ('r', $1, 'stripe', 'pi', 100, 'ARS', 'surplus', 'done', 're', $2, $2)",
            vec![id(), now().into()],
        ),
        (
            "insert into conversation (id, channel, account, guest_key, updated_at)
             values ('c', 'whatsapp', '1', 'g', $1)",
            vec![now().into()],
        ),
        (
            "insert into message (id, conversation_id, direction, body, status, created_at, status_at)
             values ('m1', 'c', 'out', $1, 'queued', $2, $2)",
            vec![body(json!({ "kind": "text", "body": "x", "charge_id": "ch" })), now().into()],
        ),
        (
            "insert into message (id, conversation_id, direction, body, status, created_at, status_at)
             values ('m2', 'c', 'out', $1, 'queued', $2, $2)",
            vec![body(json!({ "kind": "text", "body": "y" })), now().into()],
        ),
        (
            "insert into job (queue, kind, payload, state, run_at, attempts, created_at)
             values ('payments', 'open_checkout', $1, 'ready', $2, 0, $2)",
            vec![body(json!({ "kind": "open_checkout", "stay_id": stay, "provider": null })), now().into()],
        ),
        (
            "insert into audit (noun, noun_id, at, actor, action) values ('stay', $1, $2, 'desk', 'expire')",
            vec![id(), now().into()],
        ),
    ];
    for (sql, args) in rows {
        let mut session = db.begin().await;
        session.execute(sql, args).await.unwrap();
        session.commit().await.unwrap();
    }
    stay.as_str().to_owned()
}

#[tokio::test]
async fn a_filled_database_of_the_version_before_is_brought_up_to_date() {
    for engine in ENGINES {
        let db = TestDb::empty(engine).await;
        migrate::run_to(&db.db, Some("0009_conflict_of_a_guest"), now()).await.unwrap();
        let stay = fill_0009(&db).await;
        let applied = migrate::run(&db.db, now()).await.unwrap();
        assert_eq!(applied.first(), Some(&"0010_payable"), "on {engine:?}");

        let payable = Payable::new(Kind::Stay, stay.as_str());
        let mut session = db.read().await;
        let charge = charge::list_of(&mut session, &payable).await.unwrap().remove(0);
        assert_eq!((charge.id.as_str(), charge.amount.minor), ("ch", 900));
        assert_eq!((charge.asked_at, charge.note.as_deref()), (Some(now()), Some("n")));
        let page = checkout::list(&mut session, &payable).await.unwrap().remove(0);
        assert_eq!((page.provider_ref.as_deref(), page.amount_minor), (Some("cs"), 900));
        let paid = payment::list_of(&mut session, &payable).await.unwrap().remove(0);
        assert_eq!((paid.refunded.minor, paid.events, paid.purpose), (100, 2, Purpose::Balance));
        assert_eq!(paid.dispute, Some(Dispute::Won));
        let waiting = payment::find(&mut session, "paypal", "cap").await.unwrap().unwrap();
        assert_eq!((waiting.payable, waiting.amount.minor), (None, 5));
        let back = refund::list_of(&mut session, &payable).await.unwrap().remove(0);
        assert_eq!((back.id.as_str(), back.provider_refund_id.as_deref()), ("r", Some("re")));

        let told = message::find(&mut session, "m1").await.unwrap().unwrap().body;
        let follow_up = json!({ "kind": "ask_staff_for_charge", "payload": { "charge_id": "ch" } });
        assert_eq!(told, json!({ "kind": "text", "body": "x", "on_undelivered": follow_up }));
        let plain = message::find(&mut session, "m2").await.unwrap().unwrap().body;
        assert_eq!(plain, json!({ "kind": "text", "body": "y" }));
        let past = audit::list(&mut session, &stay).await.unwrap().remove(0);
        assert_eq!((past.actor.as_str(), past.actor_id), ("desk", None));
        drop(session);

        let mut session = db.begin().await;
        let lease = jiff::SignedDuration::from_secs(60);
        let claims = queue::claim(&mut session, "payments", 9, "w", now(), lease).await.unwrap();
        assert_eq!((claims[0].kind.as_str(), &claims[0].trace), ("open_checkout", &None));
        session.commit().await.unwrap();
    }
}
