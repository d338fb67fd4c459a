//! Answers that go on until the process stops.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, header},
    response::Response,
};
use hyper::body::Frame;
use kernel::background_tasks::Tasks;

/// The same answer, whose body ends properly when the process is asked to stop, however much were still to come.
///
/// Event streams need not ask for it: the server does it for each of them. Whoever takes a connection over (an upgrade)
/// spawns its work by `app.tasks` and watches `app.tasks.stopping()`.
pub fn until_stopped(tasks: &Tasks, response: Response) -> Response {
    let tasks = tasks.clone();
    let stopping: Stopping = Box::pin(async move { tasks.stopping().await });
    response.map(|body| Body::new(UntilStopped { body, stopping: Some(stopping) }))
}

/// Events sent by the server last as long as somebody listens, which a stop must not wait for.
pub(super) fn is_event_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/event-stream"))
}

type Stopping = Pin<Box<dyn Future<Output = ()> + Send>>;

struct UntilStopped {
    body: Body,
    /// None when it has come.
    stopping: Option<Stopping>,
}

impl HttpBody for UntilStopped {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let has_come = match &mut self.stopping {
            Some(stopping) => stopping.as_mut().poll(context).is_ready(),
            None => true,
        };
        if has_come {
            self.stopping = None;
            return Poll::Ready(None);
        }
        Pin::new(&mut self.body).poll_frame(context)
    }
}
