//! `conserje calendar …`: checks, replays and reads calendars, and replaces addresses of ours.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use domain::ids::AccommodationId;
use ical::{Provider, UnknownProvider};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use kernel::App;

/// What we would read, in words.
mod check;
/// Where the bytes come from: a file, standard input, an address; gzip or not.
mod input_file;
/// What a calendar answered, as a log of polls.
mod print_poll_log;
/// The polls of a feed, gone through again.
mod replay;
/// What a step of a replay says, and why.
mod replay_reasons;
/// A new address for a reader of ours.
mod rotate_token;
/// Reading other calendars now.
mod sync;

#[derive(Args)]
#[command(
    after_help = "Example:\n  conserje calendar check listing.ics\n  conserje calendar replay polls.jsonl.gz --provider airbnb"
)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what would be read from a calendar: stays, blocks, and what looks wrong
    #[command(
        after_help = "Example:\n  conserje calendar check listing.ics\n  conserje calendar check https://calendar.example/listing.ics --timezone America/Argentina/Cordoba\n  curl -s https://calendar.example/listing.ics | conserje calendar check -"
    )]
    Check(check::Options),
    /// Go through a log of polls and write which nights are blocked and freed, and why
    ///
    /// A line of the log is a poll: {"at": unix seconds, "status": 200 or 304 or any other, "body"?: text}. Each line
    /// that is written is a change; the last is a summary. The clock is that of the log.
    #[command(
        after_help = "Example:\n  conserje calendar replay polls.jsonl.gz --provider booking --timezone Europe/Rome"
    )]
    Replay(replay::Options),
    /// Write what a calendar has answered of late, as a log that `replay` takes
    ///
    /// Each body that differed from the one before is kept for `ICAL_KEEP_BODY_DAYS` days.
    #[command(
        after_help = "Example:\n  conserje calendar log 0199f3c2-7d5e-7cc0-9a52-1f6b2c3d4e5f > polls.jsonl\n  conserje calendar replay polls.jsonl --provider airbnb"
    )]
    Log(print_poll_log::Options),
    /// Read the calendars of others now, all or those of one accommodation
    #[command(
        after_help = "Example:\n  conserje calendar sync\n  conserje calendar sync --accommodation 0199f3c2-7d5e-7cc0-9a52-1f6b2c3d4e5f"
    )]
    Sync(sync::Options),
    /// Give a reader of our calendar a new address
    #[command(
        after_help = "Example:\n  conserje calendar rotate-token --accommodation 0199f3c2-7d5e-7cc0-9a52-1f6b2c3d4e5f --reader airbnb"
    )]
    RotateToken(rotate_token::Options),
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    match options.command {
        Command::Check(options) => check::run(options).await,
        Command::Replay(options) => replay::run(&options),
        Command::Log(options) => print_poll_log::run(options).await,
        Command::Sync(options) => sync::run(options).await,
        Command::RotateToken(options) => rotate_token::run(options).await,
    }
}

/// An id that was typed wrong is no accommodation without calendars.
async fn must_exist(app: &App, id: &AccommodationId) -> anyhow::Result<()> {
    if stays::accommodations::find(app, id).await?.is_none() {
        bail!("there is no accommodation with the id {id}");
    }
    Ok(())
}

/// A zone by its IANA name, from the table inside the program.
fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZoneDatabase::bundled()
        .get(name)
        .map_err(|_| "this is no name of a time zone, such as Europe/Madrid".to_owned())
}

fn provider(name: &str) -> Result<Provider, UnknownProvider> {
    name.parse()
}
