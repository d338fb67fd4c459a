//! All accommodations, kept: every quote needs prices, and prices change seldom.

use std::sync::{Arc, Mutex, PoisonError};

use domain::accommodation::Accommodation;
use jiff::Timestamp;
use store::db::{Result, Session};

/// All accommodations as of their last change. Selling never trusts it: a hold reads and locks the rows.
#[derive(Default)]
pub struct Catalogue(Mutex<Option<Snapshot>>);

#[derive(Clone)]
struct Snapshot {
    changed_at: Option<Timestamp>,
    all: Arc<Vec<Accommodation>>,
}

impl Catalogue {
    /// Every accommodation, by name. Asks the database only whether anything changed.
    pub async fn all(&self, session: &mut Session) -> Result<Arc<Vec<Accommodation>>> {
        let changed_at = store::accommodation::last_change(session).await?;
        let kept = self.lock().clone();
        if let Some(snapshot) = kept.filter(|snapshot| snapshot.changed_at == changed_at) {
            return Ok(snapshot.all);
        }
        let all = Arc::new(store::accommodation::list(session).await?);
        *self.lock() = Some(Snapshot { changed_at, all: Arc::clone(&all) });
        Ok(all)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Snapshot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
