//! What a connection does, on a stream in memory and by a timer that the test moves.

use std::{
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use hyper::rt::{Sleep, Timer};
use kernel::background_tasks::Tasks;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use super::{Limits, REFUSAL, open_connections::Connections, serve_connection::Server};

/// So much goes into the stream before somebody reads.
const ROOM: usize = 1_024;
const LENGTH: usize = 10 * ROOM;
const ONE_MILLISECOND: Duration = Duration::from_millis(1);

/// Time stands still until the test moves it.
#[derive(Clone)]
struct ManualTimer(Arc<Mutex<State>>);

struct State {
    now: Instant,
    sleepers: Vec<Waker>,
}

impl ManualTimer {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(State { now: Instant::now(), sleepers: Vec::new() })))
    }

    fn advance(&self, by: Duration) {
        let mut state = self.0.lock().unwrap();
        state.now += by;
        state.sleepers.drain(..).for_each(Waker::wake);
    }
}

impl Timer for ManualTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, until: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(ManualSleep { timer: self.clone(), until })
    }

    fn now(&self) -> Instant {
        self.0.lock().unwrap().now
    }
}

struct ManualSleep {
    timer: ManualTimer,
    until: Instant,
}

impl Future for ManualSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.timer.0.lock().unwrap();
        if state.now >= self.until {
            return Poll::Ready(());
        }
        state.sleepers.push(context.waker().clone());
        Poll::Pending
    }
}

impl Sleep for ManualSleep {}

/// A client in the middle of a connection.
struct Client {
    stream: DuplexStream,
    timer: ManualTimer,
    connections: Arc<Connections>,
    tasks: Tasks,
    limits: Limits,
}

impl Client {
    /// Connects and asks for more than the stream has room for.
    async fn asks() -> Self {
        let limits = Limits::default();
        let (stream, ours) = tokio::io::duplex(ROOM);
        let (timer, connections) = (ManualTimer::new(), Connections::new(limits, Vec::new()));
        let router = Router::new().route("/", get(|| async { "x".repeat(LENGTH) }));
        let peer = SocketAddr::from(([203, 0, 113, 7], 5_555));
        let place = connections.admit(peer.ip()).unwrap_or_else(|full| panic!("{full:?}"));
        let tasks = Tasks::default();
        let server = Server { tasks: tasks.clone(), router, limits, timer: timer.clone() };
        tasks.spawn(server.run(ours, place, peer));
        let mut client = Self { stream, timer, connections, tasks, limits };
        client.stream.write_all(b"GET / HTTP/1.1\r\nhost: desk\r\n\r\n").await.unwrap();
        // The first byte has come: the rest is on its way, as far as there is room.
        client.stream.read_u8().await.unwrap();
        client.settle().await;
        client
    }

    /// Lets the server do all that it can do without us and without time.
    async fn settle(&self) {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }

    async fn is_let_go_after(&self, time: Duration) -> bool {
        self.timer.advance(time);
        self.settle().await;
        self.connections.count() == 0
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_let_go_when_the_time_for_writing_is_over() {
    let client = Client::asks().await;
    assert!(!client.is_let_go_after(client.limits.write_timeout - ONE_MILLISECOND).await);
    assert!(client.is_let_go_after(ONE_MILLISECOND).await);
}

#[tokio::test]
async fn a_client_that_reads_slowly_gets_it_all() {
    let mut client = Client::asks().await;
    let mut answer = Vec::new();
    while !client.is_let_go_after(client.limits.write_timeout - ONE_MILLISECOND).await {
        let mut buffer = [0; ROOM];
        let count = client.stream.read(&mut buffer).await.unwrap();
        answer.extend_from_slice(&buffer[..count]);
        client.settle().await;
    }
    // It was let go because it asked for nothing more, and not before the last byte was written.
    client.stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.ends_with("x".repeat(LENGTH).as_bytes()), "the answer broke off after {}", answer.len());
}

#[tokio::test]
async fn a_stop_waits_for_the_answer_under_way_and_no_longer() {
    let mut client = Client::asks().await;
    client.tasks.stop();
    client.settle().await;
    assert_eq!(client.connections.count(), 1);
    let mut rest = String::new();
    client.stream.read_to_string(&mut rest).await.unwrap();
    assert!(rest.ends_with(&"x".repeat(LENGTH)), "{}", rest.len());
    client.connections.all_closed().await;
}

#[test]
fn the_refusal_is_a_whole_answer() {
    let (head, body) = REFUSAL.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
    let problem: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&problem["status"], &problem["code"]), (&503.into(), &"unavailable".into()));
}
