//! The testkit itself, and the rules that the whole workspace keeps.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// The exercise of `docs/adding-a-job.md`.
mod adding_a_job;
/// The exercise of `docs/adding-a-setting.md`.
mod adding_a_setting;
/// A database per test, gone afterwards.
mod databases;
/// A desk whose clock moves by hand.
mod desk;
/// What a reader of any crate may rely on: arrows, sizes, comments, where SQL lives.
mod rules;
/// A change is one value, done whole or not at all.
mod transaction;
