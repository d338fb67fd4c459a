//! What the guest's words mean, a line each.

use std::{
    io::{BufRead as _, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use dialog::{Locale, Reading};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Args)]
#[command(after_help = "Example:\n  conserje dialog read < sentences.jsonl")]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read {"id","today","locale","text"} lines, write what was understood
    #[command(
        after_help = "Example:\n  echo '{\"id\":\"1\",\"today\":\"2026-11-22\",\"locale\":\"es-AR\",\"text\":\"del 5 al 8 de enero para 4\"}' | conserje dialog read"
    )]
    Read,
}

#[derive(Deserialize)]
struct Said {
    id: String,
    today: Date,
    locale: Locale,
    text: String,
}

#[derive(Serialize)]
struct Understood {
    id: String,
    #[serde(flatten)]
    reading: Reading,
}

pub fn run(options: Options) -> anyhow::Result<ExitCode> {
    match options.command {
        Command::Read => read(),
    }
}

fn read() -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("line {} is not {{\"id\",\"today\",\"locale\",\"text\"}}", number + 1);
        let said: Said = serde_json::from_str(&line).with_context(place)?;
        let reading = dialog::read(&said.text, said.today, said.locale);
        serde_json::to_writer(&mut out, &Understood { id: said.id, reading })?;
        out.write_all(b"\n")?;
    }
    Ok(ExitCode::SUCCESS)
}
