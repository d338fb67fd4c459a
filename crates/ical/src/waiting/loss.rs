use serde::{Deserialize, Serialize};

use super::{Notice, WaitingRules};
use crate::night_set::NightSet;

/// What it looks like that nights are gone, from harmless to worst. Judged over all nights that are missing at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// One stretch, no longer than a stay may be, and the rest intact: a cancellation, or a stay cut short.
    OneStay,
    /// More than that, less than [`WaitingRules::quarter_percent`].
    Several,
    /// A quarter of the future nights or more.
    Quarter,
    /// Every future night that was known; a calendar without events is the plainest form.
    Everything,
}

impl Loss {
    /// `missing` is a part of `known`.
    pub(super) fn judge(missing: &NightSet, known: &NightSet, rules: &WaitingRules) -> Loss {
        let (nights, of) = (missing.len(), known.len());
        if nights == of {
            Loss::Everything
        } else if nights * 100 >= of * i64::from(rules.quarter_percent) {
            Loss::Quarter
        } else if missing.stretches().len() == 1 && nights <= i64::from(rules.longest_stay_nights) {
            Loss::OneStay
        } else {
            Loss::Several
        }
    }

    /// Whether a person should look, with so many nights missing together.
    pub(super) fn is_suspicious(self, together_nights: i64, rules: &WaitingRules) -> bool {
        self == Loss::Everything || rules.is_mass(self, together_nights)
    }

    pub(super) fn notice(self, missing: &NightSet, known: &NightSet, rules: &WaitingRules) -> Option<Notice> {
        let (missing, of) = (missing.len(), known.len());
        match self {
            Loss::Everything => Some(Notice::EverythingGone { missing }),
            _ if self.is_suspicious(missing, rules) => Some(Notice::ShrinkHeldBack { missing, of }),
            Loss::OneStay | Loss::Several | Loss::Quarter => None,
        }
    }
}
