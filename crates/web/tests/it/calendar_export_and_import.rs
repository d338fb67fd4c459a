//! Calendar texts that are handed in, and ours for others.

use calendars::Taking;
use jiff::SignedDuration;
use kernel::App;
use kernel::rng::Rng;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::desk_harness::{Answer, Desk};

pub fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{events}END:VCALENDAR\r\n")
}

pub fn event(uid: &str, from: &str, to: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{from}\r\n\
         DTEND;VALUE=DATE:{to}\r\nSUMMARY:Reserved\r\nEND:VEVENT\r\n"
    )
}

pub fn one_event(uid: &str, from: &str, to: &str) -> String {
    calendar(&event(uid, from, to))
}

async fn import(desk: &Desk, cabin: &str, source: &str, text: &str) -> Answer {
    let body = json!({ "accommodation_id": cabin, "source": source, "ical_text": text });
    desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await
}

async fn night(desk: &Desk, cabin: &str, date: &str) -> String {
    let to = testkit::noun_builders::day(date).tomorrow().unwrap();
    let shown = desk.get(&format!("/api/v1/accommodations/{cabin}/calendar?from={date}&to={to}")).await;
    shown.json()["nights"][0]["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn blocks_keep_nights_from_being_sold_and_follow_their_feed() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let two = calendar(&(event("abc", "20270201", "20270204") + &event("abcd2", "20270210", "20270212")));
        assert_eq!(import(desk, &cabin, "airbnb", &two).await.json()["created"], 2);
        let again = import(desk, &cabin, "airbnb", &two).await.json();
        assert_eq!((again["created"].as_u64(), again["updated"].as_u64()), (Some(0), Some(0)));
        assert_eq!(desk.hold(&cabin, "2027-02-03", "2027-02-05").await.code(), "date_overlap");
        assert_eq!(desk.hold(&cabin, "2027-02-04", "2027-02-05").await.status, StatusCode::CREATED);
        // One moves, the other goes. The same UID in another feed is another block.
        let moved = import(desk, &cabin, "airbnb", &one_event("abc", "20270301", "20270304")).await.json();
        assert_eq!((moved["updated"].as_u64(), moved["removed"].as_u64()), (Some(1), Some(1)));
        assert_eq!(moved["held_back"], 5, "all that was known would be free");
        assert_eq!(night(desk, &cabin, "2027-02-10").await, "blocked");
        let confirmed = json!({ "accommodation_id": cabin, "source": "airbnb", "confirm": true,
            "ical_text": one_event("abc", "20270301", "20270304") });
        let freed = desk.staff(Method::POST, "/api/v1/ical/import", Some(confirmed)).await;
        assert_eq!(freed.json()["held_back"], 0, "{}", freed.text);
        assert_eq!(import(desk, &cabin, "booking", &one_event("abc", "20270401", "20270402")).await.json()["created"], 1);
        for (date, state) in
            [("2027-02-01", "free"), ("2027-02-10", "free"), ("2027-03-03", "blocked"), ("2027-04-01", "blocked")]
        {
            assert_eq!(night(desk, &cabin, date).await, state, "{date}");
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn timed_events_and_odd_bodies() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let timed = "BEGIN:VEVENT\r\nUID:t\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270205T180000Z\r\n\
                     DTEND:20270207T130000Z\r\nEND:VEVENT\r\n";
        assert_eq!(import(desk, &cabin, "google", &calendar(timed)).await.status, StatusCode::OK);
        for (date, state) in [("2027-02-05", "blocked"), ("2027-02-06", "blocked"), ("2027-02-07", "free")] {
            assert_eq!(night(desk, &cabin, date).await, state, "{date}");
        }
        let whole = one_event("x", "20270301", "20270302");
        for broken in ["", "<html>login</html>", "{\"code\":500}", &whole[..whole.len() - 20]] {
            let refused = import(desk, &cabin, "google", broken).await;
            assert_eq!(
                (refused.status.as_u16(), refused.code().as_str()),
                (422, "invalid_calendar"),
                "{broken:?}"
            );
        }
        assert_eq!(night(desk, &cabin, "2027-02-05").await, "blocked", "a refused body frees nothing");
        let public = json!({ "accommodation_id": cabin, "source": "x", "ical_text": whole });
        assert_eq!(desk.post("/api/v1/ical/import", public).await.status.as_u16(), 401);
        assert_eq!(import(desk, "nope", "x", &whole).await.code(), "accommodation_not_found");
    })
    .await;
}

#[tokio::test]
async fn a_clash_with_a_stay_is_kept_and_shown() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-02-01", "2027-02-04").await.json();
        let imported =
            import(desk, &cabin, "airbnb", &one_event("theirs", "20270203", "20270206")).await.json();
        assert_eq!(imported["clashes"], 1);
        assert_eq!(desk.waiting().await, ["calendar_clash"]);
        assert_eq!(desk.status_of(held["code"].as_str().unwrap()).await, "held");
        assert_eq!(night(desk, &cabin, "2027-02-05").await, "blocked");
        let again = import(desk, &cabin, "airbnb", &one_event("theirs", "20270203", "20270206")).await.json();
        assert_eq!(again["clashes"], 0, "told once");
        desk.settle().await;
    })
    .await;
}

/// A text that frees little is believed at once, one that frees much waits unless it says that it is meant so.
#[tokio::test]
async fn a_posted_text_does_not_free_everything_by_mistake() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let days = |n: u32| (format!("202703{:02}", n * 3), format!("202703{:02}", n * 3 + 2));
        let all_but = |missing: u32| {
            let events = (1..=8).filter(|n| *n != missing).map(|n| {
                let (from, to) = days(n);
                event(&format!("u{n}"), &from, &to)
            });
            calendar(&events.collect::<String>())
        };
        import(desk, &cabin, "airbnb", &all_but(0)).await;
        let one_less = import(desk, &cabin, "airbnb", &all_but(1)).await.json();
        assert_eq!((one_less["removed"].as_u64(), one_less["held_back"].as_u64()), (Some(1), Some(0)));
        assert_eq!(night(desk, &cabin, "2027-03-03").await, "free", "one of eight");

        let empty = import(desk, &cabin, "airbnb", &calendar("")).await.json();
        assert_eq!(empty["held_back"], 14);
        assert_eq!(night(desk, &cabin, "2027-03-06").await, "blocked");
        assert_eq!(desk.waiting().await, ["calendar_shrunk"]);
        let body = json!({ "accommodation_id": cabin, "source": "airbnb", "ical_text": calendar(""), "confirm": true });
        let meant = desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await.json();
        assert_eq!(meant["held_back"], 0);
        assert_eq!(night(desk, &cabin, "2027-03-06").await, "free");
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        desk.settle().await;
    })
    .await;
}

/// Our own words under our own names, in whatever calendar they stand.
#[tokio::test]
async fn our_events_come_back_without_becoming_blocks() {
    Desk::each(async |desk| {
        let (cabin, other) = (desk.cabin("El Sauce").await, desk.cabin("La Piedra").await);
        desk.hold(&cabin, "2027-02-01", "2027-02-04").await;
        import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270303")).await;
        let ours = desk.send(desk.http.get(&desk.calendar_link(&cabin, "mine").await)).await.text;
        assert!(ours.contains("20270201") && ours.contains("20270301"));
        assert_eq!(import(desk, &cabin, "mine", &ours).await.json()["created"], 0);
        assert_eq!(desk.conflicts().await, Vec::<Value>::new());
        // Two units may read each other on purpose.
        assert_eq!(import(desk, &other, "mine", &ours).await.json()["created"], 2);
        assert_eq!(night(desk, &other, "2027-02-01").await, "blocked");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn our_feed_is_stable_and_never_echoes_its_reader() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        desk.hold(&cabin, "2027-02-01", "2027-02-04").await;
        import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270303")).await;
        let id = domain::ids::AccommodationId::new(cabin.as_str());
        let url = calendars::link(&desk.test.app, &id, "airbnb").await.unwrap();
        let first = desk.send(desk.http.get(&url)).await;
        assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
        assert!(!first.text.contains("20270301"), "what came from airbnb does not go back to airbnb");
        let all = calendars::link(&desk.test.app, &id, "all").await.unwrap();
        assert!(desk.send(desk.http.get(&all)).await.text.contains("20270301"));
        desk.test.advance(SignedDuration::from_mins(5));
        let same = desk.send(desk.http.get(&url)).await;
        assert_eq!((first.text.as_str(), first.header("etag")), (same.text.as_str(), same.header("etag")));
        let cached = desk.send(desk.http.get(&url).header("if-none-match", first.header("etag"))).await;
        assert_eq!((cached.status, cached.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        let modified = first.header("last-modified");
        assert_eq!(modified, "Fri, 01 Jan 2027 12:00:00 GMT");
        for (since, status) in [
            (modified, StatusCode::NOT_MODIFIED),
            ("Fri, 01 Jan 2027 11:59:59 GMT", StatusCode::OK),
            ("yesterday", StatusCode::OK),
        ] {
            let since_then = desk.send(desk.http.get(&url).header("if-modified-since", since)).await;
            assert_eq!(since_then.status, status, "{since}");
        }
        assert_eq!(first.header("cache-control"), "private, max-age=300");
        let head = desk.send(desk.http.head(&url)).await;
        assert_eq!((head.status, head.text.as_str()), (StatusCode::OK, ""));
        assert_eq!((head.header("etag"), head.header("last-modified")), (first.header("etag"), modified));
        for wrong in ["/api/v1/ical/export/wrong.ics", "/api/v1/ical/export/wrong"] {
            assert_eq!(desk.get(wrong).await.status, StatusCode::NOT_FOUND);
        }
        let path = format!("/api/v1/accommodations/{cabin}");
        desk.staff(Method::PATCH, &path, Some(json!({ "active": false }))).await;
        assert_eq!(desk.send(desk.http.get(&url)).await.status, StatusCode::NOT_FOUND);
        desk.settle().await;
    })
    .await;
}

/// SEQUENCE and LAST-MODIFIED move with every change, ETag and Last-Modified with them.
#[tokio::test]
async fn each_change_is_seen_by_every_reader() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-02-01", "2027-02-04").await.json();
        let code = held["code"].as_str().unwrap();
        import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270303")).await;
        let url = desk.calendar_link(&cabin, "booking").await;
        let mut before = desk.send(desk.http.get(&url)).await;
        let lines = |text: &str, name: &str| {
            text.lines().filter_map(|line| line.strip_prefix(name)).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(lines(&before.text, "SEQUENCE:"), ["0", "0"]);
        desk.test.advance(SignedDuration::from_mins(1));
        let path = format!("/api/v1/reservations/{code}");
        desk.staff(Method::POST, &format!("{path}/confirm"), None).await;
        let dates = json!({ "check_in": "2027-02-01", "check_out": "2027-02-05" });
        for (change, sequences, minute) in
            [("nothing", ["1", "0"], "1201"), ("dates", ["2", "0"], "1202"), ("block", ["2", "1"], "1202")]
        {
            if change != "nothing" {
                desk.test.advance(SignedDuration::from_mins(1));
            }
            match change {
                "dates" => {
                    let changed =
                        desk.staff(Method::POST, &format!("{path}/dates"), Some(dates.clone())).await;
                    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
                }
                "block" => {
                    import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270304")).await;
                }
                _ => {}
            }
            let after = desk.send(desk.http.get(&url).header("if-none-match", before.header("etag"))).await;
            assert_eq!(after.status, StatusCode::OK, "{change}");
            assert_ne!(after.header("last-modified"), before.header("last-modified"), "{change}");
            assert_eq!(lines(&after.text, "SEQUENCE:"), sequences, "{change}");
            assert_eq!(lines(&after.text, "LAST-MODIFIED:20270101T")[0], format!("{minute}00Z"), "{change}");
            before = after;
        }
        // Cancelled: the event is gone.
        desk.staff(Method::POST, &format!("{path}/cancel"), None).await;
        assert!(!desk.send(desk.http.get(&url)).await.text.contains("20270201"));
        desk.settle().await;
    })
    .await;
}

/// Nothing is remembered between two readings, so there is nothing that could be stale: whichever process is asked, and
/// whichever changed something.
#[tokio::test]
async fn every_process_gives_the_same_tag_and_none_is_behind() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let here = &desk.test.app;
        let there = app::build(desk.test.config.clone(), here.clock.clone(), Rng::seeded(2)).await.unwrap();
        let url = desk.calendar_link(&cabin, "booking").await;
        let token = url.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
        let tag = async |app: &App| {
            let shown = calendars::export(app, &token, Taking::Calendar).await.unwrap().unwrap();
            (shown.etag.clone(), shown.modified_at, shown.text())
        };
        let mut seen = vec![tag(here).await];
        assert_eq!(tag(&there).await, seen[0]);
        let changed = async |seen: &mut Vec<_>, what: &str| {
            let (one, other) = (tag(&there).await, tag(here).await);
            assert_eq!(one, other, "{what}");
            let before: &(String, jiff::Timestamp, String) = seen.last().unwrap();
            assert!(one.0 != before.0 && one.2 != before.2, "{what}: {one:?}");
            assert_eq!(one.1, here.now(), "{what}");
            seen.push(one);
        };
        let minute = || desk.test.advance(SignedDuration::from_mins(1));

        minute();
        desk.hold(&cabin, "2027-02-01", "2027-02-04").await;
        changed(&mut seen, "a hold").await;
        minute();
        import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270303")).await;
        changed(&mut seen, "a block").await;
        minute();
        let path = format!("/api/v1/accommodations/{cabin}");
        desk.staff(Method::PATCH, &path, Some(json!({ "name": "El Molle" }))).await;
        changed(&mut seen, "the name").await;
        // Nobody writes anything: the time of the hold is over, and its nights are free.
        desk.test.advance(SignedDuration::from_hours(2));
        changed(&mut seen, "the end of a hold").await;
        let tags: std::collections::HashSet<_> = seen.iter().map(|(tag, ..)| tag).collect();
        assert_eq!(tags.len(), seen.len());
        there.db.close().await;
        desk.settle().await;
    })
    .await;
}
