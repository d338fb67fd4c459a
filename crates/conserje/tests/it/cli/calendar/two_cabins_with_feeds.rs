//! Two cabins on a real database, each database in turn, and a simulated platform whose feeds they read.

use std::sync::Arc;

use app::config::Config;
use domain::{actor::Actor, ids::AccommodationId, staff::Who};
use kernel::{App, clock::Clock, rng::Rng};
use simulators::{
    Running,
    calendars::{
        Calendars, CalendarsConfig, CalendarsControl, NewListing, NewStay, Platform, ShownAs, StayState,
    },
};
use store::db::Engine;
use testkit::{TestDb, noun_builders::cabin};
use tokio::net::TcpListener;

use crate::support::{
    holds::in_days,
    run_command::{Ended, run},
    temp_folder::Folder,
};

/// Two cabins on a database, and a platform with listings.
pub struct House {
    pub db: TestDb,
    pub app: Arc<App>,
    pub platform: Running<CalendarsControl>,
}

impl House {
    pub async fn each(story: impl AsyncFn(&Self)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            println!("on {engine:?}");
            let house = Self::start(engine).await;
            story(&house).await;
            house.app.db.close().await;
            house.platform.stop().await;
        }
    }

    async fn start(engine: Engine) -> Self {
        let db = TestDb::migrated(engine).await;
        let mut config = Config::defaults();
        config.database.url = app::config::Secret::new(db.url());
        let app = app::build(config, Clock::System, Rng::seeded(1)).await.expect("an app");
        for id in ["lago", "sauce"] {
            db.commit(async |session| store::accommodation::create(session, &cabin(id), app.now()).await)
                .await;
        }
        let platform = Calendars::start(CalendarsConfig {
            listener: TcpListener::bind("127.0.0.1:0").await.expect("a free port"),
            public_base_url: None,
            now: Arc::new(|| Clock::System.now()),
            look_every: None,
        });
        Self { db, app, platform: platform.expect("a simulator") }
    }

    /// A listing with one stay of two nights that this cabin reads as `source`.
    pub async fn listing(&self, cabin: &str, source: &str, platform: Platform) -> String {
        let new = NewListing { platform, name: None, id: None };
        let listing = self.platform.control.add_listing(new).expect("a listing");
        let plain = |settings: &mut simulators::calendars::ListingSettings| {
            settings.advance_notice_days = 0;
            settings.booking_window_days = None;
            settings.open_until = None;
        };
        self.platform.control.change_settings(&listing.id, plain).expect("a listing");
        self.book(&listing.id, 10);
        let id = AccommodationId::new(cabin);
        let mut tx = self.app.begin_as(Actor::Staff(Who::Operator)).await.expect("a transaction");
        calendars::subscribe_in(&mut tx, &id, source, &listing.url, None).await.expect("a feed");
        tx.commit().await.expect("a commit");
        listing.id
    }

    pub fn book(&self, listing: &str, first: i32) {
        let new = NewStay {
            check_in: in_days(first),
            check_out: in_days(first + 2),
            guest: "Ana".to_owned(),
            id: None,
            state: StayState::default(),
            shown_as: ShownAs::default(),
        };
        self.platform.control.book(listing, new).expect("free nights");
    }

    pub async fn calendar(&self, arguments: &[&str]) -> Ended {
        let settings = [("DATABASE_URL", self.db.url()), ("ICAL_ALLOW_PRIVATE_NETWORKS", "true")];
        run(Folder::new().path(), &settings, &[&["calendar"][..], arguments].concat()).await
    }
}
