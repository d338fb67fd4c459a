//! Accommodations: round trips, locks, what is free.

use domain::{
    accommodation::{Accommodation, Kind, Zone},
    block::{Block, BlockKind},
    decimal::Decimal,
    ids::AccommodationId,
    price::{LengthDiscount, Season},
};
use jiff::{SignedDuration, ToSpan};
use store::{accommodation, block, db::Engine, feed, stay};
use testkit::{
    TestDb,
    builders::{cabin, day, held, nights},
};

use crate::scene::{insert_raw, now, with_cabin};

#[tokio::test]
async fn what_is_stored_comes_back() {
    TestDb::each(async |db| {
        let lake = with_cabin(db, "lake").await;
        let mut altered = Accommodation {
            name: "Ático «Sur»".to_owned(),
            kind: Kind::Apartment,
            photos: vec![],
            capacity: 2,
            zone: Zone::parse("America/Merida").unwrap(),
            active: false,
            ..cabin("attic")
        };
        altered.pricing.seasons = vec![Season {
            name: "verano".to_owned(),
            from: day("2027-01-01"),
            to: day("2027-02-28"),
            base_minor: 2_000_001,
            min_nights: Some(3),
        }];
        altered.pricing.length_discounts =
            vec![LengthDiscount { min_nights: 7, percent: Decimal::parse("12.5").unwrap() }];
        db.commit(async |session| accommodation::create(session, &altered, now()).await).await;

        let mut session = db.read().await;
        assert_eq!(accommodation::find(&mut session, &lake.id).await.unwrap(), Some(lake.clone()));
        assert_eq!(accommodation::find(&mut session, &altered.id).await.unwrap(), Some(altered.clone()));
        assert_eq!(accommodation::find(&mut session, &AccommodationId::new("none")).await.unwrap(), None);
        drop(session);

        let renamed = Accommodation { name: "Azotea".to_owned(), capacity: 3, active: true, ..altered };
        db.commit(async |session| accommodation::update(session, &renamed, now()).await).await;
        let mut session = db.read().await;
        assert_eq!(accommodation::list(&mut session).await.unwrap(), [renamed, lake]);
    })
    .await;
}

/// The key of a cache: two changes within a microsecond, or by a process whose clock is late, must show too.
#[tokio::test]
async fn every_change_moves_last_change() {
    TestDb::each(async |db| {
        let last = async || accommodation::last_change(&mut db.read().await).await.unwrap();
        assert_eq!(last().await, None);
        let cabin = with_cabin(db, "a").await;
        let mut before = last().await;
        assert_eq!(before, Some(now()));
        for at in [now(), now(), now() - SignedDuration::from_secs(5), now() + SignedDuration::from_secs(5)] {
            db.commit(async |session| accommodation::update(session, &cabin, at).await).await;
            let after = last().await;
            assert!(after > before, "{after:?} is not after {before:?}");
            before = after;
        }
        with_cabin(db, "b").await;
        assert!(last().await > before);
    })
    .await;
}

#[tokio::test]
async fn a_locked_accommodation_waits_for_nobody_twice() {
    TestDb::each(async |db| {
        let (b, a) = (with_cabin(db, "b").await, with_cabin(db, "a").await);
        let ids = [b.id.clone(), a.id.clone(), AccommodationId::new("none")];
        let mut first = db.begin().await;
        let locked = accommodation::lock(&mut first, &ids).await.unwrap();
        assert_eq!(locked.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(accommodation::lock(&mut first, &[]).await.unwrap(), []);
        // SQLite has one writer, which is a lock already.
        if db.engine() == Engine::Postgres {
            let mut second = db.begin().await;
            second.execute("set local lock_timeout = '20ms'", vec![]).await.unwrap();
            let refused = accommodation::lock(&mut second, &ids[..1]).await.unwrap_err();
            assert!(refused.is_passing(), "{refused:?}");
        }
        first.commit().await.unwrap();
        let mut third = db.begin().await;
        assert_eq!(accommodation::lock(&mut third, &ids).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_free() {
    TestDb::each(async |db| {
        for id in [
            "closed", "small", "booked", "held", "lapsed", "blocked", "around", "before", "after", "gone",
            "open",
        ] {
            let built = Accommodation {
                name: id.to_owned(),
                active: id != "closed",
                capacity: if id == "small" { 1 } else { 4 },
                ..cabin(id)
            };
            db.commit(async |session| accommodation::create(session, &built, now()).await).await;
        }
        let wanted = nights("2027-01-10", "2027-01-15");
        db.commit(async |session| {
            insert_raw(session, "1", "booked", nights("2027-01-14", "2027-01-16"), "confirmed").await?;
            insert_raw(session, "2", "gone", wanted, "cancelled").await?;
            insert_raw(session, "3", "before", nights("2027-01-08", "2027-01-10"), "confirmed").await?;
            insert_raw(session, "4", "after", nights("2027-01-15", "2027-01-18"), "confirmed").await?;
            let hold = held(&cabin("held"), wanted, now());
            let lapsed = held(&cabin("lapsed"), wanted, now() - 1.hour());
            stay::create_many(session, &[hold, lapsed]).await?;
            for (id, from, to) in [
                ("blocked", "2027-01-01", "2027-01-11"),
                ("around", "2027-01-08", "2027-01-10"),
                ("around", "2027-01-15", "2027-01-17"),
            ] {
                let home = AccommodationId::new(id);
                let feed = feed::ensure(session, id, &home, "airbnb", None, now()).await?;
                let taken = Block {
                    accommodation_id: home,
                    feed: feed.id,
                    uid: from.to_owned(),
                    period: nights(from, to),
                    summary: "Reserved".to_owned(),
                    kind: BlockKind::Stay,
                };
                let stored = block::Stored { block: taken, missing_since: None };
                block::put(session, &stored, now()).await?;
            }
            Ok(())
        })
        .await;

        let mut session = db.read().await;
        let free = accommodation::list_free(&mut session, &wanted, 2, now()).await.unwrap();
        assert_eq!(
            free.iter().map(AccommodationId::as_str).collect::<Vec<_>>(),
            ["after", "around", "before", "gone", "lapsed", "open"]
        );
        let alone = accommodation::list_free(&mut session, &wanted, 1, now()).await.unwrap();
        assert!(alone.contains(&AccommodationId::new("small")));
        assert_eq!(accommodation::list_free(&mut session, &wanted, 5, now()).await.unwrap(), []);
        // A hold blocks nobody from the instant at which it ends.
        let later = accommodation::list_free(&mut session, &wanted, 2, now() + 30.minutes()).await.unwrap();
        assert!(later.contains(&AccommodationId::new("held")));
    })
    .await;
}
