//! A phone number holds three stays at most, whichever process it asks.

use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    holds::{self, hold, hold_at_once, wish, with_cabin},
    serve_process::Desk,
};

const WISHES: i32 = 12;

/// Different nights of different cabins: only the phone number is the same.
#[tokio::test(flavor = "multi_thread")]
async fn of_12_holds_for_one_phone_asked_of_two_processes_at_once_3_are_given() {
    let db = TestDb::empty(Engine::Postgres).await;
    let desks = [Desk::serve(db.url(), &[]).await, Desk::serve(db.url(), &[]).await];
    let mut wishes = Vec::new();
    for number in 0..WISHES {
        wishes.push(wish(&with_cabin(&desks[0]).await, 10 + 3 * number, 2, 1));
    }
    let answers = hold_at_once(&[&desks[0], &desks[1]], &wishes).await;
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!((answer.status, answer.code().as_str()), (429, "rate_limited"));
        assert!(answer.header("retry-after").is_some(), "the guest is told when to try again");
    }
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 3);
    assert_eq!(holds::stays(&db.db).await.len(), 3);
    // Another person is not concerned.
    let free = wishes.iter().zip(&answers).find(|(_, answer)| answer.status == 429);
    let mut other = free.expect("nine were refused").0.clone();
    other["contact_phone"] = holds::phone(2).into();
    hold(&desks[1], &other).await.expect(201);
}

/// The same number, written as people write it.
#[tokio::test(flavor = "multi_thread")]
async fn another_spelling_of_a_phone_is_the_same_phone() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let cabin = with_cabin(&desk).await;
    let spellings = ["+54 9 351 555-0101", "5493515550101", "0054 (351) 5550101", "+5493515550101"];
    let mut statuses = Vec::new();
    for (number, spelling) in (0..).zip(spellings) {
        let mut wish = wish(&cabin, 10 + number, 1, 0);
        wish["contact_phone"] = spelling.into();
        statuses.push(hold(&desk, &wish).await.status);
    }
    assert_eq!(statuses, [201, 201, 201, 429]);
}
