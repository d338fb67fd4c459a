//! Listening, with the time-outs that a router cannot see, and stopping gently.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo, extract::Request};
use hyper::server::conn::http1::Builder;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use kernel::App;
use tokio::net::{TcpListener, TcpStream};
use tower::{Service as _, ServiceExt as _};

/// A client that does not finish its headers in this time is let go.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves until the app is asked to stop, then lets running requests finish within `limit`.
pub async fn serve(app: Arc<App>, listener: TcpListener, router: Router, limit: Duration) {
    let graceful = GracefulShutdown::new();
    // HTTP/1.1 only: telling the two versions apart waits for a first word without a time limit, and the proxies
    // that stand before us speak HTTP/1.1 to us.
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = app.tasks.stopping() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let _ = stream.set_nodelay(true);
                let connection =
                    builder.serve_connection(TokioIo::new(stream), service(router.clone(), peer));
                let connection = graceful.watch(connection);
                app.tasks.spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                });
            }
            Err(error) => {
                // Out of file descriptors, most likely: others will close soon.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limit, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn service(
    router: Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    hyper::Request<hyper::body::Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future: Send,
> + Clone {
    hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut router = router.clone();
        async move {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.as_service().ready().await?.call(request).await
        }
    })
}

/// Opens the address to listen on; the error says what to do.
pub async fn listen(host: &str, port: u16) -> Result<TcpListener, String> {
    let bound = TcpListener::bind((host, port)).await;
    let bound = match bound {
        // A machine without IPv6 still serves IPv4.
        Err(_) if host == "::" && port_is_free(port).await => TcpListener::bind(("0.0.0.0", port)).await,
        other => other,
    };
    bound.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "port {port} is taken by another program; choose another one with PORT={}",
                port.wrapping_add(1)
            )
        }
        std::io::ErrorKind::PermissionDenied => {
            format!("port {port} needs more rights; choose one above 1023 with PORT")
        }
        _ => format!("cannot listen on {host} port {port}, as HOST and PORT say: {error}"),
    })
}

async fn port_is_free(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).await.is_err()
}
