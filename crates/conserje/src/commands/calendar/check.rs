//! `conserje calendar check`: what we would read from a calendar, in words.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::Args;
use ical::{Busy, BusyKind, Feed, NightSet, Provider, ReadError, ReadLimits};
use jiff::{civil::Date, tz::TimeZone};
use kernel::clock::Clock;
use providers::http::{
    Network,
    fetch_feed::{Conditional, Feeds, Fetched, Limits},
};

use super::{input_file, replay_reasons::counted};
use crate::settings;

#[derive(Args)]
pub struct Options {
    /// A file, an address (https:// or webcal://), or - for standard input
    source: String,
    /// The property's time zone, in which times become nights
    #[arg(long, value_parser = super::zone, default_value = "UTC")]
    timezone: TimeZone,
    /// Read as on this day: repeating events are followed from 60 days before it to three years after
    #[arg(long)]
    today: Option<Date>,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let today = options.today.unwrap_or_else(|| options.timezone.to_datetime(Clock::System.now()).date());
    let limits = ReadLimits::around(today);
    let bytes = match options.source.split_once("://") {
        Some(_) => fetch(&options.source).await?,
        None => input_file::bytes(&PathBuf::from(&options.source), limits.max_bytes)?,
    };
    match ical::read(&bytes, &options.timezone, &limits) {
        Ok(feed) => {
            print!("{}", describe(&feed, today));
            Ok(ExitCode::SUCCESS)
        }
        Err(refusal) => {
            println!("{}", refused(&refusal));
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn fetch(address: &str) -> anyhow::Result<Vec<u8>> {
    let private = settings::read()?.ical.allow_private_networks;
    let feeds = Feeds::new(if private { Network::AllowPrivate } else { Network::PublicOnly })?;
    match feeds.fetch(address, &Conditional::default(), &Limits::default()).await.outcome? {
        Fetched::Body { bytes, .. } => Ok(bytes),
        Fetched::NotModified => {
            anyhow::bail!("the server says that nothing changed, though nothing was asked")
        }
    }
}

fn refused(refusal: &ReadError) -> String {
    format!("refused: {refusal}\nA feed that answers this keeps every night that it had.")
}

/// Never a summary: it may be a guest's name.
fn describe(feed: &Feed, today: Date) -> String {
    let mut said = String::new();
    let of_kind = |kind: BusyKind| feed.busy.iter().filter(|busy| busy.kind == kind).count() as i64;
    let provider = Provider::of(feed);
    let nights = NightSet::of(feed.busy.iter().map(|busy| (busy.check_in, busy.check_out)));
    let lines = [
        format!("provider: {provider}{}", quoted(", written by", feed.product.as_deref())),
        format!("calendar: {}", feed.name.as_deref().unwrap_or("without a name")),
        format!(
            "{} and {}, {}, {} of them from today on ({today})",
            counted(of_kind(BusyKind::Stay), "stay"),
            counted(of_kind(BusyKind::Block), "block"),
            counted(nights.len(), "night"),
            nights.from_day(today).len(),
        ),
    ];
    let alike = (provider == Provider::Booking && !feed.busy.is_empty())
        .then(|| "Booking.com says the same of stays and closures: a block may be a stay".to_owned());
    let unreadable = (!feed.unreadable.is_empty()).then(|| {
        format!("{} of which not all days can be read", counted(feed.unreadable.len() as i64, "event"))
    });
    let ranges = feed.busy.iter().map(|busy| range(busy, today));
    let notes = feed.notes.iter().map(|note| format!("  {note}"));
    let heading = (!feed.notes.is_empty()).then(|| "repaired or passed over:".to_owned());
    for line in lines.into_iter().chain(alike).chain(unreadable).chain(ranges).chain(heading).chain(notes) {
        let _ = writeln!(said, "{line}");
    }
    said
}

fn range(busy: &Busy, today: Date) -> String {
    let kind = match busy.kind {
        BusyKind::Stay => "stay ",
        BusyKind::Block => "block",
    };
    let nights = NightSet::of([(busy.check_in, busy.check_out)]).len();
    let over = if busy.check_out <= today { ", over" } else { "" };
    format!("  {kind}  {} to {}, {}{over}", day(busy.check_in), day(busy.check_out), counted(nights, "night"))
}

fn day(date: Date) -> String {
    date.strftime("%a %Y-%m-%d").to_string()
}

fn quoted(before: &str, text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!("{before} \"{text}\""))
}
