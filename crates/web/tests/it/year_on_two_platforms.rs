//! Two accommodations, each on two simulated platforms and here, for a simulated year with faults.
//!
//! The platforms read the desk every two or three hours, the desk reads them every five minutes: what is sold twice in
//! between nobody can prevent, and each such case has to be reported.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};
use simulators::calendars::{
    NewStay, Nights, Platform,
    seeded_year::{Action, Pace, Timed, plan},
};
use store::db::Engine;
use testkit::noun_builders::at;

use crate::{
    desk_harness::Desk,
    simulated_platforms::{Linked, Platforms},
};

const SEED: u64 = 2_027;
const POLL_MINUTES: i64 = 6;

struct Year<'a> {
    desk: &'a Desk,
    platforms: &'a Platforms,
    cabins: Vec<String>,
    /// Airbnb and Booking.com of the first cabin, then of the second.
    listings: Vec<Linked>,
    bookings: usize,
    sold_twice: usize,
    /// Paths of the reservations that the desk has made.
    ours: Vec<String>,
}

fn days(nights: Nights) -> impl Iterator<Item = Date> {
    let next = |day: &Date| day.tomorrow().ok();
    std::iter::successors(Some(nights.check_in), next).take_while(move |day| *day < nights.check_out)
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

    /// The desk's next readings; those of feeds that it leaves alone after a refusal are asked for by hand.
    async fn poll(&self) {
        self.desk.test.advance(SignedDuration::from_mins(POLL_MINUTES));
        self.desk.settle().await;
        for linked in &self.listings {
            self.desk.sync(&linked.feed).await;
        }
    }

    fn live(&self, listing: usize) -> Vec<Nights> {
        let listing = self.platforms.control.listing(&self.listings[listing].listing).unwrap();
        let today = self.today();
        listing.stays.iter().map(|stay| stay.nights).filter(|nights| nights.check_out > today).collect()
    }

    fn today(&self) -> Date {
        self.desk.test.app.property.zone.today(self.desk.test.now())
    }

    /// Every night that somebody has booked at a platform is taken at the desk, and every night that the desk takes for
    /// theirs is one that they have, or that is held back.
    async fn no_night_is_lost_and_none_echoes(&self) {
        for (number, cabin) in self.cabins.iter().enumerate() {
            let id = domain::ids::AccommodationId::new(cabin.as_str());
            let mut session = self.desk.test.app.read().await.unwrap();
            let today = self.today();
            let window =
                domain::period::Period::new(today, today.saturating_add(jiff::Span::new().days(300)));
            let blocks = store::block::list_stored(&mut session, &id, &window.unwrap()).await.unwrap();
            let nights_of = |is_held: bool| {
                let of_kind = blocks.iter().filter(move |stored| stored.missing_since.is_some() == is_held);
                of_kind.flat_map(|stored| stored.block.period.each_night()).collect::<BTreeSet<Date>>()
            };
            let (blocked, held) = (nights_of(false), nights_of(true));
            let mut theirs = BTreeSet::new();
            for listing in [number * 2, number * 2 + 1] {
                for nights in self.live(listing) {
                    for night in days(nights).filter(|night| *night >= today) {
                        let taken = blocked.contains(&night) || held.contains(&night);
                        assert!(taken, "{night} of {cabin} is booked at {listing} and free here");
                    }
                    theirs.extend(days(nights));
                }
                let listing = self.platforms.control.listing(&self.listings[listing].listing).unwrap();
                theirs.extend(listing.blocks.iter().flat_map(|block| days(block.nights)));
                // Until it reads the desk again it shows what it read before.
                theirs
                    .extend(listing.imports.iter().flat_map(|import| &import.nights).flat_map(|n| days(*n)));
            }
            let echoes: Vec<_> =
                blocked.iter().filter(|night| **night >= today && !theirs.contains(night)).collect();
            assert!(echoes.is_empty(), "nobody has booked {echoes:?} of {cabin}");
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
        let Action::Book(stay) = &timed.action else {
            // A platform may refuse: no such stay any more, or a night is taken.
            let _ = self.platforms.control.act(&listing, &timed.action);
            return;
        };
        self.bookings += 1;
        // Every sixth time the desk has sold the nights a moment before, and the platform does not know it yet.
        let ours = self.bookings.is_multiple_of(6) && self.sell_here(timed.listing / 2, stay).await;
        let before = self.count_sold_twice();
        let booked = self.platforms.control.book(&listing, stay.clone()).is_ok();
        if self.bookings.is_multiple_of(5) {
            // A rival at the other platform, before either has read.
            let other = &self.listings[timed.listing ^ 1].listing;
            let rival = NewStay { id: None, ..stay.clone() };
            let _ = self.platforms.control.book(other, rival);
        }
        let gap = (ours && booked) || self.count_sold_twice() > before;
        let reported = self.desk.conflicts().await.len();
        for linked in &self.listings {
            self.platforms.control.behave(&linked.listing).unwrap();
        }
        self.poll().await;
        self.no_night_is_lost_and_none_echoes().await;
        let found = self.desk.conflicts().await;
        if gap {
            self.sold_twice += 1;
            assert!(found.len() > reported, "sold twice at {} and not reported: {stay:?}", timed.at);
        }
        for conflict in &found {
            let path = format!("/api/v1/conflicts/{}/resolve", conflict["id"].as_str().unwrap());
            self.desk.staff(reqwest::Method::POST, &path, None).await;
        }
    }

    /// Whether the desk could sell and confirm the nights.
    async fn sell_here(&mut self, cabin: usize, stay: &NewStay) -> bool {
        let (check_in, check_out) = (stay.check_in.to_string(), stay.check_out.to_string());
        let held = self.desk.hold(&self.cabins[cabin], &check_in, &check_out).await;
        if held.status != reqwest::StatusCode::CREATED {
            return false;
        }
        let path = format!("/api/v1/reservations/{}", held.json()["code"].as_str().unwrap());
        let confirmed = self.desk.staff(reqwest::Method::POST, &format!("{path}/confirm"), None).await;
        self.ours.push(path);
        confirmed.status == reqwest::StatusCode::OK
    }

    /// When everybody has cancelled and read, nothing is left of anything.
    async fn no_echo_is_left(&self) {
        for path in &self.ours {
            // Those that are over stay what they are.
            self.desk.staff(reqwest::Method::POST, &format!("{path}/cancel"), None).await;
        }
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
        // A day until many nights are free at one, then a day until their echo is at the other.
        for _ in 0..100 {
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
    let (desk_of, platforms_of) = (&desk, &platforms);
    let (bookings, sold_twice, ours) = (0, 0, Vec::new());
    let mut year =
        Year { desk: desk_of, platforms: platforms_of, cabins, listings, bookings, sold_twice, ours };
    let plan = plan(SEED, at("2027-01-01T13:00:00Z"), pace);
    for timed in &plan {
        year.act(timed).await;
    }
    println!("{} actions, {} times sold twice in the gap", plan.len(), year.sold_twice);
    assert!(year.sold_twice > 5, "the year had no gap to report");
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
