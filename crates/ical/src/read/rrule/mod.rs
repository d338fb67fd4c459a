//! RRULE, the repeat rule of RFC 5545, and the days on which it falls.

/// How much work that may be, over a whole feed.
mod budget;
/// The days of a rule.
mod expand;
/// The rule as written.
mod rule;

pub(crate) use budget::{Budget, Spent};
pub(crate) use expand::{days_of_rule, expand};
pub(crate) use rule::{Frequency, Rule};
