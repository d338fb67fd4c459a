//! Tests of the states of a stay and of the moves between them.

use jiff::civil::date;

use super::*;
use crate::{money::Currency, price::Pricing};

fn at(minute: i64) -> Timestamp {
    "2027-01-01T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

fn pricing() -> Pricing {
    Pricing::plain(Money::new(10_000, Currency::parse("ARS").unwrap()))
}

/// Held at minute 0 until minute 30, for the nights of 8 and 9 February 2027 (Monday, Tuesday).
fn held() -> Held {
    let period = Period::new(date(2027, 2, 8), date(2027, 2, 10)).unwrap();
    let quote = pricing().quote(&period);
    let terms = Terms {
        id: StayId::new("s1"),
        code: StayCode::from_random(7),
        token: "t".into(),
        accommodation_id: AccommodationId::new("a1"),
        period,
        guests: 2,
        channel: Channel::Direct,
        contact: Contact::check("Ana", "5550101", None).unwrap(),
        conversation_id: None,
        total: quote.total,
        deposit: quote.deposit,
        policy: Policy::parse("moderate").unwrap(),
        created_at: at(0),
        version: 1,
    };
    Held { terms, expires_at: at(30), extended: false }
}

#[test]
fn a_hold_ends_by_the_clock_and_not_by_a_job() {
    assert!(Stay::from(held()).is_live(at(29)));
    assert!(!Stay::from(held()).is_live(at(30)));
    assert!(held().confirm(at(29)).is_ok());
    assert_eq!(held().confirm(at(30)).unwrap_err(), Refused::HoldEnded);
    assert_eq!(held().expire(at(29)).unwrap_err(), Refused::StillHeld);
    assert_eq!(Stay::from(held()).cancel(at(30), None).unwrap_err(), Refused::HoldEnded);
}

#[test]
fn a_hold_is_extended_once() {
    let longer = held().extend(at(10), SignedDuration::from_mins(30)).unwrap();
    assert_eq!(longer.expires_at, at(60));
    assert_eq!(longer.extend(at(10), SignedDuration::from_mins(30)).unwrap_err(), Refused::ExtendedBefore);
    assert_eq!(held().extend(at(31), SignedDuration::from_mins(30)).unwrap_err(), Refused::HoldEnded);
}

#[test]
fn ends_are_ends() {
    let confirmed = || held().confirm(at(1)).unwrap();
    let (arrival, departure) = (date(2027, 2, 8), date(2027, 2, 10));
    assert_eq!(confirmed().complete(at(2), arrival).unwrap_err(), Refused::NotOverYet);
    assert_eq!(confirmed().no_show(at(2), date(2027, 2, 7)).unwrap_err(), Refused::NotBegunYet);
    let ended: [Stay; 4] = [
        confirmed().complete(at(2), departure).unwrap().into(),
        confirmed().no_show(at(2), arrival).unwrap().into(),
        confirmed().cancel(at(2), None).into(),
        held().expire(at(30)).unwrap().into(),
    ];
    for stay in ended {
        assert!(!stay.is_live(at(40)));
        assert!(stay.clone().cancel(at(40), None).is_err());
        assert!(stay.clone().confirmed().is_err());
        assert!(stay.held().is_err());
    }
}

#[test]
fn an_expired_hold_can_be_taken_again_for_a_late_deposit() {
    let expired = held().expire(at(31)).unwrap();
    assert_eq!(expired.revive(at(40)).confirmed_at, at(40));
}

#[test]
fn a_change_of_dates_computes_the_difference() {
    let longer = Period::new(date(2027, 2, 8), date(2027, 2, 11)).unwrap();
    let quote = pricing().quote(&longer);
    let (moved, difference) = Stay::from(held()).change_dates(at(1), longer, &quote).unwrap();
    assert_eq!(moved.terms().period, longer);
    assert_eq!(difference.to_string(), "100.00");
    let (_, back) =
        moved.change_dates(at(2), held().terms.period, &pricing().quote(&held().terms.period)).unwrap();
    assert_eq!(back.to_string(), "-100.00");
}

#[test]
fn names_of_states_are_read_back() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Some(status));
    }
}
