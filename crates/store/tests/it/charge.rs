//! Charges: asked for once, and again when they grew.

use domain::{charges_of_stay::Purpose, payable::Payable};
use jiff::SignedDuration;
use store::charge::{self, Charge};
use testkit::{
    TestDb,
    noun_builders::{nights, pesos},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn a_charge_is_asked_for_once_and_again_when_it_grew() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let held = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        let payable = Payable::from(&held.terms.id);
        let ensure = async |purpose, amount, due_in: i64| {
            let new = Charge {
                id: format!("{purpose:?}"),
                payable: payable.clone(),
                purpose,
                amount: pesos(amount),
                due_at: now() + SignedDuration::from_mins(due_in),
                asked_at: None,
                note: (purpose == Purpose::Penalty).then(|| "a chair".to_owned()),
            };
            db.commit(async |session| charge::ensure(session, &new, now()).await).await
        };
        let to_ask = async |minutes| -> Vec<Purpose> {
            let at = now() + SignedDuration::from_mins(minutes);
            let found = charge::list_of_stays_to_ask(&mut db.read().await, at, 10).await.unwrap();
            found.into_iter().map(|charge| charge.purpose).collect()
        };
        let mark = async |id| db.commit(async |session| charge::mark_asked(session, id, now()).await).await;
        ensure(Purpose::Deposit, 300, 0).await;
        ensure(Purpose::Balance, 700, 60).await;
        ensure(Purpose::Penalty, 50, 0).await;
        assert_eq!(to_ask(90).await, [Purpose::Penalty], "a hold owes no balance yet");
        let confirmed = held.confirm(now()).unwrap().into();
        db.commit(async |session| store::stay::update(session, &confirmed).await).await;
        assert_eq!(to_ask(59).await, [Purpose::Penalty], "not before its day");
        assert_eq!(to_ask(60).await, [Purpose::Penalty, Purpose::Balance]);
        assert!(mark("Balance").await && !mark("Balance").await, "once");
        ensure(Purpose::Balance, 600, 60).await;
        assert_eq!(to_ask(60).await, [Purpose::Penalty], "less is not asked for again");
        ensure(Purpose::Balance, 900, 60).await;
        assert_eq!(to_ask(60).await, [Purpose::Penalty, Purpose::Balance]);
        let all = charge::list_of(&mut db.read().await, &payable).await.unwrap();
        let all: Vec<_> =
            all.iter().map(|one| (one.purpose, one.amount.minor, one.note.as_deref())).collect();
        assert_eq!(
            all,
            [
                (Purpose::Deposit, 30_000, None),
                (Purpose::Balance, 90_000, None),
                (Purpose::Penalty, 5_000, Some("a chair"))
            ]
        );
    })
    .await;
}
