//! What the work at hand follows from. A request and a job each run in a scope of their own; every transaction that is
//! begun in it says so in the jobs and audit rows that it writes.

use domain::cause::Cause;

tokio::task_local! {
    static CURRENT: Cause;
}

/// Runs `work` as a consequence of `cause`.
pub async fn scope<T>(cause: Cause, work: impl Future<Output = T>) -> T {
    CURRENT.scope(cause, work).await
}

/// None outside every request and job, as in a command.
pub fn current() -> Option<Cause> {
    CURRENT.try_with(Clone::clone).ok()
}
