//! The accommodations of these tests, and the guests who ask for them.

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use kernel::clock::Clock;
use serde_json::{Value, json};
use store::db::Db;

use super::{
    api_client::Answer,
    serve_process::{Desk, STAFF},
};

pub const HOLDS: &str = "/api/v1/reservations/pre-reserve";

/// A cabin for four; its id.
pub async fn with_cabin(desk: &Desk) -> String {
    let cabin = json!({ "name": "Cabaña del Lago", "capacity": 4, "base_price": "15000.00" });
    desk.http.post("/api/v1/accommodations", Some(STAFF), &cabin).await.expect(201).text("id")
}

/// The date so many days from today.
pub fn in_days(days: i32) -> Date {
    let today = Clock::System.now().to_zoned(TimeZone::UTC).date();
    today.checked_add(days.days()).expect("a date near today exists")
}

/// Somebody asks for nights: each `guest` is another person with another phone.
pub fn wish(cabin: &str, first: i32, nights: i32, guest: usize) -> Value {
    json!({
        "accommodation_id": cabin,
        "check_in": in_days(first),
        "check_out": in_days(first + nights),
        "guests": 2,
        "channel": "web",
        "contact_name": format!("Guest {guest}"),
        "contact_phone": phone(guest),
    })
}

pub fn phone(guest: usize) -> String {
    format!("+54935155{guest:05}")
}

pub async fn hold(desk: &Desk, wish: &Value) -> Answer {
    desk.http.post(HOLDS, None, wish).await
}

/// All at once, over connections that stand already, dealt out to the desks in turn.
pub async fn hold_at_once(desks: &[&Desk], wishes: &[Value]) -> Vec<Answer> {
    let desk_of = |place: usize| desks[place % desks.len()];
    join_all((0..wishes.len()).map(|place| desk_of(place).http.get("/api/v1/readyz", None))).await;
    join_all(wishes.iter().enumerate().map(|(place, wish)| hold(desk_of(place), wish))).await
}

/// A stay as it stands in the table.
pub struct Row {
    pub code: String,
    pub accommodation_id: String,
    pub check_in: Date,
    pub check_out: Date,
    pub status: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

pub async fn stays(db: &Db) -> Vec<Row> {
    let sql = "select code, accommodation_id, check_in, check_out, status, created_at, expires_at from stay
      order by accommodation_id, check_in, code";
    let mut session = db.read().await.expect("the test's database is read");
    let rows = session.all(sql, vec![], |row| {
        Ok(Row {
            code: row.text("code")?,
            accommodation_id: row.text("accommodation_id")?,
            check_in: row.date("check_in")?,
            check_out: row.date("check_out")?,
            status: row.text("status")?,
            created_at: row.instant("created_at")?,
            expires_at: row.opt_instant("expires_at")?,
        })
    });
    rows.await.expect("stays can be listed")
}

impl Row {
    pub fn is_live(&self) -> bool {
        matches!(self.status.as_str(), "held" | "confirmed")
    }
}

/// # Panics
/// When two live stays share a night. Read from the rows: what the constraint says of itself proves nothing.
pub fn assert_no_overlap(stays: &[Row]) {
    let live: Vec<&Row> = stays.iter().filter(|stay| stay.is_live()).collect();
    for (place, stay) in live.iter().enumerate() {
        let same_house =
            live[place + 1..].iter().filter(|other| other.accommodation_id == stay.accommodation_id);
        for other in same_house {
            let apart = stay.check_out <= other.check_in || other.check_out <= stay.check_in;
            assert!(apart, "{} and {} share a night", stay.code, other.code);
        }
    }
}

/// # Panics
/// When a hold was given longer than `minutes`: it would block its nights beyond what any guest was promised.
pub fn assert_holds_end(stays: &[Row], minutes: i64) {
    for stay in stays.iter().filter(|stay| stay.status == "held") {
        let until = stay.expires_at.expect("a held stay has an end");
        assert!(until <= stay.created_at + SignedDuration::from_mins(minutes), "{} ends too late", stay.code);
    }
}
