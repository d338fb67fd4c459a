//! Busy nights of other calendars that could be read as free, through the API. The rules are a table in
//! `docs/calendars.md`.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    calendar_export_and_import::calendar,
    calendar_host::CalendarHost,
    desk_harness::{Answer, Desk},
};

fn days(uid: &str, from: &str, to: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;VALUE=DATE:{from}\r\nDTEND;VALUE=DATE:{to}\r\n{more}\r\nEND:VEVENT\r\n"
    )
}

async fn import(desk: &Desk, cabin: &str, source: &str, text: &str) -> Answer {
    let body = json!({ "accommodation_id": cabin, "source": source, "ical_text": text });
    desk.staff(Method::POST, "/api/v1/ical/import", Some(body)).await
}

async fn edit(desk: &Desk, feed: &str, body: Value) -> Value {
    let path = format!("/api/v1/ical/feeds/{feed}");
    let edited = desk.staff(Method::PATCH, &path, Some(body)).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.text);
    desk.settle().await;
    desk.feed(feed).await
}

/// A personal calendar: days that are marked as free block; what may be nobody's stay is named, and left out by a switch.
#[tokio::test]
async fn whole_days_block_until_the_host_leaves_them_out() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let events = [
            days("a", "20270310", "20270314", "SUMMARY:Reservado Ana\r\nTRANSP:TRANSPARENT"),
            days("b", "20270320", "20270321", "SUMMARY:Cumpleaños de Luz\r\nRRULE:FREQ=YEARLY;COUNT=1"),
            days("c", "20270324", "20270325", "SUMMARY:Día de la Memoria, feriado\r\nTRANSP:TRANSPARENT"),
            days("d", "20270401", "20270402", "STATUS:CANCELLED"),
        ];
        let host = CalendarHost::start(desk, &calendar(&events.concat())).await;
        let made = host.register(desk, &cabin, "google", json!({})).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let made = made.json();
        let named: Vec<_> = made["reading"]["personal_days"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (one["from"].as_str().unwrap(), one["kind"].as_str().unwrap(), one["words"].as_str().unwrap())
            })
            .collect();
        assert_eq!(
            named,
            [
                ("2027-03-10", "marked_free", "Reservado Ana"),
                ("2027-03-20", "birthdays", "Cumpleaños de Luz"),
                ("2027-03-24", "holidays", "Día de la Memoria, feriado"),
            ]
        );
        for day in ["2027-03-10", "2027-03-13", "2027-03-20", "2027-03-24"] {
            assert_eq!(desk.night(&cabin, day).await, "blocked", "{day}");
        }
        let feed = made["id"].as_str().unwrap();
        let counts = |shown: &Value| {
            ["marked_free", "birthdays", "holidays", "left_out", "cancelled"]
                .map(|name| shown["counts"][name].as_u64().unwrap())
        };
        assert_eq!(counts(&desk.feed(feed).await), [1, 1, 1, 0, 1]);
        desk.after_minutes(7).await;
        assert_eq!(
            counts(&desk.feed(feed).await),
            [1, 1, 1, 0, 1],
            "a reading that brings nothing new forgets nothing"
        );

        let shown = edit(desk, feed, json!({ "leave_out": ["birthdays", "holidays"] })).await;
        assert_eq!(shown["leave_out"], json!(["birthdays", "holidays"]));
        assert_eq!(counts(&shown), [1, 1, 1, 2, 1]);
        assert_eq!(desk.night(&cabin, "2027-03-20").await, "free", "the host said so: nothing waits");
        assert_eq!(desk.night(&cabin, "2027-03-24").await, "free");
        assert_eq!(desk.night(&cabin, "2027-03-10").await, "blocked");
        assert_eq!(desk.feed(feed).await["held_back"], json!([]));
        let shown = edit(desk, feed, json!({ "leave_out": [] })).await;
        assert_eq!((shown["leave_out"].clone(), counts(&shown)[3]), (json!([]), 0));
        assert_eq!(desk.night(&cabin, "2027-03-20").await, "blocked");
        let odd = desk
            .staff(
                Method::PATCH,
                &format!("/api/v1/ical/feeds/{feed}"),
                Some(json!({ "leave_out": ["stays"] })),
            )
            .await;
        assert_eq!((odd.status.as_u16(), odd.code().as_str()), (422, "invalid_request"));

        // At the registration too.
        let other = desk.cabin("La Piedra").await;
        let made = host.register(desk, &other, "google", json!({ "leave_out": ["marked_free"] })).await;
        assert_eq!(made.json()["reading"]["personal_days"][0]["left_out"], true, "{}", made.text);
        assert_eq!(desk.night(&other, "2027-03-10").await, "free");
        assert_eq!(desk.night(&other, "2027-03-20").await, "blocked");
    })
    .await;
}

/// What the switch frees is what it names: a stay that went at the same time waits as ever.
#[tokio::test]
async fn a_switch_frees_no_stay_that_went_meanwhile() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let birthday = days("b", "20270320", "20270321", "SUMMARY:Cumpleaños de Luz");
        let stay = days("s", "20270320", "20270323", "SUMMARY:Paz");
        let other = days("o", "20270401", "20270420", "SUMMARY:Sosa");
        let host = CalendarHost::start(desk, &calendar(&format!("{birthday}{stay}{other}"))).await;
        let made = host.register(desk, &cabin, "google", json!({})).await.json();
        host.says(&calendar(&format!("{birthday}{other}")));
        edit(desk, made["id"].as_str().unwrap(), json!({ "leave_out": ["birthdays"] })).await;
        for day in ["2027-03-20", "2027-03-22"] {
            assert_eq!(desk.night(&cabin, day).await, "blocked", "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn lists_of_busy_time_are_read_and_what_cannot_be_read_is_told() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let busy = "BEGIN:VFREEBUSY\r\nUID:fb\r\nFREEBUSY;FBTYPE=BUSY:20270310T170000Z/20270314T130000Z,\
                    20270320T170000Z/P2D\r\nFREEBUSY;FBTYPE=FREE:20270325T000000Z/20270326T000000Z\r\nEND:VFREEBUSY\r\n";
        let imported = import(desk, &cabin, "manager", &calendar(busy)).await.json();
        assert_eq!(imported["created"], 2, "{imported}");
        for (day, state) in
            [("2027-03-10", "blocked"), ("2027-03-13", "blocked"), ("2027-03-21", "blocked"), ("2027-03-25", "free")]
        {
            assert_eq!(desk.night(&cabin, day).await, state, "{day}");
        }
        assert_eq!(desk.waiting().await, Vec::<String>::new());
        let hours = "BEGIN:VAVAILABILITY\r\nUID:av\r\nDTSTART:20270310T000000Z\r\nBEGIN:AVAILABLE\r\nUID:x\r\n\
                     DTSTART:20270310T120000Z\r\nDTEND:20270310T140000Z\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\n";
        import(desk, &cabin, "other-manager", &calendar(hours)).await;
        assert_eq!(desk.waiting().await, ["calendar_unreadable"], "never empty and healthy");
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn midnights_of_another_clock_are_whole_days() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        desk.hold(&cabin, "2027-03-08", "2027-03-10").await;
        let text = calendar(
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270310T000000Z\r\nDTEND:20270314T000000Z\r\nSUMMARY:Booking\r\nEND:VEVENT\r\n",
        );
        assert_eq!(import(desk, &cabin, "manager", &text).await.json()["clashes"], 0);
        for (day, state) in [("2027-03-09", "held"), ("2027-03-10", "blocked"), ("2027-03-13", "blocked"), ("2027-03-14", "free")] {
            assert_eq!(desk.night(&cabin, day).await, state, "{day}");
        }
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn an_indented_calendar_is_refused_with_the_reason() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let whole = calendar(&days("a", "20270310", "20270314", "SUMMARY:Paz"));
        let indented: String = whole.lines().map(|line| format!("    {line}\r\n")).collect();
        let refused = import(desk, &cabin, "manager", &indented).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "invalid_calendar"));
        assert!(refused.text.contains("the calendar is indented"), "{}", refused.text);
    })
    .await;
}
