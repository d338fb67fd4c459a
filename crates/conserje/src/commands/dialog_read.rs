//! `conserje dialog read`: what a guest's words mean, a line each.

use std::{
    io::{BufRead as _, Write as _},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use dialog::{
    Locale, Reading,
    read::meaning::{self, Reason},
};
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
    /// Read the same lines, write why each was understood as it was: the score of each label (above zero it is meant)
    /// and the words and patterns that spoke for it
    #[command(
        after_help = "Example:\n  echo '{\"id\":\"1\",\"today\":\"2026-11-22\",\"locale\":\"es-AR\",\"text\":\"no anda el agua caliente\"}' | conserje dialog explain"
    )]
    Explain,
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

#[derive(Serialize)]
struct Explained {
    id: String,
    reasons: Vec<Reason>,
}

#[derive(Serialize)]
struct NotRead {
    id: Option<String>,
    /// Counted from one, as an editor counts.
    line: usize,
    error: String,
}

pub fn run(options: Options) -> anyhow::Result<ExitCode> {
    match options.command {
        Command::Read => answer(|said| {
            let reading = dialog::read(&said.text, said.today, said.locale);
            Understood { id: said.id, reading }
        }),
        Command::Explain => answer(|said| {
            let reasons = meaning::explain(&said.text, said.locale);
            Explained { id: said.id, reasons }
        }),
    }
}

/// A line that cannot be read is answered with its error, and the others go on.
fn answer<Answer: Serialize>(to: impl Fn(Said) -> Answer) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Said>(&line) {
            Ok(said) => serde_json::to_writer(&mut out, &to(said))?,
            Err(cause) => {
                let number = number + 1;
                let error = format!("not {{\"id\",\"today\",\"locale\",\"text\"}}: {cause}");
                eprintln!("conserje: line {number} is {error}");
                serde_json::to_writer(&mut out, &NotRead { id: id_of(&line), line: number, error })?;
                code = ExitCode::FAILURE;
            }
        }
        out.write_all(b"\n")?;
    }
    Ok(code)
}

/// Whatever else is wrong with the line.
fn id_of(line: &[u8]) -> Option<String> {
    let line: serde_json::Value = serde_json::from_slice(line).ok()?;
    line.get("id")?.as_str().map(str::to_owned)
}
