//! What every running simulator has: an address, a control handle, a way to stop.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use jiff::Timestamp;
use tokio::{net::TcpListener, task::JoinSet};

use super::{
    Lifecycle,
    cuttable_connection::{Connection, CuttableListener},
};

/// Where a simulator takes the time from. Latencies in the log are measured on the machine's own clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A simulator that is answering. Dropping it stops it too, without waiting.
pub struct Running<C> {
    /// `http://127.0.0.1:<port>`, without a final slash.
    pub base_url: String,
    /// What a test holds to steer the simulator; cheap to clone.
    pub control: C,
    server: Server,
}

/// Why a simulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The listener has no usable address.
    #[error("reading the address of the simulator's listener")]
    Listener(#[source] io::Error),
    /// The client that sends webhooks could not be built.
    #[error("building the simulator's HTTP client")]
    Client(#[source] reqwest::Error),
}

impl<C> Running<C> {
    /// Stops answering, ends every delivery under way, and returns when nothing of the simulator is left running.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    pub(crate) fn serve(
        base_url: String,
        control: C,
        listener: TcpListener,
        router: Router,
        lifecycle: Lifecycle,
    ) -> Self {
        Self { base_url, control, server: Server::start(listener, router, lifecycle) }
    }
}

/// The address that callers on this machine use for the listener.
pub(crate) fn base_url(listener: &TcpListener) -> Result<String, StartError> {
    let address: SocketAddr = listener.local_addr().map_err(StartError::Listener)?;
    // A listener on every interface is reached through loopback.
    let host = if address.ip().is_unspecified() { "127.0.0.1".to_owned() } else { host(&address) };
    Ok(format!("http://{host}:{}", address.port()))
}

fn host(address: &SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

struct Server {
    lifecycle: Lifecycle,
    serving: JoinSet<()>,
}

impl Server {
    fn start(listener: TcpListener, router: Router, lifecycle: Lifecycle) -> Self {
        let stop = lifecycle.stop.clone();
        let service = router.into_make_service_with_connect_info::<Connection>();
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let shut_down = stop.cancelled_owned();
            let served =
                axum::serve(CuttableListener(listener), service).with_graceful_shutdown(shut_down).await;
            if let Err(error) = served {
                tracing::warn!(%error, "a simulator stopped answering");
            }
        });
        Self { lifecycle, serving }
    }

    async fn stop(mut self) {
        self.lifecycle.stop.cancel();
        self.lifecycle.tasks.shut_down().await;
        // A caller that keeps its connection busy must not keep the simulator alive.
        let _timed_out = tokio::time::timeout(Duration::from_secs(2), self.serving.join_next()).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.lifecycle.stop.cancel();
        self.lifecycle.tasks.abort();
    }
}
