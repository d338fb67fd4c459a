//! Airbnb, Booking.com, Vrbo, Google and iCloud calendars in one program: each listing has a platform, an address in
//! that platform's form, and the feed that the platform would write. Listings read other calendars too, and the
//! platforms that let rooms export what they read as blocks of their own, as the real ones do: two of them and the program
//! can echo a block for ever.
//!
//! By hand: the page at `/`. From programs, as from [`CalendarsControl`]; bodies are JSON, dates `YYYY-MM-DD`, and an
//! error is `{"error": "<a sentence>"}` with 404 or 422:
//!
//! | call | what |
//! |---|---|
//! | `GET /control/listings` · `GET /control/listings/{id}` | everything: `url, settings, stays[], blocks[], imports[]` |
//! | `POST /control/listings` | `{"platform":"airbnb","name"?,"id"?}`: booking, vrbo, google, icloud too. Answers the listing |
//! | `GET, PATCH /control/listings/{id}/settings` | name, validators(none, etag, last_modified, both), advance_notice_days, booking_window_days, open_until, language(en, fr) |
//! | `POST /control/listings/{id}/stays` | `{"check_in","check_out","guest"?,"id"?,"state"?:"tentative","shown_as"?:"hours"}` |
//! | `POST, DELETE /control/listings/{id}/stays/{stay}` | `{"check_in","check_out"}` moves it; DELETE cancels it |
//! | `POST /control/listings/{id}/blocks` · `DELETE …/blocks/{block}` | `{"check_in","check_out"}`: the host closes nights; answers `{"id"}` |
//! | `POST, DELETE /control/listings/{id}/imports` | `{"url","every_minutes"?}`: reads that calendar from now on; DELETE `{"url"}` |
//! | `POST /control/listings/{id}/poll` | reads all of them now; answers what came of each |
//! | `POST /control/poll_due` | every listing reads what is due by the simulator's clock; answers `{"polled"}` |
//! | `GET, POST, DELETE /control/listings/{id}/faults` | a queue of `FeedFault`s: `{"kind":"empty_calendar","times":1}`; `"times":null` until DELETE |
//! | `GET /control/listings/{id}/fetches` | who read the feed: at, http_status, fault, was_conditional, takes_gzip, user_agent |

mod all_listings;
mod conditional_request;
mod control_handle;
mod control_routes;
mod feed;
mod feed_fault;
mod feed_response;
mod feed_routes;
mod listing;
mod listing_import;
mod listings_page;
mod misleading_feed;
mod night_range;
mod page_buttons;
mod platform;
mod read_closed_nights;
pub mod seeded_year;
mod slow_and_huge_bodies;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    routing::{get, post},
};
use tokio::net::TcpListener;

use crate::core::{Clock, Running, SimulatorCore, StartError, pause};

pub use control_handle::{CalendarsControl, NewImport, NewListing, NewStay};
pub use feed_fault::{FeedFault, Fetch, PlannedFeedFault, RetryAfter};
pub use listing::{Block, Language, Listing, ListingSettings, ShownAs, Stay, StayState, Validators};
pub use listing_import::{Import, Poll, PollOutcome};
pub use night_range::Nights;
pub use platform::Platform;

use all_listings::Sim;

/// The calendars of all platforms.
pub struct Calendars;

/// What the simulator knows from the start. Listings are made later.
pub struct CalendarsConfig {
    /// Where to listen; port 0 for any.
    pub listener: TcpListener,
    /// How others reach the feeds, if not at the listener's own address.
    pub public_base_url: Option<String>,
    /// Where the time comes from: DTSTAMP, days that slide, and when a calendar is read again.
    pub now: Clock,
    /// How often to look, in real time, whether a calendar is to be read again. Only when told, when absent.
    pub look_every: Option<Duration>,
}

impl Calendars {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: CalendarsConfig) -> Result<Running<CalendarsControl>, StartError> {
        let core = SimulatorCore::new(&config.listener, config.now)?;
        let (base_url, lifecycle) = (core.base_url.clone(), core.lifecycle.clone());
        let public_base_url = core.public_base_url(config.public_base_url);
        let sim = Arc::new(Sim::new(core, public_base_url));
        let control = CalendarsControl { sim: Arc::clone(&sim) };
        if let Some(pause) = config.look_every {
            lifecycle.tasks.spawn(look(control.clone(), pause));
        }
        let feeds = Router::new()
            .route("/calendar/ical/{file}", get(feed_routes::airbnb))
            .route("/v1/export", get(feed_routes::booking))
            .route("/icalendar/{file}", get(feed_routes::vrbo))
            .route("/calendar/ical/{id}/{access}/basic.ics", get(feed_routes::google))
            .route("/published/2/{token}", get(feed_routes::icloud))
            .route("/round/{turn}", get(feed_routes::round))
            .with_state(sim);
        let by_hand = Router::new()
            .route("/", get(page_buttons::show))
            .route("/by_hand/listings", post(page_buttons::add_listing))
            .route("/by_hand/{listing}", post(page_buttons::act));
        let router = feeds.merge(by_hand.merge(control_routes::router()).with_state(control.clone()));
        Ok(Running::serve(base_url, control, config.listener, router, lifecycle))
    }
}

async fn look(control: CalendarsControl, every: Duration) {
    let stop = control.sim.core.lifecycle.stop.clone();
    while !stop.is_cancelled() {
        pause(every, &stop).await;
        control.poll_due().await;
    }
}
