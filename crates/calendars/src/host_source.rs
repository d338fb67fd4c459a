//! Under which name the host's own blocks stand among the calendars.

/// The source of nights that the host has blocked by hand. It has a blank, so no calendar can be called so.
pub const HOST: &str = "by hand";
