//! `conserje calendar check`: calendars in words.

use super::calendar;
use crate::support::{
    run_command::{run, run_with_input},
    temp_folder::Folder,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_in_words() {
    let folder = Folder::new();
    let body = calendar(&[("20270105", "20270108"), ("20261201", "20261202"), ("20270301", "20270228")]);
    let arguments = ["calendar", "check", "-", "--today", "2027-01-01"];
    let ended = run_with_input(folder.path(), &arguments, &body).await;
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let expected = r#"provider: vrbo, written by "-//HomeAway.com, Inc.//EN"
calendar: without a name
3 stays and 0 blocks, 5 nights, 4 of them from today on (2027-01-01)
  stay   Tue 2026-12-01 to Wed 2026-12-02, 1 night, over
  stay   Tue 2027-01-05 to Fri 2027-01-08, 3 nights
  stay   Mon 2027-03-01 to Tue 2027-03-02, 1 night
repaired or passed over:
  line 16: it ends before it starts, one night is blocked
"#;
    assert_eq!(ended.out, expected, "no name of a guest stands in it");

    let closed =
        body.replace("HomeAway.com", "admin.booking.com").replace("Reserved - Luz", "CLOSED - Not available");
    let ended = run_with_input(folder.path(), &arguments, &closed).await;
    assert!(
        ended.out.contains("0 stays and 3 blocks") && ended.out.contains("a block may be a stay"),
        "{}",
        ended.out
    );

    let broken = body.replacen("DTEND;VALUE=DATE:20270108", "DTEND;VALUE=DATE:null", 1);
    let ended = run_with_input(folder.path(), &arguments, &broken).await;
    assert!(ended.out.contains("\n1 event of which not all days can be read\n"), "{}", ended.out);

    std::fs::write(folder.join("cut.ics"), &body[..body.len() - 20]).expect("a file");
    let ended = run(folder.path(), &[], &["calendar", "check", "cut.ics"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.starts_with("refused: line 21: the calendar is cut off"), "{}", ended.out);
}

/// The address is fetched as feeds are: what is private stays out of reach.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_fetched_as_feeds_are() {
    let folder = Folder::new();
    let ended = run(folder.path(), &[], &["calendar", "check", "https://127.0.0.1/a.ics"]).await;
    assert!(ended.complaint().contains("private network"), "{}", ended.complaint());
    let ended = run(folder.path(), &[], &["calendar", "check", "http://calendar.example/a.ics"]).await;
    assert!(ended.complaint().contains("https://"), "{}", ended.complaint());
}
