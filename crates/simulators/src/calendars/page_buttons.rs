//! What the buttons of the calendars' page do.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    CalendarsControl, FeedFault, NewImport, NewListing, NewStay, Platform,
    feed::day_of,
    listing::{ShownAs, StayState},
    listings_page,
};

/// `GET /`: all listings.
pub(crate) async fn show(State(control): State<CalendarsControl>) -> Html<String> {
    Html(listings_page::all(&control.listings(), day_of(control.sim.now())))
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    platform: Platform,
    name: String,
}

/// `POST /by_hand/listings`: one more.
pub(crate) async fn add_listing(
    State(control): State<CalendarsControl>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let name = Some(wanted.name).filter(|name| !name.is_empty());
    let done = control.add_listing(NewListing { platform: wanted.platform, name, id: None });
    back(done.map(drop))
}

/// What a button sends.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(crate) enum Act {
    Book { check_in: Date, check_out: Date, guest: String },
    Move { stay: String, check_in: Date, check_out: Date },
    Cancel { stay: String },
    Block { check_in: Date, check_out: Date },
    Unblock { block: String },
    Import { url: String },
    Forget { url: String },
    Poll,
    Misbehave { kind: String, how_long: HowLong },
    Behave,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HowLong {
    Once,
    UntilOff,
}

/// `POST /by_hand/{listing}`: what the buttons of a listing do.
pub(crate) async fn act(
    State(control): State<CalendarsControl>,
    Path(listing): Path<String>,
    Form(act): Form<Act>,
) -> Response {
    let id = listing.as_str();
    let done = match act {
        Act::Book { check_in, check_out, guest } => {
            let (state, shown_as) = (StayState::Reserved, ShownAs::Days);
            control.book(id, NewStay { check_in, check_out, guest, id: None, state, shown_as }).map(drop)
        }
        Act::Move { stay, check_in, check_out } => {
            control.move_stay(id, &stay, check_in, check_out).map(drop)
        }
        Act::Cancel { stay } => control.cancel(id, &stay),
        Act::Block { check_in, check_out } => control.block(id, check_in, check_out).map(drop),
        Act::Unblock { block } => control.unblock(id, &block),
        Act::Import { url } => control.add_import(id, NewImport { url, every_minutes: None }),
        Act::Forget { url } => control.remove_import(id, &url),
        Act::Poll => control.poll(id).await.map(drop),
        Act::Misbehave { kind, how_long } => {
            let fault: Result<FeedFault, _> = serde_json::from_value(listings_page::fault(&kind));
            let planned = fault.map_err(|error| error.to_string()).map(|fault| match how_long {
                HowLong::Once => fault.times(1),
                HowLong::UntilOff => fault.until_off(),
            });
            planned.and_then(|planned| control.misbehave(id, planned))
        }
        Act::Behave => control.behave(id),
    };
    back(done)
}

fn back(done: Result<(), String>) -> Response {
    match done {
        Ok(()) => Redirect::to("/").into_response(),
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, Html(listings_page::refused(&why))).into_response(),
    }
}
