//! Simulated calendar platforms beside a desk, on the desk's clock.

use std::sync::Arc;

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use simulators::{
    Running,
    calendars::{Calendars, CalendarsConfig, CalendarsControl, NewImport, NewListing, NewStay, Platform},
};
use tokio::net::TcpListener;

use crate::desk_harness::Desk;

pub struct Platforms {
    server: Running<CalendarsControl>,
    pub control: CalendarsControl,
}

/// A listing, and the feed by which the desk reads it.
pub struct Linked {
    pub listing: String,
    pub feed: String,
}

impl Platforms {
    pub async fn start(desk: &Desk) -> Self {
        let clock = desk.test.app.clock.clone();
        let server = Calendars::start(CalendarsConfig {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            public_base_url: None,
            now: Arc::new(move || clock.now()),
            look_every: None,
        })
        .unwrap();
        let control = server.control.clone();
        Self { server, control }
    }

    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// A listing with nothing closed by the platform's own rules.
    pub fn listing(&self, platform: Platform) -> (String, String) {
        let new = NewListing { platform, name: None, id: None };
        let listing = self.control.add_listing(new).unwrap();
        let plain = |settings: &mut simulators::calendars::ListingSettings| {
            settings.advance_notice_days = 0;
            settings.booking_window_days = None;
            settings.open_until = None;
        };
        self.control.change_settings(&listing.id, plain).unwrap();
        (listing.id, listing.url)
    }

    /// A listing that the desk reads as `source`.
    pub async fn read_by(&self, desk: &Desk, cabin: &str, platform: Platform, source: &str) -> Linked {
        let (listing, url) = self.listing(platform);
        let body = json!({ "accommodation_id": cabin, "source": source, "url": url });
        let made = desk.staff(Method::POST, "/api/v1/ical/feeds", Some(body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let feed = made.json()["id"].as_str().unwrap().to_owned();
        desk.settle().await;
        Linked { listing, feed }
    }

    /// The same, and the listing reads the desk's calendar too.
    pub async fn linked(&self, desk: &Desk, cabin: &str, platform: Platform, source: &str) -> Linked {
        let linked = self.read_by(desk, cabin, platform, source).await;
        let url = desk.calendar_link(cabin, source).await;
        self.control.add_import(&linked.listing, NewImport { url, every_minutes: None }).unwrap();
        linked
    }

    pub fn book(&self, listing: &str, check_in: &str, check_out: &str) -> Result<String, String> {
        let new = NewStay {
            check_in: check_in.parse().unwrap(),
            check_out: check_out.parse().unwrap(),
            guest: "Ana".to_owned(),
            id: None,
            state: simulators::calendars::StayState::default(),
            shown_as: simulators::calendars::ShownAs::default(),
        };
        self.control.book(listing, new).map(|stay| stay.id)
    }
}

impl Desk {
    /// The address under which this reader reads a cabin's calendar.
    pub async fn calendar_link(&self, cabin: &str, reader: &str) -> String {
        let path = format!("/api/v1/accommodations/{cabin}/calendar-links");
        let made = self.staff(Method::POST, &path, Some(json!({ "reader": reader }))).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["url"].as_str().unwrap().to_owned()
    }

    /// Time passes, and the calendars that are due by then are read.
    pub async fn after_minutes(&self, minutes: i64) {
        self.test.advance(SignedDuration::from_mins(minutes));
        self.settle().await;
    }

    pub async fn feed(&self, id: &str) -> Value {
        let shown = self.staff(Method::GET, &format!("/api/v1/ical/feeds/{id}"), None).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
        shown.json()
    }

    /// Reads one calendar now.
    pub async fn sync(&self, id: &str) -> Value {
        let path = format!("/api/v1/ical/feeds/{id}/sync");
        let synced = self.staff(Method::POST, &path, None).await;
        assert_eq!(synced.status, StatusCode::OK, "{}", synced.text);
        synced.json()
    }

    pub async fn conflicts(&self) -> Vec<Value> {
        let listed = self.staff(Method::GET, "/api/v1/conflicts", None).await;
        listed.json().as_array().unwrap().clone()
    }

    pub async fn night(&self, cabin: &str, date: &str) -> String {
        let to = testkit::noun_builders::day(date).tomorrow().unwrap();
        let path = format!("/api/v1/accommodations/{cabin}/calendar?from={date}&to={to}");
        self.get(&path).await.json()["nights"][0]["status"].as_str().unwrap().to_owned()
    }
}
