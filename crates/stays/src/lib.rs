//! Stays: accommodations and their prices, holds, everything that happens to a stay, and what a stay does with money.

/// All accommodations, kept.
mod accommodation_cache;
/// How stays join a context.
mod add;
/// What stays keep in the context.
mod room;
/// The settings of stays.
pub mod settings;

/// Accommodations: made, changed, listed.
pub mod accommodation;
/// What is free, at what price, and what is free nearby.
pub mod availability;
/// A change of one stay, in one transaction.
mod change;
/// Addresses of a stay's pages, and instants as guests read them.
pub mod guest_links;
/// Taking nights for a guest for half an hour.
pub mod hold;
/// What a stay does with money.
pub mod money;
/// All that a page of one stay shows.
mod overview;
/// What a stay owes, and what was received for it.
mod owed;
/// Recurring work.
mod recurring_jobs;
/// Everything that happens to a stay after it was held.
pub mod stay;

pub use add::{Setup, add};
pub use overview::{Overview, overview};
pub use room::{ByChannel, Metrics, Room, Template, room};
