use domain::ids::StayId;
use jiff::SignedDuration;
use store::charge::{self, Charge, Checkout};
use testkit::{
    TestDb,
    builders::{nights, pesos},
};

use crate::scene::{now, with_cabin, with_hold};

fn checkout(id: &str, charge: &str, key: &str) -> Checkout {
    Checkout {
        id: id.to_owned(),
        charge_id: charge.to_owned(),
        provider: "mercadopago".to_owned(),
        idempotency_key: key.to_owned(),
        provider_ref: None,
        url: None,
        expires_at: now() + SignedDuration::from_mins(30),
    }
}

#[tokio::test]
async fn a_charge_and_its_checkouts() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let deposit = Charge {
            id: "c1".to_owned(),
            stay_id: stay.clone(),
            purpose: "deposit".to_owned(),
            amount: pesos(9_000),
            due_at: now(),
        };
        let ensure =
            async |new: Charge| db.commit(async |session| charge::ensure(session, &new, now()).await).await;
        assert_eq!(ensure(deposit.clone()).await, deposit);
        let due_at = now() + SignedDuration::from_hours(1);
        let again = ensure(Charge { id: "c2".to_owned(), due_at, ..deposit.clone() }).await;
        assert_eq!(again, Charge { due_at, ..deposit }, "one charge per purpose");

        let all = async || charge::list_checkouts(&mut db.read().await, &stay).await.unwrap();
        let latest = async || all().await.into_iter().next();
        assert_eq!(latest().await, None);
        let claim = async |new: Checkout, minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            db.commit(async |session| charge::claim_checkout(session, &new, at).await).await
        };
        let first = checkout("k1", "c1", "key-1");
        assert_eq!(claim(first.clone(), 0).await, first);
        assert_eq!(claim(checkout("k2", "c1", "key-1"), 1).await, first, "the same key is the same attempt");

        let ends = now() + SignedDuration::from_mins(20);
        db.commit(async |session| {
            charge::open_checkout(session, "k1", "pref-1", "https://pay.example/1", ends).await
        })
        .await;
        let opened = Checkout {
            provider_ref: Some("pref-1".to_owned()),
            url: Some("https://pay.example/1".to_owned()),
            expires_at: ends,
            ..first
        };
        assert_eq!(latest().await, Some(opened));
        let second = checkout("k3", "c1", "key-2");
        claim(second.clone(), 2).await;
        assert_eq!(latest().await, Some(second));
        assert_eq!(all().await.len(), 2);
        assert_eq!(charge::list_checkouts(&mut db.read().await, &StayId::new("none")).await.unwrap(), []);
        let since = async |minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            charge::list_pages_since(&mut db.read().await, at).await.unwrap()
        };
        let page = (stay.clone(), "mercadopago".to_owned(), "pref-1".to_owned());
        assert_eq!(since(0).await, [page], "what was never opened has no page");
        assert_eq!(since(1).await, []);
        let of =
            async |provider, page| charge::find_stay_of(&mut db.read().await, provider, page).await.unwrap();
        assert_eq!(of("mercadopago", "pref-1").await, Some(stay.clone()));
        assert_eq!((of("stripe", "pref-1").await, of("mercadopago", "pref-2").await), (None, None));
    })
    .await;
}
