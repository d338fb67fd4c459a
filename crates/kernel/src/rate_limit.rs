//! How often somebody may ask: fixed windows, counted here or, for several processes, in Redis.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use prometheus_client::metrics::counter::Counter;
use redis::{AsyncCommands as _, aio::ConnectionManager};

use crate::redis_connection::RedisLink;

pub struct Limiter {
    window_seconds: i64,
    redis: Option<RedisLink>,
    redis_errors: Counter,
    counts: Mutex<Window>,
}

#[derive(Default)]
struct Window {
    number: i64,
    counts: HashMap<String, u32>,
}

/// Asked too often; the next window begins in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests; try again in {retry_after_seconds} seconds")]
pub struct TooMany {
    pub retry_after_seconds: i64,
}

impl Limiter {
    pub fn new(window_seconds: u32, redis: Option<RedisLink>, redis_errors: Counter) -> Self {
        let window_seconds = i64::from(window_seconds.max(1));
        Self { window_seconds, redis, redis_errors, counts: Mutex::default() }
    }

    /// Counts one request of `who`, unless that would be more than `limit` in this window.
    pub async fn check(&self, who: &str, limit: u32, now: Timestamp) -> Result<(), TooMany> {
        let number = now.as_second().div_euclid(self.window_seconds);
        let count = match self.count_in_redis(who, number, now).await {
            Some(count) => count,
            None => self.count_here(who, number),
        };
        if count <= limit {
            return Ok(());
        }
        Err(TooMany { retry_after_seconds: (number + 1) * self.window_seconds - now.as_second() })
    }

    fn count_here(&self, who: &str, number: i64) -> u32 {
        let mut window = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if window.number != number {
            *window = Window { number, counts: HashMap::new() };
        }
        let count = window.counts.entry(who.to_owned()).or_default();
        *count += 1;
        *count
    }

    /// None when there is no Redis or it does not answer: then this process counts alone.
    async fn count_in_redis(&self, who: &str, number: i64, now: Timestamp) -> Option<u32> {
        let key = format!("conserje:limit:{who}:{number}");
        let seconds = self.window_seconds + 1;
        let count = async |redis: &mut ConnectionManager| {
            let count: u32 = redis.incr(&key, 1).await?;
            if count == 1 {
                let () = redis.expire(&key, seconds).await?;
            }
            Ok(count)
        };
        let counted = self.redis.as_ref()?.ask(now, count).await;
        if counted.is_none() {
            self.redis_errors.inc();
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_window_is_counted_and_the_next_one_begins_anew() {
        let limiter = Limiter::new(60, None, Counter::default());
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        for _ in 0..3 {
            assert_eq!(limiter.check("a", 3, at(60)).await, Ok(()));
        }
        assert_eq!(limiter.check("a", 3, at(100)).await, Err(TooMany { retry_after_seconds: 20 }));
        assert_eq!(limiter.check("b", 3, at(100)).await, Ok(()));
        assert_eq!(limiter.check("a", 3, at(120)).await, Ok(()));
    }
}
