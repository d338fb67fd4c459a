//! Nights that wait, and the evidence of each poll for their being free.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Followed, Loss, Terms, WaitingRules};
use crate::night_set::{NightSet, Stretch};

/// Nights of one stay that wait, in a row, half-open, and what speaks for their being free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBack {
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
    /// The first good poll without them. It counts anew when they come back and go again.
    pub missing_since: Timestamp,
    /// The worst that their absence looked like so far: it decides how long they wait.
    pub loss: Loss,
    /// How many nights were missing together when it looked so.
    pub together_nights: i64,
    /// Good polls without them, the first included.
    pub agreed_polls: u32,
    /// Time between good polls without them. Of an outage [`WaitingRules::outage_counts_minutes`] count at once.
    pub agreed_seconds: i64,
    /// The rest of the latest outage: it counts when one more good poll agrees.
    #[serde(default)]
    pub unconfirmed_seconds: i64,
    /// Events whose days could not be read before these nights were gone. Those are not the ones that are missed.
    #[serde(default)]
    pub unreadable_before: u32,
    /// They were the front of a provider's block that goes on from day to day: nobody's stay, and nothing to tell.
    #[serde(default)]
    pub slid: bool,
}

/// Nights of one stay that were freed a short while ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreedLately {
    /// First night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
    /// The poll that freed them.
    pub freed_at: Timestamp,
}

/// What one good poll says for the nights that it does not have.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    /// Events whose days cannot be read, in the good poll before and in this one.
    unreadable_before: u32,
    unreadable: u32,
    /// Since the good poll before.
    seconds: i64,
    /// How much of that counts though nobody has agreed after it.
    sure_seconds: i64,
}

impl Evidence {
    /// The time between two good polls counts, however long it is: feeds that are read once a day have to come to an
    /// end too. But when polls failed in between, the first good poll after them says little about the time of the
    /// outage; the next one confirms it.
    pub(super) fn of(before: &Followed, unreadable: u32, at: Timestamp, rules: &WaitingRules) -> Evidence {
        let seconds = before.last_good_at.map_or(0, |since| at.duration_since(since).as_secs().max(0));
        let sure_seconds = match before.failures {
            0 => seconds,
            _ => seconds.min(60 * i64::from(rules.outage_counts_minutes)),
        };
        Evidence { unreadable_before: before.unreadable, unreadable, seconds, sure_seconds }
    }
}

impl HeldBack {
    /// Nights that this poll was the first not to have, as harmless as can be.
    pub(super) fn first(stretch: Stretch, before: &Followed, unreadable: u32, at: Timestamp) -> HeldBack {
        HeldBack {
            check_in: stretch.check_in,
            check_out: stretch.check_out,
            missing_since: at,
            loss: Loss::OneStay,
            together_nights: stretch.nights(),
            agreed_polls: u32::from(unreadable <= before.unreadable),
            agreed_seconds: 0,
            unconfirmed_seconds: 0,
            unreadable_before: before.unreadable,
            slid: false,
        }
    }

    /// Those of its nights that are in the set, all else alike.
    pub(super) fn only(&self, nights: &NightSet) -> Vec<HeldBack> {
        let left = NightSet::of([(self.check_in, self.check_out)]).shared_with(nights);
        let part =
            |one: &Stretch| HeldBack { check_in: one.check_in, check_out: one.check_out, ..self.clone() };
        left.stretches().iter().map(part).collect()
    }

    /// With what a poll adds that does not have them either. Nothing while the feed has more events that cannot be
    /// read than it had before the loss, for one of them may be the one that is missed.
    pub(super) fn after(self, evidence: Evidence) -> HeldBack {
        if evidence.unreadable > self.unreadable_before {
            return self;
        }
        let agreed_polls = self.agreed_polls.saturating_add(1);
        // The poll before said nothing, so nobody knows of the time since.
        if evidence.unreadable_before > self.unreadable_before {
            return HeldBack { agreed_polls, ..self };
        }
        let agreed_seconds = self
            .agreed_seconds
            .saturating_add(self.unconfirmed_seconds)
            .saturating_add(evidence.sure_seconds);
        let unconfirmed_seconds = evidence.seconds - evidence.sure_seconds;
        HeldBack { agreed_polls, agreed_seconds, unconfirmed_seconds, ..self }
    }

    pub(super) fn has_waited(&self, at: Timestamp, terms: &Terms<'_>) -> bool {
        let wait = terms.rules.wait(self.loss, self.together_nights);
        self.agreed_polls >= terms.rules.polls
            && self.agreed_seconds >= wait.as_secs()
            && at >= self.earliest(terms)
    }

    /// The nights themselves.
    pub fn stretch(&self) -> Stretch {
        Stretch { check_in: self.check_in, check_out: self.check_out }
    }

    /// When these nights can be free at the earliest, if every poll is good and agrees: for a person to read.
    pub fn earliest(&self, terms: &Terms<'_>) -> Timestamp {
        let wait = terms.rules.wait(self.loss, self.together_nights);
        let at = self.missing_since.saturating_add(wait).unwrap_or(Timestamp::MAX);
        if !terms.rules.waits_for_the_night(self.loss, self.together_nights) {
            return at;
        }
        let zone = terms.provider.zone().unwrap_or_else(|| terms.zone.clone());
        terms.rules.after_the_night(at, &zone)
    }
}

impl FreedLately {
    /// `None` for what waited as long as anything may have to, which is proven, and for what was nobody's stay.
    pub(super) fn of(one: &HeldBack, at: Timestamp, rules: &WaitingRules) -> Option<FreedLately> {
        let counts_no_more =
            one.slid || rules.together_minutes == 0 || rules.is_mass(one.loss, one.together_nights);
        let freed = FreedLately { check_in: one.check_in, check_out: one.check_out, freed_at: at };
        (!counts_no_more).then_some(freed)
    }

    /// Those of its nights that are to come and that the feed still does not have, for as long as they count.
    pub(super) fn still_counts(
        &self,
        present: &NightSet,
        at: Timestamp,
        today: Date,
        rules: &WaitingRules,
    ) -> Vec<FreedLately> {
        let minutes = at.duration_since(self.freed_at).as_mins();
        if minutes >= i64::from(rules.together_minutes) {
            return Vec::new();
        }
        let nights = NightSet::of([(self.check_in, self.check_out)]).from_day(today).without(present);
        let part =
            |one: &Stretch| FreedLately { check_in: one.check_in, check_out: one.check_out, ..self.clone() };
        nights.stretches().iter().map(part).collect()
    }
}
