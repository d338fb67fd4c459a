//! How one payment is divided, by examples and by law.

use proptest::prelude::*;

use super::*;

fn owing(parts: &[(i64, i64)]) -> Vec<Part> {
    parts.iter().map(|&(asked, owed)| Part { asked, owed }).collect()
}

#[test]
fn each_part_gets_what_it_asked_for() {
    assert_eq!(divide(300, &owing(&[(100, 100), (200, 200)])), [100, 200]);
}

#[test]
fn too_little_covers_the_first_parts() {
    assert_eq!(divide(150, &owing(&[(100, 100), (200, 200)])), [100, 50]);
}

#[test]
fn a_part_that_was_paid_elsewhere_comes_last() {
    assert_eq!(divide(200, &owing(&[(100, 0), (200, 200)])), [0, 200], "a page for what was left");
    assert_eq!(divide(300, &owing(&[(100, 0), (200, 200)])), [100, 200], "the page from before");
    assert_eq!(divide(250, &owing(&[(100, 40), (200, 200)])), [50, 200]);
}

#[test]
fn what_nobody_asked_for_goes_to_the_last() {
    assert_eq!(divide(310, &owing(&[(100, 100), (200, 200)])), [100, 210]);
}

#[test]
fn what_went_back_is_its_own_part_first() {
    let part = |amount, done, before, sent| Returned { amount, done, before, sent };
    assert_eq!(divide_returned(200, &[part(100, 0, 0, 0), part(200, 200, 0, 200)]), [0, 200]);
    assert_eq!(
        divide_returned(200, &[part(100, 0, 0, 100), part(200, 200, 0, 200)]),
        [0, 200],
        "A is on its way"
    );
    assert_eq!(divide_returned(150, &[part(100, 0, 50, 0), part(200, 100, 0, 100)]), [50, 100]);
    assert_eq!(
        divide_returned(150, &[part(100, 0, 0, 0), part(200, 0, 0, 0)]),
        [100, 50],
        "by somebody else"
    );
    assert_eq!(divide_returned(0, &[part(100, 50, 50, 50), part(200, 0, 0, 0)]), [0, 0]);
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_invented(
        paid in 0..10_000i64,
        parts in prop::collection::vec((1..2_000i64, 0..2_000i64), 1..6),
    ) {
        let parts = owing(&parts);
        let shares = divide(paid, &parts);
        prop_assert_eq!(shares.iter().sum::<i64>(), paid);
        prop_assert!(shares.iter().all(|share| *share >= 0));
        let asked: i64 = parts.iter().map(|part| part.asked).sum();
        let covered = shares.iter().zip(&parts).filter(|(share, part)| **share >= part.asked).count();
        prop_assert!(paid < asked || covered == parts.len(), "enough for all covers all");
    }

    #[test]
    fn no_part_gives_back_more_than_it_has(
        shown in 0..10_000i64,
        parts in prop::collection::vec((1..2_000i64, 0..2_000i64, 0..2_000i64, 0..2_000i64), 1..6),
    ) {
        let parts: Vec<_> =
            parts.iter().map(|&(amount, done, before, sent)| Returned { amount, done, before, sent }).collect();
        let shares = divide_returned(shown, &parts);
        let all: i64 = parts.iter().map(|part| part.amount).sum();
        prop_assert_eq!(shares.iter().sum::<i64>(), shown.min(all));
        prop_assert!(shares.iter().zip(&parts).all(|(share, part)| (0..=part.amount).contains(share)));
    }
}
