//! Payments as providers report them.

use domain::{
    charges_of_stay::Purpose,
    payable::{Kind, Payable},
    payment::PaymentStatus,
    payment::dispute::Dispute,
};
use jiff::SignedDuration;
use store::{
    db::Engine,
    payment::{self, OFFERED, Payment, RETURNED, WAITING},
    refund::{self, Refund, RefundStatus},
};
use testkit::{
    TestDb,
    noun_builders::{nights, pesos},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn a_payment_is_one_row_however_often_it_is_told() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let stay = Payable::from(&stay);
        let told = Payment {
            provider: "mercadopago".to_owned(),
            provider_payment_id: "1".to_owned(),
            part_of: None,
            payable: None,
            purpose: Purpose::Balance,
            status: PaymentStatus::Pending,
            amount: pesos(9_000),
            refunded: pesos(0),
            returning: pesos(0),
            dispute: None,
            note: None,
            applied: None,
            events: 1,
            updated_at: now(),
        };
        let put = async |payment: &Payment, minutes| {
            let at = now() + SignedDuration::from_mins(minutes);
            db.commit(async |session| payment::put(session, payment, at).await).await;
        };
        let find = async |id| payment::lock(&mut db.begin().await, "mercadopago", id).await.unwrap();
        assert_eq!(find("1").await, None);
        put(&told, 0).await;
        assert_eq!(find("1").await, Some(told.clone()));
        let unlocked = payment::find(&mut db.read().await, "mercadopago", "1").await.unwrap();
        assert_eq!(unlocked, Some(told.clone()));
        let approved = Payment {
            payable: Some(stay.clone()),
            dispute: Some(Dispute::Open),
            note: None,
            status: PaymentStatus::Approved,
            amount: pesos(9_001),
            refunded: pesos(1),
            applied: Some("deposit".to_owned()),
            ..told.clone()
        };
        put(&approved, 5).await;
        let updated_at = now() + SignedDuration::from_mins(5);
        assert_eq!(find("1").await, Some(Payment { events: 2, updated_at, ..approved.clone() }));

        assert_eq!(approved.kept(), pesos(9_000));
        let second = Payment { provider_payment_id: "2".to_owned(), ..approved };
        put(&second, 1).await;
        let of_stay = async |of: &Payable| payment::list_of(&mut db.read().await, of).await.unwrap();
        let ids: Vec<_> =
            of_stay(&stay).await.into_iter().map(|payment| payment.provider_payment_id).collect();
        assert_eq!(ids, ["1", "2"], "in the order in which we heard of them");
        assert_eq!(of_stay(&Payable::new(Kind::Stay, "none")).await, []);
    })
    .await;
}

#[tokio::test]
async fn two_who_look_at_a_payment_take_turns() {
    let db = TestDb::postgres().await;
    assert_eq!(db.engine(), Engine::Postgres);
    let told = Payment {
        provider: "p".to_owned(),
        provider_payment_id: "1".to_owned(),
        part_of: None,
        payable: None,
        purpose: Purpose::Deposit,
        status: PaymentStatus::Pending,
        amount: pesos(1),
        refunded: pesos(0),
        returning: pesos(0),
        dispute: None,
        note: None,
        applied: None,
        events: 1,
        updated_at: now(),
    };
    db.commit(async |session| payment::put(session, &told, now()).await).await;
    let mut first = db.begin().await;
    payment::lock(&mut first, "p", "1").await.unwrap();
    let mut second = db.begin().await;
    second.execute("set local lock_timeout = '20ms'", vec![]).await.unwrap();
    assert!(payment::lock(&mut second, "p", "1").await.is_err_and(|error| error.is_passing()));
}

/// What is on its way back is not kept, though the provider does not show it yet; a refund that failed is.
#[tokio::test]
async fn money_on_its_way_back_is_not_kept() {
    TestDb::each(async |db| {
        let paid = Payment {
            provider: "p".to_owned(),
            provider_payment_id: "1".to_owned(),
            part_of: None,
            payable: None,
            purpose: Purpose::Deposit,
            status: PaymentStatus::Approved,
            amount: pesos(100),
            refunded: pesos(0),
            returning: pesos(0),
            dispute: None,
            note: Some("in coins".to_owned()),
            applied: Some("confirmed".to_owned()),
            events: 1,
            updated_at: now(),
        };
        let mut shown = paid.clone();
        db.commit(async |session| payment::put(session, &paid, now()).await).await;
        for (id, status, amount) in [("a", RefundStatus::Due, 30), ("b", RefundStatus::Failed, 50)] {
            let back = Refund {
                id: id.to_owned(),
                payable: None,
                provider: "p".to_owned(),
                provider_payment_id: "1".to_owned(),
                amount: pesos(amount),
                reason: "cancelled".to_owned(),
                status,
                provider_refund_id: None,
            };
            db.commit(async |session| refund::create(session, &back, now()).await).await;
        }
        assert_eq!(refund::count_pending(&mut db.read().await).await.unwrap(), 1);
        let found = payment::lock(&mut db.begin().await, "p", "1").await.unwrap().unwrap();
        assert_eq!((found.returning, found.kept()), (pesos(30), pesos(70)));
        assert_eq!(found.note.as_deref(), Some("in coins"));
        shown.refunded = pesos(40);
        assert_eq!(
            Payment { returning: pesos(30), ..shown.clone() }.kept(),
            pesos(60),
            "the larger of the two"
        );
        for (word, counts, unassigned) in [
            (WAITING, false, true),
            (OFFERED, false, true),
            (RETURNED, false, false),
            ("credit", true, false),
        ] {
            shown.applied = Some(word.to_owned());
            assert_eq!((shown.counts(), shown.is_unassigned()), (counts, unassigned), "{word}");
        }
    })
    .await;
}

#[tokio::test]
async fn payments_whose_money_came_are_looked_at_again() {
    TestDb::each(async |db| {
        let told = |id: &str, status| Payment {
            provider: "p".to_owned(),
            provider_payment_id: id.to_owned(),
            part_of: None,
            payable: None,
            purpose: Purpose::Deposit,
            status,
            amount: pesos(1),
            refunded: pesos(0),
            returning: pesos(0),
            dispute: None,
            note: None,
            applied: None,
            events: 1,
            updated_at: now(),
        };
        let hours = |hours| now() + SignedDuration::from_hours(hours);
        for (id, status, at) in [
            ("old", PaymentStatus::Approved, hours(-100)),
            ("a", PaymentStatus::Approved, hours(-30)),
            ("b", PaymentStatus::ChargedBack, hours(-29)),
            ("never", PaymentStatus::Rejected, hours(-29)),
            ("new", PaymentStatus::Approved, hours(-1)),
        ] {
            db.commit(async |session| payment::put(session, &told(id, status), at).await).await;
        }
        let unchecked = async || {
            let found = payment::list_unchecked(&mut db.read().await, hours(-50), hours(-24)).await.unwrap();
            found.into_iter().map(|one| (one.provider_payment_id, one.checked_at)).collect::<Vec<_>>()
        };
        assert_eq!(unchecked().await, [("a".to_owned(), None), ("b".to_owned(), None)]);
        db.commit(async |session| payment::mark_checked(session, "p", "a", hours(-2)).await).await;
        db.commit(async |session| payment::mark_checked(session, "p", "b", hours(-25)).await).await;
        assert_eq!(unchecked().await, [("b".to_owned(), Some(hours(-25)))]);
    })
    .await;
}
