//! Equal nights that are kept for a guest to accept.

use store::equal_nights_offer::{self, Offer, Outcome};
use testkit::{TestDb, noun_builders::nights};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn an_offer_ends_once() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let wanted = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let equal =
            with_hold(db, &with_cabin(db, "b").await, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let new = Offer {
            stay_id: equal.clone(),
            for_stay_id: wanted.clone(),
            provider: "stripe".to_owned(),
            provider_payment_id: "pi".to_owned(),
        };
        db.commit(async |session| equal_nights_offer::create(session, &new, now()).await).await;
        let open = async |id| equal_nights_offer::find_open(&mut db.read().await, id).await.unwrap();
        assert_eq!(open(&equal).await, Some(new.clone()));
        assert_eq!(open(&wanted).await, None);
        assert_eq!(equal_nights_offer::lock_open(&mut db.begin().await, &equal).await.unwrap(), Some(new));
        let found = equal_nights_offer::find_open_for(&mut db.read().await, &wanted).await.unwrap();
        assert_eq!(found.map(|offer| offer.stay_id), Some(equal.clone()));
        let all = async || equal_nights_offer::list_open(&mut db.read().await).await.unwrap().len();
        assert_eq!(all().await, 1);
        let end = async |outcome| {
            db.commit(async |session| equal_nights_offer::end(session, &equal, outcome, now()).await).await
        };
        assert!(end(Outcome::Accepted).await);
        assert!(!end(Outcome::Returned).await, "what was accepted does not go back too");
        assert_eq!((open(&equal).await, all().await), (None, 0));
    })
    .await;
}
