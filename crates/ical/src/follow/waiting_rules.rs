//! How long nights wait before they are freed; all of it is settings.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Loss;

/// How long nights that are gone from a feed stay blocked. Measured on 39,660 polls of 13 feeds: seven times many
/// nights vanished and were back at the next poll, 49 to 221 minutes later; no real opening looked different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WaitingRules {
    /// One stay gone, the rest intact, and whatever is no worse.
    pub one_stay_minutes: u32,
    /// A quarter of the future nights gone, or more.
    pub quarter_minutes: u32,
    /// What counts as a quarter.
    pub quarter_percent: u32,
    /// Everything gone.
    pub everything_minutes: u32,
    /// Many nights gone together: not one stay, but [`WaitingRules::mass_nights`] or more. Black-outs of up to this
    /// long free nothing.
    pub mass_minutes: u32,
    /// From how many nights on.
    pub mass_nights: u32,
    /// What was freed so recently, and not after [`WaitingRules::mass_minutes`], counts as gone together with what goes
    /// now: a calendar that loses a stay every half hour is no series of cancellations.
    pub together_minutes: u32,
    /// A quarter or everything is not freed in so many minutes after the provider's midnight, when feeds are rebuilt.
    pub after_midnight_minutes: u32,
    /// How much an outage between two good polls counts, at most.
    pub outage_counts_minutes: u32,
    /// A longer stretch is a closure and not a stay.
    pub longest_stay_nights: u32,
    /// Good polls that must agree, however far apart they are.
    pub polls: u32,
}

impl Default for WaitingRules {
    fn default() -> WaitingRules {
        WaitingRules {
            one_stay_minutes: 15,
            quarter_minutes: 60,
            quarter_percent: 25,
            everything_minutes: 4 * 60,
            mass_minutes: 24 * 60,
            mass_nights: 5,
            together_minutes: 24 * 60,
            after_midnight_minutes: 2 * 60,
            outage_counts_minutes: 10,
            longest_stay_nights: 7,
            polls: 2,
        }
    }
}

impl WaitingRules {
    /// For a calendar that a person hands in and answers for: what is gone is free.
    pub fn at_once() -> WaitingRules {
        WaitingRules {
            one_stay_minutes: 0,
            quarter_minutes: 0,
            everything_minutes: 0,
            mass_minutes: 0,
            together_minutes: 0,
            after_midnight_minutes: 0,
            polls: 1,
            ..WaitingRules::default()
        }
    }

    /// How long nights wait whose absence looks like this, `together_nights` of them missing at once. Of two rules
    /// that apply the longer counts.
    pub fn wait(&self, loss: Loss, together_nights: i64) -> SignedDuration {
        let by_loss = match loss {
            Loss::OneStay | Loss::Several => self.one_stay_minutes,
            Loss::Quarter => self.quarter_minutes.max(self.one_stay_minutes),
            Loss::Everything => self.everything_minutes.max(self.quarter_minutes).max(self.one_stay_minutes),
        };
        let by_number = if self.is_mass(loss, together_nights) { self.mass_minutes } else { 0 };
        SignedDuration::from_mins(i64::from(by_loss.max(by_number)))
    }

    pub(super) fn is_mass(&self, loss: Loss, together_nights: i64) -> bool {
        loss != Loss::OneStay && together_nights >= i64::from(self.mass_nights)
    }

    /// A wait of a day has the provider's night in it.
    pub(super) fn waits_for_the_night(&self, loss: Loss, together_nights: i64) -> bool {
        let by_loss = matches!(loss, Loss::Quarter | Loss::Everything);
        by_loss && self.wait(loss, together_nights) < SignedDuration::from_hours(24)
    }

    /// This moment, or the end of the provider's nightly work when it falls into it.
    pub(super) fn after_the_night(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let there = zone.to_datetime(at);
        let minutes = i64::from(self.after_midnight_minutes.min(24 * 60 - 1));
        let end = Time::midnight().saturating_add(SignedDuration::from_mins(minutes));
        if there.time() >= end {
            return at;
        }
        zone.to_timestamp(there.date().to_datetime(end)).map_or(at, |end| end.max(at))
    }
}
