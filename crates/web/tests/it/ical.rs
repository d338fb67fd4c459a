//! Calendars in and out.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::desk::{Answer, Desk};

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
    let to = testkit::builders::day(date).tomorrow().unwrap();
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

#[tokio::test]
async fn our_feed_is_stable_and_never_echoes_its_reader() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        desk.hold(&cabin, "2027-02-01", "2027-02-04").await;
        import(desk, &cabin, "airbnb", &one_event("theirs", "20270301", "20270303")).await;
        let id = domain::ids::AccommodationId::new(cabin.as_str());
        let url = app::calendar::link(&desk.test.app, &id, "airbnb").await.unwrap();
        let first = desk.send(desk.http.get(&url)).await;
        assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
        assert!(!first.text.contains("20270301"), "what came from airbnb does not go back to airbnb");
        let all = app::calendar::link(&desk.test.app, &id, "all").await.unwrap();
        assert!(desk.send(desk.http.get(&all)).await.text.contains("20270301"));
        desk.test.advance(SignedDuration::from_mins(5));
        let same = desk.send(desk.http.get(&url)).await;
        assert_eq!((first.text.as_str(), first.header("etag")), (same.text.as_str(), same.header("etag")));
        let cached = desk.send(desk.http.get(&url).header("if-none-match", first.header("etag"))).await;
        assert_eq!((cached.status, cached.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        let head = desk.send(desk.http.head(&url)).await;
        assert_eq!((head.status, head.text.as_str()), (StatusCode::OK, ""));
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

/// A feed that is fetched: additions act at once, what is gone waits, what fails keeps everything.
#[tokio::test]
async fn a_fetched_feed_frees_with_patience() {
    let body = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (served, url) = serve_text(std::sync::Arc::clone(&body)).await;
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let poll = async |text: String, minutes: i64| {
            *body.lock().unwrap() = text;
            desk.test.advance(SignedDuration::from_mins(minutes));
            desk.settle().await;
            // Fetches are spread over half of the interval.
            desk.test.advance(SignedDuration::from_mins(3));
            desk.settle().await;
        };
        let many = |without: &str| {
            let uids = ["a", "b", "c", "d", "e"];
            let events = uids.iter().zip(1..).filter(|(uid, _)| **uid != without);
            calendar(
                &events
                    .map(|(uid, n)| {
                        event(uid, &format!("202702{:02}", n * 5), &format!("202702{:02}", n * 5 + 2))
                    })
                    .collect::<String>(),
            )
        };
        *body.lock().unwrap() = many("");
        let feed = json!({ "accommodation_id": cabin, "source": "airbnb", "url": url });
        assert_eq!(
            desk.staff(Method::POST, "/api/v1/ical/feeds", Some(feed)).await.status,
            StatusCode::CREATED
        );
        desk.settle().await;
        assert_eq!(night(desk, &cabin, "2027-02-10").await, "blocked");
        for broken in ["", "<html>", "BEGIN:VCALENDAR\r\n"] {
            poll(broken.to_owned(), 5).await;
            assert_eq!(night(desk, &cabin, "2027-02-10").await, "blocked", "{broken:?}");
        }
        poll(many("b"), 5).await;
        assert_eq!(night(desk, &cabin, "2027-02-10").await, "blocked", "gone for one poll");
        poll(many("b"), 16).await;
        assert_eq!(night(desk, &cabin, "2027-02-10").await, "free", "gone for the waiting time");
        poll(calendar(""), 5).await;
        poll(calendar(""), 60).await;
        assert_eq!(night(desk, &cabin, "2027-02-05").await, "blocked", "everything gone waits for hours");
        poll(many("b"), 5).await;
        poll(calendar(""), 200).await;
        assert_eq!(night(desk, &cabin, "2027-02-05").await, "blocked", "the wait begins anew");
        let health = desk.get("/api/v1/healthz").await.json();
        assert_eq!(health["status"], "healthy");
        desk.test.advance(SignedDuration::from_mins(40));
        assert_eq!(desk.get("/api/v1/healthz").await.json()["status"], "degraded", "a stale feed degrades");
        desk.settle().await;
        desk.test.advance(SignedDuration::from_mins(3));
        desk.settle().await;
    })
    .await;
    served.abort();
}

/// A provider that serves whatever the test wants.
async fn serve_text(body: std::sync::Arc<std::sync::Mutex<String>>) -> (tokio::task::JoinHandle<()>, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/calendar.ics", listener.local_addr().unwrap());
    let router = axum::Router::new()
        .route("/calendar.ics", axum::routing::get(async move || body.lock().unwrap().clone()));
    #[expect(clippy::disallowed_methods, reason = "a server of the test's own, aborted at its end")]
    let served = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (served, url)
}

#[tokio::test]
async fn feeds_need_a_sound_address() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        for url in ["ftp://x/y.ics", "javascript:alert(1)", "", "file:///etc/passwd"] {
            let feed: Value = json!({ "accommodation_id": cabin, "source": "airbnb", "url": url });
            let refused = desk.staff(Method::POST, "/api/v1/ical/feeds", Some(feed)).await;
            assert_eq!(refused.status.as_u16(), 422, "{url}");
        }
    })
    .await;
}
