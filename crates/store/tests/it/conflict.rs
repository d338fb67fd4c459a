use domain::ids::StayId;
use store::conflict::{self, Against, Conflict};
use testkit::{TestDb, builders::nights};

use crate::scene::{now, with_cabin, with_hold};

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
        assert!(!record(ours).await, "what a person has seen to is not told again");
        let of_stay = async |id: &StayId| conflict::list_of_stay(&mut db.read().await, id).await.unwrap();
        assert_eq!(of_stay(&stay_id).await, [resolved]);
        assert_eq!(of_stay(&StayId::new("other")).await, []);
    })
    .await;
}
