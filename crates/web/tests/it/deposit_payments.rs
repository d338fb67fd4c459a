//! Money that comes late, short, twice, or in another currency.

use domain::{money::Money, payment::PaymentStatus};
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::json;

use crate::desk_harness::{Desk, PHONE};

fn ars() -> domain::money::Currency {
    domain::money::Currency::parse("ARS").unwrap()
}

/// A guest who holds 5 to 8 January: the code of the stay and the id of the preference.
async fn holding(desk: &Desk) -> (String, String) {
    desk.guest_says(PHONE, "del 5 al 8 de enero para 4").await;
    desk.guest_says(PHONE, "sí").await;
    (desk.only_code(PHONE).await, desk.preference())
}

#[tokio::test]
async fn the_preference_says_what_is_due_until_when_and_for_what() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        holding(desk).await;
        let preference = desk.mercadopago.preferences().pop().unwrap();
        let text = preference.to_string();
        for part in ["13500", "ARS", "external_reference", "2027-01-01T", "/api/v1/mercadopago/webhook"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert_eq!(desk.mercadopago.preferences().len(), 1, "one checkout per hold");
    })
    .await;
}

#[tokio::test]
async fn the_page_follows_a_change_of_dates() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        let dates = json!({ "check_in": "2027-01-05", "check_out": "2027-01-07" });
        desk.staff(reqwest::Method::POST, &format!("/api/v1/reservations/{code}/dates"), Some(dates)).await;
        desk.settle().await;
        let page = desk.preference();
        assert_ne!(page, preference, "two nights have a page of their own");
        desk.paid(json!({ "preference_id": page })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        assert_eq!(desk.ledger(&code).await["paid"], "9000.00");
    })
    .await;
}

#[tokio::test]
async fn pending_then_approved_confirms_once() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        let id = desk.paid(json!({ "preference_id": preference, "status": "pending" })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        let before = desk.heard(PHONE).len();
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        // Told once, however often the provider repeats itself.
        desk.payment_becomes(id, "approved").await;
        assert_eq!(desk.heard(PHONE).len(), before + 1);
        assert!(desk.waiting().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn too_little_confirms_nothing_and_the_rest_completes_it() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference, "amount": "0.01" })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        let said = desk.heard(PHONE).pop().unwrap();
        assert!(said.contains("13.499,99"), "the guest hears what is missing: {said}");
        // A page of its own asks for exactly the rest.
        let rest = desk.preference();
        assert_ne!(rest, preference);
        assert!(desk.mercadopago.preferences().pop().unwrap().to_string().contains("13499.99"));
        desk.paid(json!({ "preference_id": rest })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
    })
    .await;
}

#[tokio::test]
async fn another_currency_waits_for_a_person() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference, "currency_id": "CLP" })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        assert_eq!(desk.waiting().await, ["other_currency"]);
    })
    .await;
}

#[tokio::test]
async fn paid_late_and_still_free_is_taken_again() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.test.advance(SignedDuration::from_mins(45));
        desk.settle().await;
        assert_eq!(desk.status_of(&code).await, "expired");
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        assert_eq!(desk.hold(&cabin, "2027-01-05", "2027-01-06").await.code(), "date_overlap");
        assert_eq!(desk.waiting().await, ["late_money_confirmed"], "the host is told");
    })
    .await;
}

/// The hold is over by the clock, but no job has tidied it up yet.
#[tokio::test]
async fn paid_late_before_the_tidying_is_taken_again_too() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.test.advance(SignedDuration::from_mins(31));
        let before = desk.heard(PHONE).len();
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let said = desk.heard(PHONE).split_off(before);
        assert!(said[0].contains("confirmada"), "{said:?}");
        assert!(!said.iter().any(|words| words.contains("venció")), "nobody is told that it ended: {said:?}");
    })
    .await;
}

#[tokio::test]
async fn paid_late_and_taken_goes_back_by_itself_and_the_guest_is_told() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.test.advance(SignedDuration::from_mins(45));
        assert_eq!(desk.hold(&cabin, "2027-01-07", "2027-01-09").await.status, StatusCode::CREATED);
        desk.settle().await;
        let before = desk.heard(PHONE).len();
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.status_of(&code).await, "expired");
        assert_eq!(desk.waiting().await, ["late_money_returned"], "the host is told");
        assert_eq!(desk.heard(PHONE).len(), before + 1, "never silent");
        assert!(desk.heard(PHONE).pop().unwrap().contains("13.500"), "and it says how much");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["status"].as_str()),
            (Some("0.00"), Some("done"))
        );
        assert_eq!(ledger["payments"][0]["status"], "refunded");
    })
    .await;
}

#[tokio::test]
async fn money_for_a_cancelled_stay_goes_back_and_for_nobody_waits_for_a_person() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        desk.staff(reqwest::Method::POST, &cancel, None).await;
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.status_of(&code).await, "cancelled");
        desk.next_payment_is_odd(json!({ "external_reference": "nobody's" }));
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.waiting().await, ["no_such_stay"]);
        let ledger = desk.ledger(&code).await;
        assert_eq!((ledger["paid"].as_str(), ledger["lines"].as_array().unwrap().len()), (Some("0.00"), 2));
        assert_eq!(desk.account("waiting:mercadopago").await, [Money::new(-1_350_000, ars())]);
    })
    .await;
}

#[tokio::test]
async fn states_never_go_backwards() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        let id = desk.paid(json!({ "preference_id": preference })).await;
        desk.payment_becomes(id, "pending").await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let mut session = desk.test.app.begin().await.unwrap();
        let kept = store::payment::lock(&mut session, "mercadopago", &id.to_string()).await.unwrap().unwrap();
        assert_eq!(kept.status, PaymentStatus::Approved);
        assert_eq!(kept.amount, Money::new(1_350_000, kept.amount.currency));
        assert!(kept.events >= 2, "each telling is counted");
        drop(session);
    })
    .await;
}

/// Money in another account covers nothing, and neither does what went back.
#[tokio::test]
async fn money_that_waits_or_went_back_covers_nothing() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.next_payment_is_odd(json!({ "collector_id": 1 }));
        desk.paid(json!({ "preference_id": preference })).await;
        desk.paid(json!({ "preference_id": preference, "amount": "0.01" })).await;
        assert_eq!(desk.status_of(&code).await, "held");
        assert_eq!(desk.waiting().await, ["other_account"]);
    })
    .await;
}

#[tokio::test]
async fn who_cancels_gets_back_what_the_policy_says() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference })).await;
        // Held on the first of January; moderate: all of it until five days before check-in, which is past.
        let token = desk.token(&code).await;
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        let cancelled = desk.call(reqwest::Method::POST, &cancel, Some(&token), None).await;
        assert_eq!(cancelled.json()["status"], "cancelled");
        assert!(cancelled.json().get("refund").is_none(), "{}", cancelled.text);
        desk.settle().await;
        assert_eq!(desk.ledger(&code).await["paid"], "13500.00");
    })
    .await;
}

#[tokio::test]
async fn when_the_house_cancels_everything_goes_back_in_the_same_transaction() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference })).await;
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        let cancelled = desk.staff(reqwest::Method::POST, &cancel, None).await.json();
        assert_eq!(cancelled["refund"], json!({ "amount": "13500.00", "currency": "ARS" }));
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["refunds_pending"].as_str(), ledger["paid"].as_str()),
            (Some("13500.00"), Some("0.00")),
            "what is on its way back is not the house's any more"
        );
        desk.settle().await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["refunds_pending"].as_str(), ledger["paid"].as_str()),
            (Some("0.00"), Some("0.00"))
        );
        assert!(desk.waiting().await.is_empty(), "nobody has to act");
        assert!(desk.heard(PHONE).iter().any(|said| said.contains("Te devolvemos")));
    })
    .await;
}

/// The answer to the refund is lost although it was made: asked again under the same key, it is made once.
#[tokio::test]
async fn a_refund_whose_answer_is_lost_is_made_once() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference })).await;
        desk.next_call_fails(
            json!({ "on": "create_refund", "kind": "drop_connection", "after_effect": true }),
        );
        let cancel = format!("/api/v1/reservations/{code}/cancel");
        desk.staff(reqwest::Method::POST, &cancel, None).await;
        desk.settle().await;
        desk.test.advance(SignedDuration::from_mins(10));
        desk.settle().await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((ledger["paid"].as_str(), ledger["lines"].as_array().unwrap().len()), (Some("0.00"), 2));
    })
    .await;
}

/// Staff took the guest's word; the deposit that comes after it is owed and stays.
#[tokio::test]
async fn a_deposit_after_staff_confirmed_is_kept() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.staff(reqwest::Method::POST, &format!("/api/v1/reservations/{code}/confirm"), None).await;
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(
            (desk.ledger(&code).await["paid"].as_str(), desk.waiting().await),
            (Some("13500.00"), Vec::new())
        );
        assert!(
            desk.heard(PHONE).iter().any(|said| said.contains("Recibimos $ 13.500")),
            "the guest hears of it"
        );
    })
    .await;
}

#[tokio::test]
async fn paid_twice_the_second_payment_goes_back() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        let (code, preference) = holding(desk).await;
        desk.paid(json!({ "preference_id": preference })).await;
        desk.paid(json!({ "preference_id": preference })).await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
        let ledger = desk.ledger(&code).await;
        assert_eq!(
            (ledger["paid"].as_str(), ledger["refunds"][0]["reason"].as_str()),
            (Some("13500.00"), Some("surplus"))
        );
        assert!(desk.waiting().await.is_empty());
    })
    .await;
}
