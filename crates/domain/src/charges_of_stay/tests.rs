//! Tests of which charges a stay has, and how they follow its price.

use jiff::{SignedDuration, civil::date};

use super::*;
use crate::{
    cancellation_policy::Policy,
    guest::{Channel, Contact},
    ids::{AccommodationId, StayCode, StayId},
    money::Currency,
    period::Period,
    stay::{Confirmed, Held},
};

fn pesos(amount: i64) -> Money {
    Money::new(amount, Currency::parse("ARS").unwrap())
}

fn at(minute: i64) -> Timestamp {
    "2027-01-01T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

fn terms(total: i64, deposit: i64) -> Terms {
    Terms {
        id: StayId::new("01JSTAY"),
        code: StayCode::from_random(7),
        token: "t".into(),
        accommodation_id: AccommodationId::new("a1"),
        period: Period::new(date(2027, 2, 8), date(2027, 2, 10)).unwrap(),
        guests: 2,
        channel: Channel::Direct,
        contact: Contact::check("Ana", "5550101", None).unwrap(),
        conversation_id: None,
        total: pesos(total),
        deposit: pesos(deposit),
        policy: Policy::parse("moderate").unwrap(),
        created_at: at(0),
        version: 1,
    }
}

fn amounts(charges: &[Due]) -> [i64; 3] {
    [Purpose::Deposit, Purpose::Balance, Purpose::Extra]
        .map(|wanted| charges.iter().find(|due| due.purpose == wanted).map_or(-1, |due| due.amount.minor))
}

fn replan(before: &[Due], total: i64, received: i64) -> Vec<Due> {
    plan(&terms(total, total * 3 / 10), before, pesos(received), at(99))
}

#[test]
fn charges_add_up_to_the_price_whatever_happens_to_it() {
    let first = replan(&[], 1_000, 0);
    assert_eq!(amounts(&first), [300, 700, 0]);
    // Dearer before the balance is paid, then after it, then cheaper again and again.
    let dearer = replan(&first, 1_200, 300);
    assert_eq!(amounts(&dearer), [300, 900, 0], "the deposit stays what was agreed");
    let later = replan(&dearer, 1_500, 1_200);
    assert_eq!(amounts(&later), [300, 900, 300]);
    let cheaper = replan(&later, 1_300, 1_200);
    assert_eq!(amounts(&cheaper), [300, 900, 100]);
    let cheapest = replan(&cheaper, 250, 1_200);
    assert_eq!(amounts(&cheapest), [250, 0, 0]);
    assert_eq!(amounts(&replan(&cheapest, 400, 250)), [250, 0, 150], "all was paid: what comes is an extra");
    assert_eq!(amounts(&plan(&terms(500, 500), &[], pesos(0), at(9))), [500, 0, 0]);
}

#[test]
fn money_covers_the_deposit_first() {
    let charges = replan(&[], 1_000, 0);
    let open = |received| -> Vec<_> {
        missing(&charges, pesos(received)).into_iter().map(|one| (one.purpose, one.amount.minor)).collect()
    };
    assert_eq!(open(0), [(Purpose::Deposit, 300), (Purpose::Balance, 700)]);
    assert_eq!(open(299), [(Purpose::Deposit, 1), (Purpose::Balance, 700)]);
    assert_eq!(open(450), [(Purpose::Balance, 550)]);
    assert!(open(1_000).is_empty() && open(2_000).is_empty());
    assert_eq!(open(-5), [(Purpose::Deposit, 300), (Purpose::Balance, 700)]);
}

#[test]
fn a_stay_uses_what_it_was_asked_for_and_no_more() {
    use Purpose::*;
    let held = Held { terms: terms(1_000, 300), expires_at: at(30), extended: false };
    let confirmed = Confirmed { terms: terms(1_000, 300), confirmed_at: at(1) };
    let mut charges = replan(&[], 1_000, 0);
    let uses = |stay: &Stay, purpose, charges: &[Due], received: &[(Purpose, i64)]| {
        let received: Vec<_> = received.iter().map(|(one, amount)| (*one, pesos(*amount))).collect();
        usable(stay, purpose, charges, &received).minor
    };
    assert_eq!(uses(&held.clone().into(), Deposit, &charges, &[(Deposit, 100)]), 200);
    let stay: Stay = confirmed.clone().into();
    assert_eq!(uses(&stay, Deposit, &charges, &[(Deposit, 300)]), 0, "paid twice");
    assert_eq!(uses(&stay, Deposit, &charges, &[]), 1_000, "confirmed by staff before it came");
    assert_eq!(uses(&stay, Balance, &charges, &[(Deposit, 300)]), 700);
    assert_eq!(uses(&stay, Balance, &charges, &[(Deposit, 300), (Balance, 700)]), 0);
    charges.push(Due { purpose: Penalty, amount: pesos(50), due_at: at(9) });
    assert_eq!(uses(&stay, Balance, &charges, &[(Deposit, 300), (Balance, 700)]), 50);
    let cancelled: Stay = confirmed.cancel(at(2), None).into();
    assert_eq!(uses(&cancelled, Balance, &charges, &[(Deposit, 300)]), 0);
    assert_eq!(uses(&cancelled, Penalty, &charges, &[(Deposit, 300)]), 50);
    assert_eq!(uses(&cancelled, Penalty, &charges, &[(Penalty, 50)]), 0);
}
