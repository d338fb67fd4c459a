//! Fetching calendar feeds, from servers that behave and that do not.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use providers::http::{
    Names, Network,
    fetch_feed::{Conditional, FeedError, Feeds, Fetched, Limits, is_same_address, tidy},
};

use crate::scripted_server::{Server, Step, answer};

const CALENDAR: &[u8] = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
/// `CALENDAR` with gzip.
const ZIPPED: &str = "1f8b0800000000000203737275f7f4b30a7376f471f573710ce2e50252c85c00f2a1599820000000";
/// Five thousand zero bytes with gzip.
const BOMB: &str = "1f8b0800000000000203edc13101000000c2a0f54f6d0a3fa00000000080b701a80ee5d888130000";

async fn fetch_with(url: &str, known: &Conditional, limits: &Limits) -> Result<Fetched, FeedError> {
    let feeds = Feeds::new(Network::AllowPrivate).expect("this machine has CA certificates");
    feeds.fetch(url, known, limits).await.outcome
}

async fn fetch(url: &str) -> Result<Fetched, FeedError> {
    fetch_with(url, &Conditional::default(), &Limits::default()).await
}

async fn fetch_public(url: &str) -> Result<Fetched, FeedError> {
    let feeds = Feeds::new(Network::PublicOnly).expect("this machine has CA certificates");
    feeds.fetch(url, &Conditional::default(), &Limits::default()).await.outcome
}

fn bytes(fetched: Result<Fetched, FeedError>) -> Vec<u8> {
    match fetched {
        Ok(Fetched::Body { bytes, .. }) => bytes,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_calendar_comes_with_its_version() {
    let headers = "ETag: \"v1\"\r\nLast-Modified: Wed, 21 Oct 2026 07:28:00 GMT\r\n";
    let server = Server::start(vec![vec![answer(200, headers, CALENDAR)], vec![answer(304, "", b"")]]);
    let Ok(Fetched::Body { bytes, etag, last_modified }) = fetch(&server.base_url).await else { panic!() };
    assert_eq!(bytes, CALENDAR);
    let known = Conditional { etag, last_modified };
    let again = fetch_with(&server.base_url, &known, &Limits::default()).await;
    assert_eq!(again, Ok(Fetched::NotModified));
    let requests = server.requests();
    assert!(!requests[0].contains("if-none-match"), "{}", requests[0]);
    assert!(requests[0].contains("user-agent: Conserje/"), "{}", requests[0]);
    assert!(requests[1].contains("if-none-match: \"v1\""), "{}", requests[1]);
    assert!(requests[1].contains("if-modified-since: Wed, 21 Oct 2026"), "{}", requests[1]);
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_no_answer() {
    let server = Server::start(vec![vec![answer(304, "", b"")]]);
    assert_eq!(fetch(&server.base_url).await, Err(FeedError::Refused { status: 304 }));
}

#[tokio::test]
async fn gzip_is_unpacked_and_its_limit_counts_what_comes_out() {
    let zipped = |hex: &str| answer(200, "Content-Encoding: gzip\r\n", &hex::decode(hex).unwrap());
    let server = Server::start(vec![vec![zipped(ZIPPED)], vec![zipped(BOMB)]]);
    assert_eq!(bytes(fetch(&server.base_url).await), CALENDAR);
    let limits = Limits { max_bytes: 1000, ..Limits::default() };
    let fetched = fetch_with(&server.base_url, &Conditional::default(), &limits).await;
    assert_eq!(fetched, Err(FeedError::TooLarge { limit_bytes: 1000 }));
    assert!(server.requests()[0].contains("accept-encoding: gzip"));
}

#[tokio::test]
async fn a_stream_without_a_length_is_cut_at_the_limit() {
    let endless = [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".as_slice(), &[b'x'; 5000]].concat();
    let server = Server::start(vec![vec![Step::Send(endless)]]);
    let limits = Limits { max_bytes: 1000, ..Limits::default() };
    let fetched = fetch_with(&server.base_url, &Conditional::default(), &limits).await;
    assert_eq!(fetched, Err(FeedError::TooLarge { limit_bytes: 1000 }));
}

/// Said before a byte of it came.
#[tokio::test]
async fn a_length_beyond_the_limit_is_refused_at_once() {
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".to_vec();
    let server = Server::start(vec![vec![Step::Send(announced), Step::Silence]]);
    let begun = Instant::now();
    let limit_bytes = Limits::default().max_bytes;
    assert_eq!(fetch(&server.base_url).await, Err(FeedError::TooLarge { limit_bytes }));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

/// Feeds whose name leads to these addresses, one look-up after the other; and how often it was looked up.
fn told(answers: &[&str]) -> (Feeds, Arc<AtomicUsize>) {
    let parse = |address: &&str| address.parse().expect("an address");
    let answers: Vec<std::net::IpAddr> = answers.iter().map(parse).collect();
    let looked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&looked);
    let lookup = move |_: &str| vec![answers[count.fetch_add(1, Ordering::SeqCst)]];
    let feeds = Feeds::with_names(Network::AllowPrivate, Names::Told(Arc::new(lookup)));
    (feeds.expect("this machine has CA certificates"), looked)
}

/// The address that was checked is the one that is called: there is one look-up for a connection, and the next one is
/// checked again, on the way of a redirect as at the next reading.
#[tokio::test]
async fn a_name_that_leads_elsewhere_at_the_second_look_up_is_refused() {
    const FORBIDDEN: &str = "169.254.169.254";
    let server =
        Server::start(vec![vec![answer(200, "", CALENDAR)], vec![answer(302, "Location: /again\r\n", b"")]]);
    let url = server.base_url.replace("127.0.0.1", "calendar.example");
    let get =
        async |feeds: &Feeds| feeds.fetch(&url, &Conditional::default(), &Limits::default()).await.outcome;

    let (feeds, looked) = told(&["127.0.0.1", FORBIDDEN]);
    assert_eq!(bytes(get(&feeds).await), CALENDAR);
    assert_eq!(looked.load(Ordering::SeqCst), 1);
    assert_eq!(get(&feeds).await, Err(FeedError::PrivateAddress));

    let (feeds, looked) = told(&["127.0.0.1", FORBIDDEN]);
    assert_eq!(get(&feeds).await, Err(FeedError::PrivateAddress), "the redirect leads to the same name");
    assert_eq!((looked.load(Ordering::SeqCst), server.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_redirect_does_not_lead_where_the_first_address_may_not() {
    let to = |location: &str| vec![answer(302, &format!("Location: {location}\r\n"), b"")];
    let server = Server::start(vec![to("http://169.254.169.254/latest"), to("//[fe80::1]/")]);
    for _ in 0..2 {
        assert_eq!(fetch(&server.base_url).await, Err(FeedError::PrivateAddress));
    }
}

/// Clones share the queue of a host; who waits longer than the limit has asked nothing.
#[tokio::test]
async fn a_host_is_asked_one_thing_at_a_time() {
    let slow = vec![Step::Wait(Duration::from_millis(400)), answer(200, "", CALENDAR)];
    let server = Server::start(vec![slow, vec![answer(200, "", CALENDAR)]]);
    let feeds = Feeds::new(Network::AllowPrivate).unwrap();
    let visit = async |feeds: Feeds, total| {
        let limits = Limits { total, ..Limits::default() };
        feeds.fetch(&server.base_url, &Conditional::default(), &limits).await
    };
    let long = Duration::from_secs(10);
    let (first, hasty, patient) = tokio::join!(
        visit(feeds.clone(), long),
        visit(feeds.clone(), Duration::from_millis(100)),
        visit(feeds.clone(), long),
    );
    assert_eq!(bytes(first.outcome), CALENDAR);
    assert_eq!((hasty.outcome, hasty.took), (Err(FeedError::HostInUse), Duration::ZERO));
    assert_eq!(bytes(patient.outcome), CALENDAR);
    assert!(patient.took < Duration::from_millis(300), "{:?}: the wait is nobody's slowness", patient.took);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn redirects_are_followed_three_times() {
    let to = |location: &str| vec![answer(302, &format!("Location: {location}\r\n"), b"")];
    let server = Server::start(vec![to("/b"), to("/c?t=1"), to("d"), vec![answer(200, "", CALENDAR)]]);
    assert_eq!(bytes(fetch(&server.base_url).await), CALENDAR);
    assert!(server.requests()[3].starts_with("GET /d "), "{}", server.requests()[3]);
    let server = Server::start(vec![to("/b"), to("/b"), to("/b"), to("/b")]);
    assert_eq!(fetch(&server.base_url).await, Err(FeedError::TooManyRedirects));
    let server = Server::start(vec![to("file:///etc/passwd"), vec![answer(302, "", b"")]]);
    assert_eq!(fetch(&server.base_url).await, Err(FeedError::BadAddress));
    assert_eq!(fetch(&server.base_url).await, Err(FeedError::BadRedirect));
}

#[tokio::test]
async fn bad_answers_have_their_sentences() {
    let headers = "Retry-After: 90\r\n";
    let server = Server::start(vec![
        vec![answer(429, headers, b"")],
        vec![answer(503, "", b"")],
        vec![answer(404, "", b"")],
        vec![answer(500, "", b"")],
        vec![answer(204, "", b"")],
        vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN".to_vec())],
        vec![],
    ]);
    for expected in [
        FeedError::Busy { status: 429, after: Some(Duration::from_secs(90)) },
        FeedError::Busy { status: 503, after: None },
        FeedError::Refused { status: 404 },
        FeedError::ServerFault { status: 500 },
        FeedError::Refused { status: 204 },
        FeedError::Broken,
        FeedError::Broken,
    ] {
        assert_eq!(fetch(&server.base_url).await, Err(expected));
    }
}

#[tokio::test]
async fn a_slow_server_is_given_up() {
    let drip = |count: usize| {
        let head = Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".to_vec());
        let drops =
            (0..count).flat_map(|_| [Step::Wait(Duration::from_millis(50)), Step::Send(b"x".to_vec())]);
        std::iter::once(head).chain(drops).collect()
    };
    let server = Server::start(vec![drip(20), vec![Step::Silence]]);
    let limits = Limits { total: Duration::from_millis(200), ..Limits::default() };
    for _ in 0..2 {
        let fetched = fetch_with(&server.base_url, &Conditional::default(), &limits).await;
        assert_eq!(fetched, Err(FeedError::TimedOut));
    }
}

#[tokio::test]
async fn private_networks_are_not_called() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "user:password@127.0.0.1",
    ] {
        for scheme in ["https", "webcal"] {
            let fetched = fetch_public(&format!("{scheme}://{host}:{port}/cal.ics")).await;
            assert_eq!(fetched, Err(FeedError::PrivateAddress), "{host}");
        }
    }
    assert!(listener.accept().is_err(), "nobody connected");
}

#[tokio::test]
async fn only_web_addresses_over_tls_are_taken() {
    for (address, expected) in [
        ("", FeedError::BadAddress),
        ("airbnb.com/calendar.ics", FeedError::BadAddress),
        ("https://", FeedError::BadAddress),
        ("file:///etc/passwd", FeedError::BadAddress),
        ("ftp://example.com/a.ics", FeedError::BadAddress),
        ("http://example.com/a.ics", FeedError::NotHttps),
        (" http://127.0.0.1/a.ics", FeedError::NotHttps),
    ] {
        assert_eq!(fetch_public(address).await, Err(expected), "{address}");
    }
}

#[tokio::test]
async fn errors_do_not_repeat_the_address() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = fetch(&format!("http://127.0.0.1:{port}/ical/secret-token.ics")).await.unwrap_err();
    assert_eq!(error, FeedError::NoConnection);
    let gone = fetch("https://no-such-host.invalid/secret-token.ics").await.unwrap_err();
    assert!(!format!("{error} {error:?} {gone:?}").contains("secret-token"));
}

/// As people paste them, and two ways of writing one.
#[test]
fn addresses_are_tidied_and_compared() {
    for pasted in [
        "https://a.example/x.ics",
        " https://a.example/x.ics\r\n",
        "HTTPS://a.example/x.ics",
        "webcal://a.example/x.ics",
        "WEBCALS://a.example/x.ics",
        "<https://a.example/x.ics>",
        "\u{feff}\u{200e}“https://a.example/x.ics”\u{a0}",
    ] {
        assert_eq!(tidy(pasted), "https://a.example/x.ics", "{pasted:?}");
    }
    assert_eq!(tidy("no address"), "no address");
    for (one, other, same) in [
        ("https://a.example/x.ics", "webcal://A.EXAMPLE:443/x.ics#top", true),
        ("https://a.example/x.ics?t=1", "https://a.example/x.ics?t=2", false),
        ("https://a.example/x.ics", "https://a.example/X.ics", false),
        ("no address", "no address", true),
    ] {
        assert_eq!(is_same_address(one, other), same, "{one} {other}");
    }
}
