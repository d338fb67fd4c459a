//! A simulated Airbnb and Booking.com: a listing for each cabin at each of them, linked with the program both ways.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use app::config::Config;
use axum::{Router, response::Redirect, routing::get};
use domain::{accommodation::Accommodation, actor::Actor, staff::Who};
use kernel::App;
use kernel::clock::Clock;
use simulators::{
    Running,
    calendars::{Calendars, CalendarsConfig, CalendarsControl, NewImport, NewListing, Platform},
};

use super::chat_and_payment_vendors::loopback;

/// Real platforms take hours, and the program five minutes.
const PLATFORMS_READ_EVERY: Duration = Duration::from_secs(5);
const DESK_READS_EVERY_SECONDS: u32 = 5;

/// The platform, and what the program calls it.
const PLATFORMS: [(Platform, &str); 2] = [(Platform::Airbnb, "airbnb"), (Platform::Booking, "booking")];

pub struct Platforms(Running<CalendarsControl>);

impl Platforms {
    pub async fn start(clock: &Clock) -> anyhow::Result<Self> {
        let clock = clock.clone();
        Ok(Self(Calendars::start(CalendarsConfig {
            listener: loopback().await?,
            public_base_url: None,
            now: Arc::new(move || clock.now()),
            look_every: Some(PLATFORMS_READ_EVERY),
        })?))
    }

    /// Short waits, so that a cancellation is seen to free its nights while somebody looks. A black-out waits as ever.
    pub fn configure(&self, config: &mut Config) {
        config.ical.allow_private_networks = true;
        config.ical.wait_one_stay_minutes = 1;
        config.jobs.ical_interval_seconds = DESK_READS_EVERY_SECONDS;
    }

    /// The platforms begin empty at each start: what was read from those before is forgotten.
    pub async fn link(&self, app: &App) -> anyhow::Result<()> {
        for status in calendars::list_feeds(app, None).await? {
            calendars::forget_feed(app, &status.feed.id, Who::Operator).await?;
        }
        for cabin in stays::accommodations::list(app).await?.iter() {
            for (platform, source) in PLATFORMS {
                self.link_one(app, cabin, platform, source).await?;
            }
        }
        Ok(())
    }

    async fn link_one(
        &self,
        app: &App,
        cabin: &Accommodation,
        platform: Platform,
        source: &str,
    ) -> anyhow::Result<()> {
        let control = &self.0.control;
        let name = Some(format!("{} ({})", cabin.name, platform.name()));
        let listing = control
            .add_listing(NewListing { platform, name, id: None })
            .map_err(anyhow::Error::msg)
            .context("a simulated platform took no listing")?;
        let plain = |settings: &mut simulators::calendars::ListingSettings| {
            settings.advance_notice_days = 0;
            settings.booking_window_days = None;
            settings.open_until = None;
        };
        control.change_settings(&listing.id, plain).map_err(anyhow::Error::msg)?;
        let url = calendars::link(app, &cabin.id, source).await?;
        let import = NewImport { url, every_minutes: Some(0) };
        control.add_import(&listing.id, import).map_err(anyhow::Error::msg)?;
        let mut tx = app.begin_as(Actor::Staff(Who::Operator)).await?;
        calendars::subscribe_in(&mut tx, &cabin.id, source, &listing.url, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The way from the demo's own page to that of the platforms.
    pub fn router(&self) -> Router {
        let page = format!("{}/", self.0.base_url);
        Router::new().route("/demo/platforms", get(async move || Redirect::temporary(&page)))
    }

    pub async fn stop(self) {
        self.0.stop().await;
    }
}
