//! An outage of the vendor: webhooks are kept back, and all go out at its end.

use std::sync::Arc;

use super::WebhookDispatcher;
use crate::lock_ignoring_poison::lock;

impl WebhookDispatcher {
    /// Keeps every webhook back from now on, as in an outage of the vendor's.
    pub(crate) fn hold(&self) {
        lock(&self.held).get_or_insert_default();
    }

    /// Forgets what was kept back, and goes on as usual.
    pub(crate) fn forget_held(&self) {
        lock(&self.held).take();
    }

    /// Sends what was kept back, all at once, and goes on as usual. Returns how many there were.
    pub(crate) fn release(self: &Arc<Self>, newest_first: bool) -> usize {
        let mut deliveries = lock(&self.held).take().unwrap_or_default();
        if newest_first {
            deliveries.reverse();
        }
        let count = deliveries.len();
        for delivery in deliveries {
            self.dispatch(delivery);
        }
        count
    }
}
