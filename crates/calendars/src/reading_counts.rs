//! What a reading consisted of, in numbers: kept with the feed, so that the host sees it for as long as it is so.

use ical::{BusyKind, PassedOver, PersonalKind};
use serde::{Deserialize, Serialize};

/// Events of one reading, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadingCounts {
    pub stays: u32,
    pub closures: u32,
    /// Whole days that may be nobody's stay, whether they are left out or not.
    pub marked_free: u32,
    pub birthdays: u32,
    pub holidays: u32,
    /// Those that block nothing.
    pub passed_over: PassedOver,
}

impl ReadingCounts {
    pub(crate) fn of(reading: &ical::Feed) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let of_kind = |kind| count(reading.busy.iter().filter(|busy| busy.kind == kind).count());
        let personal = |kind| count(reading.personal.iter().filter(|one| one.kind == kind).count());
        Self {
            stays: of_kind(BusyKind::Stay),
            closures: of_kind(BusyKind::Block),
            marked_free: personal(PersonalKind::MarkedFree),
            birthdays: personal(PersonalKind::Birthday),
            holidays: personal(PersonalKind::Holiday),
            passed_over: reading.passed_over,
        }
    }
}
