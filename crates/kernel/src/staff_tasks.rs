//! What waits for a person: told once, kept until somebody resolves it.

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use store::{
    db::Session,
    staff_task::{self},
};

pub use store::staff_task::Attention as StaffTask;

use crate::{App, DbError};

/// What resolving a task does besides, by what the task is about. The subject's first part says whose it is.
pub type Resolve =
    for<'a> fn(&'a App, &'a mut Session, &'a str, Timestamp) -> BoxFuture<'a, Result<(), DbError>>;

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
    async fn run(
        &self,
        app: &App,
        session: &mut Session,
        subject: &str,
        when: When,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let Some((about, id)) = subject.split_once(':') else { return Ok(()) };
        for resolver in self.0.iter().filter(|one| one.about == about && one.when == when) {
            (resolver.resolve)(app, session, id, now).await?;
        }
        Ok(())
    }
}

pub async fn list(app: &App) -> Result<Vec<StaffTask>, DbError> {
    staff_task::list_open(&mut app.read().await?).await
}

/// The cause was removed. False when there is no such task, or it was resolved before.
pub async fn resolve(app: &App, id: &str) -> Result<bool, DbError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let open = staff_task::list_open(&mut session).await?;
    let Some(task) = open.into_iter().find(|task| task.id == id) else { return Ok(false) };
    app.resolvers.run(app, &mut session, &task.subject, When::Before, now).await?;
    let resolved = staff_task::resolve(&mut session, id, now).await?;
    app.resolvers.run(app, &mut session, &task.subject, When::After, now).await?;
    app.commit(session).await?;
    Ok(resolved)
}

/// Opens a task, in the caller's transaction. True when there was no such task before.
///
/// `subject` is `stay:…`, `payment:…`, `conversation:…`, `channel:…`, `feed:…`, `conflict:…` or `job:…`; `detail` names nobody.
pub async fn open(
    app: &App,
    session: &mut Session,
    subject: &str,
    reason: &str,
    detail: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let task = StaffTask {
        id: app.rng.id(now),
        subject: subject.to_owned(),
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        created_at: now,
    };
    staff_task::raise(session, &task).await
}
