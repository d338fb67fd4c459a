//! Running the queue empty, for tests and tools.

use std::sync::Arc;

use store::{db::DbError, queue};

use super::run_claimed_job::{lease, run_one};
use crate::App;

/// So many of each queue are claimed together by [`drain`].
const AT_ONCE: i64 = 8;

/// Runs everything that is due now, one after another, until nothing is.
pub async fn drain(app: &Arc<App>) -> Result<usize, DbError> {
    let worker = app.rng.id(app.now());
    let mut done = 0;
    let mut session = app.begin().await?;
    app.jobs.enqueue_due(app, &mut session).await?;
    session.commit().await?;
    loop {
        let now = app.now();
        let mut session = app.begin().await?;
        let mut claims = Vec::new();
        for queue in app.jobs.queues() {
            claims.extend(queue::claim(&mut session, queue, AT_ONCE, &worker, now, lease(app)).await?);
        }
        session.commit().await?;
        if claims.is_empty() {
            return Ok(done);
        }
        for claim in claims {
            run_one(app, &claim).await;
            done += 1;
        }
    }
}
