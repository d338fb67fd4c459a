//! One connection, from its first byte to its last.

use std::{convert::Infallible, net::SocketAddr, pin::pin};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, rt::Timer, server::conn::http1::Builder};
use hyper_util::rt::TokioIo;
use kernel::background_tasks::Tasks;
use tokio::io::{AsyncRead, AsyncWrite};
use tower::{Service as _, ServiceExt as _};

use super::{
    Limits,
    open_connections::Place,
    socket_with_write_timeout::Socket,
    streams_until_stopped::{is_event_stream, until_stopped},
};

/// What all connections have in common. The timer is passed in, so that a test need not wait.
#[derive(Clone)]
pub struct Server<T> {
    pub tasks: Tasks,
    pub router: Router,
    pub limits: Limits,
    pub timer: T,
}

impl<T: Timer + Clone + Send + Sync + Unpin + 'static> Server<T> {
    /// Answers one request after another. On stop the request under way is the last. An upgrade ends this and not the
    /// stream, which its handler then has.
    pub async fn run<S>(self, stream: S, place: Place, peer: SocketAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        // HTTP/1.1 only: telling the two versions apart waits for a first word without a time limit, and the proxies
        // that stand before us speak HTTP/1.1 to us.
        let mut builder = Builder::new();
        builder.timer(self.timer.clone()).header_read_timeout(self.limits.header_timeout);
        let socket = Socket::new(stream, self.timer, self.limits.write_timeout, place);
        let service = service(self.tasks.clone(), self.router, peer);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(socket), service).with_upgrades());
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.tasks.stopping() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

fn service(
    tasks: Tasks,
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<hyper::Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
{
    hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let (mut router, tasks) = (router.clone(), tasks.clone());
        async move {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = router.as_service().ready().await?.call(request).await?;
            Ok(if is_event_stream(response.headers()) { until_stopped(&tasks, response) } else { response })
        }
    })
}
