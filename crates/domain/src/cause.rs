//! What a change follows from: the request, the job or the event that brought it about, and the thread of all that
//! began with one request.

/// Stands with jobs and in the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `request:…`, `job:…`.
    pub by: String,
    /// The request, or the job, with which the whole thread began.
    pub trace: String,
}

impl Cause {
    pub fn of_request(id: &str) -> Self {
        Self { by: format!("request:{id}"), trace: id.to_owned() }
    }

    /// A job goes on with the thread in which it was enqueued; one that nobody caused begins its own.
    pub fn of_job(seq: i64, trace: Option<&str>) -> Self {
        let by = format!("job:{seq}");
        Self { trace: trace.map_or_else(|| by.clone(), str::to_owned), by }
    }
}
