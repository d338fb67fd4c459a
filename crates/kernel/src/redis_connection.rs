//! Redis, when there is one: asked with little patience, and left alone for a while after it failed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use redis::{
    ErrorKind, RedisError,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use crate::metrics::circuit_breakers::Circuit;

/// A Redis that hangs must not make a guest wait, the retries of its client included.
const PATIENCE: Duration = Duration::from_millis(300);
/// After a failure nobody asks for so long.
const REST: SignedDuration = SignedDuration::from_secs(5);

#[derive(Clone)]
pub struct RedisLink {
    connection: ConnectionManager,
    /// Microseconds since 1970, UTC.
    resting_until: Arc<AtomicI64>,
    circuit: Circuit,
}

impl RedisLink {
    /// Connects to nothing yet.
    pub fn open(url: &str, circuit: Circuit) -> Result<Self, RedisError> {
        let patience = Some(PATIENCE);
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(patience)
            .set_response_timeout(patience)
            .set_number_of_retries(1);
        let connection = ConnectionManager::new_lazy_with_config(redis::Client::open(url)?, config)?;
        Ok(Self { connection, resting_until: Arc::default(), circuit })
    }

    /// Asks one thing; `None` when Redis is away, or was a moment ago.
    pub async fn ask<T>(
        &self,
        now: Timestamp,
        question: impl AsyncFnOnce(&mut ConnectionManager) -> Result<T, RedisError>,
    ) -> Option<T> {
        let rested_until = self.resting_until.load(Ordering::Relaxed);
        if now.as_microsecond() < rested_until {
            self.circuit.rejected();
            return None;
        }
        let mut connection = self.connection.clone();
        let late = || Err(RedisError::from((ErrorKind::Io, "no answer in time")));
        let answer =
            tokio::time::timeout(PATIENCE, question(&mut connection)).await.unwrap_or_else(|_| late());
        match answer {
            Ok(answer) => {
                self.circuit.succeeded();
                // Not the rest of somebody who failed while we were asking.
                let over = self.resting_until.compare_exchange(
                    rested_until,
                    0,
                    Ordering::Relaxed,
                    Ordering::Relaxed,
                );
                if rested_until != 0 && over.is_ok() {
                    self.circuit.closed();
                }
                Some(answer)
            }
            Err(error) => {
                tracing::warn!(%error, "Redis did not answer; the program goes on without it");
                self.circuit.failed();
                if self.resting_until.swap((now + REST).as_microsecond(), Ordering::Relaxed) == 0 {
                    self.circuit.opened();
                }
                None
            }
        }
    }
}
