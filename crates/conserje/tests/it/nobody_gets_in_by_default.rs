//! No address, no default and no token in an address makes anybody staff. The item in a comment is the number in the list
//! of faults of older booking systems from which this program was planned.

use serde_json::json;
use store::db::Engine;
use testkit::TestDb;

use crate::support::{
    holds::{hold, wish, with_cabin},
    serve_process::{Desk, STAFF},
};

/// Item 14: an e-mail address alone, known to everybody, opened everything.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_by_an_address_or_by_default() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("ADMIN_ALLOWED_EMAILS", "admin@example.com")]).await;
    let cabin = with_cabin(&desk).await;
    let held = hold(&desk, &wish(&cabin, 10, 2, 1)).await.expect(201);
    let code = held.text("code");
    for path in ["/api/v1/admin/login", "/admin/login", "/login"] {
        let answer = desk.http.post(path, None, &json!({ "email": "admin@example.com" })).await;
        assert!([401, 403, 404, 405].contains(&answer.status), "{path}: {answer:?}");
    }
    assert_closed(&desk, &code, None, 401).await;
    for guess in ["admin", "admin@example.com", "dummy", "changeme", "null", "undefined", &code] {
        assert_closed(&desk, &code, Some(guess), 403).await;
    }
}

/// Item 14: a program that was given no staff token has no staff, rather than staff with an empty token.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_staff_token_nobody_is_staff() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("API_TOKEN", "")]).await;
    for guess in [None, Some(""), Some(" "), Some("null"), Some(STAFF)] {
        let body = json!({ "name": "A cabin", "base_price": "1.00" });
        let answer = desk.http.post("/api/v1/accommodations", guess, &body).await;
        assert!([401, 403].contains(&answer.status), "{guess:?}: {answer:?}");
    }
}

/// Item 14: the key to everything stood in an address, and so in the logs of every proxy.
#[tokio::test(flavor = "multi_thread")]
async fn a_staff_token_in_the_address_opens_nothing() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[]).await;
    let held = hold(&desk, &wish(&with_cabin(&desk).await, 10, 2, 1)).await.expect(201);
    let path = format!("/api/v1/reservations/{}", held.text("code"));
    let look = desk.http.get(&format!("{path}?token={STAFF}"), None).await;
    assert!([401, 403, 404].contains(&look.status), "{look:?}");
    let cancel = desk.http.post(&format!("{path}/cancel?token={STAFF}"), None, &json!({})).await;
    assert!([401, 403, 404].contains(&cancel.status), "{cancel:?}");
}

async fn assert_closed(desk: &Desk, code: &str, token: Option<&str>, status: u16) {
    let posts = [
        "/api/v1/accommodations".to_owned(),
        "/api/v1/ical/import".to_owned(),
        "/api/v1/ical/feeds".to_owned(),
        format!("/api/v1/reservations/{code}/confirm"),
        format!("/api/v1/reservations/{code}/dates"),
        format!("/api/v1/reservations/{code}/no-show"),
    ];
    for path in posts {
        let answer = desk.http.post(&path, token, &json!({})).await;
        assert_eq!(answer.status, status, "{path} with {token:?}: {answer:?}");
    }
    let list = desk.http.get("/api/v1/attention", token).await;
    assert_eq!(list.status, status, "{list:?}");
    // Whether it exists is not told to strangers either.
    let look = desk.http.get(&format!("/api/v1/reservations/{code}"), token).await;
    assert_eq!(look.status, if token.is_some() { 404 } else { 401 }, "{look:?}");
}

/// The rows of the health page name vendors and lengths of queues.
#[tokio::test(flavor = "multi_thread")]
async fn strangers_see_the_whole_of_the_health_and_staff_its_rows() {
    let db = TestDb::empty(Engine::Sqlite).await;
    let desk = Desk::serve(db.url(), &[("HEALTH_DETAILS", "staff")]).await;
    let rows =
        async |token| desk.http.get("/api/v1/healthz", token).await.expect(200).json()["checks"].is_array();
    assert!(!rows(None).await && !rows(Some("somebody")).await);
    assert!(rows(Some(STAFF)).await);
    let desk = Desk::serve(db.url(), &[]).await;
    assert!(desk.http.get("/api/v1/healthz", None).await.expect(200).json()["checks"].is_array());
}
