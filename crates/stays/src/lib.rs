//! Stays: accommodations and their prices, holds, everything that happens to a stay, and what a stay does with money.

/// All accommodations, kept.
mod accommodation_cache;
/// What stays keep in the context.
mod kept_in_context;
/// How stays join a context.
mod register_in_context;
/// The settings of stays.
pub mod settings;

/// Accommodations: made, changed, listed.
pub mod accommodations;
/// What is free, at what price, and what is free nearby.
pub mod availability;
/// A change of one stay, in one transaction.
mod change;
/// Addresses of a stay's pages, and instants as guests read them.
pub mod guest_links;
/// All that a page of one stay shows.
mod guest_page_data;
/// Taking nights for a guest for half an hour.
pub mod hold;
/// What a stay does with money.
pub mod money;
/// What a stay owes, and what was received for it.
mod owed;
/// Recurring work.
mod recurring_jobs;
/// Everything that happens to a stay after it was held.
pub mod stay;

pub use guest_page_data::{Overview, overview};
pub use kept_in_context::{ByChannel, Metrics, Room, Template, room};
pub use register_in_context::{Setup, add};
