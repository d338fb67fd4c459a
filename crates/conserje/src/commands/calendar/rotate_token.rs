//! `conserje calendar rotate-token`: a new address for a reader of our calendar.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use calendars::Overlap;
use clap::Args;
use domain::{ids::AccommodationId, staff::Who};
use kernel::clock::Clock;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
pub struct Options {
    /// The accommodation, by its id
    #[arg(long)]
    accommodation: String,
    /// Who reads the calendar under the address: airbnb, booking, …, or all for the common one
    #[arg(long)]
    reader: String,
    /// The old address ends now, because it is in the wrong hands
    #[arg(long)]
    at_once: bool,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    let id = AccommodationId::new(options.accommodation);
    super::must_exist(&app, &id).await?;
    let overlap = if options.at_once { Overlap::None } else { Overlap::Usual };
    let reader = calendars::reader_name(&options.reader).context("give a short name such as airbnb")?;
    let Some(link) = calendars::rotate_link(&app, &id, &reader, overlap, Who::Operator).await? else {
        bail!("{reader} has no address of this accommodation's calendar");
    };
    println!("{}", link.url);
    match overlap {
        Overlap::Usual => eprintln!(
            "give this address to {}; the old one opens for {} hours more",
            reader,
            calendars::room(&app).settings.link_overlap_hours
        ),
        Overlap::None => eprintln!("give this address to {reader}; the old one opens no more"),
    }
    Ok(ExitCode::SUCCESS)
}
