//! "Somebody is booking this right now", across processes, by a short-lived key in Redis.
//!
//! It only spares the second of two simultaneous guests the wait; the database alone decides who gets the nights.
//! Without Redis, or with Redis down, nothing is less safe.

use domain::ids::AccommodationId;
use redis::Script;

use crate::{App, background_tasks::Tasks, clock::Clock, redis_connection::RedisLink};

/// Long enough for any attempt; the lock of a process that dies ends after it.
const LOCK_MILLIS: u64 = 10_000;

pub enum TryLock {
    /// Ours. Releasing the guard unlocks; so does dropping it.
    Acquired(LockGuard),
    /// There is no Redis to ask: go on, the database decides.
    NotUsed,
    /// Somebody else has it.
    Taken,
}

/// Held during one attempt on one accommodation.
pub struct LockGuard {
    tasks: Tasks,
    held: Option<Held>,
}

struct Held {
    link: RedisLink,
    clock: Clock,
    key: String,
    /// Tells our key from one that somebody else set after ours had run out.
    secret: String,
}

/// Tries to be the one who books `id` now; never waits.
pub async fn try_lock(app: &App, id: &AccommodationId) -> TryLock {
    let Some(link) = app.redis.clone() else { return TryLock::NotUsed };
    let key = format!("conserje:booking:{id}");
    let secret = app.rng.token();
    let mut command = redis::cmd("SET");
    command.arg(&key).arg(&secret).arg("NX").arg("PX").arg(LOCK_MILLIS);
    let answer = link.ask(app.now(), async |redis| command.query_async::<Option<String>>(redis).await).await;
    match answer {
        Some(Some(_)) => {
            let held = Held { link, clock: app.clock.clone(), key, secret };
            TryLock::Acquired(LockGuard { tasks: app.tasks.clone(), held: Some(held) })
        }
        Some(None) => TryLock::Taken,
        None => TryLock::NotUsed,
    }
}

impl LockGuard {
    /// Unlocks, and returns when it is unlocked.
    pub async fn release(mut self) {
        if let Some(held) = self.held.take() {
            held.unlock().await;
        }
    }
}

impl Held {
    async fn unlock(self) {
        // Only our own key: ours may have run out and be somebody else's by now.
        let script =
            Script::new("if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end");
        let Self { link, clock, key, secret } = self;
        link.ask(clock.now(), async |redis| script.key(key).arg(secret).invoke_async::<()>(redis).await)
            .await;
    }
}

impl Drop for LockGuard {
    /// Unlocks on every other outcome, a panic or a vanished client included.
    fn drop(&mut self) {
        let Some(held) = self.held.take() else { return };
        self.tasks.spawn(held.unlock());
    }
}
