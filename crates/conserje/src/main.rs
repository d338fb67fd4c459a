//! `conserje`: one program, many roles. Each subcommand is a file or folder of `commands`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The subcommands, one file or folder each.
mod commands;
/// Where log lines go and how they look.
mod logging;
/// How many files and connections the process may have open.
mod open_files_limit;
/// Settings from the file beside us and from the environment.
mod settings;
/// Chance from the operating system.
mod system_rng;

use store::db::with_causes;

use commands::{
    api_keys, calendar, demo, dialog_read, ledger_check, migrate, openapi, payments_reconcile,
    send_test_alert, serve,
};

/// Statements for the database are many small pieces of memory: docs/decisions/0035.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The booking desk that a small business runs itself.
#[derive(Parser)]
#[command(version, about)]
#[cfg_attr(
    feature = "demo",
    command(
        after_help = "Example:\n  conserje demo        a desk to play with, no set-up\n  conserje serve       the desk at work; settings: conserje.toml, environment"
    )
)]
#[cfg_attr(
    not(feature = "demo"),
    command(
        after_help = "Example:\n  conserje serve       the desk at work; settings: conserje.toml, environment"
    )
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a desk to play with: three cabins, simulated WhatsApp and Mercado Pago
    Demo(demo::Options),
    /// Answer guests, programs and providers
    Serve(serve::Options),
    /// Bring the database's tables up to date
    Migrate(migrate::Options),
    /// Print the description of the API (OpenAPI, JSON)
    #[command(after_help = "Example:\n  conserje openapi > openapi.json")]
    Openapi,
    /// Look into calendars of others
    Calendar(calendar::Options),
    /// Look into what the desk understands
    Dialog(dialog_read::Options),
    /// Make, list and revoke the keys of programs
    Key(api_keys::Options),
    /// Look into the books
    Ledger(ledger_check::Options),
    /// Compare payments with what the providers know
    Payments(payments_reconcile::Options),
    /// Try out the alerts
    Alerts(send_test_alert::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Demo(options) => block_on(demo::run(options)),
        Command::Serve(options) => block_on(serve::run(options)),
        Command::Migrate(options) => block_on(migrate::run(options)),
        Command::Openapi => openapi::run(),
        Command::Calendar(options) => block_on(calendar::run(options)),
        Command::Dialog(options) => dialog_read::run(options),
        Command::Key(options) => block_on(api_keys::run(options)),
        Command::Ledger(options) => block_on(ledger_check::run(options)),
        Command::Payments(options) => block_on(payments_reconcile::run(options)),
        Command::Alerts(options) => block_on(send_test_alert::run(options)),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // The chain, once, in a line that a person can act on.
            eprintln!("conserje: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn block_on(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
