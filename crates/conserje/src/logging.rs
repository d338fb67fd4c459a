//! Where log lines go and how they look: JSON for machines, text for people, a rotating file when asked for.
//!
//! The file rotates by size. The usual library rotates by the hour or day, which says nothing about the disk.

use std::{
    fs::{File, OpenOptions},
    io::{self, IsTerminal as _, Write},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use app::config::Log;
use clap::ValueEnum;
use tracing_subscriber::{
    EnvFilter,
    filter::LevelFilter,
    fmt::{MakeWriter, format},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Json,
    Text,
}

pub fn start(log: &Log, format: Format) -> anyhow::Result<()> {
    let filter = filter(&log.level)?;
    let file = match log.dir.as_str() {
        "" => None,
        dir => Some(Rotating::open(dir.into(), log.file_bytes, log.files)?),
    };
    let registry = tracing_subscriber::registry().with(filter);
    let to_file = file.map(|file| json_lines().with_writer(file));
    match format {
        Format::Json => {
            registry.with(to_file).with(json_lines()).try_init()?;
        }
        Format::Text => {
            let lines = tracing_subscriber::fmt::layer()
                .with_target(false)
                .with_ansi(io::stderr().is_terminal())
                .with_writer(io::stderr);
            registry.with(to_file).with(lines).try_init()?;
        }
    }
    Ok(())
}

/// The fields of the event stand at the top, those of the request, the job and the call in which it happened in `spans`.
fn json_lines<S>() -> tracing_subscriber::fmt::Layer<S, format::JsonFields, format::Format<format::Json>>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(true)
}

/// A bare word that is no level would be taken for a part of the program, and everything else would fall silent.
fn filter(level: &str) -> anyhow::Result<EnvFilter> {
    let sound = |part: &str| part.contains(['=', '[']) || part.parse::<LevelFilter>().is_ok();
    let filter = level.split(',').map(str::trim).all(sound).then(|| EnvFilter::try_new(level).ok()).flatten();
    filter.with_context(|| {
        format!(
            "the setting LOG_LEVEL (log.level) is {level:?}; give a level such as info, or info,app=debug"
        )
    })
}

/// `conserje.log`, then `conserje.log.1` (younger) to `conserje.log.N` (older).
#[derive(Clone)]
pub struct Rotating(Arc<Mutex<Inner>>);

struct Inner {
    dir: PathBuf,
    file: File,
    written: u64,
    limit: u64,
    keep: usize,
}

impl Rotating {
    pub fn open(dir: PathBuf, limit: u64, keep: usize) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&dir).with_context(|| format!("LOG_DIR {} cannot be made", dir.display()))?;
        let (file, written) =
            append(&dir).with_context(|| format!("LOG_DIR {} cannot be written", dir.display()))?;
        Ok(Self(Arc::new(Mutex::new(Inner { dir, file, written, limit: limit.max(1_000), keep }))))
    }
}

fn append(dir: &std::path::Path) -> io::Result<(File, u64)> {
    let file = OpenOptions::new().create(true).append(true).open(dir.join("conserje.log"))?;
    let written = file.metadata()?.len();
    Ok((file, written))
}

impl Inner {
    fn rotate(&mut self) -> io::Result<()> {
        let name = |number: usize| match number {
            0 => self.dir.join("conserje.log"),
            number => self.dir.join(format!("conserje.log.{number}")),
        };
        if self.keep == 0 {
            std::fs::remove_file(name(0))?;
        }
        for number in (0..self.keep).rev() {
            match std::fs::rename(name(number), name(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        (self.file, self.written) = append(&self.dir)?;
        Ok(())
    }
}

impl Write for Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.written > 0 && inner.written + line.len() as u64 > inner.limit {
            inner.rotate()?;
        }
        inner.file.write_all(line)?;
        inner.written += line.len() as u64;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).file.flush()
    }
}

impl<'a> MakeWriter<'a> for Rotating {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_files_move_up_and_the_oldest_goes() {
        let dir = std::env::temp_dir().join(format!("conserje-log-{}", std::process::id()));
        let mut log = Rotating::open(dir.clone(), 1_000, 2).unwrap();
        for letter in ["a", "b", "c", "d"] {
            log.write_all(letter.repeat(900).as_bytes()).unwrap();
        }
        let begins =
            |name: &str| std::fs::read_to_string(dir.join(name)).map(|text| text[..1].to_owned()).ok();
        assert_eq!(begins("conserje.log").as_deref(), Some("d"));
        assert_eq!(begins("conserje.log.1").as_deref(), Some("c"));
        assert_eq!(begins("conserje.log.2").as_deref(), Some("b"));
        assert_eq!(begins("conserje.log.3"), None);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
