//! Which accommodations are free for given nights: among stays, ended holds, and blocks.

use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    ids::AccommodationId,
};
use jiff::ToSpan;
use store::{accommodation, availability, block, feed, stay};
use testkit::{
    TestDb,
    noun_builders::{cabin, held, nights},
};

use crate::shared_cabins_and_rows::{insert_raw, now};

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
        let free = availability::list_free(&mut session, &wanted, 2, now()).await.unwrap();
        assert_eq!(
            free.iter().map(AccommodationId::as_str).collect::<Vec<_>>(),
            ["after", "around", "before", "gone", "lapsed", "open"]
        );
        let alone = availability::list_free(&mut session, &wanted, 1, now()).await.unwrap();
        assert!(alone.contains(&AccommodationId::new("small")));
        assert_eq!(availability::list_free(&mut session, &wanted, 5, now()).await.unwrap(), []);
        // A hold blocks nobody from the instant at which it ends.
        let later = availability::list_free(&mut session, &wanted, 2, now() + 30.minutes()).await.unwrap();
        assert!(later.contains(&AccommodationId::new("held")));
    })
    .await;
}
