//! One request at a time to each host of calendars, whoever asks.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{Router, extract::State, routing::get};
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{calendar_export_and_import::one_event, desk_harness::Desk};

/// A host with calendars that counts who is there at once.
#[derive(Clone)]
struct Host {
    url: String,
    counts: Arc<Counts>,
}

struct Counts {
    here: AtomicUsize,
    most: AtomicUsize,
    all: AtomicUsize,
    /// Whoever comes takes one and gives it back with the answer.
    open: Semaphore,
}

impl Host {
    async fn start(desk: &Desk) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let counts = Counts {
            here: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            all: AtomicUsize::new(0),
            open: Semaphore::new(100),
        };
        let host = Self { url, counts: Arc::new(counts) };
        let router = Router::new().route("/{calendar}", get(answer)).with_state(Arc::clone(&host.counts));
        let app = Arc::clone(&desk.test.app);
        desk.test.app.tasks.spawn(async move {
            let stopped = async move { app.tasks.stopping().await };
            axum::serve(listener, router).with_graceful_shutdown(stopped).await.unwrap();
        });
        host
    }

    async fn feed(&self, desk: &Desk, cabin: &str, source: &str) -> String {
        let url = format!("{}/{source}.ics", self.url);
        let body = json!({ "accommodation_id": cabin, "source": source, "url": url });
        let made = desk.staff(Method::POST, "/api/v1/ical/feeds", Some(body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// Requests so far.
    fn all(&self) -> usize {
        self.counts.all.load(Ordering::SeqCst)
    }
}

async fn answer(State(counts): State<Arc<Counts>>) -> String {
    counts.all.fetch_add(1, Ordering::SeqCst);
    let here = counts.here.fetch_add(1, Ordering::SeqCst) + 1;
    counts.most.fetch_max(here, Ordering::SeqCst);
    let _open = counts.open.acquire().await.unwrap();
    // Long enough for whoever wants to come at the same time.
    tokio::time::sleep(Duration::from_millis(30)).await;
    counts.here.fetch_sub(1, Ordering::SeqCst);
    one_event("theirs", "20270901", "20270903")
}

async fn held(desk: &Desk, cabin: &str) -> String {
    let held = desk.hold(cabin, "2027-03-10", "2027-03-12").await.json();
    format!("/api/v1/reservations/{}/confirm", held["code"].as_str().unwrap())
}

#[tokio::test]
async fn jobs_people_and_bookings_take_turns_at_a_host() {
    Desk::each(async |desk| {
        let host = Host::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let (one, two) = (host.feed(desk, &cabin, "one").await, host.feed(desk, &cabin, "two").await);
        host.feed(desk, &cabin, "three").await;
        desk.settle().await;
        let confirm = held(desk, &cabin).await;
        desk.settle().await;
        desk.test.advance(SignedDuration::from_mins(7));
        let (before, begun) = (host.all(), Instant::now());
        let preview =
            json!({ "accommodation_id": cabin, "source": "four", "url": format!("{}/4.ics", host.url) });
        let (first, second, confirmed, registered, jobs) = tokio::join!(
            desk.sync(&one),
            desk.sync(&two),
            desk.staff(Method::POST, &confirm, None),
            desk.staff(Method::POST, "/api/v1/ical/feeds", Some(preview)),
            desk.test.drain(),
        );
        for synced in [&first, &second] {
            assert_ne!(synced["outcome"], "failed", "{synced}");
        }
        assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text);
        assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.text);
        assert!(jobs > 0);
        assert!(host.all() - before >= 6, "two by hand, three before the booking, a preview, and jobs");
        assert_eq!(host.counts.most.load(Ordering::SeqCst), 1, "one at a time, in {:?}", begun.elapsed());
        assert!(!desk.waiting().await.contains(&"calendar_not_checked".to_owned()));
    })
    .await;
}

/// A guest does not wait for somebody else's reading; the host is told, and the calendar is not blamed for it.
#[tokio::test]
async fn a_busy_host_does_not_hold_up_a_booking() {
    let hasty = |config: &mut app::config::Config| config.ical.confirm_wait_ms = 300;
    Desk::each_with(hasty, async |desk| {
        let host = Host::start(desk).await;
        let cabin = desk.cabin("El Sauce").await;
        let feed = host.feed(desk, &cabin, "airbnb").await;
        desk.settle().await;
        let confirm = held(desk, &cabin).await;
        desk.settle().await;
        desk.test.advance(SignedDuration::from_mins(2));
        let before = host.all();
        let closed = host.counts.open.acquire_many(100).await.unwrap();
        let booking = async {
            while host.all() == before {
                tokio::task::yield_now().await;
            }
            let begun = Instant::now();
            let confirmed = desk.staff(Method::POST, &confirm, None).await;
            assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text);
            assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
            assert_eq!(host.all(), before + 1, "only the reading by hand has come");
            drop(closed);
        };
        let (synced, ()) = tokio::join!(desk.sync(&feed), booking);
        assert_ne!(synced["outcome"], "failed", "{synced}");
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        assert_eq!(open[0]["reason"], "calendar_not_checked", "{open}");
        let detail = open[0]["detail"].as_str().unwrap();
        assert!(detail.contains("airbnb") && detail.contains("busy with another reading"), "{detail}");
        assert_eq!(desk.feed(&feed).await["failures"], 0);
    })
    .await;
}
