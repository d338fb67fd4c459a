//! Calendars: a planned year.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{
    calendar_feeds::list,
    support::{MovableClock, calendars},
};
use crate::calendars::{
    NewImport, Nights, Platform,
    seeded_year::{Action, Pace, plan},
};

#[test]
fn a_seed_is_a_plan() {
    let starts_at = MovableClock::new().clock()();
    let first = plan(7, starts_at, Pace::default());
    assert_eq!(first, plan(7, starts_at, Pace::default()));
    assert_ne!(first, plan(8, starts_at, Pace::default()));
    assert!(first.is_sorted_by_key(|timed| timed.at));
    let mut booked_at = BTreeMap::new();
    for timed in &first {
        match &timed.action {
            Action::Book(stay) => {
                assert!(stay.check_in < stay.check_out);
                assert_eq!(booked_at.insert((timed.listing, stay.id.clone()), timed.at), None);
            }
            Action::Move { stay, .. } | Action::Cancel { stay } => {
                assert!(booked_at[&(timed.listing, Some(stay.clone()))] < timed.at, "{timed:?}");
            }
            Action::Block { .. } | Action::Misbehave(_) => {}
        }
    }
    assert_eq!(booked_at.len(), 240);
}

#[tokio::test]
async fn two_platforms_live_through_a_year_and_sell_their_own_nights_once() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let listings = [list(control, Platform::Airbnb), list(control, Platform::Booking)];
    for (reader, read) in [(0, 1), (1, 0)] {
        let import = NewImport { url: listings[read].url.clone(), every_minutes: None };
        control.add_import(&listings[reader].id, import).unwrap();
    }
    let mut outcomes = [0, 0];
    for timed in plan(20_261_127, clock.clock()(), Pace { guests: 40, faults: 10, ..Pace::default() }) {
        let now = clock.clock()();
        clock.forward(timed.at.duration_since(now).max(SignedDuration::ZERO));
        control.poll_due().await;
        let done = control.act(&listings[timed.listing].id, &timed.action);
        outcomes[usize::from(done.is_err())] += 1;
        let listing = control.listing(&listings[timed.listing].id).unwrap();
        let apart = listing.stayed();
        let overlap =
            |(index, nights): (usize, &Nights)| apart[..index].iter().any(|other| other.overlaps(*nights));
        assert!(!apart.iter().enumerate().any(overlap), "{timed:?}: {apart:?}");
    }
    let [done, refused] = outcomes;
    assert!(done > 60 && refused > 5, "{done} done, {refused} refused");
}
