//! Many requests, one commit.
//!
//! Requests that arrive while a transaction is under way wait and go together into the next one. Nobody waits for
//! company: with one request at a time every batch has one member. It is how a durable write per request stays
//! affordable on a small machine, because one flush to disk serves all who wait.

use std::{
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::App;

/// More than this in one statement gains nothing.
const MAX_BATCH: usize = 64;

pub struct Batcher<T, R> {
    waiting: Mutex<Vec<(T, oneshot::Sender<R>)>>,
    /// How many batches may be under way at once: one writer on SQLite, two on PostgreSQL.
    lanes: Arc<Semaphore>,
}

/// The batch failed as a whole, or the process is stopping.
#[derive(Debug, thiserror::Error)]
#[error("the request was not carried out")]
pub struct NotDone;

/// What is done with a batch: as many results as items, in their order.
pub trait Flush: Sized + Send + 'static {
    type Result: Send + 'static;

    fn flush(app: &Arc<App>, items: Vec<Self>) -> impl Future<Output = Vec<Self::Result>> + Send;
}

impl<T, R> Batcher<T, R> {
    pub fn new(lanes: usize) -> Self {
        Self { waiting: Mutex::default(), lanes: Arc::new(Semaphore::new(lanes)) }
    }

    fn take(&self) -> Vec<(T, oneshot::Sender<R>)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(MAX_BATCH);
        waiting.drain(..count).collect()
    }

    fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

fn batcher<T: Flush>(app: &App) -> &Batcher<T, T::Result> {
    app.room()
}

/// Hands `item` in and waits for its result. Dropping the future does not undo the work.
pub async fn submit<T: Flush>(app: &Arc<App>, item: T) -> Result<T::Result, NotDone> {
    let batcher = batcher::<T>(app);
    let (sender, receiver) = oneshot::channel();
    batcher.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((item, sender));
    open_lane::<T>(app);
    receiver.await.map_err(|_| NotDone)
}

/// Starts working through the waiting ones, unless all lanes are busy: then one of those takes them.
fn open_lane<T: Flush>(app: &Arc<App>) {
    let lanes = Arc::clone(&batcher::<T>(app).lanes);
    let Ok(permit) = lanes.try_acquire_owned() else { return };
    let lane = Lane::<T> { app: Arc::clone(app), permit: Some(permit), flushes: PhantomData };
    app.tasks.spawn(async move {
        let app = &lane.app;
        loop {
            let (items, senders): (Vec<_>, Vec<_>) = batcher::<T>(app).take().into_iter().unzip();
            if items.is_empty() {
                break;
            }
            let results = T::flush(app, items).await;
            for (sender, result) in senders.into_iter().zip(results) {
                // Whoever asked may have gone; the work is done all the same.
                let _ = sender.send(result);
            }
        }
    });
}

/// The right to flush, given back on every outcome, a panic included.
struct Lane<T: Flush> {
    app: Arc<App>,
    permit: Option<OwnedSemaphorePermit>,
    flushes: PhantomData<fn(T)>,
}

impl<T: Flush> Drop for Lane<T> {
    fn drop(&mut self) {
        drop(self.permit.take());
        // Somebody may have come between the last look and giving the lane back.
        if !batcher::<T>(&self.app).is_empty() {
            open_lane::<T>(&self.app);
        }
    }
}
