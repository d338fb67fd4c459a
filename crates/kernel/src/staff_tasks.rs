//! What waits for a person: told once, kept until somebody resolves it.

use domain::{actor::Actor, staff::Who};
use futures_util::future::BoxFuture;
use store::staff_task;

pub use store::staff_task::Attention as StaffTask;

use crate::{App, DbError, Tx};

/// What resolving a task does besides, by what the task is about. The subject's first part says whose it is.
pub type Resolve = for<'t, 'a> fn(&'t mut Tx<'a>, &'t str) -> BoxFuture<'t, Result<(), DbError>>;

#[derive(Clone, Copy)]
pub struct Resolver {
    /// `conversation`, `channel`, …: what stands before the colon of the subject.
    pub about: &'static str,
    /// Whether it runs before the task is marked or after. Before: in the order in which a job that works on the same
    /// thing takes its locks.
    pub when: When,
    /// Gets what stands behind the colon.
    pub resolve: Resolve,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Before,
    After,
}

/// All of them; the composition at the top lists them.
#[derive(Default)]
pub struct Resolvers(pub Vec<Resolver>);

impl Resolvers {
    async fn run(&self, tx: &mut Tx<'_>, subject: &str, when: When) -> Result<(), DbError> {
        let Some((about, id)) = subject.split_once(':') else { return Ok(()) };
        for resolver in self.0.iter().filter(|one| one.about == about && one.when == when) {
            (resolver.resolve)(tx, id).await?;
        }
        Ok(())
    }
}

pub async fn list(app: &App) -> Result<Vec<StaffTask>, DbError> {
    staff_task::list_open(&mut app.read().await?).await
}

/// The cause was removed. False when there is no such task, or it was resolved before.
pub async fn resolve(app: &App, id: &str, who: Who) -> Result<bool, DbError> {
    let mut tx = app.begin_as(Actor::Staff(who)).await?;
    let open = staff_task::list_open(&mut tx.session).await?;
    let Some(task) = open.into_iter().find(|task| task.id == id) else { return Ok(false) };
    app.resolvers.run(&mut tx, &task.subject, When::Before).await?;
    let resolved = staff_task::resolve(&mut tx.session, id, tx.now).await?;
    app.resolvers.run(&mut tx, &task.subject, When::After).await?;
    tx.commit().await?;
    Ok(resolved)
}

impl Tx<'_> {
    /// Opens a task. True when there was no such task before.
    ///
    /// `subject` is `stay:…`, `payment:…`, `conversation:…`, `channel:…`, `feed:…`, `conflict:…` or `job:…`; `detail` names
    /// nobody.
    ///
    /// # Errors
    /// The database's.
    pub async fn open_task(&mut self, subject: &str, reason: &str, detail: &str) -> Result<bool, DbError> {
        let task = StaffTask {
            id: self.app.rng.id(self.now),
            subject: subject.to_owned(),
            reason: reason.to_owned(),
            detail: detail.to_owned(),
            created_at: self.now,
        };
        staff_task::raise(&mut self.session, &task).await
    }
}
