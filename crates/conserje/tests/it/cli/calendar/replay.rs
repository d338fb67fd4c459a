//! `conserje calendar replay`: logs of polls gone through again.

use std::{io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::calendar;
use crate::support::{
    run_command::{Ended, run, run_with_input},
    temp_folder::Folder,
};

const BOTH: [(&str, &str); 2] = [("20270105", "20270108"), ("20270201", "20270221")];

/// From 1 January 2027, 12:00 UTC on.
fn poll(minutes: i64, status: u16, body: Option<&str>) -> String {
    let at = 1_798_804_800 + 60 * minutes;
    match body {
        Some(body) => json!({ "at": at, "status": status, "body": body }).to_string(),
        None => json!({ "at": at, "status": status }).to_string(),
    }
}

/// One of two stays is cancelled; there are a failure, a page and a 304 on the way.
fn log() -> Vec<String> {
    let both = calendar(&BOTH);
    let one = calendar(&BOTH[1..]).replace("0-2027", "1-2027");
    vec![
        poll(0, 200, Some(&both)),
        poll(5, 304, None),
        poll(10, 200, Some(&one)),
        poll(15, 304, None),
        poll(20, 500, None),
        poll(21, 200, Some("<html>Please log in</html>")),
        poll(22, 304, None),
        poll(25, 200, Some(&one)),
        poll(30, 304, None),
    ]
}

fn lines(ended: &Ended) -> Vec<Value> {
    ended.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

async fn replay(folder: &Path, log: &str, more: &[&str]) -> Ended {
    run(folder, &[], &[&["calendar", "replay", log][..], more].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_says_what_was_blocked_and_freed_and_why() {
    let folder = Folder::new();
    std::fs::write(folder.join("log"), log().join("\n")).expect("a file");
    let ended = replay(folder.path(), "log", &[]).await;
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let lines = lines(&ended);
    let at: Vec<i64> =
        lines.iter().filter_map(|line| line["at"].as_i64()).map(|at| (at - 1_798_804_800) / 60).collect();
    assert_eq!(at, [0, 10, 20, 25]);
    assert_eq!(lines[0]["blocked"].as_array().map(Vec::len), Some(23));
    assert_eq!(lines[0]["blocked"][0], "2027-01-05");
    assert_eq!((&lines[1]["held_back"], &lines[1]["freed"]), (&json!(3), &json!([])));
    assert!(lines[2]["reason"].as_str().is_some_and(|reason| reason.contains("the server answered 500")));
    assert_eq!(lines[3]["freed"], json!(["2027-01-05", "2027-01-06", "2027-01-07"]));
    assert_eq!(lines[3]["held_back"], 0);
    let expected = json!({ "summary": {
        "provider": "vrbo", "polls": 9, "good": 6, "failed": 3, "bad_lines": 0, "blocked_nights": 23,
        "freed_nights": 3, "held_back_nights": 3, "returned_nights": 0, "still_held_back": 0,
    } });
    assert_eq!(lines[4], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packed_log_and_one_on_standard_input_are_the_same() {
    let folder = Folder::new();
    let text = log().join("\n");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text.as_bytes()).expect("memory");
    // The name says nothing: the bytes do.
    std::fs::write(folder.join("log"), packed.finish().expect("memory")).expect("a file");
    let more = ["--provider", "vrbo", "--timezone", "Europe/Rome"];
    let from_file = replay(folder.path(), "log", &more).await;
    let arguments = [&["calendar", "replay", "-"][..], &more].concat();
    let from_input = run_with_input(folder.path(), &arguments, &text).await;
    assert_eq!(from_file.code, Some(0), "{}", from_file.errors);
    assert_eq!(from_file.out, from_input.out);
    assert_eq!(lines(&from_file).len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_are_no_polls_are_named_and_count_as_failed() {
    let folder = Folder::new();
    let mut log = log();
    log.insert(0, "[]".to_owned());
    log.insert(2, "not a poll".to_owned());
    log.insert(4, String::new());
    log.insert(5, poll(1, 200, Some("earlier")));
    std::fs::write(folder.join("log"), log.join("\r\n")).expect("a file");
    let ended = replay(folder.path(), "log", &[]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let errors: Vec<&str> = ended.errors.lines().collect();
    assert!(errors[0].contains("line 1 counts as a failed poll: it is not"), "{errors:?}");
    assert!(errors[1].contains("line 3 counts as a failed poll: it is not"), "{errors:?}");
    assert!(errors[2].contains("line 6 counts as a failed poll: it is earlier"), "{errors:?}");
    assert_eq!(errors.len(), 3);
    let lines = lines(&ended);
    let summary = lines.last().map(|line| &line["summary"]).expect("a summary");
    let counts = ["polls", "good", "failed", "bad_lines", "freed_nights"].map(|name| summary[name].as_i64());
    assert_eq!(counts, [12, 6, 6, 3, 3].map(Some));
    assert!(lines[0]["at"].as_i64() > Some(0), "no time is made up: {lines:?}");

    std::fs::write(folder.join("other"), "BEGIN:VCALENDAR\nEND:VCALENDAR\n").expect("a file");
    assert_eq!(replay(folder.path(), "other", &[]).await.code, Some(1), "it is no log at all");
    std::fs::write(folder.join("empty"), "").expect("a file");
    assert_eq!(replay(folder.path(), "empty", &[]).await.code, Some(0));

    let ended = replay(folder.path(), "nowhere", &[]).await;
    assert!(ended.complaint().contains("nowhere cannot be read"));
    // Arguments that make no sense.
    for more in [["--provider", "expedia"], ["--timezone", "Mars/Olympus"]] {
        let ended = replay(folder.path(), "log", &more).await;
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.errors);
    }
}

/// Loggers write what they have: no status when nobody answered, seconds with parts, a number in quotes.
#[tokio::test(flavor = "multi_thread")]
async fn polls_of_any_make() {
    let folder = Folder::new();
    let both = calendar(&BOTH);
    let start = 1_798_804_800;
    let log = [
        json!({ "at": start as f64 + 0.25, "status": 200, "body": both }),
        json!({ "at": start + 300, "status": null }),
        json!({ "at": start + 600, "status": -1, "body": null }),
        json!({ "at": start + 900 }),
        json!({ "at": start + 1_200, "status": 200, "body": null }),
        json!({ "at": start + 1_500, "status": "200", "body": both }),
        json!({ "at": start as f64 + 1_800.5, "status": 304.0 }),
        json!({ "at": start + 2_100, "status": "timeout" }),
    ];
    std::fs::write(folder.join("log"), log.map(|line| line.to_string()).join("\n")).expect("a file");
    let ended = replay(folder.path(), "log", &[]).await;
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let lines = lines(&ended);
    assert_eq!(lines[0]["at"], json!(start));
    let reason = lines[1]["reason"].as_str().unwrap_or_default();
    assert_eq!(reason, "the poll failed, every night stays as it is: there was no answer");
    let summary = lines.last().map(|line| &line["summary"]).expect("a summary");
    let counts = ["polls", "good", "failed", "bad_lines"].map(|name| summary[name].as_i64());
    assert_eq!(counts, [8, 3, 5, 0].map(Some));
}
