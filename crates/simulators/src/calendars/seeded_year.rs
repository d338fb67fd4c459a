//! A year of guests, hosts and faults out of a seed.

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    CalendarsControl, FeedFault, NewStay, PlannedFeedFault, RetryAfter,
    feed::day_of,
    listing::{ShownAs, StayState},
    night_range::later,
};

/// Something that happens at a listing. `listing` counts from 0: which one that is, the driver knows.
///
/// A driver moves its clock to `at`, lets the platforms read what is due ([`CalendarsControl::poll_due`]), carries the
/// action out ([`CalendarsControl::act`]) and checks what must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub listing: usize,
    /// What.
    pub action: Action,
}

/// What a guest, a host or the platform does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A guest books. The platform may refuse, because a night is taken.
    Book(NewStay),
    /// A stay changes its dates. There may be no such stay any more, or a night may be taken.
    Move { stay: String, check_in: Date, check_out: Date },
    /// A stay is cancelled. There may be no such stay any more.
    Cancel { stay: String },
    /// The host closes nights.
    Block { check_in: Date, check_out: Date },
    /// The feed goes wrong for some readings.
    Misbehave(PlannedFeedFault),
}

/// How much happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long it goes on.
    pub days: u16,
    /// How many listings there are.
    pub listings: usize,
    /// How many guests try to book each of them.
    pub guests: u16,
    /// How often a host closes nights, each.
    pub blocks: u16,
    /// How often a feed goes wrong, each.
    pub faults: u16,
}

impl Default for Pace {
    fn default() -> Self {
        Self { days: 365, listings: 2, guests: 120, blocks: 6, faults: 40 }
    }
}

const GUESTS: [&str; 6] = ["Ana", "Bruno", "Carla", "João", "Zoë", "Ñandú"];

/// The same list for the same seed, in the order of time. Nothing in it takes real time: no reading is slow or endless.
pub fn plan(seed: u64, starts_at: Timestamp, pace: Pace) -> Vec<Timed> {
    let mut year =
        Year { dice: Dice(seed), starts_at, minutes: i64::from(pace.days) * 24 * 60, plan: Vec::new() };
    for listing in 0..pace.listings {
        for guest in 0..pace.guests {
            year.guest(listing, &format!("{listing}-{guest}"));
        }
        for _ in 0..pace.blocks {
            let at = year.any_time();
            let (check_in, check_out) = year.nights_from(at, 180, 10);
            year.plan.push(Timed { at, listing, action: Action::Block { check_in, check_out } });
        }
        for _ in 0..pace.faults {
            let (at, fault) = (year.any_time(), year.fault());
            year.plan.push(Timed { at, listing, action: Action::Misbehave(fault) });
        }
    }
    // What falls on the same instant keeps the order in which it was thought of.
    year.plan.sort_by_key(|timed| timed.at);
    year.plan
}

impl CalendarsControl {
    /// Carries out an action of a plan. An error says why the platform would not.
    pub fn act(&self, listing: &str, action: &Action) -> Result<(), String> {
        match action {
            Action::Book(stay) => self.book(listing, stay.clone()).map(drop),
            Action::Move { stay, check_in, check_out } => {
                self.move_stay(listing, stay, *check_in, *check_out).map(drop)
            }
            Action::Cancel { stay } => self.cancel(listing, stay),
            Action::Block { check_in, check_out } => self.block(listing, *check_in, *check_out).map(drop),
            Action::Misbehave(fault) => self.misbehave(listing, fault.clone()),
        }
    }
}

struct Year {
    dice: Dice,
    starts_at: Timestamp,
    minutes: i64,
    plan: Vec<Timed>,
}

impl Year {
    /// Somebody books up to four months ahead. One in six changes the dates later, one in four cancels.
    fn guest(&mut self, listing: usize, stay: &str) {
        let booked_at = self.any_time();
        let (check_in, check_out) = self.nights_from(booked_at, 120, 9);
        let guest = self.dice.pick(&GUESTS).copied().unwrap_or_default().to_owned();
        let (id, state, shown_as) = (Some(stay.to_owned()), StayState::Reserved, ShownAs::Days);
        let new = NewStay { check_in, check_out, guest, id, state, shown_as };
        self.plan.push(Timed { at: booked_at, listing, action: Action::Book(new) });
        let mut at = booked_at;
        if self.dice.below(6) == 0 {
            at = self.later_than(at);
            let (check_in, check_out) = self.nights_from(at, 120, 9);
            let action = Action::Move { stay: stay.to_owned(), check_in, check_out };
            self.plan.push(Timed { at, listing, action });
        }
        if self.dice.below(4) == 0 {
            let at = self.later_than(at);
            self.plan.push(Timed { at, listing, action: Action::Cancel { stay: stay.to_owned() } });
        }
    }

    fn fault(&mut self) -> PlannedFeedFault {
        let status = |http_status, retry_after| FeedFault::Status { http_status, retry_after };
        let faults = [
            FeedFault::EmptyCalendar,
            FeedFault::EmptyBody,
            FeedFault::JsonError,
            FeedFault::Html,
            FeedFault::Truncated,
            FeedFault::HalfGone,
            FeedFault::FarBlockGone,
            FeedFault::MovedUids,
            FeedFault::EndlessRedirect,
            status(403, None),
            status(429, Some(RetryAfter::Seconds(600))),
            status(429, Some(RetryAfter::DateInSeconds(600))),
            status(500, None),
            status(503, None),
        ];
        let times = u32::try_from(1 + self.dice.below(4)).unwrap_or(1);
        self.dice.pick(&faults).cloned().unwrap_or(FeedFault::None).times(times)
    }

    fn any_time(&mut self) -> Timestamp {
        let minutes = self.dice.below(self.minutes);
        after(self.starts_at, minutes)
    }

    /// Up to thirty days later.
    fn later_than(&mut self, at: Timestamp) -> Timestamp {
        after(at, 1 + self.dice.below(30 * 24 * 60))
    }

    fn nights_from(&mut self, at: Timestamp, days_ahead: i64, at_most: i64) -> (Date, Date) {
        let ahead = i32::try_from(self.dice.below(days_ahead)).unwrap_or_default();
        let count = i32::try_from(1 + self.dice.below(at_most)).unwrap_or(1);
        let check_in = later(day_of(at), ahead);
        (check_in, later(check_in, count))
    }
}

fn after(at: Timestamp, minutes: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

/// SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    /// From 0 up to the limit, without it; 0 when there is nothing to choose from.
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or_default().checked_rem(limit).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = self.below(i64::try_from(from.len()).ok()?);
        from.get(usize::try_from(index).ok()?)
    }
}
