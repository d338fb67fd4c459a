//! What a reader was shown and since when; wrong addresses counted by day.

use jiff::{SignedDuration, Timestamp, civil::date};
use serde_json::json;
use store::{
    calendar_last_shown::{self, Shown},
    refused_calendar_link,
};
use testkit::TestDb;

use crate::shared_cabins_and_rows::{now, with_cabin};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn what_a_reader_was_shown_and_since_when() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let shown = |digest: &str, at, events, read_at| Shown {
            accommodation_id: cabin.id.clone(),
            reader: "airbnb".to_owned(),
            digest: digest.to_owned(),
            changed_at: at,
            events,
            read_at,
        };
        let put =
            async |row: Shown| db.commit(async |session| calendar_last_shown::put(session, &row).await).await;
        let list = async || calendar_last_shown::list(&mut db.read().await, &cabin.id).await.unwrap();
        assert_eq!(list().await, []);
        let first = shown("d1", now(), Some(json!([1])), Some(now()));
        put(first.clone()).await;
        assert_eq!(list().await, [first]);
        // Somebody looked at the head alone: the reader has not seen the new text.
        put(shown("d2", later(1), None, None)).await;
        assert_eq!(list().await, [shown("d2", later(1), Some(json!([1])), Some(now()))]);
        put(shown("d2", later(2), Some(json!([2])), Some(later(2)))).await;
        let now_shown = shown("d2", later(1), Some(json!([2])), Some(later(2)));
        assert_eq!(list().await, std::slice::from_ref(&now_shown), "the text did not change again");
        let delete = async |reader| {
            db.commit(async |session| calendar_last_shown::delete(session, &cabin.id, reader).await).await;
        };
        delete("booking").await;
        assert_eq!(list().await, [now_shown]);
        delete("airbnb").await;
        assert_eq!(list().await, []);
    })
    .await;
}

#[tokio::test]
async fn refusals_are_counted_by_the_day() {
    TestDb::each(async |db| {
        let (monday, tuesday) = (date(2027, 1, 4), date(2027, 1, 5));
        let count =
            async |day| db.commit(async |session| refused_calendar_link::count(session, day).await).await;
        assert_eq!((count(monday).await, count(monday).await, count(tuesday).await), (1, 2, 1));
        let of_day = async |day| refused_calendar_link::of_day(&mut db.read().await, day).await.unwrap();
        assert_eq!((of_day(monday).await, of_day(date(2027, 1, 6)).await), (2, 0));
        let forgotten = db.commit(async |s| refused_calendar_link::delete_before(s, tuesday).await).await;
        assert_eq!((forgotten, of_day(monday).await, of_day(tuesday).await), (1, 0, 1));
    })
    .await;
}
