//! What readers of our calendars were shown last.

use domain::{
    actor::Actor,
    block::{Block, BlockKind},
    period::Period,
    stay::Stay,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    audit::{self, Entry},
    block::{self, Stored},
    calendar_export::{self, LastShown, What},
    calendar_last_shown::{self, Shown},
    calendar_link::{self, CalendarLink},
    feed, stay,
};
use testkit::{TestDb, noun_builders::nights};

use crate::shared_cabins_and_rows::{insert_raw, now, with_cabin, with_hold};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn who_reads_and_what_was_shown_last() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let link = CalendarLink {
            token: "t1".to_owned(),
            accommodation_id: cabin.id.clone(),
            reader: "airbnb".to_owned(),
        };
        db.commit(async |session| calendar_link::ensure(session, &link, now()).await).await;
        let find = async || calendar_export::find(&mut db.read().await, "t1", now()).await.unwrap();
        let found = find().await.unwrap();
        assert_eq!((found.accommodation_id, found.name), (cabin.id.clone(), cabin.name.clone()));
        assert_eq!((found.zone, found.reader.as_str(), found.last), (cabin.zone.clone(), "airbnb", None));

        let put = async |digest: &str, at, events| {
            let row = Shown {
                accommodation_id: cabin.id.clone(),
                reader: "airbnb".to_owned(),
                digest: digest.to_owned(),
                changed_at: at,
                events,
                read_at: Some(at),
            };
            db.commit(async |session| calendar_last_shown::put(session, &row).await).await;
        };
        let last = |digest: &str, changed_at, taken: Option<&str>, read_at| {
            let taken_digest = taken.map(str::to_owned);
            Some(LastShown { digest: digest.to_owned(), changed_at, taken_digest, read_at: Some(read_at) })
        };
        put("d1", now(), None).await;
        assert_eq!(find().await.unwrap().last, last("d1", now(), None, now()));
        put("d1", later(1), Some(json!([1]))).await;
        assert_eq!(find().await.unwrap().last, last("d1", now(), Some("d1"), later(1)));
        put("d2", later(2), None).await;
        assert_eq!(find().await.unwrap().last, last("d2", later(2), Some("d1"), later(2)), "not taken yet");

        let closed = domain::accommodation::Accommodation { active: false, ..cabin.clone() };
        db.commit(async |session| store::accommodation::update(session, &closed, now()).await).await;
        assert_eq!(find().await, None, "what is not let is shown to nobody");
    })
    .await;
}

#[tokio::test]
async fn all_that_takes_nights_but_what_came_from_the_reader() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let hold = with_hold(db, &cabin, nights("2027-02-01", "2027-02-04")).await;
        let id = hold.terms.id.clone();
        let before = Stay::from(hold.clone());
        let confirmed = Stay::from(hold.confirm(later(1)).unwrap());
        db.commit(async |session| {
            stay::update(session, &confirmed).await?;
            let entry = Entry::of_stay(
                Actor::Staff(domain::staff::Who::Operator),
                "confirm",
                Some(&before),
                &confirmed,
            );
            audit::write(session, &[entry], later(1)).await
        })
        .await;
        for (name, from, to, status) in [
            ("over", "2027-01-02", "2027-01-04", "completed"),
            ("ended", "2027-03-01", "2027-03-04", "cancelled"),
            // Its time is over at the moment at which it is made.
            ("late", "2027-03-10", "2027-03-12", "held"),
            ("far", "2028-03-10", "2028-03-12", "confirmed"),
        ] {
            let period = nights(from, to);
            db.commit(async |session| insert_raw(session, name, "a", period, status).await).await;
        }
        let feed = db
            .commit(async |session| feed::ensure(session, "f", &cabin.id, "airbnb", None, now()).await)
            .await;
        let put = async |period: Period, at| {
            let block = Block {
                accommodation_id: cabin.id.clone(),
                feed: feed.id.clone(),
                uid: "u1".to_owned(),
                period,
                summary: "Reserved".to_owned(),
                kind: BlockKind::Stay,
            };
            let stored = Stored { block, missing_since: None };
            db.commit(async |session| block::put(session, &stored, at).await).await;
        };
        put(nights("2027-01-10", "2027-01-12"), now()).await;
        put(nights("2027-01-11", "2027-01-13"), later(2)).await;

        let window = nights("2027-01-01", "2028-01-01");
        let shown = async |reader: &str| {
            let mut session = db.read().await;
            let listed =
                calendar_export::list(&mut session, &cabin.id, reader, &window, now()).await.unwrap();
            let mut shown: Vec<_> = listed
                .into_iter()
                .map(|one| (one.check_in.to_string(), one.what, one.sequence, one.created_at, one.changed_at))
                .collect();
            shown.sort_by(|one, other| one.0.cmp(&other.0));
            shown
        };
        let over = ("2027-01-02".to_owned(), What::Stay(domain::ids::StayId::new("over")), 0, now(), now());
        let ours = ("2027-02-01".to_owned(), What::Stay(id), 1, now(), later(1));
        let what = What::Block { feed_id: "f".into(), uid: "u1".into(), source: "airbnb".into() };
        let theirs = ("2027-01-11".to_owned(), what, 1, now(), later(2));
        assert_eq!(shown("booking").await, [over.clone(), theirs, ours.clone()]);
        assert_eq!(shown("airbnb").await, [over, ours], "what came from a reader is not sent back to it");
    })
    .await;
}
