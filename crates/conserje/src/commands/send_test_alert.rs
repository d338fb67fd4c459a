//! `conserje alerts test`: sends one message to each place where staff are notified.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use kernel::clock::Clock;
use kernel::incidents;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
#[command(after_help = "Example:\n  conserje alerts test")]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Send a trial message to everybody whom the settings name, and say what became of each
    ///
    /// A line per recipient. Ends with 1 when a message was not taken; one that is tried again later when it is real is
    /// not tried again here. Needs no database.
    #[command(
        after_help = "Example:\n  conserje alerts test\n  ALERT_SLACK_WEBHOOK_URL=https://hooks.slack.com/services/… conserje alerts test"
    )]
    Test,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    match options.command {
        Command::Test => test().await,
    }
}

async fn test() -> anyhow::Result<ExitCode> {
    let config = settings::read()?;
    let now = Clock::System.now();
    let tried = incidents::try_out(&config.alerts, &config.property, &system_rng().id(now), now).await?;
    if tried.is_empty() {
        bail!(
            "alerts go nowhere: set ALERT_EMAIL_TO, ALERT_SLACK_WEBHOOK_URL, ALERT_DISCORD_WEBHOOK_URL or ALERT_TELEGRAM_TOKEN"
        );
    }
    for one in &tried {
        match &one.outcome {
            Ok(()) => println!("{}: sent", one.target),
            Err(reason) => println!("{}: failed: {reason}", one.target),
        }
    }
    let all_sent = tried.iter().all(|one| one.outcome.is_ok());
    Ok(if all_sent { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
