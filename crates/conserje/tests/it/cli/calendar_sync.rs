//! Calendars of others read by hand, and an address of ours replaced, over real databases and feeds on loopback.

use std::sync::Arc;

use app::config::Config;
use domain::{actor::Actor, ids::AccommodationId, staff::Who};
use jiff::Timestamp;
use kernel::App;
use kernel::clock::Clock;
use kernel::rng::Rng;
use simulators::{
    Running,
    calendars::{
        Calendars, CalendarsConfig, CalendarsControl, FeedFault, NewListing, NewStay, Platform, ShownAs,
        StayState,
    },
};
use store::db::Engine;
use testkit::{TestDb, builders::cabin};
use tokio::net::TcpListener;

use crate::support::{
    folder::Folder,
    house::in_days,
    program::{Ended, run},
};

/// Two cabins on a database, and a platform with listings.
struct House {
    db: TestDb,
    app: Arc<App>,
    platform: Running<CalendarsControl>,
}

impl House {
    async fn each(story: impl AsyncFn(&Self)) {
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
        let app = app::build(config, Clock::System, Rng::system()).await.expect("an app");
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
    async fn listing(&self, cabin: &str, source: &str, platform: Platform) -> String {
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

    fn book(&self, listing: &str, first: i32) {
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

    async fn calendar(&self, arguments: &[&str]) -> Ended {
        let settings = [("DATABASE_URL", self.db.url()), ("ICAL_ALLOW_PRIVATE_NETWORKS", "true")];
        run(Folder::new().path(), &settings, &[&["calendar"][..], arguments].concat()).await
    }

    async fn opens(&self, token: &str) -> bool {
        let taken = calendars::export(&self.app, token, calendars::Taking::Head).await;
        taken.expect("the database is read").is_some()
    }
}

fn token(url: &str) -> &str {
    url.trim().rsplit('/').next().expect("an address").trim_end_matches(".ics")
}

#[tokio::test(flavor = "multi_thread")]
async fn calendars_are_read_by_hand_and_each_says_what_came_of_it() {
    House::each(async |house| {
        let airbnb = house.listing("lago", "airbnb", Platform::Airbnb).await;
        house.listing("sauce", "vrbo", Platform::Vrbo).await;
        let first = house.calendar(&["sync"]).await;
        assert_eq!((first.code, first.errors.as_str()), (Some(0), ""), "{}", first.out);
        let mut lines: Vec<&str> = first.out.lines().collect();
        lines.sort_unstable();
        let read = "read; new 1, changed 0, gone 0, held back 0 nights, conflicts 0";
        assert_eq!(lines, [format!("airbnb of lago: {read}"), format!("vrbo of sauce: {read}")]);
        let blocks = async |id: &str| {
            let window = domain::period::Period::new(in_days(0), in_days(60)).expect("a window");
            let mut session = house.db.read().await;
            store::block::list(&mut session, &AccommodationId::new(id), &window).await.expect("blocks").len()
        };
        assert_eq!((blocks("lago").await, blocks("sauce").await), (1, 1), "it is written down");

        house.book(&airbnb, 20);
        let one = house.calendar(&["sync", "--accommodation", "lago"]).await;
        let new = "airbnb of lago: read; new 1, changed 0, gone 0, held back 0 nights, conflicts 0\n";
        assert_eq!((one.code, one.out.as_str()), (Some(0), new), "{}", one.errors);
        assert_eq!(blocks("lago").await, 2);
        let again = house.calendar(&["sync", "--accommodation", "lago"]).await;
        assert!(again.out.starts_with("airbnb of lago: unchanged; new 0"), "{}", again.out);

        // One fails: the other is read all the same, nights stay, and the exit code says that something is wrong.
        let busy = FeedFault::Status { http_status: 503, retry_after: None };
        house.platform.control.misbehave(&airbnb, busy.until_off()).expect("a listing");
        let failing = house.calendar(&["sync"]).await;
        assert_eq!(failing.code, Some(1), "{}", failing.errors);
        assert!(
            failing.out.contains("airbnb of lago: failed: the calendar's server asks us to wait"),
            "{}",
            failing.out
        );
        assert!(failing.out.contains("vrbo of sauce: unchanged"), "{}", failing.out);
        house.platform.control.behave(&airbnb).expect("a listing");
        house.platform.control.misbehave(&airbnb, FeedFault::Html).expect("a listing");
        let page = house.calendar(&["sync", "--accommodation", "lago"]).await;
        assert_eq!(page.code, Some(1));
        assert!(page.out.contains("failed:"), "{}", page.out);
        assert_eq!(blocks("lago").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_read() {
    House::each(async |house| {
        let none = house.calendar(&["sync"]).await;
        let expected = "conserje: no calendar is read; register one with POST /api/v1/ical/feeds";
        assert_eq!(none.complaint(), expected);
        house.listing("lago", "airbnb", Platform::Airbnb).await;
        let other = house.calendar(&["sync", "--accommodation", "sauce"]).await;
        assert!(other.complaint().contains("no calendar is read for this accommodation"), "{}", other.errors);
        let unknown = house.calendar(&["sync", "--accommodation", "molle"]).await;
        assert_eq!(unknown.complaint(), "conserje: there is no accommodation with the id molle");
        assert_eq!(unknown.out, "");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gets_a_new_address() {
    House::each(async |house| {
        let id = AccommodationId::new("lago");
        let first = calendars::link(&house.app, &id, "airbnb").await.expect("an address");
        let rotate = async |more: &[&str]| {
            let arguments = ["rotate-token", "--accommodation", "lago", "--reader"];
            house.calendar(&[&arguments[..], more].concat()).await
        };
        let usual = rotate(&["airbnb"]).await;
        assert_eq!(usual.code, Some(0), "{}", usual.errors);
        assert!(usual.errors.contains("the old one opens for 72 hours more"), "{}", usual.errors);
        assert!(usual.out.contains("/api/v1/ical/export/") && usual.out.ends_with(".ics\n"), "{}", usual.out);
        assert_ne!(token(&usual.out), token(&first));
        assert!(
            house.opens(token(&first)).await && house.opens(token(&usual.out)).await,
            "both, for a while"
        );

        let at_once = rotate(&["airbnb", "--at-once"]).await;
        assert!(at_once.errors.contains("the old one opens no more"), "{}", at_once.errors);
        let open = [token(&first), token(&usual.out), token(&at_once.out)].map(|token| house.opens(token));
        assert_eq!(futures_util::future::join_all(open).await, [false, false, true]);

        let complaint = rotate(&["vrbo"]).await;
        assert_eq!(complaint.complaint(), "conserje: vrbo has no address of this accommodation's calendar");
        let arguments = ["rotate-token", "--accommodation", "molle", "--reader", "airbnb"];
        let unknown = house.calendar(&arguments).await;
        assert_eq!(unknown.complaint(), "conserje: there is no accommodation with the id molle");
        let at: Timestamp = house.app.now();
        let listed = store::calendar_link::list(&mut house.db.read().await, &id, at).await.expect("links");
        assert_eq!(listed.len(), 1, "nothing else was changed: {listed:?}");
    })
    .await;
}

/// A support question: what the calendar answered is gone through again.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_calendar_answered_can_be_replayed() {
    House::each(async |house| {
        let listing = house.listing("sauce", "airbnb", Platform::Airbnb).await;
        house.calendar(&["sync"]).await;
        house.book(&listing, 20);
        house.calendar(&["sync"]).await;
        let feeds = calendars::list_feeds(&house.app, None).await.expect("feeds");
        let log = house.calendar(&["log", &feeds[0].feed.id]).await;
        assert_eq!((log.code, log.out.lines().count()), (Some(0), 2), "{}{}", log.out, log.errors);
        let folder = Folder::new();
        let path = folder.path().join("polls.jsonl");
        std::fs::write(&path, &log.out).expect("a file");
        let path = path.to_str().expect("a path");
        let replayed = house.calendar(&["replay", path, "--provider", "airbnb"]).await;
        let last = replayed.out.lines().last().expect("a summary");
        let last: serde_json::Value = serde_json::from_str(last).expect("JSON");
        assert_eq!((last["summary"]["polls"].as_u64(), last["summary"]["good"].as_u64()), (Some(2), Some(2)));
        let unknown = house.calendar(&["log", "none"]).await;
        assert_eq!(unknown.code, Some(1));
        assert!(unknown.errors.contains("no calendar with the id none"), "{}", unknown.errors);
    })
    .await;
}
