//! Two cabins of one family, charged together: one page, one payment, and each cabin's part of it by itself in the books,
//! on the way back, and at the guest's bank.

use domain::{
    actor::Actor, charges_of_stay::Purpose, ids::StayCode, money::Money, payable::Payable, staff::Who,
};
use jiff::SignedDuration;
use kernel::jobs::Job as _;
use payments::{ChargePart, OpenCheckout, charge_together};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use store::{payment, queue, stay};

use crate::{
    desk_harness::{Desk, hold_body},
    stripe_and_paypal_tills::{Act, Till},
};

/// Two holds that are charged together.
#[derive(Clone)]
struct Family {
    group: Payable,
    codes: [String; 2],
    deposits: [Money; 2],
}

impl Family {
    async fn holding(desk: &Desk, currency: &str, prices: [&str; 2]) -> Self {
        let mut codes = Vec::new();
        for (name, price) in ["El Sauce", "Los Talas"].into_iter().zip(prices) {
            let body = json!({ "name": name, "kind": "cabin", "capacity": 4, "base_price": price, "currency": currency });
            let made = desk.staff(Method::POST, "/api/v1/accommodations", Some(body)).await.json();
            let hold = hold_body(made["id"].as_str().unwrap(), "2027-02-01", "2027-02-04", "+5493515550999");
            let held = desk.post("/api/v1/reservations/pre-reserve", hold).await;
            assert_eq!(held.status, StatusCode::CREATED, "{}", held.text);
            codes.push(held.json()["code"].as_str().unwrap().to_owned());
        }
        desk.settle().await;
        let app = &desk.test.app;
        let mut tx = app.begin_as(Actor::Guest).await.unwrap();
        let mut parts = Vec::new();
        for code in &codes {
            let code = StayCode::parse(code).unwrap();
            let stay = stay::find_by_code(&mut tx.session, &code).await.unwrap().unwrap();
            let (payable, amount) = (Payable::from(&stay.terms().id), stay.terms().deposit);
            parts.push(ChargePart { payable, purpose: Purpose::Deposit, amount });
        }
        let group = charge_together(&mut tx, &parts).await.unwrap();
        tx.commit().await.unwrap();
        let deposits = [parts[0].amount, parts[1].amount];
        Self { group, codes: codes.try_into().unwrap(), deposits }
    }

    /// Its page at a provider, the newest one there.
    async fn open_page(&self, desk: &Desk, provider: &str) {
        let app = &desk.test.app;
        let (now, mut session) = (app.now(), app.begin().await.unwrap());
        let job = OpenCheckout::of(&self.group, Some(provider.to_owned()));
        queue::enqueue(&mut session, &[job.enqueue_at(now)], now).await.unwrap();
        app.commit(session).await.unwrap();
        desk.settle().await;
    }

    async fn statuses(&self, desk: &Desk) -> [String; 2] {
        [desk.status_of(&self.codes[0]).await, desk.status_of(&self.codes[1]).await]
    }

    /// What counts as paid of each.
    async fn paid(&self, desk: &Desk) -> [String; 2] {
        let mut paid = Vec::new();
        for code in &self.codes {
            paid.push(desk.ledger(code).await["paid"].as_str().unwrap().to_owned());
        }
        paid.try_into().unwrap()
    }

    fn deposits(&self) -> [String; 2] {
        self.deposits.map(|one| one.to_string())
    }

    /// The provider's id of the payment.
    async fn payment(&self, desk: &Desk) -> String {
        let mut session = desk.test.app.read().await.unwrap();
        payment::list_of(&mut session, &self.group).await.unwrap().remove(0).provider_payment_id
    }

    /// Gives back what was received for one cabin, or for all of them together.
    async fn refund(&self, desk: &Desk, payable: &Payable, amount: Money) -> Money {
        let mut tx = desk.test.app.begin_as(Actor::Staff(Who::Operator)).await.unwrap();
        let back = payments::refund(&mut tx, payable, amount, "by_staff").await.unwrap();
        tx.commit().await.unwrap();
        desk.settle().await;
        back
    }

    fn both(&self) -> Money {
        self.deposits[0].plus(self.deposits[1])
    }

    async fn payable_of(&self, desk: &Desk, number: usize) -> Payable {
        let mut session = desk.test.app.read().await.unwrap();
        let found = stay::find_by_code(&mut session, &StayCode::parse(&self.codes[number]).unwrap())
            .await
            .unwrap()
            .unwrap();
        Payable::from(&found.terms().id)
    }
}

/// What lies at a provider, in minor units.
async fn held_at(desk: &Desk, provider: &str) -> i64 {
    desk.account(&format!("provider:{provider}")).await.iter().map(|money| money.minor).sum()
}

fn confirmed() -> [String; 2] {
    ["confirmed".to_owned(), "confirmed".to_owned()]
}

/// The numbers of what a ledger lists under a name.
fn amounts(ledger: &Value, name: &str) -> Vec<String> {
    let listed = ledger[name].as_array().unwrap();
    listed.iter().map(|one| one["amount"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn one_payment_confirms_both_and_goes_back_apart_and_together() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        till.act(desk, Act::Pay).await;
        assert_eq!(family.statuses(desk).await, confirmed());
        assert_eq!(family.paid(desk).await, family.deposits());
        assert_eq!(held_at(desk, till.name()).await, family.both().minor, "one payment, once");

        // Apart: a part of what came for the second.
        let some = Money::new(1_000, family.deposits[1].currency);
        let second = family.payable_of(desk, 1).await;
        assert_eq!(family.refund(desk, &second, some).await, some);
        till.settle(desk).await;
        let left = [family.deposits[0], family.deposits[1].minus(some)];
        assert_eq!(family.paid(desk).await, left.map(|one| one.to_string()));
        let ledger = desk.ledger(&family.codes[1]).await;
        assert_eq!(amounts(&ledger, "refunds"), [some.to_string()]);
        assert!(amounts(&desk.ledger(&family.codes[0]).await, "refunds").is_empty());

        // Together: all that is left of both.
        assert_eq!(family.refund(desk, &family.group, family.both()).await, left[0].plus(left[1]));
        till.settle(desk).await;
        assert_eq!(family.paid(desk).await, ["0.00", "0.00"]);
        assert_eq!(held_at(desk, till.name()).await, 0);
        assert!(desk.waiting().await.is_empty(), "nobody has anything to do: {:?}", desk.waiting().await);
    })
    .await;
}

#[tokio::test]
async fn at_mercado_pago_too() {
    Desk::each(async |desk| {
        let family = Family::holding(desk, "ARS", ["15000.00", "9000.00"]).await;
        family.open_page(desk, "mercadopago").await;
        let id = desk.paid(json!({ "preference_id": desk.preference() })).await;
        assert_eq!((family.statuses(desk).await, family.paid(desk).await), (confirmed(), family.deposits()));
        assert_eq!(family.payment(desk).await, id.to_string());
        let first = family.payable_of(desk, 0).await;
        family.refund(desk, &first, family.deposits[0]).await;
        assert_eq!(family.paid(desk).await, ["0.00".to_owned(), family.deposits[1].to_string()]);

        // The bank takes what is left, and gives it back.
        desk.payment_is_charged_back(id, "settled").await;
        assert_eq!(
            (family.paid(desk).await, held_at(desk, "mercadopago").await),
            (["0.00", "0.00"].map(str::to_owned), 0)
        );
        desk.payment_is_charged_back(id, "reimbursed").await;
        assert_eq!(family.paid(desk).await, ["0.00".to_owned(), family.deposits[1].to_string()]);
    })
    .await;
}

/// One hold ends; the other goes on, and the page asks for it alone.
#[tokio::test]
async fn a_part_that_is_given_up_is_not_asked_for() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        let cancel = format!("/api/v1/reservations/{}/cancel", family.codes[0]);
        assert!(desk.staff(Method::POST, &cancel, None).await.status.is_success());
        till.settle(desk).await;
        till.act(desk, Act::Pay).await;
        assert_eq!(family.statuses(desk).await, ["cancelled", "confirmed"]);
        assert_eq!(family.paid(desk).await, ["0.00".to_owned(), family.deposits[1].to_string()]);
        assert_eq!(held_at(desk, till.name()).await, family.deposits[1].minor);
    })
    .await;
}

/// Money for both comes when the holds have ended and the nights of one are somebody else's.
#[tokio::test]
async fn what_one_part_cannot_use_goes_back_alone() {
    Desk::each(async |desk| {
        let family = Family::holding(desk, "ARS", ["15000.00", "9000.00"]).await;
        family.open_page(desk, "mercadopago").await;
        let page = desk.preference();
        let path = format!("/api/v1/reservations/{}", family.codes[0]);
        let first = desk.staff(Method::GET, &path, None).await.json();
        desk.test.advance(SignedDuration::from_mins(45));
        desk.settle().await;
        let sold = desk.hold(first["accommodation_id"].as_str().unwrap(), "2027-02-02", "2027-02-05").await;
        assert_eq!(sold.status, StatusCode::CREATED, "{}", sold.text);
        desk.settle().await;
        desk.paid(json!({ "preference_id": page })).await;
        assert_eq!(family.statuses(desk).await, ["expired", "confirmed"]);
        assert_eq!(family.paid(desk).await, ["0.00".to_owned(), family.deposits[1].to_string()]);
        assert_eq!(held_at(desk, "mercadopago").await, family.deposits[1].minor);
        assert_eq!(
            amounts(&desk.ledger(&family.codes[0]).await, "refunds"),
            [family.deposits[0].to_string()]
        );
    })
    .await;
}

/// A refund of one part that fails after all is no refund of it, and none of the other.
#[tokio::test]
async fn a_refund_of_a_part_that_fails_later_is_here_again() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        till.act(desk, Act::Pay).await;
        let second = family.payable_of(desk, 1).await;
        family.refund(desk, &second, family.deposits[1]).await;
        till.settle(desk).await;
        assert_eq!(family.paid(desk).await, [family.deposits[0].to_string(), "0.00".to_owned()]);
        till.fail_last_refund(desk).await;
        assert_eq!(family.paid(desk).await, family.deposits());
        assert_eq!(held_at(desk, till.name()).await, family.both().minor);
        assert_eq!(desk.waiting().await, ["refund_refused"]);
    })
    .await;
}

/// What somebody gives back on the provider's own pages is told, and the books agree.
#[tokio::test]
async fn what_is_given_back_behind_our_back_is_of_both() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        till.act(desk, Act::Pay).await;
        let client = payments::provider(&desk.test.app, till.name()).expect("the provider is set up");
        let id = family.payment(desk).await;
        client.refund(&id, None, desk.test.now(), "by-hand-there").await.expect("the refund is made");
        till.settle(desk).await;
        assert_eq!(family.paid(desk).await, ["0.00", "0.00"]);
        assert_eq!(held_at(desk, till.name()).await, 0);
        assert!(desk.waiting().await.contains(&"foreign_refund".to_owned()));
    })
    .await;
}

/// The bank asks about the whole payment: a refund of one part waits until it is won.
#[tokio::test]
async fn a_dispute_is_about_both() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        till.act(desk, Act::Pay).await;
        till.dispute(desk, &family.codes[0]).await;
        for code in &family.codes {
            assert_eq!(desk.ledger(code).await["payments"][0]["dispute"], "open");
        }
        assert_eq!(held_at(desk, till.name()).await, 0, "all of it is withheld");
        let second = family.payable_of(desk, 1).await;
        family.refund(desk, &second, family.deposits[1]).await;
        assert_eq!(
            amounts(&desk.ledger(&family.codes[1]).await, "refunds"),
            [family.deposits[1].to_string()]
        );

        till.end_dispute(desk, &family.codes[0], false).await;
        desk.test.advance(SignedDuration::from_hours(7));
        till.settle(desk).await;
        assert_eq!(family.paid(desk).await, [family.deposits[0].to_string(), "0.00".to_owned()]);
        assert_eq!(held_at(desk, till.name()).await, family.deposits[0].minor);
    })
    .await;
}

/// A bank that decides for the payer has taken both parts.
#[tokio::test]
async fn a_dispute_that_is_lost_takes_both() {
    Till::each(async |desk, till| {
        let family = Family::holding(desk, "USD", ["100.00", "250.00"]).await;
        family.open_page(desk, till.name()).await;
        till.act(desk, Act::Pay).await;
        till.dispute(desk, &family.codes[1]).await;
        till.end_dispute(desk, &family.codes[1], true).await;
        assert_eq!(
            (family.paid(desk).await, held_at(desk, till.name()).await),
            (["0.00", "0.00"].map(str::to_owned), 0)
        );
        assert_eq!(
            (family.statuses(desk).await, desk.waiting().await),
            (confirmed(), vec!["charged_back".to_owned()])
        );
    })
    .await;
}

/// A stay that is confirmed, with what is added to it, and a second cabin: what one stay owes twice is paid in one page too.
#[tokio::test]
async fn a_stay_and_what_is_added_to_it_are_paid_together() {
    Desk::each(async |desk| {
        let family = Family::holding(desk, "ARS", ["15000.00", "9000.00"]).await;
        let confirm = format!("/api/v1/reservations/{}/confirm", family.codes[0]);
        assert!(desk.staff(Method::POST, &confirm, None).await.status.is_success());
        let body = json!({ "amount": "500.00", "note": "a broken window" });
        let charges = format!("/api/v1/reservations/{}/charges", family.codes[0]);
        let charged = desk.staff(Method::POST, &charges, Some(body)).await;
        assert!(charged.status.is_success(), "{}", charged.text);
        desk.settle().await;

        let (stay, other) = (family.payable_of(desk, 0).await, family.payable_of(desk, 1).await);
        let mut session = desk.test.app.read().await.unwrap();
        let owed = store::charge::list_of(&mut session, &stay).await.unwrap();
        drop(session);
        let mut parts: Vec<_> = owed
            .into_iter()
            .filter(|charge| charge.amount.is_positive())
            .map(|charge| ChargePart {
                payable: stay.clone(),
                purpose: charge.purpose,
                amount: charge.amount,
            })
            .collect();
        assert!(parts.len() > 2, "a deposit, a balance and what is added");
        let due = parts.iter().fold(Money::zero(parts[0].amount.currency), |sum, part| sum.plus(part.amount));
        let deposit = family.deposits[1];
        parts.push(ChargePart { payable: other, purpose: Purpose::Deposit, amount: deposit });
        let mut tx = desk.test.app.begin_as(Actor::System).await.unwrap();
        let group = charge_together(&mut tx, &parts).await.unwrap();
        tx.commit().await.unwrap();

        Family { group, ..family.clone() }.open_page(desk, "mercadopago").await;
        desk.paid(json!({ "preference_id": desk.preference() })).await;
        assert_eq!(
            (family.statuses(desk).await, family.paid(desk).await),
            (confirmed(), [due, deposit].map(|one| one.to_string()))
        );
        assert_eq!(desk.ledger(&family.codes[0]).await["due"], "0.00");
        assert_eq!(held_at(desk, "mercadopago").await, due.plus(deposit).minor);
    })
    .await;
}
