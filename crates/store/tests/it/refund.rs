//! A refund, from written down to done.

use domain::payable::Payable;
use store::refund::{self, Refund, RefundStatus};
use testkit::{
    TestDb,
    noun_builders::{nights, pesos},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn a_refund_is_written_down_and_moves_on() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let stay = Payable::from(&stay);
        let due = Refund {
            id: "r1".to_owned(),
            payable: Some(stay.clone()),
            provider: "paypal".to_owned(),
            provider_payment_id: "cap".to_owned(),
            amount: pesos(400),
            reason: "cancelled".to_owned(),
            status: RefundStatus::Due,
            provider_refund_id: None,
        };
        db.commit(async |session| refund::create(session, &due, now()).await).await;
        let find = async || refund::lock(&mut db.begin().await, "r1").await.unwrap();
        assert_eq!(find().await, Some(due.clone()));
        let mark = async |status, id: Option<&'static str>| {
            db.commit(async |session| refund::mark(session, "r1", status, id, now()).await).await;
        };
        mark(RefundStatus::Sent, Some("their-1")).await;
        mark(RefundStatus::Done, None).await;
        let done =
            Refund { status: RefundStatus::Done, provider_refund_id: Some("their-1".to_owned()), ..due };
        assert_eq!(find().await, Some(done.clone()), "an id that is known stays known");
        db.commit(async |session| refund::reopen(session, "r1", now()).await).await;
        let owed = Refund { status: RefundStatus::Due, provider_refund_id: None, ..done.clone() };
        assert_eq!(find().await, Some(owed), "what is owed again has no outcome");
        mark(RefundStatus::Done, Some("their-1")).await;
        let mut session = db.read().await;
        let of_payment = refund::list_of_payment(&mut session, "paypal", "cap").await.unwrap();
        assert_eq!(of_payment, std::slice::from_ref(&done));
        assert_eq!(refund::list_of_payment(&mut session, "stripe", "cap").await.unwrap(), []);
        assert_eq!(refund::list_of(&mut session, &stay).await.unwrap(), [done]);
    })
    .await;
}
