//! `conserje calendar log`: what a calendar answered, in a form that `replay` takes.

use simulators::calendars::Platform;

use super::two_cabins_with_feeds::House;
use crate::support::temp_folder::Folder;

/// A support question: what the calendar answered is gone through again.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_calendar_answered_can_be_replayed() {
    House::each(async |house| {
        let listing = house.listing("sauce", "airbnb", Platform::Airbnb).await;
        house.calendar(&["sync"]).await;
        house.book(&listing, 20);
        house.calendar(&["sync"]).await;
        let feeds = calendars::list_feeds(&house.app, None).await.expect("feeds");
        let log = house.calendar(&["log", &feeds[0].feed.id]).await;
        assert_eq!((log.code, log.out.lines().count()), (Some(0), 2), "{}{}", log.out, log.errors);
        let folder = Folder::new();
        let path = folder.path().join("polls.jsonl");
        std::fs::write(&path, &log.out).expect("a file");
        let path = path.to_str().expect("a path");
        let replayed = house.calendar(&["replay", path, "--provider", "airbnb"]).await;
        let last = replayed.out.lines().last().expect("a summary");
        let last: serde_json::Value = serde_json::from_str(last).expect("JSON");
        assert_eq!((last["summary"]["polls"].as_u64(), last["summary"]["good"].as_u64()), (Some(2), Some(2)));
        let unknown = house.calendar(&["log", "none"]).await;
        assert_eq!(unknown.code, Some(1));
        assert!(unknown.errors.contains("no calendar with the id none"), "{}", unknown.errors);
    })
    .await;
}
