//! A change under way: the transaction that it is written in, the instant that it happens at, and who makes it.

use std::ops::{Deref, DerefMut};

use domain::actor::Actor;
use jiff::Timestamp;
use store::{
    db::{Result, Session},
    queue::{self, NewJob},
};

use crate::App;

/// What a change is handed. Everything that is written through it commits together; dropped without
/// [`Tx::commit`], nothing of it was done.
///
/// What only reads takes a [`Session`] of [`App::read`] or [`App::snapshot`] instead.
pub struct Tx<'a> {
    pub app: &'a App,
    pub session: Session,
    /// Read once, before the database was waited for: all rows of one change bear the same time.
    pub now: Timestamp,
    /// Who acts, for the audit trail.
    pub actor: Actor,
}

impl App {
    /// Begins a change.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin_as(&self, actor: Actor) -> Result<Tx<'_>> {
        let now = self.now();
        Ok(Tx { app: self, session: self.begin().await?, now, actor })
    }
}

impl<'a> Tx<'a> {
    /// Commits and wakes the workers: some job may have been written.
    ///
    /// # Errors
    /// The database's; after [`store::db::DbError::Unknown`] it may have been committed all the same.
    pub async fn commit(self) -> Result<()> {
        self.app.commit(self.session).await
    }

    /// Writes jobs down, to be run after the commit.
    ///
    /// # Errors
    /// The database's.
    pub async fn enqueue(&mut self, jobs: &[NewJob]) -> Result<()> {
        queue::enqueue(&mut self.session, jobs, self.now).await
    }

    /// The same change on behalf of somebody else, until what is returned is dropped: what the program does by itself on
    /// the way of a guest's request, what staff's money does to a stay.
    pub fn acting_as(&mut self, actor: Actor) -> ActingAs<'_, 'a> {
        let before = std::mem::replace(&mut self.actor, actor);
        ActingAs { tx: self, before }
    }
}

/// A [`Tx`] with another actor; the one before comes back when this is dropped.
pub struct ActingAs<'t, 'a> {
    tx: &'t mut Tx<'a>,
    before: Actor,
}

impl<'a> Deref for ActingAs<'_, 'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        self.tx
    }
}

impl<'a> DerefMut for ActingAs<'_, 'a> {
    fn deref_mut(&mut self) -> &mut Tx<'a> {
        self.tx
    }
}

impl Drop for ActingAs<'_, '_> {
    fn drop(&mut self) {
        self.tx.actor = self.before;
    }
}
