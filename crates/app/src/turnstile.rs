//! "Somebody is booking this right now", across processes, by a short-lived key in Redis.
//!
//! It only spares the second of two simultaneous guests the wait; the database alone decides who gets the nights.
//! Without Redis, or with Redis down, nothing is less safe.

use std::sync::Arc;

use domain::ids::AccommodationId;
use redis::Script;

use crate::{App, redis_link::RedisLink};

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
    place: Option<Place>,
}

struct Place {
    link: RedisLink,
    key: String,
    /// Tells our key from one that somebody else set after ours had run out.
    secret: String,
}

/// Tries to be the one who books `id` now; never waits.
pub async fn enter(app: &Arc<App>, id: &AccommodationId) -> Entry {
    let Some(link) = app.redis.clone() else { return Entry::Unguarded };
    let key = format!("conserje:booking:{id}");
    let secret = app.entropy.token();
    let mut command = redis::cmd("SET");
    command.arg(&key).arg(&secret).arg("NX").arg("PX").arg(MAX_ATTEMPT_MILLIS);
    let answer = link.ask(app.now(), async |redis| command.query_async::<Option<String>>(redis).await).await;
    match answer {
        Some(Some(_)) => {
            Entry::Inside(Pass { app: Arc::clone(app), place: Some(Place { link, key, secret }) })
        }
        Some(None) => Entry::Taken,
        None => Entry::Unguarded,
    }
}

impl Pass {
    /// Frees the way, and returns when it is free.
    pub async fn leave(mut self) {
        if let Some(place) = self.place.take() {
            place.free(&self.app).await;
        }
    }
}

impl Place {
    async fn free(self, app: &App) {
        // Only our own key: ours may have run out and be somebody else's by now.
        let script =
            Script::new("if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end");
        let Self { link, key, secret } = self;
        link.ask(app.now(), async |redis| script.key(key).arg(secret).invoke_async::<()>(redis).await).await;
    }
}

impl Drop for Pass {
    /// Frees the way on every other outcome, a panic or a vanished client included.
    fn drop(&mut self) {
        let Some(place) = self.place.take() else { return };
        let app = Arc::clone(&self.app);
        self.app.tasks.spawn(async move { place.free(&app).await });
    }
}
