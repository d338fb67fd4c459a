//! Two accommodations, each on two simulated platforms and at the desk, for a simulated year with faults.
//!
//! The platforms read the desk every two or three hours, the desk reads them every five minutes: what is sold twice in
//! between nobody can prevent, and each such case has to be reported.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};
use simulators::calendars::{
    Nights, Platform,
    year::{Action, Pace, Timed, plan},
};
use store::db::Engine;
use testkit::builders::at;

use crate::{
    desk::Desk,
    platforms::{Linked, Platforms},
};

const SEED: u64 = 2_027;
const POLL_MINUTES: i64 = 6;

struct Year<'a> {
    desk: &'a Desk,
    platforms: &'a Platforms,
    cabins: Vec<String>,
    /// Airbnb and Booking.com of the first cabin, then of the second.
    listings: Vec<Linked>,
    sold_twice: usize,
}

impl Year<'_> {
    /// Lets time pass up to `to`, reading whenever somebody's calendar is due.
    async fn pass(&self, to: Timestamp) {
        let left = to.duration_since(self.desk.test.now());
        if left > SignedDuration::ZERO {
            self.desk.test.advance(left);
        }
        self.platforms.control.poll_due().await;
    }

    async fn poll(&self) {
        self.desk.test.advance(SignedDuration::from_mins(POLL_MINUTES));
        self.desk.settle().await;
    }

    fn live(&self, listing: usize) -> Vec<Nights> {
        let listing = self.platforms.control.listing(&self.listings[listing].listing).unwrap();
        let today = self.today();
        listing.stays.iter().map(|stay| stay.nights).filter(|nights| nights.check_out > today).collect()
    }

    fn today(&self) -> Date {
        self.desk.test.app.defaults.zone.today(self.desk.test.now())
    }

    /// Every night that somebody has booked at a platform is taken at the desk.
    async fn no_night_is_lost(&self) {
        for (number, cabin) in self.cabins.iter().enumerate() {
            let id = domain::ids::AccommodationId::new(cabin.as_str());
            let mut session = self.desk.test.app.read().await.unwrap();
            let today = self.today();
            let window =
                domain::period::Period::new(today, today.saturating_add(jiff::Span::new().days(300)));
            let blocks = store::block::list(&mut session, &id, &window.unwrap()).await.unwrap();
            let taken: BTreeSet<Date> = blocks.iter().flat_map(|block| block.period.each_night()).collect();
            for listing in [number * 2, number * 2 + 1] {
                for nights in self.live(listing) {
                    let mut night = nights.check_in.max(today);
                    while night < nights.check_out {
                        assert!(
                            taken.contains(&night),
                            "{night} of {cabin} is booked at {listing} and free here"
                        );
                        night = night.tomorrow().unwrap();
                    }
                }
            }
        }
    }

    /// Nights that both platforms of a cabin have sold.
    fn count_sold_twice(&self) -> usize {
        let of_cabin = |cabin: usize| {
            let (one, two) = (self.live(cabin * 2), self.live(cabin * 2 + 1));
            one.iter().filter(|nights| two.iter().any(|other| nights.overlaps(*other))).count()
        };
        (0..self.cabins.len()).map(of_cabin).sum()
    }

    async fn act(&mut self, timed: &Timed) {
        self.pass(timed.at).await;
        let listing = self.listings[timed.listing].listing.clone();
        let before = self.count_sold_twice();
        let done = self.platforms.control.act(&listing, &timed.action);
        let books = matches!(timed.action, Action::Book(_) | Action::Move { .. });
        let gap = self.count_sold_twice() > before;
        assert!(!gap || (books && done.is_ok()), "only a booking sells twice");
        if !books || done.is_err() {
            return;
        }
        let reported = self.desk.conflicts().await.len();
        self.platforms.control.behave(&listing).unwrap();
        self.poll().await;
        self.no_night_is_lost().await;
        if gap {
            self.sold_twice += 1;
            let now = self.desk.conflicts().await;
            assert!(now.len() > reported, "sold twice at {} and not reported: {:?}", timed.at, timed.action);
            for conflict in &now {
                let path = format!("/api/v1/conflicts/{}/resolve", conflict["id"].as_str().unwrap());
                self.desk.staff(reqwest::Method::POST, &path, None).await;
            }
        }
    }

    /// When everybody has cancelled and read, nothing is left of anything.
    async fn no_echo_is_left(&self) {
        for linked in &self.listings {
            self.platforms.control.behave(&linked.listing).unwrap();
            let listing = self.platforms.control.listing(&linked.listing).unwrap();
            for stay in listing.stays {
                self.platforms.control.cancel(&linked.listing, &stay.id).unwrap();
            }
            for block in listing.blocks {
                self.platforms.control.unblock(&linked.listing, &block.id).unwrap();
            }
        }
        for _ in 0..40 {
            self.desk.test.advance(SignedDuration::from_hours(1));
            self.platforms.control.poll_due().await;
            self.desk.settle().await;
        }
        for linked in &self.listings {
            assert_eq!(self.desk.feed(&linked.feed).await["blocked_nights"], 0);
            let feed = self.platforms.control.feed(&linked.listing).unwrap();
            assert!(!feed.contains("BEGIN:VEVENT"), "an echo is left: {feed}");
        }
    }
}

async fn live_through(engine: Engine, pace: Pace) {
    let calm = |config: &mut app::config::Config| config.ical.refusals_per_day = 1_000_000;
    let desk = Desk::start(engine, calm).await;
    let platforms = Platforms::start(&desk).await;
    let (mut cabins, mut listings) = (Vec::new(), Vec::new());
    for name in ["El Sauce", "La Piedra"] {
        let cabin = desk.cabin(name).await;
        listings.push(platforms.linked(&desk, &cabin, Platform::Airbnb, "airbnb").await);
        listings.push(platforms.linked(&desk, &cabin, Platform::Booking, "booking").await);
        cabins.push(cabin);
    }
    let mut year = Year { desk: &desk, platforms: &platforms, cabins, listings, sold_twice: 0 };
    let plan = plan(SEED, at("2027-01-01T13:00:00Z"), pace);
    for timed in &plan {
        year.act(timed).await;
    }
    println!("{} actions, {} nights sold twice in the gap", plan.len(), year.sold_twice);
    assert!(year.sold_twice > 0, "the year had no gap to report");
    year.no_echo_is_left().await;
    platforms.stop().await;
    desk.finish().await;
}

#[tokio::test]
async fn a_year_on_two_platforms_loses_no_night_and_leaves_no_echo() {
    let pace = Pace { days: 365, listings: 4, guests: 30, blocks: 3, faults: 12 };
    live_through(Engine::Sqlite, pace).await;
}

/// The same rules on the other database; a season is enough.
#[tokio::test]
async fn a_season_on_two_platforms_on_postgresql() {
    let pace = Pace { days: 120, listings: 4, guests: 14, blocks: 1, faults: 6 };
    live_through(Engine::Postgres, pace).await;
}
