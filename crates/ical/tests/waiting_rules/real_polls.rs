//! Logs of real feeds, where the folder with them exists.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use ical::{ReadLimits, WaitingRules, read};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::freed_night_measures::measure;
use crate::generated_polls::Polled;

/// `fixtures/feed-logs` beside the repository: years of real feeds, poll by poll.
#[test]
fn real_feeds() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/feed-logs");
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files {
        let path = file.expect("a folder that can be listed").path();
        let measures = measure(&polls(&path), &WaitingRules::default());
        let faults = (measures.mistakes, measures.late, measures.missed);
        assert_eq!(faults, (0, 0, 0), "{}: {measures:?}", path.display());
        assert!(measures.freed > 30, "{}: {measures:?}", path.display());
    }
}

fn polls(path: &Path) -> Vec<Polled> {
    let mut text = String::new();
    let file = fs::File::open(path).expect("a file that can be read");
    GzDecoder::new(file).read_to_string(&mut text).expect("gzip");
    let mut polls: Vec<Polled> = Vec::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a poll");
        let at = Timestamp::from_second(line["at"].as_i64().expect("seconds")).expect("an instant");
        let limits = ReadLimits::around(TimeZone::UTC.to_datetime(at).date());
        let body = line["body"].as_str().unwrap_or_default();
        let feed = match line["status"].as_u64() {
            Some(200) => read(body.as_bytes(), &TimeZone::UTC, &limits).ok(),
            Some(304) => polls.last().and_then(|last| last.feed.clone()),
            _ => None,
        };
        polls.push(Polled { at, feed });
    }
    polls
}
