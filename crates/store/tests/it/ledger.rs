//! Postings: each once, each balanced, added up by account.

use domain::{
    charges_of_stay::Purpose,
    ledger::{Account, Movement, Posting},
    money::Money,
    payable::{Kind, Payable},
    payment::PaymentStatus,
    payment::at_bank::{AtBank, Step},
};
use store::{
    ledger::{self, Returned},
    payment::{self, Payment},
};
use testkit::{
    TestDb,
    noun_builders::{nights, pesos},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

#[tokio::test]
async fn a_movement_is_posted_once_and_accounts_add_up() {
    TestDb::each(async |db| {
        let stay = Payable::new(Kind::Stay, "s");
        let post = async |posting: Posting| {
            db.commit(async |session| ledger::post(session, &posting, now()).await).await
        };
        assert!(post(Posting::received("stripe", "pi", Some(&stay), pesos(9_000))).await);
        assert!(!post(Posting::received("stripe", "pi", None, pesos(1))).await, "told twice, posted once");
        assert!(post(Posting::received("paypal", "pi", None, pesos(500))).await, "another provider's");
        assert!(post(Posting::returned("stripe", "pi:2000", Some(&stay), pesos(2_000))).await);
        assert!(post(Posting::returned("stripe", "pi2:7", Some(&stay), pesos(7))).await);

        let mut session = db.read().await;
        let balance = ledger::balance(&mut session, &Account::Payable(stay.clone())).await.unwrap();
        assert_eq!(balance, [pesos(-6_993)]);
        let returned = ledger::returned_of(&mut session, "stripe", "pi").await.unwrap();
        assert_eq!((returned.gone, returned.kept), (pesos(2_000).minor, 0));
        assert_eq!(ledger::returned_of(&mut session, "stripe", "p").await.unwrap(), Returned::default());
        let lines = ledger::list(&mut session, &Account::Payable(stay)).await.unwrap();
        let shown: Vec<_> = lines.iter().map(|line| (line.movement, line.amount)).collect();
        let expected = [
            (Movement::Payment, pesos(-9_000)),
            (Movement::Refund, pesos(2_000)),
            (Movement::Refund, pesos(7)),
        ];
        assert_eq!(shown, expected);
        let balances = ledger::list_balances(&mut session).await.unwrap();
        let names: Vec<_> = balances.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["provider:paypal", "provider:stripe", "stay:s", "waiting:paypal"]);
        assert_eq!(balances.iter().map(|(_, money)| money.minor).sum::<i64>(), 0);
        assert!(ledger::list_unbalanced(&mut session).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_bank_has_of_a_payment_is_added_up() {
    TestDb::each(async |db| {
        let stay = Payable::new(Kind::Stay, "s");
        let at_bank =
            async |payment: &str| ledger::at_bank_of(&mut db.read().await, "stripe", payment).await.unwrap();
        let steps = [
            (Step::Withhold, None, 100, (100, 0)),
            (Step::Lose, None, 60, (40, 60)),
            (Step::Release, Some(&stay), 40, (0, 60)),
            (Step::GiveBack, Some(&stay), 10, (0, 50)),
            (Step::Take, Some(&stay), 5, (0, 55)),
        ];
        for (number, (step, owner, amount, (withheld, taken))) in (1..).zip(steps) {
            let id = format!("pi:{number}");
            let amount = Money::new(amount, pesos(0).currency);
            let posting = Posting::disputed(step, "stripe", &id, owner, amount);
            assert!(db.commit(async |session| ledger::post(session, &posting, now()).await).await);
            assert_eq!(at_bank("pi").await, (AtBank { withheld, taken }, number), "{step:?}");
        }
        assert_eq!(at_bank("p").await, (AtBank::default(), 0));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_balance_is_refused_and_what_was_forgotten_is_found() {
    TestDb::each(async |db| {
        let mut posting = Posting::received("stripe", "pi", None, pesos(5));
        posting.entries.pop();
        let mut session = db.begin().await;
        assert!(ledger::post(&mut session, &posting, now()).await.is_err());
        drop(session);

        let cabin = with_cabin(db, "a").await;
        let stay = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
        let stay = Payable::from(&stay);
        let paid = Payment {
            provider: "stripe".to_owned(),
            provider_payment_id: "pi".to_owned(),
            part_of: None,
            payable: Some(stay.clone()),
            purpose: Purpose::Deposit,
            status: PaymentStatus::Approved,
            amount: pesos(5),
            refunded: pesos(0),
            returning: pesos(0),
            dispute: None,
            note: None,
            applied: None,
            events: 1,
            updated_at: now(),
        };
        db.commit(async |session| payment::put(session, &paid, now()).await).await;
        let unposted = async || ledger::list_unposted(&mut db.read().await).await.unwrap();
        assert_eq!(unposted().await, [("stripe".to_owned(), "pi".to_owned())]);
        let posting = Posting::received("stripe", "pi", Some(&stay), pesos(5));
        db.commit(async |session| ledger::post(session, &posting, now()).await).await;
        assert!(unposted().await.is_empty());
        let seq =
            async |id| ledger::find_seq(&mut db.read().await, Movement::Payment, "stripe", id).await.unwrap();
        assert!(seq("pi").await.is_some() && seq("other").await.is_none(), "the number of a receipt");

        // Money whose use was not decided counts as the owner's; that which waits for a person does not.
        let disagree = async || ledger::list_disagreeing(&mut db.read().await).await.unwrap();
        assert!(disagree().await.is_empty());
        let waiting = Payment { applied: Some("waiting".to_owned()), ..paid };
        db.commit(async |session| payment::put(session, &waiting, now()).await).await;
        assert_eq!(disagree().await, [(stay.to_string(), pesos(5), pesos(0))]);
    })
    .await;
}
