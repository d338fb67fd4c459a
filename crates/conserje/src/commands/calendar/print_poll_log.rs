//! `conserje calendar log`: what a calendar answered, as a log of polls.

use std::{
    io::{Write as _, stdout},
    process::ExitCode,
};

use anyhow::bail;
use clap::Args;
use kernel::clock::Clock;
use serde_json::json;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
pub struct Options {
    /// The calendar, by the id of its feed (`GET /api/v1/ical/feeds`)
    feed: String,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    if calendars::find_feed(&app, &options.feed).await?.is_none() {
        bail!("there is no calendar with the id {}; GET /api/v1/ical/feeds lists them", options.feed);
    }
    let bodies = calendars::list_bodies(&app, &options.feed).await?;
    if bodies.is_empty() {
        eprintln!("nothing is kept of this calendar yet");
    }
    let mut out = stdout().lock();
    for (at, body) in bodies {
        let line = json!({ "at": at.as_second(), "status": 200, "body": String::from_utf8_lossy(&body) });
        writeln!(out, "{line}")?;
    }
    Ok(ExitCode::SUCCESS)
}
