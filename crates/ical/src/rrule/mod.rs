//! RRULE, the repeat rule of RFC 5545, and the days on which it falls.

/// The days of a rule.
mod expand;
/// The rule as written.
mod rule;

pub(crate) use expand::{Budget, Spent, days_of_rule, expand};
pub(crate) use rule::Rule;
