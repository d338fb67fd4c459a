//! Holding everything back, and letting it go.

use std::sync::Arc;

use super::Courier;
use crate::sync::lock;

impl Courier {
    /// Keeps every webhook back from now on, as in an outage of the vendor's.
    pub(crate) fn hold(&self) {
        lock(&self.held).get_or_insert_default();
    }

    /// Sends what was kept back, all at once, and goes on as usual. Returns how many there were.
    pub(crate) fn release(self: &Arc<Self>, newest_first: bool) -> usize {
        let mut parcels = lock(&self.held).take().unwrap_or_default();
        if newest_first {
            parcels.reverse();
        }
        let count = parcels.len();
        for parcel in parcels {
            self.dispatch(parcel);
        }
        count
    }
}
