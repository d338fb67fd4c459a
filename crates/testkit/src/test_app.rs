//! The application on a database of its own, with a clock and a random source that the test controls.

use std::{sync::Arc, time::Duration};

use app::config::Config;
use app::config::Secret;
use jiff::{SignedDuration, Timestamp};
use kernel::App;
use kernel::clock::Clock;
use kernel::jobs;
use kernel::rng::Rng;
use store::{db::Engine, queue};

use crate::{TestDb, noun_builders::at};

/// A desk in a test. No worker runs: [`TestApp::drain`] does the work that is due, when the test says so.
pub struct TestApp {
    pub app: Arc<App>,
    /// What it was built with, for a second process.
    pub config: Config,
    pub db: TestDb,
}

/// A Friday morning in Córdoba.
const START: &str = "2027-01-01T12:00:00Z";
/// The same ids, codes and tokens in each run.
const SEED: u64 = 1;

impl TestApp {
    pub async fn sqlite() -> Self {
        Self::start(TestDb::sqlite().await).await
    }

    pub async fn postgres() -> Self {
        Self::start(TestDb::postgres().await).await
    }

    /// Default settings, except that calendars may be read from this machine.
    pub async fn start(db: TestDb) -> Self {
        Self::start_with(db, |_| {}).await
    }

    /// The same with other settings: `|config| config.booking.hold_minutes = 5`.
    pub async fn start_with(db: TestDb, edit: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::defaults();
        config.database.url = Secret::new(db.url());
        config.ical.allow_private_networks = true;
        edit(&mut config);
        let app = app::build(config.clone(), Clock::manual(at(START)), Rng::seeded(SEED)).await;
        Self { app: app.expect("the default settings build an app"), config, db }
    }

    /// Runs `story` on each engine, and sees to it that it leaves no work behind.
    pub async fn each(story: impl AsyncFn(&Self)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            // Shown when the story fails: which database it was.
            println!("on {engine:?}");
            let desk = Self::start(TestDb::migrated(engine).await).await;
            story(&desk).await;
            desk.finish().await;
        }
    }

    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// Lets time pass. Nothing happens by itself: drain after it.
    pub fn advance(&self, by: SignedDuration) {
        self.app.clock.advance(by);
    }

    /// Does all work that is due now and returns how many jobs that were.
    pub async fn drain(&self) -> usize {
        jobs::drain(&self.app).await.expect("the queue of a test can be worked off")
    }

    /// # Panics
    /// When a job is left: waiting, running or dead.
    pub async fn assert_queue_is_empty(&self) {
        let counts =
            queue::count_by_state(&mut self.db.read().await).await.expect("the queue can be counted");
        let dead = queue::list_dead(&mut self.db.read().await, 10).await.expect("dead letters can be listed");
        let sql = "select kind, payload, last_error from job where state <> 'dead'";
        let read = |row: &store::db::Row| {
            Ok((row.text("kind")?, row.opt_json("payload")?, row.opt_text("last_error")?))
        };
        let waiting = self.db.read().await.all(sql, vec![], read).await.expect("jobs can be listed");
        assert!(counts.is_empty(), "jobs are left: {counts:?}; waiting: {waiting:?}; dead: {dead:?}");
    }

    /// Ends the test: nothing may be left to do, and what runs beside it is awaited.
    pub async fn finish(self) {
        self.assert_queue_is_empty().await;
        let ended = self.app.tasks.finish(Duration::from_secs(10)).await;
        assert!(ended, "something still runs beside the test");
        self.app.db.close().await;
    }
}
