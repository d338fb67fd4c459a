//! `conserje`: one program, many roles. Each subcommand is one file.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Alerts, tried out.
mod alerts;
/// Calendars of others, looked into without a database.
mod calendar;
/// A desk to play with: its own data, its own providers.
#[cfg(feature = "demo")]
mod demo;
/// What the guest's words mean, a line each.
mod dialog;
/// Keys of programs: made, listed, revoked.
mod key;
/// The books, checked.
mod ledger;
/// Where log lines go and how they look.
mod logging;
/// The database's tables.
mod migrate;
/// The answer of a program that was built without the demo.
#[cfg(not(feature = "demo"))]
mod no_demo;
/// How many files and connections the process may have open.
mod open_files;
/// The description of the API.
mod openapi;
/// Payments, compared with what the providers know.
mod payments;
/// The desk at work.
mod serve;
/// Settings from the file beside us and from the environment.
mod settings;

#[cfg(not(feature = "demo"))]
use no_demo as demo;

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
    Dialog(dialog::Options),
    /// Make, list and revoke the keys of programs
    Key(key::Options),
    /// Look into the books
    Ledger(ledger::Options),
    /// Compare payments with what the providers know
    Payments(payments::Options),
    /// Try out the alerts
    Alerts(alerts::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Demo(options) => block_on(demo::run(options)),
        Command::Serve(options) => block_on(serve::run(options)),
        Command::Migrate(options) => block_on(migrate::run(options)),
        Command::Openapi => openapi::run(),
        Command::Calendar(options) => block_on(calendar::run(options)),
        Command::Dialog(options) => dialog::run(options),
        Command::Key(options) => block_on(key::run(options)),
        Command::Ledger(options) => block_on(ledger::run(options)),
        Command::Payments(options) => block_on(payments::run(options)),
        Command::Alerts(options) => block_on(alerts::run(options)),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // The chain, once, in a line that a person can act on.
            eprintln!("conserje: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn block_on(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
