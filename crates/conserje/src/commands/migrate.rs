//! `conserje migrate`: creates and updates the database's tables.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use store::{db::Db, migrate};

use crate::settings;

#[derive(Args)]
#[command(after_help = "Example:\n  DATABASE_URL=sqlite://desk.db conserje migrate --check")]
pub struct Options {
    /// Only say what is pending; exit code 3 when something is, 1 when it cannot be told
    #[arg(long)]
    check: bool,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let config = settings::read()?;
    let url = app::database_url(config.database.url.expose());
    if options.check {
        return check(&url).await;
    }
    let db = open(&url).await?;
    let applied = migrate::run(&db, kernel::clock::Clock::System.now()).await?;
    for name in &applied {
        println!("applied: {name}");
    }
    println!("the database is up to date");
    Ok(ExitCode::SUCCESS)
}

/// A check makes nothing, not even the file.
async fn check(url: &str) -> anyhow::Result<ExitCode> {
    let absent = Db::is_yet_to_be_made(url).context(NOT_OPENED)?;
    let pending = if absent { migrate::all() } else { migrate::pending(&open(url).await?).await? };
    for name in &pending {
        println!("pending: {name}");
    }
    if pending.is_empty() {
        println!("the database is up to date");
    }
    Ok(if pending.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(PENDING) })
}

/// Neither success nor an error: scripts tell them apart.
const PENDING: u8 = 3;
const NOT_OPENED: &str = "the database could not be opened; check DATABASE_URL";

async fn open(url: &str) -> anyhow::Result<Db> {
    Db::open(url, 2).await.context(NOT_OPENED)
}
