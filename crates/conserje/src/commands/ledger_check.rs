//! `conserje ledger check`: proves that the books are right.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use kernel::clock::Clock;
use payments::ledger_check;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
#[command(after_help = "Example:\n  conserje ledger check")]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prove that every account balances, and list what waits for a person; exit code 1 when something is wrong
    #[command(after_help = "Example:\n  DATABASE_URL=sqlite://desk.db conserje ledger check")]
    Check,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let Command::Check = options.command;
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    let check = ledger_check::check(&app).await?;
    let of_stays = |name: &str| name.starts_with("stay:");
    for (account, money) in check.balances.iter().filter(|(name, _)| !of_stays(name)) {
        println!("{account}: {money} {}", money.currency);
    }
    let stays = check.balances.iter().filter(|(name, _)| of_stays(name)).count();
    println!("stays with money: {stays}");
    for item in &check.waiting {
        println!("waits for a person: {}, {}, since {}", item.subject, item.reason, item.created_at);
    }
    for fault in &check.faults {
        println!("wrong: {fault}");
    }
    println!("{}", if check.faults.is_empty() { "the books balance" } else { "the books do not balance" });
    Ok(if check.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
