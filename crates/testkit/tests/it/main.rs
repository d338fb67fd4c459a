//! The testkit itself, and the rules that the whole workspace keeps.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// A desk whose clock moves by hand.
mod app_with_moved_clock;
/// A database per test, gone afterwards.
mod database_per_test;
/// The exercise of `docs/adding-a-job.md`.
mod exercise_adding_a_job;
/// The exercise of `docs/adding-a-setting.md`.
mod exercise_adding_a_setting;
/// What a reader of any crate may rely on: arrows, sizes, comments, where SQL lives.
mod rules;
/// A change is one value, done whole or not at all.
mod transaction;
