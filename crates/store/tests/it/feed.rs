use domain::accommodation::Accommodation;
use jiff::{SignedDuration, Timestamp};
use store::feed::{self, Feed};
use testkit::TestDb;

use crate::scene::{now, with_cabin};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn a_feed_per_accommodation_and_source() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let ensure = async |id, source, url| {
            db.commit(async |session| feed::ensure(session, id, &cabin.id, source, url, now()).await).await
        };
        let posted = ensure("f1", "google", None).await;
        let new = Feed {
            id: "f1".to_owned(),
            accommodation_id: cabin.id.clone(),
            source: "google".to_owned(),
            url: None,
            etag: None,
            last_modified: None,
            last_good_at: None,
            last_error: None,
        };
        assert_eq!(posted, new);
        let url = "https://calendar.example/a.ics";
        assert_eq!(
            ensure("f2", "google", Some(url)).await,
            Feed { url: Some(url.to_owned()), ..new.clone() }
        );
        assert_eq!(
            ensure("f3", "google", None).await.url.as_deref(),
            Some(url),
            "a URL that is given is kept"
        );
        let find = async |id| feed::find(&mut db.read().await, id).await.unwrap();
        assert!(find("f1").await.is_some());
        assert_eq!(find("f2").await, None);
    })
    .await;
}

#[tokio::test]
async fn what_became_of_a_reading() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let url = Some("https://calendar.example/a.ics");
        db.commit(async |session| feed::ensure(session, "f", &cabin.id, "vrbo", url, now()).await).await;
        let find = async || feed::find(&mut db.read().await, "f").await.unwrap().unwrap();
        let ages = async || feed::list_last_good(&mut db.read().await).await.unwrap();
        assert_eq!(ages().await, [("vrbo".to_owned(), None)]);

        db.commit(async |session| feed::mark_failed(session, "f", "no answer", later(1)).await).await;
        assert_eq!(
            (find().await.last_error.as_deref(), find().await.last_good_at),
            (Some("no answer"), None)
        );

        let etag = Some("\"1\"".to_owned());
        let modified = Some("Fri, 01 Jan 2027 12:00:00 GMT".to_owned());
        db.commit(async |session| {
            feed::mark_good(session, "f", etag.clone(), modified.clone(), later(2)).await
        })
        .await;
        let good = find().await;
        assert_eq!((good.etag, good.last_modified, good.last_error), (etag, modified, None));

        db.commit(async |session| feed::mark_failed(session, "f", "too large", later(3)).await).await;
        db.commit(async |session| feed::mark_unchanged(session, "f", later(4)).await).await;
        let unchanged = find().await;
        assert_eq!((unchanged.last_good_at, unchanged.last_error), (Some(later(4)), None));
        assert!(unchanged.etag.is_some());
        assert_eq!(ages().await, [("vrbo".to_owned(), Some(later(4)))]);
    })
    .await;
}

#[tokio::test]
async fn only_feeds_with_a_url_of_what_is_let_are_fetched() {
    TestDb::each(async |db| {
        let (open, closed) = (with_cabin(db, "open").await, with_cabin(db, "closed").await);
        let closed = Accommodation { active: false, ..closed };
        db.commit(async |session| {
            store::accommodation::update(session, &closed, now()).await?;
            feed::ensure(session, "f2", &open.id, "airbnb", Some("https://a.example"), now()).await?;
            feed::ensure(session, "f1", &open.id, "booking", Some("https://b.example"), now()).await?;
            feed::ensure(session, "f3", &open.id, "google", None, now()).await?;
            feed::ensure(session, "f4", &closed.id, "airbnb", Some("https://c.example"), now()).await
        })
        .await;
        let due = feed::list_to_fetch(&mut db.read().await).await.unwrap();
        assert_eq!(due.iter().map(|feed| feed.id.as_str()).collect::<Vec<_>>(), ["f1", "f2"]);
    })
    .await;
}
