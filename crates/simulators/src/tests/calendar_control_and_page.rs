//! Calendars: the paths under `/control` and the page.

use reqwest::Method;
use serde_json::{Value, json};

use super::support::{Answer, Caller, MovableClock, calendars};

#[tokio::test]
async fn calendars_are_steered_over_http() {
    let running = calendars(&MovableClock::new()).await;
    let caller = Caller::new(&running.base_url);
    let made = caller
        .post("/control/listings", &json!({ "platform": "booking", "name": "Cabaña", "id": "c1" }))
        .await;
    assert_eq!((made.status, made.json()["settings"]["name"].clone()), (201, json!("Cabaña")));
    assert_eq!(
        caller.post("/control/listings", &json!({ "platform": "vrbo", "id": "c1" })).await.status,
        422
    );
    let vrbo = caller.post("/control/listings", &json!({ "platform": "vrbo" })).await.json();

    let dates = json!({ "check_in": "2026-11-03", "check_out": "2026-11-06" });
    let stay = caller.post("/control/listings/c1/stays", &dates).await;
    assert_eq!((stay.status, stay.json()["guest"].clone()), (201, json!("Ana")));
    assert_eq!(caller.post("/control/listings/c1/stays", &dates).await.status, 422);
    let path = format!("/control/listings/c1/stays/{}", stay.json()["id"].as_str().unwrap());
    let moved = caller.post(&path, &json!({ "check_in": "2026-11-04", "check_out": "2026-11-06" })).await;
    assert_eq!(moved.json()["check_in"], "2026-11-04");
    let block = caller
        .post("/control/listings/c1/blocks", &json!({ "check_in": "2026-12-24", "check_out": "2026-12-26" }))
        .await;
    let block = format!("/control/listings/c1/blocks/{}", block.json()["id"].as_str().unwrap());

    let url = json!({ "url": vrbo["url"], "every_minutes": 5 });
    assert_eq!(caller.post("/control/listings/c1/imports", &url).await.status, 204);
    assert_eq!(caller.post("/control/poll_due", &json!({})).await.json(), json!({ "polled": 1 }));
    let polls = caller.post("/control/listings/c1/poll", &json!({})).await.json();
    assert_eq!(polls[0]["outcome"], json!({ "read": 0 }));

    let patch =
        caller.request(Method::PATCH, "/control/listings/c1/settings").json(&json!({ "open_until": null }));
    assert_eq!(caller.send(patch).await.json()["open_until"], Value::Null);
    let listing = caller.get("/control/listings/c1").await.json();
    assert_eq!(
        (listing["stays"].as_array().unwrap().len(), listing["blocks"].as_array().unwrap().len()),
        (1, 1)
    );

    let delete = async |path: &str| caller.send(caller.request(Method::DELETE, path)).await.status;
    assert_eq!([delete(&path).await, delete(&path).await], [204, 404]);
    assert_eq!([delete(&block).await, delete(&block).await], [204, 404]);
    assert_eq!(caller.get("/control/listings/none").await.status, 404);
}

#[tokio::test]
async fn faults_are_planned_over_http_and_misspelt_ones_refused() {
    let running = calendars(&MovableClock::new()).await;
    let caller = Caller::new(&running.base_url);
    let listing = caller.post("/control/listings", &json!({ "platform": "airbnb" })).await.json();
    let base = format!("/control/listings/{}", listing["id"].as_str().unwrap());
    let faults = format!("{base}/faults");
    let limited = json!({ "kind": "status", "http_status": 429, "retry_after": { "date_in_seconds": 60 }, "times": null });
    for fault in
        [json!({ "kind": "empty_calendar" }), json!({ "kind": "gzip_bomb", "times": 2 }), limited.clone()]
    {
        assert_eq!(caller.post(&faults, &fault).await.status, 204, "{fault}");
    }
    let planned = caller.get(&faults).await.json();
    assert_eq!(
        (&planned[0]["times"], &planned[1]["unpacked_bytes"], &planned[2]),
        (&json!(1), &json!(1 << 30), &limited)
    );
    for wrong in [
        json!({ "kind": "explode" }),
        json!({ "kind": "status" }),
        json!({ "kind": "status", "http_status": 429, "retry": 1 }),
    ] {
        assert_eq!(caller.post(&faults, &wrong).await.status, 422, "{wrong}");
    }
    assert_eq!(caller.send(caller.request(Method::DELETE, &faults)).await.status, 204);
    assert_eq!(caller.get(&faults).await.json(), json!([]));
    caller.get(listing["url"].as_str().unwrap().strip_prefix(&running.base_url).unwrap()).await;
    let fetches = caller.get(&format!("{base}/fetches")).await.json();
    assert_eq!((&fetches[0]["http_status"], &fetches[0]["fault"]["kind"]), (&json!(200), &json!("none")));
}

#[tokio::test]
async fn a_person_can_do_the_same_on_the_page() {
    let running = calendars(&MovableClock::new()).await;
    let caller = Caller::new(&running.base_url);
    let send = async |path: &str, form: &[(&str, &str)]| -> Answer {
        let answer = caller.form(path, "", form).await;
        assert_eq!(answer.status, 303, "{form:?}: {}", answer.text);
        caller.get("/").await
    };
    let page = send("/by_hand/listings", &[("platform", "airbnb"), ("name", "Cabaña <1>")]).await;
    assert!(page.text.contains("Cabaña &lt;1&gt; · Airbnb"), "{}", page.text);
    let id = running.control.listings()[0].id.clone();
    let act = format!("/by_hand/{id}");
    let dates = [("check_in", "2026-11-03"), ("check_out", "2026-11-06")];
    let with = |more: &[(&'static str, &'static str)]| [&dates, more].concat();
    let page = send(&act, &with(&[("guest", "Bruno"), ("action", "book")])).await;
    assert!(page.text.contains("Bruno, 2026-11-03 a 2026-11-06"), "{}", page.text);
    let refused = caller.form(&act, "", &with(&[("guest", "Eva"), ("action", "book")])).await;
    assert_eq!(refused.status, 422);

    let stay = running.control.listings()[0].stays[0].id.clone();
    let moved = [
        ("stay", stay.as_str()),
        ("check_in", "2026-11-04"),
        ("check_out", "2026-11-07"),
        ("action", "move"),
    ];
    assert!(send(&act, &moved).await.text.contains("Bruno, 2026-11-04 a 2026-11-07"));
    assert!(!send(&act, &[("stay", &stay), ("action", "cancel")]).await.text.contains("Bruno"));
    assert!(
        send(&act, &with(&[("guest", "Ana"), ("action", "block")]))
            .await
            .text
            .contains("Bloqueado, 2026-11-03")
    );
    let address = format!("{}/nowhere", running.base_url);
    send(&act, &[("url", &address), ("action", "import")]).await;
    assert!(send(&act, &[("action", "poll")]).await.text.contains("contestó 404"));
    for kind in offered(&caller.get("/").await.text) {
        send(&act, &[("kind", &kind), ("how_long", "until_off"), ("action", "misbehave")]).await;
    }
    assert!(!send(&act, &[("action", "behave")]).await.text.contains("Fallas pendientes"));
}

/// The faults that the page offers, so that none of them is one that is refused.
fn offered(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("<select name=\"kind\">").expect("a choice of faults");
    let (options, _) = rest.split_once("</select>").expect("an end of it");
    let values = options.split("value=\"").skip(1).filter_map(|option| option.split('"').next());
    let values: Vec<String> = values.map(str::to_owned).collect();
    assert!(values.len() > 10, "{values:?}");
    values
}
