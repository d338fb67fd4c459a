//! Listening, with the limits that a router cannot see, and stopping gently: read [`serve`] first.

/// How many connections, and how long each may take.
mod connection_limits;
/// Opening the address to listen on.
mod listen;
/// Telling at most once a minute what may happen a thousand times a second.
mod log_once_a_minute;
/// Which connections are open, and whether one more is taken.
mod open_connections;
/// One connection, from its first byte to its last.
mod serve_connection;
/// A socket that counts as a connection and gives up a write that nobody reads.
mod socket_with_write_timeout;
/// Answers that go on until the process stops.
mod streams_until_stopped;

#[cfg(test)]
mod tests;

use std::{io::Write as _, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::rt::TokioTimer;
use kernel::App;
use tokio::net::{TcpListener, TcpStream};

pub use self::connection_limits::Limits;
pub use self::listen::listen;
pub use self::streams_until_stopped::until_stopped;
use self::{
    log_once_a_minute::Seldom,
    open_connections::{Connections, Full},
    serve_connection::Server,
};

/// Told to who comes when all is full. A webhook's sender comes again, and a browser's user is told something.
const REFUSAL: &str = "HTTP/1.1 503 Service Unavailable\r\n\
    content-type: application/problem+json\r\n\
    content-length: 165\r\n\
    retry-after: 5\r\n\
    connection: close\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\
    \"detail\":\"too many connections are open; try again soon\",\
    \"code\":\"unavailable\",\"error\":\"unavailable\"}";

/// Serves until the app is asked to stop, then lets what is open end within `limits.shutdown`.
pub async fn serve(app: Arc<App>, listener: TcpListener, router: Router, limits: Limits) {
    let connections = Connections::new(limits, app.trusted_proxies.clone());
    let server = Server { tasks: app.tasks.clone(), router, limits, timer: TokioTimer::new() };
    let (mut refusals, mut failures) = (Seldom::default(), Seldom::default());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = app.tasks.stopping() => break,
        };
        match accepted {
            Ok((stream, peer)) => match connections.admit(peer.ip()) {
                Ok(place) => {
                    let _ = stream.set_nodelay(true);
                    app.tasks.spawn(server.clone().run(stream, place, peer));
                }
                Err(full) => {
                    app.metrics.connections_refused.get_or_create(&full.label()).inc();
                    refuse(stream);
                    tell_refusal(&mut refusals, full);
                }
            },
            Err(error) => {
                if let Some(times) = failures.count(tokio::time::Instant::now()) {
                    tracing::warn!(%error, times, "connections could not be accepted");
                }
                // Out of file descriptors, most likely: others will close soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.shutdown, connections.all_closed()).await.is_err() {
        tracing::warn!(open = connections.count(), "some connections did not end in time");
    }
}

fn tell_refusal(refusals: &mut Seldom, full: Full) {
    let Some(times) = refusals.count(tokio::time::Instant::now()) else { return };
    match full {
        Full::InAll => tracing::warn!(times, "connections are refused: as many are open as there may be"),
        Full::OfOneAddress => tracing::warn!(
            times,
            "connections are refused: one address has as many as it may have; a proxy of yours belongs into \
             TRUSTED_PROXIES"
        ),
    }
}

/// Says no and closes, as far as that can be done without waiting.
fn refuse(stream: TcpStream) {
    // Tokio's own handle writes only after it has heard that it may; this one is new and has heard nothing yet.
    if let Ok(mut stream) = stream.into_std() {
        // Whoever is gone already need not be told.
        let _ = stream.write(REFUSAL.as_bytes());
    }
}
