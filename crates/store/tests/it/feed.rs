//! Calendars that we read.

use domain::accommodation::Accommodation;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    block::{self, Stored},
    feed::{self, Feed, Polled, Version},
    feed_body,
};
use testkit::{TestDb, noun_builders::nights};

use crate::{
    block::taken,
    shared_cabins_and_rows::{now, with_cabin},
};

const URL: &str = "https://calendar.example/a.ics";

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn polled(next_minutes: i64) -> Polled {
    Polled {
        state: json!({ "events": [next_minutes] }),
        provider: Some("vrbo".to_owned()),
        next_fetch_at: Some(later(next_minutes)),
        fetch_ms: Some(120),
    }
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
            provider: None,
            leave_out: String::new(),
            interval_seconds: None,
            etag: None,
            last_modified: None,
            body_digest: None,
            state: None,
            last_attempt_at: None,
            last_good_at: None,
            next_fetch_at: None,
            last_error: None,
            failures: 0,
            fetch_ms: None,
        };
        assert_eq!(posted, new);
        assert_eq!(
            ensure("f2", "google", Some(URL)).await,
            Feed { url: Some(URL.to_owned()), ..new.clone() }
        );
        assert_eq!(
            ensure("f3", "google", None).await.url.as_deref(),
            Some(URL),
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
        let ensure = async |url| {
            db.commit(async |session| feed::ensure(session, "f", &cabin.id, "vrbo", Some(url), now()).await)
                .await
        };
        ensure(URL).await;
        let find = async || feed::find(&mut db.read().await, "f").await.unwrap().unwrap();
        let ages = async || {
            let ages = feed::list_ages(&mut db.read().await).await.unwrap();
            ages.into_iter().map(|age| (age.id, age.source, age.last_good_at)).collect::<Vec<_>>()
        };
        let failed = async |error, at: Timestamp| {
            db.commit(async |session| feed::mark_failed(session, "f", &polled(1), error, at).await).await
        };
        let named = |at| vec![("f".to_owned(), "vrbo".to_owned(), at)];
        assert_eq!(ages().await, named(None));
        assert_eq!((failed("no answer", later(1)).await, failed("again", later(1)).await), (1, 2));
        assert_eq!((find().await.last_error.as_deref(), find().await.last_good_at), (Some("again"), None));

        let version = Version {
            etag: Some("\"1\"".to_owned()),
            last_modified: Some("Fri, 01 Jan 2027 12:00:00 GMT".to_owned()),
            body_digest: Some("d1".to_owned()),
        };
        db.commit(async |session| feed::mark_good(session, "f", &polled(5), &version, later(2)).await).await;
        let good = find().await;
        assert_eq!((good.failures, good.last_error), (0, None));
        assert_eq!((good.provider.as_deref(), good.fetch_ms), (Some("vrbo"), Some(120)));
        assert_eq!((good.state, good.next_fetch_at), (Some(json!({ "events": [5] })), Some(later(5))));
        assert_eq!(
            Version { etag: good.etag, last_modified: good.last_modified, body_digest: good.body_digest },
            version
        );
        assert_eq!(ages().await, named(Some(later(2))));
        assert_eq!(failed("too large", later(3)).await, 1, "counted anew");
        assert_eq!(find().await.etag.as_deref(), Some("\"1\""), "a failure keeps what is known");

        assert_eq!(ensure(URL).await.etag.as_deref(), Some("\"1\""), "the same address is no news");
        db.commit(async |session| feed::forget_versions(session, &cabin.id).await).await;
        assert_eq!((find().await.etag, find().await.body_digest), (None, None));
        db.commit(async |session| feed::mark_good(session, "f", &polled(5), &version, later(2)).await).await;
        let moved = ensure("https://calendar.example/b.ics").await;
        assert_eq!((moved.etag, moved.body_digest, moved.next_fetch_at), (None, None, None));
        assert!(moved.state.is_some(), "what the old address had is not forgotten");

        db.commit(async |session| feed::save_state(session, "f", &json!({})).await).await;
        assert_eq!(find().await.state, Some(json!({})));
    })
    .await;
}

#[tokio::test]
async fn only_feeds_with_a_url_of_what_is_let_are_due_at_their_time() {
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
        let due = async |at| {
            let due = feed::list_due(&mut db.read().await, at).await.unwrap();
            due.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(due(now()).await, ["f1", "f2"]);
        let all = async |id| feed::list(&mut db.read().await, id).await.unwrap().len();
        assert_eq!((all(None).await, all(Some(&open.id)).await, all(Some(&closed.id)).await), (4, 3, 1));

        let mut first = feed::find(&mut db.read().await, "f1").await.unwrap().unwrap();
        first.next_fetch_at = Some(later(5));
        first.interval_seconds = Some(60);
        db.commit(async |session| feed::update(session, &first).await).await;
        assert_eq!(feed::find(&mut db.read().await, "f1").await.unwrap(), Some(first));
        assert_eq!(due(later(4)).await, ["f2"]);
        assert_eq!(due(later(5)).await, ["f1", "f2"]);
    })
    .await;
}

#[tokio::test]
async fn a_feed_goes_with_its_blocks_and_bodies() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let make = async |id: &str, source: &str| {
            db.commit(async |session| feed::ensure(session, id, &cabin.id, source, Some(URL), now()).await)
                .await
        };
        let (gone, kept) = (make("f1", "airbnb").await, make("f2", "booking").await);
        for feed in [&gone, &kept] {
            let block = taken(feed, "u", nights("2027-01-10", "2027-01-12"));
            db.commit(async |session| {
                block::put(session, &Stored { block, missing_since: None }, now()).await?;
                feed_body::add(session, &feed.id, now(), b"one".to_vec()).await?;
                feed_body::add(session, &feed.id, later(5), b"two".to_vec()).await
            })
            .await;
        }
        let bodies = async |id| feed_body::list(&mut db.read().await, id).await.unwrap();
        assert_eq!(bodies("f1").await, [(now(), b"one".to_vec()), (later(5), b"two".to_vec())]);
        db.commit(async |session| feed::delete(session, "f1").await).await;
        assert_eq!(feed::find(&mut db.read().await, "f1").await.unwrap(), None);
        assert_eq!(bodies("f1").await, []);
        assert_eq!(block::list_of_feed(&mut db.read().await, "f2").await.unwrap().len(), 1);
        assert_eq!(db.commit(async |session| feed_body::delete_before(session, later(5)).await).await, 1);
        assert_eq!(bodies("f2").await.len(), 1);
    })
    .await;
}
