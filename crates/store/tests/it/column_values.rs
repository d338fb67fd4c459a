//! Values of every column type, written and read back.

use jiff::{Timestamp, civil::Date};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use store::db::{Row, Value};
use testkit::{
    TestDb,
    noun_builders::{at, day},
};

use crate::shared_cabins_and_rows::now;

const TABLE: &str =
    "create table value (id integer primary key, \"text\" text, int bigint, bool boolean, day date";

/// A table with a column of each type, as the migrations declare them.
async fn with_table(db: &TestDb) {
    let rest = match db.engine() {
        store::db::Engine::Sqlite => "instant timestamp, json json, blob blob)",
        store::db::Engine::Postgres => "instant timestamptz, json jsonb, blob bytea)",
    };
    db.commit(async |session| session.execute(format!("{TABLE}, {rest}"), vec![]).await).await;
}

/// Writes one value and reads it back.
async fn there_and_back<T>(
    db: &TestDb,
    column: &'static str,
    value: Value,
    read: impl Fn(&Row) -> store::db::Result<T>,
) -> T {
    let mut session = db.begin().await;
    let insert = format!("insert into value (id, \"{column}\") values (1, $1)");
    session.execute(insert, vec![value]).await.unwrap();
    let select = format!("select \"{column}\" as it from value where id = 1");
    session.first(select, vec![], read).await.unwrap().unwrap()
}

#[tokio::test]
async fn every_type_comes_back() {
    TestDb::each(async |db| {
        with_table(db).await;
        for text in ["", "Ñandú 🏕️", "it's \"quoted\" \\ $1 %", " 007 ", "1e3", "null"] {
            assert_eq!(there_and_back(db, "text", text.into(), |row| row.text("it")).await, text);
        }
        for int in [0, 1, -1, i64::MAX, i64::MIN] {
            assert_eq!(there_and_back(db, "int", int.into(), |row| row.int("it")).await, int);
        }
        for flag in [true, false] {
            assert_eq!(there_and_back(db, "bool", flag.into(), |row| row.bool("it")).await, flag);
        }
        for date in ["2027-01-01", "2028-02-29", "1999-12-31", "0001-01-01", "9999-12-31"] {
            assert_eq!(there_and_back(db, "day", day(date).into(), |row| row.date("it")).await, day(date));
        }
        for instant in ["2027-01-01T12:00:00Z", "2027-01-01T12:00:00.000001Z", "1969-12-31T23:59:59.999999Z"]
        {
            let read = there_and_back(db, "instant", at(instant).into(), |row| row.instant("it")).await;
            assert_eq!(read, at(instant));
        }
        for bytes in [vec![], vec![0, 1, 255], b"'; drop table stay; --".to_vec()] {
            let read =
                there_and_back(db, "blob", Value::Blob(Some(bytes.clone())), |row| row.blob("it")).await;
            assert_eq!(read, bytes);
        }
        for json in [
            json!({"a": {"b": [1, 2.5, -3, true, null]}, "ñ": "🏕️ \"x\" \\ \n"}),
            json!([]),
            json!({}),
            json!("15"),
            json!(15),
            json!(true),
            json!(i64::MAX),
            Json::Null,
        ] {
            let read = there_and_back(db, "json", json.clone().into(), |row| row.opt_json("it")).await;
            assert_eq!(read, Some(json));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_back_as_nothing() {
    TestDb::each(async |db| {
        with_table(db).await;
        assert_eq!(there_and_back(db, "text", Value::Text(None), |row| row.opt_text("it")).await, None);
        assert_eq!(there_and_back(db, "int", Value::Int(None), |row| row.opt_int("it")).await, None);
        assert_eq!(
            there_and_back(db, "instant", Value::Instant(None), |row| row.opt_instant("it")).await,
            None
        );
        assert_eq!(there_and_back(db, "json", Value::Json(None), |row| row.opt_json("it")).await, None);
        for (column, nothing) in [
            ("bool", Value::Bool(None)),
            ("day", Value::Date(None)),
            ("blob", Value::Blob(None)),
            ("text", Value::Text(None)),
        ] {
            let is_null = format!("select count(*) as n from value where \"{column}\" is null");
            let mut session = db.begin().await;
            let insert = format!("insert into value (id, \"{column}\") values (1, $1)");
            session.execute(insert, vec![nothing]).await.unwrap();
            assert_eq!(session.first(is_null, vec![], |row| row.int("n")).await.unwrap(), Some(1));
        }
    })
    .await;
}

/// Both engines keep whole microseconds and drop what is finer, so that the same instant compares equal on both.
#[tokio::test]
async fn instants_are_cut_to_microseconds() {
    TestDb::each(async |db| {
        with_table(db).await;
        for (given, kept) in [
            ("2027-01-01T12:00:00.123456789Z", "2027-01-01T12:00:00.123456Z"),
            ("2027-01-01T12:00:00.999999999Z", "2027-01-01T12:00:00.999999Z"),
        ] {
            let read = there_and_back(db, "instant", at(given).into(), |row| row.instant("it")).await;
            assert_eq!(read, at(kept));
        }
    })
    .await;
}

#[tokio::test]
async fn a_script_runs_whole_or_not_at_all() {
    TestDb::each(async |db| {
        let exists =
            async |table: &str| db.read().await.rows(format!("select * from {table}"), vec![]).await.is_ok();
        let broken = "create table one (x text); create table two (nonsense nonsense nonsense(;";
        assert!(db.try_commit(async |session| session.script(broken).await).await.is_err());
        assert!(!exists("one").await);
        let sound = "create table one (x text); -- with a comment; and a semicolon in it
          create table two (x text);";
        db.commit(async |session| session.script(sound).await).await;
        assert!(exists("one").await && exists("two").await);
    })
    .await;
}

/// What cannot be read is an error, never a wrong value.
#[tokio::test]
async fn a_corrupt_value_is_an_error() {
    TestDb::each(async |db| {
        with_table(db).await;
        let mut session = db.begin().await;
        let insert = "insert into value (id, \"text\", int) values (1, 'nonsense', 70000)";
        session.execute(insert, vec![]).await.unwrap();
        let select = "select \"text\" as t, int as i, json as j, instant as at from value";
        let rows = session.rows(select, vec![]).await.unwrap();
        assert!(rows[0].count("i").is_err());
        assert!(rows[0].json::<Json>("j").is_err());
        assert!(rows[0].instant("at").is_err());
        assert!(rows[0].named("t", |_| None::<()>).is_err());
        assert!(rows[0].text("no_such_column").is_err());
    })
    .await;
}

/// Dates and instants keep their order when the database compares them: what expiry and overlap depend on.
#[test]
fn comparisons_in_sql_agree_with_ours() {
    let days =
        || (-200_000_i32..200_000).prop_map(|n| Date::constant(2000, 1, 1) + jiff::Span::new().days(n / 100));
    let micros =
        || (-4_000_000_000_i64..4_000_000_000).prop_map(|n| now() + jiff::SignedDuration::from_micros(n));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for test in [runtime.block_on(TestDb::sqlite()), runtime.block_on(TestDb::postgres())] {
        let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(a in days(), b in days(), x in micros(), y in micros())| {
            runtime.block_on(compare(&test, (a, b), (x, y)));
        });
        runtime.block_on(async { drop(test) });
    }
}

async fn compare(db: &TestDb, (a, b): (Date, Date), (x, y): (Timestamp, Timestamp)) {
    // Through columns, because that is how the store compares.
    let mut session = db.begin().await;
    let table = "create table if not exists pair (a date, b date, x timestamp, y timestamp)";
    let table = match db.engine() {
        store::db::Engine::Sqlite => table.to_owned(),
        store::db::Engine::Postgres => table.replace("timestamp", "timestamptz"),
    };
    session.execute(table, vec![]).await.unwrap();
    session
        .execute("insert into pair values ($1, $2, $3, $4)", vec![a.into(), b.into(), x.into(), y.into()])
        .await
        .unwrap();
    let sql = "select a < b as days, x < y as instants, a <= $1 as day, x <= $2 as instant from pair";
    let rows = session.rows(sql, vec![b.into(), y.into()]).await.unwrap();
    let got = ["days", "instants", "day", "instant"].map(|column| rows[0].bool(column).unwrap());
    assert_eq!(got, [a < b, x < y, a <= b, x <= y], "{a} {b} {x} {y}");
}
