//! Reads guests' sentences as `conserje dialog read` does, without the rest of the program: a quick turn while the
//! reading is worked on. `cargo run -p dialog --example read < sentences.jsonl`
//!
//! With `--time` it tells how long each took, in microseconds, instead.

use std::{
    io::{BufRead, Write},
    time::Instant,
};

use dialog::Locale;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    id: serde_json::Value,
    today: Date,
    locale: Locale,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let is_timed = std::env::args().any(|argument| argument == "--time");
    let said: Vec<Said> = std::io::stdin()
        .lock()
        .lines()
        .map_while(Result::ok)
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(&line))
        .collect::<Result<_, _>>()?;
    let mut out = std::io::stdout().lock();
    if is_timed {
        return Ok(writeln!(out, "{}", times(&said))?);
    }
    for said in said {
        let reading = dialog::read(&said.text, said.today, said.locale);
        let mut line = serde_json::to_value(&reading)?;
        line["id"] = said.id;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn times(said: &[Said]) -> String {
    let read = |said: &Said| {
        let start = Instant::now();
        let reading = dialog::read(&said.text, said.today, said.locale);
        (start.elapsed().as_micros(), std::hint::black_box(reading).intents.len())
    };
    let warm_up: usize = said.iter().map(|said| read(said).1).sum();
    std::hint::black_box(warm_up);
    // The best of several: what else runs on the machine is no part of the reading.
    let best = |said: &Said| (0..7).map(|_| read(said).0).min().unwrap_or_default();
    let mut micros: Vec<u128> = said.iter().map(best).collect();
    micros.sort_unstable();
    let at = |share: usize| micros.get((micros.len() * share / 100).min(micros.len().saturating_sub(1)));
    format!("median {:?} us, 99 of 100 {:?} us, worst {:?} us", at(50), at(99), micros.last())
}
