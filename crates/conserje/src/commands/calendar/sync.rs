//! `conserje calendar sync`: reads the calendars of other platforms now.

use std::process::ExitCode;

use anyhow::bail;
use calendars::Outcome;
use clap::Args;
use domain::ids::AccommodationId;
use kernel::clock::Clock;

use super::replay_reasons::counted;
use crate::{settings, system_rng::system_rng};

#[derive(Args)]
pub struct Options {
    /// Only the calendars of this accommodation, by its id
    #[arg(long)]
    accommodation: Option<String>,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    let id = options.accommodation.map(AccommodationId::new);
    if let Some(id) = &id {
        super::must_exist(&app, id).await?;
    }
    let feeds = calendars::list_feeds(&app, id.as_ref()).await?;
    let read: Vec<_> = feeds.into_iter().filter(|status| status.feed.url.is_some()).collect();
    if read.is_empty() {
        let whose = if id.is_some() { " for this accommodation" } else { "" };
        bail!("no calendar is read{whose}; register one with POST /api/v1/ical/feeds");
    }
    let mut failed = false;
    for status in read {
        let feed = status.feed;
        let Some(synced) = calendars::sync(&app, &feed.id).await? else { continue };
        let outcome = match synced.outcome {
            Outcome::Read => "read".to_owned(),
            Outcome::Unchanged => "unchanged".to_owned(),
            Outcome::Overtaken => "read by another process meanwhile".to_owned(),
            Outcome::Failed(reason) => {
                failed = true;
                format!("failed: {reason}")
            }
        };
        println!(
            "{} of {}: {outcome}; new {}, changed {}, gone {}, held back {}, conflicts {}",
            feed.source,
            feed.accommodation_id,
            synced.created,
            synced.updated,
            synced.removed,
            counted(synced.held_back, "night"),
            synced.conflicts
        );
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
