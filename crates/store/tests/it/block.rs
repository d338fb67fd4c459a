use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    period::Period,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    block,
    feed::{self, Feed},
};
use testkit::{TestDb, builders::nights};

use crate::scene::{insert_raw, now, with_cabin, with_hold};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn taken(feed: &Feed, uid: &str, period: Period) -> Block {
    Block {
        accommodation_id: feed.accommodation_id.clone(),
        feed: feed.id.clone(),
        uid: uid.to_owned(),
        period,
        summary: "Reserved".to_owned(),
        kind: BlockKind::Stay,
    }
}

async fn with_feed(db: &TestDb, cabin: &Accommodation, source: &str) -> Feed {
    let id = format!("{}-{source}", cabin.id);
    db.commit(async |session| feed::ensure(session, &id, &cabin.id, source, None, now()).await).await
}

async fn put(db: &TestDb, block: &Block, at: Timestamp) {
    db.commit(async |session| block::put(session, block, at).await).await;
}

#[tokio::test]
async fn a_block_moves_with_its_event() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let feed = with_feed(db, &cabin, "airbnb").await;
        let first = taken(&feed, "u1", nights("2027-01-10", "2027-01-12"));
        put(db, &first, now()).await;
        put(db, &taken(&feed, "u2", nights("2027-01-02", "2027-01-04")), now()).await;
        // Only the words changed: the nights did not.
        let reworded =
            Block { summary: "Not available".to_owned(), kind: BlockKind::Closed, ..first.clone() };
        put(db, &reworded, later(1)).await;

        let year = nights("2027-01-01", "2028-01-01");
        let exported = async |reader| {
            block::list_for_reader(&mut db.read().await, &cabin.id, &year, reader).await.unwrap()
        };
        let shown = exported("booking").await;
        assert_eq!(shown.iter().map(|shown| shown.block.uid.as_str()).collect::<Vec<_>>(), ["u2", "u1"]);
        assert_eq!(shown[1].block, reworded);
        assert_eq!((shown[1].created_at, shown[1].updated_at), (now(), now()));
        assert_eq!(exported("airbnb").await, [], "what came from a reader is not sent back to it");

        let moved = Block { period: nights("2027-01-11", "2027-01-13"), ..reworded };
        put(db, &moved, later(2)).await;
        assert_eq!(exported("booking").await[1].updated_at, later(2));

        let of_feed = block::list_of_feed(&mut db.read().await, &feed.id).await.unwrap();
        assert_eq!(of_feed.last(), Some(&moved));
        let in_window =
            async |period: Period| block::list(&mut db.read().await, &cabin.id, &period).await.unwrap().len();
        assert_eq!(in_window(nights("2027-01-13", "2027-01-20")).await, 0, "the departure day is free");
        assert_eq!(in_window(nights("2027-01-04", "2027-01-11")).await, 0);
        assert_eq!(in_window(nights("2027-01-03", "2027-01-12")).await, 2);

        db.commit(async |session| block::delete(session, &feed.id, "u1").await).await;
        assert_eq!(block::list_of_feed(&mut db.read().await, &feed.id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_missing_event_remembers_since_when() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let feed = with_feed(db, &cabin, "airbnb").await;
        let event = taken(&feed, "u1", nights("2027-01-10", "2027-01-12"));
        put(db, &event, now()).await;
        let miss = async |uid, minutes| {
            db.commit(async |session| block::mark_missing(session, &feed.id, uid, later(minutes)).await).await
        };
        assert_eq!(miss("u1", 5).await, later(5));
        assert_eq!(miss("u1", 10).await, later(5), "the first miss counts");
        assert_eq!(miss("none", 10).await, later(10));
        let missing = async || block::list_missing(&mut db.read().await, &feed.id).await.unwrap();
        assert_eq!(missing().await, ["u1"]);
        put(db, &event, later(15)).await;
        assert!(missing().await.is_empty(), "it came back");
    })
    .await;
}

#[tokio::test]
async fn what_lies_in_the_way() {
    TestDb::each(async |db| {
        let (a, b) = (with_cabin(db, "a").await, with_cabin(db, "b").await);
        let (of_a, of_b) = (with_feed(db, &a, "airbnb").await, with_feed(db, &b, "airbnb").await);
        let event = taken(&of_a, "u1", nights("2027-01-10", "2027-01-12"));
        put(db, &event, now()).await;
        put(db, &taken(&of_b, "u1", nights("2027-02-10", "2027-02-12")), now()).await;
        let wanted = [
            (a.id.clone(), nights("2027-01-08", "2027-01-11")),
            (a.id.clone(), nights("2027-01-11", "2027-01-15")),
            (b.id.clone(), nights("2027-02-12", "2027-02-14")),
        ];
        let mut session = db.read().await;
        assert_eq!(block::list_in_the_way(&mut session, &wanted).await.unwrap(), [event]);
        assert_eq!(block::list_in_the_way(&mut session, &[]).await.unwrap(), []);
        assert_eq!(store::night::list_touched(&mut session, &wanted).await.unwrap(), wanted[..2]);
    })
    .await;
}

#[tokio::test]
async fn a_clash_is_found_once_and_only_with_live_stays() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let feed = with_feed(db, &cabin, "airbnb").await;
        let hold = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        db.commit(async |session| {
            insert_raw(session, "booked", "a", nights("2027-01-12", "2027-01-14"), "confirmed").await?;
            insert_raw(session, "gone", "a", nights("2027-01-13", "2027-01-15"), "cancelled").await?;
            insert_raw(session, "next", "a", nights("2027-01-15", "2027-01-16"), "confirmed").await
        })
        .await;
        put(db, &taken(&feed, "u1", nights("2027-01-11", "2027-01-15")), now()).await;

        let record = async |at| {
            db.commit(async |session| block::record_clashes(session, &feed.id, at).await).await.len()
        };
        assert_eq!(record(later(60)).await, 1, "the hold has ended: it clashes with nothing");
        assert_eq!(record(later(1)).await, 1, "before its end it does; the other clash is known");
        assert_eq!(record(later(2)).await, 0);
        let open = block::list_open_clashes(&mut db.read().await).await.unwrap();
        let stays: Vec<_> = open.iter().map(|clash| clash.stay_id.as_str()).collect();
        assert_eq!(stays, [hold.terms.id.as_str(), "booked"]);
        assert_eq!((open[0].uid.as_str(), open[0].found_at), ("u1", later(1)));
    })
    .await;
}
