//! Keys of programs: what each opens, and what stands in the audit trail of who came with it.

use domain::staff::{Scope, Scopes};
use jiff::SignedDuration;
use kernel::api_keys;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::desk_harness::Desk;

async fn key(desk: &Desk, scopes: &[Scope], lasts: Option<SignedDuration>) -> api_keys::NewKey {
    api_keys::create_key(&desk.test.app, "program", Scopes::of(scopes), lasts).await.unwrap()
}

#[tokio::test]
async fn a_key_opens_what_its_scopes_say_and_no_more() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let hold = desk.hold(&cabin, "2027-02-01", "2027-02-03").await.json();
        let code = hold["code"].as_str().unwrap();
        let reading = key(desk, &[Scope::Read], None).await.secret;
        let writing = key(desk, &[Scope::Read, Scope::Write], None).await.secret;
        let cashier = key(desk, &[Scope::Read, Scope::Money], None).await.secret;

        let confirm = format!("/api/v1/reservations/{code}/confirm");
        let payments = format!("/api/v1/reservations/{code}/payments");
        let ask = async |method: Method, path: &str, token: &str| {
            let cash = json!({ "method": "cash", "amount": "1000.00" });
            let body = (method == Method::POST && path.ends_with("/payments")).then_some(cash);
            desk.call(method, path, Some(token), body).await
        };
        for token in [&reading, &writing, &cashier] {
            assert_eq!(ask(Method::GET, &payments, token).await.status, StatusCode::OK);
        }
        for (path, token, missing) in
            [(&confirm, &reading, "write"), (&confirm, &cashier, "write"), (&payments, &writing, "money")]
        {
            let answer = ask(Method::POST, path, token).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "forbidden".to_owned()));
            assert!(answer.text.contains(&format!("scope {missing}")), "{}", answer.text);
        }
        assert_eq!(ask(Method::POST, &payments, &cashier).await.status, StatusCode::CREATED);
        assert_eq!(ask(Method::POST, &confirm, &writing).await.status, StatusCode::OK);
        assert_eq!(ask(Method::GET, &payments, "cj_guessed").await.status, StatusCode::FORBIDDEN);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn who_came_and_with_which_request_stands_in_the_audit_trail() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let hold = desk.hold(&cabin, "2027-02-01", "2027-02-03").await.json();
        let code = hold["code"].as_str().unwrap();
        let made = key(desk, &[Scope::Read, Scope::Write], None).await;
        let path = format!("/api/v1/reservations/{code}/confirm");
        let answer = desk.call(Method::POST, &path, Some(&made.secret), None).await;
        assert_eq!(answer.status, StatusCode::OK);
        let request_id = answer.header("x-request-id").to_owned();

        let code = domain::ids::StayCode::parse(code).unwrap();
        let stay = stays::stay::find(&desk.test.app, &code).await.unwrap().unwrap();
        let mut session = desk.test.app.read().await.unwrap();
        let past = store::audit::list(&mut session, stay.terms().id.as_str()).await.unwrap();
        let confirmed = past.iter().find(|entry| entry.action == "confirm").unwrap();
        assert_eq!(confirmed.actor, "staff");
        assert_eq!(confirmed.actor_id, Some(format!("key:{}", made.key.id)));
        assert_eq!(confirmed.caused_by, Some(format!("request:{request_id}")));
        assert_eq!(confirmed.trace, Some(request_id));
        let held = past.iter().find(|entry| entry.action == "hold").unwrap();
        assert!(held.caused_by.as_deref().is_some_and(|by| by.starts_with("request:")), "{held:?}");
        drop(session);
        desk.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_that_ended_or_was_revoked_opens_nothing() {
    Desk::each(async |desk| {
        let day = SignedDuration::from_hours(24);
        let ending = key(desk, &[Scope::Read], Some(day)).await;
        let revoked = key(desk, &[Scope::Read], None).await;
        let ask =
            async |token: &str| desk.call(Method::GET, "/api/v1/attention", Some(token), None).await.status;
        assert_eq!((ask(&ending.secret).await, ask(&revoked.secret).await), (StatusCode::OK, StatusCode::OK));
        let keys = api_keys::list_keys(&desk.test.app).await.unwrap();
        assert!(keys.iter().all(|key| key.last_used_at == Some(desk.test.now())), "{keys:?}");
        assert!(!format!("{keys:?}").contains(&ending.secret), "the secret is kept nowhere");
        assert!(api_keys::revoke_key(&desk.test.app, revoked.key.id).await.unwrap());
        desk.test.advance(day);
        assert_eq!(ask(&ending.secret).await, StatusCode::FORBIDDEN);
        assert_eq!(ask(&revoked.secret).await, StatusCode::FORBIDDEN);
    })
    .await;
}
