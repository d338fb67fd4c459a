//! Grades how bad a loss of nights looks.

use serde::{Deserialize, Serialize};

use super::{FreedLately, HeldBack, Notice, WaitingRules};
use crate::night_set::NightSet;

/// What it looks like that nights are gone, from harmless to worst. Judged over all nights that are missing at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// One stay, no longer than a stay may be, and the rest intact: a cancellation, or a stay cut short.
    OneStay,
    /// More than that, less than [`WaitingRules::quarter_percent`].
    Several,
    /// A quarter of the future nights or more.
    Quarter,
    /// Every future night that was known; a calendar without events is the plainest form.
    Everything,
}

/// All that is gone from a feed at a moment, and all that was there.
pub(super) struct Gone {
    /// Those that wait, those that this poll was the first not to have, and those that were freed a short while ago.
    pub(super) nights: NightSet,
    /// Of so many stays.
    stays: usize,
    known: NightSet,
}

impl Gone {
    /// Blocks that only go on from day to day are left out, of what is gone and of what was there.
    pub(super) fn of(known: &NightSet, waiting: &[HeldBack], freed: &[FreedLately]) -> Gone {
        let range = |one: &HeldBack| (one.check_in, one.check_out);
        let slid = NightSet::of(waiting.iter().filter(|one| one.slid).map(range));
        let waiting = waiting.iter().filter(|one| !one.slid).map(range);
        let freed = freed.iter().map(|one| (one.check_in, one.check_out));
        let known = known.without(&slid).union(&NightSet::of(freed.clone()));
        let all: Vec<_> = waiting.chain(freed).collect();
        Gone { stays: all.len(), nights: NightSet::of(all), known }
    }

    pub(super) fn loss(&self, rules: &WaitingRules) -> Loss {
        let (nights, of) = (self.nights.len(), self.known.len());
        if nights == of {
            Loss::Everything
        } else if nights * 100 >= of * i64::from(rules.quarter_percent) {
            Loss::Quarter
        } else if self.stays == 1 && nights <= i64::from(rules.longest_stay_nights) {
            Loss::OneStay
        } else {
            Loss::Several
        }
    }

    pub(super) fn notice(&self, rules: &WaitingRules) -> Option<Notice> {
        let (missing, of) = (self.nights.len(), self.known.len());
        match self.loss(rules) {
            Loss::Everything => Some(Notice::EverythingGone { missing }),
            loss if loss.is_suspicious(missing, rules) => Some(Notice::ShrinkHeldBack { missing, of }),
            Loss::OneStay | Loss::Several | Loss::Quarter => None,
        }
    }
}

impl Loss {
    /// Whether a person should look, with so many nights missing together.
    pub(super) fn is_suspicious(self, together_nights: i64, rules: &WaitingRules) -> bool {
        self == Loss::Everything || rules.is_mass(self, together_nights)
    }
}
