//! `conserje calendar replay`: goes through the polls of a feed again.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::Args;
use ical::{Feed, Followed, Poll, Provider, ReadLimits, Step, Terms, WaitingRules, follow};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{input_file, replay_reasons};

#[derive(Args)]
pub struct Options {
    /// The log, plain or gzip; - for standard input
    log: PathBuf,
    /// Whose feed it is: airbnb, booking, vrbo, google, other; without it, what the first calendar says
    #[arg(long, value_parser = super::provider)]
    provider: Option<Provider>,
    /// The property's time zone: its today decides which nights are over
    #[arg(long, value_parser = super::zone, default_value = "UTC")]
    timezone: TimeZone,
}

/// A line of the log. Anything else in it is of no interest.
#[derive(Deserialize)]
struct Line {
    /// Unix seconds, whole or not.
    at: f64,
    /// What the server answered; anything but a status says that it did not.
    #[serde(default)]
    status: Value,
    #[serde(default)]
    body: Value,
}

/// What came of a poll.
enum Answer {
    Body(String),
    NotModified,
    /// Nothing that could be read, and why.
    Nothing(String),
}

impl Answer {
    fn of(line: Line) -> Answer {
        let status = match &line.status {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match (status, line.body) {
            (Some(200.0), Value::String(body)) => Answer::Body(body),
            (Some(200.0), _) => Answer::Body(String::new()),
            (Some(304.0), _) => Answer::NotModified,
            (Some(status), _) if status > 0.0 => Answer::Nothing(format!("the server answered {status}")),
            (Some(_) | None, _) => Answer::Nothing("there was no answer".to_owned()),
        }
    }
}

#[derive(Serialize)]
struct Change {
    at: i64,
    blocked: Vec<Date>,
    freed: Vec<Date>,
    /// Nights that wait after this poll.
    held_back: i64,
    reason: String,
}

#[derive(Default, Serialize)]
struct Summary {
    provider: String,
    polls: u64,
    good: u64,
    failed: u64,
    bad_lines: u64,
    blocked_nights: i64,
    freed_nights: i64,
    /// Nights that were ever held back, each as often as it went missing.
    held_back_nights: i64,
    /// Of those, how many the feed had again before they were freed.
    returned_nights: i64,
    /// Nights that wait at the end.
    still_held_back: i64,
}

pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let summary = replay(options, &mut out)?;
    out.flush()?;
    let is_no_log = summary.bad_lines > 0 && summary.bad_lines == summary.polls;
    Ok(if is_no_log { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A line that is no poll is named, and counts as one that failed: nobody knows what stood there.
fn replay(options: &Options, out: &mut impl Write) -> anyhow::Result<Summary> {
    let mut log = input_file::open(&options.log)?;
    let mut run = Run::new(options);
    let mut number = 0u64;
    loop {
        number += 1;
        let place = || format!("line {number} of {} cannot be read", shown(&options.log));
        let Some(line) = input_file::next_line(&mut *log).with_context(place)? else { break };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let (at, answer) = run.parse(&line).unwrap_or_else(|reason| {
            eprintln!("conserje: line {number} counts as a failed poll: {reason}");
            run.summary.bad_lines += 1;
            (run.latest, Answer::Nothing(format!("line {number} of the log is no poll")))
        });
        // Before the first poll there is no time that it could have.
        if let Some(change) = run.take(at, &answer)
            && at > Timestamp::MIN
        {
            write_line(out, &change)?;
        }
    }
    let summary = run.finish();
    write_line(out, &serde_json::json!({ "summary": summary }))?;
    Ok(summary)
}

/// Parts of a second change nothing.
fn whole_seconds(at: f64) -> Option<Timestamp> {
    let seconds = at.floor();
    let in_range = (-1e11..1e12).contains(&seconds);
    in_range.then(|| Timestamp::from_second(seconds as i64).ok())?
}

fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}

struct Run<'o> {
    zone: &'o TimeZone,
    provider: Option<Provider>,
    rules: WaitingRules,
    state: Followed,
    latest: Timestamp,
    /// Whether the last body that came was a whole calendar: a 304 after it says the same again.
    body: LastBody,
    summary: Summary,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LastBody {
    Read,
    Refused,
}

impl<'o> Run<'o> {
    fn new(options: &'o Options) -> Self {
        Run {
            zone: &options.timezone,
            provider: options.provider,
            rules: WaitingRules::default(),
            state: Followed::default(),
            latest: Timestamp::MIN,
            body: LastBody::Read,
            summary: Summary::default(),
        }
    }

    fn parse(&mut self, line: &[u8]) -> Result<(Timestamp, Answer), String> {
        let line: Line = serde_json::from_slice(line)
            .map_err(|error| format!("it is not {{\"at\",\"status\",\"body\"}} ({error})"))?;
        let at = whole_seconds(line.at).ok_or("its \"at\" is in no year")?;
        if at < self.latest {
            return Err("it is earlier than the poll before it".to_owned());
        }
        self.latest = at;
        Ok((at, Answer::of(line)))
    }

    fn take(&mut self, at: Timestamp, answer: &Answer) -> Option<Change> {
        let before = std::mem::take(&mut self.state);
        let (feed, failure) = match answer {
            Answer::Body(body) => match self.read(body, at) {
                Ok(feed) => (Some(feed), None),
                Err(error) => (None, Some(error.to_string())),
            },
            Answer::NotModified if self.body == LastBody::Read => (None, None),
            Answer::NotModified => {
                (None, Some("nothing changed since an answer that is no calendar".to_owned()))
            }
            Answer::Nothing(reason) => (None, Some(reason.clone())),
        };
        let poll = match (&feed, &failure) {
            (Some(feed), _) => Poll::Read(feed),
            (None, None) => Poll::NotModified,
            (None, Some(_)) => Poll::Failed,
        };
        let provider = self.provider.unwrap_or(Provider::Other);
        let terms = Terms { provider, zone: self.zone, rules: &self.rules };
        let step = follow(&before, poll, at, &terms);
        self.count(&step);
        let change = replay_reasons::reason(&before, &step, failure.as_deref()).map(|reason| Change {
            at: at.as_second(),
            blocked: step.blocked.nights().collect(),
            freed: step.freed_nights().nights().collect(),
            held_back: step.state.held_back_nights().len(),
            reason,
        });
        self.state = step.state;
        change
    }

    fn read(&mut self, body: &str, at: Timestamp) -> Result<Feed, ical::ReadError> {
        let limits = ReadLimits::around(self.zone.to_datetime(at).date());
        let read = ical::read(body.as_bytes(), self.zone, &limits);
        self.body = if read.is_ok() { LastBody::Read } else { LastBody::Refused };
        if let (Ok(feed), None) = (&read, self.provider) {
            self.provider = Some(Provider::of(feed));
        }
        read
    }

    fn count(&mut self, step: &Step<'_>) {
        let summary = &mut self.summary;
        summary.polls += 1;
        if step.state.failures == 0 {
            summary.good += 1;
        } else {
            summary.failed += 1;
        }
        summary.blocked_nights += step.blocked.len();
        summary.freed_nights += step.freed_nights().len();
        summary.held_back_nights += step.held_back.len();
        summary.returned_nights += step.returned.len();
    }

    fn finish(self) -> Summary {
        let provider = self.provider.unwrap_or(Provider::Other).to_string();
        Summary { provider, still_held_back: self.state.held_back_nights().len(), ..self.summary }
    }
}
