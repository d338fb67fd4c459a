//! The balance of a guest who wrote months ago: WhatsApp takes only a template then, and what it refuses the host hears of.

use app::config::Config;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulators::whatsapp::{Direction, Entry, Status, StatusFault};

use crate::{
    desk_harness::{Desk, PHONE},
    money_steps::{confirmed, pays_what_is_due},
};

const TEMPLATE: &str = "saldo_de_la_reserva";
/// From the first of January, on which every story begins, to a week before the fifth of March and a little.
const TO_THE_DAY: SignedDuration = SignedDuration::from_hours(24 * 57);

fn with_template(config: &mut Config) {
    TEMPLATE.clone_into(&mut config.whatsapp.balance_template);
}

/// What Meta has approved.
fn approve(desk: &Desk, name: &str, language: &str, body_parameters: usize) {
    let templates = json!([{ "name": name, "language": language, "body_parameters": body_parameters }]);
    desk.whatsapp.patch_settings(&json!({ "templates": templates })).unwrap();
}

fn templates(desk: &Desk, phone: &str) -> Vec<Entry> {
    let all = desk.whatsapp.transcript(phone).into_iter();
    all.filter(|entry| entry.direction == Direction::ToGuest && entry.kind == "template").collect()
}

/// What the host is told of guests to ask.
async fn to_ask(desk: &Desk) -> Vec<String> {
    let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
    let due = open.as_array().unwrap().iter().map(|item| {
        assert_eq!(item["reason"], "charge_due", "and of nothing else: {open}");
        item["detail"].as_str().unwrap().to_owned()
    });
    due.collect()
}

#[tokio::test]
async fn a_guest_who_wrote_months_ago_is_asked_by_the_template_and_pays() {
    Desk::each_with(with_template, async |desk| {
        approve(desk, TEMPLATE, "es_AR", 4);
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        assert!(templates(desk, PHONE).is_empty(), "not before its day");
        desk.test.advance(TO_THE_DAY);
        desk.settle().await;

        let sent = templates(desk, PHONE).pop().expect("the template was sent");
        let template = &sent.payload["template"];
        assert_eq!((&template["name"], &template["language"]["code"]), (&json!(TEMPLATE), &json!("es_AR")));
        let due = desk.ledger(&code).await["due"].as_str().unwrap().replace(".00", "");
        let parameters = template["components"][0]["parameters"].as_array().unwrap();
        let parameters: Vec<_> = parameters.iter().map(|one| one["text"].as_str().unwrap()).collect();
        let [shown_code, amount, day, url] = parameters[..] else { panic!("four: {parameters:?}") };
        assert_eq!((shown_code, day), (code.as_str(), "viernes 5 de marzo"));
        assert_eq!(amount.strip_prefix("$ ").map(|amount| amount.replace('.', "")), Some(due));
        assert_eq!(url, format!("{}/pay/{}", desk.url, desk.token(&code).await));
        assert_eq!(desk.our_messages(PHONE).await.pop().unwrap().status.as_str(), "read");
        assert!(desk.waiting().await.is_empty(), "the host has nothing to do");

        desk.test.advance(SignedDuration::from_hours(1));
        desk.settle().await;
        assert_eq!(templates(desk, PHONE).len(), 1, "once");
        pays_what_is_due(desk, &code).await;
        assert_eq!(desk.ledger(&code).await["due"], "0.00");
    })
    .await;
}

/// Words of our own are better where WhatsApp takes them.
#[tokio::test]
async fn a_guest_who_wrote_today_is_asked_in_the_chat() {
    Desk::each_with(with_template, async |desk| {
        approve(desk, TEMPLATE, "es_AR", 4);
        desk.cabin("El Sauce").await;
        confirmed(desk).await;
        desk.test.advance(TO_THE_DAY - SignedDuration::from_hours(40));
        desk.guest_says(PHONE, "hola").await;
        desk.test.advance(SignedDuration::from_hours(23));
        desk.settle().await;
        let last = desk.heard(PHONE).pop().unwrap();
        assert!(last.contains("Faltan") && templates(desk, PHONE).is_empty(), "{last}");
    })
    .await;
}

/// Each way in which Meta refuses a template is told to the host, with its code, and is no dead letter.
#[tokio::test]
async fn a_refused_template_asks_the_host() {
    Desk::each_with(with_template, async |desk| {
        desk.cabin("El Sauce").await;
        let codes = [132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016];
        let mut guests = Vec::new();
        for (nth, code) in (0..).zip(codes) {
            let phone = format!("54935155502{nth:02}");
            let from = 2 + 3 * nth;
            desk.guest_says(&phone, &format!("del {from} al {} de marzo para 4", from + 3)).await;
            desk.guest_says(&phone, "sí").await;
            desk.paid(json!({ "preference_id": desk.preference() })).await;
            guests.push((desk.only_code(&phone).await, phone, code));
        }
        desk.test.advance(TO_THE_DAY - SignedDuration::from_hours(24 * 6));
        desk.settle().await;
        for (stay, phone, code) in guests {
            let heard = desk.heard(&phone);
            desk.next_calls(json!([{ "kind": "error", "on": "send_message", "code": code }])).await;
            desk.test.advance(SignedDuration::from_hours(24 * 3));
            desk.settle().await;
            let details = to_ask(desk).await;
            let [detail] = &details[..] else { panic!("{code}: {details:?}") };
            let told = [stay.as_str(), &format!("code {code}"), "/pay/"];
            assert!(told.iter().all(|part| detail.contains(part)), "{code}: {detail}");
            assert_eq!(desk.heard(&phone), heard);
            assert_eq!(desk.our_messages(&phone).await.pop().unwrap().status.as_str(), "failed");
            resolve_all(desk).await;
        }
    })
    .await;
}

async fn resolve_all(desk: &Desk) {
    for item in desk.staff(Method::GET, "/api/v1/attention", None).await.json().as_array().unwrap() {
        let path = format!("/api/v1/attention/{}/resolve", item["id"].as_str().unwrap());
        assert_eq!(desk.staff(Method::POST, &path, None).await.status, 204);
    }
}

/// As Meta itself tells it: a name that it does not know, another language, another number of gaps.
#[tokio::test]
async fn a_template_that_is_not_the_approved_one_asks_the_host() {
    for (name, language, gaps, code) in
        [("otra", "es_AR", 4, 132_001), (TEMPLATE, "es", 4, 132_001), (TEMPLATE, "es_AR", 3, 132_000)]
    {
        Desk::each_with(with_template, async |desk| {
            approve(desk, name, language, gaps);
            desk.cabin("El Sauce").await;
            confirmed(desk).await;
            desk.test.advance(TO_THE_DAY);
            desk.settle().await;
            let details = to_ask(desk).await;
            assert!(details.len() == 1 && details[0].contains(&format!("code {code}")), "{details:?}");
            assert!(templates(desk, PHONE).is_empty());
        })
        .await;
    }
}

/// Taken on, and failed afterwards.
#[tokio::test]
async fn a_template_that_fails_later_asks_the_host_unless_it_was_paid() {
    Desk::each_with(with_template, async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        desk.whatsapp.fail_statuses(StatusFault::Failed { code: 131_049, details: None });
        desk.test.advance(TO_THE_DAY);
        desk.settle().await;
        let details = to_ask(desk).await;
        let told = |part: &str| details.iter().any(|detail| detail.contains(part));
        assert!(details.len() == 1 && told(&code) && told("code 131049"), "{details:?}");
    })
    .await;
    Desk::each_with(with_template, async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        desk.whatsapp.fail_statuses(StatusFault::Silent);
        desk.test.advance(TO_THE_DAY);
        desk.settle().await;
        pays_what_is_due(desk, &code).await;
        let sent = templates(desk, PHONE).pop().unwrap();
        assert!(desk.whatsapp.announce_status(&sent.wamid, Status::Failed));
        desk.settle().await;
        let ours = desk.our_messages(PHONE).await.into_iter();
        let asked = ours.rev().find(|one| one.body["kind"] == "template").unwrap();
        assert_eq!(asked.status.as_str(), "failed");
        // The news that it is paid could not be told in the chat either.
        assert_eq!(desk.waiting().await, ["message_not_delivered"], "nothing is to be asked for");
    })
    .await;
}

#[tokio::test]
async fn without_a_page_to_pay_on_the_host_asks() {
    let by_hand_only = |config: &mut Config| {
        with_template(config);
        config.payments.order = String::new();
    };
    Desk::each_with(by_hand_only, async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de marzo para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        let confirm = format!("/api/v1/reservations/{code}/confirm");
        assert_eq!(desk.staff(Method::POST, &confirm, Some(Value::Null)).await.status, 200);
        desk.settle().await;
        resolve_all(desk).await;
        desk.test.advance(TO_THE_DAY);
        desk.settle().await;
        let details = to_ask(desk).await;
        assert!(details.len() == 1 && details[0].contains("cannot be written to"), "{details:?}");
        assert!(templates(desk, PHONE).is_empty());
    })
    .await;
}
