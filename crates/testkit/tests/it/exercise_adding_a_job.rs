//! The exercise of `docs/adding-a-job.md`: a struct beside its function, and one line that registers it.

use std::sync::Arc;

use app::config::{Config, Secret};
use domain::actor::Actor;
use jiff::SignedDuration;
use kernel::{
    App,
    app::Builder,
    clock::Clock,
    jobs::{self, Done, Job, JobError},
    rng::Rng,
};
use serde::{Deserialize, Serialize};
use store::{audit, db::Engine, queue::Claim};
use testkit::{TestDb, noun_builders::at};

/// Waters a plant: writes in the audit trail that it did.
#[derive(Default, Serialize, Deserialize)]
struct Water {
    #[serde(default)]
    plant: String,
}

impl Job for Water {
    const KIND: &'static str = "water";
    const QUEUE: &'static str = "garden";

    fn dedupe_key(&self) -> Option<String> {
        Some(format!("water:{}", self.plant))
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        if self.plant == "cactus" && claim.attempts == 1 {
            return Err(JobError::retry_after(SignedDuration::from_hours(24), "a cactus can wait"));
        }
        let mut tx = app.begin_as(Actor::System).await?;
        let entry = audit::Entry {
            noun: "plant",
            noun_id: self.plant,
            actor: tx.actor,
            action: "water",
            before: None,
            after: None,
            cause: None,
        };
        audit::write(&mut tx.session, &[entry], tx.now).await?;
        tx.finish(claim).await
    }
}

#[tokio::test]
async fn a_job_is_a_struct_and_one_line() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let db = TestDb::migrated(engine).await;
        let mut config = Config::defaults();
        config.database.url = Secret::new(db.url());
        let clock = Clock::manual(at("2027-01-01T12:00:00Z"));
        let mut builder = Builder::open(config.split().0, clock, Rng::seeded(1)).await.unwrap();
        builder.jobs().register::<Water>();
        let app = builder.finish();

        let mut tx = app.begin_as(Actor::System).await.unwrap();
        let plants =
            ["basil", "basil", "cactus"].map(|plant| Water { plant: plant.to_owned() }.enqueue_at(tx.now));
        tx.enqueue(&plants).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(jobs::drain(&app).await.unwrap(), 2, "asked twice before it began is asked once");
        assert_eq!(watered(&app).await, ["basil"]);
        app.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(jobs::drain(&app).await.unwrap(), 1, "what was put off runs later");
        assert_eq!(watered(&app).await, ["basil", "cactus"]);
        let counted = app.metrics.render();
        assert!(counted.contains("jobs_total{kind=\"water\",outcome=\"done\"} 2"), "it is counted by itself");
        app.db.close().await;
    }
}

async fn watered(app: &App) -> Vec<String> {
    let sql = "select noun_id from audit where noun = 'plant' order by seq";
    app.read().await.unwrap().all(sql, vec![], |row| row.text("noun_id")).await.unwrap()
}
