//! The loop that serves: upgrades, streams that end on stop, and not too many connections.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Sse, sse::Event},
    routing::get,
};
use futures_util::{Stream, StreamExt as _, stream};
use hyper_util::rt::TokioIo;
use kernel::App;
use testkit::TestApp;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use web::serve::Limits;

/// Nothing here waits so long; what would is ended by the test runner.
const NEVER: Duration = Duration::from_secs(3_600);
/// More than all buffers between the two take.
const A_LOT: usize = 50_000_000;

/// An app with a server before it that has a few routes of its own.
struct Served {
    test: TestApp,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Served {
    async fn with(limits: Limits) -> Self {
        let test = TestApp::sqlite().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/events", get(|| async { Sse::new(one_event()) }))
            .route("/a-lot", get(|| async { vec![b'x'; A_LOT] }))
            .route("/echo", get(echo))
            .with_state(Arc::clone(&test.app));
        let serving = test.app.tasks.spawn(web::serve(Arc::clone(&test.app), listener, router, limits));
        Self { test, address, serving }
    }

    async fn client(&self) -> Client {
        Client { stream: TcpStream::connect(self.address).await.unwrap(), seen: String::new() }
    }

    /// A client that has been answered: it certainly holds a connection.
    async fn connected(&self) -> Client {
        let mut client = self.client().await;
        client.asks("GET / HTTP/1.1\r\nhost: desk\r\n\r\n").await;
        client.reads_until("here").await;
        client
    }

    /// One request after another on connections of their own, until there is room for one.
    async fn until_served(&self) {
        loop {
            let mut client = self.client().await;
            let request = b"GET / HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n";
            // A refused connection may be gone before we have asked.
            let _ = client.stream.write_all(request).await;
            let mut answer = Vec::new();
            let _ = client.stream.read_to_end(&mut answer).await;
            if String::from_utf8_lossy(&answer).ends_with("here") {
                return;
            }
        }
    }

    /// Asks the app to stop: the server ends by itself.
    async fn stop(self) {
        self.test.app.tasks.stop();
        self.serving.await.unwrap();
        self.test.finish().await;
    }
}

struct Client {
    stream: TcpStream,
    seen: String,
}

impl Client {
    async fn asks(&mut self, request: &str) {
        self.stream.write_all(request.as_bytes()).await.unwrap();
    }

    async fn reads_until(&mut self, needle: &str) {
        while !self.seen.contains(needle) {
            let mut buffer = [0; 1_024];
            let count = self.stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the connection ended before {needle:?}: {}", self.seen);
            self.seen.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
    }

    async fn reads_to_end(mut self) -> String {
        self.stream.read_to_string(&mut self.seen).await.unwrap();
        self.seen
    }
}

/// One event, and then the wait for another that never comes.
fn one_event() -> impl Stream<Item = Result<Event, Infallible>> {
    stream::iter([Ok(Event::default().data("one"))]).chain(stream::pending())
}

/// Says back what it hears until the process stops, as a WebSocket's handler would.
async fn echo(State(app): State<Arc<App>>, mut request: Request) -> impl IntoResponse {
    let upgrade = hyper::upgrade::on(&mut request);
    let tasks = app.tasks.clone();
    app.tasks.spawn(async move {
        let (mut reader, mut writer) = tokio::io::split(TokioIo::new(upgrade.await.unwrap()));
        tokio::select! {
            copied = tokio::io::copy(&mut reader, &mut writer) => drop(copied),
            () = tasks.stopping() => {}
        }
    });
    (StatusCode::SWITCHING_PROTOCOLS, [(header::CONNECTION, "upgrade"), (header::UPGRADE, "echo")])
}

#[tokio::test]
async fn an_upgraded_connection_is_the_handlers_until_the_stop() {
    let served = Served::with(Limits { shutdown: NEVER, connections: 1, ..Limits::default() }).await;
    let mut client = served.client().await;
    client.asks("GET /echo HTTP/1.1\r\nhost: desk\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n").await;
    client.reads_until("\r\n\r\n").await;
    assert!(client.seen.starts_with("HTTP/1.1 101 "), "{}", client.seen);
    client.asks("hola").await;
    client.reads_until("hola").await;
    // It counts as a connection for as long as it is open.
    assert!(served.client().await.reads_to_end().await.starts_with("HTTP/1.1 503 "));
    client.asks("chau").await;
    client.reads_until("chau").await;
    served.stop().await;
    assert_eq!(client.reads_to_end().await.split("\r\n\r\n").nth(1), Some("holachau"));
}

#[tokio::test]
async fn the_connection_of_an_upgrade_is_free_again_when_its_client_has_gone() {
    let served = Served::with(Limits { shutdown: NEVER, connections: 1, ..Limits::default() }).await;
    let mut client = served.client().await;
    client.asks("GET /echo HTTP/1.1\r\nhost: desk\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\nhola").await;
    client.reads_until("hola").await;
    drop(client);
    served.until_served().await;
    served.stop().await;
}

/// Each page that shows news has one open. Without an end of theirs each stop would take its whole limit.
#[tokio::test]
async fn an_event_stream_ends_properly_when_the_process_stops() {
    let served = Served::with(Limits { shutdown: NEVER, ..Limits::default() }).await;
    let mut client = served.client().await;
    client.asks("GET /events HTTP/1.1\r\nhost: desk\r\n\r\n").await;
    client.reads_until("data: one").await;
    served.stop().await;
    // The chunk of no length is the proper end of a body: the client need not think that something broke.
    let answer = client.reads_to_end().await;
    assert!(answer.ends_with("\r\n0\r\n\r\n"), "{answer:?}");
}

#[tokio::test]
async fn one_connection_too_many_is_refused_until_another_ends() {
    let full = [
        ("all", Limits { connections: 2, ..Limits::default() }),
        ("address", Limits { connections_per_address: 2, ..Limits::default() }),
    ];
    for (limit, limits) in full {
        let served = Served::with(limits).await;
        let (mut first, second) = (served.connected().await, served.connected().await);
        let refused = served.client().await.reads_to_end().await;
        assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("retry-after: 5\r\n"), "{refused}");
        let counted = served.test.app.metrics.render();
        assert!(counted.contains(&format!("connections_refused_total{{limit=\"{limit}\"}} 1")), "{counted}");
        // Whoever is in goes on.
        first.seen.clear();
        first.asks("GET / HTTP/1.1\r\nhost: desk\r\n\r\n").await;
        first.reads_until("here").await;
        drop(second);
        served.until_served().await;
        served.stop().await;
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_of_its_answer_does_not_keep_its_connection() {
    let limits = Limits { connections: 1, write_timeout: Duration::from_millis(20), ..Limits::default() };
    let served = Served::with(limits).await;
    let mut client = served.client().await;
    client.asks("GET /a-lot HTTP/1.1\r\nhost: desk\r\n\r\n").await;
    client.reads_until("HTTP/1.1 200 OK").await;
    served.until_served().await;
    served.stop().await;
}
