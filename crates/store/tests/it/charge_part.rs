//! The parts of a charge that covers several payables, and those of its payment.

use domain::{
    charges_of_stay::Purpose,
    payable::{Kind, Payable},
    payment::PaymentStatus,
};
use store::{
    charge::{self, Charge},
    charge_part::{self, ChargePart},
    ledger,
    payment::{self, DIVIDED, Payment, id_at_provider, part_id},
    refund::{self, Refund, RefundStatus},
};
use testkit::{TestDb, noun_builders::pesos};

use crate::shared_cabins_and_rows::now;

fn part(kind: Kind, id: &str, amount: i64) -> ChargePart {
    ChargePart { payable: Payable::new(kind, id), purpose: Purpose::Deposit, amount: pesos(amount) }
}

#[tokio::test]
async fn a_charge_has_its_parts_in_their_order() {
    TestDb::each(async |db| {
        let parts = [part(Kind::Stay, "b", 20), part(Kind::Stay, "a", 10), part(Kind::Membership, "a", 5)];
        for id in ["g1", "g2"] {
            let group = Payable::new(Kind::Group, id);
            let charge = Charge {
                id: id.to_owned(),
                payable: group,
                purpose: Purpose::Deposit,
                amount: pesos(35),
                due_at: now(),
                asked_at: None,
                note: None,
            };
            let of_both = if id == "g1" { &parts[..] } else { &parts[..2] };
            db.commit(async |session| {
                charge::ensure(session, &charge, now()).await?;
                charge_part::create(session, id, of_both).await
            })
            .await;
        }
        let mut session = db.read().await;
        assert_eq!(charge_part::list(&mut session, "g1").await.unwrap(), parts);
        assert_eq!(charge_part::list(&mut session, "none").await.unwrap(), []);
        let mut groups = async |kind, id| {
            let found = charge_part::list_groups(&mut session, &Payable::new(kind, id)).await.unwrap();
            found.into_iter().map(|group| group.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(groups(Kind::Stay, "a").await, ["group:g1", "group:g2"]);
        assert_eq!(groups(Kind::Membership, "a").await, ["group:g1"]);
        assert!(groups(Kind::Stay, "c").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_payment_is_found_with_the_whole_and_with_its_payable() {
    TestDb::each(async |db| {
        let whole = Payment {
            provider: "p".to_owned(),
            provider_payment_id: "1".to_owned(),
            part_of: None,
            payable: Some(Payable::new(Kind::Group, "g")),
            purpose: Purpose::Deposit,
            status: PaymentStatus::Approved,
            amount: pesos(30),
            refunded: pesos(0),
            returning: pesos(0),
            dispute: None,
            note: None,
            applied: Some(DIVIDED.to_owned()),
            events: 1,
            updated_at: now(),
        };
        let part = |number: usize, amount| Payment {
            provider_payment_id: part_id("1", number),
            part_of: Some("1".to_owned()),
            payable: Some(Payable::new(Kind::Stay, format!("s{number}"))),
            amount: pesos(amount),
            applied: Some("confirmed".to_owned()),
            ..whole.clone()
        };
        let parts = [part(2, 10), part(10, 20)];
        let back = Refund {
            id: "r".to_owned(),
            payable: parts[0].payable.clone(),
            provider: "p".to_owned(),
            provider_payment_id: part_id("1", 2),
            amount: pesos(4),
            reason: "surplus".to_owned(),
            status: RefundStatus::Due,
            provider_refund_id: None,
        };
        db.commit(async |session| {
            for row in parts.iter().rev().chain([&whole]) {
                payment::put(session, row, now()).await?;
            }
            refund::create(session, &back, now()).await
        })
        .await;
        let mut session = db.read().await;
        let returning = Payment { returning: pesos(4), ..parts[0].clone() };
        let known = payment::list_parts(&mut session, "p", "1").await.unwrap();
        assert_eq!(known, [returning.clone(), parts[1].clone()], "the second before the tenth");
        let of_stay = payment::list_of(&mut session, &Payable::new(Kind::Stay, "s2")).await.unwrap();
        assert_eq!((of_stay, returning.kept().minor), (vec![returning], 600));
        for id in [part_id("1", 2).as_str(), "1"] {
            assert_eq!(
                refund::list_of_payment(&mut session, "p", id).await.unwrap(),
                std::slice::from_ref(&back)
            );
        }
        assert_eq!(refund::list_of_payment(&mut session, "p", &part_id("1", 10)).await.unwrap(), []);
        assert_eq!((id_at_provider(&part_id("1", 2)), id_at_provider("1")), ("1", "1"));
        let unposted = ledger::list_unposted(&mut session).await.unwrap();
        let unposted: Vec<_> = unposted.into_iter().map(|(_, id)| id).collect();
        assert_eq!(unposted, ["1#10", "1#2"], "what was divided is posted by its parts");
        let at = now() + jiff::SignedDuration::from_hours(48);
        let unchecked = payment::list_unchecked(&mut session, now(), at).await.unwrap();
        assert_eq!(unchecked.len(), 1, "the provider knows the whole alone");
    })
    .await;
}
