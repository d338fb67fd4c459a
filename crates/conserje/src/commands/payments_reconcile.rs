//! `conserje payments reconcile`: compares payments with what the providers know.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use kernel::clock::Clock;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
#[command(after_help = "Example:\n  conserje payments reconcile --since 7d")]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Ask the providers for payments whose notification was lost, and apply them
    #[command(
        after_help = "Example:\n  conserje payments reconcile --since 7d\n  conserje payments reconcile --since 2027-01-05T00:00:00Z"
    )]
    Reconcile {
        /// How far back: hours (36h), days (7d), or an instant
        #[arg(long, default_value = "4d")]
        since: String,
    },
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let Command::Reconcile { since } = options.command;
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    if payments::room(&app).providers.is_empty() {
        bail!(
            "no payment provider is configured: set MERCADOPAGO_ACCESS_TOKEN, STRIPE_SECRET_KEY or PAYPAL_CLIENT_ID"
        );
    }
    let since = instant(&since, app.now()).with_context(|| format!("--since {since} is not understood"))?;
    eprintln!("asking the providers about pages opened since {since}…");
    let found = payments::reconcile(&app, since).await?;
    println!("asked: {}, mended: {}, unanswered: {}", found.asked, found.mended, found.unanswered);
    Ok(if found.unanswered == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn instant(text: &str, now: Timestamp) -> anyhow::Result<Timestamp> {
    let hours = match (text.strip_suffix('h'), text.strip_suffix('d')) {
        (Some(hours), _) => hours.parse::<u32>()?,
        (_, Some(days)) => days.parse::<u32>()?.saturating_mul(24),
        _ => return text.parse().context("give 36h, 7d or 2027-01-05T00:00:00Z"),
    };
    Ok(now.checked_sub(SignedDuration::from_hours(hours.into()))?)
}
