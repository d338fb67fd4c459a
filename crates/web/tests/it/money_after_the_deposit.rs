//! What comes after the deposit: the balance, other dates, money by hand, equal nights, penalties, disputes.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    desk_harness::{Answer, Desk, PHONE},
    stripe_and_paypal_tills::{Act, Till},
};

/// A guest who holds 5 to 8 March at 15000 pesos a night (a weekend among them where the calendar says so).
async fn holding(desk: &Desk) -> String {
    desk.guest_says(PHONE, "del 5 al 8 de marzo para 4").await;
    desk.guest_says(PHONE, "sí").await;
    desk.only_code(PHONE).await
}

pub async fn confirmed(desk: &Desk) -> String {
    let code = holding(desk).await;
    desk.paid(json!({ "preference_id": desk.preference() })).await;
    assert_eq!(desk.status_of(&code).await, "confirmed");
    code
}

/// The guest follows the way to pay what is due next, and pays it.
pub async fn pays_what_is_due(desk: &Desk, code: &str) {
    let token = desk.token(code).await;
    let before = desk.mercadopago.preferences().len();
    let choice = desk.get(&format!("/pay/{token}")).await;
    assert!(choice.status.is_success() && choice.text.contains("Mercado Pago"), "{}", choice.text);
    desk.call(Method::POST, &format!("/pay/{token}/mercadopago"), None, None).await;
    desk.settle().await;
    assert_eq!(desk.mercadopago.preferences().len(), before + 1, "one page for it");
    desk.paid(json!({ "preference_id": desk.preference() })).await;
}

async fn act(desk: &Desk, code: &str, what: &str, body: Value) -> Answer {
    let done = desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/{what}"), Some(body)).await;
    desk.settle().await;
    done
}

fn charge(ledger: &Value, purpose: &str) -> Option<String> {
    let charges = ledger["charges"].as_array().unwrap();
    let found = charges.iter().find(|one| one["purpose"] == purpose);
    found.map(|one| one["amount"].as_str().unwrap().to_owned())
}

fn news(said: &[String], word: &str) -> usize {
    said.iter().filter(|words| words.contains(word)).count()
}

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
async fn cash_confirms_with_a_receipt_and_goes_back_by_hand() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let deposit = desk.ledger(&code).await["deposit_amount"].as_str().unwrap().to_owned();
        let cash = json!({ "method": "cash", "amount": deposit, "note": "at the door" });
        let request = || {
            let path = format!("{}/api/v1/reservations/{code}/payments", desk.url);
            desk.http
                .post(path)
                .bearer_auth(crate::desk_harness::STAFF)
                .header("Idempotency-Key", "k1")
                .json(&cash)
        };
        let taken = desk.send(request()).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text);
        let again = desk.send(request()).await;
        assert_eq!(
            (again.text, again.headers.contains_key("idempotent-replayed")),
            (taken.text.clone(), true)
        );
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["payments"][0]["provider"].as_str()),
            (Some(&*deposit), Some("cash"))
        );
        let said = desk.heard(PHONE);
        assert_eq!((news(&said, "confirmada:"), news(&said, "Recibo n.º")), (1, 1), "{said:?}");
        let receipt =
            desk.get(taken.json()["receipt_url"].as_str().unwrap().strip_prefix(&desk.url).unwrap()).await;
        assert!(
            receipt.text.contains("at the door") && receipt.text.contains("Efectivo"),
            "{}",
            receipt.text
        );

        for (body, code_of_problem) in [
            (json!({ "method": "cash", "amount": "999999999.00" }), "invalid_request"),
            (json!({ "method": "shells", "amount": "1.00" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "0" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "-5" }), "invalid_request"),
            (json!({ "method": "bank", "amount": "1.00", "currency": "USD" }), "invalid_request"),
        ] {
            let refused = act(desk, &code, "payments", body).await;
            assert_eq!(
                (refused.status.as_u16(), refused.code().as_str()),
                (422, code_of_problem),
                "{}",
                refused.text
            );
        }
        assert_eq!(desk.ledger(&code).await["payments"].as_array().unwrap().len(), 1);

        let cancelled = act(desk, &code, "cancel", json!({})).await.json();
        assert_eq!(cancelled["refund"]["amount"].as_str(), Some(&*deposit));
        assert_eq!(desk.waiting().await, ["return_by_hand"]);
        let refund = desk.ledger(&code).await["refunds"][0]["id"].as_str().unwrap().to_owned();
        let returned = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(returned.json()["status"], "done", "{}", returned.text);
        let twice = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(twice.status, StatusCode::NOT_FOUND, "once");
        assert!(desk.waiting().await.is_empty());
        assert!(desk.account("provider:cash").await.iter().all(|money| money.minor == 0));
    })
    .await;
}

#[tokio::test]
async fn cash_for_nights_that_are_gone_is_not_taken() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        desk.test.advance(SignedDuration::from_mins(45));
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
        let deposit = desk.ledger(&code).await["deposit_amount"].clone();
        let refused = act(desk, &code, "payments", json!({ "method": "cash", "amount": deposit })).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "date_overlap"));
        let ledger = desk.ledger(&code).await;
        assert!(
            ledger["payments"].as_array().unwrap().is_empty()
                && ledger["refunds"].as_array().unwrap().is_empty()
        );
    })
    .await;
}

/// The nights are gone, and another cabin, as large and no dearer, is free.
pub async fn offered(desk: &Desk) -> (String, String, String) {
    let cabin = desk.cabin("El Sauce").await;
    let code = holding(desk).await;
    let preference = desk.preference();
    desk.cabin("Los Talas").await;
    desk.test.advance(SignedDuration::from_mins(45));
    assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
    desk.settle().await;
    desk.paid(json!({ "preference_id": preference })).await;
    assert_eq!(desk.status_of(&code).await, "expired");
    assert_eq!(news(&desk.heard(PHONE), "Te guardamos Los Talas"), 1, "{:?}", desk.heard(PHONE));
    assert_eq!(desk.waiting().await, ["late_money_offered"], "the host is told");
    let url = desk.last_link(PHONE).unwrap();
    let page = desk.get(url.strip_prefix(&desk.url).unwrap()).await;
    assert!(page.text.contains("Lo acepto") && !page.text.contains("/pay/"), "{}", page.text);
    assert!(!desk.account("waiting:mercadopago").await.is_empty(), "the money waits");
    let token = url.rsplit('/').next().unwrap().to_owned();
    let offer = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    (code, offer, token)
}

#[tokio::test]
async fn equal_nights_are_offered_and_accepted() {
    Desk::each(async |desk| {
        let (code, offer, token) = offered(desk).await;
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "confirmed");
        let (old, new) = (desk.ledger(&code).await, desk.ledger(&offer).await);
        assert_eq!((old["paid"].as_str(), &new["paid"]), (Some("0.00"), &new["deposit_amount"]));
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
        assert_eq!(news(&desk.heard(PHONE), "confirmada: Los Talas"), 1);
        // Told again of the payment, nothing moves.
        let id = new["payments"][0]["provider_payment_id"].as_str().unwrap().parse().unwrap();
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.ledger(&offer).await["paid"], new["paid"]);
        // And it goes back from where it is now.
        act(desk, &offer, "cancel", json!({})).await;
        assert_eq!(desk.ledger(&offer).await["paid"], "0.00");
    })
    .await;
}

/// The word of staff is as good as the guest's.
#[tokio::test]
async fn equal_nights_are_confirmed_by_staff() {
    Desk::each(async |desk| {
        let (_, offer, _) = offered(desk).await;
        act(desk, &offer, "confirm", json!(null)).await;
        let ledger = desk.ledger(&offer).await;
        assert_eq!(
            (desk.status_of(&offer).await.as_str(), &ledger["paid"]),
            ("confirmed", &ledger["deposit_amount"])
        );
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
    })
    .await;
}

#[tokio::test]
async fn equal_nights_that_nobody_takes_give_the_money_back() {
    Desk::each(async |desk| {
        let (code, offer, token) = offered(desk).await;
        desk.call(Method::POST, &format!("/stay/{token}/cancel"), None, None).await;
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "cancelled");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["status"].as_str()),
            (Some("0.00"), Some("done"))
        );
        assert!(desk.account("provider:mercadopago").await.iter().all(|money| money.minor == 0));
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        assert_eq!(desk.status_of(&offer).await, "cancelled", "too late to accept");
    })
    .await;
}

#[tokio::test]
async fn an_offer_without_an_answer_ends_and_gives_the_money_back() {
    Desk::each(async |desk| {
        let (code, offer, _) = offered(desk).await;
        desk.test.advance(SignedDuration::from_hours(13));
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "expired");
        assert_eq!(desk.ledger(&code).await["refunds"][0]["status"], "done");
        let said = desk.heard(PHONE);
        assert_eq!(
            (news(&said, "Te devolvemos"), news(&said, &format!("{offer} venció"))),
            (1, 0),
            "{said:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_cash_slip_keeps_the_nights_and_is_not_offered_for_soon() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let page = desk.mercadopago.preferences().pop().unwrap();
        assert_eq!(page["payment_methods"]["excluded_payment_types"], json!([{ "id": "" }]), "{page}");
        let id = desk.paid(json!({ "preference_id": desk.preference(), "status": "pending" })).await;
        assert_eq!(news(&desk.heard(PHONE), "está en camino"), 1);
        desk.test.advance(SignedDuration::from_hours(71));
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "held");
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.status_of(&code).await, "confirmed");

        let other = "5493515550102";
        desk.guest_says(other, "del 7 al 9 de enero para 4").await;
        desk.guest_says(other, "sí").await;
        let page = desk.mercadopago.preferences().pop().unwrap();
        let excluded = json!([{ "id": "ticket" }, { "id": "atm" }]);
        assert_eq!(page["payment_methods"]["excluded_payment_types"], excluded, "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_part_of_the_deposit_goes_back_with_the_end_of_the_hold() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        desk.paid(json!({ "preference_id": desk.preference(), "amount": 100 })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        desk.test.advance(SignedDuration::from_mins(45));
        desk.settle().await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["reason"].as_str()),
            (Some("0.00"), Some("hold_ended"))
        );
        let said = desk.heard(PHONE);
        assert_eq!((news(&said, "faltó una parte"), news(&said, "Te devolvemos")), (1, 1), "{said:?}");
        assert!(desk.waiting().await.is_empty(), "nobody has to act");
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

#[tokio::test]
async fn staff_charge_and_return_parts() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        let broken = act(desk, &code, "charges", json!({ "amount": "1000.00", "note": "a chair" })).await;
        assert_eq!(broken.status, StatusCode::CREATED, "{}", broken.text);
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (charge(&ledger, "penalty").as_deref(), ledger["charges"][2]["note"].as_str()),
            (Some("1000.00"), Some("a chair"))
        );
        for (list, of) in [("charges", 3), ("payments", 1), ("refunds", 0)] {
            let found =
                desk.staff(Method::GET, &format!("/api/v1/reservations/{code}/{list}"), None).await.json();
            assert_eq!((&found, found.as_array().unwrap().len()), (&ledger[list], of), "{list}");
        }
        let part = act(desk, &code, "refunds", json!({ "amount": "500.00" })).await;
        assert_eq!(part.json()["amount"], "500.00", "{}", part.text);
        let all = act(desk, &code, "refunds", json!({ "amount": "99999999.00" })).await.json();
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["paid"], "0.00", "{all}");
        let none = act(desk, &code, "refunds", json!({ "amount": "1.00" })).await;
        assert_eq!((none.status, none.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        assert_eq!(
            desk.call(Method::POST, &format!("/api/v1/reservations/{code}/refunds"), None, None).await.status,
            401
        );
    })
    .await;
}

/// More in one payment than the whole stay costs: what it costs is kept, the rest goes back.
#[tokio::test]
async fn what_is_paid_beyond_the_price_goes_back() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let total = desk.ledger(&code).await["total_price"].clone();
        desk.paid(json!({ "preference_id": desk.preference(), "amount": 900000 })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!((&ledger["paid"], ledger["refunds"][0]["reason"].as_str()), (&total, Some("surplus")));
        assert_eq!(news(&desk.heard(PHONE), "más de lo que faltaba"), 1);
    })
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

/// Two equal refunds at once, the first answer lost: two are made, and each is known by its own number.
#[tokio::test]
async fn two_equal_refunds_are_two() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let code = confirmed(desk).await;
        desk.next_call_fails(json!({ "on": "create_refund", "kind": "lost_answer", "http_status": 500 }));
        for _ in 0..2 {
            let path = format!("/api/v1/reservations/{code}/refunds");
            desk.staff(Method::POST, &path, Some(json!({ "amount": "10.00" }))).await;
        }
        for _ in 0..3 {
            desk.test.advance(SignedDuration::from_mins(40));
            desk.settle().await;
        }
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["payments"][0]["refunded"], "20.00", "{ledger}");
        assert_eq!(ledger["refunds_pending"], "0.00");
    })
    .await;
}

#[tokio::test]
async fn a_slip_that_is_given_up_keeps_the_nights_no_longer() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let code = holding(desk).await;
        let id = desk.paid(json!({ "preference_id": desk.preference(), "status": "pending" })).await;
        desk.payment_becomes(id, "cancelled").await;
        desk.test.advance(SignedDuration::from_mins(31));
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "expired");
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
    })
    .await;
}

/// Late, and more than the equal nights cost: what they cost is kept. What comes after it for the same hold goes back.
#[tokio::test]
async fn late_money_beyond_the_equal_nights_goes_back() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        holding(desk).await;
        let preference = desk.preference();
        desk.cabin("Los Talas").await;
        desk.cabin("El Ceibo").await;
        desk.test.advance(SignedDuration::from_mins(45));
        assert_eq!(desk.hold(&cabin, "2027-03-05", "2027-03-06").await.status, StatusCode::CREATED);
        desk.settle().await;
        desk.paid(json!({ "preference_id": preference, "amount": 900000 })).await;
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(news(&desk.heard(PHONE), "Te guardamos"), 1, "one equal place for one guest");
        let url = desk.last_link(PHONE).unwrap();
        let token = url.rsplit('/').next().unwrap();
        let page = desk.get(&format!("/stay/{token}")).await;
        let offer = page.text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let moved =
            act(desk, &offer, "dates", json!({ "check_in": "2027-03-12", "check_out": "2027-03-15" })).await;
        assert_eq!((moved.status, moved.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        let cash = act(desk, &offer, "payments", json!({ "method": "cash", "amount": "10.00" })).await;
        assert_eq!((cash.status, cash.code().as_str()), (StatusCode::CONFLICT, "invalid_state"));
        desk.call(Method::POST, &format!("/stay/{token}/accept"), None, None).await;
        desk.settle().await;
        let ledger = desk.ledger(&offer).await;
        assert_eq!((&ledger["paid"], &ledger["due"]), (&ledger["total_price"], &json!("0.00")), "{ledger}");
    })
    .await;
}

/// The provider took a refund on, and could not carry it out: the money is here again, and a person is asked.
#[tokio::test]
async fn a_refund_that_fails_later_is_no_refund() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        act(desk, &code, "cancel", json!({})).await;
        till.settle(desk).await;
        assert_eq!(desk.ledger(&code).await["refunds"][0]["status"], "done");
        till.fail_last_refund(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["refunds"][0]["status"], "failed", "{ledger}");
        let paid = &ledger["payments"][0];
        assert_eq!((&ledger["paid"], &paid["refunded"]), (&json!("90.00"), &json!("0.00")), "{ledger}");
        assert_eq!(desk.waiting().await, ["refund_refused"]);
        let held = desk.account(&format!("provider:{}", till.name())).await;
        assert_eq!(held.iter().map(|money| money.minor).sum::<i64>(), 9_000, "as the provider has it");
        let refund = ledger["refunds"][0]["id"].as_str().unwrap().to_owned();
        let returned = desk.staff(Method::POST, &format!("/api/v1/refunds/{refund}/returned"), None).await;
        assert_eq!(returned.json()["status"], "done", "{}", returned.text);
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (&ledger["paid"], &ledger["refunds_pending"]),
            (&json!("0.00"), &json!("0.00")),
            "{ledger}"
        );
    })
    .await;
}
