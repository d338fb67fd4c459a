//! What all of the handlers share.

use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;

use super::listing::Listing;
use crate::{
    ids::Ids,
    running::{Clock, Parts},
    sync::lock,
};

/// One program that plays all platforms, as the handlers see it.
pub struct Shared {
    pub(crate) public_base_url: String,
    pub(crate) client: reqwest::Client,
    pub(crate) ids: Ids,
    pub(crate) clock: Clock,
    pub(crate) parts: Parts,
    pub(crate) book: Mutex<Book>,
}

/// What changes.
#[derive(Default)]
pub(crate) struct Book {
    /// In the order in which they were created.
    pub(crate) listings: Vec<Listing>,
}

impl Shared {
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl Book {
    pub(crate) fn find(&mut self, id: &str) -> Result<&mut Listing, String> {
        let listing = self.listings.iter_mut().find(|listing| listing.id == id);
        listing.ok_or_else(|| "there is no listing with this id".to_owned())
    }
}
