//! What comes after the deposit: the balance, other dates, a no-show, penalties.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::{
    desk_harness::{Desk, PHONE},
    money_steps::{act, charge, confirmed, news, pays_what_is_due},
    stripe_and_paypal_tills::{Act, Till},
};

#[tokio::test]
async fn the_balance_is_asked_for_a_week_before_and_paid() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(charge(&ledger, "balance").unwrap(), ledger["due"].as_str().unwrap());
        assert_eq!(news(&desk.heard(PHONE), "Faltan"), 0, "not before its day");
        desk.test.advance(SignedDuration::from_hours(24 * 55 + 6));
        desk.guest_says(PHONE, "hola").await;
        desk.test.advance(SignedDuration::from_mins(23 * 60 + 30));
        desk.settle().await;
        assert_eq!(news(&desk.heard(PHONE), "Faltan"), 1);
        assert!(desk.last_link(PHONE).unwrap().contains("/pay/"), "with the way to pay it");
        desk.test.advance(SignedDuration::from_mins(11));
        desk.settle().await;
        assert_eq!(news(&desk.heard(PHONE), "Faltan"), 1, "once");
        pays_what_is_due(desk, &code).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((ledger["due"].as_str(), &ledger["paid"]), (Some("0.00"), &ledger["total_price"]));
        assert_eq!(ledger["payments"][1]["purpose"], "balance");
        assert_eq!(news(&desk.heard(PHONE), "todo pago"), 1);
        let token = desk.token(&code).await;
        let page = desk.get(&format!("/pay/{token}")).await;
        assert_eq!(page.header("location"), format!("/stay/{token}"), "nothing is left to pay");
    })
    .await;
}

/// WhatsApp lets nobody write first after a day of silence: then the host is asked to ask.
#[tokio::test]
async fn a_balance_that_the_desk_cannot_ask_for_is_the_hosts_to_ask_for() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        let before = desk.heard(PHONE);
        desk.test.advance(SignedDuration::from_hours(24 * 57));
        desk.settle().await;
        assert_eq!(desk.heard(PHONE), before, "without a template nothing is sent");
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        let detail = open[0]["detail"].as_str().unwrap();
        assert_eq!(
            (open[0]["reason"].as_str(), detail.contains(&code)),
            (Some("charge_due"), true),
            "{open}"
        );
        assert!(detail.contains("/pay/"), "with the way to pay it: {detail}");
    })
    .await;
}

#[tokio::test]
async fn dearer_dates_are_charged_and_cheaper_ones_returned() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        pays_what_is_due(desk, &code).await;
        let whole = desk.ledger(&code).await["paid"].as_str().unwrap().to_owned();
        let longer = json!({ "check_in": "2027-03-05", "check_out": "2027-03-10" });
        let moved = act(desk, &code, "dates", longer).await.json();
        let ledger = desk.ledger(&code).await;
        assert_eq!(charge(&ledger, "extra").as_deref(), moved["price_difference"].as_str());
        assert_eq!((moved["refund"].as_str(), &ledger["due"]), (Some("0.00"), &moved["price_difference"]));
        pays_what_is_due(desk, &code).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((ledger["due"].as_str(), &ledger["paid"]), (Some("0.00"), &ledger["total_price"]));

        let back = json!({ "check_in": "2027-03-05", "check_out": "2027-03-08" });
        let moved = act(desk, &code, "dates", back).await.json();
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"].as_str(), Some(whole.as_str()));
        assert_eq!(
            format!("-{}", moved["refund"].as_str().unwrap()),
            moved["price_difference"].as_str().unwrap()
        );
        assert_eq!(ledger["refunds_pending"], "0.00");
        assert!(desk.waiting().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_no_show_owes_what_the_settings_say_and_pays_it() {
    Desk::each_with(
        |config| config.payments.no_show_percent = 50,
        async |desk| {
            desk.cabin("El Sauce").await;
            let code = confirmed(desk).await;
            desk.test.advance(SignedDuration::from_hours(24 * 63 + 12));
            desk.guest_says(PHONE, "no llegamos").await;
            act(desk, &code, "no-show", json!(null)).await;
            let ledger = desk.ledger(&code).await;
            assert_eq!(charge(&ledger, "penalty").as_deref(), ledger["due"].as_str());
            desk.test.advance(SignedDuration::from_mins(11));
            desk.settle().await;
            assert_eq!(news(&desk.heard(PHONE), "Queda un cargo"), 1);
            pays_what_is_due(desk, &code).await;
            let ledger = desk.ledger(&code).await;
            assert_eq!(
                (ledger["due"].as_str(), &ledger["payments"][1]["purpose"]),
                (Some("0.00"), &json!("penalty"))
            );
            assert!(ledger["refunds"].as_array().unwrap().is_empty(), "what was paid is kept");
        },
    )
    .await;
}

/// The balance of a stay at each provider, on pages of their own.
#[tokio::test]
async fn the_balance_is_paid_at_every_provider() {
    Till::each(async |desk, till| {
        let (_, code, token) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        desk.call(Method::POST, &format!("/pay/{token}/{}", till.name()), None, None).await;
        till.settle(desk).await;
        assert_eq!(till.pages().len(), 2, "the balance has its own page");
        till.act(desk, Act::Pay).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["due"].as_str(), &ledger["paid"]),
            (Some("0.00"), &ledger["total_price"]),
            "{ledger}"
        );
        assert_eq!(ledger["payments"][1]["purpose"], "balance");
    })
    .await;
}

/// Two charges of the same amount have pages of their own.
#[tokio::test]
async fn a_balance_as_large_as_the_deposit_has_a_page_of_its_own() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let half = json!({ "deposit_percent": 50 });
        desk.staff(Method::PATCH, &format!("/api/v1/accommodations/{cabin}"), Some(half)).await;
        let code = confirmed(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"], ledger["due"], "{ledger}");
        pays_what_is_due(desk, &code).await;
        assert_eq!(desk.ledger(&code).await["due"], "0.00");
    })
    .await;
}

/// A penalty is settled apart: neither other dates nor cancelling give it back.
#[tokio::test]
async fn a_penalty_is_no_part_of_the_price() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        pays_what_is_due(desk, &code).await;
        let price = desk.ledger(&code).await["paid"].clone();
        act(desk, &code, "charges", json!({ "amount": "1000.00", "note": "a chair" })).await;
        pays_what_is_due(desk, &code).await;
        let same = json!({ "check_in": "2027-03-12", "check_out": "2027-03-15" });
        let moved = act(desk, &code, "dates", same).await.json();
        assert_eq!((&moved["price_difference"], &moved["refund"]), (&json!("0.00"), &json!("0.00")));
        assert_eq!(desk.ledger(&code).await["due"], "0.00");
        let cancelled = act(desk, &code, "cancel", json!({})).await.json();
        assert_eq!(cancelled["refund"]["amount"], price);
        let ledger = desk.ledger(&code).await;
        assert_eq!((&ledger["due"], &ledger["paid"]), (&json!("0.00"), &json!("1000.00")), "{ledger}");
    })
    .await;
}
