//! Stays: accommodations and their prices, holds, everything that happens to a stay, and what a stay does with money.

/// What stays keep in the context.
mod room;
/// The settings of stays.
pub mod settings;

/// Accommodations, with a cache.
pub mod accommodation;
/// What is free, at what price, and what is free nearby.
pub mod availability;
/// Taking nights for a guest for half an hour.
pub mod hold;
/// What a stay does with money.
pub mod money;
/// All that a page of one stay shows.
mod overview;
/// Everything that happens to a stay after it was held.
pub mod stay;
/// Recurring work.
mod upkeep;

pub use overview::{Overview, overview};
pub use room::{ByChannel, Metrics, Room, Setup, Template, add, room};
