//! Stays: states, versions, lists.

use domain::{
    accommodation::Accommodation,
    ids::{StayCode, StayId},
    period::Period,
    stay::{Held, Stay, Terms},
};
use jiff::{SignedDuration, Timestamp};
use store::{availability, db::Engine, stay};
use testkit::{
    TestDb,
    noun_builders::{day, held, nights},
};

use crate::shared_cabins_and_rows::{now, with_cabin, with_hold};

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

async fn update(db: &TestDb, stay: impl Into<Stay>) -> bool {
    let stay = stay.into();
    db.commit(async |session| stay::update(session, &stay).await).await
}

async fn read(db: &TestDb, id: &StayId) -> Stay {
    stay::find_by_id(&mut db.read().await, id).await.unwrap().unwrap()
}

/// A hold whose terms carry the version that is stored by now.
fn as_stored(hold: Held, version: i64) -> Held {
    Held { terms: Terms { version, ..hold.terms }, ..hold }
}

async fn hold_on(db: &TestDb, cabin: &Accommodation, period: Period, edit: impl FnOnce(&mut Held)) -> Held {
    let mut hold = held(cabin, period, now());
    edit(&mut hold);
    db.commit(async |session| stay::create_many(session, std::slice::from_ref(&hold)).await).await;
    hold
}

fn ids(stays: &[Stay]) -> Vec<&str> {
    stays.iter().map(|stay| stay.terms().id.as_str()).collect()
}

#[tokio::test]
async fn a_hold_is_found_by_each_of_its_names() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let plain = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        let full = hold_on(db, &cabin, nights("2027-02-10", "2027-02-12"), |hold| {
            hold.terms.contact.email = None;
            hold.terms.conversation_id = Some("c".to_owned());
            hold.extended = true;
        })
        .await;
        let mut session = db.begin().await;
        stay::create_many(&mut session, &[]).await.unwrap();
        for hold in [plain, full] {
            let stored = Some(Stay::from(hold.clone()));
            let terms = hold.terms;
            assert_eq!(stay::find_by_code(&mut session, &terms.code).await.unwrap(), stored);
            assert_eq!(stay::find_by_token(&mut session, &terms.token).await.unwrap(), stored);
            assert_eq!(stay::find_by_id(&mut session, &terms.id).await.unwrap(), stored);
            assert_eq!(stay::lock_by_id(&mut session, &terms.id).await.unwrap(), stored);
        }
        assert_eq!(stay::find_by_code(&mut session, &StayCode::from_random(0)).await.unwrap(), None);
        assert_eq!(stay::find_by_token(&mut session, "").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn every_state_comes_back_as_it_was_written() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let first = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        let id = first.terms.id.clone();
        let extended = first.extend(now(), SignedDuration::from_mins(30)).unwrap();
        assert!(update(db, extended.clone()).await);
        let extended = as_stored(extended, 2);
        assert_eq!(read(db, &id).await, extended.clone().into());

        let period = nights("2027-01-11", "2027-01-14");
        let moved = extended.change_dates(now(), period, &cabin.pricing.quote(&period)).unwrap();
        assert!(update(db, moved.clone()).await);
        let moved = as_stored(moved, 3);
        assert_eq!(read(db, &id).await, moved.clone().into());

        let expired = moved.expire(later(60)).unwrap();
        assert!(update(db, expired.clone()).await);
        let Stay::Expired(stored) = read(db, &id).await else { panic!("not expired") };
        assert_eq!((stored.expires_at, stored.ended_at), (expired.expires_at, expired.ended_at));

        let confirmed = stored.revive(later(61));
        assert!(update(db, confirmed).await);
        let Stay::Confirmed(stored) = read(db, &id).await else { panic!("not confirmed") };
        assert_eq!((stored.confirmed_at, stored.terms.version, stored.terms.period), (later(61), 5, period));

        assert!(update(db, stored.cancel(later(62), Some("viaje suspendido".to_owned()))).await);
        let Stay::Cancelled(stored) = read(db, &id).await else { panic!("not cancelled") };
        assert_eq!((stored.ended_at, stored.reason.as_deref()), (later(62), Some("viaje suspendido")));

        for (check_in, ends) in [("2027-03-01", "completed"), ("2027-04-01", "no_show")] {
            let period = Period::new(day(check_in), day(check_in).tomorrow().unwrap()).unwrap();
            let hold = with_hold(db, &cabin, period).await;
            let id = hold.terms.id.clone();
            assert!(update(db, hold.confirm(now()).unwrap()).await);
            let Stay::Confirmed(stored) = read(db, &id).await else { panic!("not confirmed") };
            let over: Stay = match ends {
                "completed" => stored.complete(later(70), period.check_out()).unwrap().into(),
                _ => stored.no_show(later(70), period.check_in()).unwrap().into(),
            };
            assert!(update(db, over).await);
            assert_eq!(read(db, &id).await.status().as_str(), ends);
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_changes_is_refused() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let hold = with_hold(db, &cabin, nights("2027-01-10", "2027-01-12")).await;
        assert!(update(db, hold.clone().confirm(now()).unwrap()).await);
        assert!(!update(db, hold.clone().cancel(now(), None)).await, "it was made from an older version");
        assert_eq!(read(db, &hold.terms.id).await.status().as_str(), "confirmed");
        let unknown = held(&cabin, nights("2027-02-10", "2027-02-12"), now());
        assert!(!update(db, unknown).await);
    })
    .await;
}

#[tokio::test]
async fn a_locked_stay_waits_for_its_holder() {
    let db = TestDb::postgres().await;
    assert_eq!(db.engine(), Engine::Postgres);
    let cabin = with_cabin(&db, "a").await;
    let id = with_hold(&db, &cabin, nights("2027-01-10", "2027-01-12")).await.terms.id;
    let mut first = db.begin().await;
    stay::lock_by_id(&mut first, &id).await.unwrap();
    let mut second = db.begin().await;
    second.execute("set local lock_timeout = '20ms'", vec![]).await.unwrap();
    assert!(stay::lock_by_id(&mut second, &id).await.is_err_and(|error| error.is_passing()));
}

#[tokio::test]
async fn live_stays_and_what_is_in_the_way() {
    TestDb::each(async |db| {
        let (a, b) = (with_cabin(db, "a").await, with_cabin(db, "b").await);
        let ended = hold_on(db, &a, nights("2027-01-10", "2027-01-12"), |hold| hold.expires_at = now()).await;
        let live = with_hold(db, &a, nights("2027-01-12", "2027-01-14")).await;
        let booked = with_hold(db, &a, nights("2027-01-20", "2027-01-22")).await;
        let gone = with_hold(db, &a, nights("2027-01-16", "2027-01-18")).await;
        update(db, booked.clone().confirm(now()).unwrap()).await;
        update(db, gone.cancel(now(), None)).await;
        let (ended, live, booked) = (ended.terms.id, live.terms.id, booked.terms.id);

        let mut session = db.read().await;
        let window = nights("2027-01-01", "2027-02-01");
        let shown = stay::list_live(&mut session, &a.id, &window, now()).await.unwrap();
        assert_eq!(ids(&shown), [live.as_str(), booked.as_str()], "a hold that is over blocks nobody");
        assert_eq!(stay::list_shown(&mut session, &a.id, &window, now()).await.unwrap(), shown);
        let narrow = nights("2027-01-14", "2027-01-20");
        assert_eq!(stay::list_live(&mut session, &a.id, &narrow, now()).await.unwrap(), []);
        assert_eq!(stay::list_live(&mut session, &b.id, &window, now()).await.unwrap(), []);

        let wanted = [
            (a.id.clone(), nights("2027-01-11", "2027-01-13")),
            (a.id.clone(), nights("2027-01-13", "2027-01-20")),
            (b.id.clone(), window),
        ];
        let in_the_way = stay::list_in_the_way(&mut session, &wanted).await.unwrap();
        let mut found = ids(&in_the_way);
        found.sort_unstable();
        assert_eq!(found, [ended.as_str(), live.as_str()], "ended holds too: the caller ends them");
        assert_eq!(stay::list_in_the_way(&mut session, &[]).await.unwrap(), []);
        let touched = availability::list_touched(&mut session, &wanted).await.unwrap();
        assert_eq!(touched, wanted[..2], "in one look; nothing lies over the third");
        assert_eq!(availability::list_touched(&mut session, &[]).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn holds_that_end() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let mut holds = Vec::new();
        for (date, minutes) in [("2027-01-10", 20), ("2027-01-11", 10), ("2027-01-12", 30)] {
            let period = Period::new(day(date), day(date).tomorrow().unwrap()).unwrap();
            holds.push(hold_on(db, &cabin, period, |hold| hold.expires_at = later(minutes)).await.terms.id);
        }
        let expired = async |minutes, limit| {
            let found = stay::list_expired(&mut db.read().await, later(minutes), limit).await.unwrap();
            found.iter().map(|stay| stay.terms().id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(expired(9, 10).await, []);
        assert_eq!(expired(10, 10).await, [holds[1].clone()], "over at its very instant");
        assert_eq!(expired(30, 2).await, [holds[1].clone(), holds[0].clone()]);

        let to_remind = async |limit| {
            let mut session = db.read().await;
            let found = stay::list_to_remind(&mut session, later(10), later(25), limit).await.unwrap();
            found.iter().map(|stay| stay.terms().id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(to_remind(10).await, [holds[0].clone()], "not what is over, not what ends much later");
        let mark = async |id: &StayId| {
            db.commit(async |session| stay::mark_reminded(session, id, later(11)).await).await
        };
        assert!(mark(&holds[0]).await);
        assert!(!mark(&holds[0]).await, "once");
        assert_eq!(to_remind(10).await, []);
    })
    .await;
}

#[tokio::test]
async fn stays_of_a_person_and_stays_that_departed() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let old = hold_on(db, &cabin, nights("2027-01-10", "2027-01-12"), |hold| {
            hold.terms.created_at = now() - SignedDuration::from_hours(1);
        })
        .await;
        let new = with_hold(db, &cabin, nights("2027-01-12", "2027-01-14")).await;
        let other = hold_on(db, &cabin, nights("2027-01-14", "2027-01-15"), |hold| {
            hold.terms.contact.phone = "+5255500000".to_owned();
        })
        .await;
        let key = new.terms.contact.key();
        let of_contact = async |limit| {
            let found = stay::list_by_contact(&mut db.read().await, &key, limit).await.unwrap();
            found.iter().map(|stay| stay.terms().id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of_contact(10).await, [new.terms.id.clone(), old.terms.id.clone()], "the newest first");
        assert_eq!(of_contact(1).await.len(), 1);

        let other_key = other.terms.contact.key();
        let count = async |at| {
            let keys = [key.clone(), other_key.clone(), "nobody".to_owned()];
            db.commit(async |session| stay::count_held(session, &keys, at).await).await
        };
        let counts = count(now()).await;
        assert_eq!((counts[&key], counts[&other_key], counts.contains_key("nobody")), (2, 1, false));
        assert!(count(later(30)).await.is_empty(), "what is over is not counted");
        assert!(db.commit(async |session| stay::count_held(session, &[], now()).await).await.is_empty());

        for hold in [&old, &new] {
            update(db, hold.clone().confirm(now()).unwrap()).await;
        }
        let departed = async |date, limit| {
            stay::list_departed(&mut db.read().await, day(date), limit).await.unwrap().len()
        };
        assert_eq!(departed("2027-01-11", 10).await, 0);
        assert_eq!((departed("2027-01-12", 10).await, departed("2027-02-01", 10).await), (1, 2));
        assert_eq!(departed("2027-02-01", 1).await, 1);
    })
    .await;
}

/// Two processes must not both see room for one more hold of the same person.
#[tokio::test]
async fn people_whose_holds_are_counted_are_locked() {
    let db = TestDb::postgres().await;
    let mut first = db.begin().await;
    stay::count_held(&mut first, &["222".to_owned(), "111".to_owned()], now()).await.unwrap();
    let mut second = db.begin().await;
    second.execute("set local lock_timeout = '20ms'", vec![]).await.unwrap();
    assert!(
        stay::count_held(&mut second, &["111".to_owned()], now())
            .await
            .is_err_and(|error| error.is_passing())
    );
}
