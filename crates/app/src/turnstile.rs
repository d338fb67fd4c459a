//! "Somebody is booking this right now", across processes, by a short-lived key in Redis.
//!
//! It only spares the second of two simultaneous guests the wait; the database alone decides who gets the nights.
//! Without Redis, or with Redis down, nothing is less safe.

use std::sync::Arc;

use domain::ids::AccommodationId;
use redis::{Script, aio::ConnectionManager};

use crate::App;

/// Long enough for any attempt; a process that dies inside frees the way after it.
const MAX_ATTEMPT_MILLIS: u64 = 10_000;

pub enum Entry {
    /// Nobody else is inside. Leaving frees the way; so does dropping it.
    Inside(Pass),
    /// There is nothing to ask: go on, the database decides.
    Unguarded,
    /// Somebody else is inside.
    Taken,
}

/// Held during one attempt on one accommodation.
pub struct Pass {
    app: Arc<App>,
    redis: ConnectionManager,
    key: String,
    secret: String,
}

/// Tries to be the one who books `id` now; never waits.
pub async fn enter(app: &Arc<App>, id: &AccommodationId) -> Entry {
    let Some(mut redis) = app.redis.clone() else { return Entry::Unguarded };
    let key = format!("conserje:booking:{id}");
    let secret = app.entropy.token();
    let mut command = redis::cmd("SET");
    command.arg(&key).arg(&secret).arg("NX").arg("PX").arg(MAX_ATTEMPT_MILLIS);
    match command.query_async::<Option<String>>(&mut redis).await {
        Ok(Some(_)) => Entry::Inside(Pass { app: Arc::clone(app), redis, key, secret }),
        Ok(None) => Entry::Taken,
        Err(error) => {
            tracing::warn!(%error, "Redis did not answer; the database decides alone");
            Entry::Unguarded
        }
    }
}

impl Drop for Pass {
    /// Frees the way on every outcome, a panic or a vanished client included.
    fn drop(&mut self) {
        let (mut redis, key, secret) = (self.redis.clone(), self.key.clone(), self.secret.clone());
        self.app.tasks.spawn(async move {
            // Only our own key: ours may have run out and be somebody else's by now.
            let script =
                Script::new("if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end");
            if let Err(error) = script.key(key).arg(secret).invoke_async::<()>(&mut redis).await {
                tracing::warn!(%error, "a booking key in Redis will free itself by its time-out");
            }
        });
    }
}
