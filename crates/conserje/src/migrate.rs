//! The database's tables.

use std::process::ExitCode;

use clap::Args;
use store::{db::Db, migrate};

use crate::settings;

#[derive(Args)]
#[command(after_help = "Example:\n  DATABASE_URL=sqlite://desk.db conserje migrate --check")]
pub struct Options {
    /// Only say what is pending; exit code 1 when something is
    #[arg(long)]
    check: bool,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let config = settings::read()?;
    let db = Db::open(&app::state::database_url(config.database.url.expose()), 2).await?;
    if options.check {
        let pending = migrate::pending(&db).await?;
        for name in &pending {
            println!("pending: {name}");
        }
        if pending.is_empty() {
            println!("the database is up to date");
        }
        return Ok(if pending.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let applied = migrate::run(&db, app::clock::Clock::System.now()).await?;
    for name in &applied {
        println!("applied: {name}");
    }
    println!("the database is up to date");
    Ok(ExitCode::SUCCESS)
}
