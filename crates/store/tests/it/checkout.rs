//! Checkouts: claimed, opened and ended for a charge.

use domain::{
    charges_of_stay::Purpose,
    payable::{Kind, Payable},
    payment::Reference,
};
use jiff::SignedDuration;
use store::{
    charge::{self, Charge},
    checkout::{self, Checkout, Page},
};
use testkit::{
    TestDb,
    noun_builders::{nights, pesos},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

fn checkout(id: &str, charge: &str, key: &str) -> Checkout {
    Checkout {
        id: id.to_owned(),
        charge_id: charge.to_owned(),
        provider: "mercadopago".to_owned(),
        amount_minor: 900_000,
        idempotency_key: key.to_owned(),
        provider_ref: None,
        url: None,
        expires_at: now() + SignedDuration::from_mins(30),
    }
}

#[tokio::test]
async fn a_charge_and_its_pages() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let payable = Payable::from(&stay);
        let deposit = Charge {
            id: "c1".to_owned(),
            payable: payable.clone(),
            purpose: Purpose::Deposit,
            amount: pesos(9_000),
            due_at: now(),
            asked_at: None,
            note: None,
        };
        let ensure =
            async |new: Charge| db.commit(async |session| charge::ensure(session, &new, now()).await).await;
        assert_eq!(ensure(deposit.clone()).await, deposit);
        let due_at = now() + SignedDuration::from_hours(1);
        let again = ensure(Charge { id: "c2".to_owned(), due_at, ..deposit.clone() }).await;
        assert_eq!(again, Charge { due_at, ..deposit }, "one charge per purpose");
        let find = async |id| charge::find(&mut db.read().await, id).await.unwrap();
        assert_eq!((find("c1").await, find("c2").await), (Some(again), None), "and it keeps its id");

        let all = async || checkout::list(&mut db.read().await, &payable).await.unwrap();
        let latest = async || all().await.into_iter().next();
        assert_eq!(latest().await, None);
        let claim = async |new: Checkout, minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            db.commit(async |session| checkout::claim(session, &new, at).await).await
        };
        let first = checkout("k1", "c1", "key-1");
        assert_eq!(claim(first.clone(), 0).await, first);
        assert_eq!(claim(checkout("k2", "c1", "key-1"), 1).await, first, "the same key is the same attempt");

        let ends = now() + SignedDuration::from_mins(20);
        db.commit(async |session| {
            checkout::open(session, "k1", "pref-1", "https://pay.example/1", ends).await
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
        assert_eq!(
            checkout::list(&mut db.read().await, &Payable::new(Kind::Stay, "none")).await.unwrap(),
            []
        );
        let since = async |minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            checkout::list_pages_since(&mut db.read().await, at).await.unwrap()
        };
        let page = Page {
            reference: Reference { payable: payable.clone(), purpose: Purpose::Deposit },
            provider: "mercadopago".to_owned(),
            provider_ref: "pref-1".to_owned(),
        };
        assert_eq!(since(0).await, [page], "what was never opened has no page");
        assert_eq!(since(1).await, []);
        let open = async |amount, minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            let mut session = db.read().await;
            checkout::find(&mut session, "c1", "mercadopago", pesos(amount), at).await.unwrap()
        };
        assert_eq!(open(9_000, 3).await.map(|page| page.id), Some("k3".to_owned()), "the newest");
        assert_eq!((open(8_999, 3).await, open(9_000, 31).await), (None, None));
        assert_eq!(checkout::count(&mut db.read().await, "c1", "mercadopago").await.unwrap(), 2);
        let of = async |provider, page| {
            checkout::find_reference(&mut db.read().await, provider, page).await.unwrap()
        };
        assert_eq!(
            of("mercadopago", "pref-1").await,
            Some(Reference { payable: payable.clone(), purpose: Purpose::Deposit })
        );
        assert_eq!((of("stripe", "pref-1").await, of("mercadopago", "pref-2").await), (None, None));
        let end = async |provider| {
            let at = now() + SignedDuration::from_mins(3);
            db.commit(async |session| checkout::end(session, &payable, provider, at).await).await;
        };
        end("stripe").await;
        assert!(open(9_000, 3).await.is_some());
        end("mercadopago").await;
        assert_eq!(open(9_000, 3).await, None, "a page that is paid is not opened again");
    })
    .await;
}
