//! Nights sold twice.

use domain::ids::StayId;
use store::conflict::{self, Against, Conflict};
use testkit::{TestDb, noun_builders::nights};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn a_conflict_is_recorded_once_and_stays_resolved() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let hold = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        let stay_id = hold.terms.id.clone();
        let found = |id: &str, against| Conflict {
            id: id.to_owned(),
            accommodation_id: cabin.id.clone(),
            feed_id: "f1".to_owned(),
            source: "airbnb".to_owned(),
            against,
            uid: "guest".to_owned(),
            period: nights("2027-01-10", "2027-01-11"),
            found_at: now(),
            resolved_at: None,
            note: None,
        };
        let record =
            async |one: Conflict| db.commit(async |session| conflict::record(session, &one).await).await;
        let ours = found("c1", Against::Stay(stay_id.clone()));
        let theirs = found("c2", Against::Feed("f2".to_owned()));
        assert!(record(ours.clone()).await);
        assert!(!record(found("c3", Against::Stay(stay_id.clone()))).await, "known");
        assert!(record(theirs.clone()).await);
        let open = async || conflict::list_open(&mut db.read().await).await.unwrap();
        assert_eq!(open().await, [ours.clone(), theirs.clone()]);

        let resolve = async |id| {
            db.commit(async |session| conflict::resolve(session, id, Some("moved".into()), now()).await).await
        };
        let resolved = Conflict { resolved_at: Some(now()), note: Some("moved".into()), ..ours.clone() };
        assert_eq!(resolve("c1").await, Some(resolved.clone()));
        assert_eq!((resolve("c1").await, resolve("none").await), (None, None));
        assert_eq!(open().await, [theirs]);
        assert!(!record(ours.clone()).await, "what a person has seen to is not told again");
        let another = Conflict { id: "c4".into(), uid: "another".into(), ..ours.clone() };
        assert!(record(another.clone()).await, "somebody else bought the same nights");
        let with = conflict::list_found_with(&mut db.read().await, "c2").await.unwrap();
        let with: Vec<_> = with.iter().map(|one| (one.id.as_str(), one.resolved_at.is_some())).collect();
        assert_eq!(with, [("c1", true), ("c2", false), ("c4", false)], "found at the same instant");
        assert_eq!(conflict::list_found_with(&mut db.read().await, "none").await.unwrap(), []);
        let lasting = conflict::list_lasting(&mut db.read().await, "f2").await.unwrap();
        assert_eq!(lasting.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["c2"], "on either side");
        for id in ["c1", "c4"] {
            db.commit(async |session| conflict::let_go(session, id, now()).await).await;
        }
        assert!(record(Conflict { id: "c5".into(), ..ours.clone() }).await, "let go, and sold once more");
        let of_stay = async |id: &StayId| conflict::list_of_stay(&mut db.read().await, id).await.unwrap();
        let ours = Conflict { id: "c5".into(), ..ours };
        assert_eq!(of_stay(&stay_id).await, [resolved, another, ours]);
        assert_eq!(of_stay(&StayId::new("other")).await, []);
    })
    .await;
}
