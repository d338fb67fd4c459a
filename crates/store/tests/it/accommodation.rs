//! Accommodations: round trips, locks, and when any of them changed last.

use domain::{
    accommodation::{Accommodation, Kind, Zone},
    decimal::Decimal,
    ids::AccommodationId,
    price::{LengthDiscount, Season},
};
use jiff::SignedDuration;
use store::{accommodation, db::Engine};
use testkit::{
    TestDb,
    noun_builders::{cabin, day},
};

use crate::shared_cabins_and_rows::{now, with_cabin};

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
