//! Telling workers of other processes that there is work.

use std::{sync::Arc, time::Duration};

use store::queue::notify;

use crate::App;

/// Notifies workers of other processes after commits, at most every 20 ms. Only PostgreSQL has others.
pub async fn notify_others(app: Arc<App>) {
    loop {
        tokio::select! {
            () = app.wake_others.notified() => {}
            () = app.tasks.stopping() => return,
        }
        if let Err(error) = notify::notify(&app.db).await {
            tracing::debug!(%error, "other processes could not be notified; they read the queue every second");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
