//! One day as it is spoken, and where.

use jiff::civil::Weekday;

/// A day without a date yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// `5 de enero`, `29/02/2027`.
    Dated {
        day: i8,
        month: Month,
        year: Option<i16>,
    },
    /// `el 5`.
    Numbered {
        day: i8,
    },
    Weekday {
        weekday: Weekday,
        week: Week,
    },
    /// `el segundo sábado de marzo`; the fifth is the last.
    NthWeekday {
        nth: i8,
        weekday: Weekday,
        month: Month,
        year: Option<i16>,
    },
    /// Days after today.
    Ahead {
        days: i64,
    },
    /// Days before (negative) Easter Sunday: `viernes santo`.
    FromEaster {
        days: i64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Month {
    Named(i8),
    This,
    Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Week {
    /// The first such day after today.
    Coming,
    /// A week after the first such day.
    AfterComing,
    /// In the calendar week (from Monday on) of the day that many days after today.
    Of { days: i64 },
}

/// A day in the sentence, `start..end` in tokens, articles and prepositions excluded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub spoken: Spoken,
    pub start: usize,
    pub end: usize,
    /// The weekday named beside a date: `viernes 4`.
    pub weekday: Option<Weekday>,
}

impl Mention {
    pub fn is_numbered(&self) -> bool {
        matches!(self.spoken, Spoken::Numbered { .. })
    }

    pub fn is_dated(&self) -> bool {
        matches!(self.spoken, Spoken::Dated { .. })
    }

    pub fn is_weekday(&self) -> bool {
        matches!(self.spoken, Spoken::Weekday { .. })
    }
}
