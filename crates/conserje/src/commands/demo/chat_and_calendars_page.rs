//! The page with the calendars and the chat: what a host and a guest would see, side by side.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse},
    routing::{get, post},
};
use calendars::Blocked;
use domain::{accommodation::Accommodation, night_calendar::NightState, period::Period, staff::Who};
use jiff::{Timestamp, ToSpan, civil::Date};
use kernel::App;
use kernel::staff_tasks;
use serde::{Deserialize, Serialize};
use simulators::{WhatsAppControl, whatsapp::Entry};
use stays::accommodations;

/// The guest whose phone the page shows.
pub(super) const PHONE: &str = "5493515550199";
/// Calendars show the months from this one on.
const MONTHS: i32 = 3;

#[derive(Clone)]
struct Demo {
    app: Arc<App>,
    whatsapp: WhatsAppControl,
}

pub fn router(app: Arc<App>, whatsapp: WhatsAppControl) -> Router {
    Router::new()
        .route("/", get(show_page))
        .route(
            "/demo/demo.css",
            get(|| async { file("text/css", include_str!("../../../../../static/demo.css")) }),
        )
        .route(
            "/demo/demo.js",
            get(|| async { file("text/javascript", include_str!("../../../../../static/demo.js")) }),
        )
        .route("/demo/photos/{name}", get(show_photo))
        .route("/demo/calendars", get(list_calendars))
        .route("/demo/chat", get(show_chat).post(write_to_desk))
        .route("/demo/hand-back", post(hand_back))
        .with_state(Demo { app, whatsapp })
}

async fn show_page() -> Html<&'static str> {
    Html(include_str!("../../../../../static/demo.html"))
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))], text)
}

async fn show_photo(Path(name): Path<String>) -> impl IntoResponse {
    let picture = match name.as_str() {
        "sauce.svg" => include_str!("../../../../../static/sauce.svg"),
        "piedra.svg" => include_str!("../../../../../static/piedra.svg"),
        "talas.svg" => include_str!("../../../../../static/talas.svg"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response()
}

#[derive(Serialize)]
struct Cabin {
    id: String,
    name: String,
    description: String,
    photo: Option<String>,
    capacity: u16,
    base_price: String,
    currency: String,
    nights: Vec<Night>,
}

#[derive(Serialize)]
struct Night {
    date: Date,
    state: NightState,
    /// Whose calendar blocks it, and why it still does when that calendar has it no more.
    why: Option<String>,
}

#[derive(Serialize)]
struct Calendars {
    today: Date,
    cabins: Vec<Cabin>,
}

async fn list_calendars(State(demo): State<Demo>) -> Result<Json<Calendars>, StatusCode> {
    let app = &demo.app;
    let unavailable = |_| StatusCode::SERVICE_UNAVAILABLE;
    let today = app.property.zone.today(app.now());
    let first = today.first_of_month();
    let last = first.checked_add(MONTHS.months()).unwrap_or(first);
    let window = Period::new(first, last).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let mut cabins = Vec::new();
    for cabin in accommodations::list(app).await.map_err(unavailable)?.iter().filter(|cabin| cabin.active) {
        let nights = calendars::month(app, cabin, &window).await.map_err(unavailable)?;
        let blocks = calendars::list_blocked(app, &cabin.id, &window).await.map_err(unavailable)?;
        cabins.push(Cabin {
            id: cabin.id.as_str().to_owned(),
            name: cabin.name.clone(),
            description: cabin.description.clone(),
            photo: cabin.photos.first().cloned(),
            capacity: cabin.capacity,
            base_price: cabin.pricing.base().to_string(),
            currency: cabin.pricing.currency.to_string(),
            nights: nights
                .into_iter()
                .map(|(date, state)| Night { date, state, why: why(cabin, &blocks, date) })
                .collect(),
        });
    }
    Ok(Json(Calendars { today, cabins }))
}

fn why(cabin: &Accommodation, blocks: &[Blocked], date: Date) -> Option<String> {
    let block = blocks.iter().find(|block| block.period.contains(date))?;
    let Some((since, until)) = block.held_back else { return Some(block.source.clone()) };
    let time = |at: Timestamp| cabin.zone.time_zone().to_datetime(at).strftime("%d/%m %H:%M").to_string();
    Some(format!(
        "{} ya no la tiene desde {}; sigue bloqueada hasta {} por lo menos, por si es un error",
        block.source,
        time(since),
        time(until)
    ))
}

#[derive(Serialize)]
struct Bubble {
    from_guest: bool,
    at: Timestamp,
    text: String,
    link: Option<simulators::whatsapp::Link>,
    /// The last thing that became of it.
    status: Option<String>,
}

async fn show_chat(State(demo): State<Demo>) -> Json<Vec<Bubble>> {
    Json(demo.whatsapp.transcript(PHONE).into_iter().map(bubble).collect())
}

fn bubble(entry: Entry) -> Bubble {
    let status = entry.statuses.last().and_then(|change| serde_json::to_value(change.status).ok());
    Bubble {
        from_guest: entry.direction == simulators::whatsapp::Direction::FromGuest,
        at: entry.at,
        text: entry.text.unwrap_or_default(),
        link: entry.link,
        status: status.and_then(|status| status.as_str().map(str::to_owned)),
    }
}

#[derive(Deserialize)]
struct Words {
    text: String,
}

/// What is typed on the page leaves the simulated phone as a signed webhook.
async fn write_to_desk(State(demo): State<Demo>, Json(words): Json<Words>) -> StatusCode {
    let text = words.text.trim();
    if text.is_empty() || text.chars().count() > 4_000 {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    demo.whatsapp.guest_writes(PHONE, text);
    StatusCode::ACCEPTED
}

/// Plays the person who took care of the guest: everything that waited is done, and the program answers again.
async fn hand_back(State(demo): State<Demo>) -> Result<StatusCode, StatusCode> {
    let unavailable = |_| StatusCode::SERVICE_UNAVAILABLE;
    for item in staff_tasks::list(&demo.app).await.map_err(unavailable)? {
        staff_tasks::resolve(&demo.app, &item.id, Who::Operator).await.map_err(unavailable)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
