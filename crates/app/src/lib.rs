//! The composition: which rooms there are, in which order they are put together, and what the top alone knows of all of
//! them. Nothing is decided here.

/// The context, put together from its rooms.
mod build_context;
/// Every setting, read once.
pub mod config;

pub use build_context::{build, build_with};
pub use kernel::{
    App,
    app::{BuildError, database_url},
};
