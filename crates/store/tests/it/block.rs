//! Nights taken elsewhere.

use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    period::Period,
};
use jiff::{SignedDuration, Timestamp};
use store::{
    block::{self, Stored},
    feed::{self, Feed},
};
use testkit::{TestDb, noun_builders::nights};

use crate::shared_cabins_and_rows::{now, with_cabin};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

pub fn taken(feed: &Feed, uid: &str, period: Period) -> Block {
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
    let stored = Stored { block: block.clone(), missing_since: None };
    db.commit(async |session| block::put(session, &stored, at).await).await;
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

        let moved = Block { period: nights("2027-01-11", "2027-01-13"), ..reworded };
        put(db, &moved, later(2)).await;
        let of_feed = block::list_of_feed(&mut db.read().await, &feed.id).await.unwrap();
        assert_eq!(of_feed.last().map(|stored| &stored.block), Some(&moved));
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
async fn what_is_held_back_remembers_since_when() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let feed = with_feed(db, &cabin, "airbnb").await;
        let block = taken(&feed, "u1", nights("2027-01-10", "2027-01-12"));
        let held = Stored { block: block.clone(), missing_since: Some(later(5)) };
        db.commit(async |session| block::put(session, &held, later(5)).await).await;
        put(db, &taken(&feed, "u2", nights("2027-01-20", "2027-01-21")), now()).await;
        let window = nights("2027-01-11", "2027-01-15");
        let shown = block::list_stored(&mut db.read().await, &cabin.id, &window).await.unwrap();
        assert_eq!(shown, [held]);
        let all = async || block::list_held_back(&mut db.read().await).await.unwrap();
        assert_eq!(all().await, [block.period]);
        put(db, &block, later(15)).await;
        assert!(all().await.is_empty(), "it came back");
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
        assert_eq!(store::availability::list_touched(&mut session, &wanted).await.unwrap(), wanted[..2]);
    })
    .await;
}

/// A block says whose it is and since when; a change of its nights is no new beginning.
#[tokio::test]
async fn a_block_says_whose_it_is_and_since_when() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let (airbnb, by_hand) =
            (with_feed(db, &cabin, "airbnb").await, with_feed(db, &cabin, "by hand").await);
        let theirs = taken(&airbnb, "u1", nights("2027-01-10", "2027-01-12"));
        put(db, &theirs, now()).await;
        put(db, &Block { period: nights("2027-01-10", "2027-01-13"), ..theirs }, later(5)).await;
        put(db, &taken(&by_hand, "b1", nights("2027-01-11", "2027-01-12")), later(7)).await;
        put(db, &taken(&by_hand, "b2", nights("2027-02-11", "2027-02-12")), later(8)).await;
        let window = nights("2027-01-12", "2027-01-20");
        let listed = block::list_with_source(&mut db.read().await, &cabin.id, &window).await.unwrap();
        let said: Vec<_> = listed
            .iter()
            .map(|one| (one.source.as_str(), one.stored.block.uid.as_str(), one.since))
            .collect();
        assert_eq!(said, [("airbnb", "u1", now())]);
        let own = block::list_of_source(&mut db.read().await, &cabin.id, "by hand").await.unwrap();
        let said: Vec<_> = own.iter().map(|one| (one.stored.block.uid.as_str(), one.since)).collect();
        assert_eq!(said, [("b1", later(7)), ("b2", later(8))]);
    })
    .await;
}
