//! Calendars of others, looked into without a database.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use ical::{Provider, UnknownProvider};
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// What we would read, in words.
mod check;
/// Where the bytes come from: a file, standard input, an address; gzip or not.
mod input;
/// The polls of a feed, gone through again.
mod replay;
/// What a step of a replay says, and why.
mod words;

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
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    match options.command {
        Command::Check(options) => check::run(options).await,
        Command::Replay(options) => replay::run(&options),
    }
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
